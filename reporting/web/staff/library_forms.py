"""The form of a document of the library, and what its pages say of a file that is not taken."""

from collections.abc import Mapping
from datetime import date

from babel import Locale
from flask import request
from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import Field, Form, SelectField, TextAreaField
from wtforms.validators import StopValidation

from reporting.domain.help.library import (
    AUDIENCES,
    KINDS,
    LARGEST_FILE,
    LONGEST_SUMMARY,
    Audience,
    DocumentFacts,
    Kind,
)
from reporting.domain.words import N_, clean_text, is_language
from reporting.services.help.file_types import Why
from reporting.services.help.library import Kept
from reporting.web.languages import language
from reporting.web.pages import language_names, translated
from reporting.web.staff.forms import Line, needed, on_offer
from reporting.web.staff.protection_forms import Day, a_day

NOT_TAKEN: Mapping[Why, str] = {
    Why.EMPTY: N_("Please choose a file."),
    Why.TOO_LARGE: N_("This file is too large: at most 10 MB."),
    Why.UNKNOWN: N_(
        "This is none of the files that are taken: PDF, plain text, ODT, DOCX, EPUB, PNG or JPEG. What counts is what "
        "is in the file, not its name."
    ),
    Why.BROKEN: N_("This file is damaged, or two files are hidden in one. Please save it anew and try again."),
    Why.LOCKED: N_(
        "This file is encrypted or packed in a way that cannot be looked into. Please save it without that."
    ),
    Why.ACTS: N_(
        "This file holds something that acts by itself when it is opened: a script, a macro, a form that sends, or "
        "another file inside. Please save it without that."
    ),
    Why.TOO_MUCH_INSIDE: N_("Unpacked, this file is far larger than it looks. It is not taken."),
}


def _in_summary(_form: Form, field: Field) -> None:
    if len(field.data or "") > LONGEST_SUMMARY:
        raise StopValidation(gettext("This is too long: at most %(number)s characters.", number=LONGEST_SUMMARY))


def _a_day_or_none(form: Form, field: Day) -> None:
    if field.data:
        a_day(form, field)


class DocumentForm(Form):
    """What is said of a document."""

    title = Line(_("Title"), [needed])
    summary = TextAreaField(_("What is in it"), [_in_summary])
    source = Line(_("Who published it"), [needed])
    kind = SelectField(_("What it is"), [on_offer], validate_choice=False)
    audience = SelectField(_("For whom it is"), [on_offer], validate_choice=False)
    tongue = SelectField(_("Its language"), [on_offer], validate_choice=False)
    published_on = Day(_("Published on"), [_a_day_or_none])
    review_on = Day(_("Look at it again by"), [a_day])

    def facts(self) -> DocumentFacts:
        """Return what was filled in."""
        return DocumentFacts(
            title=str(self.title.data),
            source=str(self.source.data),
            kind=Kind(self.kind.data),
            audience=Audience(self.audience.data),
            language=str(self.tongue.data),
            review_on=self.review_on.day or date.min,
            summary=clean_text(str(self.summary.data or "")).replace("\r\n", "\n").strip(),
            published_on=self.published_on.day,
        )


def document_form(known: Kept | None, review_on: date) -> DocumentForm:
    """Return the form, filled with what is known; a new document is to be looked at again on a given day."""
    form = DocumentForm(request.form if request.method == "POST" else None, data=_data(known, review_on))
    form.kind.choices = [(kind.value, translated(words)) for kind, words in KINDS.items()]
    form.audience.choices = [(one.value, translated(words)) for one, words in AUDIENCES.items()]
    form.tongue.choices = _tongues()
    return form


def uploaded() -> bytes:
    """Return the file that was sent, and of one that is too large no more than shows that it is."""
    sent = request.files.get("file")
    return sent.read(LARGEST_FILE + 1) if sent else b""


def _data(known: Kept | None, review_on: date) -> dict[str, object]:
    if known is None:
        return {"tongue": language(), "kind": Kind.GUIDE, "audience": Audience.ANYONE, "review_on": str(review_on)}
    facts = known.facts
    return {
        **{name: getattr(facts, name) for name in ("title", "summary", "source", "kind", "audience")},
        "tongue": facts.language,
        "published_on": str(facts.published_on or ""),
        "review_on": str(facts.review_on),
    }


def _tongues() -> list[tuple[str, str]]:
    codes = [code for code in map(str, Locale("en").languages) if is_language(code)]
    return sorted(((code, language_names(code)) for code in codes), key=lambda pair: pair[1].casefold())
