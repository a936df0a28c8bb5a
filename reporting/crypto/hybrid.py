"""HPKE (RFC 9180, base mode) to a hybrid public key: whoever holds the private half opens it, nobody else.

The suite is ML-KEM-768 + X25519 (X-Wing), HKDF-SHA256, AES-256-GCM. The output is `enc (1120) || ciphertext || tag
(16)`. Base mode says nothing about who sealed; grants are authenticated apart, under the instance key.
"""

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PublicKey
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, MLKEM768X25519PublicKey, Suite

from reporting.crypto.errors import WrongKey
from reporting.crypto.keys import KeyPair
from reporting.crypto.parameters import ENCAPSULATION_SIZE, MLKEM_PUBLIC_SIZE, PUBLIC_KEY_SIZE, TAG_SIZE

HYBRID_OVERHEAD = ENCAPSULATION_SIZE + TAG_SIZE

_SUITE = Suite(KEM.MLKEM768_X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)


def seal_to(public_key: bytes, plaintext: bytes, info: bytes) -> bytes:
    """Seal to a public key of 1216 bytes, bound to `info`; ValueError when it is no such key."""
    if len(public_key) != PUBLIC_KEY_SIZE:
        raise ValueError(f"a public key has {PUBLIC_KEY_SIZE} bytes")
    recipient = MLKEM768X25519PublicKey(
        MLKEM768PublicKey.from_public_bytes(public_key[:MLKEM_PUBLIC_SIZE]),
        X25519PublicKey.from_public_bytes(public_key[MLKEM_PUBLIC_SIZE:]),
    )
    return _SUITE.encrypt(plaintext, recipient, info)


def open_from(pair: KeyPair, sealed: bytes, info: bytes) -> bytes:
    """Open what was sealed to this pair. HPKE cannot tell a wrong key from altered bytes: both are WrongKey."""
    try:
        return _SUITE.decrypt(sealed, pair.private, info)
    except InvalidTag:
        raise WrongKey("sealed to another key, in another place, or altered") from None
