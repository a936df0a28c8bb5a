"""An instance of one's own: two fresh stores, keys and a clock that the test moves.

The two databases are migrated once for each test process and copied from then on.
"""

import atexit
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache, cached_property
from pathlib import Path
from typing import Final

from flask import Flask

from reporting.config import Settings
from reporting.crypto import parameters
from reporting.crypto.keyring import Keyring
from reporting.crypto.parameters import Cost
from reporting.services.house import House
from reporting.store.database import Stores, open_stores, writing
from reporting.store.schema import upgrade
from reporting.store.settings import TOKEN_SALT, put_setting

PASSPHRASE: Final = "lantern quarry velvet orbit 41"
MONDAY: Final = datetime(2026, 3, 2, 9, 30)  # noqa: DTZ001 - the store keeps UTC without a mark
CHEAP: Final = Cost(memory_kib=64, passes=1, lanes=1)
_SALT: Final = b"a public salt 16"


@dataclass
class Clock:
    """The time of an instance; nothing but a test moves it."""

    moment: datetime

    def __call__(self) -> datetime:
        """Return the present moment (UTC, without a mark)."""
        return self.moment

    def forward(self, **amount: float) -> None:
        """Let time pass: the arguments are those of `timedelta`."""
        self.moment += timedelta(**amount)


@dataclass(frozen=True)
class Built:
    """A whole instance."""

    settings: Settings
    stores: Stores
    house: House
    clock: Clock

    @cached_property
    def app(self) -> Flask:
        """The web application, built when a test first asks for it: most need none."""
        from reporting.app import create_app

        return create_app(self.settings, self.stores, self.house)


def make_instance(
    tmp_path: Path, *, now: datetime = MONDAY, database_url: str = "", shred_url: str = "", **environment: str
) -> Built:
    """Build an instance under a folder; without addresses both stores are SQLite files there."""
    data = tmp_path / "data"
    data.mkdir(parents=True, exist_ok=True)
    given = {"REPORTING_DATA": str(data), "REPORTING_DATABASE_URL": database_url, "REPORTING_SHRED_URL": shred_url}
    settings = Settings.from_environment(given | environment)
    if not database_url:
        for source in _migrated().iterdir():
            shutil.copy(source, data / source.name)
    stores = open_stores(settings.database_url, settings.shred_url, settings.blobs_url, settings.spare)
    if database_url:
        _prepare(stores)
    with cheap_passphrases():
        keyring = Keyring.create(settings.keys, PASSPHRASE)
    return _built(settings, stores, keyring, now)


def open_instance(data: Path, *, now: datetime = MONDAY, database_url: str = "", shred_url: str = "") -> Built:
    """Open an instance whose stores and keys are there already: a copy of one that `make_instance` built."""
    settings = Settings.from_environment(
        {"REPORTING_DATA": str(data), "REPORTING_DATABASE_URL": database_url, "REPORTING_SHRED_URL": shred_url}
    )
    stores = open_stores(settings.database_url, settings.shred_url, settings.blobs_url)
    return _built(settings, stores, Keyring.load(settings.keys), now)


def _built(settings: Settings, stores: Stores, keyring: Keyring, now: datetime) -> Built:
    clock = Clock(now)
    return Built(settings, stores, House(keyring, _SALT, clock), clock)


@contextmanager
def cheap_passphrases() -> Iterator[None]:
    """Seal passphrases at the lowest cost meanwhile; what is sealed remembers its own cost."""
    before = parameters.STAFF_COST
    parameters.STAFF_COST = CHEAP
    try:
        yield
    finally:
        parameters.STAFF_COST = before


@cache
def _migrated() -> Path:
    """Migrate a pair of SQLite stores once and return their folder, which is gone when the process ends."""
    folder = Path(tempfile.mkdtemp(prefix="harbour-migrated-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    databases = (f"sqlite:///{folder / 'reporting.db'}", f"sqlite:///{folder / 'shred.sqlite3'}")
    stores = open_stores(*databases, f"file://{folder / 'blobs'}")
    _prepare(stores)
    stores.dispose()
    (folder / "blobs").rmdir()
    return folder


def _prepare(stores: Stores) -> None:
    upgrade(stores)
    with writing(stores) as work:
        put_setting(work.main, TOKEN_SALT, _SALT)
