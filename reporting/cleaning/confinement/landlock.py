"""Landlock: from here on the process, and whatever it starts, opens no file but those of the system that it needs.

Source: https://docs.kernel.org/userspace-api/landlock.html (Linux 5.13, on by default in Debian 12). What was open
before stays usable: the pipes to the server, and files that have no place in any folder (memfd).
"""

import ctypes
import os
import struct
from contextlib import suppress
from typing import Final

from reporting.cleaning.confinement.kernel import syscall

_CREATE, _ADD, _RESTRICT = 444, 445, 446  # the same numbers on every machine
_VERSION: Final = 1
_BENEATH: Final = 1
_EXECUTE, _WRITE, _READ, _LIST = 1, 2, 4, 8
_FILES: Final = {1: 0x1FFF, 2: 0x3FFF, 3: 0x7FFF, 5: 0xFFFF}
"""From which version on how many kinds of access to files can be refused."""
_TCP: Final = 3
_SCOPES: Final = 3
"""Sockets without a name in a folder, and signals to whoever stands outside."""
SYSTEM: Final = ("/usr", "/lib", "/lib64", "/bin", "/etc/ld.so.cache")
"""Where programs and their libraries are, and nothing of an instance."""


def close_files(*, programs: bool) -> tuple[bool, bool]:
    """Refuse every file, or with `programs` every file but those that starting a program reads.

    Return whether that holds, and whether signals reach nobody but what the process starts itself.
    """
    version = syscall(_CREATE, None, 0, _VERSION)
    if version < 1:
        return False, False
    handled = max(bits for since, bits in _FILES.items() if since <= version)
    rules = struct.pack("=QQQ", handled, _TCP if version >= 4 else 0, _SCOPES if version >= 6 else 0)
    size = 24 if version >= 6 else 16 if version >= 4 else 8
    ruleset = syscall(_CREATE, ctypes.c_char_p(rules), size, 0)
    if ruleset < 0:
        return False, False
    if programs:
        for path in SYSTEM:
            _allow(ruleset, path, _EXECUTE | _READ | _LIST)
        _allow(ruleset, os.devnull, _READ | _WRITE)
    held = syscall(_RESTRICT, ruleset, 0) == 0
    os.close(ruleset)
    return held, held and version >= 6


def _allow(ruleset: int, path: str, access: int) -> None:
    with suppress(OSError):
        place = os.open(path, os.O_PATH | os.O_CLOEXEC)
        if not os.path.isdir(path):
            access &= ~_LIST
        syscall(_ADD, ruleset, _BENEATH, ctypes.c_char_p(struct.pack("=Qi", access, place)), 0)
        os.close(place)
