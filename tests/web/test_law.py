"""What the law of a country says, on public pages and before the first word; over on its day, on every one of them."""

import re
from datetime import timedelta

import pytest

from reporting.domain.help.legal_profile import LegalProfile, Protection, TimeLimit
from reporting.domain.questions import Door
from reporting.services.help import legal_profiles
from reporting.services.survivor.composing import compose
from reporting.web.survivor.doors import DOORS
from tests.builders import Built, Team, in_unit, sign_law
from tests.domain.help.test_legal_profile import ENGLISH, ROMANIAN
from tests.engines import on_sqlite
from tests.services.acts import tamper
from tests.visitor import Visitor
from tests.web.her import Her, draft_of, plain

pytestmark = on_sqlite

LIMIT, DUTY, LAW = "Nine moons", "The duty of the tower.", "The law of the cellar."
WORD = next(word for word, door in DOORS.items() if door is Door.INFORMAL)


def sign(built: Built, team: Team, days: int = 10) -> None:
    """Sign the law where the team works, with things that no other page says."""
    sign_law(
        built,
        team.office,
        days=days,
        limits=(TimeLimit(LIMIT, "to go to the court of the moon"),),
        identity_duty=DUTY,
        hold_law=LAW,
    )


def begun(built: Built, team: Team) -> Her:
    """Return somebody who chose the office and stands before the first word."""
    her = Her(built)
    her.post(f"/en/write/{WORD}", {"office": team.office.id.hex()})
    return her


def version_on(page: str) -> str:
    """Return which version of the law the form of a page was made with."""
    (found,) = re.findall(r'name="law" value="(\d+)"', page)
    assert isinstance(found, str)
    return found


@pytest.mark.req("S12", "U5")
def test_the_page_of_a_country_says_who_checked_it_until_when_and_that_no_limit_stops_her(
    built: Built, team: Team
) -> None:
    sign(built, team)
    page = plain(Visitor(built).get("/en/law/CH").text)
    assert "Checked by Rita Voss" in page
    assert "valid until March 12, 2026" in page
    assert f"{LIMIT} to go to the court of the moon" in page
    assert "A limit never stops you from writing here." in page
    assert DUTY in page
    assert LAW in page
    listed = plain(Visitor(built).get("/en/law").text)
    assert "Switzerland Valid until March 12, 2026" in listed


@pytest.mark.req("S12")
@pytest.mark.principle("informed_consent")
def test_every_page_claims_until_the_last_day_and_nothing_of_it_from_the_next_on(built: Built, team: Team) -> None:
    sign(built, team)
    addresses = ("/en/law/CH", "/en/write/before", f"/en/write/{WORD}/all?at={team.office.code}")
    built.clock.forward(days=10)
    her = begun(built, team)
    for address in addresses:
        page = plain(her.get(address).text)
        assert DUTY in page, address
        assert LAW in page, address
    built.clock.forward(days=1)
    her = begun(built, team)
    for address in addresses:
        answer = her.get(address)
        page = plain(answer.text)
        assert answer.status_code == 200
        assert "March 12, 2026" in page, "when it ended is said"
        assert not {word for word in (DUTY, LAW, LIMIT, "Rita Voss") if word in page}, address
    listed = plain(her.get("/en/law").text)
    assert "Not checked lately" in listed
    assert "Switzerland It was valid until March 12, 2026" in listed


@pytest.mark.req("S12")
@pytest.mark.principle("informed_consent")
@pytest.mark.parametrize("country", ["", "NP"])
def test_where_nobody_checked_the_page_before_writing_says_so_and_claims_nothing(
    built: Built, team: Team, country: str
) -> None:
    if country:
        tamper(built, "UPDATE offices SET country = :country", country=country)
    her = begun(built, team)
    page = plain(her.get("/en/write/before").text)
    assert "Nobody has checked for us what the law" in page
    assert ("Nepal" in page) == bool(country)
    assert "nobody can open it unless you say so" in page
    assert her.post("/en/write/before", {"law": "0"}).status_code == 303
    assert her.get("/en/write/1").status_code == 200, "nothing stops her"
    assert (draft_of(built, her).law, draft_of(built, her).duty) == ("", "")


@pytest.mark.req("S12", "U3")
@pytest.mark.principle("informed_consent")
def test_what_the_page_showed_goes_with_the_draft_and_stays_whatever_changes(built: Built, team: Team) -> None:
    sign(built, team)
    her = begun(built, team)
    her.post("/en/write/before", {"law": version_on(her.get("/en/write/before").text)})
    sign_law(built, team.office, identity_duty="Another duty.", hold_law="Another law.")
    draft = draft_of(built, her)
    submission = compose(draft, built.house.today())
    assert (submission.law, submission.duty) == (LAW, DUTY)


@pytest.mark.req("S12", "U3")
@pytest.mark.principle("informed_consent")
@pytest.mark.parametrize("sent", [None, "", "0", "2", "x", "1" * 5000, "١"])
def test_a_version_that_the_page_did_not_show_counts_for_nothing(built: Built, team: Team, sent: str | None) -> None:
    sign(built, team)
    her = begun(built, team)
    answer = her.post("/en/write/before", {} if sent is None else {"law": sent})
    assert answer.status_code == 303
    assert (draft_of(built, her).law, draft_of(built, her).duty) == ("", "")


@pytest.mark.req("S12", "U3")
def test_a_law_that_changes_while_she_reads_counts_for_nothing(built: Built, team: Team) -> None:
    sign(built, team)
    her = begun(built, team)
    shown = version_on(her.get("/en/write/before").text)
    sign_law(built, team.office, hold_law="Another law.")
    her.post("/en/write/before", {"law": shown})
    assert (draft_of(built, her).law, draft_of(built, her).duty) == ("", "")


@pytest.mark.req("S12")
@pytest.mark.parametrize("country", ["XX", "md", "M1", "%00%00", "..", "ME0", "M"])
def test_what_is_no_country_is_not_found(built: Built, country: str) -> None:
    assert Visitor(built).get(f"/en/law/{country}").status_code in (404, 308)


@pytest.mark.req("S12")
def test_a_country_that_nobody_checked_has_a_page_that_claims_nothing(built: Built) -> None:
    answer = Visitor(built).get("/en/law/NP")
    assert answer.status_code == 200
    assert "Nobody has checked the law of this country for us" in plain(answer.text)


@pytest.mark.req("S12")
def test_the_first_language_stands_in_and_is_marked_as_what_it_is(built: Built) -> None:
    today = built.house.today()
    profile = LegalProfile(
        "MD", "Tamara", today.isoformat(), (today + timedelta(days=9)).isoformat(), (ROMANIAN, ENGLISH)
    )
    in_unit(built, legal_profiles.add_version, profile)
    assert "Nobody may be dismissed" in Visitor(built).get("/en/law/MD").text
    page = Visitor(built).get("/ar/law/MD").text
    assert 'lang="ro" dir="auto"' in page
    assert "Nimeni nu poate fi concediat" in page


@pytest.mark.req("S12", "P9")
def test_a_database_that_does_not_answer_takes_the_law_away_and_not_the_way_on(built: Built) -> None:
    with built.stores.main.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE legal_profiles RENAME TO gone")
    for address in ("/en/law", "/en/law/MD"):
        answer = Visitor(built).get(address)
        assert answer.status_code == 200
        assert "cannot be shown at the moment" in plain(answer.text)
        assert "/en/help" in answer.text


@pytest.mark.req("S12")
def test_words_of_a_reviewer_are_words_and_no_markup(built: Built, team: Team) -> None:
    sign_law(built, team.office, protections=(Protection("<script>alert(1)</script> & so on"),), hold_law="<b>x</b>")
    for page in (Visitor(built).get("/en/law/CH").text, begun(built, team).get("/en/write/before").text):
        assert "<script>alert" not in page
        assert "<b>x" not in page


@pytest.mark.req("S12", "P9")
def test_the_help_pages_lead_to_the_law_and_no_page_of_it_sets_a_cookie(built: Built) -> None:
    for address in ("/en/help", "/en/rights"):
        assert 'href="/en/law"' in Visitor(built).get(address).text
    for address in ("/en/law", "/en/law/MD"):
        assert "Set-Cookie" not in Visitor(built).get(address).headers
