"""The command line under test: in this process for transcripts, as a process of its own for what only a process has."""

import json
import os
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from click.testing import CliRunner, Result

from reporting.cli import commands

COMMAND: Final = (sys.executable, "-m", "reporting.cli")
PATIENCE: Final = 60.0


def run(*arguments: str, data: Path, typed: str = "", **settings: str) -> Result:
    """Run a command with this data folder; a fault of the program is raised, a refusal is not."""
    environment = {"REPORTING_DATA": str(data)} | {
        f"REPORTING_{name.upper()}": value for name, value in settings.items()
    }
    return CliRunner().invoke(commands, arguments, input=typed, env=environment, catch_exceptions=False)


def refusal(*arguments: str, data: Path, typed: str = "", **settings: str) -> str:
    """Run a command that must be refused, and return the one sentence that it said, and nothing else."""
    result = run(*arguments, data=data, typed=typed, **settings)
    assert result.exit_code == 1, result.output
    said = result.stderr.strip()
    assert said
    assert "\n" not in said, said
    return said


def said(*arguments: str, data: Path, typed: str = "", **settings: str) -> str:
    """Run a command that must succeed, and return what it said."""
    result = run(*arguments, data=data, typed=typed, **settings)
    assert result.exit_code == 0, result.output
    return result.stdout


@dataclass
class Server:
    """A running `reporting demo`, and what it printed."""

    process: "subprocess.Popen[str]"
    printed: Mapping[str, Any]
    log: Path

    @property
    def url(self) -> str:
        """The address of its first page, with a slash at the end."""
        return str(self.printed["url"])

    @property
    def place(self) -> tuple[str, int]:
        """Host and port, for a socket."""
        host, _, port = self.url.removeprefix("http://").rstrip("/").rpartition(":")
        return host, int(port)

    def children(self) -> dict[int, str]:
        """The processes that it started, by id, with their command lines."""
        listed = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text(encoding="ascii").split()
        return {int(pid): _command_line(int(pid)) for pid in listed}

    def stop(self) -> float:
        """Send SIGTERM and return how many seconds the server took to end."""
        begun = time.monotonic()
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(PATIENCE)
        return time.monotonic() - begun


@contextmanager
def serving(data: Path, **environment: str) -> Iterator[Server]:
    """Serve a demonstration on a free port; it is made first where the folder is empty."""
    log = data.with_name(f"{data.name}.log")
    with log.open("w", encoding="utf-8") as file:
        process = subprocess.Popen(
            [*COMMAND, "demo", "--port", "0", "--data", data, "--json"],
            stdout=subprocess.PIPE,
            stderr=file,
            text=True,
            env=os.environ | environment,
        )
        try:
            assert process.stdout is not None
            line = process.stdout.readline()
            assert line, log.read_text(encoding="utf-8")
            yield Server(process, json.loads(line), log)
        finally:
            process.kill()
            process.wait(PATIENCE)
            process.communicate()


def fetch(url: str) -> tuple[int, Mapping[str, str]]:
    """Ask for a page and return status and headers."""
    with urllib.request.urlopen(url, timeout=PATIENCE) as response:  # noqa: S310 - an address of this machine
        return response.status, dict(response.headers)


def eventually(is_so: Callable[[], bool], seconds: float) -> bool:
    """Return whether something comes true within this time."""
    end = time.monotonic() + seconds
    while not is_so():
        if time.monotonic() > end:
            return False
        time.sleep(0.05)
    return True


def is_running(pid: int) -> bool:
    """Return whether a process lives; one that only waits to be buried does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()[0] not in "ZX"
    except OSError:
        return False


def _command_line(pid: int) -> str:
    return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode()
