"""A full disk: what cannot be kept is refused with the text still in the form, and goes through once there is room."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import pytest

from tests.load.conftest import with_team
from tests.load.proof import cases_are_whole, sent_is_what_opens
from tests.load.sender import FORM, Browser, open_form
from tests.load.server import Server, serving

# Nothing is left, then a little more each time, so that now the draft does not fit, now the case, now only the mark.
LEFT: Final = (0, 0, 16, 32, 48, 64, 80, 96, 128, 160, 192, 256, 384)
KIB: Final = 1024


@pytest.mark.load
@pytest.mark.slow
@pytest.mark.req("P8")
@pytest.mark.principle("safety")
def test_what_a_full_disk_refuses_is_still_in_the_form_and_goes_through_later(small_disk: Path, tmp_path: Path) -> None:
    sent: dict[str, str] = {}
    with with_team(small_disk) as built:
        with serving(built.settings, tmp_path / "log") as server:
            times = [send_with(server, small_disk, left, sent) for left in LEFT]
        assert 1 in times
        assert times.count(2) > 1
        assert cases_are_whole(built, readers=2) == len(LEFT)
        sent_is_what_opens(built, sent)


def send_with(server: Server, disk: Path, left: int, sent: dict[str, str]) -> int:
    """Send a report while so many KiB are left; where it is refused, again with room. Return how often it went out."""
    browser, text = Browser(server.port), f"Sent although only {left} KiB were left, number {len(sent)}"
    fields = open_form(browser).filled(text)
    with filled(disk, left * KIB):
        answer = browser.post(FORM, fields)
        assert Browser(server.port).get("/en/help").status == 200
    if answer.status == 200:
        sent[answer.token] = text
        return 1
    assert answer.status == 503
    assert [value for _, value in fields if value not in answer.page] == []
    sent[browser.post(FORM, fields).token] = text
    return 2


@contextmanager
def filled(disk: Path, left: int) -> Iterator[None]:
    """Fill a disk but for so many bytes, and make room again."""
    filler = disk / "filler"
    with filler.open("wb") as file:
        os.posix_fallocate(file.fileno(), 0, max(1, shutil.disk_usage(disk).free - left))
    try:
        yield
    finally:
        filler.unlink()
