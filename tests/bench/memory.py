"""What a worker occupies at rest and under load, and how much of a token it keeps afterwards."""

import re
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Final

from reporting.crypto.token import parse
from tests.bench.meter import count_in_memory, memory_of, workers_of
from tests.bench.table import Figures, Section
from tests.builders import Built, Team
from tests.load.sender import Browser, report
from tests.load.server import Server

PEOPLE: Final = 16
REPORTS: Final = 12
ENCODINGS: Final = ("utf-8", "utf-16-le", "utf-32-le")


def measure(_built: Built, _team: Team, server: Server) -> Section:
    """Measure one worker; its memory is read as root alone can."""
    (worker,) = workers_of(server.master)
    token = report(Browser(server.port, "127.0.3.99"), "The first of many")
    figures: Figures = {"worker at rest": memory_of(worker)}
    figures["worker under load, most"] = most_of(worker, lambda: send_many(server.port))
    figures["worker afterwards"] = memory_of(worker)
    figures["token, after many others"] = dict(count_in_memory(worker, patterns_of(token)))
    token = report(Browser(server.port, "127.0.3.98"), "The last")
    figures["token, just handed over"] = dict(count_in_memory(worker, patterns_of(token)))
    return Section("memory", "A worker's memory", figures)


def send_many(port: int) -> None:
    """Let many people report at once."""
    with ThreadPoolExecutor(PEOPLE) as people:
        for person in range(PEOPLE):
            people.submit(send_some, port, f"127.0.3.{person + 1}")


def send_some(port: int, address: str) -> None:
    """Send some reports one after the other."""
    for number in range(REPORTS):
        report(Browser(port, address), f"Report {number}")


def most_of(worker: int, act: Callable[[], object]) -> dict[str, float]:
    """Return the most that a worker occupies meanwhile."""
    seen, done = [memory_of(worker)], threading.Event()

    def look() -> None:
        while not done.wait(0.1):
            seen.append(memory_of(worker))

    watcher = threading.Thread(target=look)
    watcher.start()
    try:
        act()
    finally:
        done.set()
        watcher.join()
    return {side: max(one[side] for one in seen) for side in seen[0]}


def patterns_of(token: str) -> dict[str, re.Pattern[bytes]]:
    """Return how a token may stand in memory: three of its words in a row, its random bits, these as text."""
    raw = parse(token).raw
    between = rb"[^a-z]{1,20}(?:[a-z/]{1,4}[^a-z]{1,8}){0,3}"
    words = [between.join(re.escape(word.encode(code)) for word in token.split()[:3]) for code in ENCODINGS]
    return {
        "as words": re.compile(b"|".join(words)),
        "as bits": re.compile(re.escape(raw)),
        "as text": re.compile(re.escape(raw.hex().encode())),
    }
