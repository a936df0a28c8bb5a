"""Rules and duty, at their browsers: what an organisation loads is what she reads and what staff compare."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from reporting.services.organisation import duty, packs
from tests.browser import OpenPage
from tests.builders import in_unit, send_report
from tests.domain.organisation.test_pack import changed
from tests.journeys.people import Site, come_back, open_first_case, press, sign_in

pytestmark = pytest.mark.browser

OWN = changed("feedback_months = 3", "feedback_months = 2").replace(b"One incident is enough", b"Once is one too many")


@pytest.mark.req("S1", "L1")
@pytest.mark.principle("informed_consent")
def test_new_rules_are_read_before_writing_and_an_older_case_keeps_its_own(site: Site, open_page: OpenPage) -> None:
    built, team = site.built, site.team
    token, _, _ = send_report(built, team.office)
    in_unit(built, packs.load, team.office.id, OWN)
    new, her, amina = open_page(script=False), open_page(script=False), open_page()
    new.goto(site.at("/"))
    new.get_by_role("main").get_by_role("link", name="Formally: an investigation").click()
    press(new, "Continue")
    press(new, "Continue")
    expect(new.get_by_role("main")).to_contain_text("At most 2 months after that you hear there what was done.")
    press(new, "What the rules of Geneva say")
    expect(new.get_by_role("main")).to_contain_text("Once is one too many")

    come_back(her, site, " ".join(token.words("en")))
    press(her, "Version 1 of the rules")
    expect(her.get_by_role("main")).to_contain_text("One incident is enough")
    expect(her.get_by_role("main")).to_contain_text("At most 3 months after that")

    sign_in(amina, site, team.amina)
    open_first_case(amina, site)
    press(amina, "Version 1")
    expect(amina.get_by_role("main")).to_contain_text("Rules that ship with Harbour")
    amina.goto(site.at("/staff/policy"))
    press(amina, "Compare")
    expect(amina.get_by_role("main")).to_contain_text("clocks.feedback_months")


@pytest.mark.req("S26")
def test_a_rota_tells_her_the_next_reading_day_and_the_desk_stands_in(site: Site, open_page: OpenPage) -> None:
    built, team = site.built, site.team
    token, _, _ = send_report(built, team.office)
    amina, her, olga = open_page(), open_page(script=False), open_page()
    sign_in(amina, site, team.amina)
    amina.goto(site.at("/staff/duty"))
    tomorrow = built.house.today() + timedelta(days=1)
    amina.get_by_label("Who").select_option(label="Ben Okafor")
    amina.get_by_label("First day").fill(tomorrow.isoformat())
    amina.get_by_label("Last day").fill((tomorrow + timedelta(days=3)).isoformat())
    press(amina, "Put on duty")
    expect(amina.get_by_role("main")).to_contain_text("The rota is saved.")

    come_back(her, site, " ".join(token.words("en")))
    expect(her.get_by_role("main")).to_contain_text("The next day on which somebody reads is March 3, 2026.")

    built.clock.forward(days=2)
    in_unit(built, duty.watch)
    sign_in(olga, site, team.desk_reader)
    expect(olga.get_by_role("main")).to_contain_text("You stand in for Ben Okafor")
