"""Somebody who reports: a browser of a few lines, so that the server is what is busy.

It keeps cookies, says like a real one where its forms come from, and may come from any address of this machine, because
the opening of forms is counted for each address.
"""

import gzip
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from email.message import Message
from html import unescape
from http.client import HTTPConnection, HTTPException
from http.cookies import SimpleCookie
from typing import Final, Self
from urllib.parse import urlencode

FORM: Final = "/en/write/form/all"
BROKEN: Final = (OSError, HTTPException)
_HIDDEN: Final = re.compile(r'<input type="hidden" name="([^"]*)" value="([^"]*)">')
_WORD: Final = re.compile(r"<li>([^<]+)</li>")
_WORDS: Final = re.compile(r'<ol class="token"[^>]*>(.*?)</ol>', re.DOTALL)
# Longer than the server takes to give a stalled connection up: a test never waits for ever.
PATIENCE: Final = 120


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    address: str
    location: str
    page: str

    @property
    def hidden(self) -> tuple[tuple[str, str], ...]:
        """Return what the forms on this page carry unseen, without what another form carries too."""
        found = dict.fromkeys((unescape(name), unescape(value)) for name, value in _HIDDEN.findall(self.page))
        return tuple(found)

    @property
    def token(self) -> str:
        """Return the words of the token on this page; empty where there is none."""
        found = _WORDS.search(self.page)
        return " ".join(_WORD.findall(found[1])) if found else ""


@dataclass
class Browser:
    """One browser at one address; a broken line is an error of `BROKEN`, and the next request makes a new one."""

    port: int
    address: str = "127.0.0.1"
    cookies: dict[str, str] = field(default_factory=dict)
    compressed: bool = False
    requests: int = 0
    sent: int = 0
    received: int = 0
    _line: HTTPConnection | None = None

    def get(self, path: str) -> Answer:
        """Open a page."""
        return self._ask("GET", path, None)

    def post(self, path: str, fields: list[tuple[str, str]]) -> Answer:
        """Send a form and go where it leads."""
        answer = self.post_only(path, fields)
        while answer.status == 303:
            answer = self.get(answer.location)
        return answer

    def post_only(self, path: str, fields: list[tuple[str, str]]) -> Answer:
        """Send a form and stay."""
        return self._ask("POST", path, urlencode(fields).encode())

    def twin(self) -> Self:
        """Return another line of the same browser, for the second tap."""
        return type(self)(self.port, self.address, dict(self.cookies), self.compressed)

    def close(self) -> None:
        """Hang up."""
        if self._line is not None:
            self._line.close()
            self._line = None

    def _ask(self, method: str, path: str, body: bytes | None) -> Answer:
        try:
            return self._send(method, path, body)
        except BROKEN:
            self.close()
            raise

    def _send(self, method: str, path: str, body: bytes | None) -> Answer:
        line = self._line or HTTPConnection("127.0.0.1", self.port, PATIENCE, source_address=(self.address, 0))
        self._line = line
        line.request(method, path, body, self._headers(body))
        response = line.getresponse()
        content = response.read()
        self._count(body, response.headers, content)
        for value in response.headers.get_all("Set-Cookie", []):
            self.cookies.update({name: morsel.value for name, morsel in SimpleCookie(value).items()})
        if response.headers.get("Content-Encoding") == "gzip":
            content = gzip.decompress(content)
        return Answer(response.status, path, response.headers.get("Location", ""), content.decode())

    def _count(self, body: bytes | None, headers: Message, content: bytes) -> None:
        """Count what went over the line, but for the first line of each request and answer."""
        self.requests += 1
        self.sent += len(body or b"") + _size(self._headers(body).items())
        self.received += len(content) + _size(headers.items())

    def _headers(self, body: bytes | None) -> dict[str, str]:
        headers = {"Sec-Fetch-Site": "same-origin", "Accept-Language": "en"}
        # A browser opens a new line when the server has closed an idle one; to hang up each time is as good here.
        headers["Connection"] = "close"
        if self.compressed:
            headers["Accept-Encoding"] = "gzip"
        if self.cookies:
            headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        return headers


@dataclass(frozen=True)
class Form:
    """The one-page form as it was opened: sent again, it is the same report."""

    hidden: tuple[tuple[str, str], ...]

    def filled(self, text: str) -> list[tuple[str, str]]:
        """Return the whole form with an account and some of the other answers."""
        answers = {
            "read": "y",
            "account.story": text,
            "details.conduct": "remarks",
            "details.when": "In spring",
            "details.where": "At the office",
            "details.often": "more",
            "person-1-name": "Zacharias Quillfeather",
            "person-1-role": "He leads the unit",
            "people.relationship": "senior",
            "wishes.wanted": "advice",
            "wishes.new_readers": "tell",
            "safety.effects": "It keeps me awake",
            "go": "send",
        }
        return [*self.hidden, *answers.items()]


def open_form(browser: Browser) -> Form:
    """Open the one-page form."""
    answer = browser.get(FORM)
    assert answer.status == 200, answer.status
    return Form(answer.hidden)


def report(browser: Browser, text: str) -> str:
    """Send one report from the first page to the token, and return the token."""
    answer = browser.post(FORM, open_form(browser).filled(text))
    assert answer.status == 200, answer.status
    assert answer.token, answer.page
    return answer.token


def _size(headers: Iterable[tuple[str, str]]) -> int:
    return sum(len(name) + len(value) + len(": \r\n") for name, value in headers)
