"""How much processor time and memory the workers of a server have used, as the kernel of Linux counts it."""

import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

PROC: Final = Path("/proc")
MIB: Final = 1024


@dataclass
class Spent:
    """Processor time, in milliseconds."""

    ms: float = 0.0


def workers_of(master: int) -> list[int]:
    """Return the ids of the processes that answer requests, the oldest first."""
    children = (PROC / str(master) / "task" / str(master) / "children").read_text().split()
    return [int(child) for child in children if b"gunicorn" in (PROC / child / "cmdline").read_bytes()]


@contextmanager
def spending(master: int) -> Iterator[Spent]:
    """Count what every thread of every worker spends meanwhile, with what the kernel does for it."""
    pids, spent = workers_of(master), Spent()
    before = sum(map(_nanoseconds, pids))
    yield spent
    spent.ms = (sum(map(_nanoseconds, pids)) - before) / 1e6


def cost_of(master: int, act: Callable[[], object], times: int) -> float:
    """Return what an act costs the workers, in milliseconds, once they are warm: the least of so many."""
    act()
    return least_of(master, [act] * times)


def least_of(master: int, acts: Iterable[Callable[[], object]]) -> float:
    """Return the least of what these acts cost: whatever else the machine does only adds to it."""
    costs = []
    for act in acts:
        with spending(master) as spent:
            act()
        costs.append(spent.ms)
    return min(costs)


def memory_of(pid: int) -> dict[str, float]:
    """Return what a process occupies, in MiB: all of it, its share of what is shared, what is its alone."""
    rollup = (PROC / str(pid) / "smaps_rollup").read_text()
    kib = {name: int(size) for name, size in re.findall(r"^(\w+):\s+(\d+) kB$", rollup, re.MULTILINE)}
    own = kib["Private_Clean"] + kib["Private_Dirty"]
    return {"RSS MiB": kib["Rss"] / MIB, "PSS MiB": kib["Pss"] / MIB, "USS MiB": own / MIB}


def count_in_memory(pid: int, patterns: dict[str, re.Pattern[bytes]]) -> dict[str, int]:
    """Return how often each pattern stands in the writable memory of a process. Only root may look."""
    counts = dict.fromkeys(patterns, 0)
    with (PROC / str(pid) / "mem").open("rb", buffering=0) as memory:
        for start, end in _writable(pid):
            memory.seek(start)
            content = memory.read(end - start)
            for name, pattern in patterns.items():
                counts[name] += len(pattern.findall(content))
    return counts


def _writable(pid: int) -> Iterator[tuple[int, int]]:
    for line in (PROC / str(pid) / "maps").read_text().splitlines():
        place, modes = line.split()[:2]
        if modes.startswith("rw"):
            start, end = (int(number, 16) for number in place.split("-"))
            yield start, end


def _nanoseconds(pid: int) -> int:
    tasks = (PROC / str(pid) / "task").glob("*/schedstat")
    return sum(int(task.read_text().split()[0]) for task in tasks)
