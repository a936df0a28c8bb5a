"""A file in memory alone, for a program that must be able to go back and forth in what it reads."""

import ctypes
import fcntl
import mmap
import os
import resource
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import BinaryIO, Final

from reporting.cleaning.answer import TooMuch

PIECE: Final = 1024 * 1024
_SEALS: Final = fcntl.F_SEAL_WRITE | fcntl.F_SEAL_GROW | fcntl.F_SEAL_SHRINK | fcntl.F_SEAL_SEAL
_FAILED: Final = ctypes.c_void_p(-1).value


@contextmanager
def in_memory(source: BinaryIO, most: int) -> Iterator[int]:
    """Yield the descriptor of a file that has no name and no place on any disk, and that nobody can change any more.

    It is locked in memory as far as the process may lock (RLIMIT_MEMLOCK); what is not locked may reach swap.

    :param source: what the file holds.
    :raises TooMuch: it is more than `most` bytes.
    """
    file = os.memfd_create("", os.MFD_CLOEXEC | os.MFD_ALLOW_SEALING)
    size = _fill(file, source, most)
    fcntl.fcntl(file, fcntl.F_ADD_SEALS, _SEALS)
    with suppress(OSError, ValueError):  # where no limit may be touched any more, no file can be opened to write either
        resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    _lock(file, size)
    try:
        yield file
    finally:
        os.close(file)


def _fill(file: int, source: BinaryIO, most: int) -> int:
    size = 0
    while piece := source.read(min(PIECE, most + 1 - size)):
        size += len(piece)
        if size > most:
            raise TooMuch
        left = memoryview(piece)
        while left:
            left = left[os.write(file, left) :]
    return size


def _lock(file: int, size: int) -> None:
    """Map the file and lock what is mapped, until the process ends; where that is not allowed, go on without."""
    libc = ctypes.CDLL(None, use_errno=True)
    libc.mmap.restype = ctypes.c_void_p
    where = libc.mmap(None, ctypes.c_size_t(size), mmap.PROT_READ, mmap.MAP_PRIVATE, file, ctypes.c_long(0))
    if where not in (None, _FAILED):
        libc.mlock(ctypes.c_void_p(where), ctypes.c_size_t(size))
