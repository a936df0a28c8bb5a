"""Clocks are set from the record, in the calendar of the office; she and the team see the same days."""

from datetime import date, datetime
from typing import Any

import pytest

from reporting.domain.case import Act, Status
from reporting.domain.casework.clocks import Clock
from reporting.domain.oversight.audit import ReporterEvent
from reporting.services.actors import Reporter
from reporting.services.casework import case as casework
from reporting.services.casework import clocks, messages, outcome
from reporting.services.errors import NotAllowed, NotFound
from reporting.services.oversight.audit import reporter_ledger
from reporting.services.reading.readers import audience_of
from reporting.services.survivor import erasure, record
from reporting.store.cases import Case
from reporting.store.clocks import ClockRow, Escalation, clocks_of
from reporting.store.database import reading, writing
from reporting.store.holdings import Holding
from reporting.store.offices import Office
from tests.builders import Built, Team, in_unit, send_report
from tests.engines import on_sqlite
from tests.services.acts import close_by_two, count, her_page, take_up


def running(built: Built, case_id: bytes) -> dict[Clock, date]:
    """Return the clocks that run in a case."""
    with reading(built.stores) as work:
        return clocks.running_clocks(work, case_id)


def in_inboxes(built: Built, case_id: bytes) -> set[date]:
    """Return the days by which the inboxes of all handlers sort a case."""
    with reading(built.stores) as work:
        return {row.due_on for row in work.main.query(Holding).filter_by(case_id=case_id)}


def set_calendar(built: Built, office: Office, **values: str) -> None:
    """Change when an office works."""
    with writing(built.stores) as work:
        row = work.main.get_one(Office, office.id)
        for name, value in values.items():
            setattr(row, name, value)


def acknowledged(built: Built, team: Team, **more: Any) -> tuple[Any, bytes]:
    """Send a report and let it be acknowledged; return the reporter and the case."""
    _, reporter, case_id = send_report(built, team.office, **more)
    take_up(built, team.amina, case_id)
    in_unit(built, casework.take_step, team.amina, case_id, Act.ACKNOWLEDGE)
    return reporter, case_id


def close(built: Built, team: Team, reporter: Reporter, case_id: bytes) -> None:
    """Conclude and close a case whose outcome she does not want to hear."""
    in_unit(built, casework.take_step, team.amina, case_id, Act.CONCLUDE)
    in_unit(built, outcome.waive, reporter, case_id, waived=True)
    close_by_two(built, team.amina, team.ben, case_id)


@pytest.mark.req("L1", "U9")
def test_a_report_has_its_clocks_from_the_first_moment_on_her_page_and_in_the_inbox(built: Built, team: Team) -> None:
    _, reporter, case_id = send_report(built, team.office)
    expected = {Clock.ACKNOWLEDGE: date(2026, 3, 4), Clock.CHECK_IN: date(2026, 4, 1)}
    page = her_page(built, reporter, case_id)
    assert running(built, case_id) == page.clocks == expected
    assert (page.due_on, in_inboxes(built, case_id)) == (date(2026, 3, 4), {date(2026, 3, 4)})


@pytest.mark.req("L1", "U6")
def test_each_step_and_each_message_sets_the_clocks_from_the_record(built: Built, team: Team) -> None:
    _, case_id = acknowledged(built, team)
    assert running(built, case_id) == {
        Clock.CHECK_IN: date(2026, 4, 1),
        Clock.SIGN_OF_LIFE: date(2026, 4, 2),
        Clock.FEEDBACK: date(2026, 6, 2),
    }
    built.clock.forward(days=10)
    in_unit(built, casework.take_step, team.amina, case_id, Act.BEGIN)
    in_unit(built, messages.write_as_staff, team.amina, case_id, "We talk to the witness this week.")
    assert running(built, case_id) == {
        Clock.CHECK_IN: date(2026, 4, 1),
        Clock.SIGN_OF_LIFE: date(2026, 4, 12),
        Clock.FEEDBACK: date(2026, 6, 2),
        Clock.INVESTIGATION: date(2026, 6, 10),
    }
    assert in_inboxes(built, case_id) == {date(2026, 4, 1)}


@pytest.mark.req("L1")
def test_the_feedback_is_met_by_a_message_that_says_so_and_by_no_other(built: Built, team: Team) -> None:
    _, case_id = acknowledged(built, team)
    in_unit(built, messages.write_as_staff, team.amina, case_id, "Thank you.")
    assert Clock.FEEDBACK in running(built, case_id)
    in_unit(built, messages.write_as_staff, team.amina, case_id, "He was moved.", Clock.FEEDBACK)
    assert Clock.FEEDBACK not in running(built, case_id)
    for forged in (Clock.FEEDBACK, Clock.INVESTIGATION, Clock.ACKNOWLEDGE, Clock.ERASURE):
        with pytest.raises(NotAllowed):
            in_unit(built, messages.write_as_staff, team.amina, case_id, "Again.", forged)


@pytest.mark.req("U9")
def test_check_ins_go_on_in_a_closed_case_and_a_message_meets_them(built: Built, team: Team) -> None:
    reporter, case_id = acknowledged(built, team)
    close(built, team, reporter, case_id)
    assert running(built, case_id) == {Clock.CHECK_IN: date(2026, 4, 1)}
    assert in_inboxes(built, case_id) == {date(2026, 4, 1)}
    built.clock.forward(days=31)
    in_unit(built, messages.write_as_staff, team.amina, case_id, "Is anybody unkind to you?", Clock.CHECK_IN)
    assert running(built, case_id) == {Clock.CHECK_IN: date(2026, 5, 31)}


@pytest.mark.req("U9")
@pytest.mark.principle("respect")
def test_she_can_end_the_check_ins_and_have_them_again(built: Built, team: Team) -> None:
    reporter, case_id = acknowledged(built, team)
    for _ in range(2):
        in_unit(built, clocks.choose_check_ins, reporter, case_id, wanted=False)
    page = her_page(built, reporter, case_id)
    assert (page.check_ins, Clock.CHECK_IN in page.clocks) == (False, False)
    with pytest.raises(NotAllowed):
        in_unit(built, messages.write_as_staff, team.amina, case_id, "How are you?", Clock.CHECK_IN)
    in_unit(built, messages.write_as_staff, team.amina, case_id, "An ordinary word.")
    assert Clock.CHECK_IN not in running(built, case_id)
    in_unit(built, clocks.choose_check_ins, reporter, case_id, wanted=True)
    assert her_page(built, reporter, case_id).clocks[Clock.CHECK_IN] == date(2026, 4, 1)
    with reading(built.stores) as work:
        done = [row.action for row in reporter_ledger(work, built.house, case_id)]
    assert done.count(ReporterEvent.CHECK_INS_ENDED) == done.count(ReporterEvent.CHECK_INS_WANTED) == 1


def test_nobody_else_can_end_her_check_ins_nor_she_where_nobody_asks(built: Built, team: Team) -> None:
    _, _, case_id = send_report(built, team.office)
    _, other, private = send_report(built, None)
    for stranger, case in ((other, case_id), (other, private), (team.amina, b"0" * 16)):
        with pytest.raises(NotFound):
            in_unit(built, clocks.choose_check_ins, stranger, case, wanted=False)
    assert Clock.CHECK_IN in running(built, case_id)


@pytest.mark.req("U9", "L1")
def test_opening_a_closed_case_again_asks_for_an_answer_as_fast_as_at_first(built: Built, team: Team) -> None:
    reporter, case_id = acknowledged(built, team)
    close(built, team, reporter, case_id)
    built.clock.forward(days=7)
    in_unit(built, record.reopen, reporter, case_id)
    assert running(built, case_id)[Clock.FEEDBACK] == date(2026, 3, 11)
    in_unit(built, messages.write_as_staff, team.amina, case_id, "We look at it again.")
    assert running(built, case_id)[Clock.FEEDBACK] == date(2026, 6, 9)


def test_a_private_record_has_no_clock_until_she_opens_it(built: Built, team: Team) -> None:
    _, reporter, case_id = send_report(built, None)
    assert running(built, case_id) == {}
    built.clock.forward(days=100)
    with reading(built.stores) as work:
        office = work.main.get_one(Office, team.office.id)
        people = her_page(built, reporter, case_id).people
        audience = audience_of(work, built.house, office, people)
        work.main.expunge_all()
    door = her_page(built, reporter, case_id).choices.door
    in_unit(built, record.open_to_office, reporter, case_id, audience, door)
    assert running(built, case_id)[Clock.ACKNOWLEDGE] == date(2026, 6, 12)
    assert in_inboxes(built, case_id) == {date(2026, 6, 12)}


@pytest.mark.req("U4")
def test_withdrawing_ends_the_clocks_and_erasing_leaves_no_row(built: Built, team: Team) -> None:
    reporter, case_id = acknowledged(built, team)
    in_unit(built, clocks.choose_check_ins, reporter, case_id, wanted=False)
    in_unit(built, erasure.close, reporter, case_id)
    assert running(built, case_id) == {}
    in_unit(built, erasure.erase_later, reporter, case_id)
    assert running(built, case_id) == {Clock.ERASURE: date(2026, 3, 9)}
    in_unit(built, erasure.undo_erase, reporter, case_id)
    assert running(built, case_id) == {}
    in_unit(built, erasure.erase_now, reporter, case_id)
    assert count(built, ClockRow) == count(built, Escalation) == 0


@on_sqlite
@pytest.mark.req("L1")
def test_week_ends_and_holidays_of_the_office_count(built: Built, team: Team) -> None:
    set_calendar(built, team.office, weekend="fri,sat", holidays="2026-03-08 Women's day")
    built.clock.forward(days=2)  # Wednesday
    _, _, case_id = send_report(built, team.office)
    assert running(built, case_id)[Clock.ACKNOWLEDGE] == date(2026, 3, 9)  # Thursday, and not Sunday: Monday


@on_sqlite
@pytest.mark.req("L1")
@pytest.mark.parametrize(
    ("zone", "sent", "due"),
    [
        ("Africa/Nairobi", datetime(2026, 3, 2, 22, 30), date(2026, 3, 4)),  # noqa: DTZ001 - UTC
        ("America/Lima", datetime(2026, 3, 3, 1, 0), date(2026, 3, 4)),  # noqa: DTZ001 - still Monday in Lima
        ("Europe/Chisinau", datetime(2026, 3, 27, 22, 30), date(2026, 3, 31)),  # noqa: DTZ001 - clocks change on the 29th
    ],
)
def test_what_is_promised_is_never_later_than_the_day_of_the_office_would_make_it(
    built: Built, team: Team, zone: str, sent: datetime, due: date
) -> None:
    set_calendar(built, team.office, time_zone=zone)
    built.clock.moment = sent
    _, reporter, case_id = send_report(built, team.office)
    assert running(built, case_id)[Clock.ACKNOWLEDGE] == due
    assert her_page(built, reporter, case_id).opened.row.received_on == sent.date()


@on_sqlite
@pytest.mark.req("P3")
@pytest.mark.principle("safety")
@pytest.mark.parametrize("zone", ["Africa/Nairobi", "America/Lima", "Pacific/Kiritimati", "Pacific/Niue"])
def test_no_day_that_is_kept_tells_at_which_hour_she_wrote(built: Built, team: Team, zone: str) -> None:
    """Whatever stands in the rows of a case is the same for every hour of a UTC day."""
    set_calendar(built, team.office, time_zone=zone)
    kept = set()
    for hour in range(24):
        built.clock.moment = datetime(2026, 3, 2, hour, 30)  # noqa: DTZ001 - UTC
        _, _, case_id = send_report(built, team.office)
        with reading(built.stores) as work:
            case = work.main.get_one(Case, case_id)
            rows = tuple((row.clock, row.due_on, row.breached_on) for row in clocks_of(work.main, case_id))
            days = tuple(row.day for row in reporter_ledger(work, built.house, case_id))
            kept.add((case.received_on, case.due_on, case.due_what, rows, days))
    assert len(kept) == 1


def test_only_the_stage_decides_which_clocks_run_not_what_she_wrote(built: Built, team: Team) -> None:
    """A row of clocks does not tell a report of retaliation from any other."""
    from reporting.domain.questions import Door

    kept = set()
    for door in (Door.INFORMAL, Door.FORMAL, Door.RETALIATION, Door.WITNESS, Door.QUESTION):
        case_id = send_report(built, team.office, door=door)[2]
        kept.add(tuple(running(built, case_id).items()))
    assert len(kept) == 1
    assert her_page(built, *send_report(built, team.office)[1:]).status is Status.RECEIVED
