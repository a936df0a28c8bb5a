"""What somebody looks for, sealed inside the address of its page: no history, log, cookie or database can be asked.

An address of this kind is a box (docs/FORMATS.md), of one size for each page, under the key of the day on which it
ends. It ends `LASTS` after it was made, and nobody opens it any more when that key has gone.
"""

import base64
from datetime import UTC, datetime, timedelta
from typing import Final

from reporting.crypto.envelope import open_box, seal_box
from reporting.crypto.errors import CannotOpen
from reporting.crypto.parameters import LENGTH_PREFIX_SIZE
from reporting.crypto.secret import Secret
from reporting.services.signing_in.pepper import known_peppers, pepper_of
from reporting.store.database import reading
from reporting.web.instance import here

ARGUMENT: Final = "a"
"""What the one argument of such an address is called."""
LASTS: Final = timedelta(minutes=30)
ROOM: Final = 512
SMALL: Final = 62
"""The sizes of what is sealed, in bytes; a page has one of them, so that the length tells nothing but the page."""
_END_SIZE: Final = 8
CAPACITY: Final = ROOM - LENGTH_PREFIX_SIZE - _END_SIZE
"""How many bytes fit where there is room."""
LENGTHS: Final = {ROOM: 764, SMALL: 164}
"""How many characters such an argument has by its size, whatever is inside."""


def seal_address(use: str, content: bytes, size: int = ROOM) -> str:
    """Return the argument that carries these bytes for half an hour; `use` names the page that may open it.

    :raises TooLong: of the cryptography, where the content does not fit the size.
    :raises OperationalError: of the database, where the shred store does not answer: answer without an address then.
    """
    ends = _now() + LASTS
    key = Secret(pepper_of(here().stores, here().house, ends.date()))
    end = int(ends.timestamp()).to_bytes(_END_SIZE, "big")
    return base64.urlsafe_b64encode(seal_box(key, _label(use), end + content, size=size)).decode()


def open_address(use: str, argument: str) -> bytes | None:
    """Return what an address carries; nothing where it has ended, was never ours, or belongs to another page.

    :raises OperationalError: of the database, where the shred store does not answer.
    """
    if len(argument) not in LENGTHS.values() or not argument.isascii():
        return None
    try:
        sealed = base64.b64decode(argument, altchars=b"-_", validate=True)
    except ValueError:
        return None
    with reading(here().stores) as work:
        keys = known_peppers(work, (_now().date(), (_now() + LASTS).date()))
    for key in keys:
        try:
            opened = open_box(Secret(key), _label(use), sealed)
        except CannotOpen:
            continue
        ends = int.from_bytes(opened[:_END_SIZE], "big")
        return opened[_END_SIZE:] if _now().timestamp() < ends else None
    return None


def _label(use: str) -> str:
    return f"address {use}"


def _now() -> datetime:
    return here().house.now().replace(tzinfo=UTC)
