"""The inbox: one page of the cases that a colleague holds, in a few queries however many cases that are."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from reporting.domain.case import CaseKind, ItemKind, Status
from reporting.domain.casework.clocks import Clock
from reporting.domain.oversight.audit import ReporterEvent, StaffEvent
from reporting.domain.people import Role
from reporting.domain.sealed.disclosure import WorkingTitle
from reporting.services.actors import StaffMember
from reporting.services.evidence.looking import amount
from reporting.services.house import House
from reporting.services.organisation.calendars import today_at
from reporting.services.oversight.audit import case_ref
from reporting.services.sealed.sealing import OpenCase, open_cases, read_each
from reporting.store.audit import last_days_of, last_moments_of, refs_of_actor
from reporting.store.cases import Case
from reporting.store.clocks import told_to
from reporting.store.database import Work
from reporting.store.holdings import Holding, held_case_ids, held_cases
from reporting.store.offices import Office, all_offices, desk_of, find_office, find_offices, names_of

PAGE = 25


@dataclass(frozen=True)
class InboxRow:
    """One case that I hold, as the inbox shows it."""

    case_id: bytes
    title: str
    kind: CaseKind
    office: str
    status: Status
    received_on: date | None
    due_on: date | None
    due_what: Clock | None
    waiting: bool
    overdue: bool
    told: bool
    new_evidence: bool


@dataclass(frozen=True)
class Filters:
    """What the inbox is narrowed to; empty means everything I hold but what is set aside."""

    status: Status | None = None
    overdue: bool = False
    waiting: bool = False
    kind: CaseKind | None = None
    due_what: Clock | None = None
    office_id: bytes | None = None


def inbox(
    work: Work, house: House, actor: StaffMember, filters: Filters, after: tuple[date, bytes] | None = None
) -> tuple[list[InboxRow], tuple[date, bytes] | None]:
    """Return one page of the cases I hold, and where the next page begins (nothing at the end).

    A case whose grants my key does not open is not mine to see: not even a grey row, a short page or the place where a
    page ends stands for it.
    """
    opened: list[tuple[tuple[date, bytes], InboxRow]] = []
    more = True
    while more and len(opened) <= PAGE:
        found = _held(work, house, actor, filters, after)
        rows = {row.case_id: row for row in rows_of(work, house, actor, [one.case_id for one in found])}
        opened += [((one.due_on, one.case_id), rows[one.case_id]) for one in found if one.case_id in rows]
        more = len(found) > PAGE
        after = (found[-1].due_on, found[-1].case_id) if found else after
    return [row for _, row in opened[:PAGE]], opened[PAGE - 1][0] if len(opened) > PAGE else None


def _held(
    work: Work, house: House, actor: StaffMember, filters: Filters, after: tuple[date, bytes] | None
) -> Sequence[Holding]:
    """Return one row more than a page holds, so that it is known whether another page follows."""
    return held_cases(
        work.main,
        actor.staff_id,
        after=after,
        limit=PAGE + 1,
        status=filters.status.value if filters.status else None,
        without=Status.SET_ASIDE.value,
        due_before=today_at(house, find_office(work.main, actor.office_id)) if filters.overdue else None,
        waiting=filters.waiting,
        kind=filters.kind.value if filters.kind else None,
        due_what=filters.due_what.value if filters.due_what else None,
        office_id=filters.office_id,
    )


def cases_that_i_read(work: Work, house: House, actor: StaffMember) -> list[bytes]:
    """Return the ids of the cases that I hold and whose names I have looked at, the most overdue first."""
    declared = refs_of_actor(work.main, actor.staff_id, StaffEvent.NO_CONFLICT_DECLARED)
    return [one for one in held_case_ids(work.main, actor.staff_id) if case_ref(house, one) in declared]


def offices_to_filter(work: Work, actor: StaffMember) -> dict[bytes, str]:
    """Return the offices whose cases can come to me, by name: mine, or at the outside desk those that it watches.

    Found from the offices, which are few, and not from the cases, which may be many.
    """
    if actor.role is not Role.OUTSIDE_DESK:
        return names_of(work.main, [actor.office_id])
    watched = [(office, desk_of(work.main, office)) for office in all_offices(work.main)]
    return {office.id: office.name for office, desk in watched if desk is not None and desk.id == actor.office_id}


def rows_of(work: Work, house: House, actor: StaffMember, case_ids: Sequence[bytes]) -> list[InboxRow]:
    """Return cases as the inbox shows them, in this order: the same few queries however many they are."""
    opened = {case.id: case for case in open_cases(work, actor, house, case_ids)}
    titles = read_each(work, list(opened.values()), ItemKind.WORKING_TITLE)
    offices = find_offices(work.main, [case.row.office_id for case in opened.values() if case.row.office_id])
    told, new = told_to(work.main, actor.staff_id, list(opened)), _with_new_evidence(work, house, actor, opened)
    return [
        _inbox_row(house, opened[one].row, titles.get(one), offices, told=one in told, new_evidence=one in new)
        for one in case_ids
        if one in opened
    ]


def _with_new_evidence(work: Work, house: House, actor: StaffMember, opened: dict[bytes, OpenCase]) -> set[bytes]:
    """Return the cases to which she added evidence since I was there, by the very count that their pages show.

    The pieces are opened only of cases of which the record says that something came.
    """
    refs = {case_ref(house, one): one for one in opened}
    today = datetime.combine(house.now().date(), time())
    visits = last_moments_of(work.main, actor.staff_id, StaffEvent.CASE_OPENED, list(refs), today)
    added = last_days_of(work.main, ReporterEvent.EVIDENCE_ADDED, list(refs))
    come = [refs[ref] for ref, day in added.items() if ref in visits and day >= visits[ref].date()]
    return {one for one in come if amount(work, house, actor, opened[one]).new}


def _inbox_row(
    house: House, case: Case, title: bytes | None, offices: dict[bytes, Office], *, told: bool, new_evidence: bool
) -> InboxRow:
    office = offices[case.office_id] if case.office_id else None
    return InboxRow(
        case.id,
        WorkingTitle.from_bytes(title).text if title else "",
        CaseKind(case.kind),
        office.name if office else "",
        Status(case.status),
        case.received_on,
        case.due_on,
        Clock(case.due_what) if case.due_what else None,
        case.waiting,
        case.due_on is not None and case.due_on < today_at(house, office),
        told,
        new_evidence,
    )
