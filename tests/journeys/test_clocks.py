"""A day that passes, from the reporter's page to the next handler's desk and back."""

import pytest
from playwright.sync_api import expect

from reporting.services.casework import escalation
from tests.browser import OpenPage
from tests.builders import send_report
from tests.journeys.people import Site, come_back, open_first_case, press, sign_in, unfold

pytestmark = pytest.mark.browser
ASK = "Ask whether anybody punishes the reporter"


@pytest.mark.req("L1", "U9", "S26")
@pytest.mark.principle("support")
def test_a_day_that_passed_reaches_the_next_handler_and_the_check_in_reaches_her(
    site: Site, open_page: OpenPage
) -> None:
    token, _, _ = send_report(site.built, site.team.office)
    words = " ".join(token.words("en"))
    her, amina, ben = open_page(script=False, width=360), open_page(), open_page(script=False, width=360)
    sign_in(amina, site, site.team.amina)
    open_first_case(amina, site)
    press(amina, "Acknowledge it")
    come_back(her, site, words)
    expect(her.get_by_role("main")).to_contain_text("By April 1, 2026 the team asks you if anyone punishes you")
    her.get_by_role("button", name="Close my page on this device").click()

    site.built.clock.forward(days=33)
    assert escalation.watch(site.built.stores, site.built.house) == 2
    sign_in(ben, site, site.team.ben)
    ben.goto(site.at("/staff/inbox"))
    expect(ben.get_by_role("main")).to_contain_text("Passed on to you")
    open_first_case(ben, site)
    expect(ben.get_by_role("complementary")).to_contain_text("Told that it has passed: Ben Okafor")
    unfold(ben, ASK)
    press(ben, "Send the question")
    expect(ben.get_by_role("complementary")).not_to_contain_text("Overdue")

    come_back(her, site, words)
    expect(her.get_by_role("main")).to_contain_text("does anyone make things hard for you because of it?")
    press(her, "Everything that was done, and by whom")
    expect(her.get_by_role("main")).to_contain_text("was told that the day has passed by which")
    her.get_by_role("link", name="Your page").first.click()
    her.get_by_role("link", name="What you agreed to").click()
    press(her, "Do not ask me again")
    expect(her.get_by_role("main")).to_contain_text("The team does not ask.")
