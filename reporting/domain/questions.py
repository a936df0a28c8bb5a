"""Questions are data: what may be asked at which door, in which order, in which words, and why.

The stepped form, the one-page form, the check page, paper, her own copy and the staff view are
all derived from here. An id is never reused: a sealed disclosure carries the wording that was
shown and the id, so it stays readable and countable whatever later versions ask.
"""

from dataclasses import dataclass
from enum import StrEnum


class Door(StrEnum):
    """The way in that she chose; she may change it later."""

    PRIVATE = "private"
    INFORMAL = "informal"
    FORMAL = "formal"
    RETALIATION = "retaliation"
    WITNESS = "witness"
    QUESTION = "question"
    COMPLAINT = "complaint"


class Kind(StrEnum):
    """How a question is answered."""

    LONG_TEXT = "long_text"
    TEXT = "text"
    CHOICE = "choice"
    CHOICES = "choices"
    PEOPLE = "people"


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing that can be ticked: a stable id and the label shown beside the box."""

    id: str
    label: str


@dataclass(frozen=True, slots=True)
class Question:
    """One question: `label` asks it, `hint` helps to answer, `why` says in one line why we ask."""

    id: str
    step: str
    doors: frozenset[Door]
    kind: Kind
    label: str
    hint: str
    why: str
    choices: tuple[Choice, ...] = ()

    def choice(self, choice_id: str) -> Choice:
        """Return the choice of this id; raise KeyError when this question does not offer it."""
        for choice in self.choices:
            if choice.id == choice_id:
                return choice
        raise KeyError(choice_id)


@dataclass(frozen=True, slots=True)
class Step:
    """One page of the form: a topic, its heading and the lines above its questions."""

    id: str
    title: str
    intro: str
