"""A file leaves the house: asked for, agreed to by a second person, taken once, and she reads of it."""

import pytest
from playwright.sync_api import expect

from tests.browser import PHONE, OpenPage
from tests.builders import send_report
from tests.journeys.people import Site, come_back, go, open_first_case, press, prove, sign_in

pytestmark = pytest.mark.browser


@pytest.mark.req("L4", "ASVS-2.3.5", "ASVS-7.5.3")
@pytest.mark.principle("informed_consent")
def test_a_file_is_taken_with_two_people_and_proof_and_stands_in_her_ledger(site: Site, open_page: OpenPage) -> None:
    token, _, _ = send_report(site.built, site.team.office, "It happened on Tuesday.")
    amina, ben, her = open_page(script=False), open_page(script=False), open_page(script=False, width=PHONE)
    sign_in(amina, site, site.team.amina)
    open_first_case(amina, site)
    go(amina, "Take out a file")
    press(amina, "Show who you are first")
    site.built.clock.forward(minutes=1)
    prove(amina, site, site.team.amina)
    amina.get_by_label("For whom").fill("The labour court")
    amina.get_by_label("Why it has to leave").fill("It asked for it.")
    amina.get_by_role("checkbox").first.check()
    press(amina, "Ask a second person")
    expect(amina.get_by_role("main")).to_contain_text("Not agreed yet")

    sign_in(ben, site, site.team.ben)
    open_first_case(ben, site)
    ben.goto(site.at("/staff/approvals"))
    ben.get_by_role("button", name="I agree").first.click()

    amina.reload()
    press(amina, "Take it now")
    with amina.expect_download() as download:
        amina.get_by_role("link", name="The document alone, not encrypted").click()
    assert download.value.path().read_bytes().startswith(b"%PDF-")
    come_back(her, site, " ".join(token.words("en")))
    press(her, "Everything that was done, and by whom")
    expect(her.get_by_role("main")).to_contain_text("took a file of your case out of here")
