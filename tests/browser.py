"""A real Chromium, the one of the system, for journeys that a person would make.

Nothing but this machine answers in it: an address elsewhere gets an empty page, and a page of ours that loads anything
from elsewhere fails the test, as do errors in scripts and breaches of the content security policy.
"""

import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final, Protocol
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Playwright, Route, sync_playwright

from tests.machine import CHECKOUT, program

SCREENSHOTS: Final = CHECKOUT / "screenshots"
PHONE: Final = 320
DESK: Final = 1280
FLAGS: Final = (
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-dev-shm-usage",
    "--disable-gpu",
    "--no-first-run",
    "--no-proxy-server",
)
_HERE: Final = frozenset({"127.0.0.1", "localhost", "::1"})


class OpenPage(Protocol):
    """What the fixture `open_page` gives: a new page in a new, empty profile."""

    def __call__(self, *, script: bool = True, width: int = DESK, language: str = "en") -> Page:
        """Open a page `width` pixels wide, with or without JavaScript, asking for this language."""
        ...


def launch_options() -> dict[str, Any]:
    """Return what Playwright needs to start the system's Chromium; its sandbox cannot run as root."""
    sandbox = ("--no-sandbox",) if os.geteuid() == 0 else ()
    path = program("chromium", "chromium-browser", "google-chrome", package="chromium")
    return {"executable_path": path, "args": [*FLAGS, *sandbox], "headless": True}


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    """What drives browsers in this test process; there can be no second one beside it."""
    with sync_playwright() as driver:
        yield driver


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    """The Chromium of this test process; ask for `open_page` unless a test needs contexts of its own."""
    chromium = playwright.chromium.launch(**launch_options())
    yield chromium
    chromium.close()


@pytest.fixture
def open_page(browser: Browser) -> Iterator[OpenPage]:
    """Open any number of pages, each for a person of her own; what went wrong in them fails the test at its end."""
    contexts: list[BrowserContext] = []
    faults: list[str] = []

    def open_one(*, script: bool = True, width: int = DESK, language: str = "en") -> Page:
        context = browser.new_context(
            java_script_enabled=script, viewport={"width": width, "height": 800}, locale=language
        )
        contexts.append(context)
        watch(context, faults)
        return context.new_page()

    yield open_one
    for context in contexts:
        context.close()
    assert not faults, "\n".join(faults)


def watch(context: BrowserContext, faults: list[str]) -> None:
    """Keep a context on this machine and note what must not happen in it."""

    def outside(route: Route) -> None:
        request = route.request
        if not request.is_navigation_request():
            faults.append(f"{request.frame.url} loads {request.url}")
        route.fulfill(status=200, content_type="text/html", body="<title>Elsewhere</title>")

    def said(message: ConsoleMessage) -> None:
        if "Content Security Policy" in message.text:
            faults.append(message.text)

    context.route(
        lambda url: urlsplit(url).scheme in {"http", "https"} and urlsplit(url).hostname not in _HERE, outside
    )
    context.on("console", said)
    context.on("weberror", lambda error: faults.append(str(error.error)))


@pytest.fixture
def screenshot() -> Callable[[Page, str], Path]:
    """Keep a picture of the whole page in a folder that git ignores, for people to look at."""

    def take(page: Page, name: str) -> Path:
        path = SCREENSHOTS / f"{re.sub(r'[^a-z0-9-]+', '-', name.lower())}.png"
        path.parent.mkdir(exist_ok=True)
        page.screenshot(path=path, full_page=True)
        return path

    return take
