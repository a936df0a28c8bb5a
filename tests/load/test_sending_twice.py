"""The same form sent again, for whatever reason, is the same report."""

import socket
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Final
from urllib.parse import urlencode

import pytest

from tests.builders import Built
from tests.load.proof import cases_are_whole, sent_is_what_opens
from tests.load.sender import FORM, Answer, Browser, open_form
from tests.load.server import Server, serving

TAPS: Final = 8
FORMS: Final = 6


@pytest.mark.load
@pytest.mark.slow
@pytest.mark.req("P8")
@pytest.mark.principle("safety")
def test_a_form_sent_eight_times_at_once_is_one_case_with_one_token(built: Built, tmp_path: Path) -> None:
    sent: dict[str, str] = {}
    with serving(built.settings, tmp_path / "log") as server:
        for number in range(FORMS):
            text = f"Sent eight times: {number}"
            sent[token_of_all(taps(server, text, keeps_cookies=number % 2 == 0))] = text
        assert server.troubles() == []
    assert cases_are_whole(built, readers=2) == FORMS
    sent_is_what_opens(built, sent)


@pytest.mark.load
@pytest.mark.slow
@pytest.mark.req("P8")
def test_a_form_sent_again_after_the_line_broke_is_one_case(built: Built, tmp_path: Path) -> None:
    with serving(built.settings, tmp_path / "log") as server:
        browser, text = Browser(server.port), "The line broke while this went out."
        form = open_form(browser)
        send_and_hang_up(server, browser, form.filled(text))
        token = browser.post(FORM, form.filled(text)).token
        # An hour later, from the history of the browser.
        assert browser.post(FORM, form.filled(text)).token == token
    assert cases_are_whole(built, readers=2) == 1
    sent_is_what_opens(built, {token: text})


def taps(server: Server, text: str, *, keeps_cookies: bool) -> list[Answer]:
    """Send one form from one browser eight times at the same moment."""
    browser, together = Browser(server.port), threading.Barrier(TAPS)
    fields = open_form(browser).filled(text)
    if not keeps_cookies:
        browser.cookies.clear()

    def tap(_number: int) -> Answer:
        line = browser.twin()
        together.wait()
        return line.post(FORM, fields)

    with ThreadPoolExecutor(TAPS) as fingers:
        return list(fingers.map(tap, range(TAPS)))


def token_of_all(answers: list[Answer]) -> str:
    """Return the one token that every answer shows."""
    assert [answer.status for answer in answers] == [200] * TAPS
    (token,) = {answer.token for answer in answers}
    assert token
    return token


def send_and_hang_up(server: Server, browser: Browser, fields: list[tuple[str, str]]) -> None:
    """Send a whole form and be gone before any answer."""
    body = urlencode(fields).encode()
    cookies = "; ".join(f"{name}={value}" for name, value in browser.cookies.items())
    head = (
        f"POST {FORM} HTTP/1.1\r\nHost: 127.0.0.1:{server.port}\r\nSec-Fetch-Site: same-origin\r\nCookie: {cookies}\r\n"
        f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    with socket.create_connection(("127.0.0.1", server.port)) as line:
        line.sendall(head.encode() + body)
