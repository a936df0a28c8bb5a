"""What may be said of a piece of evidence wherever it is listed, kept or taken out: never a key, nor where it lies."""

from dataclasses import dataclass, replace
from typing import Self

from reporting.domain.canonical import Record
from reporting.domain.evidence.evidence import Cleaning, Evidence


@dataclass(frozen=True)
class Told(Record):
    """A piece without its keys: `size` in bytes, `sha256` (hex) and `type` are those of the original, or empty.

    `identified` is the digest by which the record of the house knows the piece.
    """

    WHAT = "evidence_told"

    position: int
    author: str
    author_name: str
    day: str
    says: str
    name: str
    type: str
    size: int
    sha256: str
    identified: str
    cleaning: Cleaning
    thread: str
    link: str
    platform: str
    handle: str
    captured_on: str
    captured_by: str

    @classmethod
    def of(cls, piece: Evidence) -> Self:
        """Return what may be said of a piece."""
        original = piece.original
        return cls(
            piece.position,
            piece.author,
            piece.author_name,
            piece.day,
            piece.says,
            piece.name,
            type=original.type if original else "",
            size=original.size if original else 0,
            sha256=original.sha256 if original else "",
            identified=piece.digest,
            cleaning=piece.cleaning,
            thread=piece.thread,
            link=piece.link,
            platform=piece.platform,
            handle=piece.handle,
            captured_on=piece.captured_on,
            captured_by=piece.captured_by,
        )

    @property
    def lasting(self) -> bytes:
        """Return what a yes to this piece is bound to: all of it, but not whether its working copy was made."""
        return replace(self, cleaning=Cleaning.NO_FILE).to_bytes()
