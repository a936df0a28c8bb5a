"""What is sealed comes back exactly, and nothing else is ever accepted."""

import json
import sys
import traceback
from dataclasses import dataclass, replace
from typing import Any, ClassVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reporting.domain.canonical import Record, UnknownFormat, Unreadable
from reporting.domain.consent import NewReaders, Purpose
from reporting.domain.disclosure import (
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
from reporting.domain.questions import Door, question

ANNA, BORIS = "a" * 32, "b" * 32
HARD_TEXT = 'مرحبا\u200f \u202eabc\u202c\r\n👩🏽‍⚖️ "\\ \u2028 </script>'

ACCOUNT = Disclosure(
    catalogue=1,
    language="en",
    door=Door.FORMAL,
    answers=(
        Answer("account.story", "What happened?", AnswerState.ANSWERED, HARD_TEXT),
        Answer("details.often", "Was it once?", AnswerState.ANSWERED, "", ("once",), ("Once",)),
        Answer("details.when", "When was it?", AnswerState.NOT_SURE),
    ),
    written_on="2024-02-29",
)

RECORDS: list[Record] = [
    ACCOUNT,
    People((Person("Anna", "boss", "Geneva", "@anna"), Person()), (ANNA,), ("Boris",), (BORIS,)),
    People(),
    Identity((Answer("about.name", "Name?", AnswerState.PREFER_NOT),), visible_to_team=True),
    Identity(),
    Choices(Door.PRIVATE, "ar"),
    Choices(Door.FORMAL, "en", ("stop",), HARD_TEXT, "woman", ("meet",), True, True, False, NewReaders.TELL),
    Message(3, REPORTER, "", "2024-01-31", HARD_TEXT),
    Note(0, ANNA, "Anna Brown", "2024-01-31", "seen"),
    WorkingTitle(),
    WorkingTitle("stairs"),
]

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


def fields_of(record: Record) -> dict[str, Any]:
    return dict(json.loads(record.to_bytes()))


def bytes_of(body: object) -> bytes:
    return json.dumps(body).encode()


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


def test_the_bytes_are_canonical_json_and_name_kind_and_version() -> None:
    assert WorkingTitle("é").to_bytes() == '{"format":1,"text":"é","what":"working_title"}'.encode()
    assert list(fields_of(ACCOUNT)) == sorted(fields_of(ACCOUNT))


def test_a_hundred_thousand_characters_are_kept_exactly() -> None:
    long = replace(ACCOUNT, answers=(Answer("account.story", "?", AnswerState.ANSWERED, "زهرة🌸\n" * 16_667),))
    assert Disclosure.from_bytes(long.to_bytes()) == long


def test_nul_and_lone_surrogates_never_stop_a_record_from_being_sealed() -> None:
    assert WorkingTitle.from_bytes(WorkingTitle("a\x00b\ud800c").to_bytes()).text == "a\ufffdb\ufffdc"


def without(name: str) -> dict[str, Any]:
    body = fields_of(ACCOUNT)
    del body[name]
    return body


BROKEN: list[tuple[str, bytes]] = [
    ("no JSON", b"{"),
    ("no UTF-8", b'{"what":"\xff"}'),
    ("no object", b"[]"),
    ("nested too deep", b"[" * (sys.getrecursionlimit() * 60)),
    ("a field twice", b'{"what":"disclosure","what":"disclosure"}'),
    ("another kind", RECORDS[1].to_bytes()),
    ("no kind", bytes_of(without("what"))),
    ("a field missing", bytes_of(without("door"))),
    ("a field unknown", bytes_of(fields_of(ACCOUNT) | {"ip": "x"})),
    ("a list that is none", bytes_of(fields_of(ACCOUNT) | {"answers": "x"})),
    ("an answer that is none", bytes_of(fields_of(ACCOUNT) | {"answers": [3]})),
    ("text that is a number", bytes_of(fields_of(ACCOUNT) | {"language": 3})),
    ("a number that is a truth value", bytes_of(fields_of(ACCOUNT) | {"catalogue": True})),
    ("a truth value that is a number", bytes_of(fields_of(ACCOUNT) | {"unfinished": 0})),
    ("a door that is none", bytes_of(fields_of(ACCOUNT) | {"door": "window"})),
    ("a door that is a list", bytes_of(fields_of(ACCOUNT) | {"door": []})),
    ("a time of day", bytes_of(fields_of(ACCOUNT) | {"written_on": "2024-02-29T10:11"})),
    ("a day in another notation", bytes_of(fields_of(ACCOUNT) | {"written_on": "20240229"})),
    ("no version", bytes_of(without("format"))),
]


@pytest.mark.parametrize("data", [data for _, data in BROKEN], ids=[name for name, _ in BROKEN])
def test_anything_else_is_refused(data: bytes) -> None:
    with pytest.raises(Unreadable):
        Disclosure.from_bytes(data)


@pytest.mark.parametrize("version", [0, 2, "1", None, True, 1.0])
def test_a_version_from_elsewhere_is_refused_by_name(version: object) -> None:
    with pytest.raises(UnknownFormat):
        Disclosure.from_bytes(bytes_of(fields_of(ACCOUNT) | {"format": version}))


@pytest.mark.principle("confidentiality")
def test_a_refusal_never_repeats_her_words() -> None:
    canary = "zebrafish-canary"
    for body in (b'{"text":"' + canary.encode(), bytes_of({"what": "working_title", "format": 1, "text": [canary]})):
        with pytest.raises(Unreadable) as caught:
            WorkingTitle.from_bytes(body)
        error: BaseException = caught.value
        assert canary not in "".join(traceback.format_exception(error))
        assert error.__cause__ is None
        assert canary not in str(vars(error))


@dataclass(frozen=True)
class Renamed(Record):
    """A record whose first version called its field `name`."""

    WHAT: ClassVar[str] = "renamed"
    FORMAT: ClassVar[int] = 2
    UPGRADES: ClassVar[Any] = {1: lambda old: {"title": old["name"]}}

    title: str | None


def test_an_older_version_is_read_through_its_upgrade() -> None:
    assert Renamed.from_bytes(bytes_of({"what": "renamed", "format": 1, "name": "x"})) == Renamed("x")
    assert Renamed.from_bytes(Renamed(None).to_bytes()) == Renamed(None)
    assert Renamed.from_bytes(Renamed("y").to_bytes()) == Renamed("y")
    with pytest.raises(Unreadable, match="promises"):
        Renamed.from_bytes(bytes_of({"what": "renamed", "format": 1}))


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
