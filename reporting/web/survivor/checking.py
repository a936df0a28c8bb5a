"""Check your answers: what a draft holds, in the words of the questions, step by step."""

from dataclasses import dataclass

from reporting.domain.questions import Kind, Question, Step, questions_for, steps_for
from reporting.domain.sealed.disclosure import STATE_LABELS, Answer, AnswerState, Person
from reporting.services.survivor.drafts import Draft
from reporting.web.languages import url
from reporting.web.pages import translated


@dataclass(frozen=True)
class Row:
    """One answer: the question, what she said (nothing for a skipped one), and where to change it."""

    label: str
    value: str | list[str] | None
    url: str


@dataclass(frozen=True)
class Group:
    """The answers of one step."""

    title: str
    rows: list[Row]
    url: str

    @property
    def answered(self) -> list[Row]:
        """Return what she answered."""
        return [row for row in self.rows if row.value]

    @property
    def empty(self) -> list[Row]:
        """Return what she left; folded away, so that the button to send is near."""
        return [row for row in self.rows if not row.value]


def rows_to_check(draft: Draft) -> list[Group]:
    """Return every step of the draft's door that asks something, with her answers."""
    groups = []
    for number, step in enumerate(steps_for(draft.door), start=1):
        rows = _rows(draft, step, url("report.step", number=number))
        if rows:
            groups.append(Group(translated(step.title), rows, url("report.step", number=number)))
    return groups


def shown_answer(answer: Answer | None) -> str | list[str] | None:
    """Return an answer as it is shown; nothing for a skipped one."""
    if answer is None:
        return None
    said = [*answer.choice_labels, *([answer.text] if answer.text.strip() else [])]
    if answer.state in (AnswerState.NOT_SURE, AnswerState.PREFER_NOT):
        said.append(translated(STATE_LABELS[answer.state]))
    return said if len(said) > 1 or answer.choices else next(iter(said), None)


def shown_person(person: Person) -> str:
    """Return a named person in one line."""
    return " · ".join(part for part in (person.name, person.role, person.office, person.contact) if part.strip())


def _rows(draft: Draft, step: Step, where: str) -> list[Row]:
    return [_row(draft, question, where) for question in questions_for(draft.door, step.id)]


def _row(draft: Draft, question: Question, where: str) -> Row:
    if question.kind is Kind.PEOPLE:
        people = [shown_person(person) for person in draft.named]
        return Row(translated(question.label), people or None, f"{where}#people")
    value = shown_answer(draft.answer(question.id))
    return Row(translated(question.label), value, f"{where}#{question.id}")
