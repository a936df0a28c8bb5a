"""What a process has made of the directory, kept for as long as the directory is in the same state."""

from collections.abc import Callable, Hashable
from threading import Lock
from typing import Any, Final, TypeVar

from reporting.store.database import Work
from reporting.store.directory import directory_version

Made = TypeVar("Made")
MOST: Final = 16
"""So many things are kept; the oldest goes first."""

_lock = Lock()
_kept: dict[Hashable, Any] = {}


def kept(work: Work, what: Hashable, make: Callable[[], Made]) -> Made:
    """Return something that follows from the directory, made once for each state in which the directory is.

    The state is asked for each time, so a change counts from its commit on, in every process. What is made while
    somebody else commits is given back and not kept: it may be of two states.

    :param what: which thing this is, with everything beside the directory that it depends on.
    """
    version = directory_version(work.main)
    if version is None:
        return make()
    key = (version, what)
    found: Made | None = _kept.get(key)
    if found is not None:
        return found
    made = make()
    if directory_version(work.main) == version:
        with _lock:
            _kept[key] = made
            while len(_kept) > MOST:
                del _kept[next(iter(_kept))]
    return made
