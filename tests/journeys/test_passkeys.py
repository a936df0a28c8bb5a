"""A passkey in a real browser, with an authenticator that Chromium plays (WebAuthn over CDP)."""

import pytest
from playwright.sync_api import Page, expect

from tests.authenticator import next_code
from tests.browser import OpenPage
from tests.builders import PASSPHRASE, cheap_passphrases
from tests.journeys.people import Site, press, prove, sign_in

pytestmark = pytest.mark.browser


@pytest.mark.req("L5", "ASVS-6.3.3")
def test_a_passkey_signs_in_and_proves_who_it_is(site: Site, open_page: OpenPage) -> None:
    named = Site(site.built, site.team, site.url.replace("127.0.0.1", "localhost"))
    amina = open_page()
    with_authenticator(amina)
    sign_in(amina, named, site.team.amina)
    amina.goto(named.at("/staff/account/factors"))
    press(amina, "Change something here")
    prove(amina, named, site.team.amina)
    press(amina, "Set up another one")
    press(amina, "Make a passkey")
    expect(amina.get_by_role("main")).to_contain_text("Your second factor is set up.")

    amina.get_by_role("button", name="Sign out").click()
    amina.get_by_label("User name").fill(site.team.amina.username)
    amina.get_by_label("Passphrase").fill(PASSPHRASE)
    with cheap_passphrases():
        press(amina, "Sign in")
    press(amina, "Use a passkey")
    expect(amina.get_by_role("heading", level=1)).to_have_text("Cases you hold")

    amina.goto(named.at("/staff/prove?for=passphrase"))
    amina.get_by_label("Your passphrase").fill(PASSPHRASE)
    with cheap_passphrases():
        press(amina, "Use a passkey in place of the code")
        expect(amina.get_by_label("New passphrase, once more")).to_be_visible()


def test_without_a_script_a_code_does_the_same_and_no_dead_button_stands_there(site: Site, open_page: OpenPage) -> None:
    amina = open_page(script=False)
    named = Site(site.built, site.team, site.url.replace("127.0.0.1", "localhost"))
    sign_in(amina, named, site.team.amina)
    amina.goto(named.at("/staff/prove?for=factors"))
    prove(amina, named, site.team.amina)
    press(amina, "Set up another one")
    expect(amina.get_by_role("heading", level=1)).to_have_text("Set up a second factor")
    expect(amina.get_by_role("button", name="Make a passkey")).to_have_count(0)
    expect(amina.get_by_role("main")).to_contain_text("It needs JavaScript; an app does the same without.")
    assert next_code(site.built, site.team.amina)


def with_authenticator(page: Page) -> None:
    """Give this browser an authenticator that always says yes."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    session.send("WebAuthn.addVirtualAuthenticator", {"options": options})
