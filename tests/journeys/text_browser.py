"""w3m in a terminal of its own: pressed key by key, read by saving what it shows."""

import fcntl
import os
import pty
import re
import select
import struct
import subprocess
import termios
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.machine import program

PATIENCE = 30.0
QUIET = 0.4


class TextBrowser:
    """One w3m, with an editor that types what the test lays out for it."""

    def __init__(self, terminal: int, folder: Path) -> None:
        self.terminal, self.folder = terminal, folder

    def press(self, keys: str) -> None:
        """Press keys and wait until the screen rests."""
        os.write(self.terminal, keys.encode())
        self._rest()

    def find(self, words: str) -> None:
        """Move to the next place where these words (a regular expression) stand."""
        self.press(f"/{words}\n")

    def go(self, url: str) -> None:
        """Open an address."""
        self.press("U")
        self.press("\x15" + url + "\n")

    def write(self, text: str) -> None:
        """Fill the text box under the cursor; w3m opens an editor for it."""
        (self.folder / "typed").write_text(text, encoding="utf-8")
        self.press("\n")

    def read(self, until: str) -> str:
        """Return what the page says, as soon as it says this."""
        deadline, page = time.monotonic() + PATIENCE, ""
        while time.monotonic() < deadline:
            page = self._saved()
            if until in page:
                return page
        raise AssertionError(f"{until!r} never came; the page says:\n{page}")

    def _saved(self) -> str:
        path = self.folder / "screen"
        path.unlink(missing_ok=True)
        self.press("S")
        self.press(f"\x15{path}\n")
        return path.read_text(encoding="utf-8") if path.exists() else ""

    def _rest(self) -> None:
        while select.select([self.terminal], [], [], QUIET)[0]:
            if not os.read(self.terminal, 65536):
                return


@contextmanager
def text_browser(folder: Path, url: str) -> Iterator[TextBrowser]:
    """Open w3m on an address."""
    editor = folder / "editor"
    editor.write_text(f'#!/bin/sh\nfor file; do :; done\ncat {folder}/typed > "$file"\n', encoding="utf-8")
    editor.chmod(0o700)
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 100, 0, 0))
    surroundings = {"PATH": os.environ["PATH"], "HOME": str(folder), "TERM": "xterm"}
    command = [
        program("w3m", package="w3m"),
        "-cookie",
        "-o",
        "accept_cookie=1",
        "-o",
        "confirm_qq=0",
        "-o",
        f"editor={editor} %s",
    ]
    process = subprocess.Popen(
        [*command, "-I", "UTF-8", "-O", "UTF-8", url],
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        env={**surroundings, "LANG": "C.UTF-8"},
        start_new_session=True,
    )
    os.close(theirs)
    try:
        time.sleep(1)
        yield TextBrowser(ours, folder)
    finally:
        process.kill()
        process.wait()
        os.close(ours)


def token_on(page: str) -> str:
    """Return the eight numbered words of the token page."""
    words = re.findall(r"^\s*[1-8]\.\s+(\w+)\s*$", page, re.MULTILINE)
    assert len(words) == 8, page
    return " ".join(words)
