"""What she adds while she writes: it waits in the draft, and its files belong to the case that the draft will be."""

from collections.abc import Sequence
from dataclasses import replace

from reporting.domain.evidence.evidence import Evidence
from reporting.services.actors import Reporter
from reporting.services.errors import NotFound
from reporting.services.evidence.pieces import add_piece, check_new, moved, pieces_in, take_away, take_over
from reporting.services.evidence.receiving import Received, add_received
from reporting.services.house import House
from reporting.services.sealed.sealing import open_case
from reporting.services.survivor.drafts import Draft, DraftKey, change_evidence, mark_sent
from reporting.store.blobs import forget_blob_keys
from reporting.store.database import Work


def add_to_draft(work: Work, house: House, key: DraftKey, piece: Evidence | Received, most: int) -> Evidence:
    """Add a piece, with the rows of its files, in the place after the last.

    :param most: how many bytes all originals of a report may have together.
    :raises NotFound: the draft is gone.
    :raises AlreadySent: it was sent while the file came.
    :raises AlreadyThere: exactly this is there.
    :raises TooLarge: it is more than `most` bytes, or more pieces than a report may have.
    """
    work.main.connection()  # a unit that needs both stores begins with the main database
    told = piece.piece if isinstance(piece, Received) else piece

    def add(draft: Draft) -> tuple[Evidence, ...]:
        check_new(draft.evidence, told, most)
        if isinstance(piece, Received):
            add_received(work, house, piece, bytes.fromhex(draft.case_id))
        position = 1 + max((one.position for one in draft.evidence), default=-1)
        return (*draft.evidence, replace(told, position=position))

    return change_evidence(work, house, key, add)[-1]


def say_in_draft(work: Work, house: House, key: DraftKey, salt: str, says: str) -> None:
    """Change what a piece shows. Raises as `change_evidence`, and NotFound where there is no such piece."""

    def change(draft: Draft) -> tuple[Evidence, ...]:
        return tuple(replace(one, says=says) if one is _of(draft, salt) else one for one in draft.evidence)

    change_evidence(work, house, key, change)


def move_in_draft(work: Work, house: House, key: DraftKey, salt: str, *, up: bool) -> None:
    """Put a piece of a talk before or after its neighbour. Raises as `say_in_draft`."""

    def change(draft: Draft) -> tuple[Evidence, ...]:
        places = moved(draft.evidence, _of(draft, salt), up=up)
        put = [replace(one, position=places.get(one.salt, one.position)) for one in draft.evidence]
        return tuple(sorted(put, key=lambda one: one.position))

    change_evidence(work, house, key, change)


def take_from_draft(work: Work, house: House, key: DraftKey, salt: str) -> None:
    """Take a piece out of a draft; the keys of its files are destroyed. Raises as `say_in_draft`."""

    def change(draft: Draft) -> tuple[Evidence, ...]:
        gone = _of(draft, salt)
        forget_blob_keys(work.shred, bytes.fromhex(draft.case_id), [file.blob_id for file in gone.files])
        return tuple(one for one in draft.evidence if one is not gone)

    change_evidence(work, house, key, change)


def finish(work: Work, house: House, reporter: Reporter, key: DraftKey, draft: Draft, marked: Draft) -> None:
    """Mark a draft as sent, and let its case have what the draft had at the last moment.

    Files may come and go in another tab while it is being sent: none of them is lost, and none stays that she took out.

    :param draft: as it was sent; its files belong to the case already.
    :param marked: as it is marked.
    """
    work.main.connection()  # a unit that needs both stores begins with the main database
    last = mark_sent(work, house, key, marked)
    if draft.evidence or last:
        _settle(work, house, reporter, draft, last)


def _settle(work: Work, house: House, reporter: Reporter, draft: Draft, last: Sequence[Evidence]) -> None:
    owner, case_id = bytes.fromhex(draft.case_id), bytes.fromhex(draft.continuing or draft.case_id)
    try:
        opened = open_case(work, reporter, house, case_id, to_change=True)
    except NotFound:  # erased at the same moment
        forget_blob_keys(work.shred, owner)
        return
    there = {piece.evidence.salt: piece for piece in pieces_in(work, opened)}
    now = {one.salt for one in last}
    for gone in [one for one in draft.evidence if one.salt not in now and one.salt in there]:
        take_away(work, house, reporter, case_id, there[gone.salt].id)
    late = [one for one in last if one.salt not in there]
    for one in late:
        add_piece(work, house, opened, one)
    if owner != case_id:
        take_over(work, owner, case_id, late)


def _of(draft: Draft, salt: str) -> Evidence:
    for one in draft.evidence:
        if one.salt == salt:
            return one
    raise NotFound
