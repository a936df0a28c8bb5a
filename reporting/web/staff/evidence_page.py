"""A piece of evidence as its readers see it: what it is and shows, what was done to it, and who touched it."""

from dataclasses import dataclass
from datetime import date

from flask_babel import gettext

from reporting.domain.evidence.evidence import Cleaning, Evidence, Scan
from reporting.domain.evidence.file_types import TYPES
from reporting.domain.evidence.opening import OriginalOpened
from reporting.domain.sealed.disclosure import REPORTER
from reporting.services.evidence.again import can_try_again
from reporting.services.evidence.custody import CustodyLine
from reporting.services.evidence.looking import Place, Seen
from reporting.web.evidence_files import plain, seen_as
from reporting.web.library import size_shown
from reporting.web.pages import format_day, translated
from reporting.web.staff.evidence_words import CLEANING, IS_CLEAN, IS_TEXT, NOT_CLEAN, ONLINE, SCANS, kind_of
from reporting.web.staff.record_words import words_of


@dataclass(frozen=True)
class LineShown:
    """One line of the custody log, or one reason for which an original was opened."""

    when: str
    who: str
    sentence: str


@dataclass(frozen=True)
class PieceShown:
    """One piece; `seen_as` is picture, document, audio, video, file or '' where there is no working copy."""

    id: bytes
    number: int
    kind: str
    name: str
    says: str
    added_on: date
    added_by: str
    size: str
    platform: str
    handle: str
    link: str
    captured_on: date | None
    captured_by: str
    part: str
    is_new: bool
    state: str
    is_uncleaned: bool
    meaning: str
    scan: str
    is_harmful: bool
    sha256: str
    copy_sha256: str
    pages: int
    seen_as: str
    has_original: bool
    can_try_again: bool
    custody: list[LineShown]
    openings: list[LineShown]

    @property
    def alternative(self) -> str:
        """Return what a picture shows, for whoever does not see it."""
        return self.says or str(gettext("Evidence %(number)s, without a description", number=self.number))


def piece_shown(seen: Seen) -> PieceShown:
    """Return one piece as a page shows it."""
    piece = seen.piece.evidence
    original = piece.original
    return PieceShown(
        seen.piece.id,
        piece.position + 1,
        _kind(piece),
        plain(piece.name),
        piece.says,
        date.fromisoformat(piece.day),
        "" if piece.author == REPORTER else piece.author_name,
        size_shown(original.size) if original else "",
        plain(piece.platform),
        plain(piece.handle),
        plain(piece.link),
        date.fromisoformat(piece.captured_on) if piece.captured_on else None,
        plain(piece.captured_by),
        _part(seen.place),
        seen.is_new,
        translated(CLEANING[piece.cleaning]) if original else "",
        original is not None and piece.cleaning not in (Cleaning.CLEANED, Cleaning.NO_FILE),
        _meaning(piece),
        translated(SCANS[piece.scan]) if original else "",
        piece.scan is Scan.FOUND,
        original.sha256 if original else "",
        piece.clean.sha256 if piece.clean else "",
        piece.pages,
        seen_as(piece),
        original is not None,
        can_try_again(piece),
        [_line(line) for line in seen.custody],
        [_opening(one) for one in seen.openings],
    )


def _part(place: Place) -> str:
    if place.of == 1:
        return ""
    return str(gettext("Part %(place)s of %(of)s of one talk", place=place.part, of=place.of))


def _kind(piece: Evidence) -> str:
    if piece.original is None:
        return translated(ONLINE)
    kind = translated(kind_of(piece.original.type))
    ending = TYPES[piece.original.type].ending.upper() if piece.original.type in TYPES else ""
    return f"{kind} ({ending})" if ending and ending not in ("BIN", "PDF") else kind


def _meaning(piece: Evidence) -> str:
    if piece.original is None:
        return ""
    if piece.clean is not None:
        return translated(IS_CLEAN)
    return translated(IS_TEXT if piece.cleaning is Cleaning.NO_FILE else NOT_CLEAN)


def _line(line: CustodyLine) -> LineShown:
    return LineShown(format_day(line.day), line.who, translated(words_of(line.action)))


def _opening(one: OriginalOpened) -> LineShown:
    return LineShown(format_day(one.written_on), one.author_name, one.reason)
