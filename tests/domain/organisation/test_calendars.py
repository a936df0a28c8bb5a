"""The working calendar of an office: its days, its zone, and what may be written as week-end and holidays."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reporting.domain.organisation.calendars import (
    MOST_HOLIDAYS,
    WEEKDAYS,
    NotACalendar,
    OfficeCalendar,
    holidays_text,
    read_holidays,
    read_weekend,
    weekend_text,
)

ZONES = (
    "UTC",
    "Europe/Chisinau",
    "America/Lima",
    "Africa/Nairobi",
    "Pacific/Kiritimati",
    "Pacific/Niue",
    "Asia/Kathmandu",
)
moments = st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1))  # noqa: DTZ001 - the store keeps UTC without a mark
days = st.dates(date(2000, 1, 1), date(2100, 1, 1))


def utc(*parts: int) -> datetime:
    """Return a moment as the store keeps it."""
    return datetime(*parts)  # type: ignore[arg-type]  # noqa: DTZ001


def test_the_next_working_day_is_today_or_the_next_one() -> None:
    week = OfficeCalendar(holidays=frozenset({date(2024, 12, 23)}))
    assert week.next_working_day(date(2024, 12, 20)) == date(2024, 12, 20)
    assert week.next_working_day(date(2024, 12, 21)) == date(2024, 12, 24)
    assert OfficeCalendar().next_working_day(date(2024, 12, 21)) == date(2024, 12, 23)
    assert OfficeCalendar(weekend=frozenset()).next_working_day(date(2024, 12, 21)) == date(2024, 12, 21)


def test_no_working_days_later_is_the_day_itself() -> None:
    assert OfficeCalendar().add_working_days(date(2024, 12, 21), 0) == date(2024, 12, 21)


@pytest.mark.req("L1")
@pytest.mark.parametrize(
    ("moment", "zone", "day"),
    [
        (utc(2026, 3, 28, 22, 30), "Europe/Chisinau", date(2026, 3, 29)),  # winter time: UTC+2
        (utc(2026, 3, 29, 21, 30), "Europe/Chisinau", date(2026, 3, 30)),  # summer time since that night: UTC+3
        (utc(2026, 3, 28, 21, 30), "Europe/Chisinau", date(2026, 3, 28)),
        (utc(2026, 10, 24, 21, 30), "Europe/Chisinau", date(2026, 10, 25)),  # the last evening of summer time
        (utc(2026, 10, 25, 21, 30), "Europe/Chisinau", date(2026, 10, 25)),
        (utc(2026, 3, 2, 3, 0), "America/Lima", date(2026, 3, 1)),
        (utc(2024, 2, 28, 21, 0), "Africa/Nairobi", date(2024, 2, 29)),  # the leap day begins
        (utc(2023, 2, 28, 21, 0), "Africa/Nairobi", date(2023, 3, 1)),
        (utc(2026, 3, 2, 23, 59), "No/Such_Zone", date(2026, 3, 2)),
    ],
)
def test_today_is_the_day_at_the_office_also_when_clocks_change(moment: datetime, zone: str, day: date) -> None:
    assert OfficeCalendar(time_zone=zone).day_of(moment) == day


@given(moments, st.sampled_from(ZONES))
def test_a_day_that_is_kept_in_utc_never_makes_a_promise_later(moment: datetime, zone: str) -> None:
    week = OfficeCalendar(time_zone=zone)
    there = moment.replace(tzinfo=UTC).astimezone(ZoneInfo(zone)).date()
    assert week.day_of(moment) == there
    assert there - timedelta(days=1) <= week.day_began(moment.date()) <= there


@given(days, st.integers(1, 12), st.frozensets(st.sampled_from(WEEKDAYS), max_size=3), st.frozensets(days, max_size=4))
def test_working_days_are_counted_one_by_one(
    day: date, count: int, weekend: frozenset[str], holidays: frozenset[date]
) -> None:
    week = OfficeCalendar(weekend, holidays)
    later = week.add_working_days(day, count)
    between = [day + timedelta(days=offset) for offset in range(1, (later - day).days + 1)]
    assert sum(week.is_working_day(one) for one in between) == count
    assert week.is_working_day(later)


def test_a_weekend_is_read_as_it_is_written() -> None:
    assert read_weekend(" Sat, fri ") == {"fri", "sat"}
    assert weekend_text(read_weekend("sun,sat")) == "sat,sun"
    assert read_weekend("") == frozenset()
    for wrong in ("saturday", "sat;sun", "mon,tue,wed,thu", "6"):
        with pytest.raises(NotACalendar):
            read_weekend(wrong)


def test_holidays_are_read_line_by_line_and_kept_in_order() -> None:
    read = read_holidays("2027-01-01   New  Year\n\n 2026-12-25\n2026-12-25 Christmas\n")
    assert read == {date(2026, 12, 25): "Christmas", date(2027, 1, 1): "New  Year"}
    assert holidays_text(read) == "2026-12-25 Christmas\n2027-01-01 New  Year"
    assert read_holidays(holidays_text(read)) == read
    for wrong in ("New Year", "2026-02-29", "25.12.2026", "2026-12-25\n" * (MOST_HOLIDAYS + 1)):
        with pytest.raises(NotACalendar):
            read_holidays(wrong)


@given(st.dictionaries(days, st.text(alphabet="abc d", max_size=20).map(str.strip)))
def test_what_is_written_is_read_the_same(holidays: dict[date, str]) -> None:
    assert read_holidays(holidays_text(holidays)) == holidays
