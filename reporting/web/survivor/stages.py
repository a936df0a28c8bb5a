"""Where her case is, in a sentence, what comes next and by when, and a day worth looking again."""

from dataclasses import dataclass
from datetime import date

from reporting.domain.audit import StaffEvent
from reporting.domain.case import MACRO_STATES, WITH_ORGANISATION, MacroState
from reporting.domain.clocks import add_working_days, sign_of_life_by
from reporting.domain.words import N_
from reporting.services.follow import CasePage
from reporting.web.pages import format_day, translated

NAMES = {
    MacroState.RECEIVE: N_("Received"),
    MacroState.ASSESS: N_("Looked at"),
    MacroState.ADDRESS: N_("Worked on"),
    MacroState.CONCLUDE: N_("Finished"),
}


@dataclass(frozen=True)
class Step:
    """One of the four steps of the way: 'done', 'now' or 'ahead'."""

    name: str
    state: str


@dataclass(frozen=True)
class StageShown:
    """What the card of her case says."""

    now: str
    next: str
    steps: list[Step]
    is_late: bool
    look_again: date | None


def stage_of(page: CasePage, today: date) -> StageShown:
    """Return where a case is, in the language of this page."""
    late = page.status in WITH_ORGANISATION and page.due_on is not None and page.due_on < today
    return StageShown(translated(page.stage.now), _next(page), _steps(page), late, _look_again(page, today, late=late))


def _next(page: CasePage) -> str:
    if page.stage.clock is None:
        return translated(page.stage.next)
    return translated(page.stage.next, date=format_day(page.due_on)) if page.due_on else ""


def _steps(page: CasePage) -> list[Step]:
    now = MACRO_STATES.get(page.status)
    if now is None:
        return []
    order = list(MacroState)
    here = order.index(now)
    states = ["done"] * here + ["now"] + ["ahead"] * (len(order) - here - 1)
    return [Step(translated(NAMES[macro]), state) for macro, state in zip(order, states, strict=True)]


def _look_again(page: CasePage, today: date, *, late: bool) -> date | None:
    """The promised day, or a month after the last word of the team where that is sooner."""
    if page.status not in WITH_ORGANISATION or page.due_on is None:
        return None
    if late:
        return add_working_days(today, 1)
    heard = [line.at.date() for line in page.ledger if line.action is StaffEvent.MESSAGE_SENT]
    month = sign_of_life_by(heard[-1]) if heard else page.due_on
    return min(day for day in (page.due_on, month) if day >= today)
