"""The server ends, asked or killed: whatever it had acknowledged is there, and nothing is half there."""

import random
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Final, TypeVar

import pytest

from tests.builders import Built
from tests.load.proof import cases_are_whole, sent_is_what_opens
from tests.load.sender import BROKEN, FORM, Browser, open_form, report
from tests.load.server import Server, serving

PEOPLE: Final = 8
REPORTS: Final = 200
KILLINGS: Final = 6
Result = TypeVar("Result")


@pytest.mark.load
@pytest.mark.slow
@pytest.mark.req("P8")
def test_a_server_that_is_asked_to_end_does_so_in_five_seconds_and_loses_nothing(built: Built, tmp_path: Path) -> None:
    sent: dict[str, str] = {}
    with serving(built.settings, tmp_path / "log") as server, ThreadPoolExecutor(PEOPLE) as people:
        going = [people.submit(send_until_the_line_breaks, server.port, number, sent) for number in range(PEOPLE)]
        wait_until(lambda: len(sent) >= PEOPLE)
        assert server.end() < 5
        for person in going:
            person.result()
        assert server.troubles() == []
    # A report may be there whose token was on its way when the line broke; none whose token was shown is missing.
    assert cases_are_whole(built, readers=2) >= len(sent)
    sent_is_what_opens(built, sent)


@pytest.mark.load
@pytest.mark.slow
@pytest.mark.req("P8", "U2")
@pytest.mark.principle("safety")
def test_reports_survive_a_server_that_is_killed_again_and_again(built: Built, tmp_path: Path) -> None:
    sent: dict[str, str] = {}
    done = threading.Event()
    with serving(built.settings, tmp_path / "log") as server, ThreadPoolExecutor(PEOPLE + 1) as people:
        killer = people.submit(kill_now_and_then, server, done)
        going = [people.submit(send_whatever_happens, server.port, number, sent) for number in range(PEOPLE)]
        try:
            for person in going:
                person.result()
        finally:
            done.set()
        assert killer.result() > KILLINGS / 2
    assert len(sent) == REPORTS
    assert cases_are_whole(built, readers=2) == REPORTS
    sent_is_what_opens(built, sent)


def send_until_the_line_breaks(port: int, number: int, sent: dict[str, str]) -> None:
    """Send reports and note each whose token was shown."""
    for index in range(REPORTS):
        text = f"Report {index} from {number}"
        try:
            sent[report(Browser(port, f"127.0.1.{number + 1}"), text)] = text
        except BROKEN:
            return


def send_whatever_happens(port: int, number: int, sent: dict[str, str]) -> None:
    """Send one person's part of the reports; where the line breaks, send the same form once more."""
    for index in range(number, REPORTS, PEOPLE):
        text, browser = f"Report {index}", Browser(port, f"127.0.1.{number + 1}")
        form = insist(open_form, browser)
        answer = insist(browser.post, FORM, form.filled(text))
        assert answer.status == 200, answer.page
        sent[answer.token] = text


def insist(act: Callable[..., Result], *arguments: object) -> Result:
    """Do it again until the line holds."""
    while True:
        try:
            return act(*arguments)
        except BROKEN:
            time.sleep(0.1)


def kill_now_and_then(server: Server, done: threading.Event) -> int:
    """Kill and start the server at random moments of the sending, and return how often."""
    moments = random.Random()  # noqa: S311 - a moment, not a secret
    for times in range(KILLINGS):
        if done.wait(moments.uniform(0.2, 1.5)):
            return times
        server.kill()
        server.start()
    return KILLINGS


def wait_until(is_so: Callable[[], bool]) -> None:
    """Wait until something is so, a minute at most."""
    deadline = time.monotonic() + 60
    while not is_so():
        assert time.monotonic() < deadline
        time.sleep(0.02)
