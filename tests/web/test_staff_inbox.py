"""The inbox: what I hold, the most overdue first, and nothing of anything else."""

import re

import pytest

from reporting.domain.case import Act, CaseKind
from reporting.domain.people import Role
from reporting.services.casework import case as casework
from reporting.services.casework import inbox, messages
from reporting.services.evidence import pieces
from reporting.services.organisation import accounts
from reporting.services.reading import assignment
from tests.builders import (
    Built,
    Team,
    add_office,
    add_reader,
    add_staff,
    cheap_passphrases,
    in_unit,
    send_report,
    vouch_by,
)
from tests.engines import on_sqlite
from tests.evidence import add_file, photo
from tests.services.acts import take_up
from tests.web.colleague import Colleague, at_case, at_work, set_up, words_of

pytestmark = on_sqlite
INBOX = "/en/staff/inbox"


def cases_in(page: str) -> list[str]:
    """Return the ids of the cases that a page links to, in order."""
    return re.findall(r'/en/staff/cases/([0-9a-f]{32})"', page)


def name_case(built: Built, team: Team, case_id: bytes, title: str) -> None:
    """Let a handler give a case a working title."""
    in_unit(built, casework.declare_no_conflict, team.amina, case_id)
    in_unit(built, casework.name_case, team.amina, case_id, title)


@pytest.mark.req("U7")
@pytest.mark.principle("confidentiality")
def test_only_cases_that_were_sealed_to_me_are_there(built: Built, team: Team) -> None:
    _, _, mine = send_report(built, team.office)
    _, _, closed = send_report(built, team.office, named=("Amina Diallo",))
    _, _, complaint = send_report(built, team.office, kind=CaseKind.COMPLAINT)
    send_report(built, None)
    assert cases_in(at_work(built, team.amina).read(INBOX)) == [mine.hex()]
    assert set(cases_in(at_work(built, team.ben).read(INBOX))) == {mine.hex(), closed.hex()}
    assert cases_in(at_work(built, team.desk_reader).read(INBOX)) == [complaint.hex()]
    page = at_work(built, team.ines).read(INBOX)
    assert cases_in(page) == []
    assert "You hold no case now." in page


def test_the_most_overdue_stands_first_and_is_marked(built: Built, team: Team) -> None:
    _, _, late = send_report(built, team.office)
    built.clock.forward(days=7)
    _, _, fresh = send_report(built, team.office)
    page = at_work(built, team.amina).read(INBOX)
    assert cases_in(page) == [late.hex(), fresh.hex()]
    assert page.count('class="overdue"') == 1
    assert "Acknowledge it" in page


def test_filters_narrow_by_stage_clock_and_waiting(built: Built, team: Team) -> None:
    _, reporter, answered = send_report(built, team.office)
    built.clock.forward(days=7)
    _, _, fresh = send_report(built, team.office)
    in_unit(built, casework.declare_no_conflict, team.amina, answered)
    in_unit(built, casework.take_step, team.amina, answered, Act.ACKNOWLEDGE)
    in_unit(built, messages.write_as_staff, team.amina, answered, "Thank you.")
    amina = at_work(built, team.amina)
    assert cases_in(amina.read(f"{INBOX}?status=assessing")) == [answered.hex()]
    assert cases_in(amina.read(f"{INBOX}?status=received")) == [fresh.hex()]
    assert cases_in(amina.read(f"{INBOX}?show=waiting")) == [fresh.hex()]
    in_unit(built, messages.write_as_reporter, reporter, answered, "One thing more.")
    assert len(cases_in(amina.read(f"{INBOX}?show=waiting"))) == 2
    assert "None of your cases fits this filter." in amina.read(f"{INBOX}?show=overdue&status=closed")


def test_filters_and_pages_that_do_not_exist_narrow_nothing(built: Built, team: Team) -> None:
    _, _, case_id = send_report(built, team.office)
    amina = at_work(built, team.amina)
    for query in (
        "status=private",
        "status=%00",
        "show=x",
        "after=2026-13-01.aa",
        "after=" + "9" * 500,
        "after=.",
        "x=1",
    ):
        assert cases_in(amina.read(f"{INBOX}?{query}")) == [case_id.hex()], query


def test_pages_follow_each_other_without_gap_or_repeat(
    built: Built, team: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(inbox, "PAGE", 2)
    sent = {send_report(built, team.office)[2].hex() for _ in range(5)}
    amina, seen, path, page = at_work(built, team.amina), [], f"{INBOX}?status=received", ""
    for _ in range(3):
        page = amina.read(path)
        seen += cases_in(page)
        found = re.search(r'href="([^"]+)" rel="next"', page)
        path = found.group(1).replace("&amp;", "&") if found else ""
    assert path == ""
    assert len(seen) == 5
    assert set(seen) == sent
    assert "status=received" in page
    assert "Back to the first page" in page


def test_a_working_title_stands_there_and_is_text_not_markup(built: Built, team: Team) -> None:
    _, _, case_id = send_report(built, team.office)
    name_case(built, team, case_id, "<script>alert(1)</script> Lift")
    answer = at_work(built, team.ben).get(INBOX)
    assert "&lt;script&gt;alert(1)&lt;/script&gt; Lift" in answer.text
    assert "<script>alert(1)" not in answer.text


def test_a_new_report_says_new_and_a_later_message_says_that_it_waits(built: Built, team: Team) -> None:
    _, reporter, case_id = send_report(built, team.office)
    amina = at_work(built, team.amina)
    assert '<span class="tag care">New</span>' in amina.read(INBOX)
    in_unit(built, casework.declare_no_conflict, team.amina, case_id)
    in_unit(built, casework.take_step, team.amina, case_id, Act.ACKNOWLEDGE)
    in_unit(built, messages.write_as_staff, team.amina, case_id, "Thank you.")
    assert "tag care" not in amina.read(INBOX)
    in_unit(built, messages.write_as_reporter, reporter, case_id, "Please call.")
    assert '<span class="tag care">Waits for an answer</span>' in amina.read(INBOX)


def test_evidence_that_came_since_i_was_there_is_told_until_i_looked_at_it(built: Built, team: Team) -> None:
    _, reporter, case_id = send_report(built, team.office)
    take_up(built, team.amina, case_id)
    amina = at_work(built, team.amina)
    amina.read(at_case(case_id))
    built.clock.forward(days=1)
    amina.sign_in(team.amina)
    assert "New evidence" not in amina.read(INBOX)
    piece = add_file(built, reporter, case_id, photo())
    assert '<span class="tag care">New evidence</span>' in amina.read(INBOX)
    assert "1 new since you were here" in amina.read(at_case(case_id)), "as its page says"
    assert "New evidence" in amina.read(INBOX), "to open the case is not to look"
    assert "New evidence" not in at_work(built, team.ben).read(INBOX), "to whom all of it is new"
    amina.read(at_case(case_id, f"/evidence/{piece.id.hex()}"))
    assert "New evidence" not in amina.read(INBOX)
    other = add_file(built, reporter, case_id, photo("blue"))
    assert "New evidence" in amina.read(INBOX)
    in_unit(built, pieces.take_away, reporter, case_id, other.id)
    assert "New evidence" not in amina.read(INBOX), "what she took away again is not there to be looked at"


@pytest.mark.principle("safety")
def test_everyone_in_the_office_is_told_for_fourteen_days_who_was_vouched_for(built: Built, team: Team) -> None:
    built.clock.forward(days=20)
    new = add_staff(built, team.office, Role.INVESTIGATOR, "Noor Rahman", vouched=False)
    vouch_by(built, team.amina, new)
    ben = at_work(built, team.ben)
    told = "Noor Rahman (Investigator) can receive cases; Amina Diallo vouched on March 22, 2026."
    assert told in words_of(ben.read(INBOX))
    assert told not in words_of(at_work(built, new).read(INBOX)), "not to the person"
    assert "Noor Rahman" not in at_work(built, team.desk_reader).read(INBOX), "not to another office"
    built.clock.forward(days=15)
    ben.sign_in(team.ben)
    assert "Noor Rahman" not in ben.read(INBOX)


@pytest.mark.principle("confidentiality")
def test_whoever_has_a_new_key_sees_nothing_until_a_colleague_gives_access_again(built: Built, team: Team) -> None:
    _, _, case_id = send_report(built, team.office, "Only for those who hold it.")
    code = in_unit(built, accounts.renew_code, None, team.ben.staff_id)
    with_new_key = enrol_again(built, team.ben.username, code)
    assert cases_in(with_new_key.read(INBOX)) == []
    assert with_new_key.get(at_case(case_id)).status_code == 404
    assert with_new_key.get(at_case(case_id, "/names")).status_code == 404
    vouch_by(built, team.amina, team.ben)
    assert cases_in(with_new_key.read(INBOX)) == []
    in_unit(built, casework.declare_no_conflict, team.amina, case_id)
    in_unit(built, assignment.assign, team.amina, case_id, team.ben.staff_id)
    assert cases_in(with_new_key.read(INBOX)) == [case_id.hex()]
    with_new_key.do(at_case(case_id, "/names"))
    page = with_new_key.read(at_case(case_id))
    assert "Only for those who hold it." in page
    assert "Gave a colleague with a new key access again · Ben Okafor" in page


def enrol_again(built: Built, username: str, code: str) -> Colleague:
    """Redeem a new code, as after a lost passphrase."""
    colleague, passphrase = Colleague(built), "harvest canoe walnut drizzle 7"
    with cheap_passphrases():
        answer = colleague.post(
            "/en/staff/enrol",
            {"username": username, "code": code, "passphrase": passphrase, "again": passphrase},
        )
    assert answer.status_code == 303
    set_up(colleague, colleague.read(answer.headers["Location"]))
    return colleague


def test_a_reader_of_another_office_sees_nothing_of_this_one(built: Built, team: Team) -> None:
    _, _, case_id = send_report(built, team.office)
    lima = add_office(built, "Lima", desk=team.desk, is_open=True)
    other = at_work(built, add_reader(built, lima, Role.CASE_MANAGER, "Luz Quispe"))
    assert cases_in(other.read(INBOX)) == []
    assert other.get(at_case(case_id)).status_code == 404
