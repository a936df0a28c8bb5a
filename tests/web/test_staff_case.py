"""A case in the hands of its handlers: names first, then the story, and every act with its effect."""

import re

import pytest
from flask import g

from reporting.domain.case import Act
from reporting.domain.oversight.audit import StaffEvent
from reporting.domain.people import Role
from reporting.domain.reading.consent import NewReaders
from reporting.domain.sealed.disclosure import Answer, AnswerState, People, Person
from reporting.services.casework import messages
from reporting.services.survivor import choosing, follow
from reporting.store.database import reading
from reporting.web.staff.case_page import answers_shown
from tests.builders import Built, Team, add_staff, in_unit, send_report
from tests.engines import on_sqlite
from tests.web.colleague import at_case, at_work, words_of
from tests.web.her import her_at

pytestmark = on_sqlite
STORY = "He waits at the lift.\n\n<b>Every</b> evening. مساء"
STEPS = ("", "/names", "/identity")
POSTS = ("/names", "/messages", "/notes", "/title", "/steps", "/colleagues", "/leave", "/identity/open")


def ledger(built: Built, case_id: bytes) -> list[StaffEvent]:
    """Return what she can read of what staff did, in order."""
    with reading(built.stores) as work:
        return [line.action for line in follow.ledger(work, built.house, case_id)]


@pytest.mark.req("U7", "S18")
@pytest.mark.principle("confidentiality")
def test_names_come_first_and_alone(built: Built, team: Team) -> None:
    person = Person(name="Carl Nilsson", role="Head of unit", office="Third floor", contact="carl@example.org")
    _, _, case_id = send_report(built, team.office, STORY, people=People(named=(person,)))
    amina = at_work(built, team.amina)
    assert amina.get(at_case(case_id)).headers["Location"] == at_case(case_id, "/names")
    page = amina.read(at_case(case_id, "/names"))
    for given in ("Carl Nilsson", "Head of unit", "Third floor", "carl@example.org"):
        assert given in page
    assert "He waits at the lift." not in page
    assert StaffEvent.CASE_OPENED not in ledger(built, case_id)
    page = amina.do(at_case(case_id, "/names"))
    assert "Noted. The case is open to you now." in page
    assert "He waits at the lift." in page
    assert ledger(built, case_id)[-2:] == [StaffEvent.NO_CONFLICT_DECLARED, StaffEvent.CASE_OPENED]


def test_nothing_can_be_done_before_the_declaration(built: Built, team: Team) -> None:
    _, _, case_id = send_report(built, team.office, STORY)
    amina = at_work(built, team.amina)
    for step, data in (
        ("/messages", {"message": "x"}),
        ("/notes", {"note": "x"}),
        ("/title", {"title": "x"}),
        ("/steps", {"act": "acknowledge"}),
        ("/colleagues", {"colleague": team.ines.staff_id.hex()}),
        ("/identity/ask", {}),
    ):
        assert "waits" not in amina.refused(at_case(case_id, step), data)
    assert amina.get(at_case(case_id, "/identity")).headers["Location"] == at_case(case_id, "/names")
    assert ledger(built, case_id) == []


@pytest.mark.req("U7")
@pytest.mark.principle("confidentiality")
def test_whoever_holds_no_key_gets_the_same_404_as_for_no_case(built: Built, team: Team) -> None:
    _, _, case_id = send_report(built, team.office, STORY, named=("Amina Diallo",))
    others = [team.amina, team.ines, team.desk_reader]
    others += [add_staff(built, team.office, role, f"Other {role}") for role in (Role.ADMINISTRATOR, Role.AUDITOR)]
    for member in others:
        colleague = at_work(built, member)
        for step in STEPS:
            real, none = colleague.get(at_case(case_id, step)), colleague.get(at_case(bytes(16), step))
            assert (real.status_code, real.text) == (404, none.text.replace("0" * 32, case_id.hex()))
        for step in POSTS:
            assert colleague.post(at_case(case_id, step), {"passphrase": "x", "act": "close"}).status_code in (404, 422)
    assert ledger(built, case_id) == []


@pytest.mark.parametrize("broken", ["zz", "0" * 31, "0" * 33, "A" * 32, "%00", "..%2f.."])
def test_an_address_that_is_no_case_is_404(built: Built, team: Team, broken: str) -> None:
    assert at_work(built, team.amina).get(f"/en/staff/cases/{broken}").status_code == 404


@pytest.mark.principle("respect")
def test_her_words_stand_there_exactly_and_as_text(built: Built, team: Team) -> None:
    _, _, case_id = send_report(built, team.office, STORY, wishes=("stop",), wishes_text="Not to sit beside him.")
    amina = at_work(built, team.amina)
    amina.do(at_case(case_id, "/names"))
    raw = amina.get(at_case(case_id)).text
    assert "He waits at the lift.\n\n&lt;b&gt;Every&lt;/b&gt; evening. مساء" in raw
    page = words_of(raw)
    assert "That it stops" in page
    assert "Not to sit beside him." in page
    assert "Informal: someone to talk to, advice, support" in page


def test_questions_are_shown_in_the_readers_language_and_as_they_were_put(built: Built, team: Team) -> None:
    _, _, case_id = send_report(built, team.office, STORY)
    amina = at_work(built, team.amina)
    amina.do(at_case(case_id, "/names"))
    page = amina.get(f"/ar/staff/cases/{case_id.hex()}").text
    assert 'dir="rtl"' in page
    assert "In your own words" in page
    assert page.count("He waits at the lift.") == 1


def test_a_question_of_an_older_catalogue_keeps_its_words(built: Built) -> None:
    old = Answer("retired.question", "What was asked then?", AnswerState.ANSWERED, "Yes", ("a",), ("A label",))
    unsure = Answer("details.when", "When?", AnswerState.NOT_SURE)
    skipped = Answer("details.where", "Where?", AnswerState.SKIPPED)
    with built.app.test_request_context("/ar/staff"):
        g.language = "ar"
        shown = answers_shown((old, unsure, skipped), "en")
    assert (shown[0].label, shown[0].choices) == ("What was asked then?", ("A label",))
    assert len(shown) == 2
    assert shown[1].state


def test_a_reply_reaches_her_page_and_a_note_does_not(built: Built, team: Team) -> None:
    token, _, case_id = send_report(built, team.office, STORY)
    amina = at_work(built, team.amina)
    amina.do(at_case(case_id, "/names"))
    text = "Thank you.\n\n<i>Really</i>, thank you. 😀"
    assert "Your message stands on the reporter's page." in amina.do(at_case(case_id, "/messages"), {"message": text})
    assert "Your note is saved." in amina.do(at_case(case_id, "/notes"), {"note": "Free desk on the second floor."})
    hers = her_at(built, token).read()
    assert "Really" in hers
    assert "second floor" not in hers
    page = at_work(built, team.ben).do(at_case(case_id, "/names"))
    assert "Free desk on the second floor." in page
    assert "Amina Diallo" in page


def test_a_reply_or_a_note_that_is_sent_twice_stands_there_once(built: Built, team: Team) -> None:
    _, _, case_id = send_report(built, team.office, STORY)
    amina = at_work(built, team.amina)
    amina.do(at_case(case_id, "/names"))
    for step, field in (("/messages", "message"), ("/notes", "note")):
        for text in ("Once.", "Once.", "And another.", "Once."):
            amina.do(at_case(case_id, step), {field: text})
    page = amina.read(at_case(case_id))
    assert page.count(">Once.</p>") == 4
    assert page.count(">And another.</p>") == 2


@pytest.mark.parametrize(("step", "data"), [("/messages", {"message": " \n "}), ("/notes", {}), ("/messages", {})])
def test_an_empty_text_changes_nothing_and_says_so(built: Built, team: Team, step: str, data: dict[str, str]) -> None:
    _, _, case_id = send_report(built, team.office, STORY)
    amina = at_work(built, team.amina)
    amina.do(at_case(case_id, "/names"))
    assert "There was nothing to save yet." in amina.do(at_case(case_id, step), data)
    assert ledger(built, case_id)[-1] == StaffEvent.CASE_OPENED


def test_a_text_that_is_too_long_is_refused_and_still_there(built: Built, team: Team) -> None:
    _, _, case_id = send_report(built, team.office, STORY)
    amina = at_work(built, team.amina)
    amina.do(at_case(case_id, "/names"))
    page = amina.refused(at_case(case_id, "/messages"), {"message": "a" * 1_100_000})
    assert "the limit is 1 MB" in page
    assert "a" * 1000 in page


@pytest.mark.principle("respect")
def test_handlers_are_told_when_she_wants_no_questions_or_does_not_take_part(built: Built, team: Team) -> None:
    _, _, quiet = send_report(built, team.office, contact=False, taking_part=False)
    _, _, open_to = send_report(built, team.office, contact=True)
    amina = at_work(built, team.amina)
    page = amina.do(at_case(quiet, "/names"))
    assert "put no questions" in page
    assert "does not take part" in page
    page = amina.do(at_case(open_to, "/names"))
    assert "put no questions" not in page
    assert "does not take part" not in page


def test_a_new_message_of_hers_is_marked_until_the_answer(built: Built, team: Team) -> None:
    _, reporter, case_id = send_report(built, team.office, STORY)
    amina = at_work(built, team.amina)
    amina.do(at_case(case_id, "/names"))
    in_unit(built, messages.write_as_reporter, reporter, case_id, "Are you there?")
    assert ">New</span>" in amina.read(at_case(case_id))
    assert ">New</span>" not in amina.do(at_case(case_id, "/messages"), {"message": "Yes."})


@pytest.mark.req("L1", "L2")
def test_steps_follow_the_status_table_and_her_page_says_so(built: Built, team: Team) -> None:
    token, _, case_id = send_report(built, team.office, STORY)
    amina = at_work(built, team.amina)
    page = amina.do(at_case(case_id, "/names"))
    assert re.findall(r'name="act" value="(\w+)"', page) == ["acknowledge"]
    page = amina.do(at_case(case_id, "/steps"), {"act": "acknowledge"})
    assert re.findall(r'name="act" value="(\w+)"', page) == ["begin", "conclude"]
    assert "The team has told you that it read this." in her_at(built, token).read()
    for act, label in (("begin", "Being worked on"), ("conclude", "Concluded"), ("close", "Not closed.")):
        assert label in amina.do(at_case(case_id, "/steps"), {"act": act})
    assert "This is not possible any more." in amina.do(at_case(case_id, "/steps"), {"act": "begin"})
    amina.refused(at_case(case_id, "/steps"), {"act": "withdraw_everything"})
    for hers in (Act.WITHDRAW, Act.ERASE_LATER, Act.OPEN):
        assert "not possible any more" in amina.do(at_case(case_id, "/steps"), {"act": hers.value})


@pytest.mark.req("L2")
def test_the_case_says_what_comes_next_and_offers_closing_only_where_it_says_what_is_missing(
    built: Built, team: Team
) -> None:
    _, _, case_id = send_report(built, team.office, STORY)
    amina = at_work(built, team.amina)

    def comes_next(page: str) -> str:
        return page.partition('<h2 id="next">')[2].partition("</section>")[0]

    assert "<strong>Acknowledge it</strong>" in comes_next(amina.do(at_case(case_id, "/names")))
    page = comes_next(amina.do(at_case(case_id, "/steps"), {"act": "acknowledge"}))
    assert "Waits for an answer" in page
    assert re.findall(r'href="[^"]+/(assessment|plan|outcome)"', page) == ["assessment", "plan"]
    amina.do(at_case(case_id, "/steps"), {"act": "begin"})
    page = amina.do(at_case(case_id, "/steps"), {"act": "conclude"})
    assert 'value="close"' not in page
    assert "/outcome#closing" in comes_next(page)
    closing = amina.read(at_case(case_id, "/outcome")).partition('id="closing"')[2]
    assert 'value="close"' not in closing
    said = [">Done</span>", "Tell the reporter the outcome", ">Next</span>", "Ask for it to be closed"]
    assert sorted(said, key=closing.index) == said


def test_a_working_title_is_for_the_team_alone(built: Built, team: Team) -> None:
    token, _, case_id = send_report(built, team.office, STORY)
    amina = at_work(built, team.amina)
    amina.do(at_case(case_id, "/names"))
    page = amina.do(at_case(case_id, "/title"), {"title": "  Third floor \x00 lift  "})
    assert "Third floor \N{REPLACEMENT CHARACTER} lift" in page
    assert "Third floor" not in her_at(built, token).read()


def test_the_history_names_who_did_what_and_nothing_that_she_did(built: Built, team: Team) -> None:
    _, reporter, case_id = send_report(built, team.office, STORY)
    amina = at_work(built, team.amina)
    amina.do(at_case(case_id, "/names"))
    in_unit(built, choosing.set_new_readers, reporter, case_id, NewReaders.ASK)
    page = words_of(amina.do(at_case(case_id, "/steps"), {"act": "acknowledge"}))
    history = page[page.index("What staff did in this case, newest first") :]
    assert "Took a step · Acknowledge it" in history
    assert "2 Mar 2026 09:30 UTC Amina Diallo Opened the story" in history
    assert "Changed a wish" not in history
