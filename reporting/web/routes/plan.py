"""The plan of a case and its tasks."""

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from reporting.domain.casework.plan import Plan
from reporting.domain.casework.tasks import TaskKind, TaskState
from reporting.policy import Permission
from reporting.services.casework.plan import write_plan
from reporting.services.casework.tasks import NewTask, add_task, end_task, give_task, tasks_of
from reporting.web.access import allow
from reporting.web.staff.case_file import at_hand, back_to, id_of, show, use
from reporting.web.staff.pages import me
from reporting.web.staff.work_forms import GoalsForm, TaskForm, day_in, text_in

blueprint = Blueprint("plan", __name__, url_prefix="/staff/cases/<id:case_id>/plan")


@blueprint.get("")
@allow(Permission.OPEN_CASE)
def view(case_id: bytes) -> ResponseReturnValue:
    """Show the plan, the tasks, and the forms to change them."""
    return _page(case_id)


@blueprint.post("/goals")
@allow(Permission.TAKE_STEP)
def write(case_id: bytes) -> ResponseReturnValue:
    """Keep what the work is to reach."""
    form = GoalsForm(request.form)
    if not form.validate():
        return _page(case_id, goals=form, status=422)
    use(write_plan, case_id, text_in(form.goals))
    return back_to("plan.view", case_id, done="kept")


@blueprint.post("/tasks")
@allow(Permission.TAKE_STEP)
def add(case_id: bytes) -> ResponseReturnValue:
    """Add a task for somebody who handles the case."""
    case, _ = at_hand(case_id)
    form = TaskForm(request.form).offer(case.owners)
    if not form.validate():
        return _page(case_id, task=form, status=422)
    task = NewTask(TaskKind(form.kind.data), text_in(form.text), id_of(form.owner.data), day_in(form.due_on))
    use(add_task, case_id, task)
    return back_to("plan.view", case_id, done="kept", at="tasks")


@blueprint.post("/tasks/end")
@allow(Permission.TAKE_STEP)
def end(case_id: bytes) -> ResponseReturnValue:
    """Say that a task is done, or dropped and why."""
    state = TaskState.DONE if request.form.get("state") == TaskState.DONE else TaskState.DROPPED
    use(end_task, case_id, id_of(request.form.get("task")), state, request.form.get("why", ""))
    return back_to("plan.view", case_id, done="kept", at="tasks")


@blueprint.post("/tasks/give")
@allow(Permission.TAKE_STEP)
def give(case_id: bytes) -> ResponseReturnValue:
    """Give a task to another handler, or set another day."""
    case, _ = at_hand(case_id)
    form = TaskForm(request.form).offer(case.owners)
    if not (form.owner.validate(form) and form.due_on.validate(form)):
        return _page(case_id, given=form, status=422)
    task_id, owner_id = id_of(request.form.get("task")), id_of(form.owner.data)
    use(give_task, case_id, task_id, owner_id, day_in(form.due_on))
    return back_to("plan.view", case_id, done="kept", at="tasks")


def _page(
    case_id: bytes,
    goals: GoalsForm | None = None,
    task: TaskForm | None = None,
    given: TaskForm | None = None,
    status: int = 200,
) -> ResponseReturnValue:
    case, _ = at_hand(case_id)
    plan = case.file.last(Plan)
    return show(
        "plan/view.html",
        case,
        status=status,
        plan=plan.entry if plan else None,
        tasks=tasks_of(case.file),
        goals=goals or GoalsForm(data=vars(plan.entry) if plan else None),
        task=task or TaskForm(data={"owner": me().staff_id.hex()}).offer(case.owners),
        wrong=goals or task or given,
    )
