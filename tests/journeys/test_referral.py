"""A referral as three people live it: offered, agreed to thing by thing, opened once, and stopped; without a script."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser import PHONE, OpenPage
from tests.builders import cheap_passphrases, send_report
from tests.journeys.people import Site, come_back, go, open_first_case, press, sign_in, unfold

pytestmark = pytest.mark.browser


@pytest.mark.req("G1", "U14")
@pytest.mark.principle("informed_consent")
def test_a_service_opens_once_what_she_ticked_and_reads_no_further_when_she_stops_it(
    site: Site, open_page: OpenPage
) -> None:
    token, _, _ = send_report(site.built, site.team.office, "He keeps calling me at night.", named=("Viktor Example",))
    amina, her, service = (open_page(script=False, width=PHONE) for _ in range(3))
    sign_in(amina, site, site.team.amina)
    open_first_case(amina, site)
    go(amina, "Referrals")
    unfold(amina, "Offer a referral")
    amina.get_by_label("Legal advice").check()
    amina.get_by_label("Another service: its name").fill("Law office Ceban")
    amina.get_by_label("What this service would be told").fill("A question about her contract")
    for box in amina.get_by_role("checkbox").all():
        box.check()
    press(amina, "Put it on the reporter’s page")
    expect(amina.get_by_role("main")).to_contain_text("Tell the service nothing.")

    come_back(her, site, " ".join(token.words("en")))
    her.get_by_role("main").get_by_role("link", name="What is planned for you").first.click()
    press(her, "See and answer")
    expect(her.get_by_role("checkbox")).to_have_count(2)
    her.get_by_label("What you wrote").check()
    her.get_by_role("button", name=re.compile("^Yes, with what I ticked")).click()
    expect(her.get_by_role("main")).to_contain_text("You agreed that it may read:")

    go(amina, "Referrals")
    unfold(amina, "Make the link for the service")
    with cheap_passphrases():
        press(amina, "Make the link")
        expect(amina.get_by_role("main")).to_contain_text("Tell the passphrase by voice")
    address = re.search(r"/en/r/[0-9a-f]{32}", amina.content())
    assert address is not None
    words = amina.locator("p.token").inner_text()
    service.goto(site.url + address[0])
    service.get_by_label("The words").fill(words)
    press(service, "Open it, this one time")
    expect(service.get_by_role("main")).to_contain_text("He keeps calling me at night.")
    expect(service.get_by_role("main")).not_to_contain_text("Viktor Example")
    press(service, "We help")
    assert "/r" in service.url
    assert words.partition("-")[0] not in service.url

    her.reload()
    expect(her.get_by_role("main")).to_contain_text("The service helps")
    her.get_by_role("button", name=re.compile("^Stop it")).click()
    service.reload()
    expect(service.get_by_role("main")).to_contain_text("Nothing is open here")
