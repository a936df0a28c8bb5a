"""Instances on both engines: every test that asks for one of these fixtures runs on SQLite and on PostgreSQL.

An instance is built once for each test process and engine, and copied for each test. On PostgreSQL the shred store is
one database for the whole process, emptied before each test, because it is small and its copies would cost most.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from shutil import copyfile, copytree
from typing import Final

import pytest
from sqlalchemy import Engine, make_url

from reporting.store.database import Stores, open_engine, writing
from reporting.store.tables import SHRED
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
    """An instance as it is copied for tests: its folder and, on PostgreSQL, the purpose of its database."""

    folder: Path
    team: Team | None


@dataclass
class Foundry:
    """What this test process has built so far, by engine and by whether people are in it."""

    folder: Path
    moulds: dict[tuple[str, bool], Mould] = field(default_factory=dict)
    shred_url: str = ""

    def cast(self, server: PostgresServer | None, target: Path, *, peopled: bool) -> tuple[Built, Team | None]:
        """Return a fresh copy of an instance, and the people in it."""
        return self._on_postgres(server, target, peopled) if server else self._on_sqlite(target, peopled)

    def _on_sqlite(self, target: Path, peopled: bool) -> tuple[Built, Team | None]:
        mould = self.moulds.get(("sqlite", peopled)) or self._make("sqlite", peopled, make_instance)
        copytree(mould.folder / "data", target / "data")
        return open_instance(target / "data"), mould.team

    def _on_postgres(self, server: PostgresServer, target: Path, peopled: bool) -> tuple[Built, Team | None]:
        if not self.shred_url:
            self.shred_url = server.url(server.create())

        def prepare(url: str) -> None:
            self._make("postgres", peopled, lambda at: make_instance(at, database_url=url, shred_url=self.shred_url))

        database = server.copy(f"instance {peopled}", prepare)
        mould = self.moulds["postgres", peopled]
        copytree(mould.folder / "data", target / "data")
        built = open_instance(target / "data", database_url=server.url(database), shred_url=self.shred_url)
        _empty(built.stores)
        return built, mould.team

    def _make(self, engine: str, peopled: bool, make: Callable[[Path], Built]) -> Mould:
        folder = self.folder / f"{engine}-{peopled}"
        built = make(folder)
        mould = self.moulds[engine, peopled] = Mould(folder, add_team(built) if peopled else None)
        built.stores.dispose()
        return mould


def _empty(stores: Stores) -> None:
    with writing(stores) as work:
        for table in SHRED.sorted_tables:
            work.shred.execute(table.delete())


@pytest.fixture(scope="session")
def foundry(tmp_path_factory: pytest.TempPathFactory) -> Foundry:
    """The instances of this test process."""
    return Foundry(tmp_path_factory.mktemp("foundry"))


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
        built.stores.dispose()
        if server and (database := built.stores.main.url.database):
            server.drop(database)


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
        return replace(built, stores=Stores(copies[-1], built.stores.shred))

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
