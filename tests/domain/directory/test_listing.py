"""Services put together from the rows of a directory, and the entries that ship."""

import pytest

from reporting.domain.directory.international import FOR_ANYBODY, INTERNATIONAL
from reporting.domain.directory.listing import WORLDWIDE, Directory, Number, listed_in
from reporting.domain.directory.moldova import MOLDOVA
from reporting.domain.directory.seed import records_of
from reporting.domain.directory.tables import TABLES, Records
from reporting.domain.directory.taxonomies import PATHWAYS, TELLINGS, TRAITS, Pathway, Telling, Trait, is_id


def shipped() -> Records:
    return records_of((*INTERNATIONAL, *MOLDOVA))


def directory() -> Directory:
    return listed_in(shipped())


def test_every_table_comes_after_those_that_it_points_to() -> None:
    seen: set[str] = set()
    for name, table in TABLES.items():
        assert {field.points_to for field in table.fields if field.points_to} <= seen, name
        seen.add(name)


def test_every_word_of_ours_has_a_name_on_a_page() -> None:
    assert set(PATHWAYS) == set(Pathway)
    assert set(TRAITS) == set(Trait)
    assert set(TELLINGS) == set(Telling)


def test_what_ships_fits_the_tables_and_every_link_leads_somewhere() -> None:
    records = shipped()
    ids = {table: [row["id"] for row in rows] for table, rows in records.items()}
    assert all(len(set(found)) == len(found) and all(map(is_id, found)) for found in ids.values())
    for table, rows in records.items():
        fields = {field.name: field for field in TABLES[table].fields}
        for row in rows:
            assert set(row) <= set(fields)
            assert all(row.get(name) for name, field in fields.items() if field.required)
            assert all(row[n] in ids[f.points_to] for n, f in fields.items() if f.points_to and n in row)
            assert all(row[n] in f.choices for n, f in fields.items() if f.choices and n in row)


@pytest.mark.req("P9")
def test_services_that_ship_are_named_once_can_be_reached_and_are_checked_by_nobody() -> None:
    services = directory().services
    assert len({one.name for one in services}) == len(services) == len(INTERNATIONAL) + len(MOLDOVA)
    assert all(one.url.startswith("https://") or one.numbers for one in services if WORLDWIDE in one.areas)
    assert all(one.what.endswith(".") and one.pathways for one in services)
    assert not [one.name for one in services if one.checked_on or one.checked_by]


@pytest.mark.req("G6")
def test_a_service_under_a_pathway_is_near_before_it_is_worldwide() -> None:
    names = [one.name for one in directory().on(Pathway.CHILD_PROTECTION, "MD")]
    assert names == ["Child line", "Child Helpline International", "INHOPE"]
    assert [one.name for one in directory().on(Pathway.CHILD_PROTECTION, "KE")] == names[1:]


def test_every_pathway_outside_an_organisation_leads_somewhere_for_anybody() -> None:
    inside = {Pathway.OMBUDSMAN, Pathway.RETALIATION, Pathway.INVESTIGATION, Pathway.POLICE, Pathway.EQUALITY_BODY}
    found = {pathway for one in FOR_ANYBODY for pathway in one.pathways}
    assert found == set(Pathway) - inside


def test_what_is_known_of_a_service_is_yes_or_no_or_not_known() -> None:
    emergency = next(one for one in directory().services if one.name == "112")
    assert emergency.says(Trait.POLICE_INVOLVED) is True
    assert emergency.says(Trait.ANONYMOUS_OK) is None
    assert emergency.time_zone == "Europe/Chisinau"
    assert [row["byday"] for row in emergency.hours] == ["MO,TU,WE,TH,FR,SA,SU"]
    assert emergency.serves("MD")
    assert not emergency.serves("RO")


def test_what_is_not_active_is_not_listed() -> None:
    records = {**shipped()}
    records["service"] = [{**row, "status": "defunct"} for row in records["service"]]
    assert listed_in(records).services == ()


@pytest.mark.principle("safety")
@pytest.mark.parametrize(
    ("written", "dialled"),
    [
        ("112", "112"),
        ("+373 22 24-06-24", "+37322240624"),
        ("(022) 24.06.24", "022240624"),
        ("+44 (0)20 7946 0000", "+442079460000"),
        ("112/113", ""),
        ("0800 FLOWERS", ""),
        ("**21*+19005550100#", ""),
        ("*#06#", ""),
        ("0800 88 008 0800 88 009", ""),
    ],
)
def test_one_tap_dials_what_is_written_or_nothing(written: str, dialled: str) -> None:
    assert Number(written).dial == dialled
