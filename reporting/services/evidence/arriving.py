"""Files that come in parts: each part is sealed by itself, and only a whole file becomes evidence.

What is known of a file on its way is sealed under a value that only the page with the script has, in a row like that of
a draft, and ends as early. A part that was sent is never written again: where the line broke, the page asks how far the
file has come and goes on from there. When it is whole, its parts are opened one after the other and received like any
other file.
"""

import secrets
from collections.abc import Iterable, Iterator
from dataclasses import replace

from reporting.domain.evidence.arriving import MOST_PARTS, PART_SIZE, Arriving
from reporting.services.errors import NotAllowed, NotFound, TooLarge
from reporting.services.evidence.keeping import ID_SIZE, Kept, add_kept, drop_kept, keep, opener_of
from reporting.services.house import House
from reporting.services.sealed.waiting import Kind
from reporting.services.survivor.drafts import DraftKey
from reporting.store.blobs import forget_blob_keys, renew_blob_keys
from reporting.store.database import Stores, Work, reading, writing
from reporting.store.objects import BlobStore
from reporting.store.shred import DraftRow

KIND = Kind("arriving", hours=24)


class OutOfStep(NotAllowed):
    """The part does not begin where the file ends so far, which is at `here` (bytes)."""

    def __init__(self, here: int) -> None:
        super().__init__()
        self.here = here


def begin(work: Work, house: House, key: DraftKey, name: str, size: int, most: int) -> Arriving:
    """Note that a file comes in parts.

    :param key: a fresh one; who brings it again goes on with this file.
    :raises TooLarge: it would have more than `most` bytes.
    :raises NotAllowed: it has none.
    """
    if size > most:
        raise TooLarge(most)
    if size < 1:
        raise NotAllowed
    arriving = Arriving(secrets.token_bytes(ID_SIZE).hex(), name, size)
    work.shred.add(_sealed(house, key, arriving))
    return arriving


def find(work: Work, house: House, key: DraftKey, *, to_change: bool = False) -> Arriving:
    """Return a file on its way.

    :param to_change: lock its row until the unit ends.
    :raises NotFound: there is none under this key, it is whole and taken, or its day is over.
    """
    row = work.shred.get(DraftRow, key.id_hash, with_for_update=to_change or None, populate_existing=to_change)
    content = KIND.content(house, key, row)
    if content is None:
        raise NotFound
    return Arriving.from_bytes(content)


def take_part(stores: Stores, house: House, key: DraftKey, at: int, pieces: Iterable[bytes]) -> int:
    """Seal the next part of a file and return how many bytes of it are here now.

    :param at: where the part begins (bytes).
    :raises OutOfStep: the file does not end there so far; the part is not taken, and nothing is lost.
    :raises TooLarge: the part has more bytes than a part may have, or than are missing.
    :raises NotFound: there is no such file on its way.
    """
    with reading(stores) as work:
        arriving = find(work, house, key)
    if at != arriving.here or len(arriving.parts) >= MOST_PARTS:
        raise OutOfStep(arriving.here)
    part = keep(stores.blobs, house, pieces, min(PART_SIZE, arriving.size - at))
    try:
        if not part.file.size:
            raise OutOfStep(arriving.here)
        return _added(stores, house, key, at, part)
    except BaseException:
        drop_kept(stores.blobs, part)
        raise


def whole(work: Work, blobs: BlobStore, house: House, key: DraftKey) -> tuple[Arriving, Iterator[bytes]]:
    """Return a file whose parts are all here, and its bytes; the unit may end before they are read.

    :raises OutOfStep: something is missing.
    :raises NotFound: there is no such file on its way.
    """
    arriving = find(work, house, key)
    if not arriving.is_whole:
        raise OutOfStep(arriving.here)
    openers = [opener_of(work, blobs, part, bytes.fromhex(arriving.owner)) for part in arriving.parts]
    return arriving, (piece for opener in openers for piece in opener.chunks())


def finish(work: Work, house: House, key: DraftKey) -> Arriving:
    """Forget a file on its way and destroy the keys of its parts: it is added, cannot be, or she has stopped it.

    :raises NotFound: it was taken already, perhaps at this moment; nothing may be added a second time.
    """
    arriving = find(work, house, key, to_change=True)
    forget_blob_keys(work.shred, bytes.fromhex(arriving.owner))
    work.shred.delete(work.shred.get_one(DraftRow, key.id_hash))
    work.shred.flush()
    return arriving


def _added(stores: Stores, house: House, key: DraftKey, at: int, part: Kept) -> int:
    with writing(stores) as work:
        work.main.add(part.row)
        work.main.flush()  # the main database is locked first
        arriving = find(work, house, key, to_change=True)
        if arriving.here != at:
            raise OutOfStep(arriving.here)  # the same part came twice at this moment
        add_kept(work, house, part, bytes.fromhex(arriving.owner))
        renew_blob_keys(work.shred, bytes.fromhex(arriving.owner), house.today())
        arriving = replace(arriving, parts=(*arriving.parts, part.file))
        work.shred.merge(_sealed(house, key, arriving))
        return arriving.here


def _sealed(house: House, key: DraftKey, arriving: Arriving) -> DraftRow:
    return KIND.row(house, key, arriving.to_bytes())
