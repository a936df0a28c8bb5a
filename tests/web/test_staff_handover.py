"""The page of handing over, and what the administrator is told before somebody is disabled."""

import pytest

from reporting.domain.reading.consent import NewReaders
from reporting.services.organisation import accounts
from reporting.services.survivor.choosing import close_to
from tests.builders import Built, Team, in_unit, send_report, staff_row
from tests.services.acts import holders, take_up
from tests.web.colleague import Colleague, at_case, at_work, words_of
from tests.web.her import her_at

pytestmark = [pytest.mark.req("S26")]

PAGE = "/en/staff/handover"


def account(staff_id: bytes, step: str = "") -> str:
    """Return the address of an account."""
    return f"/en/staff/accounts/{staff_id.hex()}{step}"


def test_all_is_handed_over_in_one_go_and_the_reporter_reads_it(built: Built, team: Team, ada: Colleague) -> None:
    token, her, first = send_report(built, team.office, new_readers=NewReaders.TELL)
    in_unit(built, close_to, her, first, team.ben.staff_id)
    _, _, second = send_report(built, team.office, new_readers=NewReaders.TELL)
    amina = at_work(built, team.amina)
    assert "No day is entered on which you leave." in amina.read(PAGE)
    ada.do(account(team.amina.staff_id, "/leaving"), {"day": "2026-03-09"})
    page = words_of(amina.read(PAGE))
    assert "Only you can open it" in page
    assert "Can be opened by: Ben Okafor" in page
    amina.do(PAGE, {f"to-{first.hex()}": team.ines.staff_id.hex(), f"to-{second.hex()}": ""})
    assert "Everything is handed over" in amina.read(PAGE)
    assert (holders(built, first), holders(built, second)) == ({team.ines.staff_id}, {team.ben.staff_id})
    said = her_at(built, token).read("/people").replace("\u2068", "").replace("\u2069", "")
    assert "Amina Diallo leaves the team and brought in Ines Moreau" in words_of(said)


def test_she_is_asked_first_where_she_wants_to_be(built: Built, team: Team, ada: Colleague) -> None:
    token, her, case_id = send_report(built, team.office, new_readers=NewReaders.ASK)
    in_unit(built, close_to, her, case_id, team.ben.staff_id)
    ada.do(account(team.amina.staff_id, "/leaving"), {"day": "2026-03-09"})
    amina = at_work(built, team.amina)
    fields = {"only": case_id.hex(), f"to-{case_id.hex()}": team.ines.staff_id.hex()}
    assert "the question stands on their page" in amina.do(PAGE, fields)
    assert "leaves the team and asked on" in words_of(her_at(built, token).read())
    assert holders(built, case_id) == {team.amina.staff_id}


def test_what_is_forged_hands_nothing_over(built: Built, team: Team, ada: Colleague) -> None:
    _, her, case_id = send_report(built, team.office, new_readers=NewReaders.TELL)
    in_unit(built, close_to, her, case_id, team.ben.staff_id)
    to = f"to-{case_id.hex()}"
    ben, amina = at_work(built, team.ben), at_work(built, team.amina)
    ada.do(account(team.ben.staff_id, "/leaving"), {"day": "2026-03-09"})
    ben.refused(PAGE, {"only": case_id.hex(), to: team.ines.staff_id.hex()}, 404)
    amina.refused(PAGE, {to: team.ines.staff_id.hex()})  # no day is entered
    ada.do(account(team.amina.staff_id, "/leaving"), {"day": "2026-03-09"})
    for value in ("", "x", "f" * 32, team.ben.staff_id.hex(), team.amina.staff_id.hex()):
        assert "Not everything could be handed over" in amina.do(PAGE, {to: value})
    ada.refused(account(team.amina.staff_id, "/leaving"), {"day": "soon"})
    ada.refused(account(b"x" * 16, "/leaving"), {"day": "2026-03-09"}, 404)
    assert holders(built, case_id) == {team.amina.staff_id}


def test_the_administrator_is_warned_with_a_band_and_has_to_mean_it(built: Built, team: Team, ada: Colleague) -> None:
    _, her, case_id = send_report(built, team.office)
    in_unit(built, close_to, her, case_id, team.ben.staff_id)
    page = ada.read(account(team.amina.staff_id))
    assert "fewer than five" in page
    assert case_id.hex() not in page
    assert "Nothing was disabled yet" in ada.do(account(team.amina.staff_id, "/disable"))
    assert staff_row(built, team.amina).state == "active"
    assert "There are none." in ada.read("/en/staff/accounts/unread")
    ada.do(account(team.amina.staff_id, "/disable"), {"sure": "y"})
    assert staff_row(built, team.amina).state == "disabled"
    assert "fewer than five" in ada.read("/en/staff/accounts/unread")
    assert "fewer than five" in at_work(built, team.desk_reader).read(PAGE)
    assert "fewer than five" not in at_work(built, team.ben).read(PAGE)
    ada.do(account(team.ben.staff_id, "/disable"))  # holds nothing that nobody else opens


def test_colleagues_see_who_has_left_and_end_the_keys(built: Built, team: Team) -> None:
    _, _, case_id = send_report(built, team.office)
    take_up(built, team.ben, case_id)
    in_unit(built, accounts.disable, None, team.amina.staff_id)
    ben = at_work(built, team.ben)
    assert "Has left the team" in ben.read(at_case(case_id))
    for person in ("", "x", "f" * 32, team.ben.staff_id.hex(), team.ines.staff_id.hex()):
        ben.refused(at_case(case_id, "/departed"), {"person": person}, 404)
    page = ben.do(at_case(case_id, "/departed"), {"person": team.amina.staff_id.hex()})
    assert "keys of the person who left are destroyed" in page
    assert holders(built, case_id) == {team.ben.staff_id}
