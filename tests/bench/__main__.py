"""`make bench`: measure everything once, print a table to read and, as the last line, the same as JSON.

Nothing passes or fails here: the numbers are for whoever changes something and wants to know what it costs.
"""

import json
import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from reporting.cli.listening import ALLOCATOR
from reporting.services.house import utc_now
from tests.bench import directory, files, floor, inbox, journeys, memory
from tests.bench.table import Section, as_table
from tests.builders import Built, Team, add_team, make_instance
from tests.load.server import Server, serving

SECTIONS: Final = {
    "floor": floor.measure,
    "bytes": journeys.measure_bytes,
    "requests": journeys.measure_requests,
    "inbox": inbox.measure,
    "directory": directory.measure,
    "memory": memory.measure,
    "files": files.measure,
}


LARGE: Final = {"REPORTING_FILE_MEGABYTES": "4096", "REPORTING_FILES_MEGABYTES": "65536"}


def main(wanted: list[str]) -> None:
    """Measure the sections that are named, or all."""
    become_like_a_worker()
    with tempfile.TemporaryDirectory(prefix="harbour-bench-") as name:
        sections = [measure(Path(name) / part, part) for part in SECTIONS if part in wanted or not wanted]
    print(as_table(sections))
    print(json.dumps({section.name: section.figures for section in sections}))


def become_like_a_worker() -> None:
    """Begin again with the allocator's settings of a worker, so that the floor is measured as a worker pays for it."""
    if not ALLOCATOR.items() <= os.environ.items():
        os.execve(sys.executable, [sys.executable, "-m", "tests.bench", *sys.argv[1:]], os.environ | ALLOCATOR)  # noqa: S606 - our own interpreter


def measure(folder: Path, part: str) -> Section:
    """Measure one section on an instance of its own, with one worker, so that nobody else's work is counted."""
    print(f"Measuring: {part}", file=sys.stderr)
    with running(folder) as (built, team, server):
        return SECTIONS[part](built, team, server)


@contextmanager
def running(folder: Path) -> Iterator[tuple[Built, Team, Server]]:
    """Build an instance with people in it and serve it."""
    built = make_instance(folder, now=utc_now(), **LARGE)
    team = add_team(built)
    with serving(built.settings, folder / "log", workers=1) as server:
        yield built, team, server
    built.stores.dispose()


if __name__ == "__main__":
    main(sys.argv[1:])
