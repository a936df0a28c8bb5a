"""A referral depends on nothing but her: not on proof, not on taking part, not on where the case stands."""

from typing import Any

import pytest

from reporting.domain.case import Act, Side
from reporting.domain.protection.referral import PASSED_ON, Need, Referral, ReferralAct, ReferralState, acts_of
from reporting.domain.questions import Door
from reporting.domain.reading.consent import Purpose
from reporting.services.actors import Reporter
from reporting.services.casework import case as casework
from reporting.services.errors import NotAllowed, NotFound
from reporting.services.protection import referral
from reporting.services.protection.referral import Offered
from reporting.services.survivor import choosing
from tests.builders import Built, Team, in_unit, send_report
from tests.services.acts import take_up, tamper
from tests.services.planning import file_for, keep_safe
from tests.services.together import at_once

S, A = ReferralState, ReferralAct


@pytest.fixture
def case(built: Built, team: Team) -> tuple[Reporter, bytes]:
    """A report that Amina handles."""
    _, reporter, case_id = send_report(built, team.office)
    take_up(built, team.amina, case_id)
    return reporter, case_id


def offer(built: Built, team: Team, case_id: bytes, provider: str = "A clinic", told: str = "Your first name") -> bytes:
    found: bytes = in_unit(built, referral.offer, team.amina, case_id, Offered(Need.MEDICAL, told, provider=provider))
    return found


def hers(built: Built, reporter: Any, case_id: bytes, referral_id: bytes, act: ReferralAct) -> None:
    if act is A.AGREE:
        in_unit(built, referral.agree, reporter, case_id, referral_id)
    else:
        in_unit(built, referral.refuse, reporter, case_id, referral_id, act)


def theirs(built: Built, team: Team, case_id: bytes, referral_id: bytes, act: ReferralAct) -> None:
    in_unit(built, referral.record, team.amina, case_id, referral_id, act)


def state(built: Built, reporter: Reporter, case_id: bytes, referral_id: bytes) -> ReferralState:
    return file_for(built, reporter, case_id).one(Referral, referral_id).entry.state


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
    steps: list[tuple[str, ReferralAct]],
    ends: ReferralState,
) -> None:
    reporter, case_id = case
    referral_id = offer(built, team, case_id)
    for side, act in steps:
        if side == "hers":
            hers(built, reporter, case_id, referral_id, act)
        else:
            theirs(built, team, case_id, referral_id, act)
    assert state(built, reporter, case_id, referral_id) is ends


@pytest.mark.req("U14")
@pytest.mark.principle("informed_consent")
def test_nothing_is_asked_of_a_service_before_her_yes_and_staff_cannot_say_it(
    built: Built, team: Team, case: tuple[Reporter, bytes]
) -> None:
    reporter, case_id = case
    referral_id = offer(built, team, case_id)
    for act in (A.ACCEPT, A.REJECT, A.SILENT, A.FINISH, A.AGREE, A.DECLINE, A.WITHDRAW):
        with pytest.raises(NotAllowed):
            theirs(built, team, case_id, referral_id, act)
    with pytest.raises(NotFound):
        hers(built, team.amina, case_id, referral_id, A.AGREE)
    for act in (A.ACCEPT, A.FINISH, A.REVOKE):
        with pytest.raises(NotAllowed):
            hers(built, reporter, case_id, referral_id, act)
    assert state(built, reporter, case_id, referral_id) is S.OFFERED


def test_what_is_over_stays_over(built: Built, team: Team, case: tuple[Reporter, bytes]) -> None:
    reporter, case_id = case
    referral_id = offer(built, team, case_id)
    hers(built, reporter, case_id, referral_id, A.AGREE)
    hers(built, reporter, case_id, referral_id, A.WITHDRAW)
    for act in A:
        with pytest.raises(NotAllowed):
            theirs(built, team, case_id, referral_id, act)
        with pytest.raises(NotAllowed):
            hers(built, reporter, case_id, referral_id, act)


@pytest.mark.req("U14")
@pytest.mark.principle("support")
def test_assistance_works_before_and_after_the_work_and_when_she_does_not_take_part(built: Built, team: Team) -> None:
    _, reporter, case_id = send_report(built, team.office, door=Door.QUESTION, taking_part=True)
    take_up(built, team.amina, case_id)

    def help_her(provider: str) -> None:
        referral_id = offer(built, team, case_id, provider)
        hers(built, reporter, case_id, referral_id, A.AGREE)
        theirs(built, team, case_id, referral_id, A.ACCEPT)
        keep_safe(built, team.amina, case_id)
        assert state(built, reporter, case_id, referral_id) is S.ACCEPTED

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
        in_unit(built, referral.offer, team.desk_reader, case_id, Offered(Need.LEGAL, "Nothing", provider="Counsel"))


@pytest.mark.parametrize(("provider", "told"), [("", "x"), ("x", " ")])
def test_an_offer_says_who_and_what_they_would_learn(
    built: Built, team: Team, case: tuple[Reporter, bytes], provider: str, told: str
) -> None:
    with pytest.raises(NotAllowed):
        offer(built, team, case[1], provider, told)


def test_two_answers_at_once_move_it_once(built: Built, team: Team, case: tuple[Reporter, bytes]) -> None:
    reporter, case_id = case
    referral_id = offer(built, team, case_id)
    assert offer(built, team, case_id) == referral_id
    outcomes = at_once(lambda _: hers(built, reporter, case_id, referral_id, A.AGREE), 2)
    assert sorted(type(one).__name__ for one in outcomes) == ["NoneType", "NotAllowed"]


def test_the_table_lets_her_always_say_no() -> None:
    assert all(A.WITHDRAW in acts_of(one, Side.SURVIVOR) for one in PASSED_ON)
    assert A.DECLINE in acts_of(S.OFFERED, Side.SURVIVOR)
    assert not {A.AGREE, A.DECLINE, A.WITHDRAW} & {act for one in S for act in acts_of(one, Side.HANDLER)}
