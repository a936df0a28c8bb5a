"""Receiving a file: the original sealed as it comes, what it is by its content, and its working copy."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from reporting.domain.evidence.evidence import Cleaning, Evidence
from reporting.domain.evidence.file_types import HEAD, OTHER, FileType, type_of
from reporting.services.evidence.cleaning import clean
from reporting.services.evidence.keeping import Kept, add_kept, drop_kept, keep, open_file
from reporting.services.evidence.scanning import scan
from reporting.services.house import House
from reporting.store.database import Work
from reporting.store.objects import BlobStore


@dataclass(frozen=True)
class Received:
    """A file that is sealed and durable and that no row names yet: `files` are to be added with its piece."""

    piece: Evidence
    files: tuple[Kept, ...]


class _Head:
    """Passes a file on and remembers how it begins."""

    def __init__(self, pieces: Iterable[bytes]) -> None:
        self._pieces = pieces
        self.begins = b""

    def __iter__(self) -> Iterator[bytes]:
        for piece in self._pieces:
            if len(self.begins) < HEAD:
                self.begins = (self.begins + piece)[:HEAD]
            yield piece


def receive(blobs: BlobStore, house: House, piece: Evidence, pieces: Iterable[bytes], most: int) -> Received:
    """Seal a file as it comes, let clamd look at it, and make its working copy. No unit of work is open meanwhile.

    :param piece: what is said of it, without any file.
    :param most: how many bytes it may have at most.
    :raises TooLarge: it has more; nothing of it stays.
    """
    head = _Head(pieces)
    original = keep(blobs, house, head, most)
    try:
        kind = type_of(head.begins)
        original = replace(original, file=replace(original.file, type=kind.media))
        said = scan(house.clamd, open_file(blobs, original.file, original.shred_key).chunks())
        piece = replace(piece, original=original.file, scan=said)
        return _with_copy(blobs, house, piece, original, kind, most)
    except BaseException:  # no room for the copy, say: whatever it is, nothing may stay of what is not added
        drop_kept(blobs, original)
        raise


def add_received(work: Work, house: House, received: Received, owner: bytes) -> None:
    """Say that the files of a piece are there and whose they are, in the unit that adds the piece."""
    for kept in received.files:
        add_kept(work, house, kept, owner)


def drop_received(blobs: BlobStore, received: Received) -> None:
    """Delete what was received and is not wanted after all; what a crash leaves is collected later."""
    drop_kept(blobs, *received.files)


def _with_copy(blobs: BlobStore, house: House, piece: Evidence, original: Kept, kind: FileType, most: int) -> Received:
    if kind.family is None:
        state = Cleaning.UNKNOWN_KIND if kind.media == OTHER else Cleaning.NO_FILE
        return Received(replace(piece, cleaning=state), (original,))
    opened = open_file(blobs, original.file, original.shred_key)
    copy = clean(blobs, house, opened.chunks(), kind.media, most)
    piece = replace(piece, cleaning=copy.report.state, pages=copy.report.pages)
    if copy.kept is None:
        return Received(piece, (original,))
    return Received(replace(piece, clean=copy.kept.file), (original, copy.kept))
