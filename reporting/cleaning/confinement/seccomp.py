"""Seccomp: from here on the kernel answers only the calls that a decoder needs, with "not permitted" to all others.

Two filters. `COMPUTING` allows reading and writing what is open, memory, threads and clocks: no file can be opened, no
program started, no process made, no socket, no signal. `PROGRAMS` is for a task that starts a program of the system
(ffmpeg): everything but the network, other processes, and the parts of the kernel that no such program uses.
Source: https://docs.kernel.org/userspace-api/seccomp_filter.html; numbers: asm/unistd_64.h, asm-generic/unistd.h.
"""

import ctypes
import platform
import struct
from typing import Final, NamedTuple

from reporting.cleaning.confinement.kernel import syscall

_COMPUTING_X86: Final = (
    *(0, 1, 3, 5, 7, 8, 9, 10, 11, 12, 13, 14, 15, 17, 19, 20, 24, 25, 28, 32, 35, 39, 60, 63, 96, 98, 99),
    *(102, 104, 107, 108, 131, 158, 186, 202, 204, 219, 228, 229, 230, 231, 271, 273, 309, 318, 324, 334),
)
"""read write close fstat poll lseek mmap mprotect munmap brk rt_sigaction rt_sigprocmask rt_sigreturn pread64 readv
writev sched_yield mremap madvise dup nanosleep getpid exit uname gettimeofday getrusage sysinfo; getuid getgid geteuid
getegid sigaltstack arch_prctl gettid futex sched_getaffinity restart_syscall clock_gettime clock_getres clock_nanosleep
exit_group ppoll set_robust_list getcpu getrandom membarrier rseq"""
_COMPUTING_ARM: Final = (
    *(63, 64, 57, 80, 62, 222, 226, 215, 214, 134, 135, 139, 67, 65, 66, 124, 216, 233, 23, 101, 172, 93, 160, 169),
    *(165, 179, 174, 176, 175, 177, 132, 178, 98, 123, 128, 113, 114, 115, 94, 73, 99, 168, 278, 283, 293),
)
"""The same calls; this machine has neither poll nor arch_prctl."""
_NEVER_X86: Final = (
    *(
        41,
        42,
        43,
        49,
        53,
        101,
        109,
        112,
        129,
        134,
        135,
        155,
        161,
        165,
        166,
        175,
        200,
        234,
        246,
        248,
        249,
        250,
        259,
        272,
    ),
    *(288, 297, 298, 302, 304, 308, 310, 311, 312, 313, 320, 321, 323),
)
"""socket connect accept bind socketpair ptrace setpgid setsid rt_sigqueueinfo uselib personality pivot_root chroot
mount umount2 init_module tkill tgkill kexec_load add_key request_key keyctl mknodat unshare; accept4 rt_tgsigqueueinfo
perf_event_open prlimit64 open_by_handle_at setns process_vm_readv process_vm_writev kcmp finit_module kexec_file_load
bpf userfaultfd"""
_NEVER_ARM: Final = (
    *(198, 203, 202, 200, 199, 117, 154, 157, 138, 92, 41, 51, 40, 39, 105, 130, 131, 104, 217, 218, 219, 33, 97),
    *(242, 240, 241, 261, 265, 268, 270, 271, 272, 273, 294, 280, 282),
)
_NEVER_ANYWHERE: Final = (424, 425, 426, 427, 428, 429, 430, 431, 432, 433, 434, 438, 440, 442, 447, 448)
"""pidfd_send_signal io_uring_setup io_uring_enter io_uring_register open_tree move_mount fsopen fsconfig fsmount fspick
pidfd_open pidfd_getfd process_madvise mount_setattr memfd_secret process_mrelease"""


class _Machine(NamedTuple):
    """How one kind of processor is named and how it numbers its calls."""

    arch: int
    seccomp: int
    clone: int
    kill: int
    computing: tuple[int, ...]
    never: tuple[int, ...]


_MACHINES: Final = {
    "x86_64": _Machine(0xC000003E, 317, 56, 62, _COMPUTING_X86, _NEVER_X86),
    "aarch64": _Machine(0xC00000B7, 277, 220, 129, _COMPUTING_ARM, _NEVER_ARM),
}
_CLONE3: Final = 435
_CLONE_THREAD: Final = 0x10000
_OTHER_ABI: Final = 0x40000000
_LOAD, _EQUAL, _AT_LEAST, _BITS, _RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
_ALLOW, _KILL, _REFUSE, _UNKNOWN = 0x7FFF0000, 0x80000000, 0x00050001, 0x00050026
"""Errors: EPERM, and ENOSYS where the C library then tries the older call."""
_NUMBER, _ARCH, _FIRST_ARGUMENT = 0, 4, 16
_SET_FILTER: Final = 1
_ALL_THREADS: Final = 1


def close_calls(*, programs: bool, signals: bool) -> bool:
    """Install the filter; say whether it holds (needs no_new_privs, and a processor that stands in the table).

    :param signals: whether signals are confined already, so that a program that was started may be killed.
    """
    machine = _MACHINES.get(platform.machine())
    if machine is None or struct.calcsize("P") != 8:
        return False
    code = b"".join(_programs(machine, signals=signals) if programs else _computing(machine))
    kept = ctypes.create_string_buffer(code, len(code))
    head = struct.pack("@HP", len(code) // 8, ctypes.addressof(kept))
    return syscall(machine.seccomp, _SET_FILTER, _ALL_THREADS, ctypes.c_char_p(head)) == 0


def _computing(machine: _Machine) -> list[bytes]:
    thread = [
        _step(_EQUAL, machine.clone, no=4),
        _step(_LOAD, _FIRST_ARGUMENT),
        _step(_BITS, _CLONE_THREAD, no=1),
        _step(_RETURN, _ALLOW),
        _step(_RETURN, _REFUSE),
    ]
    allowed = [step for number in machine.computing for step in _answer(number, _ALLOW)]
    return [*_begins(machine), *_answer(_CLONE3, _UNKNOWN), *allowed, *thread, _step(_RETURN, _REFUSE)]


def _programs(machine: _Machine, *, signals: bool) -> list[bytes]:
    never = (*machine.never, *_NEVER_ANYWHERE, *(() if signals else (machine.kill,)))
    refused = [step for number in never for step in _answer(number, _REFUSE)]
    return [*_begins(machine), *refused, _step(_RETURN, _ALLOW)]


def _begins(machine: _Machine) -> list[bytes]:
    """End whoever calls by the numbers of another kind of processor, and refuse a second set of numbers."""
    return [
        _step(_LOAD, _ARCH),
        _step(_EQUAL, machine.arch, yes=1),
        _step(_RETURN, _KILL),
        _step(_LOAD, _NUMBER),
        _step(_AT_LEAST, _OTHER_ABI, no=1),
        _step(_RETURN, _REFUSE),
    ]


def _answer(number: int, answer: int) -> list[bytes]:
    return [_step(_EQUAL, number, no=1), _step(_RETURN, answer)]


def _step(code: int, value: int, *, yes: int = 0, no: int = 0) -> bytes:
    return struct.pack("=HBBI", code, yes, no, value)
