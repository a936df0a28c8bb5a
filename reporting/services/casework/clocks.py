"""Setting the clocks of a case: one function, from the record, after whatever happened in it."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from reporting.domain.case import Act, Status
from reporting.domain.casework.clocks import Clock
from reporting.domain.casework.promises import Record, promises
from reporting.domain.organisation.calendars import OfficeCalendar
from reporting.domain.oversight.audit import ReporterEvent, StaffEvent
from reporting.services.actors import Reporter
from reporting.services.casework.terms import terms_of
from reporting.services.errors import NotFound
from reporting.services.house import House
from reporting.services.organisation.calendars import calendar_of_case
from reporting.services.oversight.audit import record_reporter, reporter_ledger, staff_ledger
from reporting.services.sealed.sealing import open_case
from reporting.store.audit import AuditDay, AuditEvent, AuditPending
from reporting.store.cases import Case
from reporting.store.clocks import clocks_of, decline, put_clocks
from reporting.store.database import Work
from reporting.store.holdings import refresh_holdings

Ledger = Sequence[AuditEvent]
SENDING = (ReporterEvent.REPORT_SENT, ReporterEvent.COMPLAINT_SENT, ReporterEvent.RECORD_OPENED)
Trace = tuple[StaffEvent, str | None]
"""What was done, and the code beside it where that matters."""

WORDS: tuple[Trace, ...] = ((StaffEvent.MESSAGE_SENT, None), (StaffEvent.OUTCOME_TOLD, None))
FEEDBACK: tuple[Trace, ...] = ((StaffEvent.MESSAGE_SENT, Clock.FEEDBACK.value), (StaffEvent.OUTCOME_TOLD, None))
CHECK_IN: Trace = (StaffEvent.MESSAGE_SENT, Clock.CHECK_IN.value)


def set_clocks(work: Work, house: House, case: Case) -> None:
    """Let the clocks of a case run as its record says now; the inbox and her page show the nearest."""
    work.main.flush()
    running = promised(work, house, case)
    put_clocks(work.main, case.id, {clock.value: day for clock, day in running.items()})
    nearest = min(running, key=lambda clock: (running[clock], clock), default=None)
    case.due_on, case.due_what = (running[nearest], nearest.value) if nearest else (None, None)
    refresh_holdings(work.main, case)


def promised(work: Work, house: House, case: Case) -> dict[Clock, date]:
    """Return which clocks should run, by the record alone."""
    week = calendar_of_case(work, case)
    return promises(_record_of(work, house, case, week), terms_of(work, case), week)


def running_clocks(work: Work, case_id: bytes) -> dict[Clock, date]:
    """Return the clocks that run in a case, the earliest day first."""
    return {Clock(row.clock): row.due_on for row in clocks_of(work.main, case_id) if row.due_on is not None}


def look_again_on(work: Work, house: House, case: Case, day: date | None) -> None:
    """Let the team look at what is planned for her by a day, or let that clock stand where nothing is to be looked at.

    What is planned is sealed; this day is all that a chore can know of it.
    """
    running = {clock.value: due_on for clock, due_on in running_clocks(work, case.id).items()}
    running.pop(Clock.LOOK_AGAIN.value, None)
    put_clocks(work.main, case.id, running | ({Clock.LOOK_AGAIN.value: day} if day else {}))
    set_clocks(work, house, case)


def wants_no_check_ins(work: Work, case_id: bytes) -> bool:
    """Return whether she asked not to be asked again whether somebody punishes her."""
    return any(row.declined for row in clocks_of(work.main, case_id) if row.clock == Clock.CHECK_IN)


def choose_check_ins(work: Work, house: House, reporter: Reporter, case_id: bytes, *, wanted: bool) -> None:
    """Let her end the check-ins, or have them again.

    :raises NotFound: her token does not open this case, or nobody works on it.
    """
    case = open_case(work, reporter, house, case_id, to_change=True).row
    if case.received_on is None:
        raise NotFound
    if wants_no_check_ins(work, case_id) is not wanted:
        return
    decline(work.main, case_id, Clock.CHECK_IN.value, not wanted)
    record_reporter(work, house, ReporterEvent.CHECK_INS_WANTED if wanted else ReporterEvent.CHECK_INS_ENDED, case_id)
    set_clocks(work, house, case)


def _record_of(work: Work, house: House, case: Case, week: OfficeCalendar) -> Record:
    ledger, deeds = staff_ledger(work, house, case.id), reporter_ledger(work, house, case.id)
    # What was set aside and is taken up again is received anew, although she sent it before.
    sent = max((day for day in (_last_day(deeds, *SENDING), case.received_on) if day), default=None)
    reopened = _last_day(deeds, ReporterEvent.CASE_REOPENED)
    answered = _answered(ledger, reopened, week, waiting=case.waiting) if reopened else None
    steps = [_last(ledger, week, (StaffEvent.STEP_TAKEN, act.value)) for act in (Act.ACKNOWLEDGE, Act.REOPEN)]
    return Record(
        status=Status(case.status),
        sent=week.day_began(sent) if sent else None,
        acknowledged=max((day for day in (*steps, answered) if day), default=None),
        begun=_last(ledger, week, (StaffEvent.STEP_TAKEN, Act.BEGIN.value)),
        heard=_last(ledger, week, *WORDS),
        told=_last(ledger, week, *FEEDBACK),
        checked_in=_last(ledger, week, CHECK_IN),
        reopened=week.day_began(reopened) if reopened and answered is None else None,
        look_again=running_clocks(work, case.id).get(Clock.LOOK_AGAIN),
        no_check_ins=wants_no_check_ins(work, case.id),
        erase_on=case.erase_on,
    )


def _answered(ledger: Ledger, reopened: date, week: OfficeCalendar, *, waiting: bool) -> date | None:
    """Return on which day the team first answered after she opened her case again.

    Of hers only the day is known. A message of that very day answers it if nothing waits any more.
    """
    since = reopened + timedelta(days=1) if waiting else reopened
    answers = [
        event.at
        for event in ledger
        if (_is(event, *WORDS) and event.at.date() >= since)
        or (event.action == StaffEvent.STEP_TAKEN and event.at.date() > reopened)
    ]
    return week.day_of(answers[0]) if answers else None


def _last_day(deeds: Iterable[AuditDay | AuditPending], *actions: ReporterEvent) -> date | None:
    return max((deed.day for deed in deeds if deed.action in actions), default=None)


def _last(ledger: Ledger, week: OfficeCalendar, *traces: Trace) -> date | None:
    found = [event.at for event in ledger if _is(event, *traces)]
    return week.day_of(found[-1]) if found else None


def _is(event: AuditEvent, *traces: Trace) -> bool:
    return any(event.action == action and beside in (None, event.detail) for action, beside in traces)
