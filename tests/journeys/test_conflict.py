"""A named colleague, nonsense, and a farewell, as handlers go through them on pages."""

import pytest
from playwright.sync_api import expect

from reporting.domain.people import Role
from tests.browser import OpenPage
from tests.builders import add_staff, send_report
from tests.journeys.people import Site, come_back, open_first_case, press, sign_in, unfold

pytestmark = pytest.mark.browser


@pytest.mark.req("U7", "P6", "S26")
@pytest.mark.principle("confidentiality")
def test_a_named_colleague_is_shut_out_nonsense_set_aside_and_the_rest_handed_over(
    site: Site, open_page: OpenPage
) -> None:
    built, team = site.built, site.team
    chief = add_staff(built, team.desk, Role.ADMINISTRATOR, "Carla Novak")
    token, _, case_id = send_report(built, team.office, named=("The tall one",))
    amina, ben, her, carla = open_page(), open_page(), open_page(script=False), open_page()
    sign_in(amina, site, team.amina)
    open_first_case(amina, site)
    amina.goto(site.at(f"/staff/cases/{case_id.hex()}/conflict"))
    unfold(amina, "A named person is this colleague")
    amina.locator("#target-account").select_option(team.ben.staff_id.hex())
    amina.get_by_role("button", name="Say so and shut them out").first.click()
    expect(amina.get_by_role("main")).to_contain_text("a named person is Ben Okafor")
    sign_in(ben, site, team.ben)
    ben.goto(site.at("/staff/inbox"))
    expect(ben.get_by_role("main")).to_contain_text("You hold no case now.")

    amina.goto(site.at("/staff/inbox"))
    amina.get_by_role("checkbox").check()
    unfold(amina, "Set what you tick aside")
    amina.get_by_label("Nobody could understand it").check()
    press(amina, "Set aside what is ticked")
    come_back(her, site, " ".join(token.words("en")))
    expect(her.get_by_role("main")).to_contain_text("We could not follow this. Please tell us more.")
    her.get_by_label("Write something").fill("I mean my supervisor, the tall one.")
    press(her, "Save and show it to them")
    amina.goto(site.at("/staff/inbox"))
    expect(amina.get_by_role("main")).to_contain_text("Received")

    sign_in(carla, site, chief)
    carla.goto(site.at(f"/staff/accounts/{team.amina.staff_id.hex()}"))
    unfold(carla, "Enter when this person leaves")
    carla.get_by_label("Leaves on").fill("2030-01-31")
    carla.locator("form:has(#day)").get_by_role("button", name="Save").click()
    amina.goto(site.at("/staff/handover"))
    expect(amina.get_by_role("main")).to_contain_text("Only you can open it")
    amina.locator(f"#to-{case_id.hex()}").select_option(team.desk_reader.staff_id.hex())
    press(amina, "Hand all over as chosen")
    expect(amina.get_by_role("main")).to_contain_text("Everything is handed over.")
    her.get_by_role("link", name="Everything that was done, and by whom").click()
    expect(her.get_by_role("main")).to_contain_text("Olga Petrenko")
