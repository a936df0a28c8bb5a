"""Offices and accounts from the console, up to an office that takes reports."""

import re
from pathlib import Path

import pytest

from reporting.config import Settings
from reporting.services.opening import open_house
from reporting.services.organisation.accounts import enrol, prepare_key
from reporting.services.reading.trust import fingerprint
from reporting.store.database import reading, writing
from reporting.store.staff import find_staff_by_username
from tests.console import refusal, run, said
from tests.directory import put_help
from tests.instance import cheap_passphrases

PASSPHRASE = "plum-orbit-lantern-quiet-harvest"


@pytest.fixture
def offices(fresh: Path) -> Path:
    """An outside desk and an office that it watches."""
    said("office", "add", "desk", "Ombuds desk", "--head-count", "4", "--external", data=fresh)
    said("office", "add", "main", "Main office", "--head-count", "90", "--desk", "desk", data=fresh)
    return fresh


def add(data: Path, username: str, role: str, office: str = "main") -> str:
    """Add an account and return its one-time code."""
    options = ("--name", username.title(), "--role", role, "--office", office)
    return said("staff", "add", username, *options, data=data).rsplit(" ", 1)[1].strip()


def join(data: Path, username: str, code: str) -> tuple[str, ...]:
    """Redeem a code, as the person would, and return the words of the new key."""
    stores, house = open_house(Settings.from_environment({"REPORTING_DATA": str(data)}))
    with cheap_passphrases():
        seed, sealed = prepare_key(username, username.title(), PASSPHRASE)
    with writing(stores) as work:
        enrol(work, house, username, code, seed, sealed)
    with reading(stores) as work:
        row = find_staff_by_username(work.main, username)
        assert row is not None
        words = fingerprint(row)
    stores.dispose()
    return words


def vouched(data: Path, username: str, role: str, office: str = "main") -> None:
    """Add somebody who is vouched for at the console."""
    words = join(data, username, add(data, username, role, office))
    said("staff", "vouch", username, "--words", " ".join(words), data=data)


def with_help(data: Path) -> None:
    """Put urgent services into the directory that somebody has checked."""
    stores, house = open_house(Settings.from_environment({"REPORTING_DATA": str(data)}))
    put_help(stores, house.today())
    stores.dispose()


@pytest.mark.req("U6")
@pytest.mark.req("G1")
def test_an_office_opens_when_readers_are_vouched_for_and_urgent_help_is_there(offices: Path) -> None:
    vouched(offices, "dora", "outside_desk", "desk")
    vouched(offices, "ada", "case_manager")
    assert "two vouched case managers" in refusal("office", "open", "main", data=offices)
    vouched(offices, "ben", "case_manager")
    told = refusal("office", "open", "main", data=offices)
    assert "no checked service" in told
    assert "“Medical care now”, “Someone to talk to now”, “Legal advice”" in told
    with_help(offices)
    assert "takes reports now" in said("office", "open", "main", data=offices)
    assert re.search(r"main +Main office +90 +open", said("office", "list", data=offices))


def test_the_calendar_of_an_office_is_shown_and_changed(offices: Path, tmp_path: Path) -> None:
    assert "sat,sun" in said("office", "calendar", "main", data=offices)
    listed = tmp_path / "holidays.txt"
    listed.write_text("2027-01-01 New Year\n2026-12-25\n", encoding="utf-8")
    shown = said("office", "calendar", "main", "--weekend", "fri,sat", "--holidays", str(listed), data=offices)
    assert "fri,sat" in shown
    assert "2026-12-25\n2027-01-01 New Year" in said("office", "calendar", "main", data=offices)
    listed.write_text("New Year", encoding="utf-8")
    assert "begins with a date" in refusal("office", "calendar", "main", "--holidays", str(listed), data=offices)
    assert "at most three" in refusal("office", "calendar", "main", "--weekend", "saturday", data=offices)
    assert "2027-01-01 New Year" in said("office", "calendar", "main", data=offices)


def test_an_outside_desk_is_never_opened_for_reports(offices: Path) -> None:
    assert "outside desk" in refusal("office", "open", "desk", data=offices)


def test_an_open_office_that_lost_its_readers_stays_open_and_is_pointed_out(demonstration: Path) -> None:
    said("staff", "disable", "elena.rusu", data=demonstration)
    (line,) = [line for line in said("office", "list", data=demonstration).splitlines() if "Chisinau" in line]
    assert "open" in line
    assert "too few vouched readers" in line


def test_the_ceremony_shows_the_words_and_asks_if_they_were_compared(offices: Path) -> None:
    words = join(offices, "ada", add(offices, "ada", "case_manager"))
    result = run("staff", "vouch", "ada", data=offices, typed="y\n")
    assert " ".join(words) in result.stdout
    assert "read the same words to you" in result.stdout
    assert "Ada is vouched for." in result.stdout
    assert re.search(r"ada .* vouched$", said("staff", "list", data=offices), re.MULTILINE)


@pytest.mark.parametrize("answer", ["n\n", "\n"])
def test_nobody_is_vouched_for_without_a_yes(offices: Path, answer: str) -> None:
    join(offices, "ada", add(offices, "ada", "case_manager"))
    result = run("staff", "vouch", "ada", data=offices, typed=answer)
    assert result.exit_code == 1
    assert "Nothing was vouched for" in result.stderr
    assert "not vouched yet" in said("staff", "list", data=offices)


def test_other_words_are_refused(offices: Path) -> None:
    words = join(offices, "ada", add(offices, "ada", "case_manager"))
    swapped = " ".join((words[1], words[0], *words[2:])) if words[0] != words[1] else "no " * 8
    assert "do not vouch" in refusal("staff", "vouch", "ada", "--words", swapped, data=offices)


def test_the_console_vouches_for_the_first_two_readers_and_no_more(offices: Path) -> None:
    vouched(offices, "ada", "case_manager")
    vouched(offices, "ben", "case_manager")
    words = join(offices, "cleo", add(offices, "cleo", "investigator"))
    assert "one of them vouches" in refusal("staff", "vouch", "cleo", "--words", " ".join(words), data=offices)


def test_whoever_is_vouched_for_is_not_vouched_for_again(offices: Path) -> None:
    vouched(offices, "ada", "case_manager")
    words = said_words(offices, "ada")
    assert "already" in refusal("staff", "vouch", "ada", "--words", words, data=offices)


def said_words(data: Path, username: str) -> str:
    """Return the words that the ceremony shows."""
    shown = run("staff", "vouch", username, data=data, typed="n\n").stdout
    return shown.split("these words:")[1].split("Has ")[0].strip()


def test_vouching_before_enrolling_names_the_way_on(offices: Path) -> None:
    add(offices, "ada", "case_manager")
    assert "reporting staff renew ada" in refusal("staff", "vouch", "ada", data=offices)


@pytest.mark.parametrize("role", ["administrator", "auditor", "focal_point", "legal_aid_officer"])
def test_whoever_reads_no_cases_is_not_vouched_for(offices: Path, role: str) -> None:
    join(offices, "ada", add(offices, "ada", role))
    assert "needs no vouch" in refusal("staff", "vouch", "ada", data=offices)


def test_a_disabled_account_is_not_vouched_for_nor_renewed(offices: Path) -> None:
    add(offices, "ada", "case_manager")
    assert "cannot sign in" in said("staff", "disable", "ada", data=offices)
    for command in ("vouch", "renew"):
        assert "reporting staff add" in refusal("staff", command, "ada", data=offices)


def test_a_renewed_account_gets_a_new_code_and_has_to_be_vouched_for_again(offices: Path) -> None:
    vouched(offices, "ada", "case_manager")
    code = said("staff", "renew", "ada", data=offices).rsplit(" ", 1)[1].strip()
    assert "invited" in said("staff", "list", data=offices)
    join(offices, "ada", code)
    assert "not vouched yet" in said("staff", "list", data=offices)


@pytest.mark.parametrize(
    ("arguments", "mends"),
    [
        (("staff", "add", "A!", "--name", "A", "--role", "auditor", "--office", "main"), "small letters"),
        (("staff", "add", "ada", "--name", " ", "--role", "auditor", "--office", "main"), "a name that people see"),
        (("staff", "add", "ada", "--name", "A", "--role", "case_manager", "--office", "desk"), "is an outside desk"),
        (("staff", "add", "ada", "--name", "A", "--role", "outside_desk", "--office", "main"), "no outside desk"),
        (("staff", "add", "ada", "--name", "A", "--role", "auditor", "--office", "none"), "reporting office list"),
        (("staff", "vouch", "nobody"), "reporting staff list"),
        (("office", "add", "main", "Again", "--head-count", "1"), "taken"),
        (("office", "add", "M!", "Name", "--head-count", "1"), "small letters"),
        (("office", "add", "new", "Name", "--head-count", "1", "--time-zone", "Mars/North"), "time zone"),
        (("office", "add", "new", "Name", "--head-count", "1", "--desk", "main"), "--external"),
        (("office", "add", "new", "Name", "--head-count", "1", "--parent", "none"), "reporting office list"),
        (("office", "open", "none"), "reporting office list"),
    ],
)
def test_what_cannot_be_is_refused_in_one_sentence(offices: Path, arguments: tuple[str, ...], mends: str) -> None:
    assert mends in refusal(*arguments, data=offices)


def test_a_user_name_is_taken_once(offices: Path) -> None:
    add(offices, "ada", "auditor")
    again = ("staff", "add", "Ada", "--name", "A", "--role", "auditor", "--office", "main")
    assert "taken" in refusal(*again, data=offices)
