"""The server from outside: what it says about itself, how it ends, and what it leaves in its log."""

import signal
import socket
import sqlite3
import subprocess
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.console import COMMAND, Server, eventually, fetch, is_running, serving

pytestmark = pytest.mark.slow

CANARY = "marmalade-lighthouse"
FORM = b"POST /en/write/private HTTP/1.1\r\nHost: here\r\nContent-Type: application/x-www-form-urlencoded\r\n"
NO_REQUESTS = {
    "no method": f"<{CANARY}> / HTTP/1.1\r\n\r\n",
    "no version": f"GET /{CANARY} HTTP/9.9\r\n\r\n",
    "a long address": f"GET /{CANARY}{'x' * 4000} HTTP/1.1\r\n\r\n",
    "a long header": f"GET / HTTP/1.1\r\nX-{CANARY}: {'x' * 9000}\r\n\r\n",
    "no header": f"GET / HTTP/1.1\r\n{CANARY}\r\n\r\n",
    "an expectation": f"GET /{CANARY} HTTP/1.1\r\nExpect: {CANARY}\r\n\r\n",
}


@pytest.fixture(scope="module")
def server(made_once: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server for tests that leave it as it is."""
    data = tmp_path_factory.mktemp("served") / "data"
    subprocess.run(["cp", "-a", made_once, data], check=True)
    with serving(data, REPORTING_STATISTICS_PASSPHRASE=CANARY) as running:
        fetch(running.url)
        yield running


@pytest.fixture
def own_server(demonstration: Path) -> Iterator[Server]:
    """A server for one test, which may end it."""
    with serving(demonstration) as running:
        fetch(running.url)
        yield running


def connect(server: Server) -> socket.socket:
    """Open a connection that waits at most twenty seconds for anything."""
    return socket.create_connection(server.place, timeout=20)


def answer(connection: socket.socket) -> bytes:
    """Read until the server has nothing more to say."""
    received = b""
    while chunk := connection.recv(65536):
        received += chunk
    return received


def ask(server: Server, request: str) -> bytes:
    """Send some bytes and return the answer."""
    with connect(server) as connection:
        connection.sendall(request.encode())
        return answer(connection)


@pytest.mark.parametrize("path", ["", "nowhere", "static/nothing.css", "en/help"])
def test_no_answer_says_which_server_gave_it(server: Server, path: str) -> None:
    said = ask(server, f"GET /{path} HTTP/1.1\r\nHost: here\r\nConnection: close\r\n\r\n")
    assert said.startswith(b"HTTP/1.1 ")
    assert b"\r\nserver:" not in said.lower()
    assert b"gunicorn" not in said.lower()


@pytest.mark.principle("confidentiality")
@pytest.mark.parametrize("kind", NO_REQUESTS)
def test_what_is_no_request_is_refused_without_repeating_it(server: Server, kind: str) -> None:
    said = ask(server, NO_REQUESTS[kind])
    assert said.split()[1] in {b"400", b"414", b"417", b"431"}
    assert CANARY.encode() not in said
    assert b"server:" not in said.lower()


@pytest.mark.principle("confidentiality")
def test_the_log_knows_neither_addresses_nor_pages_nor_the_hour(server: Server) -> None:
    for request in (*NO_REQUESTS.values(), f"GET /en/{CANARY} HTTP/1.1\r\nHost: here\r\nConnection: close\r\n\r\n"):
        ask(server, request)
    log = server.log.read_text(encoding="utf-8")
    assert "failed: " in log, "what went wrong is still said"
    assert CANARY not in log
    assert "127.0.0.1" not in log
    assert not any(":" in line.partition("]")[0] for line in log.splitlines()), "no line carries a time of day"


def test_whom_a_forged_header_names_is_not_believed(server: Server) -> None:
    said = ask(server, "GET / HTTP/1.1\r\nHost: here\r\nX-Forwarded-Proto: https\r\nConnection: close\r\n\r\n")
    assert b"Strict-Transport-Security" not in said


def test_silent_connections_keep_nobody_waiting(server: Server) -> None:
    silent = [connect(server) for _ in range(40)]
    begun = time.monotonic()
    assert fetch(server.url)[0] == 200
    assert time.monotonic() - begun < 3
    for connection in silent:
        connection.close()


def test_header_lines_that_never_end_are_cut_off(server: Server) -> None:
    with connect(server) as connection:
        connection.sendall(b"GET / HTTP/1.1\r\nHost: he")
        begun = time.monotonic()
        assert answer(connection) == b""
        assert 5 < time.monotonic() - begun < 15


def test_the_allocator_is_told_before_the_server_starts_and_secrets_stay_behind(server: Server) -> None:
    environment = Path(f"/proc/{server.process.pid}/environ").read_bytes()
    assert b"MALLOC_MMAP_THRESHOLD_=1048576\0" in environment
    assert CANARY.encode() not in environment


def test_chores_are_done_beside_the_server(server: Server) -> None:
    assert [line for line in server.children().values() if " chores run " in line]

    def all_done() -> bool:
        with closing(sqlite3.connect(server.log.with_name("data") / "reporting.db")) as connection:
            (waiting,) = connection.execute("SELECT count(*) FROM chores WHERE outcome = ''").fetchone()
        return bool(waiting == 0)

    assert eventually(all_done, 20)


def test_sigterm_ends_everything_within_five_seconds(own_server: Server) -> None:
    children = own_server.children()
    with connect(own_server) as kept:
        kept.sendall(b"GET / HTTP/1.1\r\nHost: here\r\n\r\n")
        assert kept.recv(12) == b"HTTP/1.1 200"
        assert own_server.stop() < 5
    assert own_server.process.returncode == 0
    assert not [pid for pid in children if is_running(pid)]


def test_a_request_in_progress_is_answered_before_the_server_ends(own_server: Server) -> None:
    with connect(own_server) as connection:
        connection.sendall(FORM + b"Content-Length: 20\r\n\r\nbefore.")
        time.sleep(0.5)
        own_server.process.send_signal(signal.SIGTERM)
        time.sleep(1)
        connection.sendall(b"age=no&office")
        assert answer(connection).startswith(b"HTTP/1.1 ")
    assert own_server.process.wait(5) == 0


def test_a_request_that_never_ends_does_not_keep_the_server(own_server: Server) -> None:
    with connect(own_server) as connection:
        connection.sendall(FORM + b"Content-Length: 1000\r\n\r\nbefore.age=")
        time.sleep(0.5)
        assert own_server.stop() < 5


def test_a_killed_server_leaves_no_process_behind(own_server: Server) -> None:
    children = own_server.children()
    assert len(children) == 3, children
    own_server.process.kill()
    assert eventually(lambda: not any(is_running(pid) for pid in children), 15), children


def test_serve_answers_as_demo_does(fresh: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [*COMMAND, "serve", "--port", str(port), "--workers", "1", "--data", str(fresh)]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr is not None
        assert process.stderr.readline() == f"Listening at http://127.0.0.1:{port}/\n"
        assert eventually(lambda: answers(port), 20)
        process.terminate()
        assert process.wait(10) == 0


def answers(port: int) -> bool:
    """Return whether the first page is there."""
    try:
        return fetch(f"http://127.0.0.1:{port}/")[0] == 200
    except OSError:
        return False
