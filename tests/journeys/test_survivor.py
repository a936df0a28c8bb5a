"""A survivor at her phone, with scripts and without."""

import re

import pytest
from playwright.sync_api import expect

from reporting.store.cases import Case, Item
from reporting.store.database import reading
from reporting.store.grants import Grant
from reporting.store.shred import ShredKeyRow
from tests.browser import PHONE, OpenPage
from tests.journeys.people import (
    STORY,
    Site,
    come_back,
    go_through_door,
    open_first_case,
    press,
    prove_token,
    read_token,
    sign_in,
    skip_to,
    write_story,
)

pytestmark = pytest.mark.browser
SCRIPT = pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])


@SCRIPT
@pytest.mark.req("U2", "U3", "G3", "U10")
@pytest.mark.principle("respect")
def test_she_reports_excludes_a_reader_talks_and_follows(site: Site, open_page: OpenPage, script: bool) -> None:
    her = open_page(script=script, width=PHONE)
    go_through_door(her, site, "Formally: an investigation")
    write_story(her)
    skip_to(her, "Who will read this")
    her.get_by_role("group", name="Ben Okafor").get_by_label("This person must not read it").check()
    press(her, "Continue")
    press(her, "Continue")
    expect(her.get_by_role("main")).to_contain_text("He writes at night")
    expect(her.get_by_role("main")).to_contain_text("Amina Diallo")
    press(her, "Send it")
    token = read_token(her)
    her.go_back()
    her.goto(site.at("/write/kept"))
    assert read_token(her) == token, "the token page can be seen again until she has it"
    prove_token(her, token)
    expect(her.get_by_role("main")).to_contain_text("Nobody has opened it")

    amina = open_page()
    sign_in(amina, site, site.team.amina)
    open_first_case(amina, site)
    expect(amina.get_by_role("main")).to_contain_text("ليلة 🌒")
    amina.get_by_label("Write to the reporter").fill("Thank you for telling us.")
    press(amina, "Send")
    press(amina, "Acknowledge it")

    ben = open_page()
    sign_in(ben, site, site.team.ben)
    expect(ben.get_by_role("main")).to_contain_text("You hold no case now.")
    answer = ben.goto(amina.url.partition("?")[0])
    assert answer is not None
    assert answer.status == 404

    come_back(her, site, token)
    expect(her.get_by_role("main")).to_contain_text("Thank you for telling us.")
    expect(her.get_by_role("main")).to_contain_text("Amina Diallo")
    her.locator("textarea").last.fill("Thank you for reading.")
    press(her, "Save and show it to them")
    amina.reload()
    expect(amina.get_by_role("main")).to_contain_text("Thank you for reading.")


@SCRIPT
@pytest.mark.req("U4")
@pytest.mark.principle("informed_consent")
def test_she_saves_half_way_comes_back_and_sends(site: Site, open_page: OpenPage, script: bool) -> None:
    her = open_page(script=script, width=PHONE)
    go_through_door(her, site, "Informally: someone to talk to")
    her.get_by_role("textbox", name="What happened?").fill(STORY)
    press(her, "Save and come back later")
    token = read_token(her)
    press(her, "I have it")
    come_back(her, site, token)
    expect(her.get_by_role("main")).not_to_contain_text("Amina Diallo")
    press(her, "Open it to people I choose")
    her.get_by_label("Someone to talk to").check()
    press(her, "Continue")
    press(her, "Continue")  # the office
    press(her, "I have read this. Continue")
    assert her.get_by_role("textbox", name="What happened?").input_value() == STORY
    skip_to(her, "Check before you send")
    press(her, "Send it")
    expect(her.get_by_role("main")).to_contain_text("Where it is now")
    amina = open_page()
    sign_in(amina, site, site.team.amina)
    open_first_case(amina, site)
    expect(amina.get_by_role("main")).to_contain_text("He writes at night")


@SCRIPT
@pytest.mark.req("L4")
@pytest.mark.principle("safety")
def test_she_writes_for_herself_and_erases_it(site: Site, open_page: OpenPage, script: bool) -> None:
    her = open_page(script=script, width=PHONE)
    her.goto(site.at("/write/notes/all"))
    her.get_by_label("I have read this").check()
    her.get_by_role("textbox", name="What happened?").fill(STORY)
    press(her, "Save it for myself")
    token = read_token(her)
    prove_token(her, token)
    press(her, "Read it")
    expect(her.get_by_role("main")).to_contain_text("He writes at night")
    come_back(her, site, token)
    ref = her.url.rpartition("/")[2]
    her.goto(site.at(f"/page/{ref}/end"))
    for box in her.get_by_role("main").get_by_role("checkbox").all():
        box.check()
    press(her, "Erase it now")
    with reading(site.built.stores) as work:
        for table in (Case, Item, Grant):
            assert work.main.query(table).count() == 0
        assert work.shred.query(ShredKeyRow).count() == 0
    come_back(her, site, token)
    expect(her).to_have_url(site.at("/return?why=unknown"))


@SCRIPT
@pytest.mark.req("U7")
@pytest.mark.principle("confidentiality")
def test_she_closes_her_case_to_a_person_later(site: Site, open_page: OpenPage, script: bool) -> None:
    her = open_page(script=script, width=PHONE)
    go_through_door(her, site, "Informally: someone to talk to")
    write_story(her)
    skip_to(her, "Check before you send")
    press(her, "Send it")
    prove_token(her, read_token(her))
    amina = open_page()
    sign_in(amina, site, site.team.amina)
    open_first_case(amina, site)
    address = amina.url.partition("?")[0]
    ref = her.url.rpartition("/")[2]
    her.goto(site.at(f"/page/{ref}/people"))
    her.get_by_role("button", name=re.compile("Close it to this person.*Amina Diallo")).click()
    answer = amina.goto(address)
    assert answer is not None
    assert answer.status == 404
    amina.goto(site.at("/staff/inbox"))
    expect(amina.get_by_role("main")).to_contain_text("You hold no case now.")


@pytest.mark.principle("safety")
def test_leaving_fast_ends_everything_and_back_lands_on_a_neutral_page(site: Site, open_page: OpenPage) -> None:
    her = open_page(script=True, width=PHONE)
    go_through_door(her, site, "Informally: someone to talk to")
    her.get_by_role("textbox", name="What happened?").fill("not kept")
    with her.expect_response(lambda answer: answer.url.endswith("/exit")) as leaving:
        for _ in range(3):
            her.keyboard.press("Shift")
    assert leaving.value.headers["location"] == site.built.settings.exit_url
    her.wait_for_timeout(500)
    assert her.context.cookies() == []
    her.goto(site.at("/write/1"))
    expect(her.get_by_role("main")).not_to_contain_text("not kept")


@pytest.mark.principle("safety")
@SCRIPT
def test_the_way_out_stays_in_view_however_far_she_has_read(site: Site, open_page: OpenPage, script: bool) -> None:
    her = open_page(script=script, width=PHONE)
    go_through_door(her, site, "Informally: someone to talk to")
    for path in ("/write/1", "/write/files", "/help"):
        her.goto(site.at(path))
        her.get_by_role("link", name="What is kept", exact=True).scroll_into_view_if_needed()
        expect(her.get_by_role("heading", level=1)).not_to_be_in_viewport()
        expect(her.locator("a#leave")).to_be_in_viewport(ratio=1)
        her.locator("a#leave").click(trial=True)  # and nothing lies over it


@pytest.mark.principle("safety")
def test_leaving_works_without_a_script(site: Site, open_page: OpenPage) -> None:
    her = open_page(script=False, width=PHONE)
    go_through_door(her, site, "Informally: someone to talk to")
    with her.expect_response(lambda answer: answer.url.endswith("/exit")) as leaving:
        her.locator("header a#leave").click()
    assert leaving.value.headers["location"] == site.built.settings.exit_url
    her.wait_for_timeout(500)
    assert her.context.cookies() == []


@pytest.mark.req("U3")
def test_the_one_page_form_works_where_no_cookie_is_kept(site: Site, open_page: OpenPage) -> None:
    her = open_page(script=False, width=PHONE)
    her.context.route("**/*", lambda route: route.continue_(headers={**route.request.headers, "cookie": ""}))
    her.goto(site.at("/write/talk/all"))
    her.get_by_label("I have read this").check()
    her.get_by_role("textbox", name="What happened?").fill(STORY)
    her.context.clear_cookies()
    press(her, "Send it")
    assert len(read_token(her).split()) == 8


def test_a_report_in_arabic_runs_from_right_to_left(site: Site, open_page: OpenPage) -> None:
    her = open_page(script=False, width=PHONE, language="ar")
    her.goto(site.url + "/")
    assert her.locator("html").get_attribute("dir") == "rtl"
    her.goto(f"{site.url}/ar/write/notes/all")
    her.locator("#read").check()
    her.locator("textarea").first.fill("كتبت هذا لنفسي")
    her.get_by_role("main").locator("button[value=send]").click()
    digits = her.locator("p.token.digits")
    expect(digits).to_be_visible()
    assert digits.get_attribute("dir") == "ltr"
