"""A staff member's seed, sealed under a passphrase that only they know.

One memory-hard run over the passphrase gives the key that opens the seed, its commitment, and a login verifier, so
that logging in and opening the key are one act. Nobody can reset a passphrase: what it sealed is gone with it.
"""

import hmac
import re
import secrets
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Self

from reporting.crypto import parameters
from reporting.crypto.errors import Tampered, UnknownVersion, WrongPassphrase
from reporting.crypto.framing import frame, number
from reporting.crypto.parameters import (
    HIGHEST_COST,
    KEY_SIZE,
    PASSPHRASE_LABEL,
    PASSPHRASE_LONGEST,
    PASSPHRASE_LOOKED_AT,
    PASSPHRASE_SHORTEST,
    SALT_SIZE,
    SEED_VERSION,
    Cost,
)
from reporting.crypto.sealing import LOCK_OVERHEAD, MATERIAL_SIZE, derive, lock, unlock
from reporting.crypto.secret import Seed
from reporting.crypto.stretching import stretch

MINIMUM_LENGTH = PASSPHRASE_SHORTEST
SEALED_SEED_SIZE = 1 + SALT_SIZE + 12 + KEY_SIZE + LOCK_OVERHEAD + KEY_SIZE

# The estimator's highest score: more than 10**10 guesses, for whoever holds the stored form and can guess in peace.
_SAFE_SCORE = 4
_SCORED_LENGTH = 72


class Weakness(StrEnum):
    """Why a passphrase is refused when it is chosen."""

    TOO_SHORT = "too_short"
    TOO_LONG = "too_long"
    COMMON = "common"


@dataclass(frozen=True, slots=True)
class SealedSeed:
    """A seed under a passphrase: salt (16 bytes), Argon2id cost, login verifier (32), locked seed (92)."""

    salt: bytes
    cost: Cost
    verifier: bytes = field(repr=False)
    sealed: bytes = field(repr=False)

    def to_bytes(self) -> bytes:
        """The stored form, 153 bytes."""
        cost = b"".join(number(value) for value in self.cost)
        return bytes([SEED_VERSION]) + self.salt + cost + self.verifier + self.sealed

    @classmethod
    def from_bytes(cls, stored: bytes) -> Self:
        """Read the stored form: UnknownVersion, or Tampered when it is none or asks for an absurd cost."""
        if len(stored) != SEALED_SEED_SIZE:
            raise Tampered("no sealed seed has this size")
        if stored[0] != SEED_VERSION:
            raise UnknownVersion("sealed by a release that this one does not know")
        salt, cost, rest = stored[1:][:SALT_SIZE], stored[1 + SALT_SIZE :][:12], stored[1 + SALT_SIZE + 12 :]
        return cls(salt, _read_cost(cost), rest[:KEY_SIZE], rest[KEY_SIZE:])


def seal_seed(passphrase: str, seed: Seed) -> SealedSeed:
    """Seal a seed under a passphrase; about 200 ms and 64 MiB. Ask `weakness` first."""
    salt, cost = secrets.token_bytes(SALT_SIZE), parameters.STAFF_COST
    material, verifier = _material(passphrase, salt, cost)
    return SealedSeed(salt, cost, verifier, lock(material, seed.raw, _bound(salt, cost)))


def unseal_seed(passphrase: str, sealed_seed: SealedSeed) -> Seed:
    """Open a seed, which is also how someone logs in; WrongPassphrase, or Tampered when the row was altered."""
    salt, cost = sealed_seed.salt, sealed_seed.cost
    material, verifier = _material(passphrase, salt, cost)
    if not hmac.compare_digest(verifier, sealed_seed.verifier):
        raise WrongPassphrase("the passphrase does not open this key")
    return Seed(unlock(material, sealed_seed.sealed, _bound(salt, cost)))


def waste_time() -> None:
    """Spend what one login costs, so that an unknown user name takes as long as a wrong passphrase."""
    stretch(b"", bytes(SALT_SIZE), parameters.STAFF_COST)


def weakness(passphrase: str, about: Sequence[str]) -> Weakness | None:
    """Why this passphrase must be refused for someone whose names and office are in `about`; None if it is good."""
    text = unicodedata.normalize("NFC", passphrase[:PASSPHRASE_LOOKED_AT])
    if len(text) < MINIMUM_LENGTH:
        return Weakness.TOO_SHORT
    if len(text) > PASSPHRASE_LONGEST:
        return Weakness.TOO_LONG
    return Weakness.COMMON if _guessable(text, about) else None


def _guessable(text: str, about: Sequence[str]) -> bool:
    # Imported late: its dictionaries are needed once in the life of an account, and a web worker stays small.
    from zxcvbn import zxcvbn

    # The estimate takes time that grows with the square of the length, and says no more after this many.
    names = [*about, *re.findall(r"\w+", " ".join(about))]
    return int(zxcvbn(text[:_SCORED_LENGTH], user_inputs=names)["score"]) < _SAFE_SCORE


def _material(passphrase: str, salt: bytes, cost: Cost) -> tuple[bytes, bytes]:
    # Keyboards compose accents differently; a lone surrogate from a broken client is a wrong passphrase, not a crash.
    password = unicodedata.normalize("NFC", passphrase[:PASSPHRASE_LOOKED_AT]).encode("utf-8", "surrogatepass")
    material = derive(stretch(password, salt, cost), frame(PASSPHRASE_LABEL), MATERIAL_SIZE + KEY_SIZE)
    return material[:MATERIAL_SIZE], material[MATERIAL_SIZE:]


def _bound(salt: bytes, cost: Cost) -> bytes:
    return frame(PASSPHRASE_LABEL, salt, *(number(value) for value in cost))


def _read_cost(stored: bytes) -> Cost:
    cost = Cost(*(int.from_bytes(stored[i : i + 4], "big") for i in (0, 4, 8)))
    if any(value > highest for value, highest in zip(cost, HIGHEST_COST, strict=True)):
        raise Tampered("no release has asked for this cost")
    if cost.passes < 1 or cost.lanes < 1 or cost.memory_kib < 8 * cost.lanes:
        raise Tampered("Argon2id has no such cost")
    return cost
