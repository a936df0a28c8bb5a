"""The rota: when somebody reads next, who has missed a working day, and who comes next."""

from datetime import date, timedelta

import pytest

from reporting.domain.organisation.calendars import OfficeCalendar
from reporting.domain.organisation.duty import (
    Stretch,
    fits,
    has_missed,
    next_day_on_duty,
    next_on_rota,
    working_day_before,
)

WEEK = OfficeCalendar()
MONDAY = date(2026, 3, 2)
FRIDAY = date(2026, 3, 6)
A, B, C = b"a", b"b", b"c"


def days(count: int) -> date:
    """Return a day so long after Monday."""
    return MONDAY + timedelta(days=count)


@pytest.mark.req("S26")
def test_somebody_reads_on_the_next_working_day_that_has_somebody_on_duty() -> None:
    rota = [Stretch(A, days(2), days(3)), Stretch(B, days(5), days(8))]
    assert next_day_on_duty(rota, MONDAY, WEEK) == days(2)
    assert next_day_on_duty(rota, days(3), WEEK) == days(3)
    assert next_day_on_duty(rota, days(4), WEEK) == days(7), "nobody reads at the weekend, whoever stands on the rota"
    assert next_day_on_duty(rota, days(2), OfficeCalendar(holidays=frozenset({days(2)}))) == days(3)
    assert next_day_on_duty(rota, days(9), WEEK) is None
    assert next_day_on_duty([], MONDAY, WEEK) is None
    assert next_day_on_duty([Stretch(A, days(5), days(6))], MONDAY, WEEK) is None


@pytest.mark.parametrize(("today", "over"), [(days(1), days(0)), (days(0), days(-3)), (days(6), days(4))])
def test_the_working_day_before_is_over(today: date, over: date) -> None:
    assert working_day_before(today, WEEK) == over


def test_a_holiday_is_no_working_day_before() -> None:
    assert working_day_before(days(2), OfficeCalendar(holidays=frozenset({days(1)}))) == days(0)


@pytest.mark.req("S26")
@pytest.mark.parametrize(
    ("seen", "today", "missed"),
    [
        (None, days(0), False),  # the first day on duty is not over
        (None, days(1), True),
        (days(-1), days(1), True),
        (days(0), days(1), False),
        (days(1), days(1), False),
        (days(0), days(2), True),
        (days(0), days(5), False),  # the duty is over on Saturday
    ],
)
def test_whoever_is_on_duty_misses_a_whole_working_day_without_a_sign_in(
    seen: date | None, today: date, missed: bool
) -> None:
    rota = [Stretch(A, days(0), days(4)), Stretch(B, days(0), days(4))]
    assert has_missed(rota, A, seen, working_day_before(today, WEEK), today) is missed
    assert not has_missed(rota, C, seen, working_day_before(today, WEEK), today)


@pytest.mark.req("S26")
def test_the_next_one_is_who_follows_on_the_rota_and_then_from_its_beginning() -> None:
    rota = [Stretch(C, days(0), days(0)), Stretch(A, days(0), days(4)), Stretch(B, days(7), days(11))]
    assert next_on_rota(rota, A, MONDAY) == [B, C]
    assert next_on_rota([*rota, Stretch(A, days(14), days(18))], A, MONDAY) == [B, C]
    assert next_on_rota([Stretch(A, days(0), days(4))], A, MONDAY) == []


@pytest.mark.parametrize(
    ("first", "last", "fit"),
    [
        (days(0), days(0), True),
        (days(-1), days(3), False),
        (days(3), days(2), False),
        (days(0), days(366), True),
        (days(0), days(367), False),
        (days(700), days(732), False),
        (date.max, date.max, False),
    ],
)
def test_days_on_a_rota_are_ahead_in_order_and_not_without_end(first: date, last: date, fit: bool) -> None:
    assert fits(first, last, MONDAY) is fit
