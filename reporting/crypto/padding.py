"""Hide how much someone wrote: texts take one of five sizes, and an empty one looks like a page.

A padded text is its length in 4 bytes (big-endian), the text, and zero bytes up to the size.
"""

from reporting.crypto.errors import Tampered, TooLong
from reporting.crypto.parameters import CLASSES as CLASSES
from reporting.crypto.parameters import LENGTH_PREFIX_SIZE

CAPACITY = CLASSES[-1] - LENGTH_PREFIX_SIZE


def pad(plaintext: bytes, floor: int = CLASSES[0]) -> bytes:
    """Grow to the smallest class (bytes) that is at least `floor` and holds the text; TooLong beyond 1 MiB.

    `floor` must itself be a class, otherwise ValueError.
    """
    if floor not in CLASSES:
        raise ValueError("the floor is not a padding class")
    needed = len(plaintext) + LENGTH_PREFIX_SIZE
    for size in CLASSES:
        if size >= floor and size >= needed:
            return pad_to(plaintext, size)
    raise TooLong(CAPACITY)


def pad_to(plaintext: bytes, size: int) -> bytes:
    """Grow to exactly `size` bytes; TooLong when text and length prefix do not fit."""
    if len(plaintext) + LENGTH_PREFIX_SIZE > size:
        raise TooLong(size - LENGTH_PREFIX_SIZE)
    prefix = len(plaintext).to_bytes(LENGTH_PREFIX_SIZE, "big")
    return (prefix + plaintext).ljust(size, b"\0")


def unpad(padded: bytes) -> bytes:
    """Return the text; Tampered when the padding is not exactly what `pad` writes."""
    end = LENGTH_PREFIX_SIZE + int.from_bytes(padded[:LENGTH_PREFIX_SIZE], "big")
    if len(padded) < LENGTH_PREFIX_SIZE or end > len(padded) or any(padded[end:]):
        raise Tampered("the padding is not ours")
    return padded[LENGTH_PREFIX_SIZE:end]
