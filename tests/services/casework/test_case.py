"""The handlers' side: the conflict question first, then the story, notes and steps."""

from datetime import date

import pytest

from reporting.domain.case import Act, NotPossible, Status
from reporting.domain.casework.clocks import Clock
from reporting.domain.oversight.audit import StaffEvent
from reporting.domain.people import READERS, STAFF, Role
from reporting.policy import Permission
from reporting.services.actors import StaffMember
from reporting.services.casework import case as casework
from reporting.services.casework import outcome
from reporting.services.casework.case import CaseView
from reporting.services.errors import NotAllowed, NotFound
from reporting.services.organisation import accounts
from reporting.services.reading import assignment
from reporting.services.sealed.sealing import open_case
from reporting.store.database import reading
from tests.builders import Built, Team, in_unit, send_report
from tests.services.acts import close_by_two, her_page, read_case, take_up, tamper


@pytest.mark.req("U7")
@pytest.mark.principle("safety")
def test_the_names_come_before_the_story_and_the_story_only_after_the_answer(built: Built, team: Team) -> None:
    _, _, case_id = send_report(built, team.office, named=("Zed Zimmer",))
    with pytest.raises(NotAllowed):
        in_unit(built, casework.view_case, team.amina, case_id)
    (named,) = in_unit(built, casework.names_to_check, team.amina, case_id)
    assert named.name == "Zed Zimmer"
    assert not in_unit(built, casework.may_read, team.amina, case_id)
    take_up(built, team.amina, case_id)
    assert in_unit(built, casework.may_read, team.amina, case_id)
    assert not in_unit(built, casework.may_read, team.ben, case_id)
    view = in_unit(built, casework.view_case, team.amina, case_id)
    assert (view.people.named[0].name, view.office, view.title) == ("Zed Zimmer", "Geneva", "")


@pytest.mark.req("P6")
def test_what_one_does_not_hold_is_not_found_whatever_one_asks(built: Built, team: Team) -> None:
    _, _, case_id = send_report(built, team.office)
    asks = (casework.names_to_check, casework.declare_no_conflict, casework.may_read, casework.view_case)
    for ask in asks:
        with pytest.raises(NotFound):
            in_unit(built, ask, team.ines, case_id)
    for act in ((casework.write_note, "x"), (casework.name_case, "x"), (casework.take_step, Act.ACKNOWLEDGE)):
        with pytest.raises(NotFound):
            in_unit(built, act[0], team.ines, case_id, act[1])


@pytest.mark.req("P5")
@pytest.mark.parametrize("role", sorted(STAFF - READERS))
def test_a_role_without_the_permission_works_on_nothing_even_with_a_grant(built: Built, team: Team, role: Role) -> None:
    _, _, case_id = send_report(built, team.office)
    take_up(built, team.amina, case_id)
    changed = StaffMember(team.amina.staff_id, "amina", "Amina", role, team.office.id, team.amina.pair)
    for permission in (Permission.OPEN_CASE, Permission.WRITE_NOTE, Permission.TAKE_STEP, Permission.ANSWER_REPORTER):
        with pytest.raises(NotAllowed):
            in_unit(built, casework.open_to_work, changed, case_id, permission)
    with pytest.raises(NotAllowed):
        in_unit(built, assignment.recuse, changed, case_id)


@pytest.mark.req("P7")
@pytest.mark.principle("informed_consent")
def test_every_opening_stands_in_her_ledger(built: Built, team: Team) -> None:
    _, reporter, case_id = send_report(built, team.office)
    for _ in range(2):
        read_case(built, team.amina, case_id)
    opened = [line for line in her_page(built, reporter, case_id).ledger if line.action is StaffEvent.CASE_OPENED]
    assert [line.who for line in opened] == ["Amina Diallo"] * 2


@pytest.mark.req("P1")
def test_notes_and_title_are_the_teams_and_she_reads_neither(built: Built, team: Team) -> None:
    _, reporter, case_id = send_report(built, team.office)
    take_up(built, team.amina, case_id)
    in_unit(built, casework.write_note, team.amina, case_id, "Spoke with HR.")
    in_unit(built, casework.name_case, team.amina, case_id, f"  {'The lift ' * 40} ")
    view = read_case(built, team.ben, case_id)
    assert [(note.position, note.author_name, note.text) for note in view.notes] == [
        (0, "Amina Diallo", "Spoke with HR.")
    ]
    assert view.title == ("The lift " * 40).strip()[:200]
    with reading(built.stores) as work:
        opened = open_case(work, reporter, built.house, case_id)
        assert casework.notes_of(work, opened) == []
    with pytest.raises(NotAllowed):
        in_unit(built, casework.write_note, team.amina, case_id, "  ")


@pytest.mark.req("L1", "L2", "U17")
def test_steps_follow_the_table_and_set_the_next_date(built: Built, team: Team) -> None:
    _, reporter, case_id = send_report(built, team.office)
    take_up(built, team.amina, case_id)
    assert her_page(built, reporter, case_id).opened.row.due_what == Clock.ACKNOWLEDGE
    for act, status, feedback in (
        (Act.ACKNOWLEDGE, Status.ASSESSING, date(2026, 6, 2)),
        (Act.BEGIN, Status.ADDRESSING, date(2026, 6, 2)),
        (Act.CONCLUDE, Status.CONCLUDED, None),
    ):
        assert in_unit(built, casework.take_step, team.amina, case_id, act) is status
        assert her_page(built, reporter, case_id).clocks.get(Clock.FEEDBACK) == feedback
        built.clock.forward(days=3)
    with pytest.raises(NotAllowed):
        in_unit(built, casework.take_step, team.amina, case_id, Act.CLOSE)
    in_unit(built, outcome.waive, reporter, case_id, waived=True)
    close_by_two(built, team.amina, team.ben, case_id)
    assert set(her_page(built, reporter, case_id).clocks) == {Clock.CHECK_IN}
    built.clock.forward(days=3)
    with pytest.raises(NotPossible):
        in_unit(built, casework.take_step, team.amina, case_id, Act.ACKNOWLEDGE)
    in_unit(built, casework.take_step, team.amina, case_id, Act.REOPEN)
    page = her_page(built, reporter, case_id)
    assert (page.status, page.opened.row.keep_until) == (Status.ASSESSING, None)
    assert page.clocks[Clock.FEEDBACK] == date(2026, 6, 14)
    assert [line.detail for line in page.ledger if line.action is StaffEvent.STEP_TAKEN][-2:] == ["close", "reopen"]


def test_what_is_hers_to_do_is_no_step_of_staff(built: Built, team: Team) -> None:
    _, _, case_id = send_report(built, team.office)
    take_up(built, team.amina, case_id)
    for act in (Act.WITHDRAW, Act.ERASE_LATER, Act.OPEN):
        with pytest.raises(NotPossible):
            in_unit(built, casework.take_step, team.amina, case_id, act)


@pytest.mark.req("L5")
def test_a_handler_without_a_key_is_shown_to_colleagues_as_one(built: Built, team: Team) -> None:
    _, _, case_id = send_report(built, team.office)
    in_unit(built, accounts.renew_code, None, team.ben.staff_id)
    view = read_case(built, team.amina, case_id)
    assert isinstance(view, CaseView)
    assert [(handler.display_name, handler.opens) for handler in view.handlers] == [
        ("Amina Diallo", True),
        ("Ben Okafor", False),
    ]


def test_a_story_whose_item_is_gone_is_not_found(built: Built, team: Team) -> None:
    _, _, case_id = send_report(built, team.office)
    take_up(built, team.amina, case_id)
    tamper(built, "DELETE FROM items WHERE kind = 'disclosure'")
    with pytest.raises(NotFound):
        in_unit(built, casework.view_case, team.amina, case_id)


@pytest.mark.req("P8")
def test_a_note_that_was_sent_twice_stands_there_once_and_another_persons_beside_it(built: Built, team: Team) -> None:
    _, _, case_id = send_report(built, team.office)
    for member in (team.amina, team.ben):
        take_up(built, member, case_id)
        for _ in range(2):
            in_unit(built, casework.write_note, member, case_id, "Spoke with HR.")
    notes = in_unit(built, casework.view_case, team.amina, case_id).notes
    assert [(note.position, note.author_name) for note in notes] == [(0, "Amina Diallo"), (1, "Ben Okafor")]
