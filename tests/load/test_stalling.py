"""People on lines that break: whoever stalls in the middle of a form gives the server back to the others."""

import socket
import time
from pathlib import Path
from typing import Final

import pytest

from reporting.serving.patience import ANSWER_SECONDS, BODY_SECONDS
from tests.builders import Built
from tests.load.sender import FORM, Browser, report
from tests.load.server import serving

THREADS: Final = 2


@pytest.mark.load
@pytest.mark.slow
@pytest.mark.req("P8")
def test_people_who_stall_in_the_middle_of_a_form_do_not_hold_the_server(on_sqlite: Built, tmp_path: Path) -> None:
    with serving(on_sqlite.settings, tmp_path / "log", workers=1, threads=THREADS) as server:
        stalled = [stall(server.port) for _ in range(THREADS)]
        begun = time.monotonic()
        try:
            assert report(Browser(server.port), "Sent while everyone else stalled")
        finally:
            for line in stalled:
                line.close()
        # They did hold it for their minute; otherwise this tests nothing.
        assert BODY_SECONDS / 2 < time.monotonic() - begun < BODY_SECONDS + ANSWER_SECONDS


def stall(port: int) -> socket.socket:
    """Send the beginning of a form and nothing more."""
    line = socket.create_connection(("127.0.0.1", port))
    head = f"POST {FORM} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nSec-Fetch-Site: same-origin\r\n"
    line.sendall(
        head.encode() + b"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 9999\r\n\r\nread="
    )
    return line
