"""Every test of this folder starts the real server on an instance of its own, once for each kind of database."""

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import pytest

from reporting.services.house import utc_now
from tests.builders import Built, add_team, make_instance
from tests.machine import lacking
from tests.postgres import PostgresServer

SMALL_DISK: Final = "24m"


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def built(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Built]:
    """An instance in the present, with an open office and its readers."""
    urls: dict[str, str] = {}
    if request.param == "postgresql":
        postgres: PostgresServer = request.getfixturevalue("postgres")
        urls = {f"{store}_url": postgres.url(postgres.create()) for store in ("database", "shred")}
    with with_team(tmp_path, **urls) as instance:
        yield instance


@pytest.fixture
def on_sqlite(tmp_path: Path) -> Iterator[Built]:
    """The same, where the kind of database makes no difference."""
    with with_team(tmp_path) as instance:
        yield instance


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of a few megabytes. Only root can mount one."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={SMALL_DISK},mode=0700", "none", folder], capture_output=True, check=False
    )
    if mounted.returncode != 0:
        lacking("Only root may mount the small disk that this test fills.")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "--lazy", folder], check=True)


@contextmanager
def with_team(folder: Path, **urls: str) -> Iterator[Built]:
    """Build an instance and let go of its connections afterwards."""
    instance = make_instance(folder, now=utc_now(), **urls)
    try:
        add_team(instance)
        yield instance
    finally:
        instance.stores.dispose()
