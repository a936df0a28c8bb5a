"""How she is kept safe, at a desk and on her page: the day that she knows, a measure, and help; without a script."""

import re

import pytest
from playwright.sync_api import expect

from reporting.domain.questions import Door
from tests.browser import PHONE, OpenPage
from tests.builders import send_report
from tests.journeys.people import Site, come_back, go, open_first_case, press, sign_in, unfold

pytestmark = pytest.mark.browser


@pytest.mark.req("U8", "U14")
@pytest.mark.principle("safety")
def test_nobody_is_told_before_she_knows_the_day_and_said_yes(site: Site, open_page: OpenPage) -> None:
    token, _, _ = send_report(site.built, site.team.office, named=("Viktor Example",), door=Door.FORMAL)
    words = " ".join(token.words("en"))
    amina, her = open_page(script=False, width=PHONE), open_page(script=False, width=PHONE)
    sign_in(amina, site, site.team.amina)
    open_first_case(amina, site)

    go(amina, "The named person")
    unfold(amina, "Plan that a person is told")
    amina.get_by_label("On which day").fill("2026-03-04")
    amina.get_by_label("Who tells them").fill("The head of conduct")
    amina.get_by_label("What they are told").fill("That remarks were reported.")
    press(amina, "Put it on the reporter’s page")
    expect(amina.get_by_role("alert")).to_contain_text("Please fill this in.")
    amina.get_by_label("What could show who the reporter is").fill("Only two people were there.")
    press(amina, "Put it on the reporter’s page")
    expect(amina.get_by_role("main")).to_contain_text("The safety plan has not been looked at since this was planned.")

    go(amina, "Assistance")
    unfold(amina, "Write the plan")
    amina.get_by_label("The plan").fill("A friend walks with you.")
    amina.get_by_label("Looked at again on").fill("2026-03-20")
    press(amina, "Put it on the reporter’s page")

    come_back(her, site, words)
    expect(her.get_by_role("main")).to_contain_text("On this day somebody learns of it")
    press(her, "Read it and answer")
    for seen in ("Only two people were there.", "A friend walks with you.", "The head of conduct"):
        expect(her.get_by_role("main")).to_contain_text(seen)
    her.get_by_role("button", name="Yes, on this day").click()
    expect(her.get_by_role("main")).to_contain_text("You said yes")

    go(amina, "The named person")
    expect(amina.get_by_role("button", name="They were told today")).to_have_count(0)
    site.built.clock.forward(days=2)
    sign_in(amina, site, site.team.amina)
    open_first_case(amina, site)
    go(amina, "The named person")
    press(amina, "They were told today")
    come_back(her, site, words)
    her.get_by_role("main").get_by_role("link", name="What is planned for you").first.click()
    expect(her.get_by_role("main")).to_contain_text("They have been told.")


@pytest.mark.req("U8", "U14")
@pytest.mark.principle("informed_consent")
def test_what_moves_her_waits_for_her_yes(site: Site, open_page: OpenPage) -> None:
    token, _, _ = send_report(site.built, site.team.office)
    amina, her = open_page(), open_page(script=False, width=PHONE)
    sign_in(amina, site, site.team.amina)
    open_first_case(amina, site)
    go(amina, "Measures")
    amina.get_by_label("Working from home or from elsewhere").check()
    amina.get_by_label("The reporter", exact=True).check()
    amina.get_by_label("In plain words").fill("You work from home on Mondays.")
    amina.get_by_label("From", exact=True).fill("2026-03-02")
    amina.get_by_label("Looked at again on").fill("2026-04-02")
    press(amina, "Put it on the reporter’s page")
    expect(amina.get_by_role("main")).to_contain_text("It cannot begin before the reporter says yes to it.")
    come_back(her, site, " ".join(token.words("en")))
    her.get_by_role("main").get_by_role("link", name="What is planned for you").first.click()
    her.get_by_role("button", name=re.compile("^Yes.*Working from home")).click()
    expect(her.get_by_role("main")).to_contain_text("You said yes")

    go(amina, "Measures")
    press(amina, "Begin it today")
    expect(amina.get_by_role("main")).to_contain_text("Runs")
