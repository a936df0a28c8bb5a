"""The dates of a case as its handlers see them: the same that the reporter is promised."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from reporting.domain.casework.clocks import Clock
from reporting.domain.casework.promises import EARLY_DAYS
from reporting.services.casework.clocks import running_clocks
from reporting.services.house import House
from reporting.services.organisation.calendars import calendar_of_case
from reporting.store.cases import Case
from reporting.store.clocks import told_of
from reporting.store.database import Work
from reporting.store.staff import name_of
from reporting.web.pages import translated
from reporting.web.staff.words import DUE


@dataclass(frozen=True)
class DateShown:
    """One date that the reporter is promised, whether it has passed or comes soon, and who was told that it passed."""

    clock: Clock
    what: str
    day: date
    late: bool
    soon: bool
    told: list[str]


def case_dates(work: Work, house: House, case: Case) -> list[DateShown]:
    """Return every clock that runs in a case, the earliest day first."""
    today = calendar_of_case(work, case).day_of(house.now())
    told = told_of(work.main, case.id)
    return [
        DateShown(
            clock,
            translated(DUE[clock]),
            day,
            day < today,
            day <= today + timedelta(days=EARLY_DAYS),
            sorted(name_of(work.main, one.staff_id) for one in told if one.clock == clock),
        )
        for clock, day in running_clocks(work, case.id).items()
    ]


def day_of(clock: Clock, dates: Sequence[DateShown], *, soon: bool = False) -> date | None:
    """Return the day on which a clock runs out; with `soon` only where it can be met now."""
    return next((one.day for one in dates if one.clock is clock and (one.soon or not soon)), None)
