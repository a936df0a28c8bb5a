"""Dates that she is promised, right over week-ends, holidays, month ends and leap years."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reporting.domain.casework.clocks import (
    Terms,
    acknowledge_by,
    add_months,
    erased_on,
    feedback_by,
    investigated_by,
    sign_of_life_by,
)
from reporting.domain.organisation.calendars import WEEKDAYS, OfficeCalendar

MONDAY = date(2024, 12, 16)
TERMS, WEEK = Terms(), OfficeCalendar()
days = st.dates(date(2000, 1, 1), date(2100, 1, 1))
calendars = st.builds(
    OfficeCalendar,
    weekend=st.frozensets(st.sampled_from(WEEKDAYS), max_size=3),
    holidays=st.frozensets(days, max_size=5),
)


@pytest.mark.req("L1")
@pytest.mark.parametrize(
    ("received", "due"),
    [
        (MONDAY, date(2024, 12, 18)),
        (date(2024, 12, 19), date(2024, 12, 23)),  # Thursday: Friday, Monday
        (date(2024, 12, 20), date(2024, 12, 24)),  # Friday
        (date(2024, 12, 21), date(2024, 12, 24)),  # Saturday
        (date(2024, 12, 22), date(2024, 12, 24)),  # Sunday
        (date(2024, 2, 28), date(2024, 3, 1)),  # over the leap day
        (date(2023, 2, 27), date(2023, 3, 1)),
    ],
)
def test_she_is_answered_within_two_working_days(received: date, due: date) -> None:
    assert acknowledge_by(received, TERMS, WEEK) == due


@pytest.mark.req("L1")
def test_where_friday_and_saturday_are_free_sunday_is_a_working_day() -> None:
    cairo = OfficeCalendar(weekend=frozenset({"fri", "sat"}))
    assert acknowledge_by(date(2024, 12, 19), TERMS, cairo) == date(2024, 12, 23)  # Thursday: Sunday, Monday
    assert acknowledge_by(date(2024, 12, 21), TERMS, cairo) == date(2024, 12, 23)  # Saturday


def test_holidays_move_the_answer_but_never_beyond_seven_days() -> None:
    christmas = OfficeCalendar(holidays=frozenset({date(2024, 12, 25), date(2024, 12, 26)}))
    assert acknowledge_by(date(2024, 12, 24), TERMS, christmas) == date(2024, 12, 30)
    weeks = OfficeCalendar(holidays=frozenset(date(2024, 12, 23) + timedelta(days=offset) for offset in range(14)))
    assert acknowledge_by(date(2024, 12, 20), TERMS, weeks) == date(2024, 12, 27)


@given(days, calendars)
def test_an_answer_is_due_on_a_working_day_within_the_week(received: date, week: OfficeCalendar) -> None:
    due = acknowledge_by(received, TERMS, week)
    assert received < due <= received + timedelta(days=7)
    assert week.is_working_day(due) or due == received + timedelta(days=7)


@given(days, st.integers(0, 10), st.integers(1, 20), calendars)
def test_other_terms_than_the_defaults_count(received: date, working: int, most: int, week: OfficeCalendar) -> None:
    due = acknowledge_by(received, Terms(acknowledge_working_days=working, acknowledge_days_at_most=most), week)
    assert due == min(week.add_working_days(received, working), received + timedelta(days=most))


@pytest.mark.req("L1")
@pytest.mark.parametrize(
    ("acknowledged", "due"),
    [
        (date(2024, 1, 15), date(2024, 4, 15)),
        (date(2023, 11, 30), date(2024, 2, 29)),
        (date(2022, 11, 30), date(2023, 2, 28)),
        (date(2024, 10, 31), date(2025, 1, 31)),
        (date(2024, 12, 31), date(2025, 3, 31)),
    ],
)
def test_feedback_is_due_three_calendar_months_later(acknowledged: date, due: date) -> None:
    assert feedback_by(acknowledged, TERMS) == due


@pytest.mark.req("U6")
def test_an_investigation_takes_ninety_days_also_over_a_leap_day() -> None:
    assert investigated_by(date(2023, 12, 15), TERMS) == date(2024, 3, 14)
    assert investigated_by(date(2024, 12, 15), TERMS) == date(2025, 3, 15)


def test_a_sign_of_life_is_due_each_month_also_at_month_ends() -> None:
    assert sign_of_life_by(date(2024, 1, 31), TERMS) == date(2024, 2, 29)
    assert sign_of_life_by(date(2024, 12, 5), TERMS) == date(2025, 1, 5)


@given(days, st.integers(min_value=0, max_value=60))
def test_months_later_is_the_same_day_or_the_last_one(day: date, count: int) -> None:
    later = add_months(day, count)
    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == count
    assert later.day == day.day or (later.day < day.day and (later + timedelta(days=1)).day == 1)


@pytest.mark.principle("safety")
def test_she_has_seven_days_to_undo_an_erasure() -> None:
    assert erased_on(date(2024, 2, 25)) == date(2024, 3, 3)
