"""What the auditor sees: both chains page by page, whether they are whole, and whether somebody waits.

Never to which case an event belongs: the keyed reference stays out of everything here.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from reporting.domain.case import WITH_ORGANISATION, CaseKind
from reporting.domain.oversight.audit import ReporterEvent, StaffEvent
from reporting.services.actors import StaffMember
from reporting.services.chores import TASKS
from reporting.services.house import House
from reporting.services.oversight.audit import Finding, record_staff
from reporting.store.audit import heads, recent_days, recent_events
from reporting.store.cases import any_waits
from reporting.store.chores import Chore
from reporting.store.database import Work
from reporting.store.staff import name_of

PAGE = 50


@dataclass(frozen=True)
class StaffLine:
    """One link of the staff chain: who did what to which colleague, and when.

    `who` is empty for the house itself, `action` where a row was altered into something that no program wrote.
    """

    seq: int
    at: datetime
    who: str
    action: StaffEvent | None
    about: str
    detail: str


@dataclass(frozen=True)
class DayLine:
    """One link of the reporters' chain: what was done on a day."""

    seq: int
    day: date
    action: ReporterEvent | None


@dataclass(frozen=True)
class Head:
    """The end of a chain; whoever notes it elsewhere can prove later what was there."""

    chain: str
    length: int
    hash: str


@dataclass(frozen=True)
class ChoreLine:
    """How a chore ended last (empty: it has not run yet), and when it is due."""

    name: str
    outcome: str
    due_at: datetime


def staff_lines(work: Work, before: int | None = None) -> tuple[list[StaffLine], int | None]:
    """Return one page of the staff chain, newest first, and where the next page begins (nothing at the end)."""
    rows = recent_events(work.main, PAGE + 1, before)
    lines = [
        StaffLine(
            row.seq,
            row.at,
            name_of(work.main, row.actor_id),
            StaffEvent(row.action) if row.action in set(StaffEvent) else None,
            name_of(work.main, row.about_id),
            row.detail,
        )
        for row in rows[:PAGE]
    ]
    return lines, lines[-1].seq if len(rows) > PAGE else None


def day_lines(work: Work, before: int | None = None) -> tuple[list[DayLine], int | None]:
    """Return one page of the reporters' chain, newest first, and where the next page begins."""
    rows = recent_days(work.main, PAGE + 1, before)
    known = set(ReporterEvent)
    lines = [
        DayLine(row.seq, row.day, ReporterEvent(row.action) if row.action in known else None) for row in rows[:PAGE]
    ]
    return lines, lines[-1].seq if len(rows) > PAGE else None


def heads_of(work: Work) -> list[Head]:
    """Return the heads of both chains, as far as they have begun."""
    return [Head(head.chain, head.length, head.hash.hex()) for head in heads(work.main)]


def chore_lines(work: Work) -> list[ChoreLine]:
    """Return how each chore ended last."""
    rows = [work.main.get(Chore, name) for name in TASKS]
    return [ChoreLine(row.name, row.outcome, row.due_at) for row in rows if row is not None]


def complaint_waits(work: Work) -> bool:
    """Return whether a complaint about how somebody is treated waits for an answer; never how many."""
    return any_waits(work.main, CaseKind.COMPLAINT.value, [status.value for status in WITH_ORGANISATION])


def note_reading(work: Work, house: House, actor: StaffMember) -> None:
    """Record that the auditor read the chains."""
    record_staff(work, house, StaffEvent.AUDIT_READ, actor_id=actor.staff_id)


def note_verification(work: Work, house: House, actor: StaffMember, findings: Sequence[Finding]) -> None:
    """Record that the auditor had the chains checked, and whether they were whole."""
    detail = "wrong" if findings else "whole"
    record_staff(work, house, StaffEvent.AUDIT_VERIFIED, actor_id=actor.staff_id, detail=detail)
