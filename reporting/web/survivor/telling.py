"""What she wrote, step by step, in the wording that she saw."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from flask_babel import gettext as _

from reporting.domain.questions.steps import STEPS
from reporting.domain.sealed.disclosure import Answer, AnswerState
from reporting.services.survivor.composing import wishes_again
from reporting.services.survivor.follow import CasePage
from reporting.web.pages import translated
from reporting.web.survivor.checking import shown_answer, shown_person


@dataclass(frozen=True)
class Line:
    """One question and what she said to it."""

    label: str
    value: str | list[str] | None


@dataclass(frozen=True)
class Told:
    """One step with its lines; nothing of what she left out."""

    title: str
    rows: list[Line]


def told(page: CasePage) -> list[Told]:
    """Return everything that she gave: her account, people, wishes and herself, each with its title."""
    return [
        *_by_step(page.disclosure.answers),
        *_people(page),
        *_by_step(wishes_again(page.choices, page.identity, translated)),
        *_by_step(page.identity.answers),
    ]


def _by_step(answers: Sequence[Answer]) -> list[Told]:
    said = [answer for answer in answers if answer.state is not AnswerState.SKIPPED]
    groups = groupby(said, key=lambda answer: answer.question_id.partition(".")[0])
    return [Told(_title(step_id), _lines(found)) for step_id, found in groups]


def _lines(answers: Iterable[Answer]) -> list[Line]:
    return [Line(answer.wording, shown_answer(answer)) for answer in answers]


def _people(page: CasePage) -> list[Told]:
    people = page.people
    rows = [
        Line(_("People you named"), [shown_person(person) for person in people.named]),
        Line(_("People who must not read it"), list(people.excluded_words)),
    ]
    filled = [row for row in rows if row.value]
    return [Told(_title("people"), filled)] if filled else []


def _title(step_id: str) -> str:
    step = STEPS.get(step_id)
    return translated(step.title) if step else ""
