"""One piece of evidence, as it is sealed in `story`: what it shows, where its sealed bytes lie, and their keys."""

import hashlib
import json
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from reporting.domain.canonical import Record


class Cleaning(StrEnum):
    """What became of the working copy, which has no hidden data (place, device, author, history)."""

    NO_FILE = "no_file"
    CLEANED = "cleaned"
    UNKNOWN_KIND = "unknown_kind"
    TOO_LARGE = "too_large"
    NOT_READABLE = "not_readable"
    TOO_MUCH = "too_much"
    NO_PROGRAM = "no_program"
    BUSY = "busy"


class Scan(StrEnum):
    """What a search for harmful programs said."""

    NOT_ASKED = "not_asked"
    NOTHING_FOUND = "nothing_found"
    FOUND = "found"
    NO_ANSWER = "no_answer"


@dataclass(frozen=True)
class KeptFile:
    """Sealed bytes in the blob store: id and key in hex, the real size in bytes, SHA-256 (hex) and media type."""

    blob: str
    key: str
    size: int
    sha256: str
    type: str

    @property
    def blob_id(self) -> bytes:
        """Return the id of the blob."""
        return bytes.fromhex(self.blob)


@dataclass(frozen=True)
class Evidence(Record):
    """One piece: a file, an account or link online, or both (a screenshot of a message).

    `position` gives the order within the case, from 0; `author` is a staff id in hex or `reporter`; `day` is the day on
    which it was added. `name` is what the file was called, `says` what it shows in her words. `captured_on` is a day
    (YYYY-MM-DD) or empty, `captured_by` who made the screenshot or copied the link. Pieces of one talk share `thread`.
    `salt` (hex) hides what the record of the house says about this piece from whoever does not have it.
    """

    WHAT = "evidence"

    position: int
    author: str
    author_name: str
    day: str
    salt: str
    says: str = ""
    name: str = ""
    original: KeptFile | None = None
    clean: KeptFile | None = None
    cleaning: Cleaning = Cleaning.NO_FILE
    pages: int = 0
    scan: Scan = Scan.NOT_ASKED
    thread: str = ""
    link: str = ""
    platform: str = ""
    handle: str = ""
    captured_on: str = ""
    captured_by: str = ""

    def __post_init__(self) -> None:
        for day in (self.day, *([self.captured_on] if self.captured_on else [])):
            if date.fromisoformat(day).isoformat() != day:
                raise ValueError("a day is written YYYY-MM-DD")

    @property
    def files(self) -> tuple[KeptFile, ...]:
        """Return what lies in the blob store of this piece: the original, and the working copy if there is one."""
        return tuple(one for one in (self.original, self.clean) if one is not None)

    @property
    def digest(self) -> str:
        """Return what identifies the piece (SHA-256, hex): of the original's bytes, or of what is said of it online."""
        if self.original is not None:
            return self.original.sha256
        said = [self.says, self.link, self.platform, self.handle, self.captured_on, self.captured_by]
        return hashlib.sha256(json.dumps(said).encode()).hexdigest()

    @property
    def custody_ref(self) -> bytes:
        """Return the name of this piece in the record of the house (16 bytes).

        It is a commitment: whoever has salt and digest can find it there, and nobody else learns anything from it.
        """
        return custody_ref(self.salt, self.digest)


def custody_ref(salt: str, digest: str) -> bytes:
    """Return the name (16 bytes) that a piece with this salt and digest has in the record; both in hex.

    :raises ValueError: one of the two is not what it says that it is.
    """
    raw_salt, raw_digest = bytes.fromhex(salt), bytes.fromhex(digest)
    if (len(raw_salt), len(raw_digest)) != (16, 32):
        raise ValueError("a salt has 16 bytes and a digest 32")
    return hashlib.sha256(b"harbour/custody/1" + raw_salt + raw_digest).digest()[:16]
