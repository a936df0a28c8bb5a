"""The two-person rule: never one's own yes, never after its time, never twice, never by a forged row."""

import pytest
from sqlalchemy import text

from reporting.domain.oversight.audit import StaffEvent
from reporting.domain.people import Role
from reporting.domain.reading.approvals import Matter
from reporting.policy import Permission
from reporting.services.actors import StaffMember
from reporting.services.casework.case import open_to_work
from reporting.services.errors import NoSecondPerson, NotAllowed, NotFound
from reporting.services.oversight.audit import staff_ledger
from reporting.services.reading import approvals, assignment, requests
from reporting.services.reading.requests import RequestState
from reporting.services.survivor import choosing
from reporting.store.database import reading, writing
from reporting.store.requests import Request, find_request
from tests.builders import Built, Team, add_reader, in_unit, send_report
from tests.services.acts import take_up
from tests.services.together import at_once


def propose(built: Built, member: StaffMember, case_id: bytes, matter: Matter = Matter.CLOSING) -> bytes:
    with writing(built.stores) as work:
        opened = open_to_work(work, built.house, member, case_id, Permission.PROPOSE)
        return approvals.propose(work, built.house, member, opened, matter).id


def carry_out(built: Built, member: StaffMember, case_id: bytes, matter: Matter = Matter.CLOSING) -> None:
    with writing(built.stores) as work:
        opened = open_to_work(work, built.house, member, case_id, Permission.PROPOSE)
        approvals.carry_out(work, built.house, opened, matter)


def decide(built: Built, member: StaffMember, request_id: bytes, *, yes: bool = True) -> None:
    in_unit(built, approvals.decide, member, request_id, yes=yes)


def waiting(built: Built, member: StaffMember) -> list[approvals.Proposal]:
    with reading(built.stores) as work:
        return approvals.waiting_for(work, built.house, member)


def held_by_two(built: Built, team: Team) -> bytes:
    _, _, case_id = send_report(built, team.office)
    take_up(built, team.amina, case_id)
    take_up(built, team.ben, case_id)
    return case_id


def desk_only_sees(built: Built, member: StaffMember) -> approvals.Proposal:
    (found,) = waiting(built, member)
    return found


@pytest.mark.req("ASVS-2.3.5")
@pytest.mark.principle("safety")
def test_what_takes_two_people_is_done_once_with_another_persons_yes(built: Built, team: Team) -> None:
    case_id = held_by_two(built, team)
    request_id = propose(built, team.amina, case_id)
    with pytest.raises(NotAllowed):
        carry_out(built, team.amina, case_id)
    assert waiting(built, team.amina) == []
    with pytest.raises(NotFound):
        decide(built, team.amina, request_id)
    assert [one.matter for one in waiting(built, team.ben)] == [Matter.CLOSING]
    decide(built, team.ben, request_id)
    with pytest.raises(NotAllowed):
        carry_out(built, team.amina, case_id, Matter.EXPORT)
    carry_out(built, team.amina, case_id)
    with pytest.raises(NotAllowed):
        carry_out(built, team.amina, case_id)


def test_both_names_stand_in_the_chain(built: Built, team: Team) -> None:
    case_id = held_by_two(built, team)
    decide(built, team.ben, propose(built, team.amina, case_id))
    with reading(built.stores) as work:
        lines = [(e.action, e.actor_id, e.about_id, e.detail) for e in staff_ledger(work, built.house, case_id)[-2:]]
    assert lines == [
        (StaffEvent.SECOND_ASKED, team.amina.staff_id, None, "closing"),
        (StaffEvent.SECOND_AGREED, team.ben.staff_id, team.amina.staff_id, "closing"),
    ]


def test_a_no_is_a_no_and_one_may_ask_again(built: Built, team: Team) -> None:
    case_id = held_by_two(built, team)
    first = propose(built, team.amina, case_id)
    decide(built, team.ben, first, yes=False)
    with pytest.raises(NotFound):
        decide(built, team.ben, first)
    with pytest.raises(NotAllowed):
        carry_out(built, team.amina, case_id)
    assert propose(built, team.amina, case_id) != first


def test_asking_twice_makes_one_proposal(built: Built, team: Team) -> None:
    case_id = held_by_two(built, team)
    assert propose(built, team.amina, case_id) == propose(built, team.amina, case_id)
    assert len(waiting(built, team.ben)) == 1


def test_neither_a_question_nor_a_yes_counts_after_fourteen_days(built: Built, team: Team) -> None:
    case_id = held_by_two(built, team)
    request_id = propose(built, team.amina, case_id)
    decide(built, team.ben, propose(built, team.amina, case_id, Matter.HOLD))
    built.clock.forward(days=14)
    assert waiting(built, team.ben) == []
    with pytest.raises(NotFound):
        decide(built, team.ben, request_id)
    with pytest.raises(NotAllowed):
        carry_out(built, team.amina, case_id, Matter.HOLD)


def test_nobody_who_does_not_hold_the_case_decides(built: Built, team: Team) -> None:
    case_id = held_by_two(built, team)
    request_id = propose(built, team.amina, case_id)
    for stranger in (team.ines, team.desk_reader):
        assert waiting(built, stranger) == []
        with pytest.raises(NotFound):
            decide(built, stranger, request_id)


def test_where_nobody_else_handles_it_the_desk_is_asked_and_sees_nothing_of_the_case(built: Built, team: Team) -> None:
    case_id = held_by_two(built, team)
    in_unit(built, assignment.recuse, team.ben, case_id)
    request_id = propose(built, team.amina, case_id)
    assert desk_only_sees(built, team.desk_reader).case_id is None
    decide(built, team.desk_reader, request_id)
    carry_out(built, team.amina, case_id)


def test_whom_she_closed_out_is_never_asked(built: Built, team: Team) -> None:
    _, reporter, case_id = send_report(built, team.office)
    take_up(built, team.amina, case_id)
    for member in (team.ben, team.desk_reader):
        in_unit(built, choosing.close_to, reporter, case_id, member.staff_id)
    with pytest.raises(NoSecondPerson):
        propose(built, team.amina, case_id)
    other = add_reader(built, team.desk, Role.OUTSIDE_DESK, "Piotr Nowak")
    propose(built, team.amina, case_id)
    assert waiting(built, team.desk_reader) == []
    assert desk_only_sees(built, other).matter is Matter.CLOSING


def test_the_desk_is_asked_instead_after_three_silent_working_days(built: Built, team: Team) -> None:
    case_id = held_by_two(built, team)
    request_id = propose(built, team.amina, case_id)

    def ask_desk(member: StaffMember) -> None:
        in_unit(built, approvals.ask_desk, member, request_id)

    with pytest.raises(NotAllowed):
        ask_desk(team.amina)
    built.clock.forward(days=3)
    with pytest.raises(NotFound):
        ask_desk(team.ben)
    ask_desk(team.amina)
    with pytest.raises(NotFound):
        decide(built, team.ben, request_id)
    decide(built, team.desk_reader, desk_only_sees(built, team.desk_reader).request_id)
    carry_out(built, team.amina, case_id)


def test_whoever_leaves_takes_their_proposals_along(built: Built, team: Team) -> None:
    case_id = held_by_two(built, team)
    request_id = propose(built, team.amina, case_id)
    decide(built, team.ben, request_id)
    in_unit(built, assignment.recuse, team.amina, case_id)
    with reading(built.stores) as work:
        row = find_request(work.main, request_id)
        assert row is not None
        assert row.state == RequestState.LAPSED


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE requests SET ground = 'export'",
        "UPDATE requests SET expires_on = '2099-01-01'",
        "UPDATE requests SET asked_by = about_staff, about_staff = asked_by",
        "UPDATE approvals SET approver_id = (SELECT asked_by FROM requests)",
    ],
)
def test_a_row_that_somebody_wrote_into_the_database_counts_for_nothing(built: Built, team: Team, change: str) -> None:
    case_id = held_by_two(built, team)
    decide(built, team.ben, propose(built, team.amina, case_id))
    if "about_staff" in change:
        change = "UPDATE requests SET asked_by = (SELECT approver_id FROM approvals)"
    with built.stores.main.begin() as connection:
        connection.execute(text(change))
    for matter in (Matter.CLOSING, Matter.EXPORT):
        with pytest.raises(NotAllowed):
            carry_out(built, team.amina, case_id, matter)


def test_two_who_carry_it_out_at_once_do_it_once(built: Built, team: Team) -> None:
    case_id = held_by_two(built, team)
    decide(built, team.ben, propose(built, team.amina, case_id))
    people = (team.amina, team.ben)
    outcomes = at_once(lambda place: carry_out(built, people[place], case_id), 2)
    assert sorted(type(one).__name__ for one in outcomes) == ["NoneType", "NotAllowed"]


def test_a_request_of_this_kind_is_not_put_to_her(built: Built, team: Team) -> None:
    _, reporter, case_id = send_report(built, team.office)
    take_up(built, team.amina, case_id)
    request_id = propose(built, team.amina, case_id)
    with pytest.raises(NotFound):
        in_unit(built, requests.answer, reporter, case_id, request_id, yes=True)
    with reading(built.stores) as work:
        assert requests.asked_of_her(work, case_id) == []
        assert isinstance(find_request(work.main, request_id), Request)
