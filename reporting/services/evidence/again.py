"""Making a working copy later: where the first try took too much, or ffmpeg has come since."""

from dataclasses import replace

from reporting.domain.case import ItemKind
from reporting.domain.evidence.evidence import Evidence, KeptFile
from reporting.domain.evidence.file_types import TYPES
from reporting.domain.oversight.audit import ReporterEvent, StaffEvent
from reporting.policy import Permission
from reporting.services.actors import Reporter, StaffMember
from reporting.services.casework.case import open_to_work
from reporting.services.errors import NotFound
from reporting.services.evidence.cleaning import WorkingCopy, clean
from reporting.services.evidence.custody import record_touched
from reporting.services.evidence.keeping import add_kept, drop_kept
from reporting.services.evidence.pieces import Piece, piece_of, rewrite
from reporting.services.evidence.showing import intact, opener_to_show
from reporting.services.house import House
from reporting.services.oversight.audit import record_about
from reporting.services.sealed.sealing import OpenCase, open_case
from reporting.store.database import Stores, Work, writing


def can_try_again(piece: Evidence) -> bool:
    """Say whether a piece has an original of a kind that can be cleaned, and no working copy."""
    return piece.original is not None and piece.clean is None and TYPES[piece.original.type].family is not None


def make_copy_again(
    stores: Stores, house: House, actor: Reporter | StaffMember, case_id: bytes, item_id: bytes, most: int
) -> Piece:
    """Make the working copy of a piece that has none, and return the piece as it is afterwards.

    No unit of work is open while the file is taken apart. Where somebody else was faster, their copy stays; where it
    does not succeed, the piece says why.

    :param most: how many bytes the copy may have at most.
    :raises NotFound: the actor may not change this case, it has no such piece (any more), or nothing is to be made.
    :raises NotAllowed: not for this role.
    :raises NamesFirst: the conflict question comes first.
    :raises NotIntact: the original is not what was sealed; nothing of a copy stays.
    """
    with writing(stores) as work:
        opened = _open(work, house, actor, case_id)
        original = _original(piece_of(work, opened, item_id).evidence)
        opened.present_key(ItemKind.EVIDENCE)
        opener = opener_to_show(work, stores.blobs, original, case_id)
    copy = clean(stores.blobs, house, intact(opener), original.type, most)
    try:
        with writing(stores) as work:
            opened = _open(work, house, actor, case_id)
            piece = _add_copy(work, house, actor, opened, piece_of(work, opened, item_id), copy)
    except BaseException:
        if copy.kept is not None:
            drop_kept(stores.blobs, copy.kept)
        raise
    if copy.kept is not None and piece.evidence.clean != copy.kept.file:
        drop_kept(stores.blobs, copy.kept)
    return piece


def _open(work: Work, house: House, actor: Reporter | StaffMember, case_id: bytes) -> OpenCase:
    if isinstance(actor, StaffMember):
        return open_to_work(work, house, actor, case_id, Permission.SEE_EVIDENCE)
    return open_case(work, actor, house, case_id, to_change=True)


def _original(piece: Evidence) -> KeptFile:
    if piece.original is None or not can_try_again(piece):
        raise NotFound
    return piece.original


def _add_copy(
    work: Work, house: House, actor: Reporter | StaffMember, opened: OpenCase, piece: Piece, copy: WorkingCopy
) -> Piece:
    """Write down what became of it, and who had it made."""
    if piece.evidence.clean is not None:
        return piece
    file = copy.kept.file if copy.kept is not None else None
    evidence = replace(piece.evidence, clean=file, cleaning=copy.report.state, pages=copy.report.pages)
    rewrite(work, opened, piece.id, evidence)
    if copy.kept is not None:
        add_kept(work, house, copy.kept, opened.id)
        _record(work, house, actor, opened.id, evidence)
    return Piece(piece.id, evidence)


def _record(work: Work, house: House, actor: Reporter | StaffMember, case_id: bytes, evidence: Evidence) -> None:
    if isinstance(actor, StaffMember):
        record_touched(work, house, StaffEvent.WORKING_COPY_MADE, actor, case_id, evidence)
    else:
        record_about(work, house, ReporterEvent.EVIDENCE_CLEANED, evidence.custody_ref)
