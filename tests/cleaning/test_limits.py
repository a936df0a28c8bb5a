"""A decoder that was taken over tries what it would try: each attempt runs in a process behind the closed doors."""

import os
import platform
import socket
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from pathlib import Path

import pytest

from reporting.cleaning.confinement.limits import CPU_SECONDS, Needs, confine

pytestmark = pytest.mark.skipif(platform.machine() not in ("x86_64", "aarch64"), reason="no table of calls")
_BEGIN = f"""
import os, resource, socket, subprocess, threading, ctypes, signal, sys
sys.path.insert(0, {str(Path(confine.__code__.co_filename).parents[2])!r})
from reporting.cleaning.confinement.limits import Needs, confine
"""


def behind(needs: str, attempt: str, *argument: str) -> str:
    """Return what an attempt prints, or the name of the error or signal that ends it."""
    code = f"""{_BEGIN}
closed = confine({needs})
try:
{textwrap.indent(textwrap.dedent(attempt), "    ")}
except BaseException as error:
    os.write(1, type(error).__name__.encode())
"""
    done = subprocess.run([sys.executable, "-I", "-c", code, *argument], capture_output=True, timeout=60, check=False)
    return done.stdout.decode() or f"ended {done.returncode} {done.stderr.decode()[-500:]}"


COMPUTING, PROGRAMS = "Needs()", "Needs(programs=True)"
BOTH = pytest.mark.parametrize("needs", [COMPUTING, PROGRAMS])


@pytest.fixture
def key(tmp_path: Path) -> Path:
    """Give what must never be read: a key of the instance, readable by everybody of this machine for once."""
    tmp_path.chmod(0o755)
    path = tmp_path / "instance.key"
    path.write_text("the key")
    path.chmod(0o644)
    return path


@pytest.fixture
def listening() -> Iterator[str]:
    """Give the port of somebody who would take what is sent out."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield str(server.getsockname()[1])


def test_the_kernel_that_runs_the_tests_offers_both_doors() -> None:
    assert behind(COMPUTING, "os.write(1, repr(closed).encode())") == "Closed(files=True, calls=True)"
    assert behind(PROGRAMS, "os.write(1, repr(closed).encode())") == "Closed(files=True, calls=True)"


@BOTH
def test_no_file_of_the_instance_is_read(needs: str, key: Path) -> None:
    assert behind(needs, "os.write(1, open(sys.argv[1], 'rb').read())", str(key)) == "PermissionError"
    assert behind(needs, "os.write(1, repr(os.listdir(sys.argv[1])).encode())", str(key.parent)) == "PermissionError"
    again = "os.write(1, open(os.path.join('/proc/self/cwd', *['..'] * 30, sys.argv[1][1:]), 'rb').read())"
    assert behind(needs, again, str(key)) == "PermissionError"


@BOTH
def test_the_environment_and_the_memory_of_the_server_are_not_read(needs: str) -> None:
    server = str(os.getpid())
    assert behind(needs, "os.write(1, open(f'/proc/{sys.argv[1]}/environ', 'rb').read())", server) == "PermissionError"
    attach = "os.write(1, str(ctypes.CDLL(None).ptrace(16, int(sys.argv[1]), 0, 0)).encode())"
    assert behind(needs, attach, server) == "-1"


@BOTH
def test_nothing_is_written_made_or_deleted(needs: str, key: Path) -> None:
    key.parent.chmod(0o777)
    key.chmod(0o666)
    assert behind(needs, "open(sys.argv[1], 'wb')", str(key)) == "PermissionError"
    assert behind(needs, "open(sys.argv[1] + '.new', 'wb')", str(key)) == "PermissionError"
    assert behind(needs, "os.unlink(sys.argv[1])", str(key)) == "PermissionError"
    assert behind(needs, "os.truncate(sys.argv[1], 0)", str(key)) == "PermissionError"
    assert key.read_text() == "the key"


@BOTH
def test_no_network_is_reached(needs: str, listening: str) -> None:
    reach = "socket.socket().connect(('127.0.0.1', int(sys.argv[1]))); os.write(1, b'reached')"
    assert behind(needs, reach, listening) == "PermissionError"
    assert behind(needs, "socket.socket(socket.AF_UNIX)") == "PermissionError"
    assert behind(needs, "socket.socketpair()") == "PermissionError"


@BOTH
def test_no_signal_reaches_the_server(needs: str) -> None:
    assert behind(needs, "os.kill(int(sys.argv[1]), 0); os.write(1, b'reached')", str(os.getpid())) == "PermissionError"


def test_a_task_that_needs_no_program_starts_none_and_makes_no_process() -> None:
    assert behind(COMPUTING, "os.fork(); os.write(1, b'forked')") == "PermissionError"
    assert behind(COMPUTING, "os.execv('/bin/sh', ['sh', '-c', 'echo started'])") == "PermissionError"
    spawn = "os.posix_spawn('/bin/sh', ['sh', '-c', 'echo started'], {}); os.write(1, b'spawned')"
    assert behind(COMPUTING, spawn) == "PermissionError"


def test_threads_work_behind_the_doors() -> None:
    thread = "one = threading.Thread(target=os.write, args=(1, b'worked')); one.start(); one.join()"
    assert behind(COMPUTING, thread) == "worked"


def test_a_program_of_the_system_works_and_has_the_same_doors(key: Path, listening: str) -> None:
    shell = "os.write(1, subprocess.run(['/bin/sh', '-c', sys.argv[1]], capture_output=True).stdout)"
    assert behind(PROGRAMS, shell, "echo works; cat " + str(key)).strip() == "works"
    bash = f"echo works; exec 3<>/dev/tcp/127.0.0.1/{listening} && echo reached"
    assert behind(PROGRAMS, shell.replace("/bin/sh", "/bin/bash"), bash).strip() == "works"


def test_a_program_reads_a_file_in_memory_by_its_number_and_no_larger_one_is_made() -> None:
    read = """
    file = os.memfd_create("x")
    os.write(file, b"in memory")
    os.write(1, subprocess.run(["/bin/cat", f"/proc/self/fd/{file}"], pass_fds=[file], capture_output=True).stdout)
    """
    assert behind("Needs(programs=True, scratch=1000)", read) == "in memory"
    large = "file = os.memfd_create('x'); os.ftruncate(file, 1001); os.write(1, b'made')"
    assert behind("Needs(programs=True, scratch=1000)", large).startswith(("OSError", "ended -25"))


def test_a_program_that_was_started_gains_no_right_and_starts_no_session_out_of_reach() -> None:
    assert behind(PROGRAMS, "os.write(1, str(ctypes.CDLL(None).prctl(39, 0, 0, 0, 0)).encode())") == "1"
    assert behind(PROGRAMS, "os.fork() or (os.setsid(), os.write(1, b'out of reach'))").startswith("PermissionError")


def test_memory_time_files_and_dumps_are_limited() -> None:
    assert behind(COMPUTING, "bytearray(2 << 30); os.write(1, b'had it')") == "MemoryError"
    assert behind("Needs(cpu_seconds=1)", "while True: pass").startswith("ended -")
    names = ("RLIMIT_CORE", "RLIMIT_FSIZE", "RLIMIT_CPU", "RLIMIT_NOFILE")
    said = behind(COMPUTING, f"os.write(1, repr([resource.getrlimit(getattr(resource, n)) for n in {names}]).encode())")
    assert said == "PermissionError"  # the call that reads limits can raise them, so it is refused as well
    assert (CPU_SECONDS, Needs().scratch) == (60, 0)


def test_limits_are_not_raised_again() -> None:
    more = "resource.setrlimit(resource.RLIMIT_AS, (2 << 30, 2 << 30)); os.write(1, b'raised')"
    assert behind(COMPUTING, more) in ("PermissionError", "ValueError", "OSError")
    assert behind(PROGRAMS, more) in ("PermissionError", "ValueError", "OSError")


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can stop being root")
def test_root_stops_being_root() -> None:
    assert behind(PROGRAMS, "os.write(1, repr((os.getresuid(), os.getgroups())).encode())") == repr(
        ((65534, 65534, 65534), [])
    )


def test_without_landlock_calls_are_refused_and_without_seccomp_files_are(key: Path) -> None:
    read = "os.write(1, open(sys.argv[1], 'rb').read())"
    limits = "__import__('reporting.cleaning.confinement.limits').cleaning.confinement.limits"
    without = f"(setattr({limits}, '{{}}', {{}}), Needs({{}}))[1]"
    no_files = without.format("close_files", "lambda programs: (False, False)", "programs={}")
    no_calls = without.format("close_calls", "lambda programs, signals: False", "programs={}")
    assert behind(no_files.format("False"), read, str(key)) == "PermissionError"
    assert behind(no_calls.format("False"), read, str(key)) == "PermissionError"
    assert behind(no_calls.format("True"), read, str(key)) == "PermissionError"
    assert behind(no_files.format("True"), "socket.socket()") == "PermissionError"
    assert behind(no_files.format("True"), "os.kill(os.getppid(), 0); os.write(1, b'reached')") == "PermissionError"
