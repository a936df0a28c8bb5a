"""Asking the Linux kernel for what the standard library has no word for. Each call says whether it was granted."""

import ctypes
import os
from contextlib import suppress
from typing import Final

NOBODY: Final = 65534
_LIBC: Final = ctypes.CDLL(None, use_errno=True)
_PR_SET_PDEATHSIG: Final = 1
_PR_SET_DUMPABLE: Final = 4
_PR_SET_NO_NEW_PRIVS: Final = 38
_SIGKILL: Final = 9


def syscall(number: int, *arguments: object) -> int:
    """Call the kernel; -1 where it refuses. Integers are passed as 64 bits, None as a null pointer."""
    wide = [ctypes.c_long(one) if isinstance(one, int) else one for one in arguments]
    _LIBC.syscall.restype = ctypes.c_long
    return int(_LIBC.syscall(ctypes.c_long(number), *wide))


def become_nobody() -> None:
    """Stop being root where the process is root (in a container); all else holds where that is refused."""
    if os.geteuid() != 0:
        return
    with suppress(OSError):
        os.setgroups([])
        os.setresgid(NOBODY, NOBODY, NOBODY)
        os.setresuid(NOBODY, NOBODY, NOBODY)


def renounce() -> None:
    """Gain no right by any program, be read by no debugger, and end when the server ends."""
    for option, value in ((_PR_SET_NO_NEW_PRIVS, 1), (_PR_SET_DUMPABLE, 0), (_PR_SET_PDEATHSIG, _SIGKILL)):
        _LIBC.prctl(option, ctypes.c_ulong(value), ctypes.c_ulong(0), ctypes.c_ulong(0), ctypes.c_ulong(0))
