"""What is sealed comes back exactly, and nothing else is ever accepted."""

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reporting.domain.canonical import Record
from reporting.domain.questions import Door, question
from reporting.domain.reading.consent import NewReaders, Purpose
from reporting.domain.sealed.disclosure import (
    REPORTER,
    STATE_LABELS,
    Answer,
    AnswerState,
    Choices,
    Disclosure,
    Identity,
    Message,
    Note,
    People,
    Person,
    WorkingTitle,
    answer_to,
)
from tests.domain.examples import ACCOUNT, ANNA, BORIS, RECORDS

text = st.text(max_size=60)
answers = st.builds(
    Answer, text, text, st.sampled_from(AnswerState), text, st.lists(text).map(tuple), st.lists(text).map(tuple)
)
disclosures = st.builds(
    Disclosure,
    st.integers(min_value=0),
    text,
    st.sampled_from(Door),
    st.lists(answers, max_size=5).map(tuple),
    st.dates().map(lambda day: day.isoformat()),
    st.booleans(),
)


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: record.WHAT)
def test_every_record_comes_back_as_it_was(record: Record) -> None:
    assert type(record).from_bytes(record.to_bytes()) == record


@given(disclosures)
def test_every_account_comes_back_as_it_was_but_for_nul(account: Disclosure) -> None:
    data = account.to_bytes()
    read = Disclosure.from_bytes(data)
    assert read.to_bytes() == data
    if b"\\u0000" not in json.dumps(json.loads(data)).encode() and "\ufffd" not in data.decode():
        assert read == account


def test_a_hundred_thousand_characters_are_kept_exactly() -> None:
    long = replace(ACCOUNT, answers=(Answer("account.story", "?", AnswerState.ANSWERED, "زهرة🌸\n" * 16_667),))
    assert Disclosure.from_bytes(long.to_bytes()) == long


def test_nul_and_lone_surrogates_never_stop_a_record_from_being_sealed() -> None:
    assert WorkingTitle.from_bytes(WorkingTitle("a\x00b\ud800c").to_bytes()).text == "a\ufffdb\ufffdc"


@pytest.mark.principle("confidentiality")
@pytest.mark.parametrize("day", ["2024-02-29 10:00", "2024-02-29T10", "2023-02-29", "20240229", "2024-W05-1", ""])
def test_no_time_finer_than_a_day_can_be_written_down(day: str) -> None:
    with pytest.raises(ValueError, match=r"day|isoformat|month"):
        replace(ACCOUNT, written_on=day)
    with pytest.raises(ValueError, match=r"day|isoformat|month"):
        Message(0, REPORTER, "", day, "x")
    with pytest.raises(ValueError, match=r"day|isoformat|month"):
        Note(0, ANNA, "Anna", day, "x")


@pytest.mark.req("U2")
def test_one_answer_is_enough_and_none_is_not() -> None:
    assert ACCOUNT.says_something
    only_a_tick = replace(ACCOUNT, answers=(answer_to(question("details.often"), choices=("once",)),))
    assert only_a_tick.says_something
    nothing = replace(ACCOUNT, answers=(answer_to(question("account.story"), text=" \n"),))
    assert not nothing.says_something
    assert not Identity().says_something


def test_an_answer_is_found_by_its_question() -> None:
    found = ACCOUNT.answer("details.often")
    assert found is not None
    assert found.choices == ("once",)
    assert ACCOUNT.answer("details.where") is None
    assert Identity().answer("about.name") is None


def test_an_answer_keeps_the_words_that_she_saw() -> None:
    answer = answer_to(question("details.often"), choices=("more",), say=lambda words: f"<{words}>")
    assert answer.wording == "<Was it once, or more than once?>"
    assert answer.choice_labels == ("<More than once>",)
    assert answer.state is AnswerState.ANSWERED


@pytest.mark.principle("respect")
def test_a_blank_is_called_skipped_and_her_text_is_kept_in_every_state() -> None:
    assert answer_to(question("account.story"), text="  ").state is AnswerState.SKIPPED
    unsure = answer_to(question("account.story"), text="perhaps", state=AnswerState.NOT_SURE)
    assert (unsure.state, unsure.text) == (AnswerState.NOT_SURE, "perhaps")
    assert answer_to(question("details.often"), state=AnswerState.PREFER_NOT).state is AnswerState.PREFER_NOT
    assert set(STATE_LABELS) == set(AnswerState)


def test_a_choice_that_was_not_on_offer_is_refused() -> None:
    with pytest.raises(KeyError):
        answer_to(question("details.often"), choices=("forged",))


@pytest.mark.req("U7")
def test_whom_she_excludes_is_closed_out_even_if_opened_elsewhere() -> None:
    assert People(excluded_staff=(ANNA,), opened_to=(ANNA,)).closes(ANNA, "Anna Brown")
    assert not People(excluded_staff=(ANNA,)).closes(BORIS, "Boris Weiss")


@pytest.mark.req("U7")
@pytest.mark.principle("safety")
@pytest.mark.parametrize(
    "people",
    [
        People(named=(Person(), Person(name="a. brown"))),
        People(named=(Person(contact="anna.brown@example.org"),)),
        People(excluded_words=("that Brown woman",)),
    ],
)
def test_whose_name_resembles_one_she_gave_starts_closed_until_she_opens(people: People) -> None:
    assert people.resembles("Anna Brown")
    assert people.closes(ANNA, "Anna Brown")
    assert not people.closes(BORIS, "Boris Weiss")
    assert not replace(people, opened_to=(ANNA,)).closes(ANNA, "Anna Brown")


@pytest.mark.principle("informed_consent")
def test_nothing_is_allowed_that_she_did_not_say() -> None:
    choices = Choices(Door.FORMAL, "en")
    assert not choices.contact
    assert not choices.statistics
    assert choices.new_readers is NewReaders.ASK
    assert not Identity().visible_to_team


@pytest.mark.principle("informed_consent")
@pytest.mark.parametrize("purpose", [Purpose.CONTACT, Purpose.STATISTICS, Purpose.TAKING_PART])
def test_each_consent_is_given_and_taken_back_by_itself(purpose: Purpose) -> None:
    choices = Choices(Door.FORMAL, "en")
    given_, taken = choices.with_consent(purpose, True), choices.with_consent(purpose, False)
    assert getattr(given_, purpose) is True
    assert getattr(taken, purpose) is False
    assert replace(given_, **{purpose: getattr(choices, purpose)}) == choices


def test_consent_to_show_who_she_is_lives_in_its_own_compartment() -> None:
    with pytest.raises(ValueError, match="identity"):
        Choices(Door.FORMAL, "en").with_consent(Purpose.IDENTITY, True)


def test_a_message_knows_if_she_wrote_it() -> None:
    assert Message(0, REPORTER, "", "2024-01-01", "x").from_reporter
    assert not Message(0, ANNA, "Anna Brown", "2024-01-01", "x").from_reporter


@pytest.mark.req("U4")
def test_choices_sealed_before_there_was_support_only_still_open_and_mean_what_they_meant() -> None:
    old = json.loads(Choices(Door.INFORMAL, "en").to_bytes())
    del old["support_only"]
    old["format"] = 1
    assert Choices.from_bytes(json.dumps(old).encode()) == Choices(Door.INFORMAL, "en", support_only=False)
