"""The directory in the store: what was put in comes out, and loading twice changes nothing."""

import pytest
from sqlalchemy.exc import IntegrityError

from reporting.domain.directory.tables import Records
from reporting.services.help.directory import (
    SEEDS,
    directory_at_hand,
    directory_of,
    load_shipped,
    shipped_at_hand,
    shipped_directory,
    shipped_records,
)
from reporting.services.help.hsds import nest_at_hand
from reporting.store.database import reading, writing
from reporting.store.directory import put_records, read_records, remove_records
from tests.builders import Built


def stored(built: Built) -> Records:
    with reading(built.stores) as work:
        return {table: rows for table, rows in read_records(work.main).items() if rows}


def load(built: Built, name: str) -> None:
    with writing(built.stores) as work:
        load_shipped(work, built.house, name)


@pytest.mark.parametrize("name", SEEDS)
def test_what_ships_comes_back_as_it_was_put_in_and_twice_is_once(built: Built, name: str) -> None:
    load(built, name)
    once = stored(built)
    given = shipped_records(name)
    assert once == {table: sorted(rows, key=lambda row: row["id"]) for table, rows in given.items() if rows}
    load(built, name)
    assert stored(built) == once


def test_loading_again_undoes_nothing_that_an_editor_did(built: Built) -> None:
    load(built, "moldova")
    before = stored(built)
    number = before["phone"][0]
    with writing(built.stores) as work:
        put_records(work.main, {"phone": [{**number, "number": "000"}]})
    with writing(built.stores) as work:
        remove_records(work.main, {"phone": frozenset({number["id"]})})
    load(built, "moldova")
    assert number["id"] not in {row["id"] for row in stored(built)["phone"]}
    assert {**stored(built), "phone": before["phone"]} == before


def test_loading_again_adds_what_is_not_there_and_leaves_what_an_editor_did(built: Built) -> None:
    load(built, "moldova")
    before = stored(built)
    number = before["phone"][0]
    with writing(built.stores) as work:
        remove_records(work.main, {"phone": frozenset({number["id"]})})
        put_records(work.main, {"service": [{**before["service"][0], "name": "By another name"}]})
    edited = stored(built)
    load(built, "moldova")
    assert stored(built) == edited
    load(built, "international")
    assert len(stored(built)["service"]) > len(edited["service"])
    assert all(row in stored(built)["service"] for row in edited["service"])


def test_no_row_points_nowhere(built: Built) -> None:
    load(built, "moldova")
    service = stored(built)["service"][0]
    with pytest.raises(IntegrityError), writing(built.stores) as work:
        remove_records(work.main, {"service": frozenset({service["id"]})})
    assert service in stored(built)["service"]


@pytest.mark.req("P9")
def test_help_is_there_without_any_database(built: Built) -> None:
    load(built, "international")
    with reading(built.stores) as work:
        assert directory_of(work) == shipped_directory()


@pytest.mark.req("P9")
def test_help_from_anywhere_is_at_hand_whatever_is_in_the_directory(built: Built) -> None:
    shipped = {one.id for one in shipped_directory().services}
    assert {one.id for one in directory_at_hand(built.stores, built.house).services} == shipped
    load(built, "moldova")
    at_hand = [one.id for one in directory_at_hand(built.stores, built.house).services]
    assert set(at_hand) > shipped
    assert len(at_hand) == len(set(at_hand))
    load(built, "international")
    again = directory_at_hand(built.stores, built.house).services
    assert sorted(one.id for one in again) == sorted(at_hand)


@pytest.mark.req("P9")
@pytest.mark.principle("safety")
def test_what_the_editor_took_out_does_not_come_back_with_what_ships(built: Built) -> None:
    load(built, "international")
    gone, kept, *others = [row["id"] for row in stored(built)["service"]]
    areas = [row for row in stored(built)["service_area"] if row["service_id"] != gone]
    services = [row for row in stored(built)["service"] if row["id"] == gone]
    with writing(built.stores) as work:
        put_records(work.main, {"service": [{**row, "status": "inactive"} for row in services]})
        put_records(work.main, {"service_area": [{**row, "extent": "MD", "name": "MD"} for row in areas]})
    at_hand = directory_at_hand(built.stores, built.house).services
    assert sorted(one.id for one in at_hand) == sorted([kept, *others])
    assert all(one.areas == {"MD"} for one in at_hand)
    assert shipped_at_hand(built.stores, built.house).services == ()
    assert set(nest_at_hand(built.stores, built.house).by_id["service"]) == {kept, *others}
