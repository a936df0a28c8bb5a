"""Boxes in the inbox, the page of setting aside, and what the sender reads."""

import re

import pytest

from reporting.services.casework.messages import write_as_reporter
from tests.builders import Built, Team, in_unit, send_report
from tests.services.acts import take_up
from tests.web.colleague import at_case, at_work, words_of
from tests.web.her import her_at

pytestmark = [pytest.mark.req("P6")]

INBOX = "/en/staff/inbox"
ASIDE = "/en/staff/inbox/aside"


def boxes(page: str) -> list[str]:
    """Return the values of the boxes of an inbox."""
    return re.findall(r'name="case" value="([0-9a-f.]+)"', page)


def test_several_leave_the_inbox_with_one_reason_and_the_sender_is_asked_to_tell_more(built: Built, team: Team) -> None:
    sent = [send_report(built, team.office, f"asdf {place}") for place in range(2)]
    for member in (team.amina, team.ben):
        take_up(built, member, *(case_id for *_, case_id in sent))
    amina, ben = at_work(built, team.amina), at_work(built, team.ben)
    ticked = boxes(amina.read(INBOX))
    assert len(ticked) == 2
    page = amina.do(ASIDE, {"case": ticked, "reason": "not_understandable"})
    assert "Set aside. The reporter is asked to tell more." in page
    assert "You hold no case now." in page
    assert len(re.findall(r"/cases/[0-9a-f]{32}\"", amina.read(f"{INBOX}?status=set_aside"))) == 2
    assert "We could not follow this. Please tell us more." in her_at(built, sent[0][0]).read()
    (once,) = set(re.findall(r"/cases/([0-9a-f]{32})/aside", ben.read(INBOX)))
    assert "Nobody could understand it" in words_of(ben.read(at_case(bytes.fromhex(once), "/aside")))
    assert "stays aside" in ben.do(at_case(bytes.fromhex(once), "/aside/check"), {"answer": "yes"})
    assert '/aside"' not in ben.read(INBOX)


def test_she_writes_and_it_is_new_again(built: Built, team: Team) -> None:
    token, _, case_id = send_report(built, team.office, "asdf")
    take_up(built, team.amina, case_id)
    amina = at_work(built, team.amina)
    amina.do(at_case(case_id, "/aside"), {"case": f"{case_id.hex()}.0", "reason": "test"})
    her = her_at(built, token)
    her.do("/write", {"text": "My supervisor keeps touching me."})
    assert "What you wrote has arrived" in her.read()
    assert boxes(amina.read(INBOX)) == [f"{case_id.hex()}.1"]


def test_what_is_forged_or_stale_sets_nothing_aside(built: Built, team: Team) -> None:
    _, her, case_id = send_report(built, team.office)
    take_up(built, team.amina, case_id)
    amina, box = at_work(built, team.amina), f"{case_id.hex()}.0"
    for fields in (
        {},
        {"case": box},
        {"case": box, "reason": "false"},
        {"case": "x", "reason": "test"},
        {"case": f"{case_id.hex()}.-1", "reason": "test"},
        {"case": f"{'f' * 32}.0", "reason": "test"},
        {"case": f"{case_id.hex()}.{'9' * 300}", "reason": "test"},
    ):
        assert "Nothing was set aside" in amina.do(ASIDE, fields)
    for original in ("", "ABCD-1234", "é" * 500):
        page = amina.do(ASIDE, {"case": box, "reason": "duplicate", "original": original})
        assert "no case that you hold has this reference" in page
    in_unit(built, write_as_reporter, her, case_id, "More")
    assert "a reporter has written meanwhile" in amina.do(ASIDE, {"case": box, "reason": "test"})
    for member in (team.ines, team.desk_reader):
        stranger = at_work(built, member)
        assert "Nothing was set aside" in stranger.do(ASIDE, {"case": f"{case_id.hex()}.1", "reason": "test"})
        for step in ("/aside", "/aside/back", "/aside/check"):
            stranger.refused(at_case(case_id, step), {"case": box, "reason": "test"}, 404)
    assert boxes(amina.read(INBOX)) == [f"{case_id.hex()}.1"]


def test_whoever_has_not_answered_the_conflict_question_is_led_there(built: Built, team: Team) -> None:
    _, _, case_id = send_report(built, team.office)
    amina = at_work(built, team.amina)
    page = amina.refused(ASIDE, {"case": f"{case_id.hex()}.0", "reason": "test"})
    assert "First say whether you have ties" in page


def test_it_is_taken_up_again_from_its_page(built: Built, team: Team) -> None:
    _, _, case_id = send_report(built, team.office)
    take_up(built, team.amina, case_id)
    amina = at_work(built, team.amina)
    amina.do(at_case(case_id, "/aside"), {"case": f"{case_id.hex()}.0", "reason": "advertising"})
    assert "back among the new cases" in amina.do(at_case(case_id, "/aside/back"))
    amina.refused(at_case(case_id, "/aside/back"), status=404)
    assert boxes(amina.read(INBOX)) == [f"{case_id.hex()}.0"]
