"""The chunks of a STREAM: what comes in pieces of any size is cut into them, and each has its nonce.

STREAM (Hoang, Reyhanitabar, Rogaway and Vizár, 2015): the nonce of a chunk is its number and a mark on the last one, so
that a chunk taken away, moved, doubled or added does not open. A number never repeats under a key that no other stream
has.
"""

from collections.abc import Callable
from typing import Final

from reporting.crypto.parameters import CHUNK_SIZE, NONCE_SIZE

Chunk = bytearray | memoryview
_LAST: Final = b"\x01"


class Chunks:
    """Gives each chunk to `seal`, with its number and its nonce, as soon as it is known.

    At most one chunk waits here. A piece that was given to `write` is not kept.
    """

    def __init__(self, seal: Callable[[int, bytes, Chunk], None]) -> None:
        self._seal = seal
        self._waiting, self._number = bytearray(), 0

    def write(self, piece: bytes) -> None:
        """Take the next bytes, and give on what is whole, out of the piece itself where nothing waits before it.

        One chunk always waits, whole or not, because only the end tells which one is the last.
        """
        left = memoryview(piece)
        if self._waiting:
            missing = CHUNK_SIZE - len(self._waiting)
            self._waiting += left[:missing]
            left = left[missing:]
            if not left:
                return
            self._give(self._waiting)
            self._waiting.clear()
        while len(left) > CHUNK_SIZE:
            self._give(left[:CHUNK_SIZE])
            left = left[CHUNK_SIZE:]
        self._waiting += left

    def finish(self) -> None:
        """Give on the rest, as the last chunk."""
        self._give(self._waiting, last=True)
        self._waiting.clear()

    def _give(self, chunk: Chunk, *, last: bool = False) -> None:
        self._seal(self._number, nonce_of(self._number, last=last), chunk)
        self._number += 1


def nonce_of(number: int, *, last: bool) -> bytes:
    """Return the nonce (12 bytes) of a chunk, whose number counts from 0."""
    return number.to_bytes(NONCE_SIZE - 1, "big") + (_LAST if last else b"\x00")
