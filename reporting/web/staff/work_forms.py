"""The forms of the pages on which a case is worked on. Codes are checked against what is on offer, never trusted."""

from collections.abc import Mapping, Sequence
from datetime import date
from enum import StrEnum
from typing import Any, ClassVar, TypeVar

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import BooleanField, Field, Form, RadioField, SelectField, SelectMultipleField, TextAreaField
from wtforms.validators import StopValidation

from reporting.domain.casework import clear_check
from reporting.domain.casework.clear_check import Check
from reporting.web.pages import translated
from reporting.web.staff import work_words as words
from reporting.web.staff.forms import Line, on_offer

C = TypeVar("C", bound=StrEnum)
Tables = Mapping[str, Mapping[Any, str]]


def all_on_offer(_form: Form, field: Any) -> None:
    """Refuse a tick that was not on offer."""
    if not set(field.data or ()) <= {value for value, *_rest in field.choices}:
        raise StopValidation(gettext("Please choose from the list."))


def some(_form: Form, field: Field) -> None:
    """Refuse to tick nothing."""
    if not field.data:
        raise StopValidation(gettext("Please tick at least one."))


def a_day(_form: Form, field: Field) -> None:
    """Refuse what is no day."""
    try:
        date.fromisoformat(str(field.data))
    except ValueError:
        raise StopValidation(gettext("Please give a day, such as 2026-03-31.")) from None


def not_blank(_form: Form, field: Field) -> None:
    """Refuse a text without a word."""
    if not str(field.data or "").strip():
        raise StopValidation(gettext("Please write a few words."))


def day_in(field: Field) -> date:
    """Return the day that was typed; the form was valid."""
    return date.fromisoformat(str(field.data))


def ticked(field: Field, kind: type[C]) -> frozenset[C]:
    """Return what was ticked; the form was valid."""
    return frozenset(kind(value) for value in field.data or ())


def text_in(field: Field) -> str:
    """Return what was typed."""
    return str(field.data or "")


def offered(table: Mapping[C, str]) -> list[tuple[str, str]]:
    """Return the choices of a table of words, in the language of this page."""
    return [(code.value, translated(sentence)) for code, sentence in table.items()]


class _Offering(Form):
    """A form whose fields are offered from tables of words."""

    TABLES: ClassVar[Tables] = {}

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        for name, table in self.TABLES.items():
            field: Any = self[name]
            field.choices = offered(table)


class FactsForm(_Offering):
    """What the decision table looks at."""

    TABLES: ClassVar[Tables] = {
        "kinds": words.CONDUCT,
        "settings": words.SETTINGS,
        "factors": words.FACTORS,
        "target": words.TARGETS,
    }

    kinds = SelectMultipleField(_("What was done"), [some, all_on_offer], validate_choice=False)
    settings = SelectMultipleField(_("Where"), [all_on_offer], validate_choice=False)
    factors = SelectMultipleField(_("What makes it weigh more"), [all_on_offer], validate_choice=False)
    target = RadioField(_("To whom"), [on_offer], validate_choice=False)


class DecisionForm(_Offering):
    """Another decision than the table recommends."""

    TABLES: ClassVar[Tables] = {"path": words.PATHS, "urgency": words.URGENCIES}

    path = SelectField(_("The way to offer"), [on_offer], validate_choice=False)
    urgency = SelectField(_("By when somebody acts"), [on_offer], validate_choice=False)
    why = TextAreaField(_("Why"), [not_blank])


class AssessmentForm(_Offering):
    """What could happen to the reporter, and what is done about it."""

    TABLES: ClassVar[Tables] = {"risk": words.RISKS, "detriments": words.DETRIMENTS}

    risk = RadioField(_("How big is the risk"), [on_offer], validate_choice=False)
    detriments = SelectMultipleField(_("What could be done to the reporter"), [all_on_offer], validate_choice=False)
    seen = TextAreaField(_("What you see"))
    done_about_it = TextAreaField(_("What is done about it"))
    review_on = Line(_("Look again on"), [a_day])


class GoalsForm(Form):
    """What the work is to reach."""

    goals = TextAreaField(_("What the work is to reach"), [not_blank])


class TaskForm(_Offering):
    """A task; who can own it is offered from those who handle the case."""

    TABLES: ClassVar[Tables] = {"kind": words.TASKS}

    kind = SelectField(_("Kind"), [on_offer], validate_choice=False)
    text = TextAreaField(_("What is to be done"), [not_blank])
    owner = SelectField(_("Who does it"), [on_offer], validate_choice=False)
    due_on = Line(_("By"), [a_day])

    def offer(self, owners: Sequence[tuple[str, str]]) -> "TaskForm":
        """Offer these handlers."""
        self.owner.choices = owners
        return self


class InterviewForm(_Offering):
    """An interview that took place."""

    TABLES: ClassVar[Tables] = {"whom": words.PARTS}

    whom = SelectField(_("With whom"), [on_offer], validate_choice=False)
    held_on = Line(_("On"), [a_day])
    present = Line(_("Who else was there"))
    support_offered = BooleanField(_("A person of trust or other support was offered"))
    notes = TextAreaField(_("What was said"), [not_blank])


class OfferForm(_Offering):
    """Something informal, in words for the reporter."""

    TABLES: ClassVar[Tables] = {"measure": words.MEASURES}

    measure = SelectField(_("What you offer"), [on_offer], validate_choice=False)
    text = TextAreaField(_("In words for the reporter"), [not_blank])


class OutcomeForm(_Offering):
    """What was found, why, and what is done."""

    TABLES: ClassVar[Tables] = {"finding": words.FINDINGS, "consequences": words.CONSEQUENCES}

    finding = RadioField(_("What was found"), [on_offer], validate_choice=False)
    reasons = TextAreaField(_("Why"), [not_blank])
    consequences = SelectMultipleField(_("What is done"), [all_on_offer], validate_choice=False)


class NoteToHerForm(Form):
    """The outcome in words for the reporter; only what was decided is on offer."""

    text = TextAreaField(_("In words for the reporter"), [not_blank])
    told = SelectMultipleField(_("What the reporter may know of what is done"), [all_on_offer], validate_choice=False)


class ChecksForm(_Offering):
    """The checklist before other organisations are told."""

    TABLES: ClassVar[Tables] = {"checked": clear_check.CHECKS}

    checked = SelectMultipleField(_("Everything has to be true"), [all_on_offer], validate_choice=False)

    def validate_checked(self, field: Field) -> None:
        """Every check."""
        if set(field.data or ()) != set(Check):
            raise StopValidation(gettext("Every one of these has to be true. If one is not, it is not entered."))
