"""A real browser and the real server: when she has left, neither keeps a word of hers or her token."""

import os
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Final

import pytest
from playwright.sync_api import Page, Playwright

from tests.browser import launch_options
from tests.load.server import serving
from tests.sweeps.haystack import forms_of, found_in, found_in_files, of_process, packed, processes_below
from tests.sweeps.world import World

STORY: Final = "Zwiebelturm im Nebel"
PERSON: Final = "Quastenflosser"
MESSAGE: Final = "Kornblumenweg sieben"
WORDS: Final = (STORY, PERSON, MESSAGE, "Zwiebelturm", "Kornblumenweg")
ANSWERED: Final = "textarea, input[type=text], input:not([type])"


def write_report(page: Page, home: str) -> str:
    """Report through every step, with a word of hers in every box, and return the token."""
    page.goto(f"{home}/en/write/talk?at=geneva")
    if page.locator("input[name=office]").count():
        page.locator("input[name=office]").first.check()
    page.locator("main form button").first.click()
    page.locator("main form button").first.click()
    while "/write/check" not in page.url:
        assert "/write/" in page.url, page.url
        for box in page.locator("main").locator(ANSWERED).all():
            box.fill(PERSON if "person-" in (box.get_attribute("name") or "") else STORY)
        page.get_by_role("button", name="Continue", exact=True).last.click()
    page.get_by_role("button", name="Send it", exact=True).click()
    page.wait_for_url("**/write/kept")
    return " ".join(page.locator("ol.token li").all_inner_texts())


def follow(page: Page, home: str, token: str) -> None:
    """Come back with the token, read, and write a message."""
    page.locator("#typed").fill(token)
    page.locator("main form button").first.click()
    page.wait_for_url("**/page/*")
    box = page.locator("textarea[name=text]").first
    box.fill(MESSAGE)
    box.locator("xpath=ancestor::form").locator("button").first.click()
    page.wait_for_url("**done=sent**")
    assert MESSAGE in page.inner_text("main")
    page.goto(f"{home}/en/page")


def token_forms(token: str) -> list[str]:
    """Return a token as it would be found: whole, and in runs of words that nobody else writes side by side."""
    words = token.split()
    return [token, *(" ".join(words[at : at + 3]) for at in range(len(words) - 2)), "".join(words), "-".join(words)]


@pytest.mark.slow
@pytest.mark.browser
@pytest.mark.principle("confidentiality")
@pytest.mark.req("L5")
@pytest.mark.parametrize(
    ("script", "leaves"),
    [(True, True), (False, True), (True, False)],
    ids=["with script", "without script", "closing the browser without leaving"],
)
def test_browser_and_server_keep_no_word_of_hers(
    fresh: Callable[[], World], playwright: Playwright, tmp_path: Path, *, script: bool, leaves: bool
) -> None:
    world, profile, log = fresh(), tmp_path / "profile", tmp_path / "log"
    world.built.stores.dispose()
    temporary = set(os.listdir(tempfile.gettempdir()))
    with serving(world.built.settings, log, workers=1) as server:
        home = f"http://127.0.0.1:{server.port}"
        context = playwright.chromium.launch_persistent_context(profile, **launch_options(), java_script_enabled=script)
        page = context.new_page()
        token = write_report(page, home)
        follow(page, home, token)
        kept = "".join(f"{cookie['name']}={cookie['value']}" for cookie in context.cookies())
        running = b"".join(of_process(pid) for pid in processes_below(server.master))
        if leaves:
            page.locator("a.leave").click()
        context.close()
        words = [*WORDS, *token_forms(token)]
        assert not found_in(kept.encode(), words)
        assert not found_in(running, words)
        assert not found_in_files([world.built.settings.data], words)
    assert not found_in(log.read_bytes(), words)
    assert not found_in_files([world.built.settings.data], words)
    assert found_in_files([profile], ["/write/kept"]), "the profile is where her browser kept what it keeps"
    assert not found_in_files([profile], words)
    fresh_ones = [Path(tempfile.gettempdir()) / name for name in set(os.listdir(tempfile.gettempdir())) - temporary]
    assert not found_in_files([path for path in fresh_ones if "pytest" not in path.name], words)


def test_the_search_finds_a_word_however_it_is_written() -> None:
    for form in forms_of(STORY):
        assert found_in(b"x" + form + b"x", [STORY]) == {STORY}
    assert found_in(packed(STORY), [STORY]) == {STORY}
    assert not found_in(b"something else", [STORY])
