"""What takes two people, at a browser: answered by a colleague, and by the outside desk where nobody answers."""

import re

import pytest

from reporting.domain.reading.approvals import Matter
from reporting.policy import Permission
from reporting.services.actors import StaffMember
from reporting.services.casework.case import open_to_work
from reporting.services.reading import approvals
from reporting.store.database import writing
from tests.builders import Built, Team, send_report
from tests.services.acts import take_up
from tests.web.colleague import at_case, at_work, words_of

PAGE = "/en/staff/approvals"


def proposed(built: Built, team: Team) -> bytes:
    _, _, case_id = send_report(built, team.office)
    take_up(built, team.amina, case_id)
    take_up(built, team.ben, case_id)
    propose(built, team.amina, case_id)
    return case_id


def propose(built: Built, member: StaffMember, case_id: bytes, matter: Matter = Matter.EXPORT) -> None:
    with writing(built.stores) as work:
        opened = open_to_work(work, built.house, member, case_id, Permission.PROPOSE)
        approvals.propose(work, built.house, member, opened, matter)


@pytest.mark.parametrize("matter", Matter)
def test_what_is_asked_leads_to_the_page_on_which_its_reasons_stand(built: Built, team: Team, matter: Matter) -> None:
    _, _, case_id = send_report(built, team.office)
    take_up(built, team.amina, case_id)
    take_up(built, team.ben, case_id)
    propose(built, team.amina, case_id, matter)
    ben = at_work(built, team.ben)
    (there,) = set(re.findall(rf'href="({at_case(case_id)}[^"]*)"', ben.read(PAGE)))
    assert (there == at_case(case_id)) == (matter is Matter.CLOSING)
    assert ben.get(there).status_code == 200


@pytest.mark.req("ASVS-2.3.5")
@pytest.mark.principle("safety")
def test_a_silent_office_does_not_stop_what_takes_two_people(built: Built, team: Team) -> None:
    proposed(built, team)
    amina, ben = at_work(built, team.amina), at_work(built, team.ben)
    mine = words_of(amina.read(PAGE))
    assert "It waits for a colleague who handles the case." in mine
    assert "I agree" not in mine
    assert "Ask the outside desk" not in mine
    assert "What you asked for" not in words_of(ben.read(PAGE))
    built.clock.forward(days=3)
    amina.sign_in(team.amina)
    (target,) = re.findall(rf'action="({PAGE}/[0-9a-f]{{32}}/desk)"', amina.read(PAGE))
    assert "It waits for somebody at the outside desk." in words_of(amina.do(target))
    olga = at_work(built, team.desk_reader)
    page = olga.read(PAGE)
    (decide,) = re.findall(rf'action="({PAGE}/[0-9a-f]{{32}}/decide)"', page)
    assert "You do not see the case" in words_of(page)
    assert "You agreed." in olga.do(decide, {"answer": "yes"})
    assert "What you asked for" not in words_of(amina.read(PAGE))


def test_anything_but_a_clear_yes_is_a_no(built: Built, team: Team) -> None:
    proposed(built, team)
    ben = at_work(built, team.ben)
    (decide,) = re.findall(rf'action="({PAGE}/[0-9a-f]{{32}}/decide)"', ben.read(PAGE))
    assert "You did not agree." in ben.do(decide, {"answer": "YES"})
    ben.refused(decide, {"answer": "yes"}, status=404)
