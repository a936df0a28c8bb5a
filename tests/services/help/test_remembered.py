"""What a process keeps of the directory is never old: a change counts from its commit on, for every worker."""

import pytest
from sqlalchemy import event

from reporting.services.help.directory import directory_of, load_shipped, shown_directory
from reporting.services.help.remembered import MOST, kept
from reporting.store.database import open_stores, reading, writing
from reporting.store.directory import put_records, read_records
from tests.builders import Built
from tests.services.together import at_once


@pytest.fixture
def loaded(built: Built) -> Built:
    """An instance with the example of Moldova."""
    with writing(built.stores) as work:
        load_shipped(work, built.house, "moldova")
    return built


def number(built: Built) -> str:
    with reading(built.stores) as work:
        return next(one for one in directory_of(work).services if one.name == "Child line").numbers[0].number


def change(built: Built, number: str) -> None:
    with reading(built.stores) as work:
        service = next(one for one in directory_of(work).services if one.name == "Child line")
    with writing(built.stores) as work:
        put_records(work.main, {"phone": [{"id": service.id, "service_id": service.id, "number": number}]})


def test_the_same_state_is_read_once_and_asked_for_with_one_query(loaded: Built) -> None:
    with reading(loaded.stores) as work:
        once = directory_of(work)
    asked: list[str] = []
    event.listen(loaded.stores.main, "before_cursor_execute", lambda *given: asked.append(given[2]))
    with reading(loaded.stores) as work:
        assert directory_of(work) is once
    asked = [statement for statement in asked if not statement.startswith("BEGIN")]
    assert len(asked) == 1
    assert "FROM settings" in asked[0]


@pytest.mark.req("P9")
def test_another_worker_sees_a_change_with_its_next_page(loaded: Built) -> None:
    main, shred = (one.url.render_as_string(hide_password=False) for one in (loaded.stores.main, loaded.stores.shred))
    other = open_stores(main, shred, loaded.settings.blobs_url)
    try:
        for digits in ("116 112", "116 113"):
            with reading(other) as work:
                before = {one.name: one.numbers for one in directory_of(work).services}
            change(loaded, digits)
            with reading(other) as work:
                after = {one.name: one.numbers for one in directory_of(work).services}
            assert digits in [one.number for one in after["Child line"]]
            assert digits not in [one.number for one in before["Child line"]]
    finally:
        other.dispose()


def test_a_change_that_is_rolled_back_leaves_nothing_behind(loaded: Built) -> None:
    before = number(loaded)
    with reading(loaded.stores) as work:
        service = next(one for one in directory_of(work).services if one.name == "Child line")
        row = next(row for row in read_records(work.main)["phone"] if row["service_id"] == service.id)
    with writing(loaded.stores) as work:
        put_records(work.main, {"phone": [{**row, "number": "000"}]})
        inside = next(one for one in directory_of(work).services if one.name == "Child line")
        assert inside.numbers[0].number == "000", "whoever changes it sees the change"
        work.main.rollback()
        work.shred.rollback()
    assert number(loaded) == before


def test_many_readers_at_once_while_it_changes_see_one_state_or_the_other(loaded: Built) -> None:
    wanted = {"116 111"} | {f"000 {place}" for place in range(3)}

    def act(place: int) -> set[str]:
        if place < 3:
            change(loaded, f"000 {place}")
        with reading(loaded.stores) as work:
            service = next(one for one in directory_of(work).services if one.name == "Child line")
        return {one.number for one in service.numbers}

    for seen in at_once(act, 8):
        assert seen <= wanted
    with reading(loaded.stores) as work:
        last = next(one for one in directory_of(work).services if one.name == "Child line")
    assert len(last.numbers) == 2


def test_what_depends_on_the_day_is_made_for_each_day(loaded: Built) -> None:
    with reading(loaded.stores) as work:
        today = shown_directory(work, loaded.house)
        assert shown_directory(work, loaded.house) is today
    loaded.clock.forward(days=1)
    with reading(loaded.stores) as work:
        assert shown_directory(work, loaded.house) is not today


def test_only_so_much_is_kept(loaded: Built) -> None:
    made: list[int] = []

    def make() -> str:
        made.append(1)
        return "made"

    with reading(loaded.stores) as work:
        for place in (*range(MOST + 1), MOST):
            kept(work, ("some", place), make)
        assert len(made) == MOST + 1
        kept(work, ("some", 0), make)
        assert len(made) == MOST + 2
