"""From a draft to what is sealed, each answer into its own compartment, and back when she goes on writing."""

from datetime import date

import pytest

from reporting.domain.case import CaseKind
from reporting.domain.questions import Door, question
from reporting.domain.reading.consent import NewReaders
from reporting.domain.sealed.disclosure import Answer, AnswerState, Choices, Identity, Person, answer_to
from reporting.services.survivor import record
from reporting.services.survivor.composing import compose, draft_from, wishes_again
from reporting.services.survivor.drafts import Draft, new_draft
from tests.builders import Built, in_unit, send_report
from tests.services.acts import her_page

DAY = date(2026, 3, 2)


def text(question_id: str, words: str) -> Answer:
    """Answer a question in her own words."""
    return answer_to(question(question_id), text=words)


def ticked(question_id: str, *choices: str) -> Answer:
    """Answer a question by ticking."""
    return answer_to(question(question_id), choices=choices)


def full(door: Door = Door.FORMAL) -> Draft:
    """Return a draft with something in every compartment, answered in another order than asked."""
    answers = (
        text("about.name", "Nadia"),
        ticked("about.visible", "yes"),
        text("wishes.own", "That it stops."),
        ticked("wishes.wanted", question("wishes.wanted").choices[0].id),
        ticked("wishes.contact", "yes"),
        ticked("wishes.statistics", "yes"),
        ticked("wishes.new_readers", "tell"),
        ticked("wishes.handler_gender", question("wishes.handler_gender").choices[0].id),
        ticked("wishes.talk", *[choice.id for choice in question("wishes.talk").choices[:2]]),
        text("account.story", "It began in May."),
    )
    named = (Person("Ben"),)
    return Draft("", "en", door, named=named, excluded_words=("Amina",)).with_answers(answers)


@pytest.mark.req("P4", "U3")
def test_each_answer_is_sealed_in_its_own_compartment(empty: Built) -> None:
    sent = compose(full(), DAY)
    assert [answer.question_id for answer in sent.disclosure.answers] == ["account.story"]
    assert [answer.question_id for answer in sent.identity.answers] == ["about.name"]
    assert sent.identity.visible_to_team
    assert sent.people.named == (Person("Ben"),)
    assert (sent.choices.contact, sent.choices.statistics, sent.choices.new_readers) == (True, True, NewReaders.TELL)
    assert (sent.disclosure.written_on, sent.disclosure.unfinished, sent.kind) == ("2026-03-02", False, CaseKind.REPORT)
    assert empty.house.today() == DAY


@pytest.mark.req("G1", "U2")
@pytest.mark.principle("informed_consent")
def test_nothing_is_allowed_that_she_did_not_say(empty: Built) -> None:
    sent = compose(new_draft("en", Door.INFORMAL), empty.house.today(), unfinished=True)
    choices = sent.choices
    assert (choices.contact, choices.statistics, choices.new_readers) == (False, False, NewReaders.ASK)
    assert not sent.identity.visible_to_team
    assert not sent.disclosure.says_something
    assert sent.disclosure.unfinished


def test_a_complaint_is_a_case_of_its_own_kind(empty: Built) -> None:
    assert compose(new_draft("en", Door.COMPLAINT), empty.house.today()).kind is CaseKind.COMPLAINT


@pytest.mark.principle("respect")
def test_an_answer_of_another_version_of_the_questions_is_kept_at_the_end(empty: Built) -> None:
    old = Answer("account.before_2020", "A question of old", AnswerState.ANSWERED, "Kept.")
    sent = compose(full().with_answers((old,)), empty.house.today())
    assert [answer.question_id for answer in sent.disclosure.answers] == ["account.story", "account.before_2020"]


@pytest.mark.principle("respect")
@pytest.mark.parametrize("door", [Door.FORMAL, Door.PRIVATE])
def test_going_on_with_a_record_gives_her_everything_back(empty: Built, door: Door) -> None:
    _, reporter, case_id = send_report(empty, None)
    first = full(door)
    in_unit(empty, record.rewrite_record, reporter, case_id, compose(first, empty.house.today()))
    again = draft_from(her_page(empty, reporter, case_id), Draft("", "en", door), case_id)
    expected = {a.question_id: a for a in first.answers}
    if door is Door.PRIVATE:
        del expected["wishes.new_readers"]  # it is not asked at this door, so it is no answer of hers
    assert {a.question_id: a for a in again.answers} == expected
    assert (again.named, again.excluded_words, again.continuing) == (first.named, first.excluded_words, case_id.hex())
    assert compose(again, empty.house.today()).choices.wishes == compose(first, empty.house.today()).choices.wishes


def test_a_witness_gets_the_wishes_of_a_witness_back() -> None:
    wished = question("wishes.witness").choices[0].id
    again = wishes_again(Choices(Door.WITNESS, "en", wishes=(wished,)), Identity())
    assert [answer.question_id for answer in again if answer.question_id.startswith("wishes.w")] == ["wishes.witness"]


def test_the_words_of_the_questions_are_said_in_her_language() -> None:
    again = wishes_again(Choices(Door.FORMAL, "en", contact=True), Identity(), say=str.upper)
    assert {answer.wording for answer in again} == {answer.wording.upper() for answer in again}
