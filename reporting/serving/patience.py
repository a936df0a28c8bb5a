"""How long a request may take: a minute for a form, and for a file as long as its line really carries something.

Two clocks never run at once. While we wait for a line, its credit falls, and every byte that comes or goes earns some
of it back; whoever stalls or drips uses it up. While we work (seal, clean, write to the store), no line is blamed.
"""

import time
from collections.abc import Callable, Iterable, Iterator
from typing import Any, Final

# A request that was not lengthened: the largest form is about a megabyte, which a very slow telephone sends in less.
BODY_SECONDS: Final = 60.0
# All header lines, counted from when a thread takes the connection.
HEAD_SECONDS: Final = 10.0
# Time to answer once nothing more is read, before the connection is cut both ways.
ANSWER_SECONDS: Final = 30.0
# The slowest line that may go on for long (bytes per second): what a bad mobile connection still carries.
SLOWEST: Final = 2048
# How long a line may rest at most, whatever it carried before.
CREDIT_SECONDS: Final = 60.0
# How long we may work at one stretch: clamd's half minute, and a recording that waits for its turn and is cleaned.
WORK_SECONDS: Final = 420.0
# Nothing takes longer than this: a gibibyte in this time is 50 KB/s.
LONGEST_SECONDS: Final = 6 * 3600.0
# While every thread has been taken for so long, the slowest of the answers that go on for more than a minute ends: one
# that is fetched drop by drop would otherwise hold a thread for hours, and a few of them all threads.
FULL_SECONDS: Final = 5.0
LONG_ANSWER_SECONDS: Final = 60.0
# An answer is handed over in pieces of this size (bytes), so that it shows which of them went.
PIECE: Final = 32 * 1024


class Patience:
    """The patience with one request. Its own thread moves the deadline; the main thread looks at it."""

    def __init__(self, seconds: float = BODY_SECONDS) -> None:
        self._begun = time.monotonic()
        self._end = self._begun + seconds
        self._credit, self._since = CREDIT_SECONDS, self._begun
        self._waits, self._carried, self._answers = False, 0, 0.0
        self.over = False
        self.deadline = self._end

    def lengthen(self) -> None:
        """Let this request take hours, as long as its line carries something."""
        self._end = self._begun + LONGEST_SECONDS
        self.work()

    def work(self) -> None:
        """A stretch of our own work begins; it stops the clock of the line."""
        self._waits = False
        self._set(time.monotonic() + WORK_SECONDS)

    def wait(self) -> None:
        """From now on we wait for the line."""
        self._waits = True
        self._since = time.monotonic()
        self._set(self._since + self._credit)

    def moved(self, size: int) -> None:
        """The line has carried so many bytes, and we go on with them."""
        self._carried += size
        waited = time.monotonic() - self._since
        self._credit = min(CREDIT_SECONDS, self._credit - waited + size / SLOWEST)
        self.work()

    def is_waiting(self) -> bool:
        """Return whether we wait for the line now."""
        return self._waits

    def carried(self) -> int:
        """Return how many bytes the line has carried so far."""
        return self._carried

    def answer(self) -> None:
        """The answer begins, which may take hours too."""
        self._answers, self._carried = time.monotonic(), 0
        self.lengthen()

    def answers_for(self, now: float) -> float:
        """Return how long the answer has been under way (seconds)."""
        return now - self._answers if self._answers else 0.0

    def give_way(self) -> None:
        """End this request for another one; the thread of that one asks for it."""
        # Of an answer that has begun, nothing more can be said than that it ends.
        self._end = time.monotonic() - (ANSWER_SECONDS + 1 if self._answers else 0)
        self._set(self._end)

    def _set(self, deadline: float) -> None:
        if not self.over:
            self.deadline = min(self._end, deadline)


class Line:
    """The socket of a request as its reader sees it: what comes is told to the patience."""

    def __init__(self, sock: Any, patience: Patience) -> None:
        self._sock, self._patience = sock, patience

    def recv(self, size: int) -> bytes:
        """Wait for the next bytes."""
        self._patience.wait()
        came: bytes = self._sock.recv(size)
        self._patience.moved(len(came))
        return came

    def __getattr__(self, name: str) -> Any:
        return getattr(self._sock, name)


class Answer:
    """An answer on its way: it is handed over in small pieces, and each that is gone is told to the patience."""

    def __init__(self, pieces: Iterable[bytes], patience: Patience) -> None:
        self._pieces, self._patience = pieces, patience

    def __iter__(self) -> Iterator[bytes]:
        self._patience.answer()
        for whole in self._pieces:
            for start in range(0, len(whole), PIECE):
                piece = whole[start : start + PIECE]
                self._patience.wait()
                yield piece
                self._patience.moved(len(piece))

    def close(self) -> None:
        """End the answer, whole or not."""
        close: Callable[[], None] | None = getattr(self._pieces, "close", None)
        if close is not None:
            close()
