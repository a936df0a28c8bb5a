"""What the process may use: fixed before the first byte of a file is read, and never raised."""

import os
import resource
from dataclasses import dataclass
from typing import Final

MEMORY: Final = 1024 * 1024 * 1024
CPU_SECONDS: Final = 60
LARGEST_INPUT: Final = 64 * 1024 * 1024
"""How large a file may be that a decoder holds in memory as a whole (bytes)."""
MOST_PIXELS: Final = 100_000_000
MOST_INSIDE: Final = 256 * 1024 * 1024
"""How many bytes all members of a container may have when they are unpacked."""


@dataclass(frozen=True)
class Needs:
    """What a task needs beyond computing: a program of the system, more time, a file in memory (bytes it may have)."""

    programs: bool = False
    cpu_seconds: int = CPU_SECONDS
    memory: int = MEMORY
    scratch: int = 0


def confine(needs: Needs) -> None:
    """Give up everything that taking a file apart does not need: memory, time, files, core dumps."""
    os.umask(0o077)
    for limit, most in (
        (resource.RLIMIT_AS, needs.memory),
        (resource.RLIMIT_CPU, needs.cpu_seconds),
        (resource.RLIMIT_FSIZE, needs.scratch),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NOFILE, 32),
    ):
        resource.setrlimit(limit, (most, most))
