"""The side process: `reporting chores run` each minute, as long as the server lives and no longer."""

import os
import subprocess
import sys
from typing import Any, Final

ROUND_SECONDS: Final = 60
LAST_SECONDS: Final = 0.5

_running: list[subprocess.Popen[bytes]] = []


def start(_arbiter: Any) -> None:
    """Start it; it looks for its parent now and then, so that even a killed server leaves nothing behind."""
    command = [sys.executable, "-P", "-m", "reporting.cli", "chores", "run"]
    command += ["--every", str(ROUND_SECONDS), "--while-parent", str(os.getpid())]
    _running.append(subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL))  # noqa: S603 - our own interpreter


def stop(_arbiter: Any) -> None:
    """End it; a chore that does not end soon is cut off and done again later, as after a power cut."""
    while _running:
        process = _running.pop()
        process.terminate()
        try:
            process.wait(LAST_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
