"""A lost passphrase: the old key ends for good, and colleagues give access again within her choice."""

import pytest

from reporting.domain.oversight.audit import StaffEvent
from reporting.domain.reading.consent import NewReaders
from reporting.services.actors import StaffMember
from reporting.services.casework import case as casework
from reporting.services.casework import inbox
from reporting.services.errors import LastHolder, NotAllowed, NotFound, NotTrusted, Waiting
from reporting.services.organisation import accounts
from reporting.services.organisation.account_list import account_lines
from reporting.services.reading import assignment
from reporting.services.sealed.sealing import open_case
from reporting.services.survivor import follow
from reporting.store.database import reading
from reporting.store.grants import grants_of_holder, holder_of_staff
from tests.builders import Built, Team, in_unit, send_report, vouch_by
from tests.services.people import enrolled_again

OTHER = "harvest canoe walnut drizzle 7"


def opens(built: Built, member: StaffMember, case_id: bytes) -> bool:
    """Say whether a case opens to somebody."""
    with reading(built.stores) as work:
        try:
            open_case(work, member, built.house, case_id)
        except NotFound:
            return False
        return True


@pytest.mark.principle("confidentiality")
def test_the_old_key_opens_nothing_from_the_moment_of_the_new_code(built: Built, team: Team) -> None:
    _, _, case_id = send_report(built, team.office)
    assert opens(built, team.ben, case_id)
    in_unit(built, accounts.renew_code, None, team.ben.staff_id)
    assert not opens(built, team.ben, case_id)
    with reading(built.stores) as work:
        assert grants_of_holder(work.main, holder_of_staff(team.ben.staff_id)) == []
    assert opens(built, team.amina, case_id)


@pytest.mark.principle("informed_consent")
def test_a_colleague_gives_access_again_and_she_reads_it(built: Built, team: Team) -> None:
    _, _, case_id = send_report(built, team.office, new_readers=NewReaders.TELL)
    in_unit(built, casework.declare_no_conflict, team.amina, case_id)
    ben = enrolled_again(built, team.ben, OTHER)
    with pytest.raises(NotTrusted):
        in_unit(built, assignment.assign, team.amina, case_id, ben.staff_id)
    vouch_by(built, team.amina, ben)
    with reading(built.stores) as work:
        opened = open_case(work, team.amina, built.house, case_id)
        offered = assignment.candidates(work, built.house, team.amina, opened)
        handlers = casework.handlers_of(work, case_id)
    assert ben.staff_id in [reader.staff_id for reader in offered]
    assert [(one.display_name, one.opens) for one in handlers] == [("Amina Diallo", True), ("Ben Okafor", False)]
    in_unit(built, assignment.assign, team.amina, case_id, ben.staff_id)
    assert opens(built, ben, case_id)
    with reading(built.stores) as work:
        last = follow.ledger(work, built.house, case_id)[-1]
    assert (last.action, last.about) == (StaffEvent.RESEALED, "Ben Okafor")


@pytest.mark.principle("informed_consent")
def test_where_she_wants_to_be_asked_she_is_asked_about_the_new_key_too(built: Built, team: Team) -> None:
    _, _, case_id = send_report(built, team.office, new_readers=NewReaders.ASK)
    in_unit(built, casework.declare_no_conflict, team.amina, case_id)
    ben = enrolled_again(built, team.ben, OTHER)
    vouch_by(built, team.amina, ben)
    with pytest.raises(Waiting):
        in_unit(built, assignment.assign, team.amina, case_id, ben.staff_id)
    assert not opens(built, ben, case_id)


@pytest.mark.parametrize("how", [accounts.renew_code, accounts.disable])
def test_whoever_cannot_open_a_case_is_nobody_to_leave_it_with(built: Built, team: Team, how: object) -> None:
    _, _, case_id = send_report(built, team.office)
    in_unit(built, how, None, team.ben.staff_id)  # type: ignore[arg-type]  # one of two services
    in_unit(built, assignment.recuse, team.amina, case_id)
    assert opens(built, team.desk_reader, case_id), "it went to the outside desk instead"
    with pytest.raises(LastHolder):
        in_unit(built, assignment.recuse, team.desk_reader, case_id)


def test_a_holding_without_a_key_is_in_no_inbox(built: Built, team: Team) -> None:
    send_report(built, team.office)
    ben = enrolled_again(built, team.ben, OTHER)
    with reading(built.stores) as work:
        rows, more = inbox.inbox(work, built.house, ben, inbox.Filters())
    assert (rows, more) == ([], None)


def test_nobody_disables_their_own_account(built: Built, team: Team) -> None:
    with pytest.raises(NotAllowed):
        in_unit(built, accounts.disable, team.amina.staff_id, team.amina.staff_id)
    with reading(built.stores) as work:
        lines = {line.staff.username: line for line in account_lines(work, built.house)}
        assert lines["amina.diallo"].trusted
        assert lines["amina.diallo"].office == "Geneva"


def test_an_unknown_account_is_renewed_or_disabled_by_nobody(built: Built, team: Team) -> None:
    for use in (accounts.renew_code, accounts.disable):
        with pytest.raises(NotFound):
            in_unit(built, use, team.amina.staff_id, bytes(16))
