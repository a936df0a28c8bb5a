"""Three ways to go, told apart: stop taking part (a consent), close, erase."""

from datetime import date

from sqlalchemy import Select, select

from reporting.domain.case import Act, Status, next_status
from reporting.domain.casework.clocks import erased_on
from reporting.domain.oversight.audit import ReporterEvent, StaffEvent
from reporting.domain.people import Role
from reporting.domain.sealed.statistics import NOT_COUNTED
from reporting.services.actors import Reporter
from reporting.services.casework.clocks import set_clocks
from reporting.services.house import House
from reporting.services.oversight.audit import record_reporter, record_staff
from reporting.services.protection.referral import stop_all
from reporting.services.reading.consent import take_all_back
from reporting.services.sealed.facts import seal
from reporting.services.sealed.sealing import OpenCase, open_case
from reporting.store.aside import remove_aside
from reporting.store.blobs import forget_blob_keys
from reporting.store.cases import Case, remove_case
from reporting.store.clocks import remove_clocks
from reporting.store.database import Work
from reporting.store.grants import cases_granted_to, grants_of_case, remove_grants
from reporting.store.guests import remove_guests
from reporting.store.holdings import remove_holdings
from reporting.store.inaction import remove_inactions
from reporting.store.referral_links import lock_links, remove_links
from reporting.store.reporters import lock_reporter, remove_reporter
from reporting.store.requests import remove_requests


def close(work: Work, house: House, reporter: Reporter, case_id: bytes) -> None:
    """Close a case: every other grant goes, her token still opens it."""
    opened = open_case(work, reporter, house, case_id, to_change=True)
    _take_from_staff(work, house, opened, Act.WITHDRAW)
    set_clocks(work, house, opened.row)
    record_reporter(work, house, ReporterEvent.CASE_WITHDRAWN, case_id)


def erase_later(work: Work, house: House, reporter: Reporter, case_id: bytes) -> date:
    """Close now and erase in seven days; until then her token can undo it. Return the day."""
    opened = open_case(work, reporter, house, case_id, to_change=True)
    case, before = opened.row, opened.row.status
    _take_from_staff(work, house, opened, Act.ERASE_LATER)
    case.status_before = before
    case.erase_on = erased_on(house.today())
    set_clocks(work, house, case)
    record_reporter(work, house, ReporterEvent.ERASURE_ASKED, case_id)
    return case.erase_on


def undo_erase(work: Work, house: House, reporter: Reporter, case_id: bytes) -> None:
    """Keep the case after all. The people who read it before do not get their keys back."""
    case = open_case(work, reporter, house, case_id, to_change=True).row
    had = Status(case.status_before) if case.status_before else None
    case.status = next_status(Status(case.status), Act.UNDO_ERASE, Role.SURVIVOR, had).value
    case.status_before = case.erase_on = None
    set_clocks(work, house, case)
    record_reporter(work, house, ReporterEvent.ERASURE_UNDONE, case_id)


def erase_now(work: Work, house: House, reporter: Reporter, case_id: bytes) -> None:
    """Destroy every key of a case. Nothing opens it again, from any backup, within seven days."""
    open_case(work, reporter, house, case_id, to_change=True)
    record_reporter(work, house, ReporterEvent.CASE_ERASED, case_id)
    destroy(work, case_id)


def erase_due(work: Work, house: House) -> int:
    """Carry out the delayed erasures and the ends of retention that are due; return how many."""
    # Locked, so that what she undoes at this moment is not erased after all.
    due = work.main.scalars(_due(house.today()).with_for_update()).all()
    for case_id in due:
        record_staff(work, house, StaffEvent.CASE_ERASED_WHEN_DUE, actor_id=None, case_id=case_id)
        destroy(work, case_id)
    return len(due)


def destroy(work: Work, case_id: bytes) -> None:
    """Destroy the shred key of every grant and file, then the rows; forget tokens that open nothing any more."""
    grants = grants_of_case(work.main, case_id)
    tokens = {grant.holder for grant in grants if grant.holder.startswith(b"r")}
    remove_grants(work.main, work.shred, grants)
    forget_blob_keys(work.shred, case_id)
    remove_requests(work.main, case_id)
    remove_clocks(work.main, case_id)
    remove_inactions(work.main, case_id)
    remove_aside(work.main, case_id)
    remove_guests(work.main, case_id)
    remove_links(work.main, work.shred, lock_links(work.main, case_id))
    remove_holdings(work.main, case_id)
    remove_case(work.main, case_id)
    for holder in sorted(tokens):
        lock_reporter(work.main, holder[1:])
        if not cases_granted_to(work.main, holder):
            remove_reporter(work.main, holder[1:])


def _take_from_staff(work: Work, house: House, opened: OpenCase, act: Act) -> None:
    case = opened.row
    stop_all(work, house, opened)
    case.status = next_status(Status(case.status), act, Role.SURVIVOR).value
    case.keep_until = None  # what is hers alone does not end by itself
    case.waiting = False
    take_all_back(work, house, opened)
    remove_requests(work.main, opened.id)
    remove_aside(work.main, opened.id)
    case.fact = seal(house, opened.id, NOT_COUNTED)


def _due(today: date) -> Select[bytes]:
    return select(Case.id).where((Case.erase_on <= today) | (Case.keep_until < today))
