"""Her page shows every day that she is promised, the same as the team's, and lets her end the check-ins."""

import pytest

from reporting.domain.case import Act
from reporting.services.casework import case as casework
from reporting.services.casework import escalation, messages
from tests.builders import Built, Team, in_unit, send_report
from tests.engines import on_sqlite
from tests.web.her import her_at, opened_by, plain

pytestmark = on_sqlite


@pytest.mark.req("L1", "U6", "U9")
def test_all_her_dates_stand_on_her_page_and_in_her_copy(built: Built, team: Team) -> None:
    token, _, case_id = send_report(built, team.office)
    opened_by(built, team.amina, case_id)
    for act in (Act.ACKNOWLEDGE, Act.BEGIN):
        in_unit(built, casework.take_step, team.amina, case_id, act)
    her = her_at(built, token)
    for page in (plain(her.read()), plain(her.read("/copy"))):
        for sentence in (
            "You hear here how far it is by June 2, 2026.",
            "By April 1, 2026 the team asks you if anyone punishes you for speaking up.",
            "By April 2, 2026 the team writes to you again, also if there is nothing new.",
            "By May 31, 2026 the team means to be done with its work.",
        ):
            assert sentence in page
    assert "A day worth looking here again: April 1, 2026" in plain(her.read())


@pytest.mark.req("S26")
@pytest.mark.principle("support")
def test_a_day_that_passed_is_called_so_and_her_ledger_says_who_was_told(built: Built, team: Team) -> None:
    token, _, case_id = send_report(built, team.office)
    opened_by(built, team.amina, case_id)
    in_unit(built, casework.take_step, team.amina, case_id, Act.ACKNOWLEDGE)
    built.clock.forward(days=33)
    escalation.watch(built.stores, built.house)
    her = her_at(built, token)
    page = plain(her.read())
    assert "The team had to write to you again by April 2, 2026. This day is over" in page
    assert "that is not your fault" in page
    told = plain(her.read("/people"))
    assert "The day passed by which you had to hear from the team again." in told
    assert "Ben Okafor was told that the day has passed by which you had to hear from the team again." in told


@pytest.mark.req("U9")
@pytest.mark.principle("respect")
def test_she_ends_the_check_ins_by_one_press_and_has_them_again(built: Built, team: Team) -> None:
    token, _, case_id = send_report(built, team.office)
    her = her_at(built, token)
    asks = "the team asks you if anyone punishes you"
    assert asks in plain(her.read())
    page = her.do("/asking", {"answer": "no"})
    assert "You may ask me again" in page
    assert asks not in plain(her.read())
    assert "You asked us not to ask again if anyone punishes you." in plain(her.read("/people"))
    assert "Do not ask me again" in her.do("/asking", {"answer": "yes"})
    assert asks in plain(her.read())
    for wrong in ("", "maybe", "1"):
        assert her.post(her.page() + "/asking", {"answer": wrong}).status_code == 400
    opened_by(built, team.amina, case_id)
    in_unit(built, messages.write_as_staff, team.amina, case_id, "Thank you.")
    assert asks in plain(her.read())


def test_what_is_hers_alone_promises_no_day(built: Built) -> None:
    token, _, _ = send_report(built, None)
    her = her_at(built, token)
    assert "promised" not in plain(her.read())
    assert "Being asked if anyone punishes you" not in plain(her.read("/choices"))


@pytest.mark.req("L1")
def test_the_page_before_writing_counts_in_the_calendar_of_the_office(built: Built, team: Team) -> None:
    from tests.services.casework.test_clocks import set_calendar
    from tests.visitor import Visitor

    set_calendar(built, team.office, weekend="mon,tue", holidays="2026-03-04 A holiday")
    visitor = Visitor(built)
    answer = visitor.post("/en/write/talk", {"office": team.office.id.hex(), "before.age": "no"})
    assert answer.status_code == 303
    page = plain(visitor.get("/en/write/before").text)
    assert "By March 6, 2026 somebody writes to you on your page." in page
    assert "The next reading day is March 5, 2026." in page
    token, _, _ = send_report(built, team.office)
    assert "Somebody writes to you here by March 6, 2026." in plain(her_at(built, token).read())
