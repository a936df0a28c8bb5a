"""What is sealed: her account, who is named and closed out, her choices, herself, and messages.

Each class here is one kind of item. `to_bytes` gives the canonical JSON that is sealed and
`from_bytes` reads every version ever written (see `canonical`). No class holds a time finer
than a day.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any, ClassVar

from reporting.domain.canonical import Record
from reporting.domain.questions import Door, Question
from reporting.domain.reading.conflict import Link
from reporting.domain.reading.consent import NewReaders, Purpose
from reporting.domain.reading.resemblance import resembles, words_of_contact
from reporting.domain.words import N_


class AnswerState(StrEnum):
    """How she dealt with a question; the last three are answers as good as any."""

    ANSWERED = "answered"
    SKIPPED = "skipped"
    NOT_SURE = "not_sure"
    PREFER_NOT = "prefer_not"


STATE_LABELS: Mapping[AnswerState, str] = {
    AnswerState.ANSWERED: N_("Answered"),
    AnswerState.SKIPPED: N_("Skip this question"),
    AnswerState.NOT_SURE: N_("I am not sure"),
    AnswerState.PREFER_NOT: N_("I prefer not to say"),
}


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer, with the words of the question and of the ticked choices as she saw them."""

    question_id: str
    wording: str
    state: AnswerState
    text: str = ""
    choices: tuple[str, ...] = ()
    choice_labels: tuple[str, ...] = ()

    @property
    def says_something(self) -> bool:
        """Whether she wrote or ticked anything, whatever the state."""
        return bool(self.text.strip() or self.choices)


def answer_to(
    question: Question,
    *,
    text: str = "",
    choices: tuple[str, ...] = (),
    state: AnswerState = AnswerState.ANSWERED,
    say: Callable[[str], str] = str,
) -> Answer:
    """Build the answer to a question; `say` translates wording and labels into her language.

    An answer without content becomes SKIPPED, so that "answered" is never said of a blank.
    Text that she wrote is kept in every state. Raises KeyError for a choice not on offer.
    """
    labels = tuple(say(question.choice(choice_id).label) for choice_id in choices)
    answer = Answer(question.id, say(question.label), state, text, choices, labels)
    if state is AnswerState.ANSWERED and not answer.says_something:
        return replace(answer, state=AnswerState.SKIPPED)
    return answer


class _Answers(Record):
    """What a record that consists of answers can tell about them."""

    answers: tuple[Answer, ...]

    @property
    def says_something(self) -> bool:
        """Whether there is an account, or one answer: the only thing that is ever needed."""
        return any(answer.says_something for answer in self.answers)

    def answer(self, question_id: str) -> Answer | None:
        """Return her answer to a question, or None when it was not asked."""
        return next((answer for answer in self.answers if answer.question_id == question_id), None)


@dataclass(frozen=True, slots=True)
class Disclosure(_Answers):
    """Her account: every answer of the story in the order in which it was asked."""

    WHAT = "disclosure"

    catalogue: int
    language: str
    door: Door
    answers: tuple[Answer, ...]
    written_on: str
    unfinished: bool = False

    def __post_init__(self) -> None:
        _demand_day(self.written_on)


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who did it, as far as she knows; every field may be empty."""

    name: str = ""
    role: str = ""
    office: str = ""
    contact: str = ""


@dataclass(frozen=True, slots=True)
class People(Record):
    """Who is named and who may not read. Never a foreign key: only the sealed story knows it.

    `excluded_staff` and `opened_to` hold staff ids as 32 lower-case hex digits. `excluded_words`
    holds names that she typed for someone not on the list, now or later. `links` is what handlers
    know of named people: which account is theirs, who works under them.
    """

    WHAT = "people"
    FORMAT = 2
    UPGRADES = {1: lambda old: old | {"links": []}}  # noqa: RUF012 - declared on Record

    named: tuple[Person, ...] = ()
    excluded_staff: tuple[str, ...] = ()
    excluded_words: tuple[str, ...] = ()
    opened_to: tuple[str, ...] = ()
    links: tuple[Link, ...] = ()

    def closes(self, staff_hex: str, display_name: str, above: Collection[str] = ()) -> bool:
        """Say whether this colleague must get no key: asked before every single sealing.

        Whom she excluded is closed. Whom she opened by name is open although a name resembles or a
        handler linked it. Anyone else is closed who is linked to a named person, works under one, or
        has a display name that resembles a name or contact given. `above`: see `links_close`.
        """
        if staff_hex in self.excluded_staff:
            return True
        if staff_hex in self.opened_to:
            return False
        return self.links_close(staff_hex, above) or self.resembles(display_name)

    def links_close(self, staff_hex: str, above: Collection[str]) -> bool:
        """Say whether a link closes this account; `above` are the accounts and offices over it, in hex."""
        return any(link.closes(staff_hex, above) for link in self.links)

    def resembles(self, display_name: str) -> bool:
        """Say whether a display name looks like anyone she named or typed to exclude."""
        return any(resembles(given, display_name) for given in self._given())

    def _given(self) -> list[str]:
        names = [person.name for person in self.named]
        return [*names, *self.excluded_words, *(words_of_contact(person.contact) for person in self.named)]


@dataclass(frozen=True, slots=True)
class Identity(_Answers):
    """What she gave about herself, and whether she lets the team see it."""

    WHAT = "identity"

    answers: tuple[Answer, ...] = ()
    visible_to_team: bool = False


@dataclass(frozen=True, slots=True)
class Choices(Record):
    """What she wants and allows. Nothing is allowed that she did not say.

    `wishes`, `handler_gender` and `talk` hold choice ids of the questions of those names. `support_only` sets the
    door aside: the team supports her and looks into nothing.
    """

    WHAT = "choices"
    FORMAT = 2
    UPGRADES: ClassVar[dict[int, Callable[[dict[str, Any]], dict[str, Any]]]] = {
        1: lambda fields: {**fields, "support_only": False}
    }

    door: Door
    language: str
    wishes: tuple[str, ...] = ()
    wishes_text: str = ""
    handler_gender: str = ""
    talk: tuple[str, ...] = ()
    contact: bool = False
    statistics: bool = False
    taking_part: bool = True
    new_readers: NewReaders = NewReaders.ASK
    support_only: bool = False

    def with_consent(self, purpose: Purpose, given: bool) -> "Choices":
        """Return the same choices with one consent given or taken back.

        Raises ValueError for IDENTITY, which is kept with what it is about (`Identity`).
        """
        if purpose is Purpose.CONTACT:
            return replace(self, contact=given)
        if purpose is Purpose.STATISTICS:
            return replace(self, statistics=given)
        if purpose is Purpose.TAKING_PART:
            return replace(self, taking_part=given)
        raise ValueError("consent to show the identity is kept in the identity compartment")


REPORTER = "reporter"
"""The author of a message that she wrote; any other author is a guest of hers or a staff id in hex."""
GUEST = "guest"
"""The author of a message that her representative or a translator wrote; `author_name` says who."""


@dataclass(frozen=True, slots=True)
class Message(Record):
    """One message of the talk between her and the team; `position` gives the order, from 0."""

    WHAT = "message"

    position: int
    author: str
    author_name: str
    day: str
    text: str

    def __post_init__(self) -> None:
        _demand_day(self.day)

    @property
    def from_reporter(self) -> bool:
        """Whether she wrote it."""
        return self.author == REPORTER

    @property
    def from_team(self) -> bool:
        """Whether a member of staff wrote it."""
        return self.author not in (REPORTER, GUEST)


@dataclass(frozen=True, slots=True)
class Note(Record):
    """One internal note of the team, which she does not see; `position` gives the order, from 0."""

    WHAT = "note"

    position: int
    author: str
    author_name: str
    day: str
    text: str

    def __post_init__(self) -> None:
        _demand_day(self.day)


@dataclass(frozen=True, slots=True)
class WorkingTitle(Record):
    """What the team calls a case in its inbox; empty until somebody names it."""

    WHAT = "working_title"

    text: str = ""


def _demand_day(day: str) -> None:
    """Refuse anything but YYYY-MM-DD, above all a time of day."""
    if date.fromisoformat(day).isoformat() != day:
        raise ValueError("a day is written YYYY-MM-DD")
