"""Writing at night on a phone whose line breaks, and what a tab that was only closed still shows."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser import PHONE, OpenPage
from tests.journeys.people import STORY, Site, go_through_door, press

pytestmark = pytest.mark.browser

WORDS = "What happened?"


def written_without_a_line(page: Page, site: Site) -> None:
    """Write the account, and lose the line before the button is pressed."""
    go_through_door(page, site, "Write it down for myself")
    page.get_by_role("textbox", name=WORDS).fill(STORY)
    page.context.set_offline(True)


@pytest.mark.principle("safety")
def test_without_a_line_the_form_stays_and_says_so(site: Site, open_page: OpenPage) -> None:
    page = open_page(width=PHONE)
    written_without_a_line(page, site)
    press(page, "Continue")
    expect(page.get_by_role("alert")).to_be_focused()
    expect(page.get_by_role("alert")).to_contain_text("What you wrote is still here.")
    assert page.get_by_role("textbox", name=WORDS).input_value() == STORY
    page.context.set_offline(False)
    expect(page.get_by_role("alert")).to_be_hidden()
    press(page, "Continue")
    expect(page.get_by_role("heading", level=1)).to_have_text("Is there more you want to say?")


@pytest.mark.principle("safety")
def test_the_second_press_goes_through_as_the_site_may_stand_on_this_machine(site: Site, open_page: OpenPage) -> None:
    page = open_page(width=PHONE)
    go_through_door(page, site, "Write it down for myself")
    page.evaluate("Object.defineProperty(navigator, 'onLine', {get: () => false})")
    press(page, "Continue")
    expect(page.get_by_role("alert")).to_be_visible()
    press(page, "Continue")
    expect(page.get_by_role("heading", level=1)).to_have_text("Is there more you want to say?")


@pytest.mark.principle("safety")
def test_without_scripts_loading_the_page_again_sends_what_was_written(site: Site, open_page: OpenPage) -> None:
    page = open_page(script=False, width=PHONE)
    go_through_door(page, site, "Write it down for myself")
    expect(page.get_by_role("main")).to_contain_text("If the line breaks, load the page again instead of going back")
    page.get_by_role("textbox", name=WORDS).fill(STORY)
    page.context.set_offline(True)
    press(page, "Continue")
    page.wait_for_url("chrome-error://**")
    page.context.set_offline(False)
    page.reload()
    expect(page.get_by_role("heading", level=1)).to_have_text("Is there more you want to say?")
    page.goto(site.at("/write/1"))
    assert page.get_by_role("textbox", name=WORDS).input_value() == STORY


@pytest.mark.principle("safety")
@pytest.mark.parametrize("script", [True, False])
def test_going_back_shows_nothing_that_was_ticked_and_not_sent(site: Site, open_page: OpenPage, script: bool) -> None:
    page = open_page(script=script, width=PHONE)
    page.goto(site.at("/write/notes"))
    page.get_by_label("Yes, I am under 18").check()
    page.goto(site.at("/safety"))
    page.go_back()
    expect(page).to_have_url(site.at("/write/notes"))
    expect(page.get_by_label("Yes, I am under 18")).not_to_be_checked()
