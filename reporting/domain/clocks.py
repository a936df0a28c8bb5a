"""By when something is due, counted in whole days of the office that works on the case.

Working days are Monday to Friday without the holidays of the office. Reporters' times are days,
so no hour, time zone or change of clocks can move a date.
"""

import calendar
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

ACKNOWLEDGE_WORKING_DAYS = 2
ACKNOWLEDGE_DAYS_AT_MOST = 7
FEEDBACK_MONTHS = 3
SIGN_OF_LIFE_MONTHS = 1
UNDO_ERASURE_DAYS = 7
_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Terms:
    """How long each clock runs. An organisation's policy pack may set others; these are the defaults.

    Sources: acknowledgement within 7 days and feedback within 3 months, Directive (EU) 2019/1937; 90 days for an
    investigation, ST/SGB/2019/8; checks on retaliation as in the UN System Model Policy on Sexual Harassment.
    """

    acknowledge_working_days: int = ACKNOWLEDGE_WORKING_DAYS
    acknowledge_days_at_most: int = ACKNOWLEDGE_DAYS_AT_MOST
    feedback_months: int = FEEDBACK_MONTHS
    sign_of_life_months: int = SIGN_OF_LIFE_MONTHS
    investigation_days: int = 90
    check_in_days: tuple[int, ...] = (30, 90, 180, 365)


class Clock(StrEnum):
    """What runs towards a date that she is told."""

    ACKNOWLEDGE = "acknowledge"
    FEEDBACK = "feedback"
    SIGN_OF_LIFE = "sign_of_life"
    ERASURE = "erasure"


def is_working_day(day: date, holidays: Collection[date] = ()) -> bool:
    """Monday to Friday, unless the office has a holiday."""
    return day.weekday() < calendar.SATURDAY and day not in holidays


def add_working_days(day: date, count: int, holidays: Collection[date] = ()) -> date:
    """Return the `count`-th working day after `day`; `day` itself does not count."""
    while count > 0:
        day += _ONE_DAY
        count -= is_working_day(day, holidays)
    return day


def add_months(day: date, count: int) -> date:
    """Return the same day `count` calendar months later, or the last day of a shorter month."""
    years, month = divmod(day.month - 1 + count, 12)
    year = day.year + years
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def acknowledge_by(received: date, holidays: Collection[date] = ()) -> date:
    """Return when she must have an acknowledgement: 2 working days, and never more than 7 days.

    Source: 7 days at most, Directive (EU) 2019/1937; the shorter default is our own promise.
    """
    latest = received + timedelta(days=ACKNOWLEDGE_DAYS_AT_MOST)
    return min(add_working_days(received, ACKNOWLEDGE_WORKING_DAYS, holidays), latest)


def feedback_by(acknowledged: date) -> date:
    """Return when she must have feedback: 3 calendar months after the acknowledgement.

    Source: Directive (EU) 2019/1937.
    """
    return add_months(acknowledged, FEEDBACK_MONTHS)


def sign_of_life_by(last_heard: date) -> date:
    """Return when she must hear from the team again: one calendar month after its last word."""
    return add_months(last_heard, SIGN_OF_LIFE_MONTHS)


def erased_on(asked: date) -> date:
    """Return the day on which the keys go when she asked to erase later; until then she can undo it."""
    return asked + timedelta(days=UNDO_ERASURE_DAYS)


def next_reading_day(today: date, holidays: Collection[date] = ()) -> date:
    """Return the next day on which somebody reads: today when it is a working day."""
    return today if is_working_day(today, holidays) else add_working_days(today, 1, holidays)
