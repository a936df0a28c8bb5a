"""The safety plan and the follow-ups: the newest plan counts, and somebody asks again on the day that she reads."""

import pytest

from reporting.domain.protection.assistance import FollowUp, SafetyPlan
from reporting.services.actors import Reporter
from reporting.services.errors import NotAllowed
from reporting.services.protection import assistance
from tests.builders import Built, Team, in_unit, send_report
from tests.services.acts import take_up
from tests.services.planning import file_for, in_days, keep_safe


@pytest.fixture
def case(built: Built, team: Team) -> tuple[Reporter, bytes]:
    """A report that Amina handles."""
    _, reporter, case_id = send_report(built, team.office)
    take_up(built, team.amina, case_id)
    return reporter, case_id


def test_the_newest_plan_counts_and_the_older_ones_stay(built: Built, team: Team, case: tuple[Reporter, bytes]) -> None:
    reporter, case_id = case
    keep_safe(built, team.amina, case_id)
    built.clock.forward(days=30)
    first = file_for(built, reporter, case_id).last(SafetyPlan)
    assert first is not None
    assert first.entry.review_is_due(built.house.today())
    in_unit(built, assistance.write_plan, team.amina, case_id, "Another way home.", review_on=in_days(built, 7))
    assert [one.entry.words for one in file_for(built, reporter, case_id).all(SafetyPlan)] == [
        "A friend walks with you.",
        "Another way home.",
    ]
    for words, days in ((" ", 7), ("x", 0)):
        with pytest.raises(NotAllowed):
            in_unit(built, assistance.write_plan, team.amina, case_id, words, review_on=in_days(built, days))


def test_somebody_asks_again_on_the_day_that_she_reads(built: Built, team: Team, case: tuple[Reporter, bytes]) -> None:
    reporter, case_id = case
    for words, days in (("", 2), ("x", -1)):
        with pytest.raises(NotAllowed):
            in_unit(built, assistance.follow_up, team.amina, case_id, words, due_on=in_days(built, days))
    in_unit(built, assistance.follow_up, team.amina, case_id, "How was the clinic?", due_on=in_days(built, 2))
    (waits,) = file_for(built, reporter, case_id).all(FollowUp)
    assert not waits.entry.is_due(built.house.today())
    built.clock.forward(days=2)
    assert waits.entry.is_due(built.house.today())
    in_unit(built, assistance.followed_up, team.amina, case_id, waits.id)
    with pytest.raises(NotAllowed):
        in_unit(built, assistance.followed_up, team.amina, case_id, waits.id)
