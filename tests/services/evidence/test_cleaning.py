"""The server beside a process that it does not trust: bounded in time, words and number, and nothing left over."""

import os
import signal
import subprocess
import sys
import textwrap
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from reporting.domain.evidence.evidence import Cleaning
from reporting.services.evidence import cleaning, turns
from reporting.services.evidence.apart import Ended, converse
from reporting.services.evidence.cleaning import Report, take_apart
from reporting.services.evidence.turns import Busy, turn
from tests.evidence import photo

KILLED = Ended(b"", -signal.SIGKILL)


def run(code: str, pieces: Iterator[bytes] | None = None, *, seconds: float = 10.0) -> tuple[Ended, bytes]:
    """Return how a process that does as it likes ended, and what it wrote."""
    came = bytearray()
    command = [sys.executable, "-I", "-c", "import os, sys, time\n" + textwrap.dedent(code)]
    return converse(command, pieces or iter([]), came.extend, seconds=seconds), bytes(came)


def zeros(megabytes: int) -> Iterator[bytes]:
    """Give pieces of an input that fits in no pipe."""
    return (bytes(1024 * 1024) for _ in range(megabytes))


def report_of(said: str, monkeypatch: pytest.MonkeyPatch, code: int = 0) -> Report:
    """Return what is believed of a process that says so."""
    monkeypatch.setattr(cleaning, "converse", lambda *_, **__: Ended(said.encode(), code))
    return take_apart("image/png", iter([]), lambda _: None)


def test_a_photo_comes_back_from_the_process() -> None:
    came = bytearray()
    report = take_apart("image/jpeg", iter([photo()]), came.extend)
    assert report == Report(Cleaning.CLEANED, "image/jpeg")
    assert came.startswith(b"\xff\xd8\xff")


def test_what_nobody_has_a_decoder_for_is_not_readable() -> None:
    assert take_apart("application/x-unknown", iter([b"x"]), lambda _: None) == Report(Cleaning.NOT_READABLE)


def test_a_process_that_never_reads_or_stops_reading_holds_nobody_up() -> None:
    assert run("os.write(2, b'done')", zeros(8))[0] == Ended(b"done", 0)
    assert run("sys.stdin.buffer.read(10); os.write(2, b'done')", zeros(8))[0] == Ended(b"done", 0)
    began = time.monotonic()
    assert run("time.sleep(60)", zeros(8), seconds=1)[0] == KILLED
    assert time.monotonic() - began < 5


def test_a_process_that_writes_before_it_reads_gets_all_of_its_input() -> None:
    code = "sys.stdout.buffer.write(bytes(2**23)); os.write(2, b'%d' % len(sys.stdin.buffer.read()))"
    ended, came = run(code, zeros(8))
    assert (ended, len(came)) == (Ended(b"%d" % 2**23, 0), 2**23)


def test_pieces_may_be_empty_and_of_any_size() -> None:
    code = "os.write(2, b'%d' % len(sys.stdin.buffer.read()))"
    assert run(code, iter([b"", b"a", b"", bytes(3_000_000), b"b"]))[0] == Ended(b"3000002", 0)


def test_a_process_that_says_too_much_is_ended() -> None:
    began = time.monotonic()
    assert run("while True: os.write(2, bytes(1000))")[0] == KILLED
    assert time.monotonic() - began < 5


def test_a_process_that_closes_its_pipes_and_lives_on_is_ended() -> None:
    began = time.monotonic()
    assert run("os.close(1); os.close(2); time.sleep(60)", seconds=1)[0] == KILLED
    assert time.monotonic() - began < 5


def test_endless_output_ends_with_what_takes_it_and_with_the_time() -> None:
    def full(_: bytes) -> None:
        raise OverflowError

    with pytest.raises(OverflowError):
        converse([sys.executable, "-c", "while True: print('x' * 9999)"], iter([]), full, seconds=10)
    ended, came = run("while True: os.write(1, bytes(1000)); time.sleep(0.01)", seconds=1)
    assert ended == KILLED
    assert came


def test_what_the_process_started_ends_with_it(tmp_path: Path) -> None:
    alive = tmp_path / "alive"
    code = f"""
    os.fork() or [(open({str(alive)!r}, 'a').write('x'), time.sleep(0.05)) for _ in range(1200)]
    os.write(2, b'done')
    os._exit(0)
    """
    run(code, seconds=1)
    time.sleep(0.2)
    size = alive.stat().st_size
    time.sleep(0.3)
    assert alive.stat().st_size == size > 0


def test_no_process_and_no_open_file_is_left_over() -> None:
    def fails() -> Iterator[bytes]:
        yield b"x"
        raise ConnectionError

    def open_files() -> int:
        return len(os.listdir("/proc/self/fd"))

    before = open_files()
    for _ in range(5):
        run("os.write(2, b'done')")
        run("time.sleep(60)", seconds=0.1)
        with pytest.raises(ConnectionError):
            run("sys.stdin.buffer.read()", fails())
    assert open_files() == before
    children = subprocess.run(["ps", "--ppid", str(os.getpid()), "-o", "stat="], capture_output=True, check=False)
    assert b"Z" not in children.stdout


def test_nothing_of_the_environment_is_passed_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REPORTING_KEYS", "/secret/place")
    ended, _ = run("os.write(2, repr(sorted(os.environ)).encode())")
    assert ended.said == b"['LC_ALL', 'PATH']"


def test_a_server_that_dies_takes_its_processes_along(tmp_path: Path) -> None:
    log = tmp_path / "pid"
    child = f"""
import os, time
from reporting.cleaning.confinement.kernel import renounce
renounce()
open({str(log)!r}, "w").write(str(os.getpid()))
time.sleep(60)
"""
    server = f"""
import subprocess, sys, time
subprocess.Popen([sys.executable, "-c", {child!r}], start_new_session=True)
time.sleep(60)
"""
    with subprocess.Popen([sys.executable, "-c", server], cwd=Path(__file__).parents[3]) as process:
        _wait_for(lambda: log.is_file() and log.read_text() != "")
        process.send_signal(signal.SIGTERM)
    _wait_for(lambda: not Path(f"/proc/{log.read_text()}/stat").exists() or " Z " in _stat(log.read_text()))


def _stat(pid: str) -> str:
    try:
        return Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return " Z "


def _wait_for(holds: Callable[[], bool]) -> None:
    until = time.monotonic() + 10
    while not holds():
        assert time.monotonic() < until
        time.sleep(0.02)


def test_only_so_many_run_at_once_over_all_threads(monkeypatch: pytest.MonkeyPatch) -> None:
    running, most, lock = 0, 0, threading.Lock()

    def count(*_: object, **__: object) -> Ended:
        nonlocal running, most
        with lock:
            running += 1
            most = max(most, running)
        time.sleep(0.05)
        with lock:
            running -= 1
        return Ended(b'{"state": "cleaned", "type": "image/png", "pages": 0}', 0)

    monkeypatch.setattr(cleaning, "converse", count)
    done: list[Report] = []
    threads = [
        threading.Thread(target=lambda: done.append(take_apart("image/png", iter([]), lambda _: None)))
        for _ in range(8)
    ]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert done == [Report(Cleaning.CLEANED, "image/png")] * 8
    assert most == turns.QUICK


def test_only_so_many_run_at_once_over_all_workers_and_a_dead_worker_holds_no_place() -> None:
    hold = f"""
import sys, time
sys.prefix = {sys.prefix!r}
from reporting.services.evidence.turns import turn
with turn("video/mp4", 5):
    print("held", flush=True)
    time.sleep(60)
"""
    with subprocess.Popen(
        [sys.executable, "-c", hold], stdout=subprocess.PIPE, cwd=Path(__file__).parents[3]
    ) as worker:
        assert worker.stdout is not None
        assert worker.stdout.readline() == b"held\n"
        with pytest.raises(Busy), turn("audio/mpeg", 0.2):
            pass
        with turn("image/png", 5):  # a recording keeps no photo waiting
            pass
        worker.kill()
        worker.wait()
        with turn("audio/mpeg", 5):
            pass


def test_whoever_reads_a_page_does_not_stand_behind_those_who_send() -> None:
    with turn("image/png", 5), turn("application/pdf", 5), turn("page 1", 5):
        for task in ("image/png", "page 2"):
            with pytest.raises(Busy), turn(task, 0.1):
                pass


def test_a_file_whose_turn_does_not_come_is_kept_without_a_copy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cleaning, "PATIENCE", 0.1)
    with turn("audio/mpeg", 5):
        assert take_apart("video/mp4", iter([]), lambda _: None, seconds=1) == Report(Cleaning.BUSY)


@pytest.mark.parametrize(
    "said",
    [
        "",
        "[]",
        "nonsense",
        "[" * 4000,
        '{"state": "cleaned"}',
        '{"state": "cleaned", "type": "text/html", "pages": 0}',
        '{"state": "cleaned", "type": ["image/png"], "pages": 0}',
        '{"state": "cleaned", "type": "image/png", "pages": -1}',
        '{"state": "cleaned", "type": "image/png", "pages": 1e3}',
        '{"state": "cleaned", "type": "image/png", "pages": true}',
        '{"state": "cleaned", "type": "image/png", "pages": 99999999999999}',
        '{"state": "no_file", "type": "image/png", "pages": 0}',
        '{"state": "unknown", "type": "image/png", "pages": 0}',
        '{"state": {}, "type": "image/png", "pages": 0}',
    ],
)
def test_nothing_that_the_process_says_is_believed_unseen(said: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert report_of(said, monkeypatch) == Report(Cleaning.NOT_READABLE)


def test_a_process_that_ended_badly_cleaned_nothing_whatever_it_says(monkeypatch: pytest.MonkeyPatch) -> None:
    said = '{"state": "cleaned", "type": "image/png", "pages": 0}'
    assert report_of(said, monkeypatch) == Report(Cleaning.CLEANED, "image/png")
    assert report_of(said, monkeypatch, 1) == Report(Cleaning.NOT_READABLE)
    assert report_of(said, monkeypatch, -9) == Report(Cleaning.TOO_MUCH)
    assert report_of('{"state": "too_much", "type": "text/html", "pages": 5}', monkeypatch) == Report(Cleaning.TOO_MUCH)
