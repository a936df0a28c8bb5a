"""Keeping a file: sealed as it comes, durable in the blob store before any row says that it is there."""

import hashlib
import secrets
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass

from reporting.crypto.secret import FileKey, ShredKey
from reporting.crypto.stream import StreamKeys, StreamOpener, StreamSealer, sealed_size
from reporting.domain.evidence.evidence import KeptFile
from reporting.services.errors import NotFound, TooLarge
from reporting.services.house import House
from reporting.store.blobs import Blob, BlobKey, blob_key_of
from reporting.store.database import Work
from reporting.store.objects import BlobStore, BlobsUnreachable

ID_SIZE = 16


@dataclass(frozen=True)
class Kept:
    """A file that is whole in the blob store and still unknown to the database: what rows and record will say."""

    row: Blob
    file: KeptFile
    shred_key: ShredKey


class Keeping:
    """A file on its way into the blob store. `write` what comes."""

    kept: Kept
    """What was kept; there is none before the end of the block."""

    def __init__(self, sealer: StreamSealer, most: int) -> None:
        self._sealer, self._most = sealer, most
        self._digest = hashlib.sha256()

    def write(self, piece: bytes) -> None:
        """Take the next bytes.

        :raises TooLarge: it would be more than the file may have.
        """
        if self._sealer.length + len(piece) > self._most:
            raise TooLarge(self._most)
        self._digest.update(piece)
        self._sealer.write(piece)

    def sha256(self) -> str:
        """Return the SHA-256 of what has come so far, in hex."""
        return self._digest.hexdigest()


@contextmanager
def keeping(blobs: BlobStore, house: House, most: int, file_type: str = "") -> Iterator[Keeping]:
    """Yield what takes a file. At the end it is sealed and durable; where something failed, nothing of it stays.

    :param most: how many bytes it may have at most.
    """
    blob_id, keys = secrets.token_bytes(ID_SIZE), StreamKeys(FileKey.random(), ShredKey.random())
    check_key = house.keyring.tag("blob-check", blob_id)
    with blobs.writing(blob_id) as writer:
        sealer = StreamSealer(keys, blob_id, check_key, writer.write)
        under_way = Keeping(sealer, most)
        yield under_way
        checks = sealer.finish()
    size = sealed_size(sealer.length)
    row = Blob(id=blob_id, size=size, tag=tag_of(house, blob_id, size, sealer.header, checks))
    file = KeptFile(blob_id.hex(), keys.file.raw.hex(), sealer.length, under_way.sha256(), file_type)
    under_way.kept = Kept(row, file, keys.shred)


def keep(blobs: BlobStore, house: House, pieces: Iterable[bytes], most: int, file_type: str = "") -> Kept:
    """Keep a whole file that comes in pieces.

    :raises TooLarge: it is more than `most` bytes; nothing of it stays.
    """
    with keeping(blobs, house, most, file_type) as under_way:
        for piece in pieces:
            under_way.write(piece)
    return under_way.kept


def add_kept(work: Work, house: House, kept: Kept, owner: bytes) -> None:
    """Say in both stores that a file is there, and whose it is (16 bytes: a case, a hold, a link or an upload)."""
    work.main.add(kept.row)
    work.shred.add(BlobKey(blob_id=kept.row.id, owner=owner, key=kept.shred_key.raw, made_on=house.today()))


def drop_kept(blobs: BlobStore, *unwanted: Kept) -> None:
    """Delete files that no row will name after all; where the blob store does not answer, they are collected later."""
    with suppress(BlobsUnreachable):
        blobs.remove(*(kept.row.id for kept in unwanted))


def share_kept(work: Work, house: House, file: KeptFile, owner: bytes, heir: bytes) -> None:
    """Give a second owner a key of its own, which lives and dies apart from the first.

    :raises NotFound: the owner has none.
    """
    key = shred_key_of(work, file, owner)
    work.shred.add(BlobKey(blob_id=file.blob_id, owner=heir, key=key.raw, made_on=house.today()))


def opener_of(work: Work, blobs: BlobStore, file: KeptFile, owner: bytes) -> StreamOpener:
    """Return what opens a file. It reads the blob store only, so the unit may end before the file is read.

    :raises NotFound: the owner has no key of it any more, or the bytes are gone.
    :raises CannotOpen: the bytes are not what was sealed.
    """
    return open_file(blobs, file, shred_key_of(work, file, owner))


def shred_key_of(work: Work, file: KeptFile, owner: bytes) -> ShredKey:
    """Return the key that an owner has of a file.

    :raises NotFound: there is none any more.
    """
    key = blob_key_of(work.shred, file.blob_id, owner)
    if key is None:
        raise NotFound
    return ShredKey(key)


def open_file(blobs: BlobStore, file: KeptFile, shred_key: ShredKey) -> StreamOpener:
    """Return what opens a file whose keys are at hand; raises as `opener_of` does."""
    keys = StreamKeys(FileKey(bytes.fromhex(file.key)), shred_key)

    def read(start: int, end: int) -> bytes:
        try:
            return blobs.read(file.blob_id, start, end)
        except FileNotFoundError:
            raise NotFound from None

    return StreamOpener(keys, file.blob_id, read, file.size)


def tag_of(house: House, blob_id: bytes, size: int, header: bytes, checks: bytes) -> bytes:
    """Return what authenticates the size, the header and the checks of a blob as this program sealed them."""
    return house.keyring.tag("blob", blob_id, size.to_bytes(8, "big"), header, checks)
