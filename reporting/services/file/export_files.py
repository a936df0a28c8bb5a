"""The pieces of evidence that leave in a file: which of their bytes, under which names, and what happened to them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from reporting.crypto.stream import StreamOpener
from reporting.domain.evidence.evidence import Evidence, KeptFile
from reporting.domain.evidence.file_types import TYPES
from reporting.domain.oversight.audit import StaffEvent
from reporting.services.actors import StaffMember
from reporting.services.errors import NotFound
from reporting.services.evidence.custody import CustodyLine, custody_in, record_touched
from reporting.services.evidence.pieces import pieces_in
from reporting.services.evidence.showing import intact, opener_to_show
from reporting.services.house import House
from reporting.services.sealed.sealing import OpenCase
from reporting.store.database import Work
from reporting.store.objects import BlobStore


@dataclass(frozen=True)
class Files:
    """Who takes files out, where they are, and whether their originals leave as well."""

    actor: StaffMember
    blobs: BlobStore
    with_originals: bool


@dataclass(frozen=True)
class TakenFile:
    """One file that leaves: what it is, the ending that its name safely has, and what opens it."""

    role: str
    ending: str
    opener: StreamOpener


@dataclass(frozen=True)
class TakenPiece:
    """A piece that leaves, its custody, and those of its files that leave with it."""

    evidence: Evidence
    custody: Sequence[CustodyLine]
    files: Sequence[TakenFile]


def take_pieces(
    work: Work, house: House, opened: OpenCase, ids: Sequence[bytes], files: Files | None
) -> Mapping[bytes, TakenPiece]:
    """Return the pieces with these ids, for a file that leaves; where bytes leave, the record says so first.

    :raises NotFound: one of them has gone.
    :raises NotIntact: a file of one of them is not what was sealed.
    """
    if not ids:
        return {}
    known = {piece.id: piece.evidence for piece in pieces_in(work, opened)}
    if not set(ids) <= known.keys():
        raise NotFound
    opening = {one: _files(work, house, opened, known[one], files) if files else () for one in ids}
    work.main.flush()
    custody = custody_in(work, house, [known[one] for one in opening], opened.id)
    return {
        one: TakenPiece(known[one], lines, leaving)
        for (one, leaving), lines in zip(opening.items(), custody, strict=True)
    }


def check_files(pieces: Mapping[bytes, TakenPiece]) -> None:
    """Read every file once, before the first byte of an archive leaves that would break off in its middle.

    :raises NotIntact: one of them is not what was sealed.
    """
    for piece in pieces.values():
        for file in piece.files:
            for _chunk in intact(file.opener):
                pass


def _files(work: Work, house: House, opened: OpenCase, piece: Evidence, files: Files) -> Sequence[TakenFile]:
    found = [("copy", piece.clean), *([("original", piece.original)] if files.with_originals else [])]
    leaving = [
        TakenFile(role, TYPES[file.type].ending if file.type in TYPES else "bin", _opener(work, opened, files, file))
        for role, file in found
        if file is not None
    ]
    if leaving:
        record_touched(work, house, StaffEvent.EVIDENCE_EXPORTED, files.actor, opened.id, piece)
    if any(one.role == "original" for one in leaving):
        record_touched(work, house, StaffEvent.ORIGINAL_OPENED, files.actor, opened.id, piece)
    return leaving


def _opener(work: Work, opened: OpenCase, files: Files, file: KeptFile) -> StreamOpener:
    return opener_to_show(work, files.blobs, file, opened.id)
