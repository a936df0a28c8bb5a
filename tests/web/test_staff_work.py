"""The pages on which a case is worked on: what they keep, what they refuse, and what nobody else sees."""

import re
from typing import Any

import pytest

from reporting.domain.case import Act
from reporting.domain.casework.ways import Way
from reporting.domain.questions import Door
from reporting.services.casework import case as casework
from reporting.services.sealed.entries import file_of
from reporting.services.sealed.sealing import open_case
from reporting.services.survivor import choosing
from reporting.store.database import reading
from tests.builders import Built, Team, in_unit, send_report
from tests.engines import on_sqlite
from tests.services.acts import cannot_be_asked, take_up
from tests.web.colleague import Colleague, at_case, at_work, words_of
from tests.web.her import her_at, plain

pytestmark = on_sqlite

PLACES = ("/assessment", "/plan", "/interviews", "/informal", "/outcome")
FACTS = {"kinds": ["sexual_harassment", "online_messages"], "settings": "outside_hours", "target": "workforce"}
FORMS: dict[str, dict[str, Any]] = {
    "/assessment/kind": FACTS,
    "/assessment/decision": {"path": "investigate", "urgency": "today", "why": "They meet tonight."},
    "/assessment/risk": {"risk": "none_seen", "review_on": "2026-03-09"},
    "/plan/goals": {"goals": "Find out who was there."},
    "/plan/tasks": {"kind": "evidence", "text": "Keep the mails", "due_on": "2026-03-06"},
    "/plan/tasks/end": {"task": "0" * 32, "state": "done"},
    "/plan/tasks/give": {"task": "0" * 32, "due_on": "2026-03-06"},
    "/interviews": {"whom": "witness", "held_on": "2026-03-02", "notes": "Saw both."},
    "/interviews/record": {"interview": "0" * 32, "record": "agreed"},
    "/informal": {"measure": "word", "text": "I would speak with him."},
    "/outcome": {"finding": "supported", "reasons": "Two mails."},
    "/outcome/note": {"text": "Two mails say so."},
    "/outcome/checks": {"checked": ["sexual", "heard", "final", "appeal", "no_name", "told"]},
    "/outcome/checks/entered": {"list": "0" * 32, "entered": "yes"},
}


def taken_up(built: Built, team: Team, **more: Any) -> tuple[Any, Any, bytes, Colleague]:
    token, reporter, case_id = send_report(built, team.office, **({"door": Door.FORMAL} | more))
    take_up(built, team.amina, case_id)
    return token, reporter, case_id, at_work(built, team.amina)


def entries(built: Built, team: Team, case_id: bytes) -> int:
    with reading(built.stores) as work:
        return len(file_of(work, open_case(work, team.amina, built.house, case_id)).contents)


@pytest.mark.req("U1", "L2")
def test_the_table_recommends_and_another_decision_needs_a_reason(built: Built, team: Team) -> None:
    _, _, case_id, amina = taken_up(built, team)
    page = words_of(amina.do(at_case(case_id, "/assessment/kind"), FACTS))
    assert "Sexual harassment Unwanted sexual messages or calls" in page
    assert "Sexual harassment (SH)" in page
    assert "Informal or an investigation, as the reporter wishes This week" in page
    refused = amina.refused(at_case(case_id, "/assessment/decision"), FORMS["/assessment/decision"] | {"why": " "})
    assert "Please write a few words." in refused
    page = words_of(amina.do(at_case(case_id, "/assessment/decision"), FORMS["/assessment/decision"]))
    assert "Otherwise Offer an investigation Today They meet tonight." in page


@pytest.mark.req("U16")
def test_towards_a_beneficiary_the_page_says_sea(built: Built, team: Team) -> None:
    _, _, case_id, amina = taken_up(built, team)
    page = words_of(amina.do(at_case(case_id, "/assessment/kind"), FACTS | {"target": "beneficiary"}))
    assert "Sexual exploitation and abuse (SEA), counted apart" in page
    assert "Follow the procedure for SEA Today" in page
    assert "The focal point for SEA" in page


@pytest.mark.parametrize(
    ("step", "forged"),
    [
        ("/assessment/kind", {"kinds": "made_up"}),
        ("/assessment/kind", {"kinds": []}),
        ("/assessment/kind", {"factors": ["power", "x"]}),
        ("/assessment/kind", {"settings": "moon"}),
        ("/assessment/kind", {"target": ""}),
        ("/assessment/risk", {"risk": "none"}),
        ("/assessment/risk", {"detriments": "luck"}),
        ("/assessment/risk", {"review_on": "tomorrow"}),
        ("/assessment/risk", {"review_on": "2026-02-30"}),
        ("/assessment/risk", {"review_on": "2026-03-01"}),
        ("/assessment/risk", {"risk": "serious"}),
        ("/plan/goals", {"goals": " \n"}),
        ("/plan/tasks", {"kind": "escape"}),
        ("/plan/tasks", {"text": ""}),
        ("/plan/tasks", {"owner": "0" * 32}),
        ("/plan/tasks", {"owner": "nobody"}),
        ("/plan/tasks", {"due_on": "9" * 5000}),
        ("/interviews", {"whom": "judge"}),
        ("/interviews", {"held_on": ""}),
        ("/interviews", {"held_on": "2026-03-03"}),
        ("/interviews", {"notes": ""}),
        ("/interviews/record", {"record": "perhaps"}),
        ("/informal", {"measure": "duel"}),
        ("/informal", {}),
        ("/outcome", {"finding": "guilty"}),
        ("/outcome", {"reasons": ""}),
        ("/outcome", {"consequences": "prison"}),
        ("/outcome/note", {}),
        ("/outcome/checks", {"checked": ["sexual", "heard"]}),
        ("/outcome/checks", {"checked": ["sexual", "heard", "final", "appeal", "no_name", "told", "x"]}),
        ("/outcome/checks", {}),
        ("/outcome/checks/entered", {"entered": "no"}),
    ],
)
def test_a_code_or_day_that_was_not_on_offer_is_refused_and_nothing_is_kept(
    built: Built, team: Team, step: str, forged: dict[str, Any]
) -> None:
    _, _, case_id, amina = taken_up(built, team)
    own = {"owner": team.amina.staff_id.hex()} if step == "/plan/tasks" else {}
    before = entries(built, team, case_id)
    amina.refused(at_case(case_id, step), FORMS[step] | own | forged)
    assert entries(built, team, case_id) == before


@pytest.mark.req("P6")
@pytest.mark.principle("confidentiality")
def test_whoever_holds_no_key_gets_404_on_every_page_and_form_of_the_work(built: Built, team: Team) -> None:
    _, _, case_id, _ = taken_up(built, team)
    ines = at_work(built, team.ines)
    for place in PLACES:
        answers = [ines.get(at_case(one, place)) for one in (case_id, bytes(16))]
        assert [answer.status_code for answer in answers] == [404, 404]
        assert answers[0].text.replace(case_id.hex(), "0" * 32) == answers[1].text
    for step, data in FORMS.items():
        assert ines.post(at_case(case_id, step), data | {"owner": team.ines.staff_id.hex()}).status_code == 404, step


@pytest.mark.req("U7")
def test_the_names_come_before_the_file(built: Built, team: Team) -> None:
    _, _, case_id, _ = taken_up(built, team)
    ben = at_work(built, team.ben)
    for place in PLACES:
        assert ben.get(at_case(case_id, place)).headers["Location"] == at_case(case_id, "/names")


@pytest.mark.req("P7")
def test_reading_the_file_stands_in_her_ledger(built: Built, team: Team) -> None:
    token, _, case_id, amina = taken_up(built, team)
    amina.read(at_case(case_id, "/plan"))
    assert "Amina Diallo opened the team’s file of your case." in plain(her_at(built, token).read("/people"))


@pytest.mark.req("L2")
def test_a_task_is_given_done_and_dropped_from_its_page(built: Built, team: Team) -> None:
    _, _, case_id, amina = taken_up(built, team)
    task = FORMS["/plan/tasks"] | {"owner": team.ben.staff_id.hex()}
    page = amina.do(at_case(case_id, "/plan/tasks"), task)
    found = re.search(r'name="task" value="([0-9a-f]{32})"', page)
    assert found is not None
    assert "Keep the mails Evidence · Ben Okafor" in words_of(page)
    mine = {"task": found[1], "owner": team.amina.staff_id.hex(), "due_on": "2026-03-01"}
    assert "Amina Diallo · March 1, 2026 Overdue" in words_of(amina.do(at_case(case_id, "/plan/tasks/give"), mine))
    assert "A reason is needed" in amina.refused(at_case(case_id, "/plan/tasks/end"), {"task": found[1]})
    dropped = {"task": found[1], "state": "dropped", "why": "Nobody keeps mails that long."}
    assert "Dropped Nobody keeps mails that long." in words_of(amina.do(at_case(case_id, "/plan/tasks/end"), dropped))
    amina.refused(at_case(case_id, "/plan/tasks/end"), {"task": found[1], "state": "done"})


@pytest.mark.req("U4")
@pytest.mark.principle("informed_consent")
def test_staff_see_at_once_what_her_way_allows(built: Built, team: Team) -> None:
    _, reporter, case_id, amina = taken_up(built, team)
    assert "The way the reporter chose: Investigation." in amina.read(at_case(case_id, "/plan"))
    for way, says in ((Way.SUPPORT, "wants support only"), (Way.INFORMAL, "has not said yes to anything yet")):
        in_unit(built, choosing.change_way, reporter, case_id, way)
        page = amina.read(at_case(case_id, "/interviews"))
        assert says in page
        assert 'name="notes"' not in page
        refused = amina.refused(at_case(case_id, "/interviews"), FORMS["/interviews"])
        assert "The way that the reporter chose does not allow this." in refused
        assert "Saw both." in refused, "what was typed is not lost"


@pytest.mark.req("U10", "L2")
def test_a_case_goes_from_receipt_to_its_end_on_these_pages(built: Built, team: Team) -> None:
    token, _, case_id, amina = taken_up(built, team)
    in_unit(built, casework.take_step, team.amina, case_id, Act.ACKNOWLEDGE)
    track = re.findall(r'<li class="(done|now|ahead)"', amina.read(at_case(case_id, "/outcome")))
    assert track == ["done", "now", "ahead", "ahead"]
    found = FORMS["/outcome"] | {"consequences": ["warning", "work_changed"]}
    assert "No finding yet The named person has not been told yet" in words_of(amina.read(at_case(case_id, "/outcome")))
    assert "whoever is named has to be told" in amina.refused(at_case(case_id, "/outcome"), found)
    cannot_be_asked(built, team.amina, case_id)
    amina.do(at_case(case_id, "/outcome"), found)
    amina.do(at_case(case_id, "/steps"), {"act": "conclude"})
    assert "Tell the reporter the outcome first" in amina.do(at_case(case_id, "/steps"), {"act": "close"})
    amina.refused(at_case(case_id, "/outcome/note"), {"text": "x", "told": "contract_ended"})
    told = {"text": "Two mails say so.", "told": "work_changed"}
    assert "stands on the reporter’s page" in amina.do(at_case(case_id, "/outcome/note"), told)
    hers = plain(her_at(built, token).read())
    assert "What was found supports what you told. Two mails say so." in hers
    assert "Something at work was changed" in hers
    assert "A warning" not in hers
    assert "A second person is asked now." in amina.do(at_case(case_id, "/steps"), {"act": "close"})
    take_up(built, team.ben, case_id)
    ben = at_work(built, team.ben)
    asked = re.search(r'action="([^"]+/decide)"', ben.read("/en/staff/approvals"))
    assert asked is not None
    assert amina.post(asked[1], {"answer": "yes"}).status_code == 404, "nobody agrees to their own request"
    ben.do(asked[1], {"answer": "yes"})
    assert "Agreed" in amina.read(at_case(case_id, "/outcome"))
    assert "Closed" in amina.do(at_case(case_id, "/steps"), {"act": "close"})
    assert "open the case again" in plain(her_at(built, token).read()).lower()
    assert "This case is closed." in amina.refused(at_case(case_id, "/outcome"), found)


@pytest.mark.req("U15")
def test_the_checklist_is_there_only_for_a_finding_that_supports_the_report(built: Built, team: Team) -> None:
    _, _, case_id, amina = taken_up(built, team)
    cannot_be_asked(built, team.amina, case_id)
    assert "ClearCheck" not in amina.do(at_case(case_id, "/outcome"), FORMS["/outcome"] | {"finding": "not_enough"})
    amina.refused(at_case(case_id, "/outcome/checks"), FORMS["/outcome/checks"])
    assert "ClearCheck" in amina.do(at_case(case_id, "/outcome"), FORMS["/outcome"])
    page = amina.do(at_case(case_id, "/outcome/checks"), FORMS["/outcome/checks"])
    assert "Waits for a second person" in page
    take_up(built, team.ben, case_id)
    ben = at_work(built, team.ben)
    asked = re.search(r'action="([^"]+/decide)"', ben.read("/en/staff/approvals"))
    assert asked is not None
    ben.do(asked[1], {"answer": "yes"})
    check = re.search(r'name="list" value="([0-9a-f]{32})"', amina.read(at_case(case_id, "/outcome")))
    assert check is not None
    entered = {"list": check[1], "entered": "yes"}
    assert "Entered Amina Diallo" in words_of(amina.do(at_case(case_id, "/outcome/checks/entered"), entered))
    amina.refused(at_case(case_id, "/outcome/checks/entered"), entered)
