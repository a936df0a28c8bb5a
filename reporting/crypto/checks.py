"""What can be checked of a sealed stream without any key that opens it.

A check is GMAC (NIST SP 800-38D: GCM that encrypts nothing) over one sealed chunk, under a key of the instance for this
stream alone and with the number of the chunk as nonce. It costs a tenth of a hash and cannot be made by whoever writes
into the store of blobs. All checks together, the header and the size are authenticated once more in the database.
"""

from collections.abc import Callable, Iterator

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from reporting.crypto.parameters import NONCE_SIZE, TAG_SIZE

MakeCheck = Callable[[int, bytes], bytes]
FindPlace = Callable[[bytes], int | None]


def check_of(check_key: bytes) -> MakeCheck:
    """Return what makes the check (16 bytes) of a chunk from its number and its sealed bytes.

    :param check_key: 32 bytes, for one stream and never for another.
    """
    key = AESGCM(check_key)
    return lambda number, sealed: key.encrypt(number.to_bytes(NONCE_SIZE, "big"), b"", sealed)


def places_of(check_key: bytes, checks: bytes) -> FindPlace:
    """Return what finds the place of a chunk in a stream, wherever its sealed bytes came from; None where it has none.

    GMAC is a hash of the chunk under the key, masked by what the number alone decides. The mask of each number is the
    check of nothing, so that the place of a chunk is found by its hash without trying one number after the other.
    """
    check = check_of(check_key)
    places = {_masked(one, check(number, b"")): number for number, one in enumerate(split_checks(checks))}
    return lambda sealed: places.get(_masked(check(0, sealed), check(0, b"")))


def _masked(one: bytes, mask: bytes) -> bytes:
    return bytes(a ^ b for a, b in zip(one, mask, strict=True))


def split_checks(checks: bytes) -> Iterator[bytes]:
    """Yield the checks of a stream one by one."""
    return (checks[at : at + TAG_SIZE] for at in range(0, len(checks), TAG_SIZE))
