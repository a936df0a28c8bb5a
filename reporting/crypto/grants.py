"""Grants: a survivor's consent, as the key of one compartment sealed to one person.

A grant is sealed twice. Inside, HPKE to the holder's public key: nobody else opens it. Outside, under its own random
shred key, which lives in the shred store alone: once that is destroyed the holder does not open it either, in any
backup. Both layers bind the format, case, compartment, generation, part and holder, so that a grant copied to
another row opens nothing.

A grant is `version (1) || locked text (60 + 1168)`: always 1229 bytes.
"""

from dataclasses import dataclass

from reporting.crypto.errors import Tampered, UnknownVersion
from reporting.crypto.framing import frame, number
from reporting.crypto.hybrid import HYBRID_OVERHEAD, open_from, seal_to
from reporting.crypto.keys import KeyPair
from reporting.crypto.parameters import GRANT_LABEL, GRANT_VERSION, KEY_SIZE, SHRED_LABEL
from reporting.crypto.sealing import LOCK_OVERHEAD, derive, lock, unlock
from reporting.crypto.secret import CompartmentKey, ShredKey

GRANT_SIZE = 1 + LOCK_OVERHEAD + HYBRID_OVERHEAD + KEY_SIZE


@dataclass(frozen=True, slots=True)
class GrantContext:
    """What a grant is for.

    `holder` (17 bytes): b"r" || lookup id, b"g" || a guest's, b"s" || staff id, or b"p" || the id of a link.
    """

    case_id: bytes
    compartment: str
    generation: int
    part: str
    holder: bytes

    def to_bytes(self) -> bytes:
        """The unambiguous encoding that both layers bind."""
        return frame(
            GRANT_LABEL,
            self.case_id,
            self.compartment.encode(),
            number(self.generation),
            self.part.encode(),
            self.holder,
        )


def seal_grant(key: CompartmentKey, public_key: bytes, context: GrantContext) -> tuple[bytes, ShredKey]:
    """Seal a compartment key (or one half of it) to a public key of 1216 bytes.

    Store the grant in the database and the shred key in the shred store, which must be durable first.
    """
    bound = context.to_bytes()
    shred_key = ShredKey.random()
    locked = lock(_shred_material(shred_key), seal_to(public_key, key.raw, bound), bound)
    return bytes([GRANT_VERSION]) + locked, shred_key


def open_grant(sealed: bytes, shred_key: ShredKey, pair: KeyPair, context: GrantContext) -> CompartmentKey:
    """Open a grant: UnknownVersion, WrongKey (another shred key or key pair), Tampered (altered or elsewhere)."""
    if len(sealed) != GRANT_SIZE:
        raise Tampered("no grant has this size")
    if sealed[0] != GRANT_VERSION:
        raise UnknownVersion("granted by a release that this one does not know")
    bound = context.to_bytes()
    inner = unlock(_shred_material(shred_key), sealed[1:], bound)
    return CompartmentKey(open_from(pair, inner, bound))


def split(key: CompartmentKey) -> tuple[CompartmentKey, CompartmentKey]:
    """Two halves of which one alone says nothing about the key."""
    mask = CompartmentKey.random()
    return mask, join(key, mask)


def join(one: CompartmentKey, other: CompartmentKey) -> CompartmentKey:
    """The key whose halves these are (XOR)."""
    return CompartmentKey(bytes(a ^ b for a, b in zip(one.raw, other.raw, strict=True)))


def _shred_material(shred_key: ShredKey) -> bytes:
    return derive(shred_key.raw, frame(SHRED_LABEL))
