"""Argon2id runs within one memory budget, first come, first served."""

import threading
import time

import pytest

from reporting.crypto import parameters, stretching
from reporting.crypto.parameters import ARGON2_BUDGET_KIB, KIB, Cost
from reporting.crypto.stretching import MemoryBudget, stretch
from tests.crypto.builders import CHEAP


def wait_for_queue(budget: MemoryBudget, queued: int) -> None:
    """Wait until so many threads stand in the queue."""
    deadline = time.monotonic() + 10
    while len(budget._queue) != queued:
        assert time.monotonic() < deadline
        time.sleep(0.001)


@pytest.mark.parametrize(
    "other", [(b"other", b"s" * 16, CHEAP), (b"p", b"t" * 16, CHEAP), (b"p", b"s" * 16, Cost(64, 2, 1))]
)
def test_password_salt_and_cost_all_matter(other: tuple[bytes, bytes, Cost]) -> None:
    assert stretch(b"p", b"s" * 16, CHEAP) != stretch(*other)


def test_three_token_runs_fit_into_the_budget_and_a_staff_run_fills_it() -> None:
    assert ARGON2_BUDGET_KIB == 64 * KIB
    assert 3 * parameters.TOKEN_COST.memory_kib <= ARGON2_BUDGET_KIB
    assert parameters.STAFF_COST.memory_kib <= ARGON2_BUDGET_KIB


def test_many_at_once_never_hold_more_than_the_budget() -> None:
    budget, held, highest, lock = MemoryBudget(64), [0], [0], threading.Lock()

    def run() -> None:
        with budget.lend(19):
            with lock:
                held[0] += 19
                highest[0] = max(highest[0], held[0])
            time.sleep(0.002)
            with lock:
                held[0] -= 19

    threads = [threading.Thread(target=run) for _ in range(24)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(10)
    assert held == [0]
    assert highest[0] == 57


def test_a_large_run_is_not_overtaken_for_ever_by_small_ones() -> None:
    budget, order = MemoryBudget(64), []

    def run(name: str, kib: int) -> None:
        with budget.lend(kib):
            order.append(name)

    threads = []
    with budget.lend(1):
        for queued, (name, kib) in enumerate([("staff", 64), ("guess", 19), ("guess", 19)], start=1):
            threads.append(threading.Thread(target=run, args=(name, kib)))
            threads[-1].start()
            wait_for_queue(budget, queued)
        assert order == []
    for thread in threads:
        thread.join(10)
    assert order[0] == "staff"
    assert sorted(order) == ["guess", "guess", "staff"]


def test_a_run_larger_than_the_budget_runs_alone() -> None:
    budget = MemoryBudget(64)
    with budget.lend(1000):
        assert budget._free == 0
    assert budget._free == 64


def test_memory_is_given_back_when_a_run_fails() -> None:
    with pytest.raises(ValueError, match="salt"):
        stretch(b"p", b"short", CHEAP)
    budget = MemoryBudget(64)
    with pytest.raises(RuntimeError), budget.lend(19):
        raise RuntimeError
    assert budget._free == 64
    assert stretching._BUDGET._free == ARGON2_BUDGET_KIB
