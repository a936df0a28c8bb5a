"""The auditor: both chains page by page, tampering found and named, and whether somebody waits as words alone."""

import re

import pytest
from sqlalchemy import text

from reporting.domain.case import CaseKind
from reporting.domain.oversight.audit import StaffEvent
from reporting.domain.people import Role
from reporting.services import chores
from reporting.services.casework import messages
from reporting.services.oversight import audit, checkpoints
from reporting.services.oversight import overview as oversight
from reporting.store.audit import recent_events
from reporting.store.database import reading, writing
from tests.builders import Built, Team, add_staff, in_unit, send_report
from tests.engines import on_sqlite
from tests.web.colleague import Colleague, at_case, at_work, words_of

pytestmark = on_sqlite
AUDIT = "/en/staff/audit"


@pytest.fixture
def axel(built: Built, team: Team) -> Colleague:
    """An auditor at work."""
    return at_work(built, add_staff(built, team.desk, Role.AUDITOR, "Axel Lindqvist"))


def tamper(built: Built, statement: str) -> None:
    """Change the main database past the program, as a thief with its file would."""
    with writing(built.stores) as work:
        for trigger in ("audit_events_no_update", "audit_events_no_delete"):
            work.main.execute(text(f"DROP TRIGGER IF EXISTS {trigger}"))
        work.main.execute(text(statement))


@pytest.mark.req("ASVS-16.4.2")
@pytest.mark.principle("prevention")
def test_whole_chains_are_said_to_be_whole_and_the_check_is_recorded(built: Built, axel: Colleague) -> None:
    page = axel.read(f"{AUDIT}/verification")
    assert "Both chains are whole" in page
    with reading(built.stores) as work:
        (last,) = recent_events(work.main, 1)
        assert (last.action, last.detail) == (StaffEvent.AUDIT_VERIFIED, "whole")


@pytest.mark.parametrize(
    ("statement", "told"),
    [
        ("UPDATE audit_events SET action = 'signed_out' WHERE seq = 3", "What staff did: link 3 was altered"),
        ("DELETE FROM audit_events WHERE seq = 4", "What staff did: link 4 is missing"),
        ("DELETE FROM audit_events WHERE seq = (SELECT max(seq) FROM audit_events)", "is cut off here"),
        ("UPDATE audit_heads SET hash = zeroblob(32)", "has an altered end mark"),
        ("DELETE FROM audit_heads", "has lost its end mark"),
    ],
)
def test_tampering_is_found_and_named(built: Built, axel: Colleague, statement: str, told: str) -> None:
    tamper(built, statement)
    assert told in words_of(axel.read(f"{AUDIT}/verification"))
    assert "Something is wrong" in axel.read(f"{AUDIT}/verification"), "and it is not healed by what follows"


def test_a_row_that_no_program_wrote_is_shown_as_such(built: Built, axel: Colleague) -> None:
    tamper(built, "UPDATE audit_events SET action = 'nothing_we_know' WHERE seq = 3")
    assert "Something that this program never writes" in axel.read(f"{AUDIT}/staff")


@pytest.mark.principle("confidentiality")
def test_what_staff_did_is_told_without_saying_to_which_case(built: Built, team: Team, axel: Colleague) -> None:
    _, _, case_id = send_report(built, team.office, "Only for those who hold it.")
    amina = at_work(built, team.amina)
    amina.do(at_case(case_id, "/names"))
    amina.do(at_case(case_id, "/colleagues"), {"colleague": team.ines.staff_id.hex()})
    raw = axel.read(f"{AUDIT}/staff")
    page = words_of(raw)
    assert "2 Mar 2026 09:30 UTC Amina Diallo Gave a colleague the key Ines Moreau" in page
    assert "Amina Diallo Opened the story" in page
    assert "Read the record" in page
    ref = audit.case_ref(built.house, case_id).hex()
    assert not re.search(rf"{case_id.hex()}|{case_id.hex()[:8]}|{ref}", raw, re.IGNORECASE)


def test_what_reporters_did_comes_by_day_and_the_next_night(built: Built, team: Team, axel: Colleague) -> None:
    send_report(built, team.office)
    assert "Sent a report" not in axel.read(f"{AUDIT}/reporters")
    built.clock.forward(days=1)
    in_unit(built, audit.link_days)
    axel.sign_in(add_staff(built, team.desk, Role.AUDITOR, "Second Auditor"))
    page = words_of(axel.read(f"{AUDIT}/reporters"))
    assert "1 March 2, 2026 Sent a report" in page
    assert not re.search(r"\d\d:\d\d", page)


@pytest.mark.parametrize("chain", ["staff", "reporters"])
def test_both_chains_have_pages_without_gap_or_repeat(
    built: Built, team: Team, chain: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, reporter, case_id = send_report(built, team.office)
    for number in range(8):
        in_unit(built, messages.write_as_reporter, reporter, case_id, f"Message {number}")
    built.clock.forward(days=1)
    in_unit(built, audit.link_days)
    auditor = at_work(built, add_staff(built, team.desk, Role.AUDITOR, "Second Auditor"))
    monkeypatch.setattr(oversight, "PAGE", 4)
    seen: list[int] = []
    path = f"{AUDIT}/{chain}"
    while path:
        page = auditor.read(path)
        seen += [int(number) for number in re.findall(r"<tr><td>(\d+)</td>", page)]
        found = re.search(r'href="([^"]+)" rel="next"', page)
        path = found.group(1) if found else ""
    assert seen == list(range(seen[0], 0, -1))
    assert seen[0] > 8
    for odd in ("before=x", "before=-1", "before=" + "9" * 40, "before=٣", "before=0"):
        assert auditor.get(f"{AUDIT}/{chain}?{odd}").status_code == 200


@pytest.mark.req("S26")
@pytest.mark.principle("respect")
def test_complaints_that_wait_are_words_and_never_a_number(built: Built, team: Team, axel: Colleague) -> None:
    assert "None waits." in axel.read(AUDIT)
    send_report(built, team.office)
    assert "None waits." in axel.read(AUDIT)
    _, _, complaint = send_report(built, team.office, kind=CaseKind.COMPLAINT)
    one = words_of(axel.read(AUDIT))
    assert "Some wait for an answer at the outside desk." in one
    send_report(built, team.office, kind=CaseKind.COMPLAINT)
    assert words_of(axel.read(AUDIT)) == one
    assert complaint.hex() not in one


def test_chores_and_chain_ends_are_there_to_be_noted(built: Built, axel: Colleague) -> None:
    assert "Timed work has not begun" in axel.read(AUDIT)
    in_unit(built, chores.ensure)
    assert "Has not run yet" in axel.read(AUDIT)
    chores.run_due(built.stores, built.house)
    page = axel.read(AUDIT)
    assert "whole" in page
    with reading(built.stores) as work:
        for head in oversight.heads_of(work):
            assert head.hash in page


@pytest.mark.req("ASVS-16.4.2")
def test_the_auditor_takes_a_checkpoint_that_is_recorded_and_fits(built: Built, team: Team, axel: Colleague) -> None:
    answer = axel.get(f"{AUDIT}/checkpoint/text")
    assert (answer.status_code, answer.mimetype) == (200, "text/plain")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="checkpoint-2026-03-02.txt"'
    assert answer.headers["Cache-Control"] == "no-store"
    kept = checkpoints.read_checkpoint(answer.text)
    send_report(built, team.office)
    axel.read(f"{AUDIT}/staff")
    with reading(built.stores) as work:
        assert checkpoints.compare(work, built.house, kept) == []
    assert "Axel Lindqvist Made a checkpoint of the record" in words_of(axel.read(f"{AUDIT}/staff"))
    assert kept.public_key.hex() in axel.read(f"{AUDIT}/checkpoint")


@pytest.mark.req("ASVS-16.4.2")
def test_a_copy_is_compared_without_being_handed_over(axel: Colleague) -> None:
    kept = checkpoints.read_checkpoint(axel.get(f"{AUDIT}/checkpoint/text").text)
    mark = kept.marks["audit_events"][3]
    page = axel.do(f"{AUDIT}/checkpoint", {"audit_events": f" {mark.seq} ", "audit_days": "7"})
    assert mark.hash.hex() in page
    assert "There is no such link" in page
    for odd in ("", "x", "-1", "٣", "9" * 40, "1 OR 1"):
        assert "no such link" not in axel.do(f"{AUDIT}/checkpoint", {"audit_events": odd, "audit_days": odd})


def test_an_auditor_sees_no_case_account_or_office_page(built: Built, team: Team, axel: Colleague) -> None:
    _, _, case_id = send_report(built, team.office)
    paths = ("/en/staff/inbox", at_case(case_id), "/en/staff/accounts", "/en/staff/offices", "/en/staff/colleagues")
    assert {axel.get(path).status_code for path in paths} == {404}
