"""The one authenticated encryption that everything here shares: AES-256-GCM with a key commitment in front.

GCM alone does not bind a ciphertext to one key: two keys can be found that open the same bytes to two texts. The
commitment, 32 bytes derived beside the key and compared first, ends that, and it also tells a wrong key from
altered bytes.

A locked text is `commitment (32) || nonce (12) || ciphertext || tag (16)`.
"""

import hmac
import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from reporting.crypto.errors import Tampered, WrongKey
from reporting.crypto.parameters import COMMITMENT_SIZE, KEY_SIZE, NONCE_SIZE, TAG_SIZE

MATERIAL_SIZE = KEY_SIZE + COMMITMENT_SIZE
LOCK_OVERHEAD = COMMITMENT_SIZE + NONCE_SIZE + TAG_SIZE


def derive(source: bytes, info: bytes, length: int = MATERIAL_SIZE) -> bytes:
    """HKDF-SHA256 without salt (RFC 5869): `length` bytes from a uniformly random source, for the use in `info`."""
    return HKDF(SHA256(), length, salt=None, info=info).derive(source)


def lock(material: bytes, plaintext: bytes, bound: bytes) -> bytes:
    """Encrypt under 64 bytes of material (key || commitment); `bound` is authenticated but not stored."""
    key, commitment = material[:KEY_SIZE], material[KEY_SIZE:]
    # The nonce is random: one item key seals far fewer than the 2**32 texts after which 96 bits could repeat.
    nonce = secrets.token_bytes(NONCE_SIZE)
    return commitment + nonce + AESGCM(key).encrypt(nonce, plaintext, bound)


def unlock(material: bytes, locked: bytes, bound: bytes) -> bytes:
    """Undo `lock`: WrongKey before anything is decrypted, Tampered after."""
    if len(locked) < LOCK_OVERHEAD:
        raise Tampered("shorter than any sealed text")
    key, commitment = material[:KEY_SIZE], material[KEY_SIZE:]
    if not hmac.compare_digest(locked[:COMMITMENT_SIZE], commitment):
        raise WrongKey("sealed under another key")
    nonce, ciphertext = locked[COMMITMENT_SIZE:][:NONCE_SIZE], locked[COMMITMENT_SIZE + NONCE_SIZE :]
    try:
        return AESGCM(key).decrypt(nonce, ciphertext, bound)
    except InvalidTag:
        raise Tampered("the sealed bytes or their place have been altered") from None
