"""Making the working copy of a file: a process of its own takes it apart, and what comes out is sealed as it comes."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, replace
from threading import Thread, Timer
from typing import Final

from reporting.domain.evidence.evidence import Cleaning
from reporting.services.evidence.keeping import Kept, keeping
from reporting.services.house import House
from reporting.store.objects import BlobStore

SECONDS: Final = 60.0
PIECE: Final = 64 * 1024
_LONGEST_REPORT: Final = 4096
_ENVIRONMENT: Final = {"LC_ALL": "C.UTF-8", "PATH": "/usr/local/bin:/usr/bin:/bin"}


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
    try:
        with keeping(blobs, house, most) as under_way:
            report = take_apart(task, pieces, under_way.write)
            if report.state is not Cleaning.CLEANED:
                raise _NotCleanedError
    except _NotCleanedError:
        return WorkingCopy(report)
    kept = under_way.kept
    assert kept is not None  # noqa: S101 - the block above ended well
    return WorkingCopy(report, replace(kept, file=replace(kept.file, type=report.type)))


def take_apart(
    task: str, pieces: Iterable[bytes], sink: Callable[[bytes], object], *, seconds: float = SECONDS
) -> Report:
    """Let the process work on a file and give what it writes to `sink`; it is killed when its time is over."""
    process = subprocess.Popen(  # noqa: S603 - our own module, and a task from a closed list
        [sys.executable, "-I", "-m", "reporting.cleaning", task],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=_ENVIRONMENT,
        cwd="/",
        start_new_session=True,
    )
    feeder = Thread(target=_feed, args=(process, pieces), daemon=True)
    over = Timer(seconds, _kill, args=(process,))
    feeder.start()
    over.start()
    try:
        assert process.stdout is not None and process.stderr is not None  # noqa: S101, PT018 - both are pipes
        while piece := process.stdout.read(PIECE):
            sink(piece)
        said = process.stderr.read(_LONGEST_REPORT)
        return _report(said) if process.wait() == 0 else Report(Cleaning.TOO_MUCH)
    finally:
        over.cancel()
        _kill(process)
        feeder.join()
        for pipe in (process.stdin, process.stdout, process.stderr):
            if pipe is not None:
                with suppress(OSError):
                    pipe.close()


def _feed(process: "subprocess.Popen[bytes]", pieces: Iterable[bytes]) -> None:
    assert process.stdin is not None  # noqa: S101 - it is a pipe
    with suppress(OSError):  # it has read enough, or is gone
        for piece in pieces:
            process.stdin.write(piece)
        process.stdin.close()


def _kill(process: "subprocess.Popen[bytes]") -> None:
    """End the process with whatever it started."""
    with suppress(OSError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def _report(said: bytes) -> Report:
    """Read what the process said; it took a stranger's file apart, so nothing that it says is believed unseen."""
    try:
        body = json.loads(said)
        return Report(Cleaning(body["state"]), str(body["type"])[:100], int(body["pages"]))
    except (ValueError, LookupError, TypeError):
        return Report(Cleaning.NOT_READABLE)
