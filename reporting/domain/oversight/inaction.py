"""What it means that nobody acts: four signs, each with the days after which it shows, and bands for whoever counts."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from reporting.domain.case import Status
from reporting.domain.casework.clocks import Terms, acknowledge_by, sign_of_life_by
from reporting.domain.casework.promises import UNFINISHED
from reporting.domain.organisation.calendars import OfficeCalendar
from reporting.domain.words import N_

BAND = 5
POOLED_BELOW = 100
"""Offices with fewer people are counted together, so that no figure is about a handful."""


class Inaction(StrEnum):
    """One sign that a case lies still."""

    UNOPENED = "unopened"
    UNANSWERED = "unanswered"
    STALLED = "stalled"
    CLOSED_UNEXPLAINED = "closed_unexplained"


MEANING: Mapping[Inaction, str] = {
    Inaction.UNOPENED: N_("Nobody has opened it, and the day of the first answer has passed."),
    Inaction.UNANSWERED: N_("The reporter waits for an answer longer than the first one may take."),
    Inaction.STALLED: N_("For a month nobody has done anything in it."),
    Inaction.CLOSED_UNEXPLAINED: N_("It was closed, and the reporter was not written to after the work was concluded."),
}


@dataclass(frozen=True, slots=True)
class Traces:
    """The last day of each kind of trace that a case has; days are days of its office."""

    status: Status
    waiting: bool
    wrote: date
    opened: date | None = None
    worked: date | None = None
    closed: date | None = None
    explained: bool = False


def signs(traces: Traces, terms: Terms, week: OfficeCalendar, today: date) -> dict[Inaction, date]:
    """Return every sign that shows, with the day from which it counts: the last on which something had to be done."""
    answer_by = acknowledge_by(traces.wrote, terms, week)
    still_by = sign_of_life_by(max(traces.wrote, traces.worked or traces.wrote), terms)
    found = {
        Inaction.UNOPENED: answer_by if traces.opened is None else None,
        Inaction.UNANSWERED: answer_by if traces.waiting and traces.opened is not None else None,
        Inaction.STALLED: still_by if traces.status in UNFINISHED else None,
        Inaction.CLOSED_UNEXPLAINED: _unexplained(traces),
    }
    return {sign: day for sign, day in found.items() if day is not None and day < today}


def _unexplained(traces: Traces) -> date | None:
    return traces.closed if traces.status is Status.CLOSED and not traces.explained else None


def band_of(count: int) -> int:
    """Return the lowest count of the band in which a count lies: 0 for 0 to 4, 5 for 5 to 9."""
    return count // BAND * BAND
