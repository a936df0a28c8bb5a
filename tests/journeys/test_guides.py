"""Somebody reads, on an old phone without scripts, before she has decided anything."""

from typing import Any

import pytest
from flask import url_for
from playwright.sync_api import expect

from reporting.domain.help.groups import Group
from tests.browser import PHONE, OpenPage
from tests.journeys.people import Site, press

pytestmark = pytest.mark.browser


@pytest.mark.req("WCAG-1.4.10")
@pytest.mark.req("S8")
@pytest.mark.parametrize("language", ["en", "ar"])
def test_every_page_to_read_fits_a_small_phone_from_either_side(site: Site, open_page: OpenPage, language: str) -> None:
    her = open_page(script=False, width=PHONE, language=language)
    pages = _pages(site, language)
    assert len(pages) > 12
    for path in pages:
        her.goto(site.url + path)
        assert her.locator("h1").count() == 1
        width = her.locator("html").evaluate("root => root.scrollWidth")
        assert width <= PHONE, path
        assert her.context.cookies() == []


@pytest.mark.req("U13")
@pytest.mark.req("S22")
def test_she_goes_from_the_first_page_through_what_there_is_to_read_to_a_door(site: Site, open_page: OpenPage) -> None:
    her = open_page(script=False, width=PHONE)
    her.goto(site.at("/"))
    for words in ("Is this harassment?", "What you can do now", "If you are a man", "When someone tells you"):
        press(her, words)
    expect(her.get_by_role("heading", level=1)).to_have_text("When someone tells you")
    press(her, "Tell what you saw or heard")
    expect(her.get_by_role("main").get_by_role("button").first).to_be_visible()


def _pages(site: Site, language: str) -> list[str]:
    """Return the addresses of the pages of help."""
    arguments: list[dict[str, Any]] = [{}, *({"group": group} for group in Group)]
    with site.built.app.test_request_context():
        return [
            url_for(rule.endpoint, language=language, **given)
            for rule in site.built.app.url_map.iter_rules()
            for given in arguments
            if rule.endpoint.startswith("help.") and rule.arguments == {"language", *given}
        ]
