"""My tasks in all cases: only what I own, only where I read, the most urgent first."""

from datetime import date

import pytest

from reporting.domain.casework.tasks import TaskKind, TaskState
from reporting.services.actors import StaffMember
from reporting.services.casework import tasks
from reporting.services.casework.task_list import all_my_tasks
from reporting.services.casework.tasks import NewTask
from reporting.services.survivor import choosing
from reporting.store.database import reading
from tests.builders import Built, Team, in_unit, send_report
from tests.services.acts import take_up
from tests.web.colleague import at_case, at_work, words_of


def mine(built: Built, member: StaffMember) -> list[tuple[bytes, str]]:
    with reading(built.stores) as work:
        return [(one.case.case_id, one.task.entry.text) for one in all_my_tasks(work, built.house, member)]


def give(built: Built, giver: StaffMember, case_id: bytes, owner: StaffMember, text: str, day: int) -> bytes:
    task = NewTask(TaskKind.EVIDENCE, text, owner.staff_id, date(2026, 3, day))
    filed = in_unit(built, tasks.add_task, giver, case_id, task)
    return bytes(filed.id)


@pytest.mark.req("L2", "P6")
def test_they_come_from_every_case_that_i_read_and_from_no_other(built: Built, team: Team) -> None:
    sent = [send_report(built, team.office) for _ in range(3)]
    ids = [case_id for _, _, case_id in sent]
    take_up(built, team.amina, *ids)
    take_up(built, team.ben, *ids)
    give(built, team.amina, ids[0], team.ben, "later", 9)
    done = give(built, team.amina, ids[1], team.ben, "done", 3)
    give(built, team.amina, ids[1], team.ben, "sooner", 4)
    give(built, team.amina, ids[2], team.ben, "closed to me", 5)
    give(built, team.ben, ids[2], team.amina, "hers", 5)
    in_unit(built, tasks.end_task, team.ben, ids[1], done, TaskState.DONE)
    in_unit(built, choosing.close_to, sent[2][1], ids[2], team.ben.staff_id)
    assert mine(built, team.ben) == [(ids[1], "sooner"), (ids[0], "later")]
    assert mine(built, team.ines) == []


def test_the_page_names_kind_day_and_case_and_not_what_is_to_be_done(built: Built, team: Team) -> None:
    _, _, case_id = send_report(built, team.office)
    take_up(built, team.amina, case_id)
    amina = at_work(built, team.amina)
    assert "You have no open task." in amina.read("/en/staff/tasks")
    give(built, team.amina, case_id, team.amina, "Wintergreen", 1)
    page = amina.read("/en/staff/tasks")
    assert at_case(case_id, "/plan") in page
    assert "Overdue" in page
    assert "Evidence" in words_of(page)
    assert "Wintergreen" not in page
