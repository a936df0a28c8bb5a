"""Somebody beside her, and words for a hard moment; without a script, on a phone."""

import pytest
from playwright.sync_api import expect

from tests.browser import PHONE, OpenPage
from tests.builders import send_report
from tests.journeys.people import Site, come_back, go, open_first_case, press, read_token, sign_in, unfold

pytestmark = pytest.mark.browser


@pytest.mark.req("L3")
@pytest.mark.principle("support")
def test_a_representative_reads_and_writes_until_she_ends_it(site: Site, open_page: OpenPage) -> None:
    token, _, _ = send_report(site.built, site.team.office, "He writes at night.")
    her, rosa = open_page(script=False, width=PHONE), open_page(script=False, width=PHONE)
    come_back(her, site, " ".join(token.words("en")))
    her.get_by_role("link", name="Somebody beside you").click()
    her.get_by_label("Name, as the team will read it").fill("Rosa, union")
    her.get_by_label("Three months").check()
    her.get_by_label("This person may read all of it.").check()
    press(her, "Make a token for this person")
    expect(her.get_by_role("heading", level=1)).to_have_text("The token for the person you invite")
    words = read_token(her)
    press(her, "I have it")

    come_back(rosa, site, words)
    expect(rosa.get_by_role("main")).to_contain_text("You write here as Rosa, union")
    expect(rosa.get_by_role("main")).to_contain_text("He writes at night.")
    rosa.get_by_label("Write something").fill("I am with her in this.")
    press(rosa, "Send")
    rosa.goto(site.at("/page"))
    expect(rosa.get_by_role("heading", level=1)).to_have_text("Come back with your token")

    come_back(her, site, " ".join(token.words("en")))
    expect(her.get_by_role("main")).to_contain_text("I am with her in this.")
    her.get_by_role("link", name="Somebody beside you").click()
    her.get_by_role("button", name="End it now").click()
    rosa.goto(site.at("/beside"))
    expect(rosa.get_by_role("heading", level=1)).to_have_text("Come back with your token")


@pytest.mark.principle("respect")
def test_a_message_is_begun_from_words_for_a_hard_moment_and_sent_when_it_is_whole(
    site: Site, open_page: OpenPage
) -> None:
    token, _, _ = send_report(site.built, site.team.office)
    amina, her = open_page(script=False), open_page(script=False, width=PHONE)
    sign_in(amina, site, site.team.amina)
    open_first_case(amina, site)
    unfold(amina, "Begin from words for a hard moment")
    amina.get_by_role("link", name="It takes longer").click()
    press(amina, "Send")
    expect(amina.get_by_role("status")).to_contain_text("still to be filled in")
    amina.get_by_label("Write to the reporter").fill("It takes longer, and I am sorry.")
    press(amina, "Keep as a draft")
    go(amina, "Outcome")
    go(amina, "The report")
    expect(amina.get_by_label("Write to the reporter")).to_have_value("It takes longer, and I am sorry.")
    press(amina, "Send")
    come_back(her, site, " ".join(token.words("en")))
    expect(her.get_by_role("main")).to_contain_text("It takes longer, and I am sorry.")


def test_a_word_is_found_in_the_cases_that_one_holds_and_she_reads_it(site: Site, open_page: OpenPage) -> None:
    token, _, _ = send_report(site.built, site.team.office, "He waited at the Wintergreen café.")
    amina, her = open_page(script=False, width=PHONE), open_page(script=False, width=PHONE)
    sign_in(amina, site, site.team.amina)
    open_first_case(amina, site)
    amina.goto(site.at("/staff/search"))
    amina.get_by_label("Words").fill("wintergreen CAFE")
    amina.get_by_role("search").get_by_role("button", name="Search").click()
    assert amina.url == site.at("/staff/search")
    expect(amina.locator("mark")).to_have_text("Wintergreen")
    expect(amina.get_by_role("main")).to_contain_text("Opened and looked through 1 case")
    come_back(her, site, " ".join(token.words("en")))
    press(her, "Everything that was done, and by whom")
    expect(her.get_by_role("main")).to_contain_text("found your case when looking for a word")
