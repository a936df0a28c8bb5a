"""What the process may use: fixed before the first byte of a file is read, and never raised."""

import codecs
import os
import resource
from dataclasses import dataclass
from typing import Final

from reporting.cleaning.confinement.kernel import become_nobody, renounce
from reporting.cleaning.confinement.landlock import close_files
from reporting.cleaning.confinement.seccomp import close_calls

MEMORY: Final = 1024 * 1024 * 1024
CPU_SECONDS: Final = 60
LARGEST_INPUT: Final = 64 * 1024 * 1024
"""How large a file may be that a decoder holds in memory as a whole (bytes)."""
OPEN_FILES: Final = 32
MOST_PIXELS: Final = 100_000_000
MOST_INSIDE: Final = 256 * 1024 * 1024
"""How many bytes all members of a container may have when they are unpacked."""

_ENCODINGS: Final = (
    "ascii",
    "latin-1",
    "utf-16",
    "utf-16-le",
    "utf-16-be",
    "utf-32",
    "cp437",
    "cp1252",
    "unicode_escape",
)
"""What Python imports only when it is first asked for it, which is too late behind closed doors."""


@dataclass(frozen=True)
class Needs:
    """What a task needs beyond computing: a program of the system, more time, a file in memory (bytes it may have)."""

    programs: bool = False
    cpu_seconds: int = CPU_SECONDS
    memory: int = MEMORY
    scratch: int = 0


LARGEST_RECORDING: Final = 256 * 1024 * 1024
"""How large a recording may be that lies in memory while ffmpeg goes back and forth in it (bytes)."""
RECORDINGS: Final = Needs(programs=True, cpu_seconds=240, memory=2 * 1024 * 1024 * 1024, scratch=LARGEST_RECORDING)


@dataclass(frozen=True)
class Closed:
    """Whether the kernel refuses files (Landlock) and calls (seccomp)."""

    files: bool
    calls: bool


def confine(needs: Needs) -> Closed:
    """Give up everything that taking a file apart does not need, and say what the kernel refuses from now on.

    What a decoder imports must be imported before. Each step stands for itself: where the kernel does not offer one,
    the others hold.
    """
    os.umask(0o077)
    for name in _ENCODINGS:
        codecs.lookup(name)
    for limit, most in (
        (resource.RLIMIT_AS, needs.memory),
        (resource.RLIMIT_CPU, needs.cpu_seconds),
        (resource.RLIMIT_FSIZE, needs.scratch),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NOFILE, OPEN_FILES),
    ):
        resource.setrlimit(limit, (most, most))
    become_nobody()
    renounce()
    files, signals = close_files(programs=needs.programs)
    return Closed(files, close_calls(programs=needs.programs, signals=signals))
