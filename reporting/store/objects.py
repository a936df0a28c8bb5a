"""The blob store: sealed files under random names, in a folder or in a store that speaks S3.

A file is whole and durable before anything says that it exists: it is written beside its name, made durable, and only
then known. What an interrupted upload leaves has no row in the database and is collected.
"""

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final, Protocol, cast
from urllib.parse import parse_qsl, unquote, urlsplit

import obstore
from obstore.store import LocalStore, S3Store

PART_SIZE: Final = 5 * 1024 * 1024
"""What is sent at once: the smallest part that S3 takes (bytes)."""
_NAME: Final = re.compile(r"[0-9a-f]{2}/([0-9a-f]{32})")


class Writer(Protocol):
    """Takes the bytes of one object, in order."""

    def write(self, piece: bytes, /) -> object:
        """Take the next bytes."""


@dataclass(frozen=True)
class Stored:
    """One object as it lies in the store: its id, its size in bytes, and when it was finished (UTC)."""

    id: bytes
    size: int
    finished_at: datetime


class BlobStore:
    """Sealed files by id. `folder` is the folder they lie in, or nothing where they lie elsewhere."""

    def __init__(self, store: Any, folder: Path | None) -> None:
        self._store = store
        self.folder = folder

    @contextmanager
    def writing(self, blob_id: bytes) -> Iterator[Writer]:
        """Yield what takes the bytes of a new object; it is durable at the end, or not there where something failed."""
        name = _name(blob_id)
        if self.folder is not None:
            (self.folder / name).parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        writer = obstore.open_writer(self._store, name, buffer_size=PART_SIZE, max_concurrency=1)
        try:
            yield writer
        except BaseException:
            writer.close()
            self.remove(blob_id)
            raise
        writer.close()
        self._make_durable(name)

    def read(self, blob_id: bytes, start: int, end: int) -> bytes:
        """Return the bytes of an object from one offset up to another; fewer where it ends before.

        :raises FileNotFoundError: there is no such object.
        """
        size = self.size(blob_id)
        if size is None:
            raise FileNotFoundError("no such blob")
        end = min(end, size)
        return bytes(obstore.get_range(self._store, _name(blob_id), start=start, end=end)) if start < end else b""

    def size(self, blob_id: bytes) -> int | None:
        """Return how many bytes an object has, or nothing where it is not there."""
        try:
            return int(obstore.head(self._store, _name(blob_id))["size"])
        except FileNotFoundError:
            return None

    def remove(self, blob_id: bytes) -> None:
        """Delete an object; one that is not there is no fault."""
        try:
            obstore.delete(self._store, _name(blob_id))
        except FileNotFoundError:
            return

    def all(self) -> Iterator[Stored]:
        """Yield every object, in no order; what is not named like one of ours is left out."""
        for page in obstore.list(self._store):
            for found in page:
                name = _NAME.fullmatch(found["path"])
                if name is not None:
                    yield Stored(bytes.fromhex(name[1]), int(found["size"]), found["last_modified"])

    def remove_unfinished(self, older_than: timedelta) -> int:
        """Delete what broken uploads left beside the names in a folder; return how many.

        A store that speaks S3 does this by itself, by the rule that docs/OPERATING.md names.
        """
        if self.folder is None:
            return 0
        before = (datetime.now(UTC) - older_than).timestamp()
        left = [path for path in self.folder.glob("??/*#*") if path.stat().st_mtime < before]
        for path in left:
            path.unlink(missing_ok=True)
        return len(left)

    def _make_durable(self, name: str) -> None:
        if self.folder is None:
            return
        path = self.folder / name
        for place in (path, path.parent, self.folder):
            handle = os.open(place, os.O_RDONLY)
            try:
                os.fsync(handle)
            finally:
                os.close(handle)


def open_blobs(address: str) -> BlobStore:
    """Return the blob store at an address.

    :param address: `file://` and a folder, or `s3://bucket/prefix` with `endpoint` and `region` as its query; who we
        are there comes from the environment (AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY).
    """
    parts = urlsplit(address)
    if parts.scheme == "file":
        folder = Path(unquote(parts.path))
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        return BlobStore(LocalStore(folder), folder)
    asked = dict(parse_qsl(parts.query))
    plain = asked.get("endpoint", "").startswith("http://")
    store = S3Store(
        parts.netloc, prefix=parts.path.strip("/") or None, client_options={"allow_http": plain}, **cast("Any", asked)
    )
    return BlobStore(store, None)


def _name(blob_id: bytes) -> str:
    text = blob_id.hex()
    return f"{text[:2]}/{text}"
