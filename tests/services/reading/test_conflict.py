"""Who a named person is: sealed, at once, checked before every later sealing, and read by her."""

import ast
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

import reporting
from reporting.domain.casework.tasks import TaskKind
from reporting.domain.people import Role
from reporting.domain.reading.approvals import Matter
from reporting.domain.reading.conflict import Link, Tie
from reporting.domain.reading.consent import NewReaders
from reporting.domain.sealed.disclosure import People, Person
from reporting.policy import Permission
from reporting.services.actors import StaffMember
from reporting.services.casework import worklist
from reporting.services.casework.case import declare_no_conflict, names_to_check, open_to_work, view_case, write_note
from reporting.services.casework.inbox import Filters, inbox
from reporting.services.casework.search import search
from reporting.services.casework.task_list import all_my_tasks
from reporting.services.casework.tasks import NewTask, add_task
from reporting.services.errors import ClosedTo, LastHolder, NamesFirst, NoSecondPerson, NotAllowed, NotFound
from reporting.services.oversight.inaction import still_cases
from reporting.services.reading import approvals, conflict, identity
from reporting.services.reading.assignment import assign, candidates, recuse
from reporting.services.reading.consent import people_of
from reporting.services.reading.handover import carried, hand_over, set_leaving
from reporting.services.reading.lines import set_supervisor
from reporting.services.reading.requests import RequestState, answer
from reporting.services.sealed.sealing import open_case
from reporting.services.survivor.choosing import open_to
from reporting.store.audit import AuditEvent
from reporting.store.clocks import told_to
from reporting.store.database import reading, writing
from reporting.store.requests import requests_of
from tests.builders import (
    Built,
    Team,
    add_desk,
    add_office,
    add_reader,
    add_staff,
    in_unit,
    send_report,
    vouch_by,
)
from tests.services.acts import (
    ask_first,
    declare_duty,
    grants,
    her_page,
    holders,
    opens,
    read_case,
    story_holders,
    take_up,
    tamper,
    waiting_requests,
)
from tests.services.together import meanwhile

pytestmark = [pytest.mark.req("U7"), pytest.mark.req("S18")]


def say(built: Built, who: StaffMember, case_id: bytes, target: bytes, tie: Tie = Tie.ACCOUNT) -> bool:
    """Let a handler say who a named person is; return whether the handler still holds the case."""
    return bool(in_unit(built, conflict.link, who, case_id, tie, target, 0))


def people_in(built: Built, who: StaffMember, case_id: bytes) -> People:
    """Return the record of the people as a holder reads it."""
    with reading(built.stores) as work:
        return people_of(work, open_case(work, who, built.house, case_id))


def sent_to(built: Built, team: Team, **more: object) -> tuple[object, bytes]:
    """Send a report that names somebody, and let Amina take it up."""
    _, reporter, case_id = send_report(built, team.office, named=("The tall one from logistics",), **more)  # type: ignore[arg-type]
    take_up(built, team.amina, case_id)
    return reporter, case_id


@pytest.mark.principle("confidentiality")
def test_whoever_is_linked_loses_every_key_at_once_and_she_reads_it(built: Built, team: Team) -> None:
    reporter, case_id = sent_to(built, team)
    assert say(built, team.amina, case_id, team.ben.staff_id) is True
    assert not opens(built, team.ben, case_id)
    assert holders(built, case_id) == {team.amina.staff_id}
    assert b"s" + team.ben.staff_id not in {grant.holder for grant in grants(built, case_id)}
    page = her_page(built, reporter, case_id)  # type: ignore[arg-type]
    (link,) = page.people.links
    assert (link.by_name, link.name, link.lost) == ("Amina Diallo", "Ben Okafor", ("Ben Okafor",))
    assert [reader.display_name for reader in page.readers] == ["Amina Diallo"]
    assert [one.display_name for one in page.others if one.linked] == ["Ben Okafor"]


@pytest.mark.principle("confidentiality")
def test_nothing_outside_the_seal_says_who_was_linked(built: Built, team: Team) -> None:
    """An auditor or administrator may be the one who is named."""
    _, case_id = sent_to(built, team)
    auditor = add_staff(built, team.office, Role.AUDITOR, "Vera Lindqvist")
    say(built, team.amina, case_id, auditor.staff_id)
    with reading(built.stores) as work:
        (event,) = work.main.query(AuditEvent).where(AuditEvent.action == "person_linked")
        assert (event.about_id, event.detail, event.actor_id) == (None, "", team.amina.staff_id)


def test_no_row_beside_a_case_names_somebody_who_was_shut_out(built: Built, team: Team) -> None:
    """That they were told of a day would say in plain rows whose case it was once."""
    _, case_id = sent_to(built, team)
    tamper(
        built,
        "INSERT INTO escalations (case_id, clock, staff_id, told_on) VALUES (:case, 'acknowledge', :ben, '2026-03-09')",
        case=case_id,
        ben=team.ben.staff_id,
    )
    say(built, team.amina, case_id, team.ben.staff_id)
    with reading(built.stores) as work:
        assert told_to(work.main, team.ben.staff_id, [case_id]) == set()


def test_the_line_of_a_named_leader_is_shut_out_with_the_leader(built: Built, team: Team) -> None:
    leader = add_staff(built, team.office, Role.FOCAL_POINT, "Kofi Mensah")
    in_unit(built, set_supervisor, None, team.ben.staff_id, leader.staff_id)
    in_unit(built, set_supervisor, None, team.ines.staff_id, team.ben.staff_id)
    _, case_id = sent_to(built, team)
    in_unit(built, assign, team.amina, case_id, team.ines.staff_id)
    assert say(built, team.amina, case_id, leader.staff_id)
    assert holders(built, case_id) == {team.amina.staff_id}
    assert not opens(built, team.ben, case_id)
    assert not opens(built, team.ines, case_id)


def test_where_nobody_in_the_office_is_left_the_outside_desk_takes_it(built: Built, team: Team) -> None:
    leader = add_staff(built, team.office, Role.FOCAL_POINT, "Kofi Mensah")
    for one in (team.amina, team.ben):
        in_unit(built, set_supervisor, None, one.staff_id, leader.staff_id)
    _, case_id = sent_to(built, team)
    assert say(built, team.amina, case_id, leader.staff_id) is False, "Amina works under the leader"
    assert holders(built, case_id) == story_holders(built, case_id) == {team.desk_reader.staff_id}
    assert not opens(built, team.amina, case_id)
    assert read_case(built, team.desk_reader, case_id).people.links[0].name == "Kofi Mensah"


def test_a_named_head_of_an_office_goes_to_the_outside_desk_with_or_without_an_account(
    built: Built, team: Team
) -> None:
    _, case_id = sent_to(built, team)
    assert say(built, team.amina, case_id, team.office.id, Tie.OFFICE) is False
    assert holders(built, case_id) == {team.desk_reader.staff_id}
    for one in (team.amina, team.ben, team.ines):
        assert not opens(built, one, case_id)


def test_where_the_outside_desk_cannot_take_it_nothing_happens(built: Built, team: Team) -> None:
    _, case_id = sent_to(built, team)
    tamper(built, "UPDATE staff SET state = 'disabled' WHERE id = :id", id=team.desk_reader.staff_id)
    with pytest.raises(LastHolder):
        say(built, team.amina, case_id, team.office.id, Tie.OFFICE)
    assert holders(built, case_id) == {team.amina.staff_id, team.ben.staff_id}
    assert people_in(built, team.amina, case_id).links == ()


def test_no_later_sealing_passes_a_link(built: Built, team: Team) -> None:
    _, case_id = sent_to(built, team, new_readers=NewReaders.TELL)
    say(built, team.amina, case_id, team.ines.staff_id)
    with pytest.raises(ClosedTo):
        in_unit(built, assign, team.amina, case_id, team.ines.staff_id)
    with reading(built.stores) as work:
        opened = open_case(work, team.amina, built.house, case_id)
        assert candidates(work, built.house, team.amina, opened) == []
    in_unit(built, recuse, team.ben, case_id)
    assert story_holders(built, case_id) == {team.amina.staff_id}


def test_a_question_that_waited_on_her_page_ends_with_the_link(built: Built, team: Team) -> None:
    reporter, case_id = sent_to(built, team, new_readers=NewReaders.ASK)
    ask_first(built, team.amina, case_id, team.ines.staff_id)
    (asked,) = waiting_requests(built, reporter, case_id)  # type: ignore[arg-type]
    say(built, team.amina, case_id, team.ines.staff_id)
    assert waiting_requests(built, reporter, case_id) == []  # type: ignore[arg-type]
    with pytest.raises(NotFound):
        in_unit(built, answer, reporter, case_id, asked.request_id, yes=True)


def test_whoever_joins_the_line_later_gets_no_key(built: Built, team: Team) -> None:
    _, case_id = sent_to(built, team)
    leader = add_staff(built, team.office, Role.FOCAL_POINT, "Kofi Mensah")
    say(built, team.amina, case_id, leader.staff_id)
    newcomer = add_staff(built, team.office, Role.CASE_MANAGER, "Noor Aziz", vouched=False)
    in_unit(built, set_supervisor, None, newcomer.staff_id, leader.staff_id)
    vouch_by(built, team.amina, newcomer)
    with pytest.raises(ClosedTo):
        in_unit(built, assign, team.amina, case_id, newcomer.staff_id)


def test_a_handler_who_comes_into_the_line_later_opens_nothing_any_more(built: Built, team: Team) -> None:
    _, case_id = sent_to(built, team)
    take_up(built, team.ben, case_id)
    leader = add_staff(built, team.office, Role.FOCAL_POINT, "Kofi Mensah")
    say(built, team.amina, case_id, leader.staff_id)
    in_unit(built, set_supervisor, None, team.ben.staff_id, leader.staff_id)
    with pytest.raises(NotFound):
        in_unit(built, view_case, team.ben, case_id)
    in_unit(built, view_case, team.amina, case_id)  # whoever opens it next takes the key, too
    assert holders(built, case_id) == {team.amina.staff_id}


def in_the_line_since(built: Built, team: Team) -> bytes:
    """Let Ben come into the line of a named leader after it was said; return the case of which he still has a key."""
    _, case_id = sent_to(built, team)
    take_up(built, team.ben, case_id)
    leader = add_staff(built, team.office, Role.FOCAL_POINT, "Kofi Mensah")
    say(built, team.amina, case_id, leader.staff_id)
    task = NewTask(TaskKind.EVIDENCE, "Ask the driver", team.ben.staff_id, date(2026, 3, 9))
    in_unit(built, add_task, team.amina, case_id, task)
    proposed(built, team.amina, case_id)
    in_unit(built, set_leaving, None, team.ben.staff_id, date(2026, 3, 30))
    in_unit(built, set_supervisor, None, team.ben.staff_id, leader.staff_id)
    return case_id


@pytest.mark.principle("confidentiality")
def test_whoever_comes_into_the_line_later_finds_no_sign_of_the_case_before_anybody_takes_the_key(
    built: Built, team: Team
) -> None:
    case_id = in_the_line_since(built, team)
    assert team.ben.staff_id in story_holders(built, case_id), "nobody has opened it since: the key is still there"
    house, ben = built.house, team.ben
    with reading(built.stores) as work:
        assert inbox(work, house, ben, Filters()) == ([], None)
        assert worklist.rows(work, house, ben) == []
        found = search(work, house, ben, "logistics")
        assert (list(found.hits), found.looked_through) == ([], 0)
        assert all_my_tasks(work, house, ben) == []
        assert approvals.waiting_for(work, house, ben) == []
        assert still_cases(work, house, ben) == []
        assert carried(work, house, ben) == []
        (waiting,) = requests_of(work.main, case_id, RequestState.WAITING)
        request_id = waiting.id
    for act, *about in (
        (names_to_check, case_id),
        (declare_no_conflict, case_id),
        (recuse, case_id),
        (hand_over, case_id, None),
        (view_case, case_id),
    ):
        with pytest.raises(NotFound):
            in_unit(built, act, ben, *about)
    with pytest.raises(NotFound):
        in_unit(built, approvals.decide, ben, request_id, yes=True)


def test_any_act_of_a_colleague_takes_the_key_from_whoever_came_into_the_line(built: Built, team: Team) -> None:
    case_id = in_the_line_since(built, team)
    in_unit(built, write_note, team.amina, case_id, "Nothing new.")
    assert holders(built, case_id) == story_holders(built, case_id) == {team.amina.staff_id}
    assert b"s" + team.ben.staff_id not in {grant.holder for grant in grants(built, case_id)}


def test_whoever_leaves_is_not_kept_from_the_desk_by_somebody_who_came_into_the_line(built: Built, team: Team) -> None:
    case_id = in_the_line_since(built, team)
    in_unit(built, recuse, team.amina, case_id)
    assert holders(built, case_id) == story_holders(built, case_id) == {team.desk_reader.staff_id}


def test_a_second_person_at_the_desk_who_comes_into_the_line_decides_nothing(built: Built, team: Team) -> None:
    _, case_id = sent_to(built, team)
    leader = add_staff(built, team.office, Role.FOCAL_POINT, "Kofi Mensah")
    say(built, team.amina, case_id, leader.staff_id)
    in_unit(built, recuse, team.ben, case_id)
    proposed(built, team.amina, case_id)
    with reading(built.stores) as work:
        (waiting,) = approvals.waiting_for(work, built.house, team.desk_reader)
    in_unit(built, set_supervisor, None, team.desk_reader.staff_id, leader.staff_id)
    in_unit(built, view_case, team.amina, case_id)
    with pytest.raises(NotFound):
        in_unit(built, approvals.decide, team.desk_reader, waiting.request_id, yes=True)


def test_an_administrator_cannot_bring_somebody_back_by_moving_them_in_the_line(built: Built, team: Team) -> None:
    leader = add_staff(built, team.office, Role.FOCAL_POINT, "Kofi Mensah")
    in_unit(built, set_supervisor, None, team.ines.staff_id, leader.staff_id)
    _, case_id = sent_to(built, team)
    say(built, team.amina, case_id, leader.staff_id)
    in_unit(built, set_supervisor, None, team.ines.staff_id, None)
    with pytest.raises(ClosedTo):
        in_unit(built, assign, team.amina, case_id, team.ines.staff_id)


def test_half_a_key_of_the_identity_goes_with_the_rest_and_no_half_follows(built: Built, team: Team) -> None:
    declare_duty(built, team.office)
    second = add_reader(built, team.desk, Role.OUTSIDE_DESK, "Pia Sorensen")
    _, case_id = sent_to(built, team)
    take_up(built, team.ben, case_id)
    in_unit(built, identity.ask_by_duty, team.ben, case_id, identity.Ground.RISK_TO_LIFE)
    say(built, team.amina, case_id, second.staff_id)
    assert b"s" + second.staff_id not in {grant.holder for grant in grants(built, case_id)}
    say(built, team.amina, case_id, team.ben.staff_id)
    with reading(built.stores) as work:
        (request,) = requests_of(work.main, case_id)
        assert request.state == RequestState.LAPSED
        assert identity.to_approve(work, built.house, team.desk_reader) == []
    assert {grant.holder for grant in grants(built, case_id) if grant.holder[:1] == b"s"} == {
        b"s" + team.amina.staff_id,
        b"s" + team.desk_reader.staff_id,
    }


def test_nobody_who_is_linked_is_asked_as_the_second_person(built: Built, team: Team) -> None:
    _, case_id = sent_to(built, team)
    say(built, team.amina, case_id, team.ben.staff_id)
    say(built, team.amina, case_id, team.desk_reader.staff_id)
    with reading(built.stores) as work:
        opened = open_case(work, team.amina, built.house, case_id)
        with pytest.raises(NoSecondPerson):
            approvals.propose(work, built.house, team.amina, opened, Matter.CLOSING)


@pytest.mark.parametrize("comes", ["linked", "under"])
def test_the_yes_of_whoever_proves_to_be_named_or_under_them_counts_for_nothing(
    built: Built, team: Team, comes: str
) -> None:
    _, case_id = sent_to(built, team)
    take_up(built, team.ben, case_id)
    request_id = proposed(built, team.amina, case_id)
    in_unit(built, approvals.decide, team.ben, request_id, yes=True)
    come_into_the_line(built, team, case_id, comes)
    with reading(built.stores) as work:
        opened = open_case(work, team.amina, built.house, case_id)
        assert approvals.is_agreed(work, built.house, opened, Matter.CLOSING) is None


def test_whoever_comes_into_the_line_decides_nothing_any_more(built: Built, team: Team) -> None:
    declare_duty(built, team.office)
    carla = add_staff(built, team.office, Role.CASE_MANAGER, "Carla Ruiz", vouched=False)
    vouch_by(built, team.amina, carla)
    _, case_id = sent_to(built, team)
    take_up(built, team.ben, case_id)
    take_up(built, carla, case_id)
    request_id = proposed(built, team.amina, case_id)
    in_unit(built, identity.ask_by_duty, team.amina, case_id, identity.Ground.RISK_TO_LIFE)
    come_into_the_line(built, team, case_id, "under")
    with reading(built.stores) as work:
        assert approvals.waiting_for(work, built.house, team.ben) == []
        assert identity.to_approve(work, built.house, team.ben) == []
        (duty,) = identity.to_approve(work, built.house, carla)
        assert [one.request_id for one in approvals.waiting_for(work, built.house, carla)] == [request_id]
    with pytest.raises(NotFound):
        in_unit(built, approvals.decide, team.ben, request_id, yes=True)
    with pytest.raises(NotFound):
        in_unit(built, identity.approve, team.ben, duty.request_id)


def proposed(built: Built, who: StaffMember, case_id: bytes) -> bytes:
    """Ask a second person to agree to closing."""
    with writing(built.stores) as work:
        opened = open_to_work(work, built.house, who, case_id, Permission.PROPOSE)
        return approvals.propose(work, built.house, who, opened, Matter.CLOSING).id


def come_into_the_line(built: Built, team: Team, case_id: bytes, how: str) -> None:
    """Let Ben be linked himself, or come to work under somebody who is."""
    if how == "linked":
        say(built, team.amina, case_id, team.ben.staff_id)
        return
    leader = add_staff(built, team.office, Role.FOCAL_POINT, "Kofi Mensah")
    say(built, team.amina, case_id, leader.staff_id)
    in_unit(built, set_supervisor, None, team.ben.staff_id, leader.staff_id)


@pytest.mark.principle("informed_consent")
def test_she_opens_it_again_by_name_and_a_colleague_then_works_on(built: Built, team: Team) -> None:
    reporter, case_id = sent_to(built, team)
    say(built, team.amina, case_id, team.ben.staff_id)
    in_unit(built, open_to, reporter, case_id, team.ben.staff_id)
    assert read_case(built, team.ben, case_id).people.opened_to == (team.ben.staff_id.hex(),)
    in_unit(built, recuse, team.amina, case_id)  # a new generation: it reaches Ben, because she said so
    assert read_case(built, team.ben, case_id).people.opened_to == (team.ben.staff_id.hex(),)


def test_only_who_said_it_takes_it_back_and_nobody_gets_a_key_by_that(built: Built, team: Team) -> None:
    reporter, case_id = sent_to(built, team)
    take_up(built, team.ben, case_id)
    say(built, team.amina, case_id, team.ines.staff_id)
    (said,) = people_in(built, team.ben, case_id).links
    with pytest.raises(NotAllowed):
        in_unit(built, conflict.unlink, team.ben, case_id, said.id)
    in_unit(built, conflict.unlink, team.amina, case_id, said.id)
    assert not opens(built, team.ines, case_id)
    (undone,) = her_page(built, reporter, case_id).people.links  # type: ignore[arg-type]
    assert undone.undone_by == "Amina Diallo"
    with pytest.raises(NotFound):
        in_unit(built, conflict.unlink, team.amina, case_id, said.id)
    in_unit(built, assign, team.amina, case_id, team.ines.staff_id)
    assert opens(built, team.ines, case_id)


def test_what_a_colleague_said_who_has_left_can_be_taken_back_by_who_stays(built: Built, team: Team) -> None:
    _, case_id = sent_to(built, team)
    take_up(built, team.ben, case_id)
    say(built, team.amina, case_id, team.ines.staff_id)
    in_unit(built, recuse, team.amina, case_id)
    (said,) = people_in(built, team.ben, case_id).links
    in_unit(built, conflict.unlink, team.ben, case_id, said.id)
    assert not people_in(built, team.ben, case_id).links[0].holds


def test_said_twice_it_stands_there_once(built: Built, team: Team) -> None:
    _, case_id = sent_to(built, team)
    assert say(built, team.amina, case_id, team.ines.staff_id)
    assert say(built, team.amina, case_id, team.ines.staff_id)
    assert len(people_in(built, team.amina, case_id).links) == 1


def test_what_has_nothing_to_do_with_the_case_cannot_be_linked(built: Built, team: Team) -> None:
    other = add_office(built, "Nairobi", desk=add_desk(built, "Second desk"))
    stranger = add_reader(built, other, Role.CASE_MANAGER, "Carla Santos")
    _, case_id = sent_to(built, team)
    for target, tie in (
        (b"x" * 16, Tie.ACCOUNT),
        (stranger.staff_id, Tie.ACCOUNT),
        (other.id, Tie.OFFICE),
        (team.office.id, Tie.ACCOUNT),
        (team.ben.staff_id, Tie.OFFICE),
    ):
        with pytest.raises(NotFound):
            say(built, team.amina, case_id, target, tie)
    with pytest.raises(NotAllowed):
        say(built, team.amina, case_id, team.amina.staff_id)
    with pytest.raises(NotFound):
        in_unit(built, conflict.link, team.amina, case_id, Tie.ACCOUNT, team.ben.staff_id, 7)
    with pytest.raises(NamesFirst):
        say(built, team.ben, case_id, team.ines.staff_id)
    with pytest.raises(NotFound):
        say(built, stranger, case_id, team.ines.staff_id)
    with pytest.raises(NotFound):
        in_unit(built, conflict.unlink, stranger, case_id, "0" * 32)
    assert people_in(built, team.amina, case_id).links == ()


def test_two_who_shut_each_other_out_at_once_do_not_both_succeed(built: Built, team: Team) -> None:
    _, case_id = sent_to(built, team)
    take_up(built, team.ben, case_id)
    got = meanwhile(
        built,
        lambda work: conflict.link(work, built.house, team.amina, case_id, Tie.ACCOUNT, team.ben.staff_id),
        lambda work: conflict.link(work, built.house, team.ben, case_id, Tie.ACCOUNT, team.amina.staff_id),
    )
    assert isinstance(got, NotFound)
    assert holders(built, case_id) == {team.amina.staff_id}


def test_a_record_from_before_there_were_links_is_still_read() -> None:
    old = b'{"excluded_staff":[],"excluded_words":[],"format":1,"named":[],"opened_to":["aa"],"what":"people"}'
    assert People.from_bytes(old) == People(opened_to=("aa",))
    link = Link("1" * 32, Tie.LINE, "2" * 32, "Ben", "him", "3" * 32, "Amina", "2026-11-23", ("4" * 32,), ("Ben",))
    people = People(named=(Person(name="him"),), links=(link, replace(link, undone_on="2026-11-24")))
    assert People.from_bytes(people.to_bytes()) == people


def test_every_sealing_to_staff_and_every_look_at_who_is_closed_out_stands_where_it_is_checked() -> None:
    """A new place that seals a key has to come through `readers.closed_to`, or be added here with a reason."""
    seals, looks = set(), set()
    root = Path(reporting.__file__).parent
    for path in (*root.glob("services/**/*.py"), *root.glob("web/**/*.py"), *root.glob("cli/*.py")):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call):
                name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
                seals |= {path.stem} if name == "seal_key" else set()
                looks |= {path.stem} if name == "closes" and path.stem != "conflict" else set()
    # report: to the audience that `readers` found; tokens: to her alone; identity: only to who still holds the case;
    # guests: to somebody whom she named; own: to her tokens alone.
    assert seals == {"consent", "report", "tokens", "identity", "guests", "own"}
    assert looks == {"readers"}
