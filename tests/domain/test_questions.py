"""The questions: in the right order, in her words, never in a way that hurts."""

import re
from collections import Counter
from pathlib import Path

import pytest

from reporting.domain.questions import (
    CATALOGUE,
    CATALOGUE_VERSION,
    Choice,
    Door,
    Kind,
    Question,
    question,
    questions_for,
    step,
    steps_for,
)
from reporting.domain.reading.consent import NewReaders

IDS = Path(__file__).with_name("question_ids.txt")
OTHERS_READ = set(Door) - {Door.PRIVATE}


def sentences() -> list[str]:
    """Every word of the catalogue that somebody sees."""
    shown = [part for asked in CATALOGUE for part in (asked.label, asked.hint, asked.why)]
    labels = [choice.label for asked in CATALOGUE for choice in asked.choices]
    steps = [part for door in Door for s in steps_for(door) for part in (s.title, s.intro)]
    return [part for part in (*shown, *labels, *steps) if part]


def ids_of(asked: Question) -> str:
    return " ".join([asked.id, asked.kind, *(choice.id for choice in asked.choices)])


def test_every_id_stands_in_the_list_of_ids_that_are_never_reused() -> None:
    lines = [line for line in IDS.read_text().splitlines() if not line.startswith("#")]
    assert lines[0] == f"version {CATALOGUE_VERSION}", "a changed catalogue gets a new version and a new list"
    current = [line for line in lines[1:] if not line.startswith("retired ")]
    retired = {line.split()[1] for line in lines[1:] if line.startswith("retired ")}
    assert current == sorted(ids_of(asked) for asked in CATALOGUE)
    assert not retired & {asked.id for asked in CATALOGUE}


def test_no_id_stands_twice() -> None:
    assert max(Counter(asked.id for asked in CATALOGUE).values()) == 1
    for asked in CATALOGUE:
        assert len({choice.id for choice in asked.choices}) == len(asked.choices)
        assert len({choice.label for choice in asked.choices}) == len(asked.choices)


@pytest.mark.parametrize("asked", CATALOGUE, ids=lambda asked: asked.id)
def test_every_question_is_complete(asked: Question) -> None:
    assert asked.id.startswith(asked.step + ".")
    assert asked.label.endswith(("?", "."))
    assert asked.why.endswith("."), "one line on why we ask"
    assert "\n" not in asked.why
    assert asked.hint == "" or asked.hint.endswith((".", "?"))
    assert bool(asked.choices) == (asked.kind in (Kind.CHOICE, Kind.CHOICES))
    assert asked.doors
    assert question(asked.id) is asked
    assert step(asked.step).id == asked.step


def test_a_question_or_choice_that_does_not_exist_is_refused() -> None:
    with pytest.raises(KeyError):
        question("account.clothing")
    with pytest.raises(KeyError):
        step("verdict")
    with pytest.raises(KeyError):
        question("details.often").choice("twice")
    assert question("details.often").choice("once") == Choice("once", "Once")


@pytest.mark.principle("respect")
def test_no_question_blames_or_doubts_her() -> None:
    forbidden = re.compile(
        r"\bwhy (did|do|were|was|didn)|\b(clothes|clothing|wear|wore|dress|skirt|alcohol|drunk|drink|drugs|resist"
        r"|fight back|scream|provok|allege|accuser|perpetrator|victim|claim|encourage|lead .* on|really)",
        re.IGNORECASE,
    )
    assert [words for words in sentences() if forbidden.search(words)] == []


@pytest.mark.principle("respect")
def test_the_language_is_plain() -> None:
    for words in sentences():
        for sentence in re.split(r"(?<=[.?!:])\s", words):
            assert len(sentence.split()) <= 26, sentence
            assert max(len(word) for word in re.findall(r"\w+", sentence)) <= 15, sentence


@pytest.mark.parametrize("door", Door)
def test_her_own_words_come_first_at_every_door(door: Door) -> None:
    steps = [s.id for s in steps_for(door)]
    assert steps[0] == "account"
    (first,) = questions_for(door, "account")
    assert first.kind is Kind.LONG_TEXT
    assert len(steps) == len(set(steps))


@pytest.mark.parametrize("door", Door)
def test_every_step_but_the_readers_asks_something_and_nothing_is_asked_nowhere(door: Door) -> None:
    steps = [s.id for s in steps_for(door)]
    for step_id in steps:
        assert bool(questions_for(door, step_id)) == (step_id != "readers")
    asked_at_door = {asked.id for asked in CATALOGUE if door in asked.doors and asked.step != "before"}
    assert asked_at_door == {asked.id for step_id in steps for asked in questions_for(door, step_id)}
    assert questions_for(door, "verdict") == ()


def test_open_questions_come_before_boxes_and_she_herself_comes_last() -> None:
    order = [s.id for s in steps_for(Door.FORMAL)]
    assert order == ["account", "more", "safety", "details", "people", "wishes", "readers", "about"]
    assert steps_for(Door.INFORMAL) == steps_for(Door.FORMAL)


def test_what_she_writes_for_herself_asks_no_consent_and_no_name() -> None:
    assert [s.id for s in steps_for(Door.PRIVATE)] == ["account", "more", "details", "people"]
    assert len(questions_for(Door.PRIVATE, "details")) < len(questions_for(Door.FORMAL, "details"))


@pytest.mark.req("U3", "G1")
@pytest.mark.principle("informed_consent")
@pytest.mark.parametrize("door", sorted(OTHERS_READ))
def test_wherever_others_read_she_sees_who_and_decides_what_they_may(door: Door) -> None:
    steps = [s.id for s in steps_for(door)]
    assert steps[-2:] == ["readers", "about"]
    wishes = {asked.id for asked in questions_for(door, "wishes")}
    assert {"wishes.contact", "wishes.new_readers"} <= wishes
    assert "about.visible" in {asked.id for asked in questions_for(door, "about")}


@pytest.mark.principle("informed_consent")
def test_statistics_need_a_yes_of_their_own_and_a_question_is_never_counted() -> None:
    asked_at = question("wishes.statistics").doors
    assert asked_at == OTHERS_READ - {Door.QUESTION}


def test_the_ways_to_treat_new_readers_are_those_of_consent() -> None:
    assert [choice.id for choice in question("wishes.new_readers").choices] == list(NewReaders)


@pytest.mark.req("S17", "U1")
def test_what_happens_online_has_conduct_types_of_its_own() -> None:
    ids = {choice.id for choice in question("details.conduct").choices}
    assert {
        "online_messages",
        "online_images",
        "online_deepfake",
        "online_tracking",
        "online_impersonation",
        "online_doxxing",
        "online_threats",
        "online_group",
    } <= ids
    assert {"discrimination", "bullying", "power", "touching", "assault", "other"} <= ids


@pytest.mark.req("S21")
@pytest.mark.principle("non_discrimination")
def test_several_grounds_can_be_named_and_said_in_own_words() -> None:
    grounds = question("details.grounds")
    assert grounds.kind is Kind.CHOICES
    assert {choice.id for choice in grounds.choices} >= {
        "sex",
        "gender_identity",
        "orientation",
        "race",
        "ethnic_origin",
        "disability",
        "religion",
        "age",
        "pregnancy",
        "migration",
        "contract",
    }
    assert question("details.grounds_own").kind is Kind.TEXT


@pytest.mark.req("U2")
@pytest.mark.principle("non_discrimination")
def test_everybody_finds_a_link_to_the_organisation_or_needs_none() -> None:
    ids = {choice.id for choice in question("details.link").choices}
    assert {"staff", "contractor", "applicant", "event", "community", "other"} <= ids


@pytest.mark.req("U11")
@pytest.mark.principle("confidentiality")
def test_the_person_a_witness_speaks_of_is_named_only_in_the_locked_part() -> None:
    assert "witness.knows" in {asked.id for asked in questions_for(Door.WITNESS, "witness")}
    affected = question("about.affected")
    assert (affected.step, affected.doors) == ("about", frozenset({Door.WITNESS}))


@pytest.mark.req("U9")
def test_who_is_punished_for_speaking_up_is_asked_what_changed_and_for_no_token() -> None:
    asked = [q.id for q in questions_for(Door.RETALIATION, "retaliation")]
    assert asked == ["retaliation.changed", "retaliation.since", "retaliation.spoke_up"]
    assert "need not give any token" in question("retaliation.spoke_up").hint


@pytest.mark.req("U6")
def test_she_may_say_with_whom_and_how_she_would_rather_talk() -> None:
    assert {c.id for c in question("wishes.handler_gender").choices} == {"woman", "man", "another", "any"}
    assert {c.id for c in question("wishes.talk").choices} >= {"write", "meet", "interpreter", "with_someone"}


@pytest.mark.req("G6")
def test_age_is_asked_before_writing_at_every_door_and_is_no_step() -> None:
    assert all([q.id for q in questions_for(door, "before")] == ["before.age"] for door in Door)
    assert all("before" not in [s.id for s in steps_for(door)] for door in Door)
    assert "not saved" in question("before.age").why
