"""What a guest beside her sees of evidence: the list and the working copies, because a guest reads the story.

An original may tell what she did not mean to tell, so it opens to no guest. On which days a guest read, she sees.
"""

from collections.abc import Sequence

from reporting.domain.oversight.audit import ReporterEvent
from reporting.services.actors import GuestReader
from reporting.services.errors import NotFound
from reporting.services.evidence.pieces import Piece, piece_of, pieces_in
from reporting.services.evidence.showing import OpenFile, open_to_show
from reporting.services.house import House
from reporting.services.oversight.audit import record_reporter, reporter_ledger
from reporting.services.reading.beside import open_as_guest
from reporting.store.database import Work
from reporting.store.objects import BlobStore


def list_as_guest(work: Work, house: House, guest: GuestReader) -> Sequence[Piece]:
    """Return every piece of the one case of a guest.

    :raises NotFound: the access is over.
    """
    opened, _ = open_as_guest(work, house, guest)
    _note_read(work, house, guest)
    return pieces_in(work, opened)


def open_copy_as_guest(work: Work, house: House, blobs: BlobStore, guest: GuestReader, piece_id: bytes) -> OpenFile:
    """Return a working copy for a guest.

    :raises NotFound: the access is over, the case has no such piece, or it has no working copy.
    :raises NotIntact: it is not what was sealed.
    """
    opened, _ = open_as_guest(work, house, guest)
    piece = piece_of(work, opened, piece_id).evidence
    if piece.clean is None:
        raise NotFound
    _note_read(work, house, guest)
    return open_to_show(work, blobs, piece.clean, guest.case_id, piece.position + 1)


def _note_read(work: Work, house: House, guest: GuestReader) -> None:
    """Record that a guest read, where the record does not say so of today: a film is fetched in many parts."""
    known = {(row.action, row.day) for row in reporter_ledger(work, house, guest.case_id)}
    if (ReporterEvent.GUEST_READ.value, house.today()) not in known:
        record_reporter(work, house, ReporterEvent.GUEST_READ, guest.case_id)
