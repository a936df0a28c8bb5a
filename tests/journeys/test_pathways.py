"""Finding help at a small phone without scripts, in both directions, as somebody would who is afraid."""

from itertools import product

import pytest
from playwright.sync_api import Page, expect

from reporting.services.help.directory import load_shipped
from reporting.store.database import writing
from reporting.store.settings import DEMO_MARK, put_setting
from tests.browser import PHONE, OpenPage
from tests.journeys.people import Site, press

pytestmark = pytest.mark.browser

FINGER = 44
"""How many pixels a finger needs (WCAG 2.2, 2.5.5)."""


@pytest.fixture
def known(site: Site) -> Site:
    """A site whose directory has services of Moldova."""
    with writing(site.built.stores) as work:
        for name in ("international", "moldova"):
            load_shipped(work, site.built.house, name)
        put_setting(work.main, DEMO_MARK, b"\x01")
    return site


def fits(page: Page) -> bool:
    """Return whether nothing on the page is wider than the screen."""
    return bool(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))


@pytest.mark.req("P9", "P11", "G5")
@pytest.mark.principle("support")
def test_a_few_ticks_lead_to_who_can_help_and_to_a_card(known: Site, open_page: OpenPage) -> None:
    page = open_page(script=False, width=PHONE)
    page.goto(known.at("/help"))
    page.get_by_label("I was touched, or made to do something sexual").check()
    page.get_by_label("Where are you?").select_option("MD")
    page.get_by_label("Less than 3 days ago").check()
    page.get_by_label("18 or older").check()
    press(page, "Show me what there is")
    main = page.get_by_role("main")
    expect(main).to_contain_text("Medicine that can prevent HIV: within 72 hours")
    expect(main.get_by_role("link", name="078 517 327")).to_have_attribute("href", "tel:078517327")
    expect(main.get_by_role("link", name="Call 112").or_(main.get_by_role("link", name="112")).first).to_be_visible()
    page.get_by_label("Put this on my card: La Strada trust line for women").check()
    press(page, "A small card to print")
    expect(page).to_have_title("Notes")
    page.emulate_media(media="print")
    expect(page.get_by_text("0 8008 8008")).to_be_visible()
    for words in ("A small card", "Leave this page", "Get help"):
        expect(page.get_by_text(words).first).to_be_hidden()
    assert not page.context.cookies()


@pytest.mark.req("P11")
def test_the_pages_fit_a_small_phone_in_both_directions(known: Site, open_page: OpenPage) -> None:
    for language, width in product(("en", "ar"), (PHONE, 360)):
        page = open_page(width=width, language=language)
        page.goto(known.at("/help").replace("/en/", f"/{language}/"))
        page.locator("summary").evaluate_all("all => all.forEach(one => one.click())")
        for box in page.get_by_role("main").get_by_role("checkbox").all():
            box.check()
        page.locator("#country").select_option("MD")
        assert fits(page), (language, width)
        page.locator("form .button").click()
        expect(page.locator("#s-x, .card").first).to_be_visible()
        page.locator("summary").evaluate_all("all => all.forEach(one => one.click())")
        assert fits(page), (language, width)


@pytest.mark.req("P11")
def test_what_is_tapped_is_as_high_as_a_finger(known: Site, open_page: OpenPage) -> None:
    page = open_page(script=False, width=360)
    page.goto(known.at("/help"))
    for tapped in (page.locator("summary"), page.locator(".option label:visible"), page.get_by_role("button")):
        for one in tapped.all():
            assert one.evaluate("it => it.getBoundingClientRect().height") >= FINGER, one.inner_text()
