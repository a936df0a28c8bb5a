"""The one mail that Harbour sends: the same every working day to everybody who handles cases, and never to a survivor.

It says nothing about whether anything happened, so that neither its arrival nor its length tells anybody who watches
mail (OWASP ASVS and the practice of newsrooms with SecureDrop: notices of constant size, sent whether or not there is
news).
"""

import re
from dataclasses import dataclass, field
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from typing import Final

from reporting.domain.words import N_

HOUR: Final = 8
"""When it is sent, by the clock of the office."""
BODY_SIZE: Final = 1024
ADDRESS_LONGEST: Final = 254

NOTE: Final = N_(
    "Please sign in and look at your inbox.\n\n"
    "This note comes every working day and is always the same. It says nothing about whether anything happened.\n\n"
    "Please do not answer it: nobody reads the answer."
)
"""What it says, in the language of the office that it goes to."""

_ADDRESS: Final = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@(?:[A-Za-z0-9-]{1,63}\.)+[A-Za-z0-9-]{2,63}")


@dataclass(frozen=True, slots=True)
class MailServer:
    """Where mail is handed in, and as whom. `security` is starttls, tls, or none on this machine."""

    host: str
    port: int
    security: str
    user: str
    password: str = field(repr=False)
    sender: str
    subject: str


def is_address(text: str) -> bool:
    """Return whether this is one plain mail address: ASCII, no name beside it, nothing that could end a header."""
    return len(text) <= ADDRESS_LONGEST and _ADDRESS.fullmatch(text) is not None and ".." not in text


def daily_note(server: MailServer, to: str, words: str, at: datetime, random_id: str) -> bytes:
    """Return the whole mail; its length depends on the addresses and on nothing else.

    :param words: `NOTE` in the reader's language.
    :param at: the moment of the day at which it is always sent, with a time zone.
    :param random_id: 32 hex digits.
    """
    message = EmailMessage(policy=SMTP)
    message["From"] = server.sender
    message["To"] = to
    message["Subject"] = server.subject
    message["Date"] = format_datetime(at)
    message["Message-ID"] = f"<{random_id}@{server.sender.rpartition('@')[2]}>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(padded(words), cte="base64")
    return message.as_bytes()


def padded(words: str) -> str:
    """Return the words with blank lines after them up to `BODY_SIZE` bytes, the same in every language."""
    room = BODY_SIZE - len(words.encode())
    if room < 1:
        raise ValueError("the note is longer than what it is padded to")
    return words + "\n" * room
