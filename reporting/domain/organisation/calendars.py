"""The working calendar of an office: its week-end, its holidays, and which day it is there.

A day of hers is a whole UTC day wherever it is stored, so that no two days beside each other tell an hour. What is
promised is counted from that day in the calendar of the office, and what is late is late by the day of the office.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from reporting.domain.words import N_

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
"""How a day of the week is written where it is stored, Monday first."""

WEEKDAY_NAMES: Mapping[str, str] = {
    "mon": N_("Monday"),
    "tue": N_("Tuesday"),
    "wed": N_("Wednesday"),
    "thu": N_("Thursday"),
    "fri": N_("Friday"),
    "sat": N_("Saturday"),
    "sun": N_("Sunday"),
}
LONGEST_WEEKEND = 3
MOST_HOLIDAYS = 400
_ONE_DAY = timedelta(days=1)


class NotACalendar(ValueError):  # noqa: N818 - it names what is the matter
    """What was written is not a week-end, or not a list of holidays."""


@dataclass(frozen=True, slots=True)
class OfficeCalendar:
    """When an office works. The default is Monday to Friday without holidays, in UTC."""

    weekend: frozenset[str] = frozenset({"sat", "sun"})
    holidays: frozenset[date] = frozenset()
    time_zone: str = "UTC"

    def is_working_day(self, day: date) -> bool:
        """Return whether somebody works there on a day."""
        return WEEKDAYS[day.weekday()] not in self.weekend and day not in self.holidays

    def add_working_days(self, day: date, count: int) -> date:
        """Return the `count`-th working day after `day`; `day` itself does not count."""
        while count > 0:
            day += _ONE_DAY
            count -= self.is_working_day(day)
        return day

    def next_working_day(self, day: date) -> date:
        """Return the first working day from `day` on, which may be `day` itself."""
        return day if self.is_working_day(day) else self.add_working_days(day, 1)

    def day_of(self, moment: datetime) -> date:
        """Return the day at the office at a moment, which is UTC without a mark, as the store keeps it."""
        return moment.replace(tzinfo=UTC).astimezone(_zone(self.time_zone)).date()

    def day_began(self, utc_day: date) -> date:
        """Return the day at the office when a UTC day began.

        West of UTC it is the day before. What is promised from it is never later than what would be promised from
        the office's own day, which is not stored for a reporter.
        """
        return self.day_of(datetime.combine(utc_day, time.min))


def read_weekend(text: str) -> frozenset[str]:
    """Return the days of a week-end as they are written: "fri,sat".

    :raises NotACalendar: a word that is no day, or so many days that hardly any is left to work on.
    """
    days = frozenset(word.strip().lower() for word in text.split(",") if word.strip())
    if not days <= set(WEEKDAYS) or len(days) > LONGEST_WEEKEND:
        raise NotACalendar
    return days


def weekend_text(days: frozenset[str]) -> str:
    """Return a week-end as it is stored, in the order of the week."""
    return ",".join(day for day in WEEKDAYS if day in days)


def read_holidays(text: str) -> dict[date, str]:
    """Return holidays with their names: each line is a date such as 2026-12-25 and, if you like, what it is.

    :raises NotACalendar: a line that does not begin with a date, or more lines than an office can have holidays.
    """
    lines = [line.split(maxsplit=1) for line in text.splitlines() if line.strip()]
    if len(lines) > MOST_HOLIDAYS:
        raise NotACalendar
    try:
        found = {date.fromisoformat(day): " ".join(name)[:80].strip() for day, *name in lines}
    except ValueError:
        raise NotACalendar from None
    return dict(sorted(found.items()))


def holidays_text(holidays: Mapping[date, str]) -> str:
    """Return holidays as they are stored: one a line, the earliest first."""
    return "\n".join(f"{day.isoformat()} {name}".strip() for day, name in sorted(holidays.items()))


def is_time_zone(name: str) -> bool:
    """Return whether this names a time zone that this machine knows."""
    return _zone_named(name) is not None


@lru_cache
def _zone(name: str) -> ZoneInfo:
    return _zone_named(name) or ZoneInfo("UTC")  # this machine may have lost its list of zones: work goes on


def _zone_named(name: str) -> ZoneInfo | None:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None
