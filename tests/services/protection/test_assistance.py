"""Assistance depends on nothing but her: not on proof, not on taking part, not on where the case stands."""

from typing import Any

import pytest

from reporting.domain.assistance import (
    PASSED_ON,
    FollowUp,
    Need,
    SafetyPlan,
    Service,
    ServiceAct,
    ServiceState,
    service_acts,
)
from reporting.domain.case import Act, Side
from reporting.domain.consent import Purpose
from reporting.domain.questions import Door
from reporting.services.actors import Reporter
from reporting.services.casework import case as casework
from reporting.services.errors import NotAllowed, NotFound
from reporting.services.protection import assistance
from reporting.services.survivor import choosing
from tests.builders import Built, Team, in_unit, send_report
from tests.services.acts import take_up, tamper
from tests.services.planning import file_for, in_days, keep_safe
from tests.services.together import at_once

S, A = ServiceState, ServiceAct


@pytest.fixture
def case(built: Built, team: Team) -> tuple[Reporter, bytes]:
    """A report that Amina handles."""
    _, reporter, case_id = send_report(built, team.office)
    take_up(built, team.amina, case_id)
    return reporter, case_id


def offer(built: Built, team: Team, case_id: bytes, provider: str = "A clinic", told: str = "Your first name") -> bytes:
    found: bytes = in_unit(built, assistance.offer, team.amina, case_id, Need.MEDICAL, provider, told)
    return found


def hers(built: Built, reporter: Any, case_id: bytes, service_id: bytes, act: ServiceAct) -> None:
    in_unit(built, assistance.answer, reporter, case_id, service_id, act=act)


def theirs(built: Built, team: Team, case_id: bytes, service_id: bytes, act: ServiceAct) -> None:
    in_unit(built, assistance.record, team.amina, case_id, service_id, act)


def state(built: Built, reporter: Reporter, case_id: bytes, service_id: bytes) -> ServiceState:
    return file_for(built, reporter, case_id).one(Service, service_id).entry.state


@pytest.mark.req("U14")
@pytest.mark.parametrize(
    ("steps", "ends"),
    [
        ([("hers", A.DECLINE)], S.DECLINED),
        ([("hers", A.DECLINE), ("hers", A.AGREE)], S.AGREED),
        ([("hers", A.AGREE), ("theirs", A.ACCEPT), ("theirs", A.FINISH)], S.DONE),
        ([("hers", A.AGREE), ("theirs", A.REJECT)], S.REJECTED),
        ([("hers", A.AGREE), ("theirs", A.SILENT)], S.NO_RESPONSE),
        ([("hers", A.AGREE), ("theirs", A.ACCEPT), ("hers", A.WITHDRAW)], S.CONSENT_WITHDRAWN),
        ([("theirs", A.REVOKE)], S.REVOKED),
    ],
)
def test_an_offer_goes_the_way_that_the_table_says(
    built: Built,
    team: Team,
    case: tuple[Reporter, bytes],
    steps: list[tuple[str, ServiceAct]],
    ends: ServiceState,
) -> None:
    reporter, case_id = case
    service_id = offer(built, team, case_id)
    for side, act in steps:
        if side == "hers":
            hers(built, reporter, case_id, service_id, act)
        else:
            theirs(built, team, case_id, service_id, act)
    assert state(built, reporter, case_id, service_id) is ends


@pytest.mark.req("U14")
@pytest.mark.principle("informed_consent")
def test_nothing_is_asked_of_a_service_before_her_yes_and_staff_cannot_say_it(
    built: Built, team: Team, case: tuple[Reporter, bytes]
) -> None:
    reporter, case_id = case
    service_id = offer(built, team, case_id)
    for act in (A.ACCEPT, A.REJECT, A.SILENT, A.FINISH, A.AGREE, A.DECLINE, A.WITHDRAW):
        with pytest.raises(NotAllowed):
            theirs(built, team, case_id, service_id, act)
    with pytest.raises(NotFound):
        hers(built, team.amina, case_id, service_id, A.AGREE)
    for act in (A.ACCEPT, A.FINISH, A.REVOKE):
        with pytest.raises(NotAllowed):
            hers(built, reporter, case_id, service_id, act)
    assert state(built, reporter, case_id, service_id) is S.OFFERED


def test_what_is_over_stays_over(built: Built, team: Team, case: tuple[Reporter, bytes]) -> None:
    reporter, case_id = case
    service_id = offer(built, team, case_id)
    hers(built, reporter, case_id, service_id, A.AGREE)
    hers(built, reporter, case_id, service_id, A.WITHDRAW)
    for act in A:
        with pytest.raises(NotAllowed):
            theirs(built, team, case_id, service_id, act)
        with pytest.raises(NotAllowed):
            hers(built, reporter, case_id, service_id, act)


@pytest.mark.req("U14")
@pytest.mark.principle("support")
def test_assistance_works_before_and_after_the_work_and_when_she_does_not_take_part(built: Built, team: Team) -> None:
    _, reporter, case_id = send_report(built, team.office, door=Door.QUESTION, taking_part=True)
    take_up(built, team.amina, case_id)

    def help_her(provider: str) -> None:
        service_id = offer(built, team, case_id, provider)
        hers(built, reporter, case_id, service_id, A.AGREE)
        theirs(built, team, case_id, service_id, A.ACCEPT)
        keep_safe(built, team.amina, case_id)
        assert state(built, reporter, case_id, service_id) is S.ACCEPTED

    help_her("received")
    in_unit(built, choosing.set_consent, reporter, case_id, Purpose.TAKING_PART, given=False)
    help_her("not taking part")
    for act in (Act.ACKNOWLEDGE, Act.CONCLUDE):
        in_unit(built, casework.take_step, team.amina, case_id, act)
        help_her(act)
    tamper(built, "UPDATE cases SET status = 'closed' WHERE id = :id", id=case_id)
    help_her("closed")


def test_an_offer_is_of_this_very_case(built: Built, team: Team, case: tuple[Reporter, bytes]) -> None:
    reporter, case_id = case
    _, _, elsewhere = send_report(built, team.office)
    take_up(built, team.amina, elsewhere)
    foreign = offer(built, team, elsewhere)
    with pytest.raises(NotFound):
        hers(built, reporter, case_id, foreign, A.AGREE)
    with pytest.raises(NotFound):
        theirs(built, team, case_id, foreign, A.REVOKE)
    with pytest.raises(NotFound):
        in_unit(built, assistance.offer, team.desk_reader, case_id, Need.LEGAL, "Counsel", "Nothing")


@pytest.mark.parametrize(("provider", "told"), [("", "x"), ("x", " ")])
def test_an_offer_says_who_and_what_they_would_learn(
    built: Built, team: Team, case: tuple[Reporter, bytes], provider: str, told: str
) -> None:
    with pytest.raises(NotAllowed):
        offer(built, team, case[1], provider, told)


def test_two_answers_at_once_move_it_once(built: Built, team: Team, case: tuple[Reporter, bytes]) -> None:
    reporter, case_id = case
    service_id = offer(built, team, case_id)
    assert offer(built, team, case_id) == service_id
    outcomes = at_once(lambda _: hers(built, reporter, case_id, service_id, A.AGREE), 2)
    assert sorted(type(one).__name__ for one in outcomes) == ["NoneType", "NotAllowed"]


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


def test_the_table_lets_her_always_say_no() -> None:
    assert all(A.WITHDRAW in service_acts(one, Side.SURVIVOR) for one in PASSED_ON)
    assert A.DECLINE in service_acts(S.OFFERED, Side.SURVIVOR)
    assert not {A.AGREE, A.DECLINE, A.WITHDRAW} & {act for one in S for act in service_acts(one, Side.HANDLER)}
