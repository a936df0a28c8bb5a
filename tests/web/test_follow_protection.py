"""What is planned for her, on her page: she reads all of it before it happens, and answers each thing by itself."""

import re

import pytest

from reporting.domain.casework.ways import Way
from reporting.domain.protection.agreement import Said
from reporting.domain.protection.measures import Moves
from reporting.domain.protection.referral import Need
from reporting.domain.questions import Door
from reporting.services.protection import referral, telling
from reporting.services.protection.referral import Offered
from reporting.services.survivor import choosing
from reporting.store.cases import find_case
from reporting.store.database import reading
from tests.builders import Built, Team, in_unit, send_report
from tests.engines import on_sqlite
from tests.services.acts import take_up
from tests.services.planning import (
    NAMED,
    in_days,
    keep_safe,
    known,
    plan,
    planned,
    propose,
    says,
    tell,
)
from tests.web.her import Her, her_at, plain

pytestmark = on_sqlite
Sent = tuple[Her, bytes]


def sent(built: Built, team: Team, door: Door = Door.FORMAL) -> Sent:
    token, _, case_id = send_report(built, team.office, named=(NAMED,), door=door)
    take_up(built, team.amina, case_id)
    take_up(built, team.ben, case_id)
    return her_at(built, token), case_id


def item(page: str, answer: str) -> str:
    """Return what the entry is called in the first form that offers an answer."""
    for form in re.findall(r"<form\b.*?</form>", page, re.DOTALL):
        found = re.search(r'name="item" value="([0-9a-f]+)"', form)
        if found and f'value="{answer}"' in form:
            return found[1]
    raise AssertionError(answer)


@pytest.mark.req("U8")
@pytest.mark.principle("informed_consent")
def test_she_reads_a_measure_in_plain_words_and_answers_it(built: Built, team: Team) -> None:
    her, case_id = sent(built, team)
    assert "Nothing is planned yet." in her.read("/plan")
    measure_id = propose(built, team.amina, case_id)
    assert "Something is planned for you" in her.read()
    page = her.read("/plan")
    for words in ("A desk on the third floor.", "It may begin only if you say yes.", "You have not answered"):
        assert words in plain(page)
    page = her.do("/plan/change", {"item": item(page, "yes"), "answer": "yes"})
    assert "Your answer is saved" in page
    assert "You said yes" in page
    assert "Something is planned for you" not in her.read()
    assert known(built, team.amina, case_id, measure_id).said is Said.YES


@pytest.mark.req("U8")
def test_she_can_say_that_a_measure_moves_her(built: Built, team: Team) -> None:
    her, case_id = sent(built, team)
    measure_id = propose(built, team.amina, case_id, moves=Moves.NEITHER)
    page = her.read("/plan")
    assert "This would move me" in page
    page = her.do("/plan/change", {"item": item(page, "moves_me"), "answer": "moves_me"})
    assert "You said: this would move me" in page
    assert not known(built, team.amina, case_id, measure_id).may_begin


@pytest.mark.principle("safety")
def test_the_day_stands_on_her_first_page_with_help_beside_it(built: Built, team: Team) -> None:
    her, case_id = sent(built, team)
    plan(built, team.amina, case_id)
    page = her.read()
    assert "On this day somebody learns of it" in page
    assert f"March 12, 2026 : {NAMED} ." in plain(page) or f"March 12, 2026: {NAMED}." in plain(page)
    assert "/help" in page.split("On this day somebody learns of it")[1].split("</div>")[0]
    page = plain(her.read("/plan"))
    for words in (
        "Only you sat in that meeting.",
        "That somebody reported remarks at work.",
        "The head of conduct",
        "Nobody may be told before this day.",
        "If you do not answer until March 9, 2026, a second person may decide, too.",
        "There is none yet. Nobody may be told before there is one.",
    ):
        assert words in page
    keep_safe(built, team.amina, case_id)
    assert "A friend walks with you." in plain(her.read("/plan"))


@pytest.mark.principle("informed_consent")
def test_on_the_informal_way_her_page_promises_that_nobody_is_told_without_her_yes(built: Built, team: Team) -> None:
    her, case_id = sent(built, team, Door.INFORMAL)
    telling_id = plan(built, team.amina, case_id)
    page = her.read("/plan")
    assert "Without your yes nobody may be told." in plain(page)
    assert "a second person may decide" not in plain(page)
    page = her.do("/plan/day", {"item": item(page, "no"), "answer": "no"})
    assert "You said no" in page
    assert planned(built, team.amina, case_id, telling_id).said is Said.NO


@pytest.mark.principle("safety")
def test_she_reads_why_somebody_is_to_be_told_without_her_yes_and_that_it_happened(built: Built, team: Team) -> None:
    her, case_id = sent(built, team)
    telling_id = plan(built, team.amina, case_id)
    her.do("/plan/day", {"item": item(her.read("/plan"), "no"), "answer": "no"})
    in_unit(built, telling.ask_second, team.amina, case_id, telling_id, why="Two others were hurt.")
    page = plain(her.read("/plan"))
    assert "Why the team wants to tell them without your yes: Two others were hurt." in page
    ledger = plain(her.read("/people"))
    assert "asked for a second person's yes: to tell the person you named without your yes" in ledger


def test_what_is_called_off_says_so(built: Built, team: Team) -> None:
    her, case_id = sent(built, team)
    in_unit(built, telling.call_off, team.amina, case_id, plan(built, team.amina, case_id))
    assert "On this day somebody learns of it" not in her.read()
    assert "This was called off. Nobody was told because of it." in her.read("/plan")


def test_an_answer_that_comes_too_late_is_told_so(built: Built, team: Team) -> None:
    her, case_id = sent(built, team)
    telling_id = plan(built, team.amina, case_id)
    stale = item(her.read("/plan"), "no")
    in_unit(built, telling.call_off, team.amina, case_id, telling_id)
    assert "This has changed meanwhile." in her.do("/plan/day", {"item": stale, "answer": "yes"})
    assert planned(built, team.amina, case_id, telling_id).said is None


@pytest.mark.parametrize(
    ("where", "answer", "status"),
    [
        ("/plan/change", "maybe", 400),
        ("/plan/change", "", 400),
        ("/plan/day", "moves_me", 400),
        ("/plan/help", "accept", 404),  # a measure is no offer
        ("/plan/help", "agree", 404),
        ("/plan/day", "yes", 404),
    ],
)
def test_what_no_page_of_hers_sends_is_refused(built: Built, team: Team, where: str, answer: str, status: int) -> None:
    her, case_id = sent(built, team)
    measure_id = propose(built, team.amina, case_id)
    found = item(her.read("/plan"), "yes")
    assert her.post(her.page() + where, {"item": found, "answer": answer}).status_code == status
    for forged in (measure_id.hex(), "0" * 16, "\x00", ""):
        assert her.post(her.page() + "/plan/change", {"item": forged, "answer": "yes"}).status_code == 404
    assert known(built, team.amina, case_id, measure_id).said is None


def test_her_own_copy_holds_the_plan(built: Built, team: Team) -> None:
    her, case_id = sent(built, team)
    plan(built, team.amina, case_id)
    propose(built, team.amina, case_id)
    in_unit(built, referral.offer, team.amina, case_id, Offered(Need.LEGAL, "Nothing", provider="Legal aid office"))
    keep_safe(built, team.amina, case_id)
    copy = plain(her.read("/copy"))
    for words in ("Only you sat in that meeting.", "A desk on the third floor.", "Legal aid office", "A friend walks"):
        assert words in copy


def test_her_answer_shows_the_team_that_something_waits(built: Built, team: Team) -> None:
    her, case_id = sent(built, team)
    propose(built, team.amina, case_id)
    her.do("/plan/change", {"item": item(her.read("/plan"), "no"), "answer": "no"})
    with reading(built.stores) as work:
        case = find_case(work.main, case_id)
        assert case is not None
        assert case.waiting


def test_after_the_day_her_page_says_where_to_turn(built: Built, team: Team) -> None:
    token, reporter, case_id = send_report(built, team.office, named=(NAMED,), door=Door.FORMAL)
    take_up(built, team.amina, case_id)
    telling_id = plan(built, team.amina, case_id, tell_on=in_days(built, 1))
    keep_safe(built, team.amina, case_id)
    says(built, reporter, case_id, telling_id, Said.YES)
    built.clock.forward(days=1)
    tell(built, team.amina, case_id, telling_id)
    page = plain(her_at(built, token).read("/plan"))
    assert "They have been told." in page
    assert "If anybody punishes you or comes near you" in page


def test_what_ended_takes_no_answer_and_a_door_that_changed_changes_the_promise(built: Built, team: Team) -> None:
    token, reporter, case_id = send_report(built, team.office, named=(NAMED,), door=Door.FORMAL)
    take_up(built, team.amina, case_id)
    plan(built, team.amina, case_id)
    her = her_at(built, token)
    assert "Without your yes nobody may be told." not in plain(her.read("/plan"))
    in_unit(built, choosing.change_way, reporter, case_id, Way.INFORMAL)
    assert "Without your yes nobody may be told." in plain(her.read("/plan"))
