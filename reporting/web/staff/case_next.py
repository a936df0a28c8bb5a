"""What comes next in a case: the earliest date, the step that the stage waits for, and the pages where the work is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from reporting.domain.case import Act, Status, acts
from reporting.domain.people import Role
from reporting.domain.words import N_
from reporting.store.cases import Case
from reporting.web.languages import url
from reporting.web.pages import translated
from reporting.web.staff.case_dates import DateShown
from reporting.web.staff.navigation import Link
from reporting.web.staff.words import STEP_MEANS, STEPS

_ELSEWHERE = (Act.SET_ASIDE, Act.BRING_BACK)
"""These stand on a page of their own."""
_FORWARD = (Act.ACKNOWLEDGE, Act.BEGIN, Act.CONCLUDE, Act.CLOSE)
_PAGES: Mapping[Status, Sequence[tuple[str, str]]] = {
    Status.ASSESSING: (("assessment.view", N_("Assessment")), ("plan.view", N_("Plan and tasks"))),
    Status.ADDRESSING: (("plan.view", N_("Plan and tasks")), ("outcome.view", N_("Outcome"))),
}


@dataclass(frozen=True)
class StepShown:
    """One step that the status table allows now; `url` leads to where it is prepared, or is '' where it is taken."""

    act: str
    label: str
    means: str
    url: str


@dataclass(frozen=True)
class NextShown:
    """What stands on top of the case.

    `waits`: the reporter wrote last in a case that was taken up; `others`: the steps that are not the usual next.
    """

    waits: bool
    due: DateShown | None
    step: StepShown | None
    pages: list[Link]
    others: list[StepShown]


def next_in(row: Case, role: Role, dates: Sequence[DateShown]) -> NextShown:
    """Return what comes next in a case for somebody of this role; `dates` come with the earliest first."""
    status = Status(row.status)
    allowed = [act for act in acts(status, role) if act not in _ELSEWHERE]
    forward = next((act for act in _FORWARD if act in allowed), None)
    return NextShown(
        row.waiting and status is not Status.RECEIVED,
        dates[0] if dates else None,
        _step(forward, row.id) if forward else None,
        [Link(translated(name), url(endpoint, case_id=row.id), False) for endpoint, name in _PAGES.get(status, ())],
        [_step(act, row.id) for act in allowed if act is not forward],
    )


def _step(act: Act, case_id: bytes) -> StepShown:
    """Return a step; closing is refused until the reporter was told the outcome, so it is asked for on that page."""
    where = url("outcome.view", case_id=case_id, _anchor="closing") if act is Act.CLOSE else ""
    return StepShown(act.value, translated(STEPS[act]), translated(STEP_MEANS[act]), where)
