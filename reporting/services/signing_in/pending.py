"""Words that wait: typed when her session had ended, kept until she has come back or an hour is over.

They are sealed under the secret of the cookie that her browser already carries, beside the drafts,
so the store alone opens them as little as it opens a draft.
"""

import hashlib

from sqlalchemy import delete

from reporting.crypto.envelope import open_box, seal_box
from reporting.crypto.errors import CannotOpen
from reporting.crypto.secret import SessionSecret
from reporting.domain.words import clean_text
from reporting.services.house import House
from reporting.services.signing_in.sessions import Ticket, hour_after
from reporting.store.database import Work
from reporting.store.shred import DraftRow

LABEL = "pending"
HOURS = 1


def keep_words(work: Work, house: House, ticket: Ticket, text: str) -> None:
    """Keep what she typed; empty text forgets what was kept.

    :raises TooLong: the text does not fit the largest size class.
    """
    forget_words(work, ticket)
    if text.strip():
        sealed = seal_box(_secret(ticket), LABEL, clean_text(text).encode())
        work.shred.add(DraftRow(id_hash=_id_hash(ticket), expires_hour=hour_after(house.now(), HOURS), sealed=sealed))


def kept_words(work: Work, house: House, ticket: Ticket) -> str:
    """Return what waits for this browser, or nothing."""
    row = work.shred.get(DraftRow, _id_hash(ticket))
    if row is None or row.expires_hour <= house.now():
        return ""
    try:
        return open_box(_secret(ticket), LABEL, row.sealed).decode()
    except CannotOpen:
        return ""


def forget_words(work: Work, ticket: Ticket) -> None:
    """Destroy what waits for this browser."""
    work.shred.execute(delete(DraftRow).where(DraftRow.id_hash == _id_hash(ticket)))


def _id_hash(ticket: Ticket) -> bytes:
    return hashlib.sha256(b"harbour pending id v1" + ticket.secret.raw).digest()


def _secret(ticket: Ticket) -> SessionSecret:
    return SessionSecret(hashlib.sha256(b"harbour pending secret v1" + ticket.secret.raw).digest())
