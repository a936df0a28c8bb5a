"""The four stages of a case as a line with one step marked, for her page and for staff."""

from collections.abc import Mapping
from dataclasses import dataclass

from reporting.domain.case import MACRO_STATES, MacroState, Status
from reporting.web.pages import translated


@dataclass(frozen=True)
class Step:
    """One of the four stages: 'done', 'now' or 'ahead'."""

    name: str
    state: str


def track_of(status: Status, names: Mapping[MacroState, str]) -> list[Step]:
    """Return the stages with the present one marked; nothing for a status that is hers alone."""
    now = MACRO_STATES.get(status)
    if now is None:
        return []
    order = list(MacroState)
    here = order.index(now)
    states = ["done"] * here + ["now"] + ["ahead"] * (len(order) - here - 1)
    return [Step(translated(names[macro]), state) for macro, state in zip(order, states, strict=True)]
