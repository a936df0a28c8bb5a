"""Words that wait: typed when her session had ended, kept until she has come back or an hour is over.

They are sealed under the secret of the cookie that her browser already carries, beside the drafts,
so the store alone opens them as little as it opens a draft.
"""

import hashlib
from dataclasses import dataclass

from sqlalchemy import delete

from reporting.crypto.secret import SessionSecret
from reporting.domain.words import clean_text
from reporting.services.house import House
from reporting.services.sealed.waiting import Kind
from reporting.services.signing_in.sessions import Ticket
from reporting.store.database import Work
from reporting.store.shred import DraftRow

KIND = Kind("pending", hours=1)


@dataclass(frozen=True)
class _Key:
    """What finds and opens the words of one browser, from the secret of its cookie."""

    ticket: Ticket

    @property
    def id_hash(self) -> bytes:
        """Return what the database stores to find them."""
        return hashlib.sha256(b"harbour pending id v1" + self.ticket.secret.raw).digest()

    @property
    def secret(self) -> SessionSecret:
        """Return what seals them."""
        return SessionSecret(hashlib.sha256(b"harbour pending secret v1" + self.ticket.secret.raw).digest())


def keep_words(work: Work, house: House, ticket: Ticket, text: str) -> None:
    """Keep what she typed; empty text forgets what was kept.

    :raises TooLong: the text does not fit the largest size class.
    """
    forget_words(work, ticket)
    if text.strip():
        work.shred.add(KIND.row(house, _Key(ticket), clean_text(text).encode()))


def kept_words(work: Work, house: House, ticket: Ticket) -> str:
    """Return what waits for this browser, or nothing."""
    key = _Key(ticket)
    content = KIND.content(house, key, work.shred.get(DraftRow, key.id_hash))
    return content.decode() if content is not None else ""


def forget_words(work: Work, ticket: Ticket) -> None:
    """Destroy what waits for this browser."""
    work.shred.execute(delete(DraftRow).where(DraftRow.id_hash == _Key(ticket).id_hash))
