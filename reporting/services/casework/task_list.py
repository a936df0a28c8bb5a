"""My open tasks in every case that I read: found in memory, shown by kind, day and case, never by their words."""

from dataclasses import dataclass

from reporting.domain.case import ItemKind
from reporting.domain.casework.tasks import Task
from reporting.domain.sealed.entry import Entry
from reporting.services.actors import StaffMember
from reporting.services.casework.inbox import InboxRow, cases_that_i_read, rows_of
from reporting.services.casework.tasks import my_tasks
from reporting.services.house import House
from reporting.services.sealed.entries import CaseFile, Filed
from reporting.services.sealed.sealing import OpenCase, open_cases, read
from reporting.store.cases import items_of_kinds
from reporting.store.database import Work

AT_ONCE = 250


@dataclass(frozen=True)
class CaseTask:
    """One open task of mine, and the case that it belongs to as the inbox shows it."""

    task: Filed[Task]
    case: InboxRow


def all_my_tasks(work: Work, house: House, actor: StaffMember) -> list[CaseTask]:
    """Return my open tasks, the most urgent first. Cases that do not open to me are left out. Reads only."""
    found: dict[bytes, list[Filed[Task]]] = {}
    ids = cases_that_i_read(work, house, actor)
    for start in range(0, len(ids), AT_ONCE):
        opened = open_cases(work, actor, house, ids[start : start + AT_ONCE])
        found |= {case.id: list(my_tasks(file, actor.staff_id)) for case, file in _files(work, opened)}
    with_tasks = [case_id for case_id, tasks in found.items() if tasks]
    rows = {row.case_id: row for row in rows_of(work, house, actor, with_tasks)}
    tasks = [CaseTask(task, rows[case_id]) for case_id in with_tasks if case_id in rows for task in found[case_id]]
    return sorted(tasks, key=lambda one: (one.task.entry.due_on, one.case.case_id, one.task.entry.position))


def _files(work: Work, opened: list[OpenCase]) -> list[tuple[OpenCase, CaseFile]]:
    """Return the handlers' entries of several cases in one query."""
    cases = {case.id: case for case in opened}
    contents: dict[bytes, list[tuple[bytes, str, bytes]]] = {}
    for row in items_of_kinds(work.main, list(cases), [ItemKind.ENTRY]):
        data = read(cases[row.case_id], row)
        if data is not None:
            contents.setdefault(row.case_id, []).append((row.id, Entry.what_is(data), data))
    return [(cases[case_id], CaseFile(entries)) for case_id, entries in contents.items()]
