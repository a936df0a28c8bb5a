"""The page about conflicts of interest, and what she reads of it."""

import pytest

from reporting.domain.reading.conflict import Tie
from reporting.services.reading import conflict
from reporting.services.reading.lines import set_supervisor
from tests.builders import Built, Team, in_unit, send_report, staff_row
from tests.services.acts import take_up
from tests.web.colleague import Colleague, at_case, at_work, words_of
from tests.web.her import her_at

pytestmark = [pytest.mark.req("U7")]


def test_a_handler_says_who_a_named_person_is_and_she_reads_who_said_it(built: Built, team: Team) -> None:
    token, _, case_id = send_report(built, team.office, named=("The tall one",))
    take_up(built, team.amina, case_id)
    amina, ben = at_work(built, team.amina), at_work(built, team.ben)
    assert "The tall one" in amina.read(at_case(case_id, "/conflict"))
    fields = {"tie": "account", "target": team.ben.staff_id.hex(), "person": "0"}
    page = words_of(amina.do(at_case(case_id, "/conflict"), fields))
    assert "Amina Diallo: a named person is Ben Okafor." in page
    assert ben.get(at_case(case_id)).status_code == 404
    assert case_id.hex() not in ben.read("/en/staff/inbox")
    people = words_of(her_at(built, token).read("/people")).replace("\u2068", "").replace("\u2069", "")
    assert "Amina Diallo says that a person you named is Ben Okafor." in people
    assert "cannot open your case any more: Ben Okafor" in people


def test_what_is_no_choice_changes_nothing(built: Built, team: Team) -> None:
    _, _, case_id = send_report(built, team.office, named=("The tall one",))
    take_up(built, team.amina, case_id)
    amina = at_work(built, team.amina)
    ben = team.ben.staff_id.hex()
    for fields in ({}, {"tie": "friend", "target": ben}, {"tie": "account", "target": "x"}, {"tie": "account"}):
        assert "Please choose" in amina.do(at_case(case_id, "/conflict"), fields)
    for fields in (
        {"tie": "account", "target": "f" * 32},
        {"tie": "account", "target": ben, "person": "9"},
        {"tie": "account", "target": ben, "person": "-1"},
        {"tie": "account", "target": ben, "person": "9" * 400},
    ):
        amina.refused(at_case(case_id, "/conflict"), fields, 404)
    amina.refused(at_case(case_id, "/conflict"), {"tie": "account", "target": team.amina.staff_id.hex()})
    amina.refused(at_case(case_id, "/conflict/undo"), {"link": "0" * 32}, 404)
    assert at_work(built, team.ben).get(at_case(case_id, "/names")).status_code == 200


def test_whoever_shuts_out_their_own_line_is_led_back_to_their_cases(built: Built, team: Team) -> None:
    _, _, case_id = send_report(built, team.office, named=("The head of office",))
    take_up(built, team.amina, case_id)
    amina = at_work(built, team.amina)
    page = amina.do(at_case(case_id, "/conflict"), {"tie": "office", "target": team.office.id.hex()})
    assert "your own keys to that case are destroyed" in page
    assert case_id.hex() not in page
    assert case_id.hex() in at_work(built, team.desk_reader).read("/en/staff/inbox")


def test_a_colleague_sees_what_was_said_and_cannot_take_it_back(built: Built, team: Team) -> None:
    _, _, case_id = send_report(built, team.office, named=("The tall one",))
    take_up(built, team.amina, case_id)
    take_up(built, team.ben, case_id)
    in_unit(built, conflict.link, team.amina, case_id, Tie.ACCOUNT, team.ines.staff_id, 0)
    ben = at_work(built, team.ben)
    page = ben.read(at_case(case_id, "/conflict"))
    assert "a named person is Ines Moreau" in words_of(page)
    assert "Take it back" not in page
    amina = at_work(built, team.amina)
    link = amina.read(at_case(case_id, "/conflict")).split('name="link" value="')[1][:32]
    ben.refused(at_case(case_id, "/conflict/undo"), {"link": link})
    assert "Taken back by Amina Diallo" in amina.do(at_case(case_id, "/conflict/undo"), {"link": link})


def test_the_administrator_enters_to_whom_somebody_reports(built: Built, team: Team, ada: Colleague) -> None:
    page, there = ada, f"/en/staff/accounts/{team.ben.staff_id.hex()}"
    said = words_of(page.do(f"{there}/superior", {"superior": team.amina.staff_id.hex()}))
    assert "Reports to Amina Diallo" in said
    assert staff_row(built, team.ben).supervisor_id == team.amina.staff_id
    for wrong in ("x", "f" * 32, team.ben.staff_id.hex()):
        page.refused(f"{there}/superior", {"superior": wrong})
    in_unit(built, set_supervisor, None, team.ben.staff_id, None)
    assert "Nobody with an account" in page.read(there)
