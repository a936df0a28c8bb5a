"""Which dates she is promised at present: computed from what the record of her case says, and from nothing else."""

from dataclasses import dataclass
from datetime import date, timedelta

from reporting.domain.case import WITH_ORGANISATION, Status
from reporting.domain.casework.clocks import (
    Clock,
    Terms,
    acknowledge_by,
    feedback_by,
    investigated_by,
    sign_of_life_by,
)
from reporting.domain.organisation.calendars import OfficeCalendar

EARLY_DAYS = 7
"""A check-in may come this many days before its day and is met."""

AT_WORK = (Status.ASSESSING, Status.ADDRESSING)
UNFINISHED = (*AT_WORK, Status.CONCLUDED)


@dataclass(frozen=True, slots=True)
class Record:
    """What the record of a case says about its dates; days are days of its office.

    `sent` is the day on which she sent it or opened it to the office last, `acknowledged` the day from which the team
    works on it, `begun` that of the investigation, `heard` that of the team's last message, `told` that of the last
    one that says what is done, `checked_in` that of the last question whether somebody punishes her. `reopened` is set
    while nobody has answered since she opened a closed case again. `look_again` is the nearest day on which somebody
    looks at her safety plan or a measure again, or asks her how it is.
    """

    status: Status
    sent: date | None = None
    acknowledged: date | None = None
    begun: date | None = None
    heard: date | None = None
    told: date | None = None
    checked_in: date | None = None
    reopened: date | None = None
    look_again: date | None = None
    no_check_ins: bool = False
    erase_on: date | None = None


def promises(record: Record, terms: Terms, week: OfficeCalendar) -> dict[Clock, date]:
    """Return every clock that runs, with the day on which it runs out."""
    if record.status is Status.ERASING:
        return {Clock.ERASURE: record.erase_on} if record.erase_on else {}
    if record.status not in WITH_ORGANISATION or record.status is Status.SET_ASIDE or record.sent is None:
        return {}
    found = {
        Clock.ACKNOWLEDGE: _acknowledgement(record, record.sent, terms, week),
        Clock.FEEDBACK: _feedback(record, record.sent, terms, week),
        Clock.INVESTIGATION: _investigation(record, terms),
        Clock.SIGN_OF_LIFE: _sign_of_life(record, record.sent, terms),
        Clock.CHECK_IN: _check_in(record, record.sent, terms),
        Clock.LOOK_AGAIN: record.look_again,
    }
    return {clock: day for clock, day in found.items() if day is not None}


def _acknowledgement(record: Record, sent: date, terms: Terms, week: OfficeCalendar) -> date | None:
    return acknowledge_by(sent, terms, week) if record.status is Status.RECEIVED else None


def _feedback(record: Record, sent: date, terms: Terms, week: OfficeCalendar) -> date | None:
    if record.status not in AT_WORK:
        return None
    if record.reopened is not None:
        return acknowledge_by(record.reopened, terms, week)
    since = record.acknowledged or sent
    return None if record.told is not None and record.told >= since else feedback_by(since, terms)


def _investigation(record: Record, terms: Terms) -> date | None:
    runs = record.status is Status.ADDRESSING and record.begun is not None
    return investigated_by(record.begun, terms) if runs and record.begun else None


def _sign_of_life(record: Record, sent: date, terms: Terms) -> date | None:
    if record.status not in UNFINISHED or record.reopened is not None:
        return None
    return sign_of_life_by(max(record.acknowledged or sent, record.heard or sent), terms)


def _check_in(record: Record, sent: date, terms: Terms) -> date | None:
    """The earliest day that no check-in has met; a late one meets every day before it."""
    if record.no_check_ins:
        return None
    days = [sent + timedelta(days=count) for count in sorted(terms.check_in_days)]
    asked = record.checked_in + timedelta(days=EARLY_DAYS) if record.checked_in else date.min
    return next((day for day in days if day > asked), None)
