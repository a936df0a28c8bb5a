"""A case from receipt to its end, at two desks and on her page, without a script."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser import PHONE, OpenPage
from tests.builders import send_report
from tests.journeys.people import Site, come_back, go, open_first_case, press, sign_in, unfold

pytestmark = pytest.mark.browser


@pytest.mark.req("L2", "U1", "U4", "U10")
@pytest.mark.principle("informed_consent")
def test_something_is_settled_informally_with_her_yes_told_to_her_and_closed_by_two(
    site: Site, open_page: OpenPage
) -> None:
    token, _, _ = send_report(site.built, site.team.office)
    amina, ben, her = open_page(script=False, width=PHONE), open_page(), open_page(script=False, width=PHONE)
    words = " ".join(token.words("en"))
    sign_in(amina, site, site.team.amina)
    open_first_case(amina, site)
    press(amina, "Acknowledge it")

    go(amina, "Assessment")
    unfold(amina, "Classify it")
    amina.get_by_label("Sexual harassment", exact=True).check()
    amina.get_by_label("Unwanted sexual messages or calls").check()
    amina.get_by_label("Somebody who works here").check()
    press(amina, "See what the table recommends")
    expect(amina.get_by_role("main")).to_contain_text("Sexual harassment (SH)")

    go(amina, "Plan and tasks")
    unfold(amina, "Add a task")
    amina.get_by_label("What is to be done").fill("Ask how she wants it")
    amina.get_by_label("By", exact=True).fill("2026-03-06")
    press(amina, "Add the task")
    expect(amina.get_by_role("main")).to_contain_text("Ask how she wants it")

    go(amina, "Interviews")
    expect(amina.get_by_role("main")).to_contain_text("has not said yes to anything yet")
    go(amina, "Informal way")
    unfold(amina, "Offer something")
    amina.get_by_label("In words for the reporter").fill("I would speak with him, without your name.")
    press(amina, "Put it on the reporter’s page")

    come_back(her, site, words)
    expect(her.get_by_role("main")).to_contain_text("I would speak with him, without your name.")
    press(her, "Yes, do this")
    go(amina, "Informal way")
    expect(amina.get_by_role("main")).to_contain_text("The reporter said yes")

    go(amina, "Outcome")
    unfold(amina, "Record the outcome")
    amina.get_by_label("No finding: settled, or ended without one").check()
    amina.get_by_label("Why", exact=True).fill("Settled with a word.")
    press(amina, "Save")
    unfold(amina, "Tell the reporter")
    amina.get_by_label("In words for the reporter").fill("I have spoken with him. He writes no more.")
    press(amina, "Put it on the reporter’s page")
    go(amina, "The report")
    unfold(amina, "Conclude the work")
    press(amina, "Conclude the work")
    go(amina, "Outcome")
    press(amina, "Ask a second person to close it")
    expect(amina.get_by_role("main")).to_contain_text("A second person is asked now.")

    sign_in(ben, site, site.team.ben)
    open_first_case(ben, site)
    ben.goto(site.at("/staff/approvals"))
    ben.get_by_role("button", name=re.compile("^I agree")).click()
    expect(ben.get_by_role("main")).to_contain_text("You agreed.")
    go(amina, "Outcome")
    press(amina, "Close the case")

    come_back(her, site, words)
    expect(her.get_by_role("main")).to_contain_text("He writes no more.")
    expect(her.get_by_role("main")).to_contain_text("The team has closed your case.")
    press(her, "Open the case again")
    expect(her.get_by_role("main")).not_to_contain_text("He writes no more.")
