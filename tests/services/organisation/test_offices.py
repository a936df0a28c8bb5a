"""Offices: added by an administrator, opened only where somebody reads, warned about and never closed."""

from dataclasses import replace
from typing import Any

import pytest

from reporting.domain.directory.essentials import ESSENTIAL
from reporting.domain.directory.taxonomies import Pathway
from reporting.services.errors import DoesNotFit, HelpFirst, NameTaken, NotAllowed, NotAName, NotFound
from reporting.services.organisation import accounts, offices
from reporting.services.organisation.offices import OfficeFacts
from reporting.store.database import reading, writing
from reporting.store.offices import find_office
from reporting.store.settings import DEMO_MARK, put_setting
from tests.builders import Built, Team, add_desk, add_office, in_unit, office_of
from tests.directory import add_entry, add_help

NAIROBI = OfficeFacts(name="Nairobi", code="nairobi", head_count=40)


def lines(built: Built) -> dict[str, offices.OfficeLine]:
    """Return what the administrator sees, by name."""
    with reading(built.stores) as work:
        return {line.office.name: line for line in offices.office_lines(work, built.house)}


def thin(built: Built) -> list[tuple[str, int, bool]]:
    """Return the offices in which somebody who writes could find too few readers."""
    with reading(built.stores) as work:
        found = offices.warnings(work, built.house)
        return [(one.office.name, one.case_managers, one.has_desk) for one in found]


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        ({"name": " "}, NotAName),
        ({"code": "N"}, NotAName),
        ({"code": "with space"}, NotAName),
        ({"head_count": -1}, NotAName),
        ({"time_zone": "Mars/Olympus"}, NotAName),
        ({"time_zone": "../etc/passwd"}, NotAName),
        ({"code": "geneva"}, NameTaken),
        ({"desk_id": bytes(16)}, DoesNotFit),
        ({"parent_id": bytes(16)}, DoesNotFit),
    ],
)
def test_facts_that_cannot_be_are_refused(
    built: Built, team: Team, change: dict[str, Any], refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        in_unit(built, offices.add_office, replace(NAIROBI, **change))
    assert "Nairobi" not in lines(built)
    assert team.office.code == "geneva"


def test_a_desk_is_an_external_office_and_nothing_else(built: Built, team: Team) -> None:
    with pytest.raises(DoesNotFit):
        in_unit(built, offices.add_office, replace(NAIROBI, desk_id=team.office.id))
    in_unit(built, offices.add_office, replace(NAIROBI, desk_id=team.desk.id, parent_id=team.office.id))
    assert lines(built)["Nairobi"].desk_readers == 1


def test_an_office_can_be_changed_but_not_in_kind(built: Built, team: Team) -> None:
    facts = OfficeFacts("Genève", "geneva", 200, desk_id=team.desk.id, time_zone="Europe/Zurich", emergency="112")
    in_unit(built, offices.change_office, team.office.id, facts, None)
    row = office_of(built, team.office.id)
    assert (row.name, row.head_count, row.emergency, row.is_open) == ("Genève", 200, "112", True)
    with pytest.raises(NotAllowed):
        in_unit(built, offices.change_office, team.office.id, replace(facts, external=True), None)
    with pytest.raises(NotFound):
        in_unit(built, offices.change_office, bytes(16), facts, None)


@pytest.mark.principle("safety")
@pytest.mark.parametrize("number", ["+1 900 555 0100", "0800 88008", "1900555", "**21#", "1", "١١٢", "112 ", "call us"])
def test_no_helpline_is_planted_where_the_emergency_number_stands(built: Built, team: Team, number: str) -> None:
    facts = OfficeFacts("Geneva", "geneva", 120, desk_id=team.desk.id, emergency=number)
    with pytest.raises(NotAName):
        in_unit(built, offices.change_office, team.office.id, facts, None)
    with pytest.raises(NotAName):
        in_unit(built, offices.add_office, replace(facts, code="other"))


def test_no_office_stands_above_itself(built: Built, team: Team) -> None:
    child = add_office(built, "Child", parent_id=team.office.id)
    grandchild = add_office(built, "Grandchild", parent_id=child.id)
    facts = OfficeFacts("Geneva", "geneva", 120, desk_id=team.desk.id)
    for parent_id in (team.office.id, child.id, grandchild.id):
        with pytest.raises(DoesNotFit):
            in_unit(built, offices.change_office, team.office.id, replace(facts, parent_id=parent_id), None)


@pytest.mark.req("G1")
def test_a_desk_itself_and_an_unknown_office_are_not_opened(built: Built, team: Team) -> None:
    with pytest.raises(NotAllowed):
        in_unit(built, offices.open_office, team.desk.id)
    with pytest.raises(NotFound):
        in_unit(built, offices.open_office, bytes(16))


@pytest.mark.req("S26")
@pytest.mark.principle("support")
def test_an_open_office_that_lost_readers_is_warned_about_and_stays_open(built: Built, team: Team) -> None:
    assert thin(built) == []
    in_unit(built, accounts.disable, None, team.ben.staff_id)
    assert thin(built) == [("Geneva", 1, True)]
    in_unit(built, accounts.disable, None, team.desk_reader.staff_id)
    assert thin(built) == [("Geneva", 1, False)]
    assert office_of(built, team.office.id).is_open
    add_office(built, "Not open yet")
    assert len(thin(built)) == 1


def may_not_open(built: Built, office_id: bytes) -> bool:
    """Return whether urgent help is all that an office lacks."""
    try:
        in_unit(built, offices.open_office, office_id)
    except HelpFirst:
        return True
    return False


def shut(built: Built, office_id: bytes, country: str = "") -> None:
    """Put an office back to where it was before it was opened; no service does this."""
    with writing(built.stores) as work:
        office = find_office(work.main, office_id)
        assert office is not None
        office.is_open, office.country = False, country


@pytest.mark.req("G1")
@pytest.mark.principle("safety")
def test_an_office_opens_only_once_urgent_help_for_its_country_is_there(built: Built, team: Team) -> None:
    shut(built, team.office.id, "MD")
    assert may_not_open(built, team.office.id)
    add_help(built, "KE")
    assert may_not_open(built, team.office.id)
    add_entry(built, "Nobody asked", *ESSENTIAL, area="MD")
    assert may_not_open(built, team.office.id)
    for pathway in ESSENTIAL[:2]:
        add_entry(built, f"Near: {pathway}", pathway, area="MD", days=400)
    assert lines(built)["Geneva"].help_missing == ESSENTIAL[2:]
    assert may_not_open(built, team.office.id)
    add_entry(built, "A list", ESSENTIAL[2], Pathway.DIRECTORIES, days=1)
    assert may_not_open(built, team.office.id)
    add_entry(built, "For all", ESSENTIAL[2], days=1)
    assert not may_not_open(built, team.office.id)
    assert office_of(built, team.office.id).is_open


@pytest.mark.req("G1")
def test_an_office_that_says_no_country_needs_help_that_is_there_for_anybody(built: Built, team: Team) -> None:
    shut(built, team.office.id)
    add_help(built, "MD")
    assert may_not_open(built, team.office.id)
    add_help(built)
    assert not may_not_open(built, team.office.id)


@pytest.mark.req("G1")
def test_the_demo_counts_help_that_nobody_has_checked(built: Built, team: Team) -> None:
    shut(built, team.office.id, "MD")
    add_entry(built, "Near", *ESSENTIAL, area="MD")
    assert may_not_open(built, team.office.id)
    with writing(built.stores) as work:
        put_setting(work.main, DEMO_MARK, b"\x01")
    assert not may_not_open(built, team.office.id)


@pytest.mark.req("G1")
def test_readers_are_asked_for_before_help(empty: Built) -> None:
    office = add_office(empty)
    with pytest.raises(NotAllowed) as refusal:
        in_unit(empty, offices.open_office, office.id)
    assert not isinstance(refusal.value, HelpFirst)


def test_the_administrator_sees_who_could_read_and_nothing_of_what(built: Built, team: Team) -> None:
    assert not lines(built)["Geneva"].may_open
    add_help(built)
    found = lines(built)
    geneva, desk = found["Geneva"], found["Outside desk"]
    assert (geneva.case_managers, geneva.readers, geneva.desk_readers, geneva.accounts) == (2, 3, 1, 3)
    assert geneva.may_open
    assert (desk.case_managers, desk.readers, desk.desk_readers, desk.may_open) == (0, 1, 0, False)
    assert geneva.desk is not None
    assert geneva.desk.id == team.desk.id
    in_unit(built, accounts.disable, None, team.ines.staff_id)
    assert lines(built)["Geneva"].accounts == 2


def test_a_desk_without_anybody_does_not_let_an_office_open(empty: Built) -> None:
    office = add_office(empty, desk=add_desk(empty))
    with reading(empty.stores) as work:
        line = offices.office_line(work, empty.house, office)
    assert (line.desk_readers, line.may_open) == (0, False)
