"""The inaction monitor: four signs from the record, by case for handlers, and only in bands for whoever counts."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reporting.domain.case import WITH_ORGANISATION, Act, CaseKind, Status
from reporting.domain.casework.clocks import Terms
from reporting.domain.organisation.calendars import OfficeCalendar
from reporting.domain.oversight.inaction import Inaction, Traces, band_of, signs
from reporting.services.actors import StaffMember
from reporting.services.casework import case as casework
from reporting.services.casework import messages
from reporting.services.oversight import inaction
from reporting.services.reading import assignment
from reporting.services.survivor import erasure
from reporting.store.database import reading
from reporting.store.inaction import InactionBand, InactionRow
from tests.builders import Built, Team, add_office, in_unit, send_report
from tests.engines import on_sqlite
from tests.services.acts import close_by_two, conclude, count, read_case, take_up, tamper

TERMS, WEEK = Terms(), OfficeCalendar()
MONDAY = date(2026, 3, 2)
QUIET = Traces(Status.ASSESSING, waiting=False, wrote=MONDAY, opened=MONDAY, worked=MONDAY)
days = st.dates(date(2025, 1, 1), date(2027, 1, 1))


def seen(built: Built, member: StaffMember) -> list[tuple[bytes, Inaction]]:
    """Look at every case, and return which of somebody's lie still."""
    inaction.watch(built.stores, built.house)
    with reading(built.stores) as work:
        return [(row.case_id, row.sign) for row in inaction.still_cases(work, built.house, member)]


def bands(built: Built) -> dict[tuple[tuple[str, ...], Inaction], int]:
    """Return the bands that auditor and administrator see."""
    with reading(built.stores) as work:
        return {(band.offices, band.sign): band.at_least for band in inaction.bands_now(work)[1]}


@pytest.mark.req("S26")
@pytest.mark.parametrize(
    ("traces", "today", "expected"),
    [
        (replace(QUIET, opened=None, waiting=True), date(2026, 3, 4), set()),
        (replace(QUIET, opened=None, waiting=True), date(2026, 3, 5), {Inaction.UNOPENED}),
        (replace(QUIET, waiting=True), date(2026, 3, 4), set()),
        (replace(QUIET, waiting=True), date(2026, 3, 5), {Inaction.UNANSWERED}),
        (QUIET, date(2026, 4, 2), set()),
        (QUIET, date(2026, 4, 3), {Inaction.STALLED}),
        (replace(QUIET, worked=date(2026, 3, 20)), date(2026, 4, 20), set()),
        (replace(QUIET, worked=date(2026, 3, 20)), date(2026, 4, 21), {Inaction.STALLED}),
        (replace(QUIET, status=Status.CLOSED, closed=MONDAY), date(2026, 3, 3), {Inaction.CLOSED_UNEXPLAINED}),
        (replace(QUIET, status=Status.CLOSED, closed=MONDAY, explained=True), date(2027, 3, 3), set()),
    ],
)
def test_each_sign_shows_from_its_day(traces: Traces, today: date, expected: set[Inaction]) -> None:
    assert set(signs(traces, TERMS, WEEK, today)) == expected


@given(st.sampled_from(WITH_ORGANISATION), st.booleans(), days, st.none() | days, days)
def test_a_sign_that_shows_goes_on_showing_until_somebody_acts(
    status: Status, waiting: bool, wrote: date, worked: date | None, today: date
) -> None:
    traces = Traces(status, waiting, wrote, opened=worked, worked=worked)
    found = signs(traces, TERMS, WEEK, today)
    assert set(found) <= set(signs(traces, TERMS, WEEK, date(2028, 1, 1)))
    assert all(since < today for since in found.values())


@given(st.integers(0, 10_000))
def test_a_band_holds_five_counts_and_tells_none_of_them(cases: int) -> None:
    low = band_of(cases)
    assert low <= cases <= low + 4
    assert {band_of(one) for one in range(low, low + 5)} == {low}


@pytest.mark.req("S26")
def test_handlers_see_which_of_their_cases_lie_still_and_nobody_elses(built: Built, team: Team) -> None:
    unopened = send_report(built, team.office)[2]
    unanswered = send_report(built, team.office)[2]
    complaint = send_report(built, team.office, kind=CaseKind.COMPLAINT)[2]
    private = send_report(built, None)[2]
    read_case(built, team.amina, unanswered)
    built.clock.forward(days=3)
    expected = {(unopened, Inaction.UNOPENED), (unanswered, Inaction.UNANSWERED)}
    assert set(seen(built, team.amina)) == set(seen(built, team.ben)) == expected
    assert seen(built, team.desk_reader) == [(complaint, Inaction.UNOPENED)]
    assert seen(built, team.ines) == []
    assert count(built, InactionRow) == 3
    assert private not in {case_id for case_id, _ in expected}


@pytest.mark.req("S26")
def test_what_is_done_takes_a_case_off_the_list(built: Built, team: Team) -> None:
    case_id = send_report(built, team.office)[2]
    built.clock.forward(days=3)
    assert seen(built, team.amina) == [(case_id, Inaction.UNOPENED)]
    read_case(built, team.amina, case_id)
    in_unit(built, casework.take_step, team.amina, case_id, Act.ACKNOWLEDGE)
    assert seen(built, team.amina) == [(case_id, Inaction.UNANSWERED)]
    in_unit(built, messages.write_as_staff, team.amina, case_id, "Thank you.")
    assert seen(built, team.amina) == []
    built.clock.forward(days=40)
    assert seen(built, team.amina) == [(case_id, Inaction.STALLED)]
    in_unit(built, casework.write_note, team.amina, case_id, "Asked the unit for the roster.")
    assert seen(built, team.amina) == []


@pytest.mark.req("S26", "U10")
def test_a_case_that_is_closed_without_a_word_shows_until_she_is_written_to(built: Built, team: Team) -> None:
    _, reporter, case_id = send_report(built, team.office)
    read_case(built, team.amina, case_id)
    conclude(built, team.amina, reporter, case_id)
    close_by_two(built, team.amina, team.ben, case_id)
    tamper(built, "UPDATE cases SET waiting = false")
    built.clock.forward(days=1)
    assert seen(built, team.amina) == []  # she had said that she does not want to hear the outcome
    tamper(built, "DELETE FROM audit_pending WHERE action = 'outcome_waived'")
    assert seen(built, team.amina) == [(case_id, Inaction.CLOSED_UNEXPLAINED)]
    in_unit(built, messages.write_as_staff, team.amina, case_id, "We are done. This is what we did.")
    assert seen(built, team.amina) == []


@pytest.mark.req("S26", "S18")
def test_whoever_holds_no_key_any_more_sees_no_row(built: Built, team: Team) -> None:
    case_id = send_report(built, team.office)[2]
    built.clock.forward(days=3)
    take_up(built, team.amina, case_id)
    in_unit(built, assignment.recuse, team.amina, case_id)
    assert seen(built, team.amina) == []
    tamper(built, "DELETE FROM grants WHERE holder = :holder", holder=team.ben.holder)
    assert seen(built, team.ben) == []


def test_erasing_takes_the_sign_along(built: Built, team: Team) -> None:
    _, reporter, case_id = send_report(built, team.office)
    built.clock.forward(days=3)
    assert seen(built, team.amina)
    in_unit(built, erasure.erase_now, reporter, case_id)
    assert count(built, InactionRow) == 0
    assert seen(built, team.amina) == []


@pytest.mark.req("S26")
@pytest.mark.principle("confidentiality")
def test_bands_are_set_once_a_week_and_small_offices_stand_together(built: Built, team: Team) -> None:
    small = [add_office(built, name, head_count=60) for name in ("Lima", "Quito")]
    for _ in range(6):
        send_report(built, team.office)
    built.clock.forward(days=3)
    inaction.watch(built.stores, built.house)
    first = bands(built)
    together = tuple(sorted(office.name for office in (*small, team.desk) if office.head_count < 100))
    assert first[("Geneva",), Inaction.UNOPENED] == 5
    assert first[("Geneva",), Inaction.STALLED] == 0
    assert {offices for offices, _ in first} >= {("Geneva",), together}
    for change in (
        lambda: send_report(built, team.office),
        lambda: tamper(built, "UPDATE offices SET head_count = 20 WHERE name = 'Lima'"),
    ):
        change()
        built.clock.forward(days=1)
        inaction.watch(built.stores, built.house)
        with reading(built.stores) as work:
            kept = {(row.place, row.sign, row.at_least) for row in work.main.query(InactionBand)}
        assert {at_least for _, _, at_least in kept} == {0, 5}
        assert sum(at_least for _, _, at_least in kept) == 5
    built.clock.forward(days=7)
    inaction.watch(built.stores, built.house)
    assert bands(built)[("Geneva",), Inaction.UNOPENED] == 5


@on_sqlite
@pytest.mark.principle("confidentiality")
@pytest.mark.parametrize("cases", [0, 1, 4])
def test_a_few_cases_cannot_be_told_from_none(built: Built, team: Team, cases: int) -> None:
    for _ in range(cases):
        send_report(built, team.office)
    built.clock.forward(days=3)
    inaction.watch(built.stores, built.house)
    assert set(bands(built).values()) == {0}


@on_sqlite
@pytest.mark.principle("confidentiality")
def test_a_handful_of_people_has_no_figure_at_all(built: Built, team: Team) -> None:
    tamper(built, "UPDATE offices SET head_count = 30")
    for _ in range(7):
        send_report(built, team.office)
    built.clock.forward(days=3)
    inaction.watch(built.stores, built.house)
    assert bands(built) == {}


def test_the_monitor_needs_no_key_of_a_case(built: Built, team: Team, monkeypatch: pytest.MonkeyPatch) -> None:
    send_report(built, team.office)
    built.clock.forward(days=3)

    def refuse(*_: Any, **__: Any) -> None:
        raise AssertionError("a chore opened something")

    monkeypatch.setattr("reporting.services.sealed.granting.open_grant", refuse)
    monkeypatch.setattr("reporting.services.sealed.sealing.open_item", refuse)
    assert inaction.watch(built.stores, built.house) == 1
