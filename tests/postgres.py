"""A PostgreSQL of the tests' own: one server for each test process, one fresh database for each test.

The server listens on a socket in a temporary folder and nowhere else. It refuses to run as root, so root hands it to
another user. Databases that share a schema are copied from a template, which is much faster than migrating each.
"""

import os
import pwd
import re
import secrets
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import psycopg
import pytest

from tests.machine import lacking

_OWNER: Final = "harbour"
# Ordinary tests do not pull the plug; those that do ask for a durable server.
_FORGETFUL: Final = {"fsync": "off", "full_page_writes": "off", "synchronous_commit": "off"}
_CLUSTER: Final = ("-U", _OWNER, "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync")
_MODEST: Final = {"listen_addresses": "", "max_connections": "100", "shared_buffers": "32MB"}


class PostgresServer:
    """A running server; every database that it makes is named afresh."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._templates: dict[str, str] = {}

    def url(self, database: str) -> str:
        """Return the address of a database as SQLAlchemy and the settings write it."""
        return f"postgresql+psycopg://{_OWNER}@/{database}?host={self.folder}"

    def create(self, template: str = "template0") -> str:
        """Make a fresh database from a template and return its name."""
        name = f"t{secrets.token_hex(8)}"
        self._run(f'CREATE DATABASE "{name}" TEMPLATE "{template}" STRATEGY file_copy')
        return name

    def drop(self, database: str) -> None:
        """Remove a database, whoever is still connected."""
        self._run(f'DROP DATABASE IF EXISTS "{database}" WITH (FORCE)')

    def copy(self, purpose: str, prepare: Callable[[str], None]) -> str:
        """Make a fresh copy of the database that `prepare` filled, given its URL, when this purpose first came up."""
        if purpose not in self._templates:
            name = self.create()
            prepare(self.url(name))
            self._templates[purpose] = name
        return self.create(self._templates[purpose])

    def _run(self, statement: str) -> None:
        with psycopg.connect(f"host={self.folder} user={_OWNER} dbname=postgres", autocommit=True) as connection:
            connection.execute(statement.encode())


@contextmanager
def running_postgres(*, durable: bool = False) -> Iterator[PostgresServer]:
    """Start a server and stop it again; `durable` keeps every promise about the disk, as in production."""
    binaries, user = _binaries(), _user()
    # The path of a socket may have 107 bytes, so the folder stands directly in the temporary one.
    folder = Path(tempfile.mkdtemp(prefix="harbour-pg-"))
    try:
        if user:
            shutil.chown(folder, user)
        data = folder / "data"
        _checked([f"{binaries}/initdb", "-D", f"{data}", *_CLUSTER], user)
        with _serving(binaries / "postgres", data, user, _MODEST if durable else _MODEST | _FORGETFUL):
            yield PostgresServer(folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _serving(binary: Path, data: Path, user: str | None, options: dict[str, str]) -> Iterator[None]:
    flags = [part for name, value in options.items() for part in ("-c", f"{name}={value}")]
    server = subprocess.Popen(
        [binary, "-D", data, "-k", data.parent, *flags],
        user=user,
        cwd="/",
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        ready = [f"{binary.parent}/pg_isready", "-q", "-h", f"{data.parent}", "-d", "postgres", "-U", _OWNER]
        while subprocess.run(ready, check=False).returncode != 0:
            assert server.poll() is None, f"PostgreSQL ended at once with {server.returncode}"
        yield
    finally:
        # SIGINT asks for a fast shutdown: connections that a failed test left open do not hold it up.
        server.send_signal(signal.SIGINT)
        server.wait(timeout=30)


def _checked(command: list[str], user: str | None) -> None:
    result = subprocess.run(command, user=user, cwd="/", capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr


def _binaries() -> Path:
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(re.sub(r"\D", "", str(path)) or 0))
    on_path = [Path(found).resolve().parent] if (found := shutil.which("postgres")) else []
    for folder in [*reversed(debian), *on_path]:
        if (folder / "initdb").exists():
            return folder
    lacking("The server binaries of PostgreSQL are not on this machine; Debian has them in postgresql.")


def _user() -> str | None:
    """Return whom the server runs as: ourselves, or, since it refuses root, the user that Debian made for it."""
    if os.geteuid() != 0:
        return None
    return "postgres" if any(entry.pw_name == "postgres" for entry in pwd.getpwall()) else "nobody"


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    """The server of this test process."""
    with running_postgres() as server:
        yield server


@pytest.fixture
def postgres_url(postgres: PostgresServer) -> Iterator[str]:
    """The address of an empty database that is gone after the test."""
    database = postgres.create()
    yield postgres.url(database)
    postgres.drop(database)
