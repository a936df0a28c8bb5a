"""What she added, in plain words: what it is, what it shows, how it was received, and what happened to it since."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from reporting.domain.evidence.evidence import Cleaning, Evidence, Scan
from reporting.domain.evidence.file_types import TYPES, Family
from reporting.domain.oversight.audit import JOURNAL, LEDGER, ReporterEvent
from reporting.domain.sealed.disclosure import REPORTER
from reporting.domain.words import N_
from reporting.services.evidence.custody import CustodyLine
from reporting.services.evidence.pieces import Piece
from reporting.web.library import size_shown
from reporting.web.pages import translated
from reporting.web.survivor.ledger import SOMEBODY, Entry, apart

GROUP: Final = 4
"""How many signs of a fingerprint stand together."""
AS_IT_IS: Final = N_("It is kept sealed, exactly as you gave it. Whoever opens it also sees what is hidden in it.")
CLEANED: Mapping[Cleaning, str] = {
    Cleaning.NO_FILE: N_("It is plain text: there is nothing hidden in it, so no other copy was needed."),
    Cleaning.CLEANED: N_(
        "A copy without hidden data, such as the place and the device, was made. Whoever may read this sees that copy "
        "first. The original stays sealed, and when somebody opens it you read it on your page."
    ),
    Cleaning.UNKNOWN_KIND: N_(
        "We do not know this kind of file, so no copy without hidden data, such as the place and the device, was made."
    ),
    Cleaning.TOO_LARGE: N_("It is too large for us to make a copy without hidden data, such as place and device."),
    Cleaning.NOT_READABLE: N_(
        "Our program could not read it, so no copy without hidden data, such as place and device, was made. That can "
        "happen, and it is nothing that you did."
    ),
    Cleaning.TOO_MUCH: N_(
        "Making a copy without hidden data, such as place and device, took more time or memory than we allow, so we "
        "stopped it."
    ),
    Cleaning.NO_PROGRAM: N_(
        "There is no program here that makes a copy of this kind of file without hidden data, such as place and device."
    ),
    Cleaning.BUSY: N_(
        "So many files were coming in that no copy without hidden data, such as place and device, could be made. The "
        "team can have it made later."
    ),
}
SCANNED: Mapping[Scan, str] = {
    Scan.NOT_ASKED: N_("It was not searched for harmful programs."),
    Scan.NOTHING_FOUND: N_("A search for harmful programs found nothing."),
    Scan.FOUND: N_(
        "A search found what may be a harmful program in it. A file can carry one without anybody knowing. It is kept "
        "all the same. Better do not open it on your device."
    ),
    Scan.NO_ANSWER: N_("The search for harmful programs did not answer when it came, so it was not searched."),
}
FAMILIES: Mapping[str, str] = {
    "image": N_("Picture"),
    "video": N_("Film"),
    "audio": N_("Recording"),
    "text": N_("Text"),
    "application": N_("Document"),
}
UNKNOWN: Final = N_("File of a kind that we do not know")


@dataclass(frozen=True)
class PieceShown:
    """A piece in the words of this page."""

    ref: str
    evidence: Evidence
    name: str
    kind: str
    size: str
    day: date

    @property
    def is_file(self) -> bool:
        """Return whether there is a file, and not only words."""
        return self.evidence.original is not None

    @property
    def by(self) -> str:
        """Return which colleague added it, or nothing for what she added herself."""
        return "" if self.evidence.author == REPORTER else self.evidence.author_name or translated(SOMEBODY)

    @property
    def captured_on(self) -> date | None:
        """Return the day on which it was captured, if she gave one."""
        return date.fromisoformat(self.evidence.captured_on) if self.evidence.captured_on else None

    @property
    def receipt(self) -> str:
        """Return the fingerprint of the original in small groups."""
        digest = self.evidence.original.sha256 if self.evidence.original else ""
        return " ".join(digest[at : at + GROUP] for at in range(0, len(digest), GROUP))

    @property
    def cleaned(self) -> list[str]:
        """Return what is to be said of the copy without hidden data: nothing where there is no file."""
        if not self.is_file:
            return []
        whole = self.evidence.cleaning in (Cleaning.CLEANED, Cleaning.NO_FILE)
        return [translated(CLEANED[self.evidence.cleaning]), *([] if whole else [translated(AS_IT_IS)])]

    @property
    def scanned(self) -> str:
        """Return what a search for harmful programs said."""
        return translated(SCANNED[self.evidence.scan]) if self.is_file else ""


@dataclass(frozen=True)
class Talk:
    """Pieces that belong together: one, or several of the same talk in their order."""

    pieces: Sequence[PieceShown]

    @property
    def is_talk(self) -> bool:
        """Return whether these are several of one talk."""
        return len(self.pieces) > 1

    @property
    def thread(self) -> str:
        """Return what the talk is called in a form that adds to it; it stands for nothing else."""
        return self.pieces[0].evidence.thread


def talks(pieces: Sequence[Piece], ref_of: Callable[[bytes], str]) -> list[Talk]:
    """Return what she added, the last on top, where she sees that it came; the pieces of one talk in their order."""
    groups: dict[str | bytes, list[PieceShown]] = {}
    for piece in pieces:
        key = piece.evidence.thread or piece.id
        groups[key] = [*groups.pop(key, []), piece_shown(piece, ref_of(piece.id))]
    return [Talk(group) for group in reversed(groups.values())]


def piece_shown(piece: Piece, ref: str) -> PieceShown:
    """Return a piece in the words of this page."""
    one = piece.evidence
    size = size_shown(one.original.size) if one.original else ""
    return PieceShown(ref, one, one.name or _called(one), _kind(one), size, date.fromisoformat(one.day))


def custody_entries(lines: Sequence[CustodyLine]) -> list[Entry]:
    """Return what happened to a piece, the newest day first; the same thing done again on a day is told once."""
    told = [Entry(line.day, _sentence(line)) for line in lines]
    return list(reversed(dict.fromkeys(told)))


def _sentence(line: CustodyLine) -> str:
    if isinstance(line.action, ReporterEvent):
        return translated(JOURNAL[line.action])
    return translated(LEDGER[line.action], name=apart(line.who) or translated(SOMEBODY), about="", step="")


def _called(piece: Evidence) -> str:
    online = piece.link or piece.handle or piece.platform
    return online or translated(N_("File without a name") if piece.original else N_("What you described"))


def _kind(piece: Evidence) -> str:
    if piece.original is None:
        return translated(N_("Online") if piece.link or piece.handle or piece.platform else N_("In words"))
    kind = TYPES.get(piece.original.type)
    if kind is None or (kind.family is None and not piece.original.type.startswith("text/")):
        return translated(UNKNOWN)
    named = translated(FAMILIES["application" if kind.family is Family.PDF else kind.media.partition("/")[0]])
    return f"{named} ({kind.ending.upper()})"
