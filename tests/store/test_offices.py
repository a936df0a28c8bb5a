"""The forest of offices and the desk that watches each."""

import pytest

from reporting.store.database import Stores, reading, writing
from reporting.store.offices import Office, all_offices, desk_of, find_office, find_office_by_code
from reporting.store.staff import find_staff_by_username


def plant(stores: Stores, name: str, **facts: object) -> bytes:
    """Add an office row and return its id, which its name gives."""
    office_id = name.encode().ljust(16, b"-")
    with writing(stores) as work:
        work.main.add(Office(id=office_id, name=name, code=name.lower(), head_count=10, **facts))
    return office_id


def desk_name(stores: Stores, office_id: bytes) -> str:
    """Return the name of the desk that watches an office; empty where there is none."""
    with reading(stores) as work:
        office = find_office(work.main, office_id)
        assert office is not None
        desk = desk_of(work.main, office)
        return desk.name if desk else ""


@pytest.mark.req("U7")
def test_the_desk_of_an_office_is_its_own_or_the_nearest_up_the_tree(stores: Stores) -> None:
    far, near = plant(stores, "Far desk", external=True), plant(stores, "Near desk", external=True)
    root = plant(stores, "Root", desk_id=far)
    child = plant(stores, "Child", parent_id=root)
    grandchild = plant(stores, "Grandchild", parent_id=child, desk_id=near)
    assert [desk_name(stores, office) for office in (root, child, grandchild)] == ["Far desk", "Far desk", "Near desk"]


def test_an_office_without_any_desk_above_it_has_none(stores: Stores) -> None:
    root = plant(stores, "Root")
    assert desk_name(stores, plant(stores, "Child", parent_id=root)) == ""


def test_a_circle_of_offices_ends_the_search(stores: Stores) -> None:
    root = plant(stores, "Root")
    child = plant(stores, "Child", parent_id=root)
    with writing(stores) as work:
        work.main.get_one(Office, root).parent_id = child
    assert desk_name(stores, child) == ""


@pytest.mark.req("S2")
def test_the_code_on_a_poster_may_be_typed_in_any_case(stores: Stores) -> None:
    plant(stores, "Geneva")
    with reading(stores) as work:
        found = find_office_by_code(work.main, "  GENEVA ")
        assert found is not None
        assert found.name == "Geneva"
        assert find_office_by_code(work.main, "nowhere") is None


def test_offices_are_listed_by_name(stores: Stores) -> None:
    for name in ("Nairobi", "Amman", "Geneva"):
        plant(stores, name)
    with reading(stores) as work:
        assert [office.name for office in all_offices(work.main)] == ["Amman", "Geneva", "Nairobi"]


@pytest.mark.parametrize("typed", ["\x00", "geneva\x00", "\u202egeneva"])
def test_a_code_that_nobody_can_have_printed_finds_nothing_on_either_engine(stores: Stores, typed: str) -> None:
    with reading(stores) as work:
        assert find_office_by_code(work.main, typed) is None
        assert find_staff_by_username(work.main, typed) is None
