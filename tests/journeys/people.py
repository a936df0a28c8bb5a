"""What people do on pages, in their own words: steps that several journeys share."""

import re
from dataclasses import dataclass

from playwright.sync_api import Page, expect

from reporting.services.actors import StaffMember
from tests.authenticator import next_code
from tests.builders import PASSPHRASE, Built, Team, cheap_passphrases

STORY = "It began in March.\nHe writes at night; I do not answer. ليلة 🌒"


@dataclass(frozen=True)
class Site:
    """A served instance and the people who work there."""

    built: Built
    team: Team
    url: str

    def at(self, path: str) -> str:
        """Return an address of the English site."""
        return f"{self.url}/en{path}"


def press(page: Page, name: str) -> None:
    """Press a button, or follow a link, of exactly this name in the main part of the page."""
    main = page.get_by_role("main")
    main.get_by_role("button", name=name, exact=True).or_(main.get_by_role("link", name=name, exact=True)).first.click()


def go_through_door(page: Page, site: Site, door: str) -> None:
    """From the first page through a door, past how to leave, to the page before writing, and past it."""
    page.goto(site.url + "/")
    page.get_by_role("main").get_by_role("link", name=door).first.click()
    press(page, "Continue")  # how to leave fast
    press(page, "Continue")  # the office, which is the only one
    expect(page.get_by_role("heading", level=1)).to_have_text("Before you write")
    press(page, "I have read this. Continue")


def write_story(page: Page, text: str = STORY) -> None:
    """Write the free account and go on."""
    page.get_by_role("textbox", name="What happened?").fill(text)
    press(page, "Continue")


def skip_to(page: Page, heading: str) -> None:
    """Skip pages until the one of this heading."""
    for _ in range(10):
        if page.get_by_role("heading", level=1).inner_text() == heading:
            return
        press(page, "Continue")
    raise AssertionError(f"never came to {heading}")


def read_token(page: Page) -> str:
    """Read the eight words off the token page."""
    expect(page.locator("ol.token")).to_be_visible()
    words = [re.sub(r"\W", "", word) for word in page.locator("ol.token li").all_inner_texts()]
    assert len(words) == 8
    return " ".join(words)


def prove_token(page: Page, token: str) -> None:
    """Type the token back, so that her page opens."""
    page.get_by_label("Type it back, if you want to be sure").fill(token)
    press(page, "I have it")


def come_back(page: Page, site: Site, token: str) -> None:
    """Come back with a token."""
    page.goto(site.at("/return"))
    page.get_by_label("Your token").fill(token)
    press(page, "Open my page")


def sign_in(page: Page, site: Site, member: StaffMember) -> None:
    """Sign in as a member of staff."""
    page.goto(site.at("/staff/sign-in"))
    page.get_by_label("User name").fill(member.username)
    page.get_by_label("Passphrase").fill(PASSPHRASE)
    with cheap_passphrases():
        press(page, "Sign in")
    code = next_code(site.built, member)
    if code:
        page.get_by_label("Code").fill(code)
        press(page, "Go on")
    expect(page.get_by_role("button", name="Sign out")).to_be_visible()


def prove(page: Page, site: Site, member: StaffMember) -> None:
    """Show passphrase and second factor once more."""
    page.get_by_label("Your passphrase").fill(PASSPHRASE)
    page.get_by_label("Code").fill(next_code(site.built, member))
    with cheap_passphrases():
        press(page, "Go on")


def open_first_case(page: Page, site: Site) -> None:
    """Open the first case of the inbox, declaring no conflict where that has not been done."""
    page.goto(site.at("/staff/inbox"))
    page.get_by_role("main").locator("a[href*='/staff/cases/']").first.click()
    if page.url.endswith("/names"):
        press(page, "I have no conflict: open the case")


def go(page: Page, place: str) -> None:
    """Go to another page of the case, through the group in which it stands."""
    places = page.get_by_role("navigation", name="Pages of this case")
    link = places.get_by_role("link", name=place, exact=True)
    for group in places.locator("ul").first.get_by_role("link").all_inner_texts():
        if link.count():
            break
        places.locator("ul").first.get_by_role("link", name=group, exact=True).click()
    link.last.click()


def unfold(page: Page, summary: str) -> None:
    """Open a folded part of the page."""
    page.locator("summary").filter(has_text=summary).first.click()
