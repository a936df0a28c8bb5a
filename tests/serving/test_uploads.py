"""Files that arrive at the real server: nothing of them is laid down in clear, and no client holds it up."""

import hashlib
import os
import random
import signal
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from tests.browser import OpenPage
from tests.console import eventually
from tests.serving.gunicorn import MIB, Running, after, before, begin, gunicorn, rest, send_file

pytestmark = pytest.mark.slow

CANARY = b"marmalade-lighthouse-in-a-photo"
CREDIT = 3
FORM = (
    '<!doctype html><form method="post" enctype="multipart/form-data" action="/en/test/files">'
    '<input name="draft" value="d1"><input type="file" name="file"><button>Send</button></form>'
)
GROWTH = 16 * MIB
MEMORY = Path("/dev/shm")  # noqa: S108 - looked at, and nothing is written there


@pytest.fixture
def running(fresh: Path) -> Iterator[Running]:
    """A server that gives up on a stalled line after some seconds."""
    with gunicorn(fresh, credit=CREDIT) as server:
        yield server


def noise(size: int) -> Iterator[bytes]:
    """Yield so many bytes that cannot be compressed, with the canary in each mebibyte."""
    block = random.randbytes(MIB - len(CANARY)) + CANARY  # noqa: S311 - any bytes will do
    for start in range(0, size, MIB):
        yield block[: size - start]


def words(answer: bytes) -> list[str]:
    """Return the lines of an answer that was in order."""
    head, _, said = answer.partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 200"), head
    return said.decode().split("\n")


def holding(canary: bytes, *folders: Path) -> list[Path]:
    """Return the files below some folders in which the canary stands."""
    found = [path for folder in folders for path in folder.rglob("*") if path.is_file()]
    return [path for path in found if canary in path.read_bytes()]


def rest_or_nothing(line: socket.socket) -> bytes:
    """Return an answer that is there within three seconds."""
    line.settimeout(3)
    try:
        return rest(line)
    except TimeoutError:
        return b""


def dripped(line: socket.socket) -> bool:
    """Send a few bytes; return whether the line still takes them."""
    try:
        line.sendall(b"x" * 20)
    except OSError:
        return False
    return True


@pytest.mark.principle("confidentiality")
def test_no_byte_of_a_file_is_laid_down_in_clear(running: Running) -> None:
    size = 24 * MIB
    assert words(send_file(running, noise(size), size))[0] == "d1"
    with running.connect() as line:  # and one that breaks off in the middle
        begin(line, 50 * MIB)
        line.sendall(before() + b"".join(noise(8 * MIB)))
    assert eventually(lambda: len(running.objects()) == 1, 10)
    assert len(running.objects()) == 1
    assert holding(CANARY, running.data, running.temporary, MEMORY) == []
    assert CANARY not in running.log.read_bytes()
    assert list(running.temporary.iterdir()) == []


def test_a_gigabyte_passes_through_in_constant_memory(running: Running) -> None:
    size, before_it = 1024 * MIB, 8 * MIB
    words(send_file(running, noise(before_it), before_it))
    peak, begun, digest = running.peak(), time.monotonic(), hashlib.sha256()

    def told() -> Iterator[bytes]:
        for piece in noise(size):
            digest.update(piece)
            yield piece

    assert words(send_file(running, told(), size))[1] == f"{size} {digest.hexdigest()}"
    grown = running.peak() - peak
    print(f"{size / (time.monotonic() - begun) / 1e6:.0f} MB/s; {grown / MIB:.1f} MiB more")
    assert grown <= GROWTH


def test_a_body_in_chunks_arrives_too(running: Running) -> None:
    content = b"".join(noise(3 * MIB))
    whole = before() + content + after()
    with running.connect() as line:
        begin(line, None, more=b"Connection: close\r\n")
        for start in range(0, len(whole), 100_000):
            piece = whole[start : start + 100_000]
            line.sendall(b"%x\r\n%s\r\n" % (len(piece), piece))
        line.sendall(b"0\r\n\r\n")
        assert words(rest(line))[1] == f"{3 * MIB} {hashlib.sha256(content).hexdigest()}"
    with running.connect() as line:
        begin(line, None)
        line.sendall(b"%x\r\n%s\r\n" % (len(before()), before()) + b"nonsense\r\n")
        assert rest(line).startswith(b"HTTP/1.1 400")


def test_a_client_that_stalls_gives_its_thread_back_and_leaves_nothing(running: Running) -> None:
    with running.connect() as line:
        begin(line, 50 * MIB)
        line.sendall(before() + b"".join(noise(2 * MIB)))
        begun = time.monotonic()
        answer = rest(line)
        assert answer.startswith(b"HTTP/1.1 400")
        assert b"Nothing is kept of a file that is not whole" in answer
        assert CREDIT - 1 < time.monotonic() - begun < CREDIT + 10
    assert eventually(lambda: running.objects() == [], 5)


def test_a_client_that_drips_gives_its_thread_back(running: Running) -> None:
    with running.connect() as line:
        begin(line, 50 * MIB)
        line.sendall(before())
        begun = time.monotonic()
        assert eventually(lambda: not dripped(line), 60)
        assert time.monotonic() - begun < 2 * CREDIT + 10
    assert eventually(lambda: running.objects() == [], 5)


def test_a_slow_line_that_moves_is_served_longer_than_it_may_rest(running: Running) -> None:
    pieces = 2 * CREDIT
    with running.connect() as line:
        begin(line, len(before()) + pieces * 8192 + len(after()), more=b"Connection: close\r\n")
        line.sendall(before())
        for _ in range(pieces):
            line.sendall(b"y" * 8192)
            time.sleep(1)
        line.sendall(after())
        assert words(rest(line))[1].startswith(f"{pieces * 8192} ")


@pytest.mark.principle("confidentiality")
def test_a_killed_server_leaves_at_most_what_no_row_names(fresh: Path) -> None:
    with gunicorn(fresh) as server, server.connect() as line:
        begin(line, 50 * MIB)
        line.sendall(before() + b"".join(noise(4 * MIB)))
        time.sleep(0.5)
        for pid in (*server.workers(), server.process.pid):
            os.kill(pid, signal.SIGKILL)
    assert holding(CANARY, fresh, server.temporary) == []
    assert [path for path in server.objects() if "#" not in path.name] == [], "no object has the name that a row gives"


def test_sigterm_in_the_middle_of_a_file_ends_within_seconds(fresh: Path) -> None:
    with gunicorn(fresh) as server, server.connect() as line:
        begin(line, 50 * MIB)
        line.sendall(before() + b"".join(noise(2 * MIB)))
        time.sleep(0.5)
        begun = time.monotonic()
        server.process.send_signal(signal.SIGTERM)
        assert server.process.wait(20) == 0
        assert time.monotonic() - begun < 6


def test_pages_stay_quick_while_files_arrive_and_one_too_many_is_told_so(running: Running) -> None:
    arriving = [running.connect() for _ in range(2)]
    for line in arriving:
        begin(line, 50 * MIB)
        line.sendall(before() + b"x" * 8192)
    time.sleep(0.5)
    begun = time.monotonic()
    assert b" 200 " in running.get("/en/help")[:20]
    assert time.monotonic() - begun < 2
    answer = send_file(running, noise(MIB), MIB)
    assert answer.startswith(b"HTTP/1.1 503")
    assert b"\r\nRetry-After: 120\r\n" in answer
    assert b"try again in a few minutes" in answer
    for line in arriving:
        line.close()
    assert eventually(lambda: send_file(running, noise(MIB), MIB).startswith(b"HTTP/1.1 200"), 10)


@pytest.mark.principle("safety")
def test_whoever_holds_every_place_with_slow_lines_gives_way_to_the_next(fresh: Path) -> None:
    with gunicorn(fresh, settled=2) as running:
        slow = [running.connect() for _ in range(2)]
        for line in slow:
            begin(line, 50 * MIB)
            line.sendall(before() + b"x" * 8192)
        time.sleep(3)
        assert send_file(running, noise(MIB), MIB).startswith(b"HTTP/1.1 200")
        said = [rest_or_nothing(line) for line in slow]
        assert sorted(one[:12] for one in said) == [b"", b"HTTP/1.1 503"], "one of them, and it is told"
        for line in slow:
            line.close()


@pytest.mark.principle("safety")
def test_pages_come_although_every_thread_answers_somebody_who_fetches_drop_by_drop(fresh: Path) -> None:
    """What they fetch is long: their own film, or a large file of the library."""
    with gunicorn(fresh, settled=2) as running:
        lines = [running.connect() for _ in range(4)]
        for line in lines:
            line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            line.sendall(b"GET /en/test/long?pieces=2000 HTTP/1.1\r\nHost: here\r\n\r\n")
        ended = threading.Event()

        def fetch() -> None:
            while not ended.wait(0.1):
                for line in lines:
                    with suppress(OSError):
                        line.recv(4096)

        dripping = threading.Thread(target=fetch)
        dripping.start()
        try:
            assert b" 200 " in running.get("/en/help")[:20]
        finally:
            ended.set()
            dripping.join()
            for line in lines:
                line.close()


def test_what_was_answered_early_is_taken_in_for_a_moment(running: Running) -> None:
    with running.connect() as line:
        begin(line, 50 * MIB, path="/en/nowhere")
        line.sendall(before() + b"x" * 8192)
        assert rest(line).startswith(b"HTTP/1.1 413")
        # An end with bytes unread would reset the line, and the second of these would fail.
        line.sendall(b"x" * MIB)
        time.sleep(0.5)
        line.sendall(b"x" * MIB)


def test_a_slow_reader_gets_a_long_answer_as_a_whole(running: Running) -> None:
    with running.connect() as line:
        line.sendall(b"GET /en/test/long?pieces=200 HTTP/1.1\r\nHost: here\r\nConnection: close\r\n\r\n")
        got = 0
        while chunk := line.recv(262144):
            got += len(chunk)
            time.sleep(0.2)
        assert got > 200 * 65536


@pytest.mark.browser
def test_a_browser_shows_the_answer_although_it_was_given_before_everything_was_sent(
    running: Running, open_page: OpenPage, tmp_path: Path
) -> None:
    arriving = [running.connect() for _ in range(2)]
    for line in arriving:
        begin(line, 50 * MIB)
        line.sendall(before() + b"x" * 8192)
    chosen = tmp_path / "film.bin"
    chosen.write_bytes(b"".join(noise(300 * MIB)))
    page, form = open_page(script=False), f"http://127.0.0.1:{running.port}/form"
    page.route("**/form", lambda route: route.fulfill(body=FORM, content_type="text/html"))
    page.goto(form)
    page.set_input_files("input[type=file]", chosen)
    page.click("button")
    page.wait_for_selector("h1")
    assert page.inner_text("h1") == "Other files are arriving here right now"
    for line in arriving:
        line.close()
