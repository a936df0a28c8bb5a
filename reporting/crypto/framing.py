"""One unambiguous way to write several byte strings as one.

Whatever is bound, signed, derived from or authenticated passes through `frame`, so that no two different lists of
parts can ever give the same bytes.
"""

from reporting.crypto.parameters import LENGTH_PREFIX_SIZE


def frame(*parts: bytes) -> bytes:
    """Join parts, each preceded by its length in 4 bytes, big-endian; different parts give different bytes."""
    return b"".join(len(part).to_bytes(LENGTH_PREFIX_SIZE, "big") + part for part in parts)


def number(value: int) -> bytes:
    """Write a whole number of 0 to 2**32 - 1 in 4 bytes, big-endian; others raise OverflowError."""
    return value.to_bytes(LENGTH_PREFIX_SIZE, "big")
