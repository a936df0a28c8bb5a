"""One-time codes on their way: made by an administrator, handed over in person, shown to nobody else.

Until it is handed over a code waits under the seal of the administrator's own session: in no
address, cookie or log, and in no table that opens without that cookie. It is gone when they say
that they handed it over, when they make another one, or when the session ends.
"""

import hashlib
import secrets
from dataclasses import dataclass, field, replace

from reporting.services.errors import NotFound
from reporting.services.house import House
from reporting.services.signing_in.boxes import ACTOR_SIZE, StaffBox
from reporting.services.signing_in.sessions import Ticket, close_staff_box, open_staff_box
from reporting.store.database import Work

CODE_DAYS = 7
CODE_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"
CODE_LENGTH = 20


@dataclass(frozen=True)
class Code:
    """A one-time code and the account that it is for."""

    staff_id: bytes
    text: str = field(repr=False)


def draw_code() -> str:
    """Return a new one-time code, nearly 100 random bits, as it is shown."""
    code = "".join(secrets.choice(CODE_ALPHABET) for _ in range(CODE_LENGTH))
    return "-".join(code[i : i + 5] for i in range(0, CODE_LENGTH, 5))


def plain_code(code: str) -> str:
    """Return a code without capitals and hyphens, as it is hashed and as it seals."""
    return "".join(character for character in code.lower() if character.isalnum())


def hash_code(code: str) -> bytes:
    """Return what is stored of a code."""
    return hashlib.sha256(b"harbour code v1" + plain_code(code).encode()).digest()


def keep_code(work: Work, house: House, ticket: Ticket, staff_id: bytes, text: str) -> None:
    """Keep a code until it is handed over; an older one that still waits is let go.

    :raises NotFound: the session is over.
    """
    close_staff_box(work, ticket, replace(_box(work, house, ticket), code_for=staff_id, code=text))


def waiting_code(work: Work, house: House, ticket: Ticket) -> Code | None:
    """Return the code that still has to be handed over, or nothing."""
    box = open_staff_box(work, house, ticket)
    return Code(box.code_for, box.code) if box is not None and box.code else None


def forget_code(work: Work, house: House, ticket: Ticket) -> None:
    """Let the code go: it was handed over.

    :raises NotFound: the session is over.
    """
    close_staff_box(work, ticket, replace(_box(work, house, ticket), code_for=bytes(ACTOR_SIZE), code=""))


def _box(work: Work, house: House, ticket: Ticket) -> StaffBox:
    box = open_staff_box(work, house, ticket)
    if box is None:
        raise NotFound
    return box
