"""The dates of a case for its handlers: all that run, who was told, and the message that meets one."""

import pytest

from reporting.domain.case import Act
from reporting.services.casework import case as casework
from reporting.services.casework import escalation, messages
from reporting.services.casework.clocks import choose_check_ins
from tests.builders import Built, Team, in_unit, send_report
from tests.engines import on_sqlite
from tests.services.acts import close_by_two, conclude, read_case, take_up
from tests.web.colleague import at_case, at_work, words_of

pytestmark = on_sqlite
ASK = "Ask whether anybody punishes the reporter"


@pytest.mark.req("L1", "U6", "U9")
def test_handlers_see_the_same_days_as_the_reporter(built: Built, team: Team) -> None:
    _, _, case_id = send_report(built, team.office)
    read_case(built, team.amina, case_id)
    for act in (Act.ACKNOWLEDGE, Act.BEGIN):
        in_unit(built, casework.take_step, team.amina, case_id, act)
    page = words_of(at_work(built, team.amina).read(at_case(case_id)))
    for said in (
        f"{ASK} April 1, 2026",
        "Write to the reporter again April 2, 2026",
        "Finish the investigation May 31, 2026",
        "Tell the reporter what is done June 2, 2026",
    ):
        assert said in page
    assert "Overdue" not in page


@pytest.mark.req("S26")
def test_who_was_told_of_a_day_that_passed_stands_in_the_inbox_and_in_the_case(built: Built, team: Team) -> None:
    _, _, case_id = send_report(built, team.office)
    take_up(built, team.amina, case_id)
    built.clock.forward(days=3)
    escalation.watch(built.stores, built.house)
    assert "Passed on to you" in at_work(built, team.ben).read("/en/staff/inbox")
    amina = at_work(built, team.amina)
    assert "Overdue" in amina.read("/en/staff/inbox")
    assert "Passed on to you" not in amina.read("/en/staff/inbox")
    page = words_of(amina.read(at_case(case_id)))
    assert "Told that it has passed: Ben Okafor" in page
    assert "Was told of a day that has passed · Ben Okafor · Acknowledge it" in page
    assert "Passed on to you" not in at_work(built, team.desk_reader).read("/en/staff/inbox")


@pytest.mark.req("L1")
def test_a_message_that_says_what_is_done_meets_the_feedback(built: Built, team: Team) -> None:
    _, _, case_id = send_report(built, team.office)
    read_case(built, team.amina, case_id)
    in_unit(built, casework.take_step, team.amina, case_id, Act.ACKNOWLEDGE)
    amina = at_work(built, team.amina)
    assert "It is the feedback that is due by June 2, 2026." in amina.read(at_case(case_id))
    page = amina.do(at_case(case_id, "/messages"), {"message": "He does not work there now.", "meets": "feedback"})
    assert "Your message stands on the reporter's page." in page
    assert "It is the feedback that is due" not in page


@pytest.mark.req("U9")
def test_a_check_in_stands_in_the_inbox_of_a_closed_case_and_is_written_with_offered_words(
    built: Built, team: Team
) -> None:
    _, reporter, case_id = send_report(built, team.office)
    read_case(built, team.amina, case_id)
    conclude(built, team.amina, reporter, case_id)
    close_by_two(built, team.amina, team.ben, case_id)
    amina = at_work(built, team.amina)
    assert 'name="meets" value="check_in"' not in amina.read(at_case(case_id))
    built.clock.forward(days=24)
    amina = at_work(built, team.amina)
    assert f"{ASK} April 1, 2026" in words_of(amina.read("/en/staff/inbox"))
    page = amina.read(at_case(case_id))
    assert 'name="meets" value="check_in"' in page
    assert "does anyone make things hard for you because of it?" in page
    amina.do(at_case(case_id, "/messages"), {"message": "Are people fair to you?", "meets": "check_in"})
    assert f"{ASK} May 31, 2026" in words_of(amina.read("/en/staff/inbox"))
    in_unit(built, choose_check_ins, reporter, case_id, wanted=False)
    assert f"{ASK} May" not in words_of(amina.read("/en/staff/inbox"))


@pytest.mark.parametrize("forged", ["check_in", "acknowledge", "investigation", "nonsense", "erasure"])
def test_what_a_message_meets_is_asked_of_the_record_and_not_of_the_form(built: Built, team: Team, forged: str) -> None:
    _, reporter, case_id = send_report(built, team.office)
    read_case(built, team.amina, case_id)
    in_unit(built, choose_check_ins, reporter, case_id, wanted=False)
    amina = at_work(built, team.amina)
    answer = amina.post(at_case(case_id, "/messages"), {"message": "Hello.", "meets": forged})
    assert answer.status_code in (404, 422)
    assert "Hello." not in amina.read(at_case(case_id))


def test_whoever_holds_no_grant_meets_nothing(built: Built, team: Team) -> None:
    _, _, case_id = send_report(built, team.office)
    built.clock.forward(days=3)
    escalation.watch(built.stores, built.house)
    stranger = at_work(built, team.desk_reader)
    assert stranger.post(at_case(case_id, "/messages"), {"message": "Hi.", "meets": "feedback"}).status_code == 404
    in_unit(built, casework.declare_no_conflict, team.ben, case_id)
    in_unit(built, messages.write_as_staff, team.ben, case_id, "We have it.")
