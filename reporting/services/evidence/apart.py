"""Talking with a process that nobody trusts: what it is given, what it may say, and when it is over."""

import os
import selectors
import signal
import subprocess
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import IO, Final

PIECE: Final = 64 * 1024
LONGEST_REPORT: Final = 4096
_ENVIRONMENT: Final = {"LC_ALL": "C.UTF-8", "PATH": "/usr/local/bin:/usr/bin:/bin"}


@dataclass(frozen=True)
class Ended:
    """How a process ended: what it said on its standard error, and its code.

    The code is negative for the signal that ended it, and that of SIGKILL where it was ended here: its time was over,
    or it said more than a report has.
    """

    said: bytes
    code: int


def converse(
    command: Sequence[str], pieces: Iterable[bytes], sink: Callable[[bytes], object], *, seconds: float
) -> Ended:
    """Give a process its input and take its output as both are ready, in one thread, until it ends or its time is over.

    It may read nothing, write before it reads, or close what it likes: nobody waits for it longer than `seconds`. It
    and its whole group are gone at the return, however that comes about. What `pieces` or `sink` raises is passed on.
    """
    until = time.monotonic() + seconds
    with _started(command) as process, selectors.DefaultSelector() as ready:
        talk = _Talk(process, ready, iter(pieces), sink)
        while talk.goes_on():
            events = ready.select(max(0.0, until - time.monotonic()))
            if not events or len(talk.said) > LONGEST_REPORT or time.monotonic() > until:
                return Ended(b"", -signal.SIGKILL)
            for key, _ in events:
                key.data()
        try:
            return Ended(bytes(talk.said), process.wait(max(0.0, until - time.monotonic())))
        except subprocess.TimeoutExpired:
            return Ended(b"", -signal.SIGKILL)


@contextmanager
def _started(command: Sequence[str]) -> Iterator["subprocess.Popen[bytes]"]:
    """Yield a process in a group of its own, with nothing of our environment; kill the group at the end."""
    process = subprocess.Popen(  # noqa: S603 - our own module, and a task from a closed list
        command,
        bufsize=0,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=_ENVIRONMENT,
        cwd="/",
        start_new_session=True,
    )
    try:
        yield process
    finally:
        with suppress(OSError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        for pipe in (process.stdin, process.stdout, process.stderr):
            if pipe is not None:
                pipe.close()


class _Talk:
    """The three pipes of a process, each served when it is ready."""

    def __init__(
        self,
        process: "subprocess.Popen[bytes]",
        ready: selectors.BaseSelector,
        pieces: Iterator[bytes],
        sink: Callable[[bytes], object],
    ) -> None:
        self._ready, self._pieces, self._sink = ready, pieces, sink
        self._next = memoryview(b"")
        self._outputs = 2
        self.said = bytearray()
        assert process.stdin is not None  # noqa: S101 - all three are pipes
        assert process.stdout is not None and process.stderr is not None  # noqa: S101, PT018 - all three are pipes
        self._input, self._output, self._report = process.stdin, process.stdout, process.stderr
        os.set_blocking(self._input.fileno(), False)
        ready.register(self._input, selectors.EVENT_WRITE, self._feed)
        ready.register(self._output, selectors.EVENT_READ, self._take)
        ready.register(self._report, selectors.EVENT_READ, self._listen)

    def goes_on(self) -> bool:
        """Say whether it can still write or say anything."""
        return self._outputs > 0

    def _feed(self) -> None:
        if not self._next:
            piece = next(self._pieces, None)
            if piece is None:
                return self._close(self._input)
            self._next = memoryview(piece)
        try:
            self._next = self._next[os.write(self._input.fileno(), self._next[:PIECE]) :]
        except BlockingIOError:
            return None
        except BrokenPipeError:  # it has read enough
            return self._close(self._input)

    def _take(self) -> None:
        piece = os.read(self._output.fileno(), PIECE)
        if piece:
            self._sink(piece)
        else:
            self._end(self._output)

    def _listen(self) -> None:
        words = os.read(self._report.fileno(), LONGEST_REPORT + 1)
        self.said += words
        if not words:
            self._end(self._report)

    def _end(self, pipe: IO[bytes]) -> None:
        self._outputs -= 1
        self._close(pipe)

    def _close(self, pipe: IO[bytes]) -> None:
        self._ready.unregister(pipe)
        pipe.close()
