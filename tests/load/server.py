"""The real server on an instance of its own: gunicorn as `reporting serve` starts it, with workers and side process."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from reporting.config import PREFIX, Settings

STARTING_SECONDS: Final = 30


class Server:
    """One running server. `kill` and `end` leave nothing behind; `start` begins again at the same address."""

    def __init__(self, settings: Settings, log: Path, *, workers: int = 2, threads: int = 4) -> None:
        self.port = _free_port()
        own = {"HOST": "127.0.0.1", "PORT": str(self.port), "WORKERS": str(workers), "THREADS": str(threads)}
        outside = {name: value for name, value in os.environ.items() if not name.startswith(PREFIX)}
        self._environment = outside | settings.to_environment() | {PREFIX + name: own[name] for name in own}
        self._log = log
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def master(self) -> int:
        """Return the id of the process that watches the workers; its whole group is this server."""
        assert self._process is not None
        return self._process.pid

    def start(self) -> None:
        """Start, and wait until a worker answers."""
        command = [sys.executable, "-P", "-m", "reporting.cli", "serve"]
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(command, env=self._environment, stderr=log, start_new_session=True)
        deadline = time.monotonic() + STARTING_SECONDS
        while not self._answers():
            assert self._process.poll() is None, self.log()
            assert time.monotonic() < deadline, self.log()
            time.sleep(0.05)

    def end(self) -> float:
        """Ask it to end, as an operator does, and return how many seconds it took."""
        begun = time.monotonic()
        os.kill(self.master, signal.SIGTERM)
        self._gone()
        return time.monotonic() - begun

    def kill(self) -> None:
        """Kill every process of it at once: nothing gets the chance to tidy up."""
        with suppress(ProcessLookupError):
            os.killpg(self.master, signal.SIGKILL)
        self._gone()

    def stop(self) -> None:
        """End it however it is: ask, then kill what is left."""
        if self._process is not None:
            self._process.terminate()
            with suppress(subprocess.TimeoutExpired):
                self._process.wait(timeout=10)
            self.kill()

    def log(self) -> str:
        """Return what the server wrote so far."""
        return self._log.read_text(encoding="utf-8", errors="replace") if self._log.exists() else ""

    def troubles(self) -> list[str]:
        """Return what the server wrote of requests that failed."""
        return [line for line in self.log().splitlines() if "failed" in line or "cannot" in line]

    def _answers(self) -> bool:
        try:
            with socket.create_connection(("127.0.0.1", self.port), timeout=STARTING_SECONDS) as connection:
                connection.sendall(b"GET /en/ HTTP/1.0\r\nHost: 127.0.0.1\r\n\r\n")
                return connection.recv(12).endswith(b" 200")
        except OSError:
            return False

    def _gone(self) -> None:
        assert self._process is not None
        self._process.wait(timeout=30)


@contextmanager
def serving(settings: Settings, log: Path, *, workers: int = 2, threads: int = 4) -> Iterator[Server]:
    """Serve an instance, and end it whatever happens."""
    server = Server(settings, log, workers=workers, threads=threads)
    try:
        server.start()
        yield server
    finally:
        server.stop()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
