"""What a law keeps of a case that she has closed or erased: seen as held items, and as nothing else.

While the case is with the organisation its handlers read it there, and these pages do not exist.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from reporting.crypto.secret import CompartmentKey
from reporting.domain.case import WITH_ORGANISATION
from reporting.domain.evidence.evidence import Evidence
from reporting.domain.oversight.audit import StaffEvent
from reporting.policy import Permission, Relation, allowed
from reporting.services.actors import StaffMember
from reporting.services.casework.case import has_declared
from reporting.services.errors import NotFound
from reporting.services.evidence.custody import record_seen, record_touched
from reporting.services.evidence.showing import OpenFile, open_to_show
from reporting.services.file.holds import contents, key_of, lasts, pieces_held
from reporting.services.file.listing import Listed
from reporting.services.house import House
from reporting.services.oversight.audit import record_staff
from reporting.store.cases import find_case
from reporting.store.database import Work
from reporting.store.holds import Hold, find_hold, held_items_of, holds_granted_to
from reporting.store.objects import BlobStore


@dataclass(frozen=True)
class HeldLine:
    """One hold in a list: of which case, how many items, and the last day."""

    hold_id: bytes
    case_id: bytes
    items: int
    until: date


@dataclass(frozen=True)
class Held:
    """One hold, opened; `pieces` are those of its items that have files, by the id of the item."""

    line: HeldLine
    items: list[Listed]
    pieces: Mapping[bytes, Evidence]


def held_by(work: Work, house: House, actor: StaffMember) -> list[HeldLine]:
    """Return what this person still holds because a law keeps it, of cases that are not at work any more."""
    found = holds_granted_to(work.main, actor.holder)
    return [_line(work, hold) for hold in found if _may_see(work, house, actor, hold)]


def open_held(work: Work, house: House, actor: StaffMember, hold_id: bytes) -> Held:
    """Open what is kept; the record says so before a word of it is shown.

    :raises NotFound: no such hold for this person, or its case is still at work.
    """
    hold, key = _opened(work, house, actor, hold_id)
    record_staff(work, house, StaffEvent.HELD_OPENED, actor_id=actor.staff_id, case_id=hold.case_id)
    pieces = {one.id: one.evidence for one in pieces_held(work, hold, key)}
    return Held(_line(work, hold), contents(work, hold, key), pieces)


def held_file(
    work: Work, house: House, blobs: BlobStore, actor: StaffMember, hold_id: bytes, item_id: bytes, *, original: bool
) -> OpenFile:
    """Open a file that is kept, as it came or its working copy; the record says which before a byte of it is shown.

    :raises NotFound: no such hold for this person, it keeps no such piece, or the piece has no such file.
    :raises NotIntact: it is not what was sealed.
    """
    hold, key = _opened(work, house, actor, hold_id)
    piece = next((one.evidence for one in pieces_held(work, hold, key) if one.id == item_id), None)
    file = piece and (piece.original if original else piece.clean)
    if not piece or not file:
        raise NotFound
    if original:
        record_touched(work, house, StaffEvent.ORIGINAL_OPENED, actor, hold.case_id, piece)
    else:
        record_seen(work, house, actor, hold.case_id, piece)
    return open_to_show(work, blobs, file, hold_id, piece.position + 1)


def _opened(work: Work, house: House, actor: StaffMember, hold_id: bytes) -> tuple[Hold, CompartmentKey]:
    hold = find_hold(work.main, hold_id)
    key = key_of(work, house, actor, hold) if hold is not None and _may_see(work, house, actor, hold) else None
    if hold is None or key is None or not allowed(actor.role, Permission.SEE_HELD, Relation.HELD):
        raise NotFound
    return hold, key


def _may_see(work: Work, house: House, actor: StaffMember, hold: Hold) -> bool:
    """It lasts, its case is not at work any more, and this person had answered the conflict question."""
    case = find_case(work.main, hold.case_id)
    is_left = case is None or case.status not in WITH_ORGANISATION
    return is_left and lasts(house, hold) and has_declared(work, house, actor, hold.case_id)


def _line(work: Work, hold: Hold) -> HeldLine:
    return HeldLine(hold.id, hold.case_id, len(held_items_of(work.main, hold.id)), hold.until)
