"""Every test of this folder starts the real server on an instance of its own, once for each kind of database."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from reporting.services.house import utc_now
from tests.builders import Built, add_team, make_instance
from tests.postgres import PostgresServer


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def built(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Built]:
    """An instance in the present, with an open office and its readers."""
    urls: dict[str, str] = {}
    if request.param == "postgresql":
        postgres: PostgresServer = request.getfixturevalue("postgres")
        urls = {f"{store}_url": postgres.url(postgres.create()) for store in ("database", "shred")}
    yield from with_team(tmp_path, **urls)


@pytest.fixture
def on_sqlite(tmp_path: Path) -> Iterator[Built]:
    """The same, where the kind of database makes no difference."""
    yield from with_team(tmp_path)


def with_team(folder: Path, **urls: str) -> Iterator[Built]:
    """Build an instance and let go of its connections afterwards."""
    instance = make_instance(folder, now=utc_now(), **urls)
    try:
        add_team(instance)
        yield instance
    finally:
        instance.stores.dispose()
