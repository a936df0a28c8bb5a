"""A day to look again is a clock like any other: in the inbox, on her page, and told on when it passes."""

from datetime import date

import pytest

from reporting.domain.casework.clocks import Clock
from reporting.domain.protection.agreement import Said
from reporting.domain.protection.assistance import FollowUp
from reporting.domain.protection.measures import Moves
from reporting.services.actors import Reporter
from reporting.services.casework import clocks
from reporting.services.protection import assistance, measures
from reporting.services.survivor import erasure
from reporting.store.database import reading
from tests.builders import Built, Team, in_unit, send_report
from tests.services.acts import take_up
from tests.services.planning import file_for, in_days, keep_safe, known, propose


@pytest.fixture
def case(built: Built, team: Team) -> tuple[Reporter, bytes]:
    """A report that Amina handles."""
    _, reporter, case_id = send_report(built, team.office)
    take_up(built, team.amina, case_id)
    return reporter, case_id


def look_again(built: Built, case_id: bytes) -> date | None:
    with reading(built.stores) as work:
        return clocks.running_clocks(work, case_id).get(Clock.LOOK_AGAIN)


@pytest.mark.req("U8", "L1")
def test_the_nearest_day_of_measures_safety_plan_and_follow_ups_is_a_clock(
    built: Built, team: Team, case: tuple[Reporter, bytes]
) -> None:
    _, case_id = case
    measure_id = propose(built, team.amina, case_id, moves=Moves.NAMED, review_on=in_days(built, 10))
    assert look_again(built, case_id) is None
    in_unit(built, measures.begin, team.amina, case_id, measure_id)
    assert look_again(built, case_id) == in_days(built, 10)
    keep_safe(built, team.amina, case_id)
    assert look_again(built, case_id) == in_days(built, 10)
    in_unit(built, assistance.follow_up, team.amina, case_id, "How was it?", due_on=in_days(built, 2))
    assert look_again(built, case_id) == in_days(built, 2)
    (waits,) = file_for(built, team.amina, case_id).all(FollowUp)
    in_unit(built, assistance.followed_up, team.amina, case_id, waits.id)
    in_unit(built, measures.review, team.amina, case_id, measure_id, again_on=in_days(built, 40))
    assert look_again(built, case_id) == in_days(built, 30)


@pytest.mark.req("U8")
def test_the_day_goes_with_the_measure_that_her_answer_ends(
    built: Built, team: Team, case: tuple[Reporter, bytes]
) -> None:
    reporter, case_id = case
    measure_id = propose(built, team.amina, case_id)
    in_unit(built, measures.answer, reporter, case_id, measure_id, says=Said.YES)
    in_unit(built, measures.begin, team.amina, case_id, measure_id)
    assert look_again(built, case_id) == in_days(built, 30)
    in_unit(built, measures.answer, reporter, case_id, measure_id, says=Said.NO)
    assert known(built, reporter, case_id, measure_id).measure.ended_on
    assert look_again(built, case_id) is None


def test_other_clocks_go_on_beside_it_and_a_message_does_not_meet_it(
    built: Built, team: Team, case: tuple[Reporter, bytes]
) -> None:
    _, case_id = case
    with reading(built.stores) as work:
        before = clocks.running_clocks(work, case_id)
    keep_safe(built, team.amina, case_id)
    with reading(built.stores) as work:
        assert clocks.running_clocks(work, case_id) == before | {Clock.LOOK_AGAIN: in_days(built, 30)}


def test_nobody_is_reminded_of_a_case_that_she_closed(built: Built, team: Team, case: tuple[Reporter, bytes]) -> None:
    reporter, case_id = case
    keep_safe(built, team.amina, case_id)
    in_unit(built, erasure.close, reporter, case_id)
    assert look_again(built, case_id) is None
