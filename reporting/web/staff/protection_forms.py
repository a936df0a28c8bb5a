"""The forms with which handlers plan something for her. A page has several, so each puts its name before its fields."""

from collections.abc import Iterable
from datetime import date

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import Field, Form, RadioField, SelectField, TextAreaField
from wtforms.validators import StopValidation

from reporting.domain.protection.measures import KINDS, REVIEW_WITHIN_DAYS, MeasureKind, Moves
from reporting.domain.protection.named_person import ACCOUNT_KINDS
from reporting.domain.words import N_
from reporting.web.staff.forms import Line, needed, on_offer, refuse
from reporting.web.staff.work_forms import offered

MOVES = {
    Moves.NAMED: N_("The named person"),
    Moves.HER: N_("The reporter"),
    Moves.NEITHER: N_("Nobody"),
}


class Day(Line):
    """A day, as a browser's calendar sends it: YYYY-MM-DD."""

    @property
    def day(self) -> date | None:
        """Return the day, or nothing where this is none."""
        return day_from(self.data)


def day_from(text: str | None) -> date | None:
    """Return the day that a field carries, or nothing."""
    try:
        return date.fromisoformat(text or "")
    except ValueError:
        return None


def a_day(_form: Form, field: Day) -> None:
    """Refuse what is no day."""
    if field.day is None:
        raise StopValidation(gettext("Please give a day."))


def words(_form: Form, field: Field) -> None:
    """Refuse an empty text."""
    if not (field.data or "").strip():
        raise StopValidation(gettext("Please fill this in."))


class MeasureForm(Form):
    """A measure to propose."""

    kind = RadioField(_("What"), [on_offer], validate_choice=False)
    moves = RadioField(_("Who would have to move or change something"), [on_offer], validate_choice=False)
    words = TextAreaField(_("In plain words"), [words])
    starts_on = Day(_("From"), [a_day])
    review_on = Day(_("Looked at again on"), [a_day])
    replaces = SelectField(_("In place of"), [on_offer], validate_choice=False)

    def fits(self, today: date) -> bool:
        """Return whether everything is there and fits together; what does not is said beside its field."""
        if not self.validate():
            return False
        starts, review = self.starts_on.day or today, self.review_on.day or today
        if self.kind.data == MeasureKind.LEAVE and self.moves.data != Moves.NAMED:
            refuse(self.moves, gettext("Leave as a measure is for the named person only."))
        elif starts < today:
            refuse(self.starts_on, gettext("This day is over."))
        elif not 0 < (review - starts).days <= REVIEW_WITHIN_DAYS:
            refuse(self.review_on, gettext("Please choose a day after the beginning, at most three months later."))
        else:
            return True
        return False


class TellingForm(Form):
    """That a person is to be told."""

    person = SelectField(_("Who is told"), [on_offer], validate_choice=False)
    tell_on = Day(_("On which day"), [a_day])
    by = Line(_("Who tells them"), [needed])
    content = TextAreaField(_("What they are told"), [words])
    shows = TextAreaField(_("What could show who the reporter is"), [words])

    def fits(self, today: date) -> bool:
        """Return whether everything is there and the day is not before tomorrow."""
        if not self.validate():
            return False
        if (self.tell_on.day or today) <= today:
            refuse(self.tell_on, gettext("Tomorrow at the earliest: the reporter has to know the day before."))
            return False
        return True


class SideForm(Form):
    """Something for the file about the named person."""

    person = SelectField(_("About whom"), [on_offer], validate_choice=False)
    kind = RadioField(_("What is it"), [on_offer], validate_choice=False)
    words = TextAreaField(_("In your words"), [words])


class SafetyForm(Form):
    """The safety plan."""

    words = TextAreaField(_("The plan"), [words])
    review_on = Day(_("Looked at again on"), [a_day])

    def fits(self, today: date) -> bool:
        """Return whether everything is there and the next day to look at it is ahead."""
        if not self.validate():
            return False
        if (self.review_on.day or today) <= today:
            refuse(self.review_on, gettext("Please choose a day after today."))
            return False
        return True


class FollowUpForm(Form):
    """That somebody asks again."""

    words = Line(_("What to ask or do"), [needed])
    due_on = Day(_("On which day"), [a_day])

    def fits(self, today: date) -> bool:
        """Return whether everything is there and the day is not over."""
        if not self.validate():
            return False
        if (self.due_on.day or today) < today:
            refuse(self.due_on, gettext("This day is over."))
            return False
        return True


def measure_form(replaceable: Iterable[tuple[str, str]]) -> MeasureForm:
    """Return the form; `replaceable` are measures that it could take the place of, as id in hex and words."""
    form = MeasureForm(prefix="measure-")
    form.kind.choices, form.moves.choices = offered(KINDS), offered(MOVES)
    form.replaces.choices = [("", gettext("Nothing: it is a new measure")), *replaceable]
    return form


def telling_form(people: Iterable[str]) -> TellingForm:
    """Return the form for these people."""
    form = TellingForm(prefix="telling-")
    form.person.choices = person_choices(people)
    return form


def side_form(people: Iterable[str]) -> SideForm:
    """Return the form for these people."""
    form = SideForm(prefix="side-")
    form.person.choices, form.kind.choices = person_choices(people), offered(ACCOUNT_KINDS)
    return form


def person_choices(people: Iterable[str]) -> list[tuple[str, str]]:
    """Return whom a form may name; the empty name stands for somebody who is not named."""
    return [(name, person_name(name)) for name in people]


def person_name(name: str) -> str:
    """Return what a person is called on the page."""
    return name or gettext("Somebody who is not named")
