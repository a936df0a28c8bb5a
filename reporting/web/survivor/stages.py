"""Where her case is, in a sentence, what comes next and by when, and a day worth looking again."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from reporting.domain.case import WITH_ORGANISATION, MacroState, Status
from reporting.domain.casework.clocks import Clock
from reporting.domain.words import N_
from reporting.services.organisation.calendars import calendar_of
from reporting.services.survivor.follow import CasePage
from reporting.web.pages import format_day, translated
from reporting.web.track import Step, track_of

NAMES = {
    MacroState.RECEIVE: N_("Received"),
    MacroState.ASSESS: N_("Looked at"),
    MacroState.ADDRESS: N_("Worked on"),
    MacroState.CONCLUDE: N_("Finished"),
}
PROMISED: Mapping[Clock, str] = {
    Clock.INVESTIGATION: N_("By %(date)s the team means to be done with its work."),
    Clock.SIGN_OF_LIFE: N_("By %(date)s the team writes to you again, also if there is nothing new."),
    Clock.LOOK_AGAIN: N_("By %(date)s the team looks again at what is planned for you."),
    Clock.CHECK_IN: N_("By %(date)s the team asks you if anyone punishes you for speaking up."),
}
"""What she reads about each clock that runs beside the one of her stage, which has its own sentence there."""

PASSED: Mapping[Clock, str] = {
    Clock.INVESTIGATION: N_("The team meant to be done with its work by %(date)s. It is not done yet."),
    Clock.SIGN_OF_LIFE: N_("The team had to write to you again by %(date)s."),
    Clock.LOOK_AGAIN: N_("The team had to look again by %(date)s at what is planned for you."),
    Clock.CHECK_IN: N_("The team had to ask you by %(date)s if anyone punishes you for speaking up."),
}

HEARD = N_("The outcome stands below. You can answer it before the case is closed; two people have to agree to that.")
WAIVED = N_("You do not want to hear the outcome. Then the case is closed; two people have to agree to that.")
"""What comes next when the work is finished and nothing has to be told any more."""


@dataclass(frozen=True)
class DateShown:
    """One more date that she is promised, in a sentence; the team sees the same one."""

    sentence: str
    is_late: bool


@dataclass(frozen=True)
class StageShown:
    """What the card of her case says."""

    now: str
    next: str
    steps: list[Step]
    dates: list[DateShown]
    is_late: bool
    look_again: date | None


def stage_of(page: CasePage, now: datetime) -> StageShown:
    """Return where a case is, in the language of this page; a day is over when it is over at its office."""
    week = calendar_of(page.office)
    today = week.day_of(now)
    open_to_others = page.status in WITH_ORGANISATION
    dates = [_date(clock, day, today) for clock, day in page.clocks.items() if clock in PROMISED]
    late = open_to_others and any(day < today for day in page.clocks.values())
    ahead = [day for day in page.clocks.values() if day >= today]
    again = week.add_working_days(today, 1) if late else min(ahead, default=None)
    return StageShown(
        translated(page.stage.now),
        _next(page),
        track_of(page.status, NAMES),
        dates,
        late,
        again if open_to_others else None,
    )


def _date(clock: Clock, day: date, today: date) -> DateShown:
    late = day < today
    return DateShown(translated((PASSED if late else PROMISED)[clock], date=format_day(day)), late)


def _next(page: CasePage) -> str:
    if page.status is Status.CONCLUDED and (page.course.waiver or page.course.note):
        return translated(WAIVED if page.course.waiver else HEARD)
    if page.stage.clock is None:
        return translated(page.stage.next)
    day = page.clocks.get(page.stage.clock)
    return translated(page.stage.next, date=format_day(day)) if day else ""
