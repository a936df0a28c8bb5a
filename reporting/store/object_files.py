"""Writing one sealed file into a folder so that it is whole and durable under its name, or not there at all.

What lies there long, and in every copy of it, tells the day on which it came and no time of day.
"""

import errno
import os
import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from pathlib import Path
from typing import BinaryIO, Final

MARK: Final = "#"
"""Stands in the name of a file that is not whole yet."""
_DAY: Final = 24 * 60 * 60


@contextmanager
def writing_file(path: Path, spare: int = 0) -> Iterator["Whole"]:
    """Yield a file to write; at the end it is durable under its name, and where something failed nothing of it stays.

    The bytes reach the disk before the name does. What is killed in between leaves a name with a mark, which
    `remove_marked` deletes once nobody can be writing it any more.

    :param spare: how much of the disk stays free for everything else (bytes).
    :raises OSError: the disk is full but for that, or the folder is not there.
    """
    check_spare(path.parent.parent, spare)
    path.parent.mkdir(mode=0o700, exist_ok=True)
    marked = path.with_name(f"{path.name}{MARK}{secrets.token_hex(4)}")
    handle = os.open(marked, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
    try:
        with open(handle, "wb", buffering=0) as file:
            yield Whole(file, spare)
            _keep_day(handle)
            os.fsync(handle)
        marked.rename(path)
    except BaseException:
        with suppress(OSError):
            marked.unlink()
        raise
    finally:
        for folder in (path.parent, path.parent.parent):
            with suppress(OSError):  # one that somebody else owns keeps its time: no reason to lose the file
                _keep_day(folder)
    for folder in (path.parent, path.parent.parent):
        _make_durable(folder)


def remove_file(path: Path) -> None:
    """Delete a file; one that is not there is no fault."""
    with suppress(FileNotFoundError):
        path.unlink()
        _keep_day(path.parent)


def remove_marked(folder: Path, older_than: timedelta) -> int:
    """Delete what killed writers left and nobody has touched for a while; return how many."""
    before = time.time() - older_than.total_seconds()
    count = 0
    for path in folder.glob(f"??/*{MARK}*"):
        with suppress(FileNotFoundError):  # another process was faster
            if path.stat().st_mtime < before:
                path.unlink()
                _keep_day(path.parent)
                count += 1
    return count


class Whole:
    """Writes every byte of a piece; the system may take only a part of it at once."""

    def __init__(self, file: BinaryIO, spare: int) -> None:
        self._file, self._spare = file, spare

    def write(self, piece: bytes, /) -> None:
        """Take the next bytes."""
        check_spare(self._file.fileno(), self._spare, len(piece))
        left = memoryview(piece)
        while left:
            left = left[self._file.write(left) :]


def check_spare(place: Path | int, spare: int, coming: int = 0) -> None:
    """Refuse what would leave less than `spare` bytes free on the disk of a folder or file.

    :raises OSError: it would, as a full disk says so.
    """
    disk = os.statvfs(place)
    if spare and disk.f_bavail * disk.f_frsize - coming < spare:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def _keep_day(place: Path | int) -> None:
    """Leave only the day (UTC) of the time that stands beside a file or folder."""
    day = time.time() // _DAY * _DAY
    os.utime(place, (day, day))


def _make_durable(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
