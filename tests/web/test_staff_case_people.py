"""Who handles a case: colleagues brought in within her choice, those who leave, and those who never get in."""

import pytest

from reporting.domain.people import Role
from reporting.domain.reading.consent import NewReaders
from reporting.domain.sealed.disclosure import People, Person
from reporting.services.casework import case as casework
from reporting.services.casework import messages
from reporting.services.survivor import choosing, erasure
from tests.builders import Built, Team, add_staff, in_unit, send_report, vouch_by
from tests.engines import on_sqlite
from tests.web.colleague import at_case, at_work
from tests.web.her import her_at

pytestmark = on_sqlite
STORY = "He waits at the lift.\n\n<b>Every</b> evening. مساء"


@pytest.mark.principle("informed_consent")
def test_a_colleague_gets_the_key_at_once_where_she_wants_to_be_told(built: Built, team: Team) -> None:
    token, _, case_id = send_report(built, team.office, STORY, new_readers=NewReaders.TELL)
    amina, ines = at_work(built, team.amina), at_work(built, team.ines)
    page = amina.do(at_case(case_id, "/names"))
    assert "Ines Moreau" in page
    assert "Ben Okafor</bdi></label>" not in page, "he handles it already"
    page = amina.do(at_case(case_id, "/colleagues"), {"colleague": team.ines.staff_id.hex()})
    assert "Your colleague holds a key now" in page
    assert "He waits at the lift." in ines.do(at_case(case_id, "/names"))
    assert "Ines Moreau" in her_at(built, token).read("/people")


@pytest.mark.principle("informed_consent")
def test_a_colleague_gets_nothing_before_her_yes_where_she_wants_to_be_asked(built: Built, team: Team) -> None:
    token, _, case_id = send_report(built, team.office, STORY, new_readers=NewReaders.ASK)
    amina, ines = at_work(built, team.amina), at_work(built, team.ines)
    assert "wants to be asked before anybody new" in amina.do(at_case(case_id, "/names"))
    page = amina.do(at_case(case_id, "/colleagues"), {"colleague": team.ines.staff_id.hex()})
    assert "The question stands on the reporter's page now." in page
    assert "whether Ines Moreau may read this. There is no answer yet." in page
    assert ines.get(at_case(case_id, "/names")).status_code == 404
    assert "Ines Moreau" in her_at(built, token).read()


@pytest.mark.req("U7")
def test_a_key_goes_to_nobody_who_is_closed_out_named_foreign_or_made_up(built: Built, team: Team) -> None:
    people = People(named=(Person(name="Moreau, Ines"),), excluded_staff=(team.ben.staff_id.hex(),))
    _, _, case_id = send_report(built, team.office, STORY, people=people)
    amina = at_work(built, team.amina)
    assert "There is nobody to bring in" in amina.do(at_case(case_id, "/names"))
    for closed in (team.ben, team.ines):
        page = amina.refused(at_case(case_id, "/colleagues"), {"colleague": closed.staff_id.hex()})
        assert "This person cannot be given this." in page
    admin = add_staff(built, team.office, Role.ADMINISTRATOR, "Ada Adeyemi")
    for foreign in (team.desk_reader.staff_id, admin.staff_id, bytes(16)):
        amina.refused(at_case(case_id, "/colleagues"), {"colleague": foreign.hex()})
    assert "Please choose a person." in amina.do(at_case(case_id, "/colleagues"), {"colleague": "x"})
    assert at_work(built, team.ben).get(at_case(case_id, "/names")).status_code == 404


def test_an_investigator_works_on_a_case_but_brings_nobody_in(built: Built, team: Team) -> None:
    _, _, case_id = send_report(built, team.office, STORY)
    amina, ines = at_work(built, team.amina), at_work(built, team.ines)
    amina.do(at_case(case_id, "/names"))
    amina.do(at_case(case_id, "/colleagues"), {"colleague": team.ines.staff_id.hex()})
    assert "Bring in a colleague" not in ines.do(at_case(case_id, "/names"))
    ines.refused(at_case(case_id, "/colleagues"), {"colleague": team.ben.staff_id.hex()}, 404)


@pytest.mark.req("U7")
def test_whoever_leaves_opens_nothing_again_and_the_others_go_on(built: Built, team: Team) -> None:
    token, reporter, case_id = send_report(built, team.office, STORY)
    amina, ben = at_work(built, team.amina), at_work(built, team.ben)
    page = amina.do(at_case(case_id, "/leave"))
    assert "You have left the case." in page
    assert amina.get(at_case(case_id)).status_code == 404
    in_unit(built, messages.write_as_reporter, reporter, case_id, "After the leaving.")
    assert "After the leaving." in ben.do(at_case(case_id, "/names"))
    assert "left your case" in her_at(built, token).read("/people")


def test_the_last_one_hands_the_case_to_the_outside_desk_or_stays(built: Built, team: Team) -> None:
    _, _, case_id = send_report(built, team.office, STORY)
    amina, ben, desk = (at_work(built, who) for who in (team.amina, team.ben, team.desk_reader))
    amina.do(at_case(case_id, "/leave"))
    ben.do(at_case(case_id, "/names"))
    ben.do(at_case(case_id, "/leave"))
    assert "He waits at the lift." in desk.do(at_case(case_id, "/names"))
    page = desk.do(at_case(case_id, "/leave"))
    assert "You are the last person who can open this case" in page
    assert "He waits at the lift." in desk.read(at_case(case_id))


def test_the_last_one_is_told_so_on_the_page_of_names_too(built: Built, team: Team) -> None:
    _, _, case_id = send_report(built, team.office, STORY, named=("Olga Petrenko", "Ben Okafor"))
    page = at_work(built, team.amina).do(at_case(case_id, "/leave"))
    assert "You are the last person who can open this case" in page
    assert "Names first" in page


@pytest.mark.principle("safety")
def test_a_case_that_she_closed_or_erased_is_gone_at_once(built: Built, team: Team) -> None:
    _, reporter, closed = send_report(built, team.office, STORY)
    _, other, erased = send_report(built, team.office, STORY)
    _, third, shut = send_report(built, team.office, STORY)
    amina = at_work(built, team.amina)
    for case_id in (closed, erased, shut):
        amina.do(at_case(case_id, "/names"))
    in_unit(built, erasure.close, reporter, closed)
    in_unit(built, erasure.erase_now, other, erased)
    in_unit(built, choosing.close_to, third, shut, team.amina.staff_id)
    for case_id in (closed, erased, shut):
        assert amina.get(at_case(case_id)).status_code == 404
        assert amina.post(at_case(case_id, "/messages"), {"message": "x"}).status_code == 404
    assert "You hold no case now." in amina.read("/en/staff/inbox")


def test_joining_an_office_opens_nothing_older(built: Built, team: Team) -> None:
    _, _, case_id = send_report(built, team.office, STORY)
    member = add_staff(built, team.office, Role.CASE_MANAGER, "Third Person", vouched=False)
    vouch_by(built, team.amina, member)
    third = at_work(built, member)
    in_unit(built, casework.declare_no_conflict, team.amina, case_id)
    in_unit(built, casework.name_case, team.amina, case_id, "Wintergreen")
    assert "Wintergreen" not in third.read("/en/staff/inbox")
