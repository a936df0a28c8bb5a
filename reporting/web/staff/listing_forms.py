"""Forms in which things of a case file are listed."""

from datetime import date
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import Field, Form, SelectMultipleField, TextAreaField
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


class HoldForm(Form):
    """What a law keeps, why, and until when."""

    items = SelectMultipleField(_("What must be kept"), [some], validate_choice=False)
    reason = TextAreaField(_("Why the law demands it"), [needed])
    until = Line(_("The last day on which it is kept"), [a_day])
