"""Turns: how many files are taken apart at once on a machine, over all workers of the server and all their threads."""

import errno
import hashlib
import os
import socket
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

QUICK: Final = 2
"""How many images and documents at once (a gibibyte of memory each at most)."""
PAGES: Final = 1
"""How many pages are drawn at once, as large; whoever reads does not stand behind those who send."""
LONG: Final = 1
"""How many recordings at once."""
_LOOK_AGAIN: Final = 0.05


class Busy(Exception):  # noqa: N818 - it names what is the matter
    """So many are at work that nobody's turn came in time."""


def is_recording(task: str) -> bool:
    """Return whether a task takes a recording apart."""
    return task.startswith(("audio/", "video/"))


@contextmanager
def turn(task: str, patience: float) -> Iterator[None]:
    """Hold a place while a task is done; it is given back by the kernel where this process dies.

    A place is a name among the abstract addresses of local sockets, which nobody can listen at twice, so there is no
    file of a dead process to clean away.

    :param patience: how long to wait for a place (seconds).
    :raises Busy: none became free.
    """
    kind, most = _line(task)
    until = time.monotonic() + patience
    while (place := _taken(kind, most)) is None:
        if time.monotonic() > until:
            raise Busy
        time.sleep(_LOOK_AGAIN)
    with place:
        yield


def _line(task: str) -> tuple[str, int]:
    if task.startswith("page "):
        return "page", PAGES
    return ("long", LONG) if is_recording(task) else ("quick", QUICK)


def _taken(kind: str, most: int) -> socket.socket | None:
    house = hashlib.sha256(sys.prefix.encode()).hexdigest()[:16]
    for number in range(most):
        place = socket.socket(socket.AF_UNIX)
        try:
            place.bind(f"\0harbour/{os.getuid()}/{house}/{kind}/{number}")
        except OSError as error:
            place.close()
            if error.errno != errno.EADDRINUSE:
                raise
        else:
            return place
    return None
