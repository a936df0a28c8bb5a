"""The pieces of evidence of a case: adding, listing, finding and taking one away."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from reporting.domain.case import ItemKind
from reporting.domain.evidence.evidence import Evidence
from reporting.domain.oversight.audit import ReporterEvent
from reporting.domain.sealed.disclosure import REPORTER
from reporting.services.actors import Reporter
from reporting.services.errors import AlreadyThere, NotAllowed, NotFound, TooLarge
from reporting.services.evidence.custody import arrival_of, record_received
from reporting.services.house import House
from reporting.services.oversight.audit import record_about, record_reporter
from reporting.services.sealed.sealing import OpenCase, open_case, read, reseal, write_item
from reporting.store.blobs import forget_blob_keys, give_blobs
from reporting.store.cases import Item, items_of
from reporting.store.database import Work
from reporting.store.referral_links import links_of

SALT_SIZE = 16
MOST_PIECES = 100


@dataclass(frozen=True)
class Piece:
    """A piece and the id of the item in which it is sealed (16 bytes)."""

    id: bytes
    evidence: Evidence


def new_piece(house: House, **facts: Any) -> Evidence:
    """Return a piece of today with a fresh salt; `facts` are the further fields of `Evidence`."""
    return Evidence(0, REPORTER, "", house.today().isoformat(), secrets.token_bytes(SALT_SIZE).hex(), **facts)


def pieces_in(work: Work, opened: OpenCase) -> list[Piece]:
    """Return every piece of a case for which the holder has a key, in the order in which they were added."""
    rows = items_of(work.main, opened.id, ItemKind.EVIDENCE)
    found = [piece for row in rows if (piece := _opened(opened, row)) is not None]
    return sorted(found, key=lambda piece: (piece.evidence.position, piece.id))


def piece_of(work: Work, opened: OpenCase, item_id: bytes) -> Piece:
    """Return one piece of a case.

    :raises NotFound: this case has no such piece, or the holder has no key for it.
    """
    row = work.main.get(Item, item_id)
    if row is None or (row.case_id, row.kind) != (opened.id, ItemKind.EVIDENCE):
        raise NotFound
    piece = _opened(opened, row)
    if piece is None:
        raise NotFound
    return piece


def room_in(held: Sequence[Evidence], most: int) -> int:
    """Return how many bytes may still come to a report, 0 where it has very many pieces. Arguments: `check_room`."""
    return max(0, most - _bytes_of(held)) if len(held) < MOST_PIECES else 0


def check_room(held: Sequence[Evidence], coming: int, most: int) -> None:
    """Refuse what would be too much for one report.

    :param held: what is there already.
    :param coming: how many bytes come.
    :param most: how many bytes all originals of a report may have together.
    :raises TooLarge: it would be more than `most` bytes, or more than `MOST_PIECES` pieces.
    """
    if _bytes_of(held) + coming > most or len(held) >= MOST_PIECES:
        raise TooLarge(most)


def _bytes_of(held: Sequence[Evidence]) -> int:
    return sum(one.original.size for one in held if one.original is not None)


def check_new(held: Sequence[Evidence], piece: Evidence, most: int) -> None:
    """Refuse what is there already, and what would be too much for one report.

    :raises AlreadyThere: the same file, or the same words about the same account, is there: a form was sent twice.
    :raises TooLarge: as `check_room`.
    """
    if piece.digest in {one.digest for one in held}:
        raise AlreadyThere
    check_room(held, piece.original.size if piece.original else 0, most)


def moved(held: Sequence[Evidence], piece: Evidence, *, up: bool) -> dict[str, int]:
    """Return new places, by salt, that put a piece before or after its neighbour in the same talk; none at the end."""
    same = [one for one in held if one.thread and (one.thread, one.author) == (piece.thread, piece.author)]
    talk = sorted(same, key=lambda one: one.position)
    at = next((place for place, one in enumerate(talk) if one.salt == piece.salt), None)
    to = None if at is None else at + (-1 if up else 1)
    if at is None or to is None or not 0 <= to < len(talk):
        return {}
    return {talk[at].salt: talk[to].position, talk[to].salt: talk[at].position}


def add(work: Work, house: House, reporter: Reporter, case_id: bytes, piece: Evidence, most: int) -> Piece:
    """Add a piece to a case of hers; the rows of its files are added by the caller, in the same unit.

    :raises NotFound: her token does not open this case.
    :raises TooLarge: together with what is there it is more than `most` bytes.
    """
    opened = open_case(work, reporter, house, case_id, to_change=True)
    check_room([one.evidence for one in pieces_in(work, opened)], piece.original.size if piece.original else 0, most)
    return add_piece(work, house, opened, piece)


def add_once(work: Work, house: House, reporter: Reporter, case_id: bytes, piece: Evidence, most: int) -> Piece:
    """Add a piece as `add` does, unless exactly this is there: a form was sent twice.

    :raises NotFound, TooLarge: as `add`.
    :raises AlreadyThere: exactly this is there.
    """
    opened = open_case(work, reporter, house, case_id, to_change=True)
    check_new([one.evidence for one in pieces_in(work, opened)], piece, most)
    return add_piece(work, house, opened, piece)


def add_piece(work: Work, house: House, opened: OpenCase, piece: Evidence) -> Piece:
    """Seal a piece of hers into an opened and locked case, and record that it came."""
    placed = place(work, opened, piece)
    record_received(work, house, arrival_of(placed.evidence), opened.id)
    return placed


def place(work: Work, opened: OpenCase, piece: Evidence) -> Piece:
    """Seal a piece into an opened and locked case, in the place after the last; the caller records it."""
    position = 1 + max((one.evidence.position for one in pieces_in(work, opened)), default=-1)
    piece = replace(piece, position=position)
    item = write_item(work, opened, ItemKind.EVIDENCE, piece.to_bytes())
    work.main.flush()
    return Piece(item.id, piece)


def say(work: Work, house: House, reporter: Reporter, case_id: bytes, item_id: bytes, says: str) -> None:
    """Change what a file of hers shows, in her words.

    :raises NotFound: her token does not open this case, or it has no such piece.
    :raises NotAllowed: there is no file; what she wrote about an account is the piece itself, and stays as it was. Or
        it stands under the name of a colleague.
    """
    opened = open_case(work, reporter, house, case_id, to_change=True)
    piece = piece_of(work, opened, item_id)
    if piece.evidence.original is None or piece.evidence.author != REPORTER:
        raise NotAllowed
    rewrite(work, opened, piece.id, replace(piece.evidence, says=says))


def move(work: Work, house: House, reporter: Reporter, case_id: bytes, item_id: bytes, *, up: bool) -> None:
    """Put a piece of a talk before or after its neighbour.

    :raises NotFound: her token does not open this case, or it has no such piece.
    """
    opened = open_case(work, reporter, house, case_id, to_change=True)
    piece, held = piece_of(work, opened, item_id), pieces_in(work, opened)
    places = moved([one.evidence for one in held], piece.evidence, up=up)
    for one in held:
        if one.evidence.salt in places:
            rewrite(work, opened, one.id, replace(one.evidence, position=places[one.evidence.salt]))


def rewrite(work: Work, opened: OpenCase, item_id: bytes, piece: Evidence) -> None:
    """Seal a piece of an opened and locked case anew, in its place.

    :raises NotFound: the holder does not have the present key.
    """
    row = work.main.get_one(Item, item_id)
    reseal(row, ItemKind.EVIDENCE, piece.to_bytes(), *opened.present_key(ItemKind.EVIDENCE))


def take_over(work: Work, owner: bytes, case_id: bytes, pieces: Sequence[Evidence]) -> None:
    """Let the files of pieces that came while she wrote belong to the case that they are in now."""
    give_blobs(work.shred, owner, case_id, [file.blob_id for piece in pieces for file in piece.files])


def take_away(work: Work, house: House, reporter: Reporter, case_id: bytes, item_id: bytes) -> None:
    """Destroy the keys of a piece and its record; its bytes are noise from now on and go afterwards.

    A service that was to open it in its hour opens it no more. What a law keeps stays: a hold has keys of its own.

    :raises NotFound: her token does not open this case, or it has no such piece.
    """
    opened = open_case(work, reporter, house, case_id, to_change=True)
    piece = piece_of(work, opened, item_id)
    work.main.delete(work.main.get_one(Item, item_id))
    blob_ids = [file.blob_id for file in piece.evidence.files]
    for owner in (case_id, *(link.id for link in links_of(work.main, case_id))):
        forget_blob_keys(work.shred, owner, blob_ids)
    record_reporter(work, house, ReporterEvent.EVIDENCE_REMOVED, case_id)
    record_about(work, house, ReporterEvent.EVIDENCE_REMOVED, piece.evidence.custody_ref)


def _opened(opened: OpenCase, row: Item) -> Piece | None:
    content = read(opened, row)
    return Piece(row.id, Evidence.from_bytes(content)) if content is not None else None
