"""Days that have passed: marked, recorded, and told to the next handler. No key is given by it, and none is needed."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta

from reporting.domain.case import WITH_ORGANISATION, Status
from reporting.domain.casework.clocks import Clock
from reporting.domain.organisation.calendars import OfficeCalendar
from reporting.domain.oversight.audit import StaffEvent
from reporting.domain.people import Role
from reporting.services.casework.clocks import set_clocks
from reporting.services.house import House
from reporting.services.organisation.calendars import calendar_of_case
from reporting.services.oversight.audit import record_staff, staff_ledger
from reporting.services.reading.consent import who_can_open
from reporting.store.cases import Case, lock_case
from reporting.store.clocks import ClockRow, Escalation, cases_without_clocks, clocks_before, clocks_of, told_of
from reporting.store.database import Stores, Work, reading, writing
from reporting.store.staff import Staff

NEXT_AFTER_WORKING_DAYS = 2
"""Whoever was told has two working days before the next one is told too."""

HERS = (Clock.ERASURE.value,)
"""What ends by itself on its day is nobody's delay."""

ORDER = (Role.CASE_MANAGER, Role.INVESTIGATOR, Role.OUTSIDE_DESK)


def watch(stores: Stores, house: House) -> int:
    """Mark what has passed by the day of each office and tell whoever is next; return how many were told.

    It can run at any hour and twice: a day is marked once, and each person is told once of it. Each case has a unit of
    its own, so that nobody who writes meanwhile waits for all of them.
    """
    with reading(stores) as work:
        new = cases_without_clocks(work.main, [one.value for one in WITH_ORGANISATION if one is not Status.SET_ASIDE])
    for case_id in new:
        _in_case(stores, house, case_id, _set)
    with reading(stores) as work:
        late = _late(work, house)
    return sum(_in_case(stores, house, case_id, _watch_case) for case_id in late)


def _in_case(stores: Stores, house: House, case_id: bytes, act: Callable[[Work, House, Case], int]) -> int:
    with writing(stores) as work:
        case = lock_case(work.main, case_id)
        return act(work, house, case) if case is not None else 0


def _set(work: Work, house: House, case: Case) -> int:
    """Set the clocks of a case that came before there were any."""
    set_clocks(work, house, case)
    return 0


def _late(work: Work, house: House) -> list[bytes]:
    furthest = house.today() + timedelta(days=1)  # no office is further ahead
    return sorted({row.case_id for row in clocks_before(work.main, furthest, but=HERS)})


def _watch_case(work: Work, house: House, case: Case) -> int:
    week = calendar_of_case(work, case)
    today = week.day_of(house.now())
    passed = [row for row in clocks_of(work.main, case.id) if row.due_on is not None and row.due_on < today]
    return sum(_escalate(work, house, row, week, today) for row in passed if row.clock not in HERS)


def _escalate(work: Work, house: House, row: ClockRow, week: OfficeCalendar, today: date) -> bool:
    if row.breached_on is None:
        row.breached_on = today
        record_staff(work, house, StaffEvent.DATE_PASSED, actor_id=None, case_id=row.case_id, detail=row.clock)
    told = {one.staff_id: one.told_on for one in told_of(work.main, row.case_id) if one.clock == row.clock}
    if told and today < week.add_working_days(max(told.values()), NEXT_AFTER_WORKING_DAYS):
        return False
    person = _next(work, house, row.case_id, set(told))
    if person is None:
        return False
    work.main.add(Escalation(case_id=row.case_id, clock=row.clock, staff_id=person.id, told_on=today))
    record_staff(
        work,
        house,
        StaffEvent.ESCALATED,
        actor_id=None,
        case_id=row.case_id,
        about_id=person.id,
        detail=row.clock,
    )
    return True


def _next(work: Work, house: House, case_id: bytes, told: set[bytes]) -> Staff | None:
    """Return who is told next: a handler who can open the case, but for whoever worked on it last."""
    handlers = _in_order(who_can_open(work, house, case_id))
    busy = _last_at_work(work, house, case_id, {staff.id for staff in handlers})
    return next((staff for staff in handlers if staff.id not in told | {busy}), None)


def _in_order(handlers: Sequence[Staff]) -> list[Staff]:
    return sorted(handlers, key=lambda staff: (ORDER.index(Role(staff.role)), staff.id))


def _last_at_work(work: Work, house: House, case_id: bytes, handlers: set[bytes]) -> bytes | None:
    done_by = [event.actor_id for event in staff_ledger(work, house, case_id) if event.actor_id in handlers]
    return done_by[-1] if done_by else None
