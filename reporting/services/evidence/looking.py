"""What a handler sees of evidence, and what stands in the record before a byte of it leaves.

That somebody looked at a piece is recorded once for each person, piece and day: a film is fetched in hundreds of
parts, and a record of parts would bury what counts. An original is recorded each time that it is opened.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from reporting.domain.evidence.opening import LASTS, LONGEST_REASON, OriginalOpened
from reporting.domain.oversight.audit import StaffEvent
from reporting.domain.sealed.entry import UNSIGNED
from reporting.domain.words import clean_text
from reporting.policy import Permission
from reporting.services.actors import StaffMember
from reporting.services.casework.case import open_to_work
from reporting.services.errors import NeedsWhy, NotFound
from reporting.services.evidence.custody import CustodyLine, custody_in, record_seen, record_touched
from reporting.services.evidence.pieces import Piece, piece_of, pieces_in
from reporting.services.evidence.showing import OpenFile, open_to_show
from reporting.services.house import House
from reporting.services.oversight.audit import record_staff, staff_ledger
from reporting.services.sealed.entries import add, file_of
from reporting.services.sealed.sealing import OpenCase
from reporting.services.signing_in.tickets import Ticket
from reporting.store.database import Work
from reporting.store.objects import BlobStore

LOOKED = (StaffEvent.EVIDENCE_SEEN, StaffEvent.ORIGINAL_OPENED)


@dataclass(frozen=True)
class Place:
    """Where a piece stands among all: part `part` of `of` of one talk (1 of 1 alone), and which piece follows."""

    piece: Piece
    part: int
    of: int
    after: Piece | None


@dataclass(frozen=True)
class Seen:
    """A piece with its custody, why its original was opened, and whether it came since this person was last here."""

    place: Place
    custody: Sequence[CustodyLine]
    openings: Sequence[OriginalOpened]
    is_new: bool

    @property
    def piece(self) -> Piece:
        """Return the piece itself."""
        return self.place.piece


@dataclass(frozen=True)
class Amount:
    """How many pieces a case has, and how many of them came since this person was last here."""

    pieces: int
    new: int


def list_evidence(work: Work, house: House, actor: StaffMember, case_id: bytes) -> tuple[OpenCase, list[Seen]]:
    """Return every piece of a case in the order of reading; that what she wrote was opened is in her ledger before.

    :raises NotFound: no grant.
    :raises NamesFirst: the conflict question comes first.
    """
    opened = open_to_work(work, house, actor, case_id, Permission.SEE_EVIDENCE)
    pieces = pieces_in(work, opened)
    new = _new_ids(work, house, actor, opened, pieces)
    record_staff(work, house, StaffEvent.CASE_OPENED, actor_id=actor.staff_id, case_id=case_id)
    return opened, _seen(work, house, opened, places_of(pieces), new)


def amount(work: Work, house: House, actor: StaffMember, opened: OpenCase) -> Amount:
    """Return how much evidence an opened case has, for the page of the case."""
    pieces = pieces_in(work, opened)
    return Amount(len(pieces), len(_new_ids(work, house, actor, opened, pieces)))


def look_at(work: Work, house: House, actor: StaffMember, case_id: bytes, piece_id: bytes) -> tuple[OpenCase, Seen]:
    """Return one piece, to be looked at; it is in the record first.

    :raises NotFound: no grant, or the case has no such piece.
    """
    opened = open_to_work(work, house, actor, case_id, Permission.SEE_EVIDENCE)
    place = next((one for one in places_of(pieces_in(work, opened)) if one.piece.id == piece_id), None)
    if place is None:
        raise NotFound
    if place.piece.evidence.clean is not None:
        record_seen(work, house, actor, case_id, place.piece.evidence)
    else:
        record_staff(work, house, StaffEvent.CASE_OPENED, actor_id=actor.staff_id, case_id=case_id)
    return opened, _seen(work, house, opened, [place])[0]


def open_copy(
    work: Work, house: House, blobs: BlobStore, actor: StaffMember, case_id: bytes, piece_id: bytes
) -> OpenFile:
    """Return the working copy of a piece; it is in the record first.

    :raises NotFound: no grant, no such piece, or it has no working copy.
    :raises NotIntact: it is not what was sealed.
    """
    _opened, piece = _piece(work, house, actor, case_id, piece_id, Permission.SEE_EVIDENCE)
    if piece.evidence.clean is None:
        raise NotFound
    record_seen(work, house, actor, case_id, piece.evidence)
    return open_to_show(work, blobs, piece.evidence.clean, case_id, piece.evidence.position + 1)


def open_original(
    work: Work, house: House, actor: StaffMember, ticket: Ticket, case_id: bytes, piece_id: bytes, reason: str
) -> bytes:
    """Open an original on purpose: the reason is kept with the handlers' papers, and she reads that it was opened.

    :return: the id of the entry with which this session can fetch it for a short time.
    :raises NotFound: no grant, no such piece, or it has no file.
    :raises NeedsWhy: no reason is given.
    """
    opened, piece = _piece(work, house, actor, case_id, piece_id, Permission.OPEN_ORIGINAL)
    if piece.evidence.original is None:
        raise NotFound
    reason = clean_text(reason).strip()[:LONGEST_REASON]
    if not reason:
        raise NeedsWhy
    until = (_now(house) + LASTS).isoformat()
    why = OriginalOpened(*UNSIGNED, piece_id.hex(), piece.evidence.position + 1, reason, until, _mark(ticket))
    filed = add(work, house, opened, actor, why)
    record_touched(work, house, StaffEvent.ORIGINAL_OPENED, actor, case_id, piece.evidence)
    return filed.id


def take_original(
    work: Work, house: House, blobs: BlobStore, actor: StaffMember, ticket: Ticket, case_id: bytes, entry_id: bytes
) -> OpenFile:
    """Return an original that was opened just before, in this very session.

    :raises NotFound: it was not, by somebody else or in another session, too long ago, or it is not there any more.
    :raises NotIntact: it is not what was sealed.
    """
    opened = open_to_work(work, house, actor, case_id, Permission.OPEN_ORIGINAL)
    why = file_of(work, opened).one(OriginalOpened, entry_id).entry
    if not _is_open(house, actor, ticket, why):
        raise NotFound
    evidence = piece_of(work, opened, bytes.fromhex(why.piece)).evidence
    if evidence.original is None:
        raise NotFound
    return open_to_show(work, blobs, evidence.original, case_id, evidence.position + 1)


def open_here(
    work: Work, house: House, actor: StaffMember, ticket: Ticket, opened: OpenCase, piece_id: bytes
) -> bytes | None:
    """Return the entry with which this session can still fetch the original of a piece, the newest, or None."""
    for filed in reversed(file_of(work, opened).all(OriginalOpened)):
        if filed.entry.piece == piece_id.hex() and _is_open(house, actor, ticket, filed.entry):
            return filed.id
    return None


def places_of(pieces: Sequence[Piece]) -> list[Place]:
    """Return in which order pieces are read: by their number, but the pieces of one talk follow its first."""
    talks: dict[str, list[Piece]] = {}
    for piece in pieces:
        talks.setdefault(piece.evidence.thread or piece.id.hex(), []).append(piece)
    order = [(piece, part, len(talk)) for talk in talks.values() for part, piece in enumerate(talk, 1)]
    afters = [*(piece for piece, _, _ in order[1:]), None]
    return [Place(*one, after) for one, after in zip(order, afters, strict=False)]


def _is_open(house: House, actor: StaffMember, ticket: Ticket, why: OriginalOpened) -> bool:
    return (why.author, why.session) == (actor.staff_id.hex(), _mark(ticket)) and _now(house) <= why.ends_at


def _piece(
    work: Work, house: House, actor: StaffMember, case_id: bytes, piece_id: bytes, permission: Permission
) -> tuple[OpenCase, Piece]:
    opened = open_to_work(work, house, actor, case_id, permission)
    return opened, piece_of(work, opened, piece_id)


def _seen(
    work: Work, house: House, opened: OpenCase, places: Sequence[Place], new: frozenset[bytes] = frozenset()
) -> list[Seen]:
    reasons = [one.entry for one in file_of(work, opened).all(OriginalOpened)]
    custody = custody_in(work, house, [one.piece.evidence for one in places], opened.id)
    return [
        Seen(place, lines, [one for one in reasons if one.piece == place.piece.id.hex()], place.piece.id in new)
        for place, lines in zip(places, custody, strict=True)
    ]


def _new_ids(
    work: Work, house: House, actor: StaffMember, opened: OpenCase, pieces: Sequence[Piece]
) -> frozenset[bytes]:
    """Return the pieces that came on or after the last day before today on which this person opened the case.

    What she adds carries a day and nothing finer, so that day counts whole; what this person looked at or added
    themselves is not new.
    """
    mine = [event for event in staff_ledger(work, house, opened.id) if event.actor_id == actor.staff_id]
    today = house.now().date()
    visits = [event.at.date() for event in mine if event.action == StaffEvent.CASE_OPENED]
    last = max((day for day in visits if day < today), default=None)
    if last is None:
        return frozenset()
    looked = {event.detail for event in mine if event.action in LOOKED}
    return frozenset(
        piece.id
        for piece in pieces
        if date.fromisoformat(piece.evidence.day) >= last
        and piece.evidence.custody_ref.hex() not in looked
        and piece.evidence.author != actor.staff_id.hex()
    )


def _mark(ticket: Ticket) -> str:
    """Return what stands for a session (hex)."""
    return hashlib.sha256(b"harbour/original/1" + ticket.id_hash).hexdigest()[:32]


def _now(house: House) -> datetime:
    return house.now().replace(tzinfo=UTC, microsecond=0)
