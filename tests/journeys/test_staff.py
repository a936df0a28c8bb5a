"""The people who work with cases, at their desks."""

import re

import pytest
from playwright.sync_api import Page, expect

from reporting.domain.people import Role
from reporting.domain.sealed.disclosure import Answer, AnswerState, Identity
from tests.authenticator import code_of
from tests.browser import OpenPage
from tests.builders import add_staff, cheap_passphrases, send_report
from tests.journeys.people import Site, come_back, go, open_first_case, press, prove, sign_in, unfold

pytestmark = pytest.mark.browser


@pytest.mark.req("L5", "S2", "U6")
@pytest.mark.principle("confidentiality")
def test_a_new_colleague_enrols_is_vouched_for_gets_a_case_and_leaves_it(site: Site, open_page: OpenPage) -> None:
    built, team = site.built, site.team
    chief = add_staff(built, team.desk, Role.ADMINISTRATOR, "Carla Novak")
    send_report(built, team.office)
    carla, nadia, amina = open_page(), open_page(), open_page()
    sign_in(carla, site, chief)
    code = _new_account(carla, site, "Nadia Haddad", "nadia.haddad", "Investigator", team.office.name)
    _enrol(nadia, site, "nadia.haddad", code)
    nadia.goto(site.at("/staff/inbox"))
    expect(nadia.get_by_role("main")).to_contain_text("Nobody has vouched for your key yet")
    words = nadia.locator(".fingerprint li").all_inner_texts()

    sign_in(amina, site, team.amina)
    amina.goto(site.at("/staff/colleagues"))
    card = amina.locator("li.card").filter(has_text="Nadia Haddad")
    card.locator("summary").filter(has_text="Vouch for this key").click()
    press(amina, "Show who you are first")
    prove(amina, site, team.amina)
    card.locator("summary").filter(has_text="Vouch for this key").click()
    card.get_by_role("textbox").fill(" ".join(words))
    card.get_by_role("button", name="I heard these words from this person").click()
    open_first_case(amina, site)
    unfold(amina, "Bring in a colleague")
    amina.get_by_label("Nadia Haddad").check()
    press(amina, "Give the key")

    nadia.goto(site.at("/staff/inbox"))
    expect(nadia.get_by_role("heading", level=1)).to_have_text("Code of conduct")
    nadia.get_by_label("I have read this and keep to it.").check()
    press(nadia, "Accept")
    open_first_case(nadia, site)
    expect(nadia.get_by_role("main")).to_contain_text("He keeps sending me messages at night.")
    unfold(nadia, "Leave this case")
    press(nadia, "Leave this case")
    expect(nadia.get_by_role("main")).to_contain_text("You hold no case now.")


@pytest.mark.req("U3")
@pytest.mark.principle("informed_consent")
def test_a_name_opens_only_after_she_says_yes(site: Site, open_page: OpenPage) -> None:
    told = Identity((Answer("about.name", "What is your name?", AnswerState.ANSWERED, "Ileana Example"),))
    token, _, _ = send_report(site.built, site.team.office, identity=told)
    her, amina = open_page(script=False), open_page()
    sign_in(amina, site, site.team.amina)
    open_first_case(amina, site)
    go(amina, "Who the reporter is")
    expect(amina.get_by_role("main")).to_contain_text("This part is locked.")
    press(amina, "Ask the reporter")
    come_back(her, site, " ".join(token.words("en")))
    her.get_by_role("main").get_by_role("button", name="Yes").first.click()
    amina.reload()
    press(amina, "Open it")
    prove(amina, site, site.team.amina)
    expect(amina.get_by_role("main")).to_contain_text("Ileana Example")
    come_back(her, site, " ".join(token.words("en")))
    her.get_by_role("link", name="Everything that was done, and by whom").click()
    expect(her.get_by_role("main")).to_contain_text(re.compile("Amina Diallo.? opened what you wrote about yourself"))


def _new_account(page: Page, site: Site, name: str, username: str, role: str, office: str) -> str:
    page.goto(site.at("/staff/accounts/new"))
    page.get_by_label("Name that survivors and colleagues see").fill(name)
    page.get_by_label("User name").fill(username)
    page.get_by_label("Role").select_option(label=role)
    page.get_by_label("Office").select_option(label=office)
    press(page, "Create it")
    code = page.locator("p.token").inner_text()
    assert code not in page.url
    press(page, "I have handed it over")
    return code


def _enrol(page: Page, site: Site, username: str, code: str) -> None:
    page.goto(site.at("/staff/enrol"))
    page.get_by_label("User name").fill(username)
    page.get_by_label("One-time code").fill(code)
    for field in page.locator("input[type=password]").all():
        field.fill("seven quiet herons over Tulcea")
    with cheap_passphrases():
        press(page, "Set it and sign in")
    expect(page.get_by_role("heading", level=1)).to_have_text("Set up a second factor")
    secret = page.locator("p.token").inner_text().replace(" ", "")
    page.get_by_label("Code").fill(code_of(site.built, secret))
    press(page, "Set it up")
    expect(page.locator("ul.codes li")).to_have_count(10)
    press(page, "I have them")
    expect(page.get_by_role("button", name="Sign out")).to_be_visible()
