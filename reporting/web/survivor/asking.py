"""The catalogue of questions as form fields, and what she posts as answers.

Nothing she posts is refused here: a choice that was not on offer is ignored, text is kept exactly.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from werkzeug.datastructures import MultiDict
from wtforms import Field, Form, StringField, TextAreaField
from wtforms.fields import RadioField, SelectMultipleField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # the stubs are older than the class
from wtforms.form import BaseForm

from reporting.domain.questions import Kind, Question
from reporting.domain.sealed.disclosure import Answer, AnswerState, Person, answer_to
from reporting.domain.words import N_
from reporting.services.survivor.drafts import Draft
from reporting.web.pages import translated

NAME_LIMIT = 300  # comparing names with those of readers grows with their length
MOST_PEOPLE = 50
PERSON_FIELD = re.compile(r"person-([0-9]{1,2})-[a-z]+")
STATES = (AnswerState.NOT_SURE, AnswerState.PREFER_NOT)
LABELS = {
    "name": N_("Name, nickname or online name"),
    "role": N_("What do they do, or what are they to you?"),
    "office": N_("Where do they work?"),
    "contact": N_("E-mail address, number or account they used"),
}

Posted = MultiDict[str, str]


@dataclass(frozen=True)
class Asked:
    """One question on a page: the question, its field and the state she ticked."""

    question: Question
    field: object
    state: str


def fields_for(questions: Iterable[Question], draft: Draft, posted: Posted | None = None) -> list[Asked]:
    """Return the questions of a page with what she posted, or else with what the draft holds."""
    asked = [question for question in questions if question.kind is not Kind.PEOPLE]
    fields: Any = {question.id: _field(question) for question in asked}  # unbound until a form takes them
    form = BaseForm(fields)
    data = {question.id: _known(question, draft) for question in asked}
    form.process(posted, data=data)
    return [Asked(question, form[question.id], _state(question, draft, posted)) for question in asked]


def answers_from(questions: Iterable[Question], posted: Posted) -> tuple[Answer, ...]:
    """Return her answers to the questions of a page."""
    return tuple(_answer(question, posted) for question in questions if question.kind is not Kind.PEOPLE)


def people_fields(draft: Draft, posted: Posted | None = None, *, empty: int = 1) -> list[Form]:
    """Return one form part per person she names, and some empty ones."""
    people = people_from(posted) if posted is not None else draft.named
    shown = [*people, *([Person()] * empty)][: max(MOST_PEOPLE, len(people))]
    return [_PersonForm.build(number, person) for number, person in enumerate(shown, start=1)]


def people_from(posted: Posted, without: str = "") -> tuple[Person, ...]:
    """Return the people she named, without empty parts and without the one she just removed."""
    written = {int(found[1]) for name in posted if (found := PERSON_FIELD.fullmatch(name))}
    numbers = [number for number in sorted(written) if 0 < number <= MOST_PEOPLE and str(number) != without]
    people = (Person(*(posted.get(f"person-{n}-{part}", "")[:NAME_LIMIT] for part in LABELS)) for n in numbers)
    return tuple(person for person in people if any(value.strip() for value in vars_of(person).values()))


def asks_for_people(questions: Sequence[Question]) -> Question | None:
    """Return the question that asks who is involved, if this page has it."""
    return next((question for question in questions if question.kind is Kind.PEOPLE), None)


def state_name(question: Question) -> str:
    """Return the form name of "not sure" and "prefer not to say"."""
    return f"{question.id}-state"


class _PersonForm(Form):
    name = StringField()
    role = StringField()
    office = StringField()
    contact = StringField()

    @classmethod
    def build(cls, number: int, person: Person) -> "_PersonForm":
        form = cls(prefix=f"person-{number}", data=vars_of(person))
        for part, label in LABELS.items():
            form[part].label.text = translated(label)
        return form


def vars_of(person: Person) -> dict[str, str]:
    """Return the parts of a person by name."""
    return {"name": person.name, "role": person.role, "office": person.office, "contact": person.contact}


def _field(question: Question) -> Field:
    label, choices = translated(question.label), [SelectChoice(c.id, translated(c.label)) for c in question.choices]
    if question.kind is Kind.LONG_TEXT:
        return TextAreaField(label)
    if question.kind is Kind.TEXT:
        return StringField(label)
    if question.kind is Kind.CHOICE:
        return RadioField(label, choices=choices, validate_choice=False)
    return SelectMultipleField(label, choices=choices, validate_choice=False)


def _known(question: Question, draft: Draft) -> str | list[str] | None:
    answer = draft.answer(question.id)
    if answer is None:
        return None
    if question.kind is Kind.CHOICES:
        return list(answer.choices)
    return next(iter(answer.choices), None) if question.kind is Kind.CHOICE else answer.text


def _state(question: Question, draft: Draft, posted: Posted | None) -> str:
    if posted is not None:
        return _posted_state(question, posted).value
    answer = draft.answer(question.id)
    return answer.state.value if answer else ""


def _posted_state(question: Question, posted: Posted) -> AnswerState:
    ticked = posted.getlist(state_name(question))
    return next((state for state in STATES if state.value in ticked), AnswerState.ANSWERED)


def _answer(question: Question, posted: Posted) -> Answer:
    state, values = _posted_state(question, posted), posted.getlist(question.id)
    if question.kind in (Kind.TEXT, Kind.LONG_TEXT):
        return answer_to(question, text=next(iter(values), ""), state=state, say=translated)
    offered = [choice.id for choice in question.choices if choice.id in values]
    most = 1 if question.kind is Kind.CHOICE else len(offered)
    return answer_to(question, choices=tuple(offered[:most]), state=state, say=translated)
