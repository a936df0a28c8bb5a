"""One page of a PDF as a picture, drawn by the process that takes files apart."""

from collections.abc import Iterable
from typing import Final

from reporting.domain.evidence.evidence import Cleaning
from reporting.services.errors import NotFound, TooLarge
from reporting.services.evidence.cleaning import take_apart

LARGEST_PAGE: Final = 16 * 1024 * 1024
"""Bytes of a page as JPEG; what the process draws has at most four million pixels and far fewer bytes."""
SECONDS: Final = 20.0
PATIENCE: Final = 20.0
"""How long a page may take, and may wait for its turn: together less than a minute, after which nobody waits for it."""
_MOST_DIGITS: Final = 6


def page_of(pieces: Iterable[bytes], number: int) -> bytes:
    """Return one page of a PDF as JPEG, in memory.

    :param pieces: the working copy, as it is opened.
    :param number: which page, counted from 1.
    :raises NotFound: there is no such page, or it cannot be drawn within the limits.
    :raises TooLarge: the picture is larger than a page ever is.
    """
    if not 1 <= number < 10**_MOST_DIGITS:
        raise NotFound
    picture = bytearray()

    def add(piece: bytes) -> None:
        if len(picture) + len(piece) > LARGEST_PAGE:
            raise TooLarge(LARGEST_PAGE)
        picture.extend(piece)

    drawn = take_apart(f"page {number}", pieces, add, seconds=SECONDS, patience=PATIENCE)
    if drawn.state is not Cleaning.CLEANED:
        raise NotFound
    return bytes(picture)
