"""The duty rota on staff pages, and who stands in, in the inbox."""

import re
from datetime import timedelta

import pytest

from reporting.services.organisation import duty
from tests.builders import Built, Team, in_unit
from tests.engines import on_sqlite
from tests.web.colleague import at_work, words_of

pytestmark = on_sqlite
ROTA = "/en/staff/duty"


def days(built: Built, first: int, last: int) -> dict[str, str]:
    """Return the two fields of the form, in days from today."""
    today = built.house.today()
    return {"first": str(today + timedelta(days=first)), "last": str(today + timedelta(days=last))}


@pytest.mark.req("S26")
def test_a_case_manager_keeps_the_rota_of_the_office(built: Built, team: Team) -> None:
    amina = at_work(built, team.amina)
    assert "No rota is kept" in amina.read(ROTA)
    page = words_of(amina.do(ROTA, {"person": team.ben.staff_id.hex(), **days(built, 1, 4)}))
    assert "The rota is saved." in page
    assert "Ben Okafor" in page
    assert "somebody reads next on March 3, 2026." in page
    entry = re.search(r'name="entry" value="([0-9a-f]{32})"', amina.read(ROTA))
    assert entry is not None
    assert "That is off the rota." in amina.do(f"{ROTA}/off", {"entry": entry[1]})
    assert "No rota is kept" in amina.read(ROTA)
    amina.refused(f"{ROTA}/off", {"entry": entry[1]}, 404)
    amina.refused(f"{ROTA}/off", {"entry": "x"}, 404)


@pytest.mark.req("S26")
def test_what_cannot_stand_on_a_rota_is_refused_with_a_sentence(built: Built, team: Team) -> None:
    amina, ben = at_work(built, team.amina), team.ben.staff_id.hex()
    assert "Please give a day" in amina.refused(ROTA, {"person": ben, "first": "tomorrow", "last": "2026-03-09"})
    assert "Please fill this in." in amina.refused(ROTA, {"person": ben})
    assert "from today on" in amina.refused(ROTA, {"person": ben, **days(built, 4, 1)})
    for forged in (team.desk_reader.staff_id.hex(), "0" * 32, "", "x" * 5000):
        page = amina.refused(ROTA, {"person": forged, **days(built, 1, 4)})
        assert "Please choose somebody of your office who reads cases." in page
        assert "No rota is kept" in page


@pytest.mark.req("S26")
def test_an_investigator_sees_the_rota_and_changes_nothing(built: Built, team: Team) -> None:
    at_work(built, team.amina).do(ROTA, {"person": team.ben.staff_id.hex(), **days(built, 0, 4)})
    ines = at_work(built, team.ines)
    page = ines.read(ROTA)
    assert "Ben Okafor" in page
    assert "<form" not in page.partition("<main")[2]
    ines.refused(ROTA, {"person": team.ines.staff_id.hex(), **days(built, 0, 4)}, 404)


@pytest.mark.req("S26")
def test_who_stands_in_reads_it_in_the_inbox(built: Built, team: Team) -> None:
    at_work(built, team.amina).do(ROTA, {"person": team.ben.staff_id.hex(), **days(built, 0, 4)})
    built.clock.forward(days=1)
    in_unit(built, duty.watch)
    desk = words_of(at_work(built, team.desk_reader).read("/en/staff/inbox"))
    assert "You stand in for Ben Okafor ( Geneva ) since March 3, 2026." in desk.replace("(Geneva)", "( Geneva )")
    assert "You stand in" not in at_work(built, team.amina).read("/en/staff/inbox")
    at_work(built, team.ben)
    assert "You stand in" not in at_work(built, team.desk_reader).read("/en/staff/inbox")
