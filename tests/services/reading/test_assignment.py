"""Passing a case on and leaving it: every hand-over is a re-seal that her choice covers."""

import pytest

from reporting.domain.oversight.audit import StaffEvent
from reporting.domain.people import Role
from reporting.domain.reading.consent import NewReaders
from reporting.domain.sealed.disclosure import People
from reporting.services.actors import StaffMember
from reporting.services.errors import ClosedTo, LastHolder, NotAllowed, NotFound, NotTrusted
from reporting.services.organisation import accounts
from reporting.services.reading import assignment, requests
from reporting.services.sealed.sealing import open_case
from reporting.services.survivor import choosing
from reporting.services.survivor.follow import ledger
from reporting.store.database import reading
from tests.builders import PASSPHRASE, Built, Team, add_office, add_reader, add_staff, in_unit, send_report
from tests.services.acts import (
    ask_first,
    called,
    her_page,
    holders,
    opens,
    readable,
    story_holders,
    take_up,
    waiting_requests,
)
from tests.services.people import enrolled_again

SECOND = PASSPHRASE + " second"


def events(built: Built, case_id: bytes) -> list[StaffEvent]:
    """Return what staff did in a case."""
    with reading(built.stores) as work:
        return [line.action for line in ledger(work, built.house, case_id)]


def offered(built: Built, member: StaffMember, case_id: bytes) -> list[str]:
    """Return the names of the colleagues to whom somebody could give the case."""
    with reading(built.stores) as work:
        opened = open_case(work, member, built.house, case_id)
        return [reader.display_name for reader in assignment.candidates(work, built.house, member, opened)]


@pytest.mark.req("U6")
@pytest.mark.principle("informed_consent")
def test_with_tell_me_a_colleague_is_brought_in_at_once_and_she_sees_it(built: Built, team: Team) -> None:
    _, reporter, case_id = send_report(built, team.office, new_readers=NewReaders.TELL)
    take_up(built, team.amina, case_id)
    in_unit(built, assignment.assign, team.amina, case_id, team.ines.staff_id)
    assert "disclosure" in readable(built, team.ines, case_id)
    line = her_page(built, reporter, case_id).ledger[-1]
    assert (line.action, line.who, line.about) == (StaffEvent.ASSIGNED, "Amina Diallo", "Ines Moreau")


@pytest.mark.principle("informed_consent")
def test_with_ask_me_first_nobody_new_reads_before_her_yes(built: Built, team: Team) -> None:
    _, reporter, case_id = send_report(built, team.office, new_readers=NewReaders.ASK)
    take_up(built, team.amina, case_id)
    for _ in range(2):  # asked twice, it is one question
        ask_first(built, team.amina, case_id, team.ines.staff_id)
    assert not opens(built, team.ines, case_id)
    (asked,) = waiting_requests(built, reporter, case_id)
    assert (asked.asked_by, asked.about) == ("Amina Diallo", "Ines Moreau")
    in_unit(built, requests.answer, reporter, case_id, asked.request_id, yes=True)
    assert "disclosure" in readable(built, team.ines, case_id)
    assert waiting_requests(built, reporter, case_id) == []


@pytest.mark.req("U7", "P6")
@pytest.mark.principle("safety")
def test_a_person_she_named_or_closed_out_is_never_brought_in(built: Built, team: Team) -> None:
    named = send_report(built, team.office, named=("Ines Moreau",))[2]
    closed = send_report(built, team.office, people=People(excluded_staff=(team.ines.staff_id.hex(),)))[2]
    take_up(built, team.amina, named, closed)
    for case_id in (named, closed):
        assert offered(built, team.amina, case_id) == []
        with pytest.raises(ClosedTo):
            in_unit(built, assignment.assign, team.amina, case_id, team.ines.staff_id)
        assert not opens(built, team.ines, case_id)


@pytest.mark.req("P5")
@pytest.mark.principle("prevention")
def test_only_a_vouched_colleague_of_the_same_office_can_be_brought_in(built: Built, team: Team) -> None:
    _, _, case_id = send_report(built, team.office)
    take_up(built, team.amina, case_id)
    unvouched = add_staff(built, team.office, Role.INVESTIGATOR, "Uli Unknown", vouched=False)
    elsewhere = add_reader(built, add_office(built, "Nairobi"), Role.CASE_MANAGER, "Chen Wei")
    administrator = add_staff(built, team.office, Role.ADMINISTRATOR, "Ada Root")
    for staff_id in (unvouched.staff_id, elsewhere.staff_id, administrator.staff_id, bytes(16)):
        with pytest.raises(NotTrusted):
            in_unit(built, assignment.assign, team.amina, case_id, staff_id)
    assert offered(built, team.amina, case_id) == ["Ines Moreau"]


def test_an_investigator_passes_no_case_on(built: Built, team: Team) -> None:
    _, _, case_id = send_report(built, team.office)
    take_up(built, team.amina, case_id)
    in_unit(built, assignment.assign, team.amina, case_id, team.ines.staff_id)
    take_up(built, team.ines, case_id)
    with pytest.raises(NotAllowed):
        in_unit(built, assignment.assign, team.ines, case_id, team.ben.staff_id)


@pytest.mark.req("U7")
def test_the_conflict_question_comes_before_any_hand_over(built: Built, team: Team) -> None:
    _, _, case_id = send_report(built, team.office)
    with pytest.raises(NotAllowed):
        in_unit(built, assignment.assign, team.amina, case_id, team.ines.staff_id)


def test_who_holds_nothing_passes_nothing_on(built: Built, team: Team) -> None:
    _, _, case_id = send_report(built, team.office)
    with pytest.raises(NotFound):
        in_unit(built, assignment.assign, team.desk_reader, case_id, team.ines.staff_id)


@pytest.mark.req("U3")
def test_a_newcomer_sees_her_identity_exactly_where_the_team_does(built: Built, team: Team) -> None:
    for visible in (True, False):
        _, _, case_id = send_report(built, team.office, identity=called("Nadia", visible=visible))
        take_up(built, team.amina, case_id)
        in_unit(built, assignment.assign, team.amina, case_id, team.ines.staff_id)
        assert ("identity" in readable(built, team.ines, case_id)) is visible


@pytest.mark.req("L5")
@pytest.mark.principle("support")
def test_after_a_lost_passphrase_a_colleague_gives_access_again(built: Built, team: Team) -> None:
    _, reporter, case_id = send_report(built, team.office)
    take_up(built, team.amina, case_id)
    again = enrolled_again(built, team.ben, SECOND, voucher=team.amina)
    assert not opens(built, team.ben, case_id)
    assert not opens(built, again, case_id)
    assert holders(built, case_id) == {team.amina.staff_id, team.ben.staff_id}
    assert [reader.display_name for reader in her_page(built, reporter, case_id).readers] == ["Amina Diallo"]
    assert "Ben Okafor" in offered(built, team.amina, case_id)
    in_unit(built, assignment.assign, team.amina, case_id, team.ben.staff_id)
    assert "disclosure" in readable(built, again, case_id)
    assert events(built, case_id)[-1] is StaffEvent.RESEALED


@pytest.mark.req("U7")
@pytest.mark.principle("safety")
def test_recusing_takes_every_key_away_and_nobody_gives_it_back_by_mistake(built: Built, team: Team) -> None:
    _, reporter, case_id = send_report(built, team.office)
    in_unit(built, assignment.recuse, team.amina, case_id)
    assert not opens(built, team.amina, case_id)
    assert story_holders(built, case_id) == holders(built, case_id) == {team.ben.staff_id}
    assert events(built, case_id) == [StaffEvent.RECUSED]
    assert [reader.display_name for reader in her_page(built, reporter, case_id).readers] == ["Ben Okafor"]
    with pytest.raises(NotFound):
        in_unit(built, assignment.recuse, team.amina, case_id)
    take_up(built, team.ben, case_id)
    assert offered(built, team.ben, case_id) == ["Ines Moreau"]
    with pytest.raises(ClosedTo):
        in_unit(built, assignment.assign, team.ben, case_id, team.amina.staff_id)


@pytest.mark.req("U7", "S18")
@pytest.mark.principle("support")
def test_the_last_handler_hands_the_case_to_the_outside_desk_by_leaving(built: Built, team: Team) -> None:
    _, _, case_id = send_report(built, team.office, identity=called("Nadia", visible=True))
    for member in (team.amina, team.ben):
        in_unit(built, assignment.recuse, member, case_id)
    assert holders(built, case_id) == {team.desk_reader.staff_id}
    assert readable(built, team.desk_reader, case_id) >= {"disclosure", "identity", "working_title"}
    assert events(built, case_id) == [StaffEvent.RECUSED, StaffEvent.ROUTED_TO_DESK, StaffEvent.RECUSED]


@pytest.mark.req("U7")
@pytest.mark.parametrize("lost", [accounts.disable, accounts.renew_code], ids=["disabled", "lost the key"])
def test_a_colleague_who_cannot_open_the_case_any_more_is_not_left_alone_with_it(
    built: Built, team: Team, lost: object
) -> None:
    _, _, case_id = send_report(built, team.office)
    in_unit(built, lost, None, team.ben.staff_id)  # type: ignore[arg-type]  # one of two services
    in_unit(built, assignment.recuse, team.amina, case_id)
    assert opens(built, team.desk_reader, case_id)


@pytest.mark.req("U7")
def test_staff_cannot_take_the_last_handler_away(built: Built, team: Team) -> None:
    out = tuple(member.staff_id.hex() for member in (team.ben, team.desk_reader))
    _, _, case_id = send_report(built, team.office, people=People(excluded_staff=out))
    with pytest.raises(LastHolder):
        in_unit(built, assignment.recuse, team.amina, case_id)
    assert opens(built, team.amina, case_id)


def test_where_there_is_no_desk_the_last_handler_stays(built: Built, team: Team) -> None:
    office = add_office(built, "Nairobi", is_open=True)
    chen = add_reader(built, office, Role.CASE_MANAGER, "Chen Wei")
    _, _, case_id = send_report(built, office)
    with pytest.raises(LastHolder):
        in_unit(built, assignment.recuse, chen, case_id)
    assert team.office.id != office.id


def test_at_the_desk_the_case_goes_to_a_colleague_there(built: Built, team: Team) -> None:
    other = add_reader(built, team.desk, Role.OUTSIDE_DESK, "Piotr Nowak")
    _, reporter, case_id = send_report(built, team.office)
    for member in (team.amina, team.ben):
        in_unit(built, choosing.close_to, reporter, case_id, member.staff_id)
    assert holders(built, case_id) == {team.desk_reader.staff_id, other.staff_id}
    in_unit(built, assignment.recuse, other, case_id)
    with pytest.raises(LastHolder):
        in_unit(built, assignment.recuse, team.desk_reader, case_id)
