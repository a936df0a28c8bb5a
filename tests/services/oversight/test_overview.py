"""What the auditor sees: places, names and words, never a case; and a break that stays to be seen."""

import pytest
from sqlalchemy import delete

from reporting.domain.case import CaseKind
from reporting.domain.oversight.audit import ReporterEvent, StaffEvent
from reporting.services import chores
from reporting.services.casework import case as casework
from reporting.services.casework import messages
from reporting.services.oversight import audit
from reporting.services.oversight import overview as oversight
from reporting.services.oversight.audit import STAFF_CHAIN
from reporting.store.audit import AuditHead
from reporting.store.database import reading, writing
from tests.builders import Built, Team, in_unit, send_report


def test_staff_lines_come_newest_first_and_page_by_page(
    built: Built, team: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(oversight, "PAGE", 3)
    _, _, case_id = send_report(built, team.office)
    in_unit(built, casework.declare_no_conflict, team.amina, case_id)
    with reading(built.stores) as work:
        first, more = oversight.staff_lines(work)
        assert (first[0].who, first[0].action) == ("Amina Diallo", StaffEvent.NO_CONFLICT_DECLARED)
        seen = [line.seq for line in first]
        while more is not None:
            lines, more = oversight.staff_lines(work, more)
            seen += [line.seq for line in lines]
    assert seen == list(range(seen[0], 0, -1))


@pytest.mark.principle("confidentiality")
def test_no_line_has_a_place_for_a_case() -> None:
    for line in (oversight.StaffLine, oversight.DayLine):
        assert not {"ref", "case", "case_id"} & set(line.__annotations__)


def test_day_lines_appear_after_the_night(built: Built, team: Team) -> None:
    _, reporter, case_id = send_report(built, team.office)
    in_unit(built, messages.write_as_reporter, reporter, case_id, "One more thing.")
    with reading(built.stores) as work:
        assert oversight.day_lines(work) == ([], None)
    built.clock.forward(days=1)
    in_unit(built, audit.link_days)
    with reading(built.stores) as work:
        lines, more = oversight.day_lines(work)
        heads = {head.chain: head.length for head in oversight.heads_of(work)}
    assert {line.action for line in lines} == {ReporterEvent.REPORT_SENT, ReporterEvent.MESSAGE_WRITTEN}
    assert more is None
    assert heads[audit.DAY_CHAIN] == 2


@pytest.mark.req("S26")
def test_a_complaint_waits_until_it_is_answered(built: Built, team: Team) -> None:
    send_report(built, team.office)
    with reading(built.stores) as work:
        assert not oversight.complaint_waits(work)
    _, _, case_id = send_report(built, team.office, kind=CaseKind.COMPLAINT)
    with reading(built.stores) as work:
        assert oversight.complaint_waits(work)
    in_unit(built, casework.declare_no_conflict, team.desk_reader, case_id)
    in_unit(built, messages.write_as_staff, team.desk_reader, case_id, "We look into it.")
    with reading(built.stores) as work:
        assert not oversight.complaint_waits(work)


def test_chores_are_told_once_they_exist(built: Built) -> None:
    with reading(built.stores) as work:
        assert oversight.chore_lines(work) == []
    in_unit(built, chores.ensure)
    with reading(built.stores) as work:
        assert [line.name for line in oversight.chore_lines(work)] == list(chores.TASKS)


@pytest.mark.req("ASVS-16.4.2")
def test_work_goes_on_without_a_head_and_the_break_is_never_healed(built: Built, team: Team) -> None:
    with writing(built.stores) as work:
        work.main.execute(delete(AuditHead).where(AuditHead.chain == STAFF_CHAIN))
    in_unit(built, oversight.note_reading, team.amina)
    in_unit(built, oversight.note_reading, team.amina)
    with reading(built.stores) as work:
        (finding,) = audit.verify(work, built.house)
    assert finding.what == "out of order"


def test_a_check_is_recorded_with_its_outcome(built: Built, team: Team) -> None:
    in_unit(built, oversight.note_verification, team.amina, [])
    in_unit(built, oversight.note_verification, team.amina, [audit.Finding(STAFF_CHAIN, 1, "altered")])
    with reading(built.stores) as work:
        lines, _ = oversight.staff_lines(work)
    assert [line.detail for line in lines[:2]] == ["wrong", "whole"]
