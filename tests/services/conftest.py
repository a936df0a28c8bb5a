"""What makes the tests of the services fast: tokens and staff keys are made once for each test process.

Deriving a reporter from a token is slow on purpose (Argon2id), and its cost is no part of what is tested here. Whoever
enrols again in a test chooses another passphrase and so gets another key, as in real life.
"""

from collections.abc import Iterator
from functools import cache
from typing import Final

import pytest

from reporting.crypto.passphrases import SealedSeed
from reporting.crypto.secret import Seed
from reporting.crypto.token import ReporterKeys, Token, derive, draw
from reporting.services.organisation import accounts
from reporting.services.survivor import tokens
from tests import builders

_POOL: Final[list[Token]] = []
_KEYS: Final[dict[tuple[bytes, bytes], ReporterKeys]] = {}
_prepare_anew = accounts.prepare_key
_prepare_key = cache(_prepare_anew)


@pytest.fixture(autouse=True)
def keys_made_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Draw the same tokens in each test, and make the same keys for the same names."""
    drawn = _drawn()
    monkeypatch.setattr(builders, "draw", lambda _language: next(drawn))
    monkeypatch.setattr(tokens, "derive", _derived)
    monkeypatch.setattr(accounts, "prepare_key", _prepared)


def _prepared(username: str, name: str, passphrase: str, restored: Seed | None = None) -> tuple[Seed, SealedSeed]:
    if restored is None:
        return _prepare_key(username, name, passphrase)
    return _prepare_anew(username, name, passphrase, restored)


def _derived(token: Token, salt: bytes) -> ReporterKeys:
    known = _KEYS.get((token.raw, salt))
    if known is None:
        known = _KEYS[token.raw, salt] = derive(token, salt)
    return known


def _drawn() -> Iterator[Token]:
    place = 0
    while True:
        if place == len(_POOL):
            _POOL.append(draw("en"))
        yield _POOL[place]
        place += 1
