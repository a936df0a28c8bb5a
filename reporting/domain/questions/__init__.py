"""Questions are data: what may be asked at which door, in which order, in which words, and why.

The stepped form, the one-page form, the check page, paper, her own copy and the staff view are
all derived from here. An id is never reused: a sealed disclosure carries the wording that was
shown and the id, so it stays readable and countable whatever later versions ask. A new, changed
or dropped question raises `CATALOGUE_VERSION`.

Rules for whoever writes a question: nothing is mandatory but an account, or one answer. Every
question can be skipped, or answered with "not sure" or "prefer not to say", and says in one line
why we ask. Never "why did you"; nothing about clothing, alcohol or resistance; towards her,
nobody is "alleged". Short sentences, "you", words that a second-language reader knows.
"""

from reporting.domain.questions.about import ABOUT, BEFORE
from reporting.domain.questions.account import ACCOUNT, MORE, SAFETY
from reporting.domain.questions.details import DETAILS, PEOPLE
from reporting.domain.questions.kinds import Choice, Door, Kind, Question, Step
from reporting.domain.questions.other_doors import RETALIATION, TREATMENT, WITNESS
from reporting.domain.questions.steps import ORDER, STEPS
from reporting.domain.questions.wishes import WISHES

__all__ = [
    "CATALOGUE",
    "CATALOGUE_VERSION",
    "Choice",
    "Door",
    "Kind",
    "Question",
    "Step",
    "question",
    "questions_for",
    "step",
    "steps_for",
]

CATALOGUE_VERSION = 1

CATALOGUE: tuple[Question, ...] = (
    *BEFORE,
    *ACCOUNT,
    *MORE,
    *RETALIATION,
    *WITNESS,
    *TREATMENT,
    *SAFETY,
    *DETAILS,
    *PEOPLE,
    *WISHES,
    *ABOUT,
)

_BY_ID = {asked.id: asked for asked in CATALOGUE}


def steps_for(door: Door) -> tuple[Step, ...]:
    """Return the steps of a door in their order. The page before writing is not one of them."""
    return tuple(STEPS[step_id] for step_id in ORDER[door])


def questions_for(door: Door, step_id: str) -> tuple[Question, ...]:
    """Return what is asked at a door in a step, in order; nothing for `readers` or a step not taken."""
    return tuple(asked for asked in CATALOGUE if asked.step == step_id and door in asked.doors)


def question(question_id: str) -> Question:
    """Return a question by its id; raise KeyError when this version has none."""
    return _BY_ID[question_id]


def step(step_id: str) -> Step:
    """Return a step by its id; raise KeyError when there is none."""
    return STEPS[step_id]
