"""What she adds on her own pages, at the real server: sealed and taken apart without a byte in clear anywhere."""

import http.cookiejar
import io
import threading
import time
import urllib.request
import wave
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlencode
from uuid import uuid4

import pytest

from reporting.demo.evidence import document, letter
from tests.evidence import photo
from tests.serving.gunicorn import BOUNDARY, HEAD, Running, after, gunicorn
from tests.serving.test_uploads import MEMORY, holding

pytestmark = pytest.mark.slow
WRITTEN = b"the-lamp-by-the-lake-" + uuid4().hex.encode()


def sound() -> bytes:
    """Return a second of silence whose samples say the canary."""
    out = io.BytesIO()
    with wave.open(out, "wb") as made:
        made.setparams((1, 2, 8000, 0, "NONE", ""))
        made.writeframes((WRITTEN + bytes(11)) * 250)
    return out.getvalue()


FILES = {
    "photo.jpg": photo(size=300) + WRITTEN,
    "sound.wav": sound(),
    "letter.pdf": letter() + b"\n% " + WRITTEN,
    "notes.docx": document(),
    "words.txt": b"She wrote: " + WRITTEN,
}


@contextmanager
def watched(*folders: Path) -> Iterator[list[Path]]:
    """Note every file that stands in these folders with the canary in it, however short it is there."""
    seen: list[Path] = []
    over = threading.Event()

    def look() -> None:
        while not over.is_set():
            seen.extend(holding(WRITTEN, *folders))
            time.sleep(0.02)

    watcher = threading.Thread(target=look)
    watcher.start()
    yield seen
    over.set()
    watcher.join()


class Browser:
    """A browser of hers."""

    def __init__(self, running: Running) -> None:
        self.at = f"http://127.0.0.1:{running.port}/en"
        jar = urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
        self.opener = urllib.request.build_opener(jar)

    def post(self, path: str, body: bytes, kind: str = "application/x-www-form-urlencoded") -> str:
        """Send a form and return the page after it."""
        headers = {"Sec-Fetch-Site": "same-origin", "Content-Type": kind}
        request = urllib.request.Request(self.at + path, body, headers)  # noqa: S310 - our own server
        with self.opener.open(request, timeout=120) as answer:
            page: bytes = answer.read()
        return page.decode()


@pytest.mark.principle("confidentiality")
def test_what_she_adds_on_her_pages_is_in_clear_nowhere_even_while_it_is_taken_apart(fresh: Path) -> None:
    with gunicorn(fresh) as running, watched(running.data, running.temporary, MEMORY) as seen:
        her = Browser(running)
        her.post("/write/notes", b"x=1")
        her.post("/write/before", urlencode({"read": "y"}).encode())
        parts = [HEAD % (BOUNDARY, b"file", b'; filename="%s"' % name.encode()) + body for name, body in FILES.items()]
        body = b"\r\n".join(parts) + after()
        page = her.post("/write/files", body, f"multipart/form-data; boundary={BOUNDARY.decode()}")
        assert all(name in page for name in FILES)
        assert len(running.objects()) == 2 * len(FILES) - 1, "each with its copy but the text, which hides nothing"
        assert list(running.temporary.iterdir()) == []
    assert seen == []
    assert WRITTEN not in running.log.read_bytes()
