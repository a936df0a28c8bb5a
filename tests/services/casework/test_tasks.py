"""Tasks, plan and assessment: owners who handle the case, days, reasons, and nothing of another case."""

from datetime import date, timedelta

import pytest

from reporting.domain.casework.assessment import Assessment, Detriment, Risk
from reporting.domain.casework.plan import Plan
from reporting.domain.casework.tasks import TaskKind, TaskState
from reporting.services.actors import Actor
from reporting.services.casework import assessment, plan, tasks
from reporting.services.casework.assessment import Looked
from reporting.services.casework.tasks import NewTask
from reporting.services.errors import NeedsWhy, NotAHandler, NotAllowed, NotFound
from reporting.services.reading import assignment
from reporting.services.sealed.entries import CaseFile, file_of
from reporting.services.sealed.sealing import open_case
from reporting.store.database import reading
from tests.builders import Built, Team, in_unit, send_report
from tests.services.acts import take_up
from tests.services.together import at_once

FRIDAY = date(2026, 3, 6)


def file(built: Built, actor: Actor, case_id: bytes) -> CaseFile:
    with reading(built.stores) as work:
        return file_of(work, open_case(work, actor, built.house, case_id))


def new(owner_id: bytes, text: str = "Ask IT to keep the mails", due_on: date = FRIDAY) -> NewTask:
    return NewTask(TaskKind.EVIDENCE, text, owner_id, due_on)


def taken_up(built: Built, team: Team) -> bytes:
    _, _, case_id = send_report(built, team.office)
    take_up(built, team.amina, case_id)
    take_up(built, team.ben, case_id)
    return case_id


@pytest.mark.req("L2")
def test_a_task_belongs_to_a_handler_and_stands_among_their_own(built: Built, team: Team) -> None:
    case_id = taken_up(built, team)
    later = in_unit(built, tasks.add_task, team.amina, case_id, new(team.ben.staff_id, "Second", date(2026, 3, 9)))
    sooner = in_unit(built, tasks.add_task, team.amina, case_id, new(team.ben.staff_id, "First"))
    in_unit(built, tasks.add_task, team.amina, case_id, new(team.amina.staff_id, "Not his"))
    found = file(built, team.ben, case_id)
    assert [one.id for one in tasks.my_tasks(found, team.ben.staff_id)] == [sooner.id, later.id]
    assert tasks.my_tasks(found, team.ines.staff_id) == []
    assert sooner.entry.is_late(FRIDAY + timedelta(days=1))
    assert not sooner.entry.is_late(FRIDAY)
    in_unit(built, tasks.end_task, team.ben, case_id, sooner.id, TaskState.DONE)
    assert [one.id for one in tasks.my_tasks(file(built, team.ben, case_id), team.ben.staff_id)] == [later.id]


@pytest.mark.req("U7", "P6")
def test_nobody_who_does_not_handle_the_case_owns_a_task(built: Built, team: Team) -> None:
    case_id = taken_up(built, team)
    for owner_id in (team.ines.staff_id, team.desk_reader.staff_id, bytes(16), b""):
        with pytest.raises(NotAHandler):
            in_unit(built, tasks.add_task, team.amina, case_id, new(owner_id))
    mine = in_unit(built, tasks.add_task, team.amina, case_id, new(team.ben.staff_id))
    in_unit(built, assignment.recuse, team.ben, case_id)
    with pytest.raises(NotAHandler):
        in_unit(built, tasks.give_task, team.amina, case_id, mine.id, team.ben.staff_id, FRIDAY)
    in_unit(built, tasks.give_task, team.amina, case_id, mine.id, team.amina.staff_id, FRIDAY)
    (given,) = tasks.my_tasks(file(built, team.amina, case_id), team.amina.staff_id)
    assert (given.id, given.entry.owner_name) == (mine.id, "Amina Diallo")


def test_a_task_of_another_case_is_not_found(built: Built, team: Team) -> None:
    case_id, other = taken_up(built, team), taken_up(built, team)
    foreign = in_unit(built, tasks.add_task, team.amina, other, new(team.amina.staff_id))
    with pytest.raises(NotFound):
        in_unit(built, tasks.end_task, team.amina, case_id, foreign.id, TaskState.DONE)
    with pytest.raises(NotFound):
        in_unit(built, tasks.give_task, team.amina, case_id, foreign.id, team.amina.staff_id, FRIDAY)


def test_a_dropped_task_says_why_and_none_ends_twice(built: Built, team: Team) -> None:
    case_id = taken_up(built, team)
    one = in_unit(built, tasks.add_task, team.amina, case_id, new(team.amina.staff_id))
    with pytest.raises(NeedsWhy):
        in_unit(built, tasks.end_task, team.amina, case_id, one.id, TaskState.DROPPED, " ")
    with pytest.raises(NotAllowed):
        in_unit(built, tasks.end_task, team.amina, case_id, one.id, TaskState.OPEN)
    people = (team.amina, team.ben)
    ended = at_once(
        lambda place: in_unit(built, tasks.end_task, people[place], case_id, one.id, TaskState.DROPPED, "Not needed"), 2
    )
    assert sorted(type(outcome).__name__ for outcome in ended) == ["NoneType", "NotAllowed"]
    (kept,) = tasks.tasks_of(file(built, team.ben, case_id))
    assert (kept.entry.state, kept.entry.why, kept.entry.ended_on) == (TaskState.DROPPED, "Not needed", "2026-03-02")


def test_a_form_that_is_sent_twice_makes_one_task(built: Built, team: Team) -> None:
    case_id = taken_up(built, team)
    for _ in range(2):
        in_unit(built, tasks.add_task, team.amina, case_id, new(team.amina.staff_id))
    assert len(tasks.tasks_of(file(built, team.amina, case_id))) == 1
    with pytest.raises(NotAllowed):
        in_unit(built, tasks.add_task, team.amina, case_id, new(team.amina.staff_id, " "))


@pytest.mark.req("L2")
@pytest.mark.principle("safety")
def test_a_risk_is_kept_with_what_is_done_about_it_and_a_day_to_look_again(built: Built, team: Team) -> None:
    case_id = taken_up(built, team)
    pay = frozenset({Detriment.PAY, Detriment.CONTRACT})
    for wrong, refusal in (
        (Looked(Risk.SERIOUS, pay, "Renewal in May", " ", FRIDAY), NeedsWhy),
        (Looked(Risk.NONE_SEEN, frozenset(), "", "", date(2026, 3, 1)), NotAllowed),
    ):
        with pytest.raises(refusal):
            in_unit(built, assessment.assess, team.amina, case_id, wrong)
    looked = Looked(Risk.SERIOUS, pay, "Renewal in May", "HR renews it now", FRIDAY)
    in_unit(built, assessment.assess, team.amina, case_id, looked)
    kept = file(built, team.ben, case_id).last(Assessment)
    assert kept is not None
    assert (kept.entry.detriments, kept.entry.review_day) == ((Detriment.CONTRACT, Detriment.PAY), FRIDAY)


@pytest.mark.req("L2")
def test_the_newest_plan_holds_and_the_older_ones_stay(built: Built, team: Team) -> None:
    case_id = taken_up(built, team)
    for goals in ("Find out who was there.", "Find out who was there, and stop the mails."):
        in_unit(built, plan.write_plan, team.amina, case_id, goals)
    assert [one.entry.goals for one in file(built, team.ben, case_id).all(Plan)] == [
        "Find out who was there.",
        "Find out who was there, and stop the mails.",
    ]
    with pytest.raises(NotAllowed):
        in_unit(built, plan.write_plan, team.amina, case_id, "  ")
