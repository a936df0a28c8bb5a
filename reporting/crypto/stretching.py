"""Argon2id under a memory budget, so that many people at once make each other wait instead of felling the machine.

The budget is one per process and first come, first served: a row of token guesses cannot starve a staff login.
"""

import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager

from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from reporting.crypto.parameters import ARGON2_BUDGET_KIB, KEY_SIZE, Cost


class MemoryBudget:
    """So many KiB, lent out in the order of asking."""

    def __init__(self, kib: int) -> None:
        self._free = kib
        self._total = kib
        self._queue: deque[object] = deque()
        self._changed = threading.Condition()

    @contextmanager
    def lend(self, kib: int) -> Iterator[None]:
        """Wait for this much memory (or for all of it, if it is more than there is), and give it back after."""
        share = min(kib, self._total)
        self._take(share)
        try:
            yield
        finally:
            with self._changed:
                self._free += share
                self._changed.notify_all()

    def _take(self, share: int) -> None:
        turn = object()
        with self._changed:
            self._queue.append(turn)
            self._changed.wait_for(lambda: self._queue[0] is turn and self._free >= share)
            self._queue.popleft()
            self._free -= share
            # The next in line may fit beside this one.
            self._changed.notify_all()


_BUDGET = MemoryBudget(ARGON2_BUDGET_KIB)


def stretch(password: bytes, salt: bytes, cost: Cost) -> bytes:
    """Argon2id version 19 (RFC 9106), 32 bytes; waits for its share of the process's memory budget."""
    argon2 = Argon2id(salt=salt, length=KEY_SIZE, iterations=cost.passes, lanes=cost.lanes, memory_cost=cost.memory_kib)
    with _BUDGET.lend(cost.memory_kib):
        return argon2.derive(password)
