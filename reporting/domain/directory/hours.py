"""When a service is open, in its own time zone, from the rows of its schedule (HSDS 3.0, recurrence as in RFC 5545).

What a row does not say clearly is not guessed: then the answer is that we do not know. Holidays are in no row.
A row may come from anybody's file, and everybody's page reads it: it is read strictly, and once a day.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from enum import StrEnum
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo

from reporting.domain.directory.tables import Row

_AHEAD = timedelta(days=15)
_ALWAYS = timedelta(days=8)
_EARLIEST = date(1990, 1, 1)
_MONDAY = date(2024, 1, 1)
_ALMOST_MIDNIGHT = (time(23, 59), time(23, 59, 59))
_DAY = timedelta(days=1)
_BACK = timedelta(days=40)


class State(StrEnum):
    """Whether somebody is there now."""

    ALWAYS = "always"
    OPEN = "open"
    CLOSED = "closed"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Hours:
    """The state, and when it changes next in the service's own time; nothing where that is not within two weeks."""

    state: State
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class _Interval:
    """A time in which somebody is there, in UTC, and the zone in which it was meant."""

    start: datetime
    end: datetime
    zone: tzinfo


class _Unclear(Exception):  # noqa: N818 - it says what a row is
    """A row of a schedule does not say when."""


def hours_at(rows: Sequence[Row], zone: str, now: datetime) -> Hours:
    """Return whether a service is open at a moment (UTC, without a mark), by its rows and its time zone by name."""
    moment = now.replace(tzinfo=UTC)
    found: list[_Interval] = []
    unclear = not rows or len(rows) > MOST_ROWS
    for row in rows[:MOST_ROWS]:
        try:
            found += _intervals(row, zone, moment)
        except (_Unclear, ValueError, OverflowError, LookupError, OSError):  # what cannot be read says nothing
            unclear = True
    joined = _joined(found)
    inside = next((one for one in joined if one.start <= moment < one.end), None)
    if inside is not None:
        if inside.end - moment > _ALWAYS:
            return Hours(State.ALWAYS)
        return Hours(State.OPEN, inside.end.astimezone(inside.zone))
    if unclear:
        return Hours(State.UNKNOWN)
    following = next((one for one in joined if one.start > moment), None)
    return Hours(State.CLOSED, following.start.astimezone(following.zone) if following else None)


def _intervals(row: Row, zone: str, moment: datetime) -> Sequence[_Interval]:
    """Return when a row says that somebody is there, from yesterday to two weeks from now."""
    meant = time.fromisoformat(row["opens_at"]).tzinfo or _zone(row, zone)
    return _intervals_from(tuple(sorted(row.items())), meant, moment.astimezone(meant).date())


@lru_cache(maxsize=2048)
def _intervals_from(said: tuple[tuple[str, str], ...], meant: tzinfo, today: date) -> Sequence[_Interval]:
    """Read a row once a day: a page that asks a thousand services would take seconds otherwise."""
    return tuple(_each_interval(dict(said), meant, today))


def _each_interval(row: Row, meant: tzinfo, today: date) -> Iterator[_Interval]:
    opens, closes = (time.fromisoformat(row[name]).replace(tzinfo=None) for name in ("opens_at", "closes_at"))
    over_midnight = closes <= opens or closes in _ALMOST_MIDNIGHT
    closes = time.min if closes in _ALMOST_MIDNIGHT else closes
    for day in _days(row, today - _DAY, today + _AHEAD):
        last = day + _DAY if over_midnight else day
        start, end = (datetime.combine(*when, tzinfo=meant).astimezone(UTC) for when in ((day, opens), (last, closes)))
        if start < end:  # not an hour that the clock leaves out
            yield _Interval(start, end, meant)


def _zone(row: Row, name: str) -> tzinfo:
    """Return the zone of the service by its name, or else the distance from UTC that the row gives in hours."""
    if name:
        return ZoneInfo(name)
    if "timezone" not in row:
        raise _Unclear
    return timezone(timedelta(hours=float(row["timezone"])))


def _days(row: Row, first: date, last: date) -> Iterator[date]:
    """Yield the days on which a row applies, of those from `first` to `last`."""
    from dateutil.rrule import rrulestr  # late: few pages need it

    if row.get("freq") not in ("WEEKLY", "MONTHLY") or row.keys() & _NOT_READ:
        raise _Unclear
    begins = date.fromisoformat(row.get("dtstart") or row.get("valid_from") or _MONDAY.isoformat())
    low = max(first, begins, date.fromisoformat(row.get("valid_from") or begins.isoformat()))
    high = min(last, *(date.fromisoformat(row[name]) for name in ("until", "valid_to") if row.get(name)), last)
    rule = rrulestr(_rule(row), dtstart=datetime.combine(_start(row, begins, low), time.min))
    for found in rule.between(datetime.combine(low, time.min), datetime.combine(high, time.min), inc=True):
        yield found.date()


def _rule(row: Row) -> str:
    """Return the rule, of nothing but what each part may say: another part hidden in one could ask for every second.

    A rule that may never come true is not clear either: the library would look for it until the year 9999.
    """
    parts = {part: row[part] for part in _PARTS if row.get(part)}
    if int(parts.get("interval", 1)) < 1 or not all(_PARTS[name].fullmatch(said) for name, said in parts.items()):
        raise _Unclear
    if "bymonthday" in parts and ("byday" in parts or int(parts.get("interval", 1)) % _YEAR == 0):
        raise _Unclear
    return ";".join(f"{name.upper()}={said}" for name, said in parts.items())


def _start(row: Row, begins: date, low: date) -> date:
    """Return where to begin to count: at the start where that matters, else shortly before it is of use."""
    named, every = bool(row.get("byday") or row.get("bymonthday")), int(row.get("interval") or 1) == 1
    if named and every and not row.get("count"):
        return max(begins, low - _BACK)
    if not row.get("dtstart") or begins < _EARLIEST:
        raise _Unclear
    return begins


MOST_ROWS: Final = 50
"""So many rows of one service are read; no service has so many hours."""
_YEAR = 12  # months
_WEEKDAY = "(?:MO|TU|WE|TH|FR|SA|SU)"
_MONTHDAY = "-?(?:[1-9]|[12][0-9]|3[01])"
_PARTS = {
    "freq": re.compile("WEEKLY|MONTHLY"),
    "interval": re.compile("[0-9]{1,3}"),
    "wkst": re.compile(_WEEKDAY),
    "count": re.compile("[0-9]{1,4}"),
    "byday": re.compile(rf"(?:[+-]?[1-5])?{_WEEKDAY}(?:,(?:[+-]?[1-5])?{_WEEKDAY}){{0,34}}"),
    "bymonthday": re.compile(rf"{_MONTHDAY}(?:,{_MONTHDAY}){{0,61}}"),
}
_NOT_READ = {"byyearday", "byweekno"}


def _joined(found: Iterable[_Interval]) -> list[_Interval]:
    """Put together what touches or overlaps."""
    joined: list[_Interval] = []
    for one in sorted(found, key=lambda one: (one.start, one.end)):
        if joined and one.start <= joined[-1].end:
            joined[-1] = _Interval(joined[-1].start, max(one.end, joined[-1].end), joined[-1].zone)
        else:
            joined.append(one)
    return joined
