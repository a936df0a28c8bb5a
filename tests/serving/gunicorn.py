"""Gunicorn with the settings of Harbour around the application of receiving.py, and a client that sends as it likes."""

import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tests.console import PATIENCE, _command_line, eventually

BOUNDARY: Final = b"----HarbourTest"
HEAD: Final = b'--%s\r\nContent-Disposition: form-data; name="%s"%s\r\n\r\n'
MIB: Final = 1024 * 1024


@dataclass
class Running:
    """A running server."""

    process: "subprocess.Popen[bytes]"
    port: int
    data: Path
    temporary: Path
    log: Path

    def workers(self) -> list[int]:
        """Return the ids of the processes that answer."""
        listed = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text(encoding="ascii").split()
        return [int(pid) for pid in listed if " chores " not in _command_line(int(pid))]

    def peak(self) -> int:
        """Return the largest resident size of the only worker so far, in bytes."""
        (pid,) = self.workers()
        status = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
        found = re.search(r"VmHWM:\s+(\d+) kB", status)
        assert found is not None
        return int(found[1]) * 1024

    def objects(self) -> list[Path]:
        """Return the files that the blob store has of objects, whole or not; its own mark lies beside their folders."""
        return [path for path in (self.data / "blobs").rglob("*/*") if path.is_file()]

    def connect(self) -> socket.socket:
        """Open a connection."""
        return socket.create_connection(("127.0.0.1", self.port), timeout=PATIENCE)

    def get(self, path: str) -> bytes:
        """Ask for a page and return the whole answer."""
        with self.connect() as line:
            line.sendall(f"GET {path} HTTP/1.1\r\nHost: here\r\nConnection: close\r\n\r\n".encode())
            return rest(line)


@contextmanager
def gunicorn(data: Path, *, credit: int = 60, settled: int = 600) -> Iterator[Running]:
    """Serve the application of receiving.py from a folder with keys and databases, with one worker.

    :param credit: how long a line may rest (seconds).
    :param settled: how long an upload has its place, however slow its line (seconds).
    """
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    temporary, log = data.with_name("temporary"), data.with_name("served.log")
    temporary.mkdir(exist_ok=True)
    own = {"DATA": str(data), "PORT": str(port), "WORKERS": "1", "THREADS": "4"}
    settings = {f"REPORTING_{name}": value for name, value in own.items()}
    command = [sys.executable, "-m", "gunicorn", "--config", "python:reporting.serving.settings"]
    with log.open("ab") as out:
        process = subprocess.Popen(
            [*command, "tests.serving.receiving:application()"],
            stderr=out,
            env=os.environ
            | settings
            | {"TMPDIR": str(temporary), "TEST_CREDIT": str(credit), "TEST_SETTLED": str(settled)},
        )
    running = Running(process, port, data, temporary, log)
    try:
        assert eventually(lambda: _answers(running), PATIENCE), log.read_text(encoding="utf-8")
        yield running
    finally:
        for pid in [process.pid, *(running.workers() if process.poll() is None else [])]:
            with suppress(ProcessLookupError):
                os.kill(pid, 9)
        process.wait(PATIENCE)


def begin(line: socket.socket, length: int | None, path: str = "/en/test/files", more: bytes = b"") -> None:
    """Send the header lines of a form with files; without a length its body comes in chunks."""
    size = b"Content-Length: %d" % length if length is not None else b"Transfer-Encoding: chunked"
    kind = b"Content-Type: multipart/form-data; boundary=%s" % BOUNDARY
    line.sendall(
        b"\r\n".join((b"POST %s HTTP/1.1" % path.encode(), b"Host: here", b"Sec-Fetch-Site: same-origin", kind, size))
        + b"\r\n"
        + more
        + b"\r\n"
    )


def before(name: bytes = b"a.bin") -> bytes:
    """Return what comes before the content of a file: a field, then the head of the file."""
    return HEAD % (BOUNDARY, b"draft", b"") + b"d1\r\n" + HEAD % (BOUNDARY, b"file", b'; filename="%s"' % name)


def after() -> bytes:
    """Return what comes after the content of the last file."""
    return b"\r\n--%s--\r\n" % BOUNDARY


def send_file(running: Running, pieces: Iterable[bytes], size: int) -> bytes:
    """Send a form with one file and return the whole answer."""
    with running.connect() as line:
        begin(line, len(before()) + size + len(after()), more=b"Connection: close\r\n")
        line.sendall(before())
        for piece in pieces:
            line.sendall(piece)
        line.sendall(after())
        return rest(line)


def rest(line: socket.socket) -> bytes:
    """Read until the server has nothing more to say."""
    received = bytearray()
    with suppress(ConnectionResetError):
        while chunk := line.recv(65536):
            received += chunk
    return bytes(received)


def _answers(running: Running) -> bool:
    assert running.process.poll() is None, running.log.read_text(encoding="utf-8")
    try:
        return b" 200 " in running.get("/en/help")[:20]
    except OSError:
        time.sleep(0.05)
        return False
