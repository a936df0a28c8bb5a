"""By when something is due, counted in whole days in the calendar of the office that works on the case."""

import calendar
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from reporting.domain.organisation.calendars import OfficeCalendar

ACKNOWLEDGE_WORKING_DAYS = 2
ACKNOWLEDGE_DAYS_AT_MOST = 7
FEEDBACK_MONTHS = 3
SIGN_OF_LIFE_MONTHS = 1
UNDO_ERASURE_DAYS = 7


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
    INVESTIGATION = "investigation"
    SIGN_OF_LIFE = "sign_of_life"
    CHECK_IN = "check_in"
    LOOK_AGAIN = "look_again"
    ERASURE = "erasure"


def add_months(day: date, count: int) -> date:
    """Return the same day `count` calendar months later, or the last day of a shorter month."""
    years, month = divmod(day.month - 1 + count, 12)
    year = day.year + years
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def acknowledge_by(received: date, terms: Terms, week: OfficeCalendar) -> date:
    """Return when she must have an acknowledgement: some working days, and never more days than the law allows.

    Source: 7 days at most, Directive (EU) 2019/1937; the shorter default of 2 working days is our own promise.
    """
    latest = received + timedelta(days=terms.acknowledge_days_at_most)
    return min(week.add_working_days(received, terms.acknowledge_working_days), latest)


def feedback_by(acknowledged: date, terms: Terms) -> date:
    """Return when she must have feedback: 3 calendar months after the acknowledgement.

    Source: Directive (EU) 2019/1937.
    """
    return add_months(acknowledged, terms.feedback_months)


def sign_of_life_by(last_heard: date, terms: Terms) -> date:
    """Return when she must hear from the team again: one calendar month after its last word."""
    return add_months(last_heard, terms.sign_of_life_months)


def investigated_by(begun: date, terms: Terms) -> date:
    """Return when an investigation should be done: 90 days after its beginning."""
    return begun + timedelta(days=terms.investigation_days)


def erased_on(asked: date) -> date:
    """Return the day on which the keys go when she asked to erase later; until then she can undo it."""
    return asked + timedelta(days=UNDO_ERASURE_DAYS)
