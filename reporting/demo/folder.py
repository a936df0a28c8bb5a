"""The folder of a demonstration: whose it is, and how to get into what is in it.

A demonstration writes its passphrases and tokens into a file, which no real instance ever does. The file and a row in
the database together tell a demonstration from anything else.
"""

import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, Final, Self

from sqlalchemy.exc import DatabaseError

from reporting.config import ConfigError, Settings
from reporting.services.opening import upgrade_house
from reporting.store.database import open_stores, reading
from reporting.store.settings import DEMO_MARK, get_setting

FILE: Final = "demo.json"


@dataclass(frozen=True)
class Access:
    """One account: who, and how to sign in."""

    username: str
    passphrase: str
    role: str
    office: str
    second_factor: str = ""
    """The secret of an authenticator app; empty for a role that needs none."""


@dataclass(frozen=True)
class Demonstration:
    """How to get into a demonstration; everything in it is invented."""

    accounts: tuple[Access, ...]
    token: str
    other_tokens: Mapping[str, str]
    statistics_passphrase: str

    def as_json(self, **more: str) -> str:
        """Return it as one line of JSON."""
        return json.dumps({**more, **asdict(self)}, ensure_ascii=False)

    def account(self, username: str) -> Access | None:
        """Return the account with this user name."""
        return next((one for one in self.accounts if one.username == username), None)

    @classmethod
    def from_json(cls, text: str) -> Self:
        """Read it back; ValueError, KeyError or TypeError where this is something else."""
        known: dict[str, Any] = json.loads(text)
        accounts = tuple(Access(**account) for account in known["accounts"])
        return cls(accounts, known["token"], known["other_tokens"], known["statistics_passphrase"])


def within(settings: Settings) -> Settings:
    """Return settings that keep a demonstration to its folder and to this machine, whatever the environment says."""
    data = settings.data
    return replace(
        settings,
        keys=data / "keys",
        database_url=f"sqlite:///{data / 'reporting.db'}",
        shred_url=f"sqlite:///{data / 'shred.sqlite3'}",
        behind_proxy=False,
        onion="",
    )


def is_empty(data: Path) -> bool:
    """Return whether a demonstration can be made here."""
    return not data.exists() or not any(data.iterdir())


def keep(data: Path, made: Demonstration) -> None:
    """Write how to get in, for this account of the machine only."""
    handle = os.open(data / FILE, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(made.as_json() + "\n")


def find(settings: Settings) -> Demonstration:
    """Return the demonstration in a folder, brought to this release.

    :raises ConfigError: the folder holds something else, or a demonstration that was never finished.
    """
    refusal = ConfigError(
        f"{settings.data} holds what `reporting demo` did not make or did not finish; "
        "run `reporting demo --data` with an empty folder."
    )
    try:
        known = Demonstration.from_json((settings.data / FILE).read_text(encoding="utf-8"))
    except (OSError, ValueError, KeyError, TypeError):
        raise refusal from None
    if not _is_marked(settings):
        raise refusal
    stores, _ = upgrade_house(settings)
    stores.dispose()
    return known


def _is_marked(settings: Settings) -> bool:
    if not (settings.data / "reporting.db").exists():
        return False
    stores = open_stores(settings.database_url, settings.shred_url, settings.blobs_url, settings.spare)
    try:
        with reading(stores) as work:
            return get_setting(work.main, DEMO_MARK) is not None
    except DatabaseError:
        return False
    finally:
        stores.dispose()
