"""No case opens to anybody of the staff who has not accepted the code of conduct that is in force."""

import pytest

from reporting.domain.oversight.audit import StaffEvent
from reporting.policy import Permission
from reporting.services.actors import StaffMember
from reporting.services.casework import case as casework
from reporting.services.casework import inbox, messages
from reporting.services.errors import ConductFirst, NotAllowed, NotFound
from reporting.services.organisation import conduct, packs
from reporting.services.reading import assignment
from reporting.store.conduct import Acceptance
from reporting.store.database import reading, writing
from reporting.store.packs import newest_pack
from tests.builders import Built, Team, in_unit, send_report
from tests.services.people import last_events
from tests.services.together import at_once


def forget(built: Built, member: StaffMember) -> None:
    """Leave somebody as before the first acceptance."""
    with writing(built.stores) as work:
        work.main.query(Acceptance).filter_by(staff_id=member.staff_id).delete()


def accepted(built: Built, member: StaffMember) -> bool:
    """Return whether somebody's acceptance counts now."""
    with reading(built.stores) as work:
        return conduct.has_accepted(work, built.house, member)


def version(built: Built, member: StaffMember) -> str:
    """Return the version that somebody has to accept."""
    with reading(built.stores) as work:
        return conduct.current_code(work, member.office_id).version


@pytest.mark.req("S2")
def test_without_it_nothing_of_a_case_opens(built: Built, team: Team) -> None:
    _, _, case_id = send_report(built, team.office)
    in_unit(built, casework.declare_no_conflict, team.amina, case_id)
    forget(built, team.amina)
    for act, arguments in (
        (casework.names_to_check, ()),
        (casework.declare_no_conflict, ()),
        (casework.may_read, ()),
        (casework.open_to_work, (Permission.OPEN_CASE,)),
        (casework.view_case, ()),
        (casework.write_note, ("A note",)),
        (messages.write_as_staff, ("Dear reporter",)),
        (assignment.assign, (team.ines.staff_id,)),
    ):
        with pytest.raises(ConductFirst):
            in_unit(built, act, team.amina, case_id, *arguments)
    with pytest.raises(ConductFirst), reading(built.stores) as work:
        inbox.inbox(work, built.house, team.amina, inbox.Filters())
    in_unit(built, conduct.accept, team.amina, version(built, team.amina))
    assert in_unit(built, casework.view_case, team.amina, case_id)


@pytest.mark.req("S2")
@pytest.mark.principle("confidentiality")
def test_it_tells_nobody_which_cases_there_are(built: Built, team: Team) -> None:
    _, _, case_id = send_report(built, team.office)
    forget(built, team.ines)
    for nothing in (case_id, bytes(16)):
        with pytest.raises(NotFound):
            in_unit(built, casework.view_case, team.ines, nothing)


@pytest.mark.req("S2")
def test_a_year_later_it_is_asked_for_again(built: Built, team: Team) -> None:
    built.clock.forward(days=364)
    assert accepted(built, team.amina)
    built.clock.forward(days=1)
    assert not accepted(built, team.amina)
    in_unit(built, conduct.accept, team.amina, version(built, team.amina))
    assert accepted(built, team.amina)
    assert last_events(built, 1)[0][0] == StaffEvent.CONDUCT_ACCEPTED


@pytest.mark.req("S2", "S1")
def test_a_new_version_is_asked_for_at_once_here_and_at_the_desk_that_watches(built: Built, team: Team) -> None:
    shipped = version(built, team.amina)
    in_unit(built, packs.load, team.office.id, with_version(built, "2027-a"))
    for member in (team.amina, team.desk_reader):
        assert not accepted(built, member)
        with pytest.raises(NotAllowed):
            in_unit(built, conduct.accept, member, shipped)
        in_unit(built, conduct.accept, member, "2027-a")
        assert accepted(built, member)


def with_version(built: Built, name: str) -> bytes:
    """Return the rules that ship with the program, with another version of the code."""
    with reading(built.stores) as work:
        content = newest_pack(work.main, None).content
    before, found, after = content.partition(b"[code_of_conduct]\nversion = ")
    assert found
    return before + found + f'"{name}"'.encode() + after[after.index(b"\n") :]


def test_the_record_holds_a_fingerprint_of_what_was_accepted_and_no_words(built: Built, team: Team) -> None:
    in_unit(built, conduct.accept, team.amina, version(built, team.amina))
    with reading(built.stores) as work:
        code = conduct.current_code(work, team.office.id)
    assert last_events(built, 1) == [("conduct_accepted", conduct.fingerprint(code))]
    assert len(conduct.fingerprint(code)) == 32


def test_sent_twice_at_once_it_stands_there_once(built: Built, team: Team) -> None:
    word = version(built, team.amina)
    assert at_once(lambda _: in_unit(built, conduct.accept, team.amina, word), 2) == [None, None]
    with reading(built.stores) as work:
        assert work.main.query(Acceptance).filter_by(staff_id=team.amina.staff_id).count() == 1


@pytest.mark.principle("respect")
def test_a_reporter_is_asked_for_nothing(built: Built, team: Team) -> None:
    _, reporter, _ = send_report(built, team.office)
    in_unit(built, conduct.require_accepted, reporter)
