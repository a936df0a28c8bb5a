"""What the process may use: fixed before the first byte of a file is read, and never raised."""

import os
import resource
from typing import Final

MEMORY: Final = 1024 * 1024 * 1024
CPU_SECONDS: Final = 60
LARGEST_INPUT: Final = 64 * 1024 * 1024
"""How large a file may be that a decoder holds in memory as a whole (bytes)."""
MOST_PIXELS: Final = 100_000_000
MOST_INSIDE: Final = 256 * 1024 * 1024
"""How many bytes all members of a container may have when they are unpacked."""


def confine() -> None:
    """Give up everything that taking a file apart does not need: memory, time, files, core dumps."""
    os.umask(0o077)
    for limit, most in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CPU, CPU_SECONDS),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NOFILE, 32),
    ):
        resource.setrlimit(limit, (most, most))
