"""My open tasks in all cases, the most urgent first."""

from dataclasses import dataclass
from datetime import date

from flask import Blueprint
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from reporting.policy import Permission
from reporting.services.casework.task_list import CaseTask, all_my_tasks
from reporting.services.organisation.calendars import today_at
from reporting.store.database import reading
from reporting.store.offices import find_office
from reporting.web.access import allow
from reporting.web.addresses import reference_of
from reporting.web.instance import here
from reporting.web.languages import url
from reporting.web.pages import translated
from reporting.web.staff.pages import me, staff_page
from reporting.web.staff.words import STATUSES
from reporting.web.staff.work_words import TASKS

blueprint = Blueprint("tasks", __name__)


@dataclass(frozen=True)
class TaskShown:
    """One task; what exactly is to be done stands in the case, behind the link."""

    kind: str
    due: date
    late: bool
    case: str
    status: str
    url: str


@blueprint.get("/staff/tasks")
@allow(Permission.SEE_TASKS)
def mine() -> ResponseReturnValue:
    """Show my open tasks."""
    with reading(here().stores) as work:
        today = today_at(here().house, find_office(work.main, me().office_id))
        rows = [_shown(one, today) for one in all_my_tasks(work, here().house, me())]
    return staff_page("tasks/mine.html", rows=rows)


def _shown(one: CaseTask, today: date) -> TaskShown:
    task, case = one.task.entry, one.case
    return TaskShown(
        translated(TASKS[task.kind]),
        task.due_day,
        task.is_late(today),
        case.title or gettext("Case %(reference)s", reference=reference_of(case.case_id)),
        translated(STATUSES[case.status]),
        url("plan.view", case_id=case.case_id),
    )
