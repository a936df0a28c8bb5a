"""Who opens a case: exactly those to whom her choice sealed its keys, and nothing a row shows tells more."""

from collections import Counter
from typing import Any

import pytest
from sqlalchemy import delete

from reporting.domain.case import FIRST_ITEMS, Compartment, ItemKind
from reporting.domain.people import Role
from reporting.domain.sealed.disclosure import Identity, People, Person, WorkingTitle
from reporting.services.errors import NotFound
from reporting.services.sealed.sealing import open_case, read_one, write_item
from reporting.services.survivor.tokens import reporter_from
from reporting.store.database import reading
from reporting.store.offices import Office
from reporting.store.shred import ShredKeyRow
from tests.builders import Built, Team, add_office, add_reader, add_staff, send_report
from tests.services.acts import called, grants, items, opened_by, opens, readable, tamper

SHORT = "He touched my arm twice."
LONG = " ".join(["He followed me to the lift and said it again."] * 60)
STORY = {ItemKind.DISCLOSURE, ItemKind.PEOPLE, ItemKind.CHOICES}
CLEAN = Identity()


@pytest.mark.req("P1", "U3")
@pytest.mark.principle("confidentiality")
def test_a_report_opens_for_its_readers_and_for_her_token_alone(built: Built, team: Team) -> None:
    _, reporter, case_id = send_report(built, team.office, identity=called("Nadia"))
    assert readable(built, reporter, case_id) == STORY | {ItemKind.IDENTITY, ItemKind.OWN}
    for reader in (team.amina, team.ben):
        assert readable(built, reader, case_id) == STORY | {ItemKind.WORKING_TITLE}
    for other in (team.ines, team.desk_reader):
        assert not opens(built, other, case_id)


@pytest.mark.req("P5", "U7")
@pytest.mark.parametrize(
    "role",
    [
        Role.ADMINISTRATOR,
        Role.AUDITOR,
        Role.FOCAL_POINT,
        Role.DIRECTORY_EDITOR,
        Role.LEGAL_AID_OFFICER,
        Role.CASE_MANAGER,
    ],
)
def test_a_colleague_to_whom_nothing_was_sealed_finds_no_case(built: Built, team: Team, role: Role) -> None:
    _, _, case_id = send_report(built, team.office)
    elsewhere = add_office(built, "Nairobi", desk=team.desk)
    assert not opens(built, add_staff(built, elsewhere, role, "Zora Quist"), case_id)


@pytest.mark.req("P6")
def test_absent_and_not_granted_look_the_same(built: Built, team: Team) -> None:
    _, _, case_id = send_report(built, team.office)
    for unseen in (case_id, bytes(16)):
        with reading(built.stores) as work, pytest.raises(NotFound):
            open_case(work, team.ines, built.house, unseen)


def test_another_token_opens_nothing(built: Built, team: Team) -> None:
    _, _, hers = send_report(built, team.office)
    _, stranger, _ = send_report(built, team.office)
    assert not opens(built, stranger, hers)


@pytest.mark.req("P1")
@pytest.mark.principle("confidentiality")
def test_the_database_without_the_shred_store_opens_nothing(built: Built, team: Team) -> None:
    _, reporter, case_id = send_report(built, team.office)
    with built.stores.shred.begin() as connection:
        connection.execute(delete(ShredKeyRow))
    assert not any(opens(built, actor, case_id) for actor in (reporter, team.amina, team.ben))


@pytest.mark.req("P1", "P5")
@pytest.mark.principle("prevention")
@pytest.mark.parametrize("column", ["compartment", "part", "generation", "holder", "tag", "sealed"])
def test_a_grant_that_was_altered_is_no_grant(built: Built, team: Team, column: str) -> None:
    _, _, case_id = send_report(built, team.office)
    altered = {"compartment": "identity", "part": "handlers_half", "generation": 7, "holder": team.amina.holder}
    value = altered.get(column, bytes(32))
    tamper(built, "DELETE FROM grants WHERE compartment != 'story' OR holder = :h", h=team.amina.holder)
    tamper(built, f"UPDATE grants SET {column} = :v WHERE holder = :h", v=value, h=team.ben.holder)  # noqa: S608
    assert not opens(built, team.amina, case_id)
    assert column == "holder" or not opens(built, team.ben, case_id)


def test_a_grant_under_a_tag_of_another_instance_is_no_grant(built: Built, team: Team, empty: Built) -> None:
    _, reporter, case_id = send_report(built, team.office)
    with reading(built.stores) as work, pytest.raises(NotFound):
        open_case(work, reporter, empty.house, case_id)


def shape(built: Built, case_id: bytes) -> tuple[Counter[Any], Counter[Any]]:
    """Return what rows of a case show, without their random identifiers: items, then grants."""
    sealed = Counter((i.kind, i.compartment, i.generation, len(i.sealed), len(i.id)) for i in items(built, case_id))
    given = Counter(
        (g.compartment, g.generation, g.part, g.holder[:1], len(g.holder), len(g.sealed), len(g.tag))
        for g in grants(built, case_id)
    )
    return sealed, given


def filled(built: Built, office: Office | None, text: str) -> bytes:
    """Send a report with every compartment filled."""
    people = People(tuple(Person(f"Person {i}", "Director", "Legal", f"p{i}@example.org") for i in range(4)))
    about = called("Nadia Haddad")
    wishes: dict[str, Any] = {"wishes": ("stop", "apology"), "wishes_text": "I want it to stop. " * 20, "contact": True}
    return send_report(built, office, text, people=people, identity=about, **wishes)[2]


@pytest.mark.req("P4", "U3")
@pytest.mark.principle("non_discrimination")
@pytest.mark.parametrize("private", [False, True], ids=["report", "private record"])
def test_rows_tell_neither_a_short_story_from_a_long_one_nor_what_she_filled(
    built: Built, team: Team, private: bool
) -> None:
    office = None if private else team.office
    bare = shape(built, send_report(built, office, SHORT, identity=CLEAN)[2])
    assert shape(built, send_report(built, office, LONG)[2]) == bare
    assert shape(built, filled(built, office, LONG)) == bare
    assert {kind for kind, *_ in bare[0]} == set(FIRST_ITEMS)
    assert bare[0].total() == len(FIRST_ITEMS)


@pytest.mark.req("P4")
def test_the_coarse_row_is_the_same_whatever_she_wrote(built: Built, team: Team) -> None:
    rows = []
    for case_id in (send_report(built, team.office, SHORT)[2], filled(built, team.office, LONG)):
        with opened_by(built, team.amina, case_id) as (_, opened):
            row = {name: value for name, value in vars(opened.row).items() if name not in ("id", "_sa_instance_state")}
            rows.append(row | {"fact": len(row["fact"])})
    assert rows[0] == rows[1]


def test_no_two_sealed_things_are_alike(built: Built, team: Team) -> None:
    cases = [send_report(built, team.office, SHORT)[2] for _ in range(2)]
    sealed = [item.sealed for case_id in cases for item in items(built, case_id)]
    sealed += [grant.sealed for case_id in cases for grant in grants(built, case_id)]
    assert len(set(sealed)) == len(sealed)


def test_a_holder_without_the_present_key_of_a_compartment_writes_nothing_there(built: Built, team: Team) -> None:
    _, reporter, case_id = send_report(built, team.office)
    with reading(built.stores) as work:
        opened = open_case(work, reporter, built.house, case_id)
        assert not opened.holds(Compartment.CASEWORK)
        with pytest.raises(NotFound):
            write_item(work, opened, ItemKind.NOTE, b"{}")
        assert read_one(work, opened, ItemKind.NOTE) is None
        assert read_one(work, opened, ItemKind.WORKING_TITLE) is None


def test_a_token_gives_the_same_reporter_each_time(built: Built, team: Team) -> None:
    token, reporter, case_id = send_report(built, team.office)
    again = reporter_from(built.house, token)
    assert again.lookup_id == reporter.lookup_id
    assert opens(built, again, case_id)


def test_the_working_title_is_empty_at_first_and_the_teams_own(built: Built, team: Team) -> None:
    _, _, case_id = send_report(built, team.office)
    with reading(built.stores) as work:
        opened = open_case(work, team.amina, built.house, case_id)
        content = read_one(work, opened, ItemKind.WORKING_TITLE)
    assert content is not None
    assert WorkingTitle.from_bytes(content).text == ""


def test_a_newly_vouched_colleague_finds_nothing_older(built: Built, team: Team) -> None:
    _, _, case_id = send_report(built, team.office)
    assert not opens(built, add_reader(built, team.desk, Role.OUTSIDE_DESK, "Piotr Nowak"), case_id)
