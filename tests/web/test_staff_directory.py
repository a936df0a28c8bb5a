"""The staff side of the directory: looking, checking, changing, and what is refused beside its field."""

import re
from typing import Any
from uuid import UUID

import pytest
from markupsafe import escape

from reporting.domain.directory.essentials import ESSENTIAL
from reporting.domain.directory.taxonomies import Telling
from reporting.domain.people import Role
from reporting.services.help.exchange import compare, take_out_tables
from reporting.services.help.packages import from_files
from reporting.store.database import reading, writing
from reporting.store.directory import read_records
from reporting.store.settings import DEMO_MARK, put_setting
from tests.builders import Built, Team, add_staff
from tests.directory import add_entry, add_help
from tests.engines import on_sqlite
from tests.web.colleague import Colleague, at_work, words_of

pytestmark = on_sqlite
DIRECTORY = "/en/staff/directory"
LINE = {
    "name": "A line",
    "what": "Someone to talk to.",
    "pathways": ["mhpss.crisis"],
    "countries": "md",
    "numbers": "0 8008 8008\n+373 22 24 06 24, from abroad",
    "url": "https://example.org/",
    "languages": "RO, ru",
    "hours": "mon-fri 09:00-17:00",
    "time_zone": "Europe/Chisinau",
    "anonymous_ok": "yes",
    "what_happens": "Somebody answers.",
}
WITHOUT_CASES = (Role.LEGAL_AID_OFFICER, Role.ADMINISTRATOR, Role.AUDITOR)
MARKUP = '<script>alert("x")</script>'


@pytest.fixture
def lucia(built: Built, team: Team) -> Colleague:
    """The directory editor at work."""
    return at_work(built, add_staff(built, team.office, Role.DIRECTORY_EDITOR, "Lucia Botezatu"))


@pytest.fixture
def nina(built: Built, team: Team) -> Colleague:
    """A focal point at work."""
    return at_work(built, add_staff(built, team.office, Role.FOCAL_POINT, "Nina Petrova"))


def add(colleague: Colleague, **more: Any) -> str:
    """Add an entry and return its address."""
    answer = colleague.post(f"{DIRECTORY}/new", LINE | more)
    assert answer.status_code == 303
    return str(answer.headers["Location"]).partition("?")[0]


def version(page: str) -> str:
    """Return the version that a page was read in."""
    return str(re.findall(r'name="version" value="([0-9a-f]{32})"', page)[0])


@pytest.mark.req("P9")
def test_an_entry_is_added_checked_changed_and_taken_out(lucia: Colleague) -> None:
    one = add(lucia)
    page = lucia.read(one)
    said = words_of(page)
    assert "Not checked by us yet." in said
    assert "Its telephone numbers are shown to nobody" in said
    for word in ("0 8008 8008", "from abroad", "Moldova", "Romanian", "mon tue wed thu fri 09:00-17:00"):
        assert word in said
    assert "Who will know?" in said
    assert "What nobody has answered yet" in said
    page = lucia.do(f"{one}/check", {"version": version(page), "how": "called"})
    assert "Noted: you have checked this entry today." in page
    assert "Lucia Botezatu: I called." in words_of(page)
    page = lucia.do(f"{one}/edit", LINE | {"version": version(page), "what": "Someone who listens."})
    assert "Checked by us on" in page
    page = lucia.do(f"{one}/edit", LINE | {"version": version(page), "numbers": "+1 900 555 0100"})
    assert "Not checked by us yet." in page
    page = lucia.do(f"{one}/out", {"version": version(page)})
    assert "Bring it back" in page
    assert "Taken out" in lucia.read(DIRECTORY)
    assert "Take it out" in lucia.do(f"{one}/back", {"version": version(page)})


@pytest.mark.req("P9")
def test_what_an_arabic_keyboard_writes_is_read_as_well(lucia: Colleague) -> None:
    typed = {
        "countries": "md، ro",
        "languages": "ro،ar",
        "numbers": "٠ ٨٠٠٨ ٨٠٠٨\n+٣٧٣ ٢٢ ٢٤ ٠٦ ٢٤، من الخارج",
        "hours": "mon، wed ٠٩:٠٠-١٧:٠٠",
    }
    said = words_of(lucia.read(add(lucia, **typed)))
    for word in ("0 8008 8008", "+373 22 24 06 24 – من الخارج", "Moldova", "Romania", "Arabic", "mon wed 09:00-17:00"):
        assert word in said


@pytest.mark.req("P9")
def test_of_those_never_checked_what_is_near_and_what_an_office_needs_stands_first(lucia: Colleague) -> None:
    in_the_world = {"countries": "", "worldwide": "y"}
    add(lucia, name="A far guide", pathways=["knowledge"], **in_the_world)
    add(lucia, name="B far line", **in_the_world)
    add(lucia, name="C near police", pathways=["justice.police"])
    add(lucia, name="D near line")
    page = lucia.read(DIRECTORY)
    names = ("D near line", "C near police", "B far line", "A far guide")
    places = [page.index(f"<bdi>{name}</bdi>") for name in names]
    assert places == sorted(places)


@pytest.mark.req("P9")
def test_what_was_pasted_unseen_is_dropped_so_that_what_is_exported_can_be_imported(
    built: Built, lucia: Colleague
) -> None:
    add(lucia, name="A \u202bline", what="Someone\x0b to\x1b talk to.\u2069\r\nAlways. \u200fنعم", cost="\x00Free")
    with reading(built.stores) as work:
        assert compare(work, from_files(take_out_tables(work))).is_empty
        row = read_records(work.main)["service"][0]
    assert (row["name"], row["description"]) == ("A line", "Someone to talk to.\nAlways. \u200fنعم")


@pytest.mark.req("P9")
def test_the_way_of_checking_is_one_of_ours(lucia: Colleague) -> None:
    one = add(lucia)
    for how in ("", "guessed", "CALLED"):
        page = lucia.do(f"{one}/check", {"version": version(lucia.read(one)), "how": how})
        assert "Please say how you checked it." in page
        assert "Not checked by us yet." in page


@pytest.mark.req("P9")
def test_the_most_urgent_stands_first(built: Built, lucia: Colleague) -> None:
    add_help(built)
    for name, days in {"Old": 366, "Soon": 340, "Late": 200, "Fine": 3, "Never": None}.items():
        add_entry(built, name, days=days)
    page = lucia.read(DIRECTORY)
    places = [page.index(f"<bdi>{name}</bdi>") for name in ("Old", "Soon", "Never", "Late", "Fine")]
    assert places == sorted(places)
    assert "Urgent help is missing" not in page
    assert "Needs without any service" in page


@pytest.mark.req("P9")
def test_a_long_list_is_shown_whole_when_asked_for(built: Built, lucia: Colleague) -> None:
    for place in range(41):
        add_entry(built, f"Line {place:02}")
    assert "<bdi>Line 40</bdi>" not in lucia.read(DIRECTORY)
    assert "<bdi>Line 40</bdi>" in lucia.read(f"{DIRECTORY}?look=never")
    assert "<bdi>Line 40</bdi>" not in lucia.read(f"{DIRECTORY}?look={'x' * 3000}")


@pytest.mark.req("G1")
@pytest.mark.principle("safety")
def test_a_gap_stands_on_top_for_the_editor_beside_the_office_and_before_the_focal_point(
    built: Built, lucia: Colleague, nina: Colleague, ada: Colleague, team: Team
) -> None:
    page = words_of(lucia.read(DIRECTORY))
    assert "Urgent help is missing" in page
    assert "Medical care now, Someone to talk to now, Legal advice" in page
    assert "Urgent help is missing" in nina.read("/en/staff/statistics")
    assert "Urgent help is missing" in ada.read("/en/staff/offices")
    office = ada.read(f"/en/staff/offices/{team.office.id.hex()}")
    assert office.count("Missing in the directory for its country") == len(ESSENTIAL)
    add_help(built)
    assert "Urgent help is missing" not in lucia.read(DIRECTORY)
    assert "Urgent help is missing" not in nina.read("/en/staff/statistics")
    assert "Urgent help is missing" not in ada.read("/en/staff/offices")
    assert "Urgent help for its country is in the directory" in ada.read(f"/en/staff/offices/{team.office.id.hex()}")


@pytest.mark.req("P9")
def test_a_fresh_house_loads_what_ships_and_is_told_that_nobody_has_checked_it(lucia: Colleague) -> None:
    page = lucia.read(DIRECTORY)
    assert "Load the worldwide entries that ship" in page
    page = lucia.do(f"{DIRECTORY}/load", {"set": "international"})
    assert "Nobody has checked them yet." in page
    assert "StopNCII" in page
    assert "Load the worldwide entries that ship" not in page
    for name in ("../../etc/passwd", "", "INTERNATIONAL"):
        assert lucia.post(f"{DIRECTORY}/load", {"set": name}).status_code == 404


@pytest.mark.req("P9")
@pytest.mark.parametrize(
    ("other", "told"),
    [
        ({"name": " "}, "Please fill this in."),
        ({"name": "x" * 5000}, "This is too long"),
        ({"what": "x" * 30_000}, "This is too long"),
        ({"pathways": ["no.such"]}, "Please choose what it is for."),
        ({"countries": "XX"}, "Codes of countries of two letters"),
        ({"countries": "worldwide"}, "Please say in which countries"),
        ({"url": "javascript:alert(1)"}, "A web address begins with https://"),
        ({"url": "example.org"}, "A web address begins with https://"),
        ({"email": "a@b@c"}, "This is not one mail address"),
        ({"numbers": "call us"}, "One number a line"),
        ({"numbers": "112\n" * 41}, "at most 40"),
        ({"languages": "Română"}, "Codes of languages"),
        ({"hours": "always"}, "One line for each time"),
        ({"time_zone": "../etc/passwd"}, "No time zone is called this."),
        ({"time_zone": ""}, "Hours need the time zone"),
        ({"city": "Chisinau"}, "An address needs a street and a city."),
        (
            {"pathways": ["safety.shelter"], "street": "Strada 1", "city": "Chisinau"},
            "A shelter never has an address here",
        ),
    ],
)
def test_what_cannot_be_kept_is_refused_beside_its_field_and_stays_on_the_page(
    lucia: Colleague, other: dict[str, Any], told: str
) -> None:
    page = lucia.refused(f"{DIRECTORY}/new", LINE | other)
    assert told in page
    assert "What you wrote is still here." in page
    assert "Somebody answers." in page
    assert "<bdi>A line</bdi>" not in lucia.read(DIRECTORY)


@pytest.mark.req("P9")
def test_whoever_edits_what_changed_meanwhile_reads_both_and_loses_nothing(lucia: Colleague, nina: Colleague) -> None:
    one = add(lucia)
    read = version(lucia.read(f"{one}/edit"))
    nina.do(f"{one}/edit", LINE | {"version": read, "numbers": "112", "pathways": ["mhpss.crisis", "legal.aid"]})
    page = lucia.refused(f"{one}/edit", LINE | {"version": read, "what": "My own words."})
    assert "Somebody else changed this entry meanwhile" in page
    assert "My own words." in page
    clash = words_of(page.partition('class="facts"')[2].partition("</dl>")[0])
    assert "Telephone numbers 112" in clash
    assert "Someone to talk to now, Legal advice" in clash
    assert "Web page" not in clash
    assert "My own words." in lucia.do(f"{one}/edit", LINE | {"version": version(page), "what": "My own words."})


def test_a_check_of_an_older_version_and_a_forged_one_count_for_nothing(lucia: Colleague, nina: Colleague) -> None:
    one = add(lucia)
    read = version(lucia.read(one))
    nina.do(f"{one}/edit", LINE | {"version": read, "numbers": "+1 900 555 0100"})
    for forged in (read, "", "0" * 32, "x" * 3000):
        page = lucia.do(f"{one}/check", {"version": forged, "how": "called"})
        assert "somebody changed this entry meanwhile" in page
        assert "Not checked by us yet." in page


@pytest.mark.principle("confidentiality")
def test_markup_in_any_field_is_only_text(built: Built, lucia: Colleague) -> None:
    marked = dict.fromkeys(("name", "what", "organization", "for_whom", "cost", "street", "city"), MARKUP)
    marked |= {telling.value: MARKUP for telling in Telling} | {"numbers": f"112, {MARKUP}"}
    one = add(lucia, **marked)
    for page in (one, f"{one}/edit", DIRECTORY):
        text = lucia.get(page).text
        assert MARKUP not in text
        assert str(escape(MARKUP)) in text
    with reading(built.stores) as work:
        assert [row["name"] for row in read_records(work.main)["service"]] == [MARKUP]


def test_what_was_never_on_offer_is_not_kept(built: Built, lucia: Colleague) -> None:
    forged = {"status": "defunct", "assured_date": "2026-01-01", "id": "1", "checked_by": "Me", "how": "called"}
    one = add(lucia, anonymous_ok="perhaps", lgbti="no", **forged)
    assert "Not checked by us yet." in lucia.read(one)
    with reading(built.stores) as work:
        (service,) = read_records(work.main)["service"]
    assert service["status"] == "active"
    assert "assured_date" not in service
    assert service["id"] == str(UUID(one.rpartition("/")[2]))
    page = lucia.read(f"{one}/edit")
    assert re.search(r'<select id="anonymous_ok".*?<option value="" selected', page, re.DOTALL)
    assert re.search(r'<select id="lgbti".*?<option value="no" selected', page, re.DOTALL)


def test_an_entry_that_is_not_there_is_not_found(lucia: Colleague) -> None:
    nobody = f"{DIRECTORY}/{'0' * 32}"
    assert lucia.get(nobody).status_code == 404
    assert lucia.get(f"{nobody}/edit").status_code == 404
    for step in ("edit", "check", "out", "back"):
        assert lucia.post(f"{nobody}/{step}", {"version": "0" * 32, "how": "called"}).status_code == 404


@pytest.mark.principle("confidentiality")
def test_only_the_editor_and_the_focal_point_keep_it_and_the_focal_point_gets_nothing_else_by_it(
    built: Built, team: Team, lucia: Colleague, nina: Colleague
) -> None:
    one = add(nina)
    assert "Directory" in lucia.read(DIRECTORY)
    others = [add_staff(built, team.office, role, f"Person {role.value[:4]}") for role in WITHOUT_CASES]
    for member in (team.amina, team.ines, team.desk_reader, *others):
        other = at_work(built, member)
        assert other.get(DIRECTORY).status_code == 404
        assert other.post(f"{one}/check", {"how": "called"}).status_code == 404
    for place in ("library", "cases", "offices", "accounts", "record", "policy", "fund", "settings"):
        assert nina.get(f"/en/staff/{place}").status_code == 404, place


def test_the_demo_says_that_its_numbers_are_shown(built: Built, lucia: Colleague) -> None:
    one = add(lucia)
    with writing(built.stores) as work:
        put_setting(work.main, DEMO_MARK, b"\x01")
    assert "shown to nobody" not in lucia.read(one)
    page = lucia.read(DIRECTORY)
    assert "This is a demonstration" in page
    assert "shown to nobody" not in page


def test_a_change_stands_in_the_record_with_the_entry_and_without_a_word_of_it(
    built: Built, team: Team, lucia: Colleague
) -> None:
    one = add(lucia, name="Secret name")
    auditor = at_work(built, add_staff(built, team.office, Role.AUDITOR, "Luis Ortega"))
    found = auditor.read("/en/staff/audit/staff")
    assert "Added a service to the directory" in found
    assert str(UUID(one.rpartition("/")[2])) in found
    assert "Lucia Botezatu" in found
    assert "Secret name" not in found
