"""The tasks of a case: given to somebody who handles it, done by a day, or dropped with a reason."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from reporting.domain.casework.tasks import Task, TaskKind, TaskState
from reporting.domain.sealed.entry import UNSIGNED
from reporting.services.actors import StaffMember
from reporting.services.casework.filing import note, open_file, put_on_file
from reporting.services.errors import NeedsWhy, NotAHandler, NotAllowed
from reporting.services.house import House
from reporting.services.reading.consent import who_can_open
from reporting.services.sealed.entries import CaseFile, Filed, change, file_of
from reporting.services.sealed.sealing import OpenCase
from reporting.store.database import Work
from reporting.store.staff import Staff


@dataclass(frozen=True)
class NewTask:
    """What is to be done, by whom and by when."""

    kind: TaskKind
    text: str
    owner_id: bytes
    due_on: date


def add_task(work: Work, house: House, actor: StaffMember, case_id: bytes, new: NewTask) -> Filed[Task]:
    """Add a task.

    :raises NotAHandler: the owner does not handle the case, or cannot open it any more.
    :raises NotAllowed: it does not say what is to be done.
    """
    opened = open_file(work, house, actor, case_id)
    owner = _owner(work, house, opened, new.owner_id)
    if not new.text.strip():
        raise NotAllowed
    entry = Task(
        *UNSIGNED, new.kind, new.text.strip(), owner.id.hex(), owner.display_name, due_on=new.due_on.isoformat()
    )
    return put_on_file(work, house, opened, actor, entry)


def end_task(
    work: Work, house: House, actor: StaffMember, case_id: bytes, task_id: bytes, state: TaskState, why: str = ""
) -> None:
    """Say that a task is done, or dropped and why. Any handler may: the owner may be on leave.

    :raises NotFound: this case has no such task.
    :raises NotAllowed: it was ended already.
    :raises NeedsWhy: it is dropped without a reason.
    """
    opened, filed = _open_task(work, house, actor, case_id, task_id)
    if state is TaskState.OPEN:
        raise NotAllowed
    if state is TaskState.DROPPED and not why.strip():
        raise NeedsWhy
    today, by = house.today().isoformat(), actor.display_name
    ended = replace(filed.entry, state=state, ended_on=today, ended_by=by, why=why.strip())
    change(work, opened, Filed(filed.id, ended))
    note(work, house, opened, actor)


def give_task(
    work: Work, house: House, actor: StaffMember, case_id: bytes, task_id: bytes, owner_id: bytes, due_on: date
) -> None:
    """Give an open task to another handler, or set another day.

    :raises NotFound: this case has no such task.
    :raises NotAHandler: the owner does not handle the case.
    :raises NotAllowed: it was ended already.
    """
    opened, filed = _open_task(work, house, actor, case_id, task_id)
    owner = _owner(work, house, opened, owner_id)
    given = replace(filed.entry, owner=owner.id.hex(), owner_name=owner.display_name, due_on=due_on.isoformat())
    change(work, opened, Filed(filed.id, given))
    note(work, house, opened, actor)


def tasks_of(file: CaseFile) -> Sequence[Filed[Task]]:
    """Return the tasks of a case: what is open first, by day; then what ended, the newest first."""
    tasks = file.all(Task)
    waiting = [one for one in tasks if one.entry.state is TaskState.OPEN]
    ended = [one for one in tasks if one.entry.state is not TaskState.OPEN]
    first = sorted(waiting, key=lambda one: (one.entry.due_on, one.entry.position))
    return [*first, *sorted(ended, key=lambda one: (one.entry.ended_on, one.entry.position), reverse=True)]


def my_tasks(file: CaseFile, staff_id: bytes) -> Sequence[Filed[Task]]:
    """Return the open tasks of a case that are somebody's, the most urgent first."""
    mine = [one for one in tasks_of(file) if one.entry.owner == staff_id.hex()]
    return [one for one in mine if one.entry.state is TaskState.OPEN]


def owners(work: Work, house: House, opened: OpenCase) -> Sequence[Staff]:
    """Return who can own a task: the handlers who can open the case."""
    return who_can_open(work, house, opened.id)


def _owner(work: Work, house: House, opened: OpenCase, owner_id: bytes) -> Staff:
    for staff in owners(work, house, opened):
        if staff.id == owner_id:
            return staff
    raise NotAHandler


def _open_task(
    work: Work, house: House, actor: StaffMember, case_id: bytes, task_id: bytes
) -> tuple[OpenCase, Filed[Task]]:
    opened = open_file(work, house, actor, case_id)
    filed = file_of(work, opened).one(Task, task_id)
    if filed.entry.state is not TaskState.OPEN:
        raise NotAllowed
    return opened, filed
