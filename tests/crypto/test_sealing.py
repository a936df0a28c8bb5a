"""One ciphertext opens under one key: what GCM alone does not promise."""

import pytest
from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import ECB

from reporting.crypto.errors import Tampered, WrongKey
from reporting.crypto.sealing import LOCK_OVERHEAD, MATERIAL_SIZE, derive, lock, unlock

NONCE = b"n" * 12
BOUND = b"sixteen byte aad"
# The length block that GHASH ends with: 16 bytes of associated data, 16 of ciphertext, both counted in bits.
LENGTHS = (16 * 8).to_bytes(8, "big") * 2
ONE = 1 << 127


def times(one: int, other: int) -> int:
    """Multiply in GCM's field, whose bits run backwards (NIST SP 800-38D, 6.3)."""
    product = 0
    for bit in range(127, -1, -1):
        if one >> bit & 1:
            product ^= other
        other = other >> 1 ^ (0xE1 << 120 if other & 1 else 0)
    return product


def inverse(value: int) -> int:
    """value ** (2**128 - 2), which undoes multiplication in a field of 2**128 elements."""
    result, square = ONE, times(value, value)
    for _ in range(127):
        result, square = times(result, square), times(square, square)
    return result


def block(key: bytes, plaintext: bytes) -> int:
    cipher = Cipher(AES(key), ECB())  # noqa: S305  (GCM is built from single blocks, and this takes it apart)
    return int.from_bytes(cipher.encryptor().update(plaintext), "big")


def tag_without_text(key: bytes) -> tuple[int, int]:
    """What the tag would be for a zero block of ciphertext, and by what the ciphertext block is multiplied in it."""
    subkey = block(key, bytes(16))
    powers = [subkey, times(subkey, subkey)]
    powers.append(times(powers[1], subkey))
    tag = block(key, NONCE + b"\0\0\0\1")
    tag ^= times(int.from_bytes(BOUND, "big"), powers[2])
    tag ^= times(int.from_bytes(LENGTHS, "big"), powers[0])
    return tag, powers[1]


def colliding_ciphertext(one: bytes, other: bytes) -> bytes:
    """A block and a tag that AES-GCM accepts under both keys."""
    (tag, factor), (other_tag, other_factor) = tag_without_text(one), tag_without_text(other)
    text = times(tag ^ other_tag, inverse(factor ^ other_factor))
    return text.to_bytes(16, "big") + (tag ^ times(text, factor)).to_bytes(16, "big")


@pytest.mark.principle("safety")
def test_a_ciphertext_forged_to_open_under_two_keys_opens_under_one() -> None:
    mine, yours = derive(b"m" * 32, b""), derive(b"y" * 32, b"")
    ciphertext = colliding_ciphertext(mine[:32], yours[:32])
    texts = [AESGCM(material[:32]).decrypt(NONCE, ciphertext, BOUND) for material in (mine, yours)]
    assert texts[0] != texts[1]

    forged = mine[32:] + NONCE + ciphertext
    assert unlock(mine, forged, BOUND) == texts[0]
    with pytest.raises(WrongKey):
        unlock(yours, forged, BOUND)


def test_a_locked_text_is_commitment_nonce_ciphertext_and_tag() -> None:
    material = derive(b"m" * 32, b"use")
    locked = lock(material, b"text", b"place")
    assert len(material) == MATERIAL_SIZE == 64
    assert len(locked) == LOCK_OVERHEAD + 4
    assert locked[:32] == material[32:]
    assert AESGCM(material[:32]).decrypt(locked[32:44], locked[44:], b"place") == b"text"


def test_no_nonce_is_used_twice() -> None:
    material = derive(b"m" * 32, b"use")
    assert len({lock(material, b"", b"")[32:44] for _ in range(1000)}) == 1000


def test_what_is_too_short_to_be_locked_is_tampered() -> None:
    with pytest.raises(Tampered):
        unlock(bytes(64), bytes(LOCK_OVERHEAD - 1), b"")


def test_each_use_derives_another_key() -> None:
    assert derive(b"m" * 32, b"one") != derive(b"m" * 32, b"two")
