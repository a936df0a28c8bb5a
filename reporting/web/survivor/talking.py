"""Asking to talk or meet: what she ticks and types becomes one message in plain words."""

from collections.abc import Mapping
from typing import cast

from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from reporting.domain.questions import CATALOGUE, Choice
from reporting.web.pages import translated

MARK, HOW, WHEN, ELSE = "talk", "how", "when", "else"


def ways_to_talk() -> tuple[Choice, ...]:
    """Return the ways to talk that she may tick, as the report asks them; writing is what she does anyway."""
    (question,) = (question for question in CATALOGUE if question.id == "wishes.talk")
    return tuple(choice for choice in question.choices if choice.id != "write")


def talk_words(form: Mapping[str, str]) -> str:
    """Return the message that this form asks for; nothing where it is another form."""
    if MARK not in form:
        return ""
    ticked = cast("MultiDict[str, str]", form).getlist(HOW)
    how = [translated(choice.label) for choice in ways_to_talk() if choice.id in ticked]
    lines = [
        _("I would like to talk or meet."),
        _("How: %(ways)s", ways=" / ".join(how)) if how else "",
        _("When and how it is safe: %(words)s", words=form.get(WHEN, "")) if form.get(WHEN, "").strip() else "",
        form.get(ELSE, ""),
    ]
    return "\n".join(line for line in lines if line.strip())
