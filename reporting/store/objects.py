"""The blob store: sealed files under random names, in a folder or in a store that speaks S3.

A file is whole and durable before anything says that it exists: only then may a row name it. What an interrupted upload
leaves has no row in the database and is collected.
"""

import errno
import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final, Literal, Protocol
from urllib.parse import parse_qsl, unquote, urlsplit

import obstore
from obstore.exceptions import (
    AlreadyExistsError,
    BaseError,
    PermissionDeniedError,
    PreconditionError,
    UnauthenticatedError,
)
from obstore.store import LocalStore, S3Store

from reporting.store.object_files import check_spare, remove_file, remove_marked, writing_file

PART_SIZE: Final = 5 * 1024 * 1024
"""What is sent at once: the smallest part that S3 takes (bytes)."""
_MARK: Final = "instance"
_FULL: Final = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_NAME: Final = re.compile(r"([0-9a-f]{2})/(\1[0-9a-f]{30})")
# A store that is down must not hold a request for minutes: one answer has twenty seconds, and what failed is asked
# twice more within twenty seconds of the first time.
_CLIENT: Final = {"connect_timeout": timedelta(seconds=3), "timeout": timedelta(seconds=20)}
_RETRY: Final = {"max_retries": 2, "retry_timeout": timedelta(seconds=20)}


class BlobsUnreachable(Exception):  # noqa: N818 - a refusal read aloud, not a fault of the program
    """The blob store does not answer, refuses us, or is full. `args[0]` says which; nothing names a file or address."""


NO_ANSWER: Final = "no answer"
NO_ROOM: Final = "no room"
REFUSED: Final = "access refused"


class Writer(Protocol):
    """Takes the bytes of one object, in order."""

    def write(self, piece: bytes, /) -> object:
        """Take the next bytes."""


@dataclass(frozen=True)
class Stored:
    """One object as it lies in the store: its id, its size in bytes, and when it was finished (UTC).

    A folder tells the day alone: a file from a minute before midnight seems a day old a minute later.
    """

    id: bytes
    size: int
    finished_at: datetime


class BlobStore:
    """Sealed files by id. `folder` is the folder they lie in, or nothing where they lie elsewhere.

    Of the disk of a folder `spare` bytes stay free: anybody may add files, and words have to be kept all the same.
    Every method raises BlobsUnreachable where the store cannot do what it is asked, after at most about forty seconds.
    """

    def __init__(self, store: Any, folder: Path | None, spare: int = 0) -> None:
        self._store = store
        self.folder = folder
        self._spare = spare

    def check_room(self, coming: int) -> None:
        """Raise BlobsUnreachable where a folder has no room for so many bytes; how much S3 has cannot be asked."""
        if self.folder is not None:
            with _asking():
                check_spare(self.folder, self._spare, coming)

    @contextmanager
    def writing(self, blob_id: bytes) -> Iterator[Writer]:
        """Yield what takes the bytes of a new object; it is durable at the end, or not there where something failed."""
        folder = self.folder
        way = writing_file(folder / _name(blob_id), self._spare) if folder is not None else self._uploading(blob_id)
        with _asking():
            writer = way.__enter__()
        try:
            yield _Asking(writer)
        except BaseException as error:
            way.__exit__(type(error), error, error.__traceback__)
            raise
        with _asking():
            way.__exit__(None, None, None)

    def read(self, blob_id: bytes, start: int, end: int) -> bytes:
        """Return the bytes of an object from one offset up to another; fewer where it ends before.

        :raises FileNotFoundError: there is no such object.
        """
        with _asking(missing=True):
            try:
                return bytes(obstore.get_range(self._store, _name(blob_id), start=start, end=end))
            except BaseError:
                # Both kinds of store answer so, too, when nothing lies at `start`.
                size = self.size(blob_id)
                if size is None:
                    raise FileNotFoundError("no such blob") from None
                if size > start:
                    raise
                return b""

    def size(self, blob_id: bytes) -> int | None:
        """Return how many bytes an object has, or nothing where it is not there."""
        try:
            with _asking(missing=True):
                return int(obstore.head(self._store, _name(blob_id))["size"])
        except FileNotFoundError:
            return None

    def remove(self, *blob_ids: bytes) -> None:
        """Delete objects; one that is not there is no fault."""
        names = [_name(blob_id) for blob_id in blob_ids]
        with _asking():
            if self.folder is None:
                obstore.delete(self._store, names)
                return
            for name in names:
                remove_file(self.folder / name)

    def all(self) -> Iterator[Stored]:
        """Yield every object, in no order; what is not named like one of ours is left out."""
        with _asking():
            for page in obstore.list(self._store):
                for found in page:
                    name = _NAME.fullmatch(found["path"])
                    if name is not None:
                        yield Stored(bytes.fromhex(name[2]), int(found["size"]), found["last_modified"])

    def now(self) -> datetime:
        """Return the time by the clock that gives `Stored.finished_at`, which may not be the one of this machine."""
        name = f"clock-{secrets.token_hex(8)}"
        with _asking():
            self._put(name, b"")
            try:
                return obstore.head(self._store, name)["last_modified"]
            finally:
                obstore.delete(self._store, name)

    def mark(self, ours: bytes) -> bytes:
        """Return the mark (at most 64 bytes) of the instance whose store this is; ours where there was none."""
        with _asking():
            with suppress(AlreadyExistsError, PreconditionError):
                self._put(_MARK, ours, mode="create")
            return bytes(obstore.get(self._store, _MARK).bytes())[:64]

    def remove_unfinished(self, older_than: timedelta) -> int:
        """Delete what broken uploads left beside the names in a folder; return how many.

        A store that speaks S3 does this by itself, by the rule that docs/OPERATING.md names.
        """
        with _asking():
            return remove_marked(self.folder, older_than) if self.folder is not None else 0

    def _put(self, name: str, content: bytes, mode: Literal["create", "overwrite"] = "overwrite") -> None:
        if self.folder is not None and not self.folder.is_dir():
            raise FileNotFoundError  # obstore would make it anew, where a disk is not there at the moment
        obstore.put(self._store, name, content, mode=mode)

    @contextmanager
    def _uploading(self, blob_id: bytes) -> Iterator[Writer]:
        """Send an object in parts, one after the other.

        An upload of parts cannot be given up through obstore: where something failed it is finished and deleted at
        once, so that no parts stay behind that nobody can list.
        """
        writer = obstore.open_writer(self._store, _name(blob_id), buffer_size=PART_SIZE, max_concurrency=1)
        try:
            yield writer
            writer.close()
        except BaseException:
            with suppress(BaseError, OSError):
                if not writer.closed():
                    writer.close()
            with suppress(BlobsUnreachable):
                self.remove(blob_id)
            raise


class _Asking:
    """Passes pieces on to a writer, and its failures as ours."""

    def __init__(self, writer: Writer) -> None:
        self._writer = writer

    def write(self, piece: bytes, /) -> None:
        """Take the next bytes."""
        with _asking():
            self._writer.write(piece)


def open_blobs(address: str, spare: int = 0) -> BlobStore:
    """Return the blob store at an address.

    :param address: `file://` and a folder, or `s3://bucket/prefix` with `endpoint` and `region` as its query; who we
        are there comes from the environment (AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY).
    :param spare: how many bytes of the disk of a folder no file may take.
    """
    parts = urlsplit(address)
    if parts.scheme == "file":
        folder = Path(unquote(parts.path))
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        return BlobStore(LocalStore(folder), folder, spare)
    asked: dict[str, Any] = dict(parse_qsl(parts.query))
    plain = str(asked.get("endpoint", "")).startswith("http://")
    client: Any = {**_CLIENT, "allow_http": plain}
    retry: Any = _RETRY
    prefix = parts.path.strip("/") or None
    return BlobStore(S3Store(parts.netloc, prefix=prefix, client_options=client, retry_config=retry, **asked), None)


@contextmanager
def _asking(*, missing: bool = False) -> Iterator[None]:
    """Turn every failure of a store into ours, whose text names no address, key or file.

    :param missing: let FileNotFoundError through, which is an answer and no failure.
    """
    try:
        yield
    except (PermissionDeniedError, UnauthenticatedError, PermissionError):
        raise BlobsUnreachable(REFUSED) from None
    except OSError as error:
        if missing and isinstance(error, FileNotFoundError):
            raise
        raise BlobsUnreachable(NO_ROOM if error.errno in _FULL else NO_ANSWER) from None
    except BaseError:
        raise BlobsUnreachable(NO_ANSWER) from None


def _name(blob_id: bytes) -> str:
    text = blob_id.hex()
    return f"{text[:2]}/{text}"
