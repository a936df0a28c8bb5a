"""A day that passes is marked once, recorded, and told to the next handler; nobody gets a key by it."""

from datetime import date, datetime

import pytest

from reporting.domain.case import Act, CaseKind
from reporting.domain.casework.clocks import Clock
from reporting.domain.oversight.audit import StaffEvent
from reporting.services import chores
from reporting.services.casework import case as casework
from reporting.services.casework import clocks, escalation, messages
from reporting.services.house import House
from reporting.services.organisation import accounts
from reporting.services.reading import assignment
from reporting.services.survivor import erasure, follow
from reporting.services.survivor.follow import LedgerLine
from reporting.store.clocks import ClockRow, Escalation, told_of
from reporting.store.database import reading
from tests.builders import Built, Team, in_unit, send_report
from tests.engines import on_sqlite
from tests.services.acts import count, grants, opens, take_up, tamper
from tests.services.casework.test_inbox import inbox
from tests.services.together import at_once

PASSED = (StaffEvent.DATE_PASSED, StaffEvent.ESCALATED)


def told(built: Built, case_id: bytes) -> set[bytes]:
    """Return who was told of a day of this case."""
    with reading(built.stores) as work:
        return {row.staff_id for row in told_of(work.main, case_id)}


def ledger(built: Built, case_id: bytes) -> list[LedgerLine]:
    """Return what her ledger says of days that passed."""
    with reading(built.stores) as work:
        return [line for line in follow.ledger(work, built.house, case_id) if line.action in PASSED]


@pytest.mark.req("S26", "L1")
def test_a_day_that_passes_is_told_to_the_next_handler_and_stands_in_her_ledger(built: Built, team: Team) -> None:
    _, _, case_id = send_report(built, team.office)
    take_up(built, team.amina, case_id)
    before = {grant.id for grant in grants(built, case_id)}
    built.clock.forward(days=2)  # the last day itself
    assert escalation.watch(built.stores, built.house) == 0
    built.clock.forward(days=1)
    assert [escalation.watch(built.stores, built.house) for _ in range(3)] == [1, 0, 0]
    assert told(built, case_id) == {team.ben.staff_id}  # Amina was at it last, so it is not she who is next
    assert [(line.action, line.who, line.about, line.detail) for line in ledger(built, case_id)] == [
        (StaffEvent.DATE_PASSED, "", "", "acknowledge"),
        (StaffEvent.ESCALATED, "", "Ben Okafor", "acknowledge"),
    ]
    assert {grant.id for grant in grants(built, case_id)} == before
    assert [(row.overdue, row.told) for row in inbox(built, team.ben)] == [(True, True)]
    assert [(row.overdue, row.told) for row in inbox(built, team.amina)] == [(True, False)]
    assert inbox(built, team.desk_reader) == []


@pytest.mark.req("S26")
def test_after_two_more_working_days_the_next_one_is_told_and_then_nobody(built: Built, team: Team) -> None:
    _, _, case_id = send_report(built, team.office)
    take_up(built, team.amina, case_id)
    in_unit(built, assignment.assign, team.amina, case_id, team.ines.staff_id)
    built.clock.forward(days=3)  # Thursday: Ben
    assert escalation.watch(built.stores, built.house) == 1
    built.clock.forward(days=3)  # Sunday: only one working day since
    assert escalation.watch(built.stores, built.house) == 0
    built.clock.forward(days=1)
    assert escalation.watch(built.stores, built.house) == 1
    assert told(built, case_id) == {team.ben.staff_id, team.ines.staff_id}
    built.clock.forward(days=30)
    escalation.watch(built.stores, built.house)
    assert team.amina.staff_id not in told(built, case_id)


@pytest.mark.req("S26")
def test_the_outside_desk_is_told_where_it_holds_the_case_and_nowhere_else(built: Built, team: Team) -> None:
    _, _, report = send_report(built, team.office)
    _, _, complaint = send_report(built, team.office, kind=CaseKind.COMPLAINT)
    built.clock.forward(days=3)
    escalation.watch(built.stores, built.house)
    assert told(built, complaint) == {team.desk_reader.staff_id}
    built.clock.forward(days=30)
    escalation.watch(built.stores, built.house)
    escalation.watch(built.stores, built.house)
    assert team.desk_reader.staff_id not in told(built, report)
    assert not opens(built, team.desk_reader, report)


@pytest.mark.req("S26", "S18")
def test_whoever_lost_the_key_or_left_is_not_told(built: Built, team: Team) -> None:
    _, _, case_id = send_report(built, team.office)
    take_up(built, team.amina, case_id)
    in_unit(built, accounts.disable, None, team.ben.staff_id)
    built.clock.forward(days=3)
    assert escalation.watch(built.stores, built.house) == 0
    assert told(built, case_id) == set()
    assert [line.action for line in ledger(built, case_id)] == [StaffEvent.DATE_PASSED]


@pytest.mark.req("S26")
def test_what_is_met_is_no_longer_marked_and_a_new_day_begins_anew(built: Built, team: Team) -> None:
    _, _, case_id = send_report(built, team.office)
    take_up(built, team.amina, case_id)
    built.clock.forward(days=3)
    escalation.watch(built.stores, built.house)
    in_unit(built, casework.take_step, team.amina, case_id, Act.ACKNOWLEDGE)
    assert told(built, case_id) == set()
    assert [(row.overdue, row.told) for row in inbox(built, team.ben)] == [(False, False)]
    built.clock.moment = datetime(2026, 4, 6, 9)  # noqa: DTZ001 - the sign of life was due on the fifth
    assert escalation.watch(built.stores, built.house) == 2  # the check-in too
    in_unit(built, messages.write_as_staff, team.amina, case_id, "We are still at it.")
    assert {line.detail for line in ledger(built, case_id)} == {"acknowledge", "sign_of_life", "check_in"}
    with reading(built.stores) as work:
        assert {row.clock for row in told_of(work.main, case_id)} == {Clock.CHECK_IN}


@on_sqlite
@pytest.mark.req("L1")
@pytest.mark.parametrize(
    ("zone", "not_yet", "late"),
    [
        ("Africa/Nairobi", (2026, 3, 4, 20, 59), (2026, 3, 4, 21, 0)),
        ("America/Lima", (2026, 3, 4, 4, 59), (2026, 3, 4, 5, 0)),
        ("Pacific/Kiritimati", (2026, 3, 4, 9, 59), (2026, 3, 4, 10, 0)),
    ],
)
def test_a_day_is_over_when_it_is_over_at_the_office(
    built: Built, team: Team, zone: str, not_yet: tuple[int, ...], late: tuple[int, ...]
) -> None:
    tamper(built, "UPDATE offices SET time_zone = :zone WHERE id = :id", zone=zone, id=team.office.id)
    _, _, case_id = send_report(built, team.office)
    with reading(built.stores) as work:
        due = clocks.running_clocks(work, case_id)[Clock.ACKNOWLEDGE]
    assert due == (date(2026, 3, 3) if zone == "America/Lima" else date(2026, 3, 4))
    built.clock.moment = datetime(*not_yet)  # type: ignore[arg-type]  # noqa: DTZ001 - UTC
    assert escalation.watch(built.stores, built.house) == 0
    built.clock.moment = datetime(*late)  # type: ignore[arg-type]  # noqa: DTZ001 - UTC
    assert escalation.watch(built.stores, built.house) == 1


def test_two_runners_tell_nobody_twice(built: Built, team: Team) -> None:
    case_ids = [send_report(built, team.office)[2] for _ in range(3)]
    built.clock.forward(days=3)
    in_unit(built, chores.ensure)

    def run(place: int) -> int:
        if place % 2:
            chores.run_due(built.stores, built.house)
            return 0
        return escalation.watch(built.stores, built.house)

    at_once(run, 4)
    for case_id in case_ids:
        assert [line.action for line in ledger(built, case_id)] == list(PASSED)
        assert len(told(built, case_id)) == 1


def test_a_case_from_before_there_were_clocks_gets_them(built: Built, team: Team) -> None:
    _, _, case_id = send_report(built, team.office)
    private = send_report(built, None)[2]
    tamper(built, "DELETE FROM clocks")
    tamper(built, "UPDATE cases SET due_on = NULL, due_what = NULL")
    escalation.watch(built.stores, built.house)
    with reading(built.stores) as work:
        assert clocks.running_clocks(work, case_id)[Clock.ACKNOWLEDGE] == date(2026, 3, 4)
        assert clocks.running_clocks(work, private) == {}
    assert inbox(built, team.amina)[0].due_on == date(2026, 3, 4)


def test_an_erasure_that_comes_due_is_nobodys_delay(built: Built, team: Team) -> None:
    _, reporter, case_id = send_report(built, team.office)
    in_unit(built, erasure.erase_later, reporter, case_id)
    built.clock.forward(days=20)
    assert escalation.watch(built.stores, built.house) == 0
    assert ledger(built, case_id) == []


def test_erasing_takes_the_marks_along(built: Built, team: Team) -> None:
    _, reporter, case_id = send_report(built, team.office)
    built.clock.forward(days=3)
    escalation.watch(built.stores, built.house)
    assert count(built, Escalation) == 1
    in_unit(built, erasure.erase_now, reporter, case_id)
    assert count(built, Escalation) == count(built, ClockRow) == 0


def test_the_chore_needs_no_key_of_a_case(built: Built, team: Team, monkeypatch: pytest.MonkeyPatch) -> None:
    send_report(built, team.office)
    built.clock.forward(days=3)

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a chore opened something")

    monkeypatch.setattr("reporting.services.sealed.granting.open_grant", refuse)
    monkeypatch.setattr("reporting.services.sealed.sealing.open_item", refuse)
    assert escalation.watch(built.stores, built.house) == 1
    assert isinstance(built.house, House)
