"""Posters, cards, and the codes that lead from them: the right address, the right office, and nothing that follows."""

import re
from dataclasses import replace

import pytest
import segno

from reporting.domain.people import STAFF, Role
from reporting.policy import Permission, may_enter
from reporting.services.organisation import events
from reporting.services.organisation.events import EventFacts
from tests.builders import Built, Team, add_office, add_staff, in_unit
from tests.engines import on_sqlite
from tests.services.file.test_paper import needs_fonts
from tests.services.help.sheets import symbols_on, words_on
from tests.visitor import Visitor
from tests.web.colleague import Colleague, at_work, words_of
from tests.web.her import plain

pytestmark = [on_sqlite, needs_fonts]
POSTERS, EVENTS = "/en/staff/posters", "/en/staff/events"


@pytest.fixture
def dora(built: Built, team: Team) -> Colleague:
    """A directory editor at work."""
    return at_work(built, add_staff(built, team.office, Role.DIRECTORY_EDITOR, "Dora Ionescu"))


def says(made: bytes, address: str) -> bool:
    """Return whether every QR code of a sheet says exactly this."""
    symbol = tuple(tuple(map(bool, row)) for row in segno.make(address, error="m", micro=False).matrix)
    return set(symbols_on(made, len(symbol))) == {symbol}


@pytest.mark.req("S11")
@pytest.mark.parametrize("paper", ["poster.pdf", "cards.pdf"])
@pytest.mark.parametrize("tongue", ["en", "ar"])
def test_a_colleague_prints_in_each_language_with_a_code_or_without(
    built: Built, team: Team, dora: Colleague, paper: str, tongue: str
) -> None:
    known = replace(built.settings, address="https://notes.example.org")
    dora.built.app.extensions["harbour"] = replace(built.app.extensions["harbour"], settings=known)
    assert "https://notes.example.org" in dora.read(POSTERS)
    for code, path in (("", f"/{tongue}/"), (team.office.code, f"/{tongue}/c/{team.office.code}")):
        asked = dora.post(POSTERS, {"paper": paper, "tongue": tongue, "at": code})
        assert asked.status_code == 303
        answer = dora.get(asked.headers["Location"])
        assert answer.mimetype == "application/pdf"
        assert answer.headers["Content-Disposition"].startswith("attachment; ")
        assert says(answer.data, f"https://notes.example.org{path}")
        assert (team.office.code in words_on(answer.data)) is bool(code)


@pytest.mark.req("S11")
def test_without_a_set_address_the_page_says_which_one_it_takes(built: Built, dora: Colleague) -> None:
    page = words_of(dora.read(POSTERS))
    assert "Please check this address" in page
    assert "http://localhost" in page
    onion = replace(built.settings, onion="a" * 56 + ".onion")
    built.app.extensions["harbour"] = replace(built.app.extensions["harbour"], settings=onion)
    page = dora.read(POSTERS)
    assert f"http://{'a' * 56}.onion" in page
    assert "Please check this address" not in page


@pytest.mark.parametrize(
    "wrong",
    [
        {"paper": "poster.html"},
        {"paper": "../poster.pdf"},
        {"tongue": "fr"},
        {"tongue": ""},
        {"at": "nowhere"},
        {"at": "geneva?utm_source=x"},
        {"at": "\x00"},
    ],
)
def test_what_is_not_offered_is_not_printed(dora: Colleague, wrong: dict[str, str]) -> None:
    chosen = {"paper": "poster.pdf", "tongue": "en", "at": ""} | wrong
    assert "why=not-now" in dora.post(POSTERS, chosen).headers["Location"]
    answer = dora.get(f"{POSTERS}/{chosen['paper']}", query_string={"tongue": chosen["tongue"], "at": chosen["at"]})
    assert answer.status_code in (404, 405)


@pytest.mark.req("S11")
@pytest.mark.parametrize("paper", ["poster.pdf", "cards.pdf"])
def test_anyone_prints_without_a_code_from_the_library(built: Built, team: Team, paper: str) -> None:
    visitor = Visitor(built)
    for tongue in ("en", "ar"):
        assert f"/{tongue}/library/print/{paper}" in visitor.get(f"/{tongue}/library").text
        answer = visitor.get(f"/{tongue}/library/print/{paper}")
        assert answer.status_code == 200
        assert says(answer.data, f"http://localhost/{tongue}/")
        assert "Set-Cookie" not in answer.headers
        assert team.office.code not in words_on(answer.data)
    assert visitor.get("/en/library/print/other.pdf").status_code == 404


@pytest.mark.req("S2", "S11")
@pytest.mark.principle("support")
def test_a_code_goes_with_her_from_the_poster_to_the_office_and_stays_nowhere(
    built: Built, team: Team, dora: Colleague
) -> None:
    add_office(built, "Lima", is_open=True)
    today = built.house.today()
    facts = EventFacts("A training", team.office.id, today, today)
    in_unit(built, events.add_event, dora.member, "training-7", facts)
    built.clock.forward(days=400)
    her = Visitor(built)
    for code in (team.office.code, "training-7", "TRAINING-7"):
        page = her.get(f"/en/c/{code}")
        assert page.status_code == 200
        assert "Set-Cookie" not in page.headers
        assert f"The code {code.lower()} leads to {team.office.name}." in plain(page.text)
        assert f"/en/before-you-start/talk?at={code.lower()}" in page.text
        between = her.get(f"/en/before-you-start/talk?at={code.lower()}").text
        assert f'href="/en/write/talk?at={code.lower()}"' in between
        start = her.get(f"/en/write/talk?at={code.lower()}").text
        assert re.findall(r'name="office" value="([0-9a-f]{32})" checked', start) == [team.office.id.hex()]
        assert f'value="{code.lower()}"' in start
    assert her.post("/en/write/talk", {"at": "Training-7"}).headers["Location"] == "/en/write/before"
    assert team.office.name in her.get("/en/write/before").text


@pytest.mark.req("S2")
def test_a_code_of_an_event_opens_the_form_on_one_page_and_the_rules(built: Built, team: Team, dora: Colleague) -> None:
    add_office(built, "Lima", is_open=True)
    today = built.house.today()
    in_unit(built, events.add_event, dora.member, "training-7", EventFacts("A", team.office.id, today, today))
    assert team.office.name in Visitor(built).get("/en/write/talk/all?at=training-7").text
    assert team.office.name in Visitor(built).get("/en/rules?at=training-7").text


@pytest.mark.principle("respect")
@pytest.mark.parametrize("code", ["nowhere", "x" * 41, "a b", "<script>", "%00", "é", "a"])
def test_a_code_that_is_none_shuts_no_door(built: Built, code: str) -> None:
    answer = Visitor(built).get(f"/en/c/{code}")
    if code == "nowhere":
        assert "Everything on this page works without it." in plain(answer.text)
        assert answer.status_code == 200
    else:
        assert answer.status_code == 404
    assert "<script>alert" not in answer.text
    assert "at=" not in Visitor(built).get(f"/en/before-you-start/talk?at={code}").text or code == "nowhere"


@pytest.mark.req("S2")
def test_events_are_added_and_changed_and_their_code_stays(built: Built, team: Team, dora: Colleague) -> None:
    first, last = "2026-03-09", "2026-03-11"
    form = {
        "name": "A training",
        "code": "Training-7",
        "office": team.office.id.hex(),
        "starts_on": first,
        "ends_on": last,
    }
    page = dora.do(f"{EVENTS}/new", form)
    assert "The event is saved." in page
    (one,) = re.findall(rf"{EVENTS}/[0-9a-f]{{32}}", page)
    assert "training-7" in dora.read(one)
    assert "Another name" in dora.do(one, form | {"name": "Another name", "code": "other"})
    assert "training-7" in dora.read(EVENTS)
    built.clock.forward(days=30)
    assert "the code still leads there" in words_of(at_work(built, dora.member).read(EVENTS))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"name": ""}, "Please fill this in."),
        ({"code": "geneva"}, "An office or another event has this code."),
        ({"code": "with space"}, "Use 2 to 40 small letters"),
        ({"office": "0" * 32}, "Please choose one."),
        ({"starts_on": "soon"}, "Please give a day."),
        ({"ends_on": "2026-03-08"}, "The last day cannot come before the first."),
    ],
)
def test_an_event_that_does_not_fit_says_why(team: Team, dora: Colleague, wrong: dict[str, str], sentence: str) -> None:
    form = {"name": "A training", "code": "training-7", "office": team.office.id.hex()}
    days = {"starts_on": "2026-03-09", "ends_on": "2026-03-11"}
    assert sentence in words_of(dora.refused(f"{EVENTS}/new", form | days | wrong))
    assert dora.get(f"{EVENTS}/{'0' * 32}").status_code == 404
    assert dora.post(f"{EVENTS}/{'0' * 32}", form | days).status_code == 404


def test_what_is_wrong_in_two_fields_alike_is_told_apart(dora: Colleague) -> None:
    page = dora.refused("/en/staff/events/new", {"name": "Training", "code": "t-1"})
    assert ">First day – Please give a day.</a>" in page
    assert ">Last day – Please give a day.</a>" in page
    assert ">The office that takes reports about it – Please choose one.</a>" in page
    page = dora.refused(
        "/en/staff/events/new", {"name": "", "code": "t-1", "starts_on": "2026-12-01", "ends_on": "2026-12-02"}
    )
    assert ">Please fill this in.</a>" in page


@pytest.mark.parametrize("role", sorted(STAFF))
def test_pages_open_to_whom_the_policy_names(built: Built, team: Team, role: Role) -> None:
    known = {Role.CASE_MANAGER: team.amina, Role.INVESTIGATOR: team.ines, Role.OUTSIDE_DESK: team.desk_reader}
    member = known.get(role) or add_staff(built, team.office, role, f"Person {role.value[:4]}")
    colleague = at_work(built, member)
    for path, needed in ((POSTERS, Permission.MAKE_POSTERS), (EVENTS, Permission.KEEP_EVENTS)):
        assert colleague.get(path).status_code == (200 if may_enter(role, needed) else 404)


@pytest.mark.principle("confidentiality")
def test_whoever_comes_with_a_code_is_counted_nowhere(built: Built, team: Team, dora: Colleague) -> None:
    today = built.house.today()
    in_unit(built, events.add_event, dora.member, "training-7", EventFacts("A", team.office.id, today, today))
    files = [path for path in built.settings.data.iterdir() if path.is_file() and not path.name.endswith("-shm")]
    kept = [path.read_bytes() for path in files]
    assert Visitor(built).get("/en/c/training-7").status_code == 200
    assert [path.read_bytes() for path in files] == kept
