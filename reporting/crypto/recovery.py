"""A recovery copy: the seed of one member of staff, sealed to a key that is split among people and kept offline.

It is sealed twice, as a grant is: inside, HPKE to the recovery key; outside, under a shred key of its own, so that the
copy can be destroyed in every backup at once. Both layers bind the recovery key and the account. Seeds of reporters
are never sealed so: there is no function that would take one.

A copy is `version (1) || locked text (60 + 1168)`: always 1229 bytes.
"""

import hashlib
from dataclasses import dataclass

from reporting.crypto.errors import Tampered, UnknownVersion
from reporting.crypto.framing import frame
from reporting.crypto.hybrid import HYBRID_OVERHEAD, open_from, seal_to
from reporting.crypto.keys import KeyPair
from reporting.crypto.parameters import (
    FINGERPRINT_LABEL,
    KEY_SIZE,
    RECOVERY_LABEL,
    RECOVERY_VERSION,
    SHRED_LABEL,
)
from reporting.crypto.sealing import LOCK_OVERHEAD, derive, lock, unlock
from reporting.crypto.secret import Seed, ShredKey
from reporting.crypto.wordlists import FINGERPRINT_LIST, spell

COPY_SIZE = 1 + LOCK_OVERHEAD + HYBRID_OVERHEAD + KEY_SIZE
_FINGERPRINT_SIZE = 11


@dataclass(frozen=True, slots=True)
class CopyContext:
    """Whose seed this is, and under which recovery key: ids of 16 bytes."""

    key_id: bytes
    staff_id: bytes

    def to_bytes(self) -> bytes:
        """The unambiguous encoding that both layers bind."""
        return frame(RECOVERY_LABEL, self.key_id, self.staff_id)


def seal_copy(seed: Seed, recovery_public: bytes, context: CopyContext) -> tuple[bytes, ShredKey]:
    """Seal a staff seed to the recovery key; store the shred key apart, in what can vanish."""
    bound, shred_key = context.to_bytes(), ShredKey.random()
    locked = lock(_material(shred_key), seal_to(recovery_public, seed.raw, bound), bound)
    return bytes([RECOVERY_VERSION]) + locked, shred_key


def open_copy(sealed: bytes, shred_key: ShredKey, recovery: KeyPair, context: CopyContext) -> Seed:
    """Open a copy: UnknownVersion, WrongKey (another shred or recovery key), Tampered (altered or elsewhere)."""
    if len(sealed) != COPY_SIZE:
        raise Tampered("no recovery copy has this size")
    if sealed[0] != RECOVERY_VERSION:
        raise UnknownVersion("sealed by a release that this one does not know")
    bound = context.to_bytes()
    return Seed(open_from(recovery, unlock(_material(shred_key), sealed[1:], bound), bound))


def recovery_words(recovery_public: bytes) -> tuple[str, ...]:
    """Eight English words that name a recovery key, to be compared with what was noted at the ceremony."""
    digest = hashlib.sha256(frame(FINGERPRINT_LABEL, recovery_public, b"")).digest()
    return spell(digest[:_FINGERPRINT_SIZE], FINGERPRINT_LIST)


def _material(shred_key: ShredKey) -> bytes:
    return derive(shred_key.raw, frame(SHRED_LABEL))
