"""Open now, in the service's own time: over midnight, over the change of clocks, and never guessed."""

from collections.abc import Sequence
from datetime import datetime
from time import monotonic

import pytest

from reporting.domain.directory import hours
from reporting.domain.directory.hours import Hours, State, hours_at
from reporting.domain.directory.tables import Row

ZONE = "Europe/Chisinau"
WEEKDAYS: dict[str, str] = {
    "freq": "WEEKLY",
    "byday": "MO,TU,WE,TH,FR",
    "opens_at": "09:00:00",
    "closes_at": "17:00:00",
}
ALWAYS: dict[str, str] = {
    "freq": "WEEKLY",
    "byday": "MO,TU,WE,TH,FR,SA,SU",
    "opens_at": "00:00:00",
    "closes_at": "23:59:59",
}


def at(written: str) -> datetime:
    """Return a moment in UTC as the store writes it."""
    return datetime.fromisoformat(written)


def told(hours: Hours) -> tuple[State, str]:
    """Return the state and when it changes, on the clock of the service."""
    return hours.state, hours.until.strftime("%Y-%m-%d %H:%M") if hours.until else ""


def state(rows: Sequence[Row], now: str, zone: str = ZONE) -> tuple[State, str]:
    return told(hours_at(rows, zone, at(now)))


@pytest.mark.req("P9")
@pytest.mark.parametrize(
    ("now", "expected"),
    [
        # Monday 2 March 2026: Chisinau is two hours ahead of UTC.
        ("2026-03-02T06:59:59", (State.CLOSED, "2026-03-02 09:00")),
        ("2026-03-02T07:00:00", (State.OPEN, "2026-03-02 17:00")),
        ("2026-03-02T14:59:59", (State.OPEN, "2026-03-02 17:00")),
        ("2026-03-02T15:00:00", (State.CLOSED, "2026-03-03 09:00")),
        ("2026-03-06T20:00:00", (State.CLOSED, "2026-03-09 09:00")),
        # In summer it is three.
        ("2026-06-01T06:00:00", (State.OPEN, "2026-06-01 17:00")),
        ("2026-06-01T14:00:00", (State.CLOSED, "2026-06-02 09:00")),
    ],
)
def test_open_and_closed_are_told_on_the_clock_of_the_service(now: str, expected: tuple[State, str]) -> None:
    assert state([WEEKDAYS], now) == expected


@pytest.mark.parametrize("now", ["2026-03-02T00:00:00", "2026-03-28T23:59:59", "2026-03-29T01:30:00"])
def test_round_the_clock_is_always_also_when_the_clocks_change(now: str) -> None:
    assert state([ALWAYS], now) == (State.ALWAYS, "")


def test_hours_over_midnight_belong_to_the_evening_on_which_they_begin() -> None:
    night = {"freq": "WEEKLY", "byday": "FR", "opens_at": "20:00:00", "closes_at": "02:00:00"}
    assert state([night], "2026-03-06T17:59:59") == (State.CLOSED, "2026-03-06 20:00")
    assert state([night], "2026-03-06T23:59:00") == (State.OPEN, "2026-03-07 02:00")
    assert state([night], "2026-03-07T00:00:00") == (State.CLOSED, "2026-03-13 20:00")


def test_a_night_in_which_the_clocks_go_forward_is_an_hour_shorter() -> None:
    night = {"freq": "WEEKLY", "byday": "SA", "opens_at": "22:00:00", "closes_at": "06:00:00"}
    # 29 March 2026, 02:00 to 03:00 does not exist in Chisinau: 06:00 is 03:00 UTC.
    assert state([night], "2026-03-29T02:59:59") == (State.OPEN, "2026-03-29 06:00")
    assert state([night], "2026-03-29T03:00:00")[0] is State.CLOSED


def test_a_night_in_which_the_clocks_go_back_is_an_hour_longer() -> None:
    night = {"freq": "WEEKLY", "byday": "SA", "opens_at": "22:00:00", "closes_at": "06:00:00"}
    # 25 October 2026: 22:00 is 19:00 UTC, 06:00 is 04:00 UTC.
    assert state([night], "2026-10-24T19:00:00") == (State.OPEN, "2026-10-25 06:00")
    assert state([night], "2026-10-25T03:59:59") == (State.OPEN, "2026-10-25 06:00")
    assert state([night], "2026-10-25T04:00:00")[0] is State.CLOSED


def test_an_hour_that_the_clock_leaves_out_breaks_nothing() -> None:
    gap = {"freq": "WEEKLY", "byday": "SU", "opens_at": "03:15:00", "closes_at": "03:45:00"}
    assert state([gap], "2026-03-29T01:30:00")[0] is State.CLOSED


def test_the_first_and_the_last_monday_of_a_month_and_a_day_of_it() -> None:
    first = {"freq": "MONTHLY", "byday": "1MO", "opens_at": "10:00:00", "closes_at": "12:00:00"}
    assert state([first], "2026-03-02T08:30:00") == (State.OPEN, "2026-03-02 12:00")
    assert state([first], "2026-03-09T08:30:00")[0] is State.CLOSED
    last = {"freq": "MONTHLY", "byday": "-1MO", "opens_at": "10:00:00", "closes_at": "12:00:00"}
    assert state([last], "2026-03-30T07:30:00") == (State.OPEN, "2026-03-30 12:00")
    fifteenth = {"freq": "MONTHLY", "bymonthday": "15", "opens_at": "10:00:00", "closes_at": "12:00:00"}
    assert state([fifteenth], "2026-03-14T08:30:00") == (State.CLOSED, "2026-03-15 10:00")


def test_every_other_week_counts_from_the_day_that_the_row_names() -> None:
    row = WEEKDAYS | {"byday": "MO", "interval": "2", "dtstart": "2026-03-02"}
    assert state([row], "2026-03-02T08:00:00")[0] is State.OPEN
    assert state([row], "2026-03-09T08:00:00") == (State.CLOSED, "2026-03-16 09:00")


def test_a_row_says_nothing_before_and_after_its_days() -> None:
    season = WEEKDAYS | {"valid_from": "2026-03-03", "valid_to": "2026-03-04"}
    assert state([season], "2026-03-02T08:00:00") == (State.CLOSED, "2026-03-03 09:00")
    assert state([season], "2026-03-04T08:00:00")[0] is State.OPEN
    assert state([season], "2026-03-05T08:00:00") == (State.CLOSED, "")
    assert state([WEEKDAYS | {"until": "2026-03-02"}], "2026-03-03T08:00:00") == (State.CLOSED, "")


def test_two_rows_that_touch_are_one_opening() -> None:
    morning, afternoon = WEEKDAYS | {"closes_at": "13:00:00"}, WEEKDAYS | {"opens_at": "13:00:00"}
    assert state([morning, afternoon], "2026-03-02T08:00:00") == (State.OPEN, "2026-03-02 17:00")


def test_the_offset_of_a_time_or_of_a_row_counts_where_no_zone_is_named() -> None:
    told_by_time = WEEKDAYS | {"opens_at": "09:00+05:00", "closes_at": "17:00+05:00"}
    assert state([told_by_time], "2026-03-02T04:00:00", "") == (State.OPEN, "2026-03-02 17:00")
    assert state([WEEKDAYS | {"timezone": "-3"}], "2026-03-02T12:00:00", "") == (State.OPEN, "2026-03-02 17:00")


@pytest.mark.parametrize(
    "row",
    [
        {},
        {"description": "Mornings, mostly"},
        WEEKDAYS | {"freq": "YEARLY"},
        WEEKDAYS | {"byday": "someday"},
        WEEKDAYS | {"opens_at": "nine"},
        WEEKDAYS | {"interval": "2"},
        WEEKDAYS | {"interval": "0"},
        WEEKDAYS | {"interval": "-1", "dtstart": "2026-03-02"},
        WEEKDAYS | {"byweekno": "7"},
        WEEKDAYS | {"dtstart": "yesterday"},
        WEEKDAYS | {"count": "5"},
        WEEKDAYS | {"freq": "MONTHLY", "byday": "53MO"},
        WEEKDAYS | {"byday": "MO;FREQ=SECONDLY"},
        WEEKDAYS | {"byday": "MO;BYSETPOS=366"},
        WEEKDAYS | {"byday": "MO\nRRULE:FREQ=SECONDLY"},
        WEEKDAYS | {"wkst": "MO;BYSECOND=1,2,3"},
        WEEKDAYS | {"byday": ",".join(["MO"] * 2000)},
        WEEKDAYS | {"freq": "MONTHLY", "byday": "5MO", "bymonthday": "1"},
        WEEKDAYS | {"freq": "MONTHLY", "byday": "", "bymonthday": "32"},
        WEEKDAYS | {"freq": "MONTHLY", "byday": "", "bymonthday": "0"},
        WEEKDAYS | {"freq": "MONTHLY", "byday": "", "bymonthday": "31", "interval": "12", "dtstart": "2024-02-01"},
    ],
)
def test_what_a_row_does_not_say_clearly_is_not_guessed(row: Row) -> None:
    assert state([row], "2026-03-02T08:00:00") == (State.UNKNOWN, "")
    assert state([row, ALWAYS], "2026-03-02T08:00:00") == (State.ALWAYS, "")


@pytest.mark.parametrize("zone", ["", "Nowhere/Land", "../../etc/passwd", "\0"])
def test_without_a_time_zone_nobody_knows(zone: str) -> None:
    assert state([WEEKDAYS], "2026-03-02T08:00:00", zone) == (State.UNKNOWN, "")
    assert state([], "2026-03-02T08:00:00", ZONE) == (State.UNKNOWN, "")


def test_a_file_full_of_rows_and_a_row_of_every_second_cost_no_time() -> None:
    began = monotonic()
    hostile = WEEKDAYS | {"freq": "MONTHLY", "byday": "MO;FREQ=SECONDLY", "bymonthday": "31"}
    assert state([hostile] * 20_000, "2026-03-02T08:00:00") == (State.UNKNOWN, "")
    assert state([WEEKDAYS] * 20_000, "2026-03-02T08:00:00")[0] is State.OPEN
    assert monotonic() - began < 2  # one of the first was six seconds, and so were all of the second


def test_a_row_is_read_once_a_day_however_often_it_is_asked() -> None:
    row = WEEKDAYS | {"description": "This very row"}
    before = hours._intervals_from.cache_info().misses
    answers = {state([row], f"2026-03-02T{hour:02}:30:00") for hour in range(4, 21)}
    assert {one for one, _ in answers} == {State.OPEN, State.CLOSED}
    assert hours._intervals_from.cache_info().misses == before + 1
    assert state([row], "2026-03-03T08:00:00") == (State.OPEN, "2026-03-03 17:00")
    assert hours._intervals_from.cache_info().misses == before + 2
