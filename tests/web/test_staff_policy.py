"""The rules on staff pages: in force, before, compared; for those who work by them and for nobody else."""

import pytest

from reporting.domain.people import Role
from reporting.services.organisation import packs
from tests.builders import Built, Team, add_office, add_reader, add_staff, in_unit, send_report
from tests.domain.organisation.test_pack import changed
from tests.engines import on_sqlite
from tests.services.acts import take_up
from tests.web.colleague import Colleague, at_case, at_work, words_of

pytestmark = on_sqlite

FASTER = changed("feedback_months = 3", "feedback_months = 2")


@pytest.mark.req("S1")
def test_staff_see_the_rules_in_force_and_what_changed(built: Built, team: Team) -> None:
    amina = at_work(built, team.amina)
    page = words_of(amina.read("/en/staff/policy"))
    assert "In force: version 1" in page
    assert "2 working days, at most 7 days" in page
    assert "One incident is enough" in page
    assert "is not as it was loaded" not in page
    assert "There is no time limit" in page
    in_unit(built, packs.load, team.office.id, FASTER)
    page = words_of(amina.read("/en/staff/policy"))
    assert "In force: version 2" in page
    assert "Earlier versions Version 1" in page
    page = words_of(amina.read("/en/staff/policy?before=1&after=2"))
    assert "1 place differs" in page
    assert "clocks.feedback_months 3 2" in page
    assert "Nothing differs." in amina.read("/en/staff/policy?before=2&after=2")
    assert "Rules that ship with Harbour" in amina.read("/en/staff/policy?version=1")


@pytest.mark.req("S1")
def test_a_case_names_the_version_that_it_keeps(built: Built, team: Team) -> None:
    case_id = send_report(built, team.office)[2]
    in_unit(built, packs.load, team.office.id, FASTER)
    take_up(built, team.amina, case_id)
    page = at_work(built, team.amina).read(at_case(case_id))
    assert '/en/staff/policy?version=1">Version 1</a>' in page


@pytest.mark.req("S1")
def test_nobody_is_shown_the_rules_of_another_organisation(built: Built, team: Team, ada: Colleague) -> None:
    other = add_office(built, "Nairobi", desk=team.desk)
    carla = at_work(built, add_reader(built, other, Role.CASE_MANAGER, "Carla Santos"))
    in_unit(built, packs.load, team.office.id, changed("Rules that ship with Harbour", "Rules of Geneva"))
    for address in ("/en/staff/policy", "/en/staff/policy?version=2", "/en/staff/policy?before=1&after=2"):
        assert "Geneva" not in carla.read(address)
    desk = at_work(built, team.desk_reader)
    for colleague in (desk, ada):
        page = colleague.read("/en/staff/policy")
        assert "Rules of Geneva" in page
        assert "Nairobi" in page


@pytest.mark.parametrize("query", ["version=x", "version=-1", "version=1e9", "before=1&after=99999999999", "version=٢"])
def test_an_address_of_no_version_shows_what_is_in_force(built: Built, team: Team, query: str) -> None:
    assert "In force: version 1" in words_of(at_work(built, team.ines).read(f"/en/staff/policy?{query}"))


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.FOCAL_POINT, Role.LEGAL_AID_OFFICER])
def test_the_rules_are_no_page_of_those_who_read_no_case(built: Built, team: Team, role: Role) -> None:
    assert at_work(built, add_staff(built, team.office, role, "Person X")).get("/en/staff/policy").status_code == 404
