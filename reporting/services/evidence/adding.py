"""A piece that a handler adds: something handed over, a recording. She sees it at once, and who added it."""

from dataclasses import replace

from reporting.domain.case import Status
from reporting.domain.evidence.evidence import Cleaning, Evidence
from reporting.domain.oversight.audit import StaffEvent
from reporting.policy import Permission
from reporting.services.actors import StaffMember
from reporting.services.casework.case import open_to_work
from reporting.services.errors import CaseClosed
from reporting.services.evidence.custody import record_touched
from reporting.services.evidence.pieces import Piece, check_new, pieces_in, place, room_in
from reporting.services.evidence.receiving import Received, add_received
from reporting.services.house import House
from reporting.services.sealed.sealing import OpenCase
from reporting.store.database import Work


def room_for_team(work: Work, house: House, actor: StaffMember, case_id: bytes, most: int) -> int:
    """Return how many bytes a handler may still add, before anything is received; 0 where it is full.

    :param most: how many bytes all originals of a report may have together.
    :raises NotFound: no grant.
    :raises NamesFirst: the conflict question comes first.
    :raises CaseClosed: it is closed.
    """
    return room_in([one.evidence for one in pieces_in(work, _open(work, house, actor, case_id))], most)


def add_for_team(
    work: Work, house: House, actor: StaffMember, case_id: bytes, piece: Evidence | Received, most: int
) -> Piece:
    """Add a piece under the name of a handler, with the rows of its files; it is in her ledger.

    :raises AlreadyThere: exactly this is there.
    :raises TooLarge: as `check_room`.
    :raises NotFound, NamesFirst, CaseClosed: as `room_for_team`.
    """
    opened = _open(work, house, actor, case_id)
    told = piece.piece if isinstance(piece, Received) else piece
    check_new([one.evidence for one in pieces_in(work, opened)], told, most)
    added = place(work, opened, replace(told, author=actor.staff_id.hex(), author_name=actor.display_name))
    if isinstance(piece, Received):
        add_received(work, house, piece, case_id)
    record_touched(work, house, StaffEvent.EVIDENCE_ADDED_BY_TEAM, actor, case_id, added.evidence)
    if added.evidence.cleaning is Cleaning.CLEANED:
        record_touched(work, house, StaffEvent.WORKING_COPY_MADE, actor, case_id, added.evidence)
    return added


def _open(work: Work, house: House, actor: StaffMember, case_id: bytes) -> OpenCase:
    opened = open_to_work(work, house, actor, case_id, Permission.ADD_EVIDENCE)
    if opened.row.status == Status.CLOSED:
        raise CaseClosed
    return opened
