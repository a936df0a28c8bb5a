"""Forms in which things of a case file are listed."""

from datetime import date
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import BooleanField, Field, Form, SelectMultipleField, TextAreaField
from wtforms.validators import StopValidation

from reporting.web.staff.forms import Line, needed


def some(_form: Form, field: Any) -> None:
    """Refuse a list with nothing on it, or with something that was not on offer."""
    offered = {value for value, *_rest in field.choices}
    if not field.data or not set(field.data) <= offered:
        raise StopValidation(gettext("Please choose what it is about. Only things of this case can be listed."))


def a_day(_form: Form, field: Field) -> None:
    """Refuse what is no day."""
    try:
        date.fromisoformat(field.data or "")
    except ValueError:
        raise StopValidation(gettext("Please give a day, such as 2026-12-31.")) from None


def no_day_or_a_day(form: Form, field: Field) -> None:
    """Refuse what is there and is no day."""
    if field.data:
        a_day(form, field)


def where_originals_leave(form: Any, field: Field) -> None:
    """Refuse originals without a reason."""
    if form.originals.data and not (field.data or "").strip():
        raise StopValidation(gettext("Please say why the originals have to leave. Your colleague reads it."))


class OutsideForm(Form):
    """Who asks, on what ground, for which things; where a law forbids to tell the reporter, which and until when."""

    who = Line(_("Who asks: name and office"), [needed])
    ground = TextAreaField(_("The legal ground that they give"), [needed])
    items = SelectMultipleField(_("What they may get"), [some], validate_choice=False)
    in_part = BooleanField(_("They asked for more than this"))
    identity = BooleanField(_("Also what the reporter wrote about themselves"))
    forbidden_by = TextAreaField(_("The law that forbids telling the reporter now"))
    tell_on = Line(_("The day on which the reporter is told"), [no_day_or_a_day])


class ReasonForm(Form):
    """Why nothing is given."""

    reason = TextAreaField(_("Why nothing is given"), [needed])


class ExportForm(Form):
    """For whom a file leaves, why, and what is in it."""

    for_whom = Line(_("For whom"), [needed])
    reason = TextAreaField(_("Why it has to leave"), [needed])
    items = SelectMultipleField(_("What is in it"), [some], validate_choice=False)
    identity = BooleanField(_("Also what the reporter wrote about themselves"))
    originals = BooleanField(_("Also the originals of the files"))
    why_originals = TextAreaField(_("Why the copies without hidden data are not enough"), [where_originals_leave])


class HoldForm(Form):
    """What a law keeps, why, and until when."""

    items = SelectMultipleField(_("What must be kept"), [some], validate_choice=False)
    reason = TextAreaField(_("Why the law demands it"), [needed])
    until = Line(_("The last day on which it is kept"), [a_day])
