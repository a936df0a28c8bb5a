"""Offices and settings: public facts, who could read there, and nothing of any case."""

import re

import pytest

from reporting.services.organisation import accounts
from tests.builders import Built, Team, in_unit
from tests.directory import add_help
from tests.engines import on_sqlite
from tests.web.colleague import Colleague, words_of

pytestmark = on_sqlite
OFFICES = "/en/staff/offices"
LIMA = {
    "name": "Lima",
    "code": "lima",
    "head_count": "45",
    "parent": "",
    "desk": "",
    "country": "PE",
    "time_zone": "America/Lima",
    "reader_languages": "es, en",
    "emergency": "105",
}


def test_an_office_is_added_changed_and_opened_when_somebody_reads(team: Team, ada: Colleague) -> None:
    page = ada.do(f"{OFFICES}/new", {**LIMA, "desk": team.desk.id.hex()})
    assert "The office is saved." in page
    assert "0 vouched case managers; two are needed" in page
    (office_id,) = re.findall(rf'action="{OFFICES}/([0-9a-f]{{32}})"', page)
    one = f"{OFFICES}/{office_id}"
    assert "This office cannot take reports yet." in ada.do(f"{one}/open")
    assert "Not open yet" in ada.read(OFFICES)
    assert 'value="46"' in ada.do(one, {**LIMA, "head_count": "46"})
    assert ada.get(f"{OFFICES}/{'0' * 32}").status_code == 404


@pytest.mark.principle("safety")
def test_only_a_short_number_is_taken_for_emergencies(team: Team, ada: Colleague) -> None:
    one = f"{OFFICES}/{team.office.id.hex()}"
    sent = ada.post(one, {**LIMA, "code": "geneva", "emergency": "+1 900 555 0100"})
    assert sent.status_code == 422
    assert "Please give a whole number" in sent.text
    assert "0100" not in re.sub('value="[^"]*"', "", sent.text)
    assert 'value="105"' in ada.do(one, {**LIMA, "code": "geneva"})


@pytest.mark.req("L1")
def test_the_working_calendar_of_an_office_is_kept_and_shown_again(team: Team, ada: Colleague) -> None:
    one = f"{OFFICES}/{team.office.id.hex()}"
    assert re.findall(r'value="(\w{3})" checked', ada.read(one)) == ["sat", "sun"]
    written = "2027-01-01 New Year\n\n2026-12-25   Christmas\n"
    page = ada.do(one, {**LIMA, "code": "geneva", "weekend": ["fri", "sat"], "holidays": written})
    assert re.findall(r'value="(\w{3})" checked', page) == ["fri", "sat"]
    assert "2026-12-25 Christmas\n2027-01-01 New Year" in page
    assert re.findall(r'value="(\w{3})" checked', ada.do(one, {**LIMA, "code": "geneva"})) == []


def test_languages_are_kept_with_one_comma_whichever_was_typed(team: Team, ada: Colleague) -> None:
    page = ada.do(f"{OFFICES}/{team.office.id.hex()}", {**LIMA, "code": "geneva", "reader_languages": "es،en ar"})
    assert 'value="es, en, ar"' in page


def test_an_office_with_two_case_managers_and_a_desk_can_be_opened(built: Built, team: Team, ada: Colleague) -> None:
    add_help(built)
    in_unit(built, shut, team.office.id)
    one = f"{OFFICES}/{team.office.id.hex()}"
    assert "Open it for reports" in ada.read(one)
    assert "The office takes reports now." in ada.do(f"{one}/open")
    assert "Open it for reports" not in ada.read(one)


def shut(work: object, _house: object, office_id: bytes) -> None:
    """Put an office back to where it was before it was opened; no page does this."""
    from reporting.store.database import Work
    from reporting.store.offices import find_office

    assert isinstance(work, Work)
    office = find_office(work.main, office_id)
    assert office is not None
    office.is_open = False


def test_an_outside_desk_stays_one_whatever_is_sent(team: Team, ada: Colleague) -> None:
    one = f"{OFFICES}/{team.desk.id.hex()}"
    ada.do(one, {**LIMA, "code": "desk"})
    page = ada.read(one)
    assert 'name="external"' not in page
    assert "Outside desk" in page
    ada.do(f"{OFFICES}/{team.office.id.hex()}", {**LIMA, "external": "y"})
    assert "Vouched case managers" in ada.read(OFFICES)


@pytest.mark.parametrize(
    ("other", "told"),
    [
        ({"code": "geneva"}, "Another office has this code."),
        ({"code": "G!"}, "Use 2 to 40 small letters"),
        ({"head_count": "-1"}, "Please give a whole number"),
        ({"head_count": "٣"}, "Please give a whole number"),
        ({"head_count": "9" * 30}, "Please give a whole number"),
        ({"time_zone": "Mars/Olympus"}, "No time zone is called this."),
        ({"time_zone": "../etc/passwd"}, "No time zone is called this."),
        ({"weekend": ["mon", "tue", "wed", "thu"]}, "Please choose at most three days."),
        ({"weekend": ["someday"]}, "Please choose at most three days."),
        ({"holidays": "Christmas"}, "Begin each line with a date"),
        ({"holidays": "2026-02-30"}, "Begin each line with a date"),
        ({"holidays": "2026-12-25\n" * 401}, "at most 400 lines"),
        ({"name": " "}, "Please fill this in."),
        ({"parent": "0" * 32}, "Please choose one."),
        ({"desk": "x"}, "Please choose one."),
    ],
)
def test_an_office_that_cannot_be_is_refused_beside_its_field(ada: Colleague, other: dict[str, str], told: str) -> None:
    page = ada.refused(f"{OFFICES}/new", {**LIMA, **other})
    assert told in page


def test_an_office_never_stands_above_itself(team: Team, ada: Colleague) -> None:
    page = ada.do(f"{OFFICES}/new", {**LIMA, "parent": team.office.id.hex()})
    (lima,) = re.findall(rf'action="{OFFICES}/([0-9a-f]{{32}})"', page)
    page = ada.refused(f"{OFFICES}/{team.office.id.hex()}", {**LIMA, "code": "geneva", "parent": lima})
    assert "An office cannot stand above itself." in page


@pytest.mark.principle("safety")
def test_the_administrator_is_warned_about_an_office_never_about_a_case(
    built: Built, team: Team, ada: Colleague
) -> None:
    assert "Too few people read here" not in ada.read(OFFICES)
    in_unit(built, accounts.disable, None, team.ben.staff_id)
    page = words_of(ada.read(OFFICES))
    assert "Too few people read here" in page
    assert "Geneva : 1 vouched case manager" in page or "Geneva: 1 vouched case manager" in page
    in_unit(built, accounts.disable, None, team.desk_reader.staff_id)
    assert "nobody at its outside desk" in ada.read(OFFICES)


def test_settings_are_shown_without_what_may_be_secret(built: Built, ada: Colleague) -> None:
    page = ada.read("/en/staff/settings")
    for setting in ("REPORTING_SITE_NAME", "REPORTING_DATABASE_URL", "REPORTING_SHRED_URL", "REPORTING_KEYS"):
        assert setting in page
    assert built.settings.database_url not in page
    assert built.settings.shred_url not in page
