"""Her answers to what is planned: written by nobody but her, under the lock of the case, and the newest counts."""

from reporting.domain.case import WITH_ORGANISATION
from reporting.domain.oversight.audit import ReporterEvent, StaffEvent
from reporting.domain.protection.agreement import Agreement, Said
from reporting.domain.sealed.disclosure import REPORTER
from reporting.domain.sealed.entry import UNSIGNED
from reporting.policy import Permission
from reporting.services.actors import Reporter, StaffMember
from reporting.services.casework.case import open_to_work
from reporting.services.casework.clocks import set_clocks
from reporting.services.errors import NotAllowed, NotFound
from reporting.services.house import House
from reporting.services.oversight.audit import record_reporter, record_staff
from reporting.services.sealed.entries import CaseFile, Filed, add
from reporting.services.sealed.sealing import OpenCase, open_case
from reporting.store.database import Work


def answer_of(file: CaseFile, item_id: bytes) -> Filed[Agreement] | None:
    """Return her newest answer to an entry; one that anybody else wrote is none."""
    about = item_id.hex()
    answers = [one for one in file.all(Agreement) if one.entry.about == about and one.entry.author == REPORTER]
    return answers[-1] if answers else None


def said(file: CaseFile, item_id: bytes) -> Said | None:
    """Return what she said last to an entry, or nothing."""
    found = answer_of(file, item_id)
    return found.entry.said if found else None


def open_hers(work: Work, house: House, reporter: Reporter, case_id: bytes) -> OpenCase:
    """Open her case for an answer, locked.

    :raises NotFound: her token does not open it, or whoever asks did not come with a token.
    :raises NotAllowed: nobody of the organisation holds it any more, so there is nothing to answer.
    """
    if not isinstance(reporter, Reporter):
        raise NotFound
    opened = open_case(work, reporter, house, case_id, to_change=True)
    if opened.row.status not in WITH_ORGANISATION:
        raise NotAllowed
    return opened


def open_plan(work: Work, house: House, actor: StaffMember, case_id: bytes) -> OpenCase:
    """Open a case to plan something for her, locked.

    :raises NotFound: no grant.
    :raises NotAllowed: not for this role, or the conflict question comes first.
    """
    return open_to_work(work, house, actor, case_id, Permission.PROTECT)


def note_reading(work: Work, house: House, opened: OpenCase, actor: StaffMember) -> None:
    """Record that a handler opened a page of the case file; she reads so."""
    record_staff(work, house, StaffEvent.FILE_OPENED, actor_id=actor.staff_id, case_id=opened.id)


def write_answer(
    work: Work, house: House, opened: OpenCase, reporter: Reporter, file: CaseFile, item_id: bytes, answer: Said
) -> None:
    """Seal her answer; the same answer once more changes nothing. The caller has looked that it may be answered."""
    if said(file, item_id) is answer:
        return
    add(work, house, opened, reporter, Agreement(*UNSIGNED, item_id.hex(), answer))
    tell_team(work, house, opened)


def tell_team(work: Work, house: House, opened: OpenCase) -> None:
    """Record that she answered, and show her handlers that something waits."""
    opened.row.waiting = True
    set_clocks(work, house, opened.row)
    record_reporter(work, house, ReporterEvent.PLAN_ANSWERED, opened.id)
