"""Who the reporter is: closed without her yes or a declared duty, and never open without the passphrase."""

import re
from html import unescape

import pytest

from reporting.domain.oversight.audit import StaffEvent
from reporting.domain.people import Role
from reporting.domain.sealed.disclosure import Answer, AnswerState, Identity
from reporting.services.actors import Reporter
from reporting.services.reading import requests
from reporting.services.survivor import follow
from reporting.store.database import reading
from reporting.store.requests import requests_of
from tests.builders import PASSPHRASE, Built, Team, add_desk, add_office, add_reader, in_unit, send_report, sign_law
from tests.engines import on_sqlite
from tests.web.colleague import Colleague, at_case, at_work, words_of

pytestmark = on_sqlite
NAME = "Lena Fictional"
HERSELF = (Answer("about.name", "What is your name?", AnswerState.ANSWERED, NAME),)
LOCKED, SHOWN = Identity(HERSELF), Identity(HERSELF, visible_to_team=True)
DUTY = "A law demands a report where a child is at risk."


def page_of(case_id: bytes, step: str = "") -> str:
    """Return the address of the identity page."""
    return at_case(case_id, f"/identity{step}")


def duties(built: Built, case_id: bytes) -> list[bytes]:
    """Return the ids of what was asked for by duty."""
    with reading(built.stores) as work:
        return [row.id for row in requests_of(work.main, case_id)]


def openings(built: Built, case_id: bytes) -> int:
    """Return how often the ledger says that it was opened."""
    with reading(built.stores) as work:
        return [line.action for line in follow.ledger(work, built.house, case_id)].count(StaffEvent.IDENTITY_OPENED)


def answer(built: Built, reporter: Reporter, case_id: bytes, *, yes: bool) -> None:
    """Answer the request that waits."""
    with reading(built.stores) as work:
        (row,) = requests_of(work.main, case_id, requests.RequestState.WAITING)
        request_id = row.id
    in_unit(built, requests.answer, reporter, case_id, request_id, yes=yes)


def opened(colleague: Colleague, case_id: bytes) -> str:
    """Show once more who it is, and return the page that it leads back to."""
    shown = colleague.prove("identity", case_id)
    assert shown.headers["Location"] == page_of(case_id)
    return colleague.read(page_of(case_id))


def with_case(built: Built, team: Team, case_id: bytes) -> Colleague:
    """Return a handler who has declared no conflict."""
    amina = at_work(built, team.amina)
    amina.do(at_case(case_id, "/names"))
    return amina


@pytest.mark.req("U3", "ASVS-7.5.3")
@pytest.mark.principle("confidentiality")
def test_it_opens_with_her_yes_and_the_passphrase_for_five_minutes(built: Built, team: Team) -> None:
    _, _, case_id = send_report(built, team.office, identity=SHOWN)
    amina = with_case(built, team, case_id)
    assert NAME not in amina.read(at_case(case_id))
    page = amina.read(page_of(case_id))
    assert NAME not in page
    assert "Please show once more who you are." in page
    refused = unescape(amina.prove("identity", case_id, "harvest canoe walnut drizzle").text)
    assert "This is not your passphrase." in refused
    assert NAME not in refused
    assert "harvest canoe" not in refused
    assert NAME not in amina.read(page_of(case_id))
    assert openings(built, case_id) == 0
    assert NAME in opened(amina, case_id)
    assert openings(built, case_id) == 1
    built.clock.forward(minutes=4)
    assert NAME in amina.read(page_of(case_id))
    built.clock.forward(minutes=2)
    assert NAME not in amina.read(page_of(case_id))
    assert openings(built, case_id) == 2


def test_the_passphrase_of_one_session_opens_nothing_in_another(built: Built, team: Team) -> None:
    _, _, case_id = send_report(built, team.office, identity=SHOWN)
    here, elsewhere = with_case(built, team, case_id), at_work(built, team.amina)
    opened(here, case_id)
    assert NAME not in elsewhere.read(page_of(case_id))


def test_an_empty_passphrase_and_too_many_tries_are_refused(built: Built, team: Team) -> None:
    _, _, case_id = send_report(built, team.office, identity=SHOWN)
    amina, asked = with_case(built, team, case_id), f"/en/staff/prove?for=identity&at={case_id.hex()}"
    assert amina.refused(asked, {"passphrase": ""}).count("Please fill this in.") >= 2
    for _ in range(10):
        amina.refused(asked, {"passphrase": "x", "code": "1"})
    page = amina.refused(asked, {"passphrase": PASSPHRASE, "code": "123456"}, 429)
    assert PASSPHRASE not in page
    assert "123456" not in page


@pytest.mark.req("U3")
@pytest.mark.principle("informed_consent")
def test_without_her_yes_there_is_no_key_and_one_can_only_ask(built: Built, team: Team) -> None:
    _, reporter, case_id = send_report(built, team.office, identity=LOCKED)
    amina = with_case(built, team, case_id)
    page = amina.read(page_of(case_id))
    assert "This part is locked." in page
    assert "By a duty that law declares" not in page
    assert NAME not in opened(amina, case_id)
    page = amina.do(page_of(case_id, "/ask"))
    assert "You asked on March 2, 2026. There is no answer yet." in page
    assert "The question stands on the reporter's page now." in page
    answer(built, reporter, case_id, yes=False)
    assert "The reporter said no to your last question." in amina.read(page_of(case_id))
    amina.do(page_of(case_id, "/ask"))
    answer(built, reporter, case_id, yes=True)
    assert NAME in opened(amina, case_id)
    ben = at_work(built, team.ben)
    ben.do(at_case(case_id, "/names"))
    assert "This part is locked." in ben.read(page_of(case_id)), "the yes was for one person"


def test_what_she_left_empty_says_so(built: Built, team: Team) -> None:
    _, _, case_id = send_report(built, team.office, identity=Identity(visible_to_team=True))
    amina = with_case(built, team, case_id)
    page = opened(amina, case_id)
    assert "The reporter wrote nothing here." in page


def test_no_duty_can_be_claimed_that_was_not_declared(built: Built, team: Team) -> None:
    _, _, case_id = send_report(built, team.office, identity=LOCKED)
    amina = with_case(built, team, case_id)
    amina.refused(page_of(case_id, "/duty"), {"ground": "court_order"}, 404)


def strict_team(built: Built) -> tuple[Team, Colleague, Colleague, Colleague]:
    """Return an office whose law declares a duty, and its people at work: two handlers and the desk."""
    desk = add_desk(built, "Second desk")
    office = add_office(built, "Strict office", desk=desk, is_open=True)
    office = sign_law(built, office, identity_duty=DUTY)
    ada = add_reader(built, office, Role.CASE_MANAGER, "Ada Nwosu")
    bob = add_reader(built, office, Role.CASE_MANAGER, "Bob Jansen")
    dora = add_reader(built, desk, Role.OUTSIDE_DESK, "Dora Silva")
    people = (at_work(built, ada), at_work(built, bob), at_work(built, dora))
    return Team(office, desk, ada, bob, ada, dora), *people


@pytest.mark.req("ASVS-2.3.5")
@pytest.mark.principle("informed_consent")
def test_a_duty_opens_with_two_others_and_after_the_day_that_she_was_told(built: Built) -> None:
    team, ada, bob, dora = strict_team(built)
    _, _, case_id = send_report(built, team.office, identity=LOCKED)
    ada.do(at_case(case_id, "/names"))
    assert "Please choose one." in ada.refused(page_of(case_id, "/duty"), {"ground": "curiosity"})
    page = ada.do(page_of(case_id, "/duty"), {"ground": "court_order"})
    assert "A court has ordered it" in page
    assert "It does not open before March 4, 2026." in page
    assert "Nothing waits for you." in ada.read("/en/staff/approvals"), "never one's own"
    for who, step in ((bob, "/duty"), (dora, "/duty/desk")):
        page = who.read("/en/staff/approvals")
        assert "Ada Nwosu asked on March 2, 2026." in page
        assert case_id.hex() not in page
        assert step not in page, "a half of the key is passed on with passphrase and second factor only"
        (row,) = duties(built, case_id)
        asked = who.post(f"/en/staff/approvals/{row.hex()}{step}").headers["Location"]
        assert asked == "/en/staff/prove?for=approve"
        assert "to let a colleague open who the reporter is" in who.read(asked)
        assert who.prove("approve").headers["Location"] == "/en/staff/approvals"
        page = who.read("/en/staff/approvals")
        (target,) = re.findall(rf'action="(/en/staff/approvals/[0-9a-f]{{32}}{step})"', page)
        assert "You agreed." in who.do(target)
        who.refused(target, status=404)
    assert "The others have agreed." in ada.read(page_of(case_id))
    assert NAME not in opened(ada, case_id)
    built.clock.forward(days=2)
    ada.sign_in(team.amina)
    assert NAME in opened(ada, case_id)
    assert dora.get(at_case(case_id)).status_code in (303, 404)
    assert openings(built, case_id) == 1


def test_a_half_is_approved_only_at_its_own_door(built: Built) -> None:
    team, ada, bob, dora = strict_team(built)
    _, _, case_id = send_report(built, team.office, identity=LOCKED)
    ada.do(at_case(case_id, "/names"))
    ada.do(page_of(case_id, "/duty"), {"ground": "risk_to_life"})
    with reading(built.stores) as work:
        (row,) = requests_of(work.main, case_id)
        request_id = row.id.hex()
    bob.refused(f"/en/staff/approvals/{request_id}/duty/desk", status=404)
    dora.refused(f"/en/staff/approvals/{request_id}/duty", status=404)
    ada.refused(f"/en/staff/approvals/{request_id}/duty", status=404)
    for somebody in (ada, bob, dora):
        somebody.refused(f"/en/staff/approvals/{request_id}/decide", {"answer": "yes"}, status=404)


def test_whoever_reads_cases_finds_what_waits_for_a_yes(built: Built, team: Team) -> None:
    for member in (team.ben, team.ines, team.desk_reader):
        assert 'href="/en/staff/approvals"' in at_work(built, member).read("/en/staff/inbox")
        said = words_of(at_work(built, member).read("/en/staff/approvals"))
        assert "Nothing waits for you." in said
        assert "appears here once you have looked at its names" in said
