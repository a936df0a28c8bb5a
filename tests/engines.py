"""Instances on both engines: every test that asks for one of these fixtures runs on SQLite and on PostgreSQL.

An instance is built once for each test process and engine. SQLite's files are copied for each test. PostgreSQL would
take a quarter of a second to copy a database, so there the rows are put back as they were before each test.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from shutil import copyfile, copytree
from typing import Any, Final

import pytest
from sqlalchemy import Engine, MetaData, make_url

from reporting.store.database import Stores, open_engine
from reporting.store.tables import MAIN, SHRED
from tests.builders import Built, Team, add_team, make_instance
from tests.instance import open_instance
from tests.postgres import PostgresServer

_ON_POSTGRES: Final = pytest.param("postgres", marks=pytest.mark.postgres)
ENGINES: Final = ("sqlite", _ON_POSTGRES)
# For a test that asks for an instance and makes sense on one engine alone.
on_sqlite: Final = pytest.mark.parametrize("server", ["sqlite"], indirect=True)
on_postgres: Final = pytest.mark.parametrize("server", [_ON_POSTGRES], indirect=True)


@dataclass
class Mould:
    """An instance that every test gets anew: its folder, its people, and on PostgreSQL its databases and their rows."""

    folder: Path
    team: Team | None
    stores: Stores | None = None
    rows: dict[str, list[dict[str, Any]]] = field(default_factory=dict)


@dataclass
class Foundry:
    """What this test process has built so far, by engine and by whether people are in it."""

    folder: Path
    moulds: dict[tuple[str, bool], Mould] = field(default_factory=dict)
    shred_url: str = ""

    def cast(self, server: PostgresServer | None, target: Path, *, peopled: bool) -> tuple[Built, Team | None]:
        """Return an instance as nobody has used it yet, and the people in it."""
        mould = self._on_postgres(server, peopled) if server else self._on_sqlite(peopled)
        copytree(mould.folder / "data", target / "data")
        built = open_instance(target / "data")
        if mould.stores:
            _put_back(mould.stores.main, MAIN, mould.rows)
            _put_back(mould.stores.shred, SHRED, {})
            built = replace(built, stores=replace(mould.stores, blobs=built.stores.blobs))
        return built, mould.team

    def close(self) -> None:
        """Close every connection."""
        for mould in self.moulds.values():
            if mould.stores:
                mould.stores.dispose()

    def _on_sqlite(self, peopled: bool) -> Mould:
        return self.moulds.get(("sqlite", peopled)) or self._make("sqlite", peopled, make_instance)[0]

    def _on_postgres(self, server: PostgresServer, peopled: bool) -> Mould:
        if ("postgres", peopled) in self.moulds:
            return self.moulds["postgres", peopled]
        self.shred_url = self.shred_url or server.url(server.create())
        url = server.url(server.create())
        mould, built = self._make(
            "postgres", peopled, lambda at: make_instance(at, database_url=url, shred_url=self.shred_url)
        )
        mould.stores, mould.rows = built.stores, _rows_of(built.stores.main)
        return mould

    def _make(self, engine: str, peopled: bool, make: Callable[[Path], Built]) -> tuple[Mould, Built]:
        folder = self.folder / f"{engine}-{peopled}"
        built = make(folder)
        mould = self.moulds[engine, peopled] = Mould(folder, add_team(built) if peopled else None)
        built.stores.dispose()
        return mould, built


def _rows_of(engine: Engine) -> dict[str, list[dict[str, Any]]]:
    with engine.connect() as connection:
        found = {table.name: connection.execute(table.select()).mappings().all() for table in MAIN.sorted_tables}
    return {name: [dict(row) for row in rows] for name, rows in found.items() if rows}


def _put_back(engine: Engine, metadata: MetaData, rows: dict[str, list[dict[str, Any]]]) -> None:
    """Empty every table, the audit chains too, and put these rows into them."""
    with engine.begin() as connection:
        connection.exec_driver_sql("SET LOCAL session_replication_role = replica")  # past triggers and foreign keys
        connection.exec_driver_sql("; ".join(str(table.delete()) for table in metadata.sorted_tables))
        for name, kept in rows.items():
            connection.execute(metadata.tables[name].insert(), kept)


@pytest.fixture(scope="session")
def foundry(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Foundry]:
    """The instances of this test process."""
    made = Foundry(tmp_path_factory.mktemp("foundry"))
    yield made
    made.close()


@pytest.fixture(params=ENGINES)
def server(request: pytest.FixtureRequest) -> PostgresServer | None:
    """The server of PostgreSQL when it is its turn, and nothing when it is SQLite's."""
    return request.getfixturevalue("postgres") if request.param == "postgres" else None


@contextmanager
def _lent(
    foundry: Foundry, server: PostgresServer | None, folder: Path, *, peopled: bool
) -> Iterator[tuple[Built, Team | None]]:
    built, team = foundry.cast(server, folder, peopled=peopled)
    try:
        yield built, team
    finally:
        if not server:
            built.stores.dispose()


@pytest.fixture
def peopled(foundry: Foundry, server: PostgresServer | None, tmp_path: Path) -> Iterator[tuple[Built, Team]]:
    """An instance with an open office, its people and the desk that watches it."""
    with _lent(foundry, server, tmp_path / "peopled", peopled=True) as (built, team):
        assert team is not None
        yield built, team


@pytest.fixture
def built(peopled: tuple[Built, Team]) -> Built:
    """The instance in which the people of `team` work."""
    return peopled[0]


@pytest.fixture
def team(peopled: tuple[Built, Team]) -> Team:
    """The people of the instance `built`."""
    return peopled[1]


@pytest.fixture
def back_up(server: PostgresServer | None, tmp_path: Path) -> Iterator[Callable[[Built], Built]]:
    """Copies the main database as it is now; the copy opens beside the live shred store, as after a restore."""
    copies: list[Engine] = []

    def copy(built: Built) -> Built:
        built.stores.main.dispose()
        database = str(built.stores.main.url.database)
        url = server.url(server.create(database)) if server else f"sqlite:///{tmp_path / f'backup-{len(copies)}.db'}"
        if not server:
            copyfile(database, make_url(url).database or "")
        copies.append(open_engine(url))
        return replace(built, stores=replace(built.stores, main=copies[-1]))

    yield copy
    for engine in copies:
        engine.dispose()
        if server:
            server.drop(str(engine.url.database))


@pytest.fixture
def empty(foundry: Foundry, server: PostgresServer | None, tmp_path: Path) -> Iterator[Built]:
    """An instance in which there is nobody yet."""
    with _lent(foundry, server, tmp_path / "empty", peopled=False) as (built, _):
        yield built


@pytest.fixture
def stores(empty: Built) -> Stores:
    """Two stores with every table and no rows but the token salt."""
    return empty.stores
