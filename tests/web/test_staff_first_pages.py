"""The honest first pages of those who handle no case."""

from reporting.domain.case import CaseKind
from reporting.domain.people import Role
from tests.builders import Built, Team, add_staff, send_report
from tests.engines import on_sqlite
from tests.web.colleague import at_work, words_of

pytestmark = on_sqlite
ACCOUNTS = "/en/staff/accounts"


def test_the_focal_point_sees_public_facts_and_no_report(built: Built, team: Team) -> None:
    send_report(built, team.office)
    fiona = at_work(built, add_staff(built, team.office, Role.FOCAL_POINT, "Fiona Costa"))
    page = words_of(fiona.read("/en/staff/statistics"))
    assert "Reports can be sent to this office." in page
    assert "People who work there 120" in page
    assert "checked and vouched for 3" in page
    assert "There are none in this release" in page
    for path in ("/en/staff/inbox", ACCOUNTS, "/en/staff/audit", "/en/staff/fund"):
        assert fiona.get(path).status_code == 404


def test_the_legal_aid_officer_sees_no_fund_yet_and_no_numbers(built: Built, team: Team) -> None:
    leo = at_work(built, add_staff(built, team.office, Role.LEGAL_AID_OFFICER, "Leo Haddad"))
    page = leo.read("/en/staff/fund")
    assert "There is no fund yet, so nobody can ask." in page
    assert "do not ask whether somebody reported" in page
    assert 'href="/en/help"' in page
    assert leo.get("/en/staff/statistics").status_code == 404


def test_a_complaint_is_nowhere_counted_for_the_focal_point(built: Built, team: Team) -> None:
    fiona = at_work(built, add_staff(built, team.office, Role.FOCAL_POINT, "Fiona Costa"))
    before = fiona.read("/en/staff/statistics")
    send_report(built, team.office, kind=CaseKind.COMPLAINT)
    assert fiona.read("/en/staff/statistics") == before
