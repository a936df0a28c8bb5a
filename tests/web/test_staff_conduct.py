"""The code of conduct on the site: read and accepted before the first case opens, then once a year."""

import pytest

from reporting.domain.people import Role
from reporting.store.conduct import Acceptance
from reporting.store.database import writing
from tests.builders import Built, Team, add_staff, send_report
from tests.engines import on_sqlite
from tests.web.colleague import Colleague, at_case, at_work, words_of

pytestmark = on_sqlite
CONDUCT = "/en/staff/conduct"


@pytest.fixture
def amina(built: Built, team: Team) -> Colleague:
    """A case manager at work who has not accepted anything yet."""
    with writing(built.stores) as work:
        work.main.query(Acceptance).filter_by(staff_id=team.amina.staff_id).delete()
    return at_work(built, team.amina)


@pytest.mark.req("S2")
def test_every_page_of_a_case_leads_to_it_until_it_is_accepted(built: Built, team: Team, amina: Colleague) -> None:
    _, _, case_id = send_report(built, team.office, "Only for those who hold it.")
    for path in (at_case(case_id), at_case(case_id, "/names"), at_case(case_id, "/identity"), "/en/staff/inbox"):
        assert amina.get(path).headers["Location"] == CONDUCT, path
    page = amina.read(CONDUCT)
    assert "Please read this before a case opens to you." in page
    assert "Please tick this if you agree." in amina.refused(CONDUCT, {"version": "1"})
    assert amina.get(at_case(case_id)).headers["Location"] == CONDUCT
    page = amina.do(CONDUCT, {"version": "1", "yes": "y"})
    assert "You have accepted the code of conduct." in page
    assert amina.get(at_case(case_id, "/names")).status_code == 200
    page = words_of(amina.read(CONDUCT))
    assert "You accepted this on March 2, 2026. You are asked again on March 2, 2027." in page


@pytest.mark.req("S2")
def test_another_version_than_the_one_in_force_cannot_be_accepted(amina: Colleague) -> None:
    for forged in ("0", "", "2", "x" * 10_000, "\x00"):
        page = amina.do(CONDUCT, {"version": forged, "yes": "y"})
        assert "There is a new version now." in page
        assert "Please read this before" in page


@pytest.mark.principle("respect")
def test_words_that_were_typed_when_the_year_ended_are_still_there(built: Built, team: Team, amina: Colleague) -> None:
    _, _, case_id = send_report(built, team.office)
    page = amina.refused(at_case(case_id, "/messages"), {"message": "This took me an hour."})
    assert "This took me an hour." in page
    assert f'href="{CONDUCT}"' in page


@pytest.mark.principle("respect")
@pytest.mark.parametrize(
    ("form", "field"),
    [
        ("/messages", "message"),
        ("/guests", "name"),
        (f"/requests/{'0' * 32}/refuse", "reason"),
        ("/named-person/second", "why"),
    ],
)
def test_no_form_of_a_case_takes_the_question_of_conduct_or_conflict_for_a_refusal(
    built: Built, team: Team, amina: Colleague, form: str, field: str
) -> None:
    _, _, case_id = send_report(built, team.office)
    typed = {field: "This took me an hour."}
    page = amina.refused(at_case(case_id, form), typed)
    assert "First accept the code of conduct." in page
    assert "This took me an hour." in page
    page = at_work(built, team.ben).refused(at_case(case_id, form), typed)
    assert "First say whether you have ties" in page
    assert "This took me an hour." in page


@pytest.mark.req("S2")
def test_the_administrator_sees_who_has_accepted_and_when(built: Built, team: Team, amina: Colleague) -> None:
    ada = at_work(built, add_staff(built, team.office, Role.ADMINISTRATOR, "Ada Adeyemi"))
    one = f"/en/staff/accounts/{team.amina.staff_id.hex()}"
    assert "Not accepted yet" in ada.read(one)
    amina.do(CONDUCT, {"version": "1", "yes": "y"})
    assert "Version 1, accepted on March 2, 2026" in words_of(ada.read(one))
    assert "March 2, 2026" in words_of(ada.read("/en/staff/accounts"))
    assert ada.get(CONDUCT).status_code == 404, "a role that reads no case is not asked"
