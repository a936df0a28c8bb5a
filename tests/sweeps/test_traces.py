"""What is stored of a reporter: no address, no browser, no time finer than a day, and no order to read one off."""

from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any, Final

import pytest
from sqlalchemy import Engine, inspect

from reporting.domain.directory.tables import TABLES as TABLES_OF_HSDS
from reporting.domain.people import Role
from reporting.store.directory import name_of
from tests.sweeps.test_hostile import begun, reported
from tests.sweeps.world import World, come_back
from tests.visitor import Visitor

ADDRESS: Final = "203.0.113.77"
BROWSER: Final = "Quincunx/7.3 (a browser that nobody else has)"
ODD: Final = datetime(2026, 3, 5, 13, 47, 29, 271828)  # noqa: DTZ001 - the store keeps UTC without a mark
# Staff work with exact times; what they do is not a reporter's.
OF_STAFF: Final = {
    *("staff", "staff_sessions", "vouches", "audit_events", "audit_heads", "chores", "settings", "offices"),
    *("packs", "duties", "stand_ins", "inaction_bands"),
    *("conduct", "recovery_keys", "recovery_copies"),
    *("documents", "document_versions", "document_parts", "legal_profiles", "events"),
    *("funds", "fund_pledges", "fund_corrections", "fund_providers"),
    *(name_of(table) for table in TABLES_OF_HSDS),
}
WITH_HOUR: Final = {("survivor_sessions", "expires_hour"), ("drafts", "expires_hour"), ("throttles", "expires_at")}


class Marked(Visitor):
    """A browser with an address and a name that can be found again."""

    def get(self, path: str, **options: Any) -> Any:
        """Open an address."""
        return super().get(path, environ_overrides={"REMOTE_ADDR": ADDRESS}, headers={"User-Agent": BROWSER}, **options)

    def post(self, path: str, data: dict[str, Any] | None = None, **options: Any) -> Any:
        """Send a form."""
        marks = {"environ_overrides": {"REMOTE_ADDR": ADDRESS}, "headers": {"User-Agent": BROWSER}}
        return super().post(path, data, **{**marks, **options})


@pytest.fixture
def travelled(fresh: Callable[[], World]) -> Iterator[World]:
    """A world in which a marked person wrote, reported, mistyped, came back, spoke and chose, at an odd time."""
    world = fresh()
    before = world.built.clock.moment
    world.built.clock.moment = ODD
    try:
        begun(Marked(world.built)).post("/en/write/1", {"account.story": "half"})
        token = reported(Marked(world.built), "whole")
        Marked(world.built).post("/en/return", {"token": "nothing that opens"})
        Marked(world.built).post("/en/return", {"token": " ".join(world.lone.token.words("en")[::-1])})
        hers = come_back(Marked(world.built), token)
        ref = hers.get("/en/page", follow_redirects=True).request.path.rsplit("/", 1)[1]
        for path, fields in ACTS:
            assert hers.post(f"/en/page/{ref}/{path}", fields).status_code == 303, path
        yield world
    finally:
        world.built.clock.moment = before


ACTS: Final[tuple[tuple[str, dict[str, str]], ...]] = (
    ("write", {"text": "one more thing"}),
    ("talk", {"talk": "y", "how": "phone"}),
    ("choices", {"purpose": "statistics", "answer": "yes"}),
    ("choices/new", {"choice": "ask"}),
    ("choices/way", {"door": "formal"}),
    ("end/later", {}),
    ("undo", {}),
)


def values(engine: Engine) -> Iterator[tuple[str, str, Any]]:
    """Yield every value of every row with its table and column."""
    tables = inspect(engine).get_table_names()
    with engine.connect() as connection:
        for table in tables:
            for row in connection.exec_driver_sql(f'SELECT * FROM "{table}"').mappings():  # noqa: S608 - our own tables
                yield from ((table, column, value) for column, value in row.items())


def both(world: World) -> Iterator[tuple[str, str, Any]]:
    """Yield every value of both stores."""
    yield from values(world.built.stores.main)
    yield from values(world.built.stores.shred)


@pytest.mark.principle("confidentiality")
def test_neither_her_address_nor_her_browser_is_in_any_column(travelled: World) -> None:
    for table, column, value in both(travelled):
        text = value.decode("latin-1") if isinstance(value, bytes) else str(value)
        assert ADDRESS not in text, (table, column)
        assert bytes(map(int, ADDRESS.split("."))).decode("latin-1") not in text, (table, column)
        assert "Quincunx" not in text, (table, column)


@pytest.mark.principle("confidentiality")
def test_neither_her_address_nor_her_browser_is_in_any_file(travelled: World) -> None:
    for path in files(travelled.built.settings.data):
        raw = path.read_bytes()
        for mark in (ADDRESS, "Quincunx"):
            assert mark.encode() not in raw, path.name
            assert mark.encode("utf-16-le") not in raw, path.name


@pytest.mark.principle("confidentiality")
def test_no_time_of_hers_is_finer_than_a_day_and_of_what_vanishes_an_hour(travelled: World) -> None:
    for table, column, value in both(travelled):
        if table in OF_STAFF:
            continue
        text = str(value)
        assert "13:47" not in text, (table, column, value)
        assert ":57:29" not in text, (table, column, value)
        if isinstance(value, str) and len(value) > 10 and value[:4] == "2026":
            assert (table, column) in WITH_HOUR, (table, column, value)
            assert value[13:26].strip(":0.") == "", (table, column, value)
        if isinstance(value, int | float) and not isinstance(value, bool):
            assert not ODD.timestamp() - 9e4 < value < ODD.timestamp() + 9e4, (table, column)


@pytest.mark.principle("confidentiality")
def test_no_row_of_hers_has_a_number_that_counts_up(travelled: World) -> None:
    """Rows without a rowid lie in the order of their ids, and ids are random."""
    for engine in (travelled.built.stores.main, travelled.built.stores.shred):
        with engine.connect() as connection:
            tables = connection.exec_driver_sql("SELECT name, sql FROM sqlite_master WHERE type = 'table'").all()
        for name, made in tables:
            if name not in OF_STAFF and name not in BY_DAY:
                assert "WITHOUT ROWID" in made, name
                assert "AUTOINCREMENT" not in made, name


BY_DAY: Final = {"alembic_version", "audit_days", "peppers", "sqlite_sequence"}


@pytest.mark.principle("confidentiality")
def test_staff_events_do_not_time_what_she_does(travelled: World) -> None:
    with travelled.built.stores.main.connect() as connection:
        rows = connection.exec_driver_sql("SELECT * FROM audit_events").mappings().all()
    assert not [row for row in rows if "13:47:29" in str(dict(row))]


def files(folder: Path) -> list[Path]:
    """Return every file under a folder."""
    return [path for path in folder.rglob("*") if path.is_file()]


def test_the_marked_person_is_the_one_who_is_looked_for(travelled: World) -> None:
    """Without this the sweep could pass because nothing was written at that time."""
    days = {str(value) for _table, _column, value in both(travelled)}
    assert ODD.date().isoformat() in days
    assert travelled.visitor(Role.CASE_MANAGER).get("/en/staff/inbox").status_code in (200, 303)
