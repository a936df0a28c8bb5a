"""What survivors read of an organisation's rules: its definitions, its words for the ways in, and its dates."""

import pytest
from flask import Flask

from reporting.domain.casework.ways import Way
from reporting.domain.questions import Door
from reporting.services.errors import NotAllowed
from reporting.services.organisation import packs
from reporting.services.survivor import choosing
from reporting.store.offices import Office
from tests.builders import Built, Team, add_office, in_unit, send_report
from tests.domain.organisation.test_pack import STANDARD
from tests.engines import on_sqlite
from tests.visitor import Visitor
from tests.web.her import her_at, plain

pytestmark = on_sqlite

OWN = (
    STANDARD.replace(b"One incident is enough", b"Once is one too many")
    .replace(b"feedback_months = 3", b"feedback_months = 1")
    .replace(b"months = 0", b"months = 6")
    .replace(b"[doors.witness]\noffered = true", b"[doors.witness]\noffered = false")
    .replace(
        b"[doors.informal]\noffered = true",
        b'[doors.formal.en]\nlabel = "Ask for an inquiry"\nline = "Our rules."\n[doors.informal]\noffered = false',
    )
)


@pytest.fixture
def own(built: Built, team: Team) -> Office:
    """The organisation of the team, with rules of its own."""
    in_unit(built, packs.load, team.office.id, OWN)
    return team.office


def page_of(built: Built, path: str) -> str:
    """Return what a page says to somebody without a cookie."""
    answer = Visitor(built).get(path)
    assert answer.status_code == 200, (path, answer.status_code)
    return plain(answer.text)


@pytest.mark.req("S1", "U5")
def test_she_reads_the_definitions_dates_and_time_limits_of_the_organisation(built: Built, own: Office) -> None:
    page = page_of(built, "/en/rules")
    assert "Once is one too many" in page
    assert "Punishment for speaking up" in page
    assert "At most 1 month after that" in page
    assert "ask to report within 6 months" in page
    assert "takes what comes later all the same" in page
    assert "Ask for an inquiry" in page
    assert "I saw or heard something" not in page
    page = page_of(built, f"/en/rules?at={own.code}&version=1")
    assert "One incident is enough" in page
    assert "There is no time limit" in page
    assert "حادثة واحدة تكفي" in page_of(built, "/ar/rules?version=1")


@pytest.mark.req("S1")
def test_where_there_are_several_organisations_she_chooses_one(built: Built, own: Office) -> None:
    other = add_office(built, "Nairobi")
    page = Visitor(built).get("/en/rules").text
    assert "at=nairobi" in page
    assert "at=geneva" in page
    assert "Once is one too many" not in page
    assert "One incident is enough" in page_of(built, f"/en/rules?at={other.code}")
    assert "One incident is enough" in page_of(built, f"/en/rules?at={other.code}&version=2"), "a version of another"
    branch = add_office(built, "Branch", parent_id=own.id)
    assert "Once is one too many" in page_of(built, f"/en/rules?at={branch.code}")
    for odd in ("at=nowhere", "at=%00", "version=x", "at=outside-desk", "version=%D9%A2"):
        assert "Each of these has rules of its own" in page_of(built, f"/en/rules?{odd}")


def test_rules_are_told_as_not_there_before_there_is_an_organisation(empty: Built) -> None:
    assert "No place has rules here yet" in page_of(empty, "/en/rules")


@pytest.mark.req("S1")
@pytest.mark.usefixtures("own")
def test_the_first_page_offers_what_the_only_organisation_does_in_its_words(built: Built) -> None:
    for path in ("/en/", "/"):
        page = page_of(built, path)
        assert "Ask for an inquiry" in page
        assert "Informally: someone to talk to" not in page
        assert "I saw or heard something" not in page
        assert "Someone is punishing me for speaking up" in page
        assert "Ask a question" in page
    add_office(built, "Nairobi")
    page = page_of(built, "/en/")
    assert "Formally: an investigation" in page, "with several organisations, the words are the program's"
    assert "I saw or heard something" in page


@pytest.mark.req("S1")
def test_a_way_leads_only_to_places_that_offer_it(built: Built, own: Office, team: Team) -> None:
    her = Visitor(built)
    chosen = {"office": own.id.hex(), "at": own.code}
    page = plain(her.get("/en/write/seen").text)
    assert "No place here offers this way." in page
    assert "Nobody takes reports here yet" not in page
    assert her.post("/en/write/seen", chosen).status_code == 422
    assert her.post("/en/write/form", chosen).status_code == 303
    page = plain(her.get("/en/write/before").text)
    assert "Ask for an inquiry Our rules." in page
    assert "What the rules of Geneva say" in page
    assert "At most 1 month after that you hear there what was done." in page
    assert "ask to report within 6 months. This program takes what comes later all the same." in page
    other = add_office(built, "Nairobi", desk=team.desk, is_open=True)
    page = plain(her.get("/en/write/seen").text)
    assert "Nairobi" in page
    assert "Geneva" not in page
    assert "Geneva" not in plain(her.get(f"/en/write/seen/all?at={own.code}").text)
    assert her.post("/en/write/seen", {"office": other.id.hex()}).status_code == 303
    assert her.post("/en/write/seen", chosen).status_code == 422


@pytest.mark.req("S1", "U1")
def test_her_case_keeps_the_ways_and_the_version_under_which_it_came(built: Built, team: Team) -> None:
    token, reporter, case_id = send_report(built, team.office, door=Door.FORMAL)
    in_unit(built, packs.load, team.office.id, OWN)
    her = her_at(built, token)
    assert "Version 1 of the rules counts for your case, whatever is changed later." in plain(her.read())
    assert "Go on informally" in her.read("/choices")
    in_unit(built, choosing.change_way, reporter, case_id, Way.INFORMAL)
    later, reporter, case_id = send_report(built, team.office, door=Door.FORMAL)
    assert "Version 2 of the rules" in plain(her_at(built, later).read())
    assert "Go on informally" not in her_at(built, later).read("/choices")
    with pytest.raises(NotAllowed):
        in_unit(built, choosing.change_way, reporter, case_id, Way.INFORMAL)


def test_the_first_page_is_there_when_no_database_answers(built: Built) -> None:
    app: Flask = built.app
    assert app is not None
    built.stores.dispose()
    (built.settings.data / "reporting.db").unlink()
    assert "Formally: an investigation" in page_of(built, "/en/")
