"""Objects of a blob store, written and broken off in one line each."""

from collections.abc import Callable
from pathlib import Path

from reporting.store.objects import BlobStore

ID = bytes(range(16))
NAME = "00/000102030405060708090a0b0c0d0e0f"


def put(blobs: BlobStore, *pieces: bytes, blob_id: bytes = ID) -> None:
    """Write an object."""
    with blobs.writing(blob_id) as writer:
        for piece in pieces:
            writer.write(piece)


def break_off(blobs: BlobStore, *pieces: bytes, meanwhile: Callable[[], None] = lambda: None) -> None:
    """Begin an object whose bytes end too early."""
    with blobs.writing(ID) as writer:
        for piece in pieces:
            writer.write(piece)
        meanwhile()
        raise ConnectionError("her line broke")


def files_in(folder: Path) -> list[str]:
    """Return the name of every file below a folder."""
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())
