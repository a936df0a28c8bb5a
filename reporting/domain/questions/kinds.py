"""What a question, a choice, a step and a door are."""

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


def options(**labels: str) -> tuple[Choice, ...]:
    """Write choices as `id=N_("label")`; the order is the order on the page."""
    return tuple(Choice(choice_id, label) for choice_id, label in labels.items())


def asked(
    question_id: str,
    doors: frozenset[Door],
    kind: Kind,
    *,
    label: str,
    why: str,
    hint: str = "",
    choices: tuple[Choice, ...] = (),
) -> Question:
    """Write a question; its step is the part of its id before the dot."""
    return Question(question_id, question_id.partition(".")[0], doors, kind, label, hint, why, choices)


REPORTS = frozenset({Door.INFORMAL, Door.FORMAL})
EVERY_DOOR = frozenset(Door)
TO_SOMEBODY = EVERY_DOOR - {Door.PRIVATE}
