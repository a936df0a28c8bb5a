"""Making the working copy of a file: a process of its own takes it apart, and what comes out is sealed as it comes."""

import json
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Final

from reporting.domain.evidence.evidence import Cleaning
from reporting.domain.evidence.file_types import TYPES
from reporting.services.errors import TooLarge
from reporting.services.evidence.apart import converse
from reporting.services.evidence.keeping import Kept, keeping
from reporting.services.evidence.turns import Busy, is_recording, turn
from reporting.services.house import House
from reporting.store.objects import BlobStore

SECONDS: Final = 60.0
RECORDING_SECONDS: Final = 120.0
"""How long ffmpeg may take: an hour of sound is encoded anew in half a minute."""
PATIENCE: Final = 2
"""How many times as long as a task may take to wait for its turn."""
MOST_PAGES: Final = 100_000
CLEANED: Final = tuple(media for media, kind in TYPES.items() if kind.family is not None)
"""What a working copy can be."""
_FAILED: Final = (Cleaning.NOT_READABLE, Cleaning.TOO_MUCH, Cleaning.NO_PROGRAM)


@dataclass(frozen=True)
class Report:
    """What the process says of a file."""

    state: Cleaning
    type: str = ""
    pages: int = 0


@dataclass(frozen=True)
class WorkingCopy:
    """What became of a file: its working copy, if there is one, and why not otherwise."""

    report: Report
    kept: Kept | None = None


class _NotCleanedError(Exception):
    """Ends the keeping of a copy that did not come to its end, so that nothing of it stays."""


def clean(blobs: BlobStore, house: House, pieces: Iterable[bytes], task: str, most: int) -> WorkingCopy:
    """Return the working copy of a file, kept in the blob store; the database does not know it yet.

    :param pieces: the file, as it is opened.
    :param task: what the process is to do: the media type of the file.
    :param most: how many bytes the copy may have at most.
    """
    report = Report(Cleaning.TOO_MUCH)
    seconds = RECORDING_SECONDS if is_recording(task) else SECONDS
    try:
        with keeping(blobs, house, most) as under_way:
            report = take_apart(task, pieces, under_way.write, seconds=seconds)
            if report.state is not Cleaning.CLEANED:
                raise _NotCleanedError
    except _NotCleanedError:
        return WorkingCopy(report)
    except TooLarge:
        return WorkingCopy(Report(Cleaning.TOO_LARGE))
    kept = under_way.kept
    return WorkingCopy(report, replace(kept, file=replace(kept.file, type=report.type)))


def take_apart(
    task: str,
    pieces: Iterable[bytes],
    sink: Callable[[bytes], object],
    *,
    seconds: float = SECONDS,
    patience: float | None = None,
) -> Report:
    """Let the process work on a file and give what it writes to `sink`; it is killed when its time is over.

    What came to `sink` is worth something only where the report says that the file was cleaned. A file whose turn does
    not come (`turns`) is said to take too much.
    """
    command = [sys.executable, "-I", "-m", "reporting.cleaning", task]
    try:
        with turn(task, PATIENCE * seconds if patience is None else patience):
            ended = converse(command, pieces, sink, seconds=seconds)
    except Busy:
        return Report(Cleaning.BUSY)
    if ended.code != 0:
        return Report(Cleaning.TOO_MUCH if ended.code < 0 else Cleaning.NOT_READABLE)
    return _report(ended.said)


def _report(said: bytes) -> Report:
    """Read what the process said; it took a stranger's file apart, so nothing that it says is believed unseen."""
    try:
        body = json.loads(said)
        state, media, pages = Cleaning(body["state"]), body["type"], body["pages"]
    except (ValueError, LookupError, TypeError, RecursionError):
        return Report(Cleaning.NOT_READABLE)
    if state in _FAILED:
        return Report(state)
    if state is not Cleaning.CLEANED or media not in CLEANED or type(pages) is not int or not 0 <= pages <= MOST_PAGES:
        return Report(Cleaning.NOT_READABLE)
    return Report(state, media, pages)
