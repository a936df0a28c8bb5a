"""An opened file on its way to whoever may see it: checked before its first byte leaves."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

from reporting.crypto.errors import CannotOpen
from reporting.crypto.stream import StreamOpener
from reporting.domain.evidence.evidence import KeptFile
from reporting.services.errors import NotFound, NotIntact
from reporting.services.evidence.keeping import open_file, shred_key_of
from reporting.store.database import Work
from reporting.store.objects import BlobStore


@dataclass(frozen=True)
class OpenFile:
    """A file whose keys are at hand, and the place of its piece among all, from 1. It reads the blob store alone."""

    file: KeptFile
    number: int
    _opener: StreamOpener

    def whole(self) -> Iterator[bytes]:
        """Return the file in pieces. It is read once before, so that what is not as it was sealed never leaves.

        :raises NotIntact: it was altered, cut off, or is gone.
        """
        digest = hashlib.sha256()
        for piece in intact(self._opener):
            digest.update(piece)
        if digest.hexdigest() != self.file.sha256:
            raise NotIntact
        return intact(self._opener)

    def part(self, start: int, end: int) -> Iterator[bytes]:
        """Return a part of the file in pieces, of which the first is opened before anything leaves.

        :raises NotIntact: its first piece is not as it was sealed. A later one ends the answer.
        """
        pieces = intact(self._opener, start, end)
        return chain([next(pieces, b"")], pieces)


def intact(opener: StreamOpener, start: int = 0, end: int | None = None) -> Iterator[bytes]:
    """Yield a file or a part of it.

    :raises NotIntact: it was altered, cut off, or is gone.
    """
    try:
        yield from opener.chunks(start, end)
    except (CannotOpen, NotFound):
        raise NotIntact from None


def opener_to_show(work: Work, blobs: BlobStore, file: KeptFile, owner: bytes) -> StreamOpener:
    """Return what opens a file; raises as `open_to_show` does."""
    key = shred_key_of(work, file, owner)
    try:
        return open_file(blobs, file, key)
    except (CannotOpen, NotFound):
        raise NotIntact from None


def open_to_show(work: Work, blobs: BlobStore, file: KeptFile, owner: bytes, number: int) -> OpenFile:
    """Return what shows a file.

    :raises NotFound: its key is destroyed.
    :raises NotIntact: its bytes are gone, or others lie in their place.
    """
    return OpenFile(file, number, opener_to_show(work, blobs, file, owner))
