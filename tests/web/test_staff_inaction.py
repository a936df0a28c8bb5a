"""Pages of the inaction monitor: my cases by case, everybody else in bands, and nobody both."""

import pytest

from reporting.domain.people import Role
from reporting.services.oversight import inaction
from tests.builders import Built, Team, add_office, add_staff, send_report
from tests.engines import on_sqlite
from tests.web.colleague import at_case, at_work, words_of

pytestmark = on_sqlite
MINE, OFFICES = "/en/staff/inaction", "/en/staff/inaction/offices"


@pytest.mark.req("S26")
def test_a_handler_finds_the_cases_that_lie_still(built: Built, team: Team) -> None:
    _, _, case_id = send_report(built, team.office)
    ben = at_work(built, team.ben)
    assert "None of the cases that you handle lies still." in ben.read(MINE)
    built.clock.forward(days=3)
    inaction.watch(built.stores, built.house)
    page = at_work(built, team.ben).read(MINE)
    assert at_case(case_id) in page
    assert "Not opened Nobody has opened it" in words_of(page)
    assert "Had to be done by March 4, 2026" in words_of(page)
    assert case_id.hex() not in at_work(built, team.desk_reader).read(MINE)


@pytest.mark.req("S26")
@pytest.mark.principle("confidentiality")
@pytest.mark.parametrize("role", [Role.AUDITOR, Role.ADMINISTRATOR])
def test_who_opens_no_case_sees_bands_and_no_case(built: Built, team: Team, role: Role) -> None:
    case_ids = [send_report(built, team.office)[2] for _ in range(7)]
    nina = add_staff(built, team.office, role, "Nina Noone")
    assert "Nothing can be shown yet" in at_work(built, nina).read(OFFICES)
    built.clock.forward(days=3)
    inaction.watch(built.stores, built.house)
    visitor = at_work(built, nina)
    page = visitor.read(OFFICES)
    said = words_of(page)
    assert "Geneva Not opened 5 to 9" in said
    assert "Geneva Nothing done 0 to 4" in said
    assert "As it stood in the week of March 2, 2026." in said
    assert "7" not in said.partition("As it stood")[2]
    assert "too few people work there" not in said
    assert not any(case_id.hex() in page for case_id in case_ids)
    assert visitor.get(MINE).status_code == 404


def test_offices_without_a_band_are_named_so_that_nobody_takes_silence_for_none(built: Built, team: Team) -> None:
    add_office(built, "Lima", head_count=20)
    inaction.watch(built.stores, built.house)
    said = words_of(at_work(built, add_staff(built, team.office, Role.AUDITOR, "Nina Noone")).read(OFFICES))
    assert "even together too few people work there: Lima." in said


@pytest.mark.parametrize("role", [Role.FOCAL_POINT, Role.LEGAL_AID_OFFICER])
def test_nobody_else_sees_either(built: Built, team: Team, role: Role) -> None:
    visitor = at_work(built, add_staff(built, team.office, role, "Nina Noone"))
    for path in (MINE, OFFICES):
        assert visitor.get(path).status_code == 404
    assert at_work(built, team.amina).get(OFFICES).status_code == 404
