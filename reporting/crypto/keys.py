"""One 32-byte seed is one actor: a key pair that receives grants, and a signing key that vouches.

The key pair is X-Wing, a hybrid of ML-KEM-768 and X25519: whoever stores grants today and owns a quantum computer
later still opens nothing. Making one costs well under a millisecond, but only when it is first asked for.
"""

import hashlib
from functools import cached_property
from typing import Self

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.hpke import MLKEM768X25519PrivateKey

from reporting.crypto.framing import frame
from reporting.crypto.parameters import (
    EXPANDED_SEED_SIZE,
    FINGERPRINT_LABEL,
    KEY_SIZE,
    MLKEM_SEED_SIZE,
    SIGNATURE_LABEL,
    SIGNING_LABEL,
)
from reporting.crypto.sealing import derive
from reporting.crypto.secret import Seed
from reporting.crypto.wordlists import FINGERPRINT_LIST, spell

FINGERPRINT_WORDS = 8
FINGERPRINT_SIZE = 11


class KeyPair:
    """The hybrid key pair of a reporter, a member of staff, or the statistics key."""

    def __init__(self, seed: Seed) -> None:
        self.seed = seed

    @classmethod
    def from_seed(cls, seed: Seed) -> Self:
        """Stand for the pair that this seed always gives; nothing is computed yet."""
        return cls(seed)

    @cached_property
    def _halves(self) -> tuple[MLKEM768PrivateKey, X25519PrivateKey]:
        expanded = hashlib.shake_256(self.seed.raw).digest(EXPANDED_SEED_SIZE)
        return (
            MLKEM768PrivateKey.from_seed_bytes(expanded[:MLKEM_SEED_SIZE]),
            X25519PrivateKey.from_private_bytes(expanded[MLKEM_SEED_SIZE:]),
        )

    @cached_property
    def private(self) -> MLKEM768X25519PrivateKey:
        """The private half, as HPKE takes it."""
        return MLKEM768X25519PrivateKey(*self._halves)

    @cached_property
    def public_key(self) -> bytes:
        """The public half, 1216 bytes: ML-KEM-768 (1184) || X25519 (32)."""
        lattice, curve = self._halves
        return lattice.public_key().public_bytes_raw() + curve.public_key().public_bytes_raw()

    def __repr__(self) -> str:
        return "<KeyPair: redacted>"


class SigningKey:
    """An Ed25519 key from the same seed, used to vouch for a colleague's key."""

    def __init__(self, private: Ed25519PrivateKey) -> None:
        self._private = private

    @classmethod
    def from_seed(cls, seed: Seed) -> Self:
        """Derive the signing key that belongs to this seed."""
        return cls(Ed25519PrivateKey.from_private_bytes(derive(seed.raw, frame(SIGNING_LABEL), KEY_SIZE)))

    @cached_property
    def public_key(self) -> bytes:
        """The verifying half, 32 bytes."""
        return self._private.public_key().public_bytes_raw()

    def sign(self, message: bytes) -> bytes:
        """Sign a message (write several fields with `framing.frame`); 64 bytes."""
        return self._private.sign(frame(SIGNATURE_LABEL, message))

    def __repr__(self) -> str:
        return "<SigningKey: redacted>"


def verify(public_key: bytes, message: bytes, signature: bytes) -> bool:
    """Whether the owner of this 32-byte key signed this message. Malformed keys and signatures are simply not."""
    try:
        Ed25519PublicKey.from_public_bytes(public_key).verify(signature, frame(SIGNATURE_LABEL, message))
    except (InvalidSignature, ValueError):
        return False
    return True


def fingerprint_words(public_key: bytes, signing_public: bytes) -> tuple[str, ...]:
    """Eight English words (88 bits of SHA-256 over both public keys), to be compared in person or by voice."""
    digest = hashlib.sha256(frame(FINGERPRINT_LABEL, public_key, signing_public)).digest()
    return spell(digest[:FINGERPRINT_SIZE], FINGERPRINT_LIST)
