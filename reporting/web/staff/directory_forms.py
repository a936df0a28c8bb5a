"""The form of one entry of the directory, between what is typed and what is kept."""

from typing import Any

from flask import request
from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import BooleanField, Form, SelectField, SelectMultipleField, StringField, TextAreaField

from reporting.domain.directory.checking import without_hidden
from reporting.domain.directory.checks import How
from reporting.domain.directory.drafts import Draft, Place, Problem
from reporting.domain.directory.listing import WORLDWIDE, Number
from reporting.domain.directory.taxonomies import PATHWAYS, TELLINGS, TRAITS, Pathway, Telling, Trait
from reporting.domain.words import COMMA, N_, clean_text, latin_digits, parts_of
from reporting.web.pages import translated
from reporting.web.staff.forms import Line, refuse

MOST_TYPED = 20_000
"""What is longer is cut before it is looked at; every field is refused far below that."""

SENTENCES: dict[Problem, str] = {
    Problem.EMPTY: N_("Please fill this in."),
    Problem.LONG: N_("This is too long: at most 200 characters in a line and 2000 in a text."),
    Problem.NO_PATHWAY: N_("Please choose what it is for."),
    Problem.NOBODY: N_("Please say in which countries people may turn to it, or that anybody may."),
    Problem.NOT_A_LINK: N_("A web address begins with https:// or http:// and has no spaces or quotation marks."),
    Problem.NOT_AN_ADDRESS: N_("This is not one mail address, such as help@example.org."),
    Problem.NOT_A_NUMBER: N_("One number a line, in digits; a note may follow after a comma. Short codes are fine."),
    Problem.NOT_A_LANGUAGE: N_("Codes of languages, such as ro, ru, uk."),
    Problem.NOT_A_COUNTRY: N_("Codes of countries of two letters, such as MD, RO."),
    Problem.NOT_A_ZONE: N_("No time zone is called this. An example: Europe/Chisinau."),
    Problem.NO_ZONE: N_("Hours need the time zone in which they are meant, such as Europe/Chisinau."),
    Problem.NOT_HOURS: N_("One line for each time, such as “mon-fri 09:00-17:00” or “sat sun 10:00-24:00”."),
    Problem.HALF_A_PLACE: N_("An address needs a street and a city."),
    Problem.SHELTER_WITH_PLACE: N_(
        "A shelter never has an address here: whoever looks for somebody in it must not learn where it is. "
        "Give the way in, such as a telephone line, and take the address away."
    ),
    Problem.TOO_MANY: N_("These are too many: at most 40."),
}
"""What stands beside a field that cannot be kept."""

UNKNOWN, YES, NO = "", "yes", "no"


class _EntryForm(Form):
    """What every entry has; traits and tellings follow from their lists."""

    name = Line(_("Name"))
    what = TextAreaField(_("What it does, in a sentence or two"))
    organization = Line(_("Organisation"))
    for_whom = TextAreaField(_("For whom it is"))
    pathways = SelectMultipleField(_("What it is for"), validate_choice=False)
    worldwide = BooleanField(_("Anybody may turn to it, wherever they are"))
    countries = Line(_("Countries"))
    numbers = TextAreaField(_("Telephone numbers"))
    url = Line(_("Web page"))
    email = Line(_("Mail address"))
    languages = Line(_("Languages"))
    hours = TextAreaField(_("Hours"))
    time_zone = Line(_("Time zone"))
    cost = Line(_("Cost"))
    street = Line(_("Street and number"))
    postal_code = Line(_("Postal code"))
    city = Line(_("City"))
    version = StringField()


def _fields() -> dict[str, Any]:
    traits = {trait.value: SelectField(_(TRAITS[trait]), validate_choice=False) for trait in Trait}
    return {**traits, **{telling.value: TextAreaField(_(TELLINGS[telling])) for telling in Telling}}


EntryForm: Any = type("EntryForm", (_EntryForm,), _fields())


def entry_form(draft: Draft, version: str = "") -> Any:
    """Return the form of a draft, filled in with what was sent where something was."""
    form = EntryForm(data=shown_draft(draft) | {"version": version})
    form.pathways.choices = [(one.value, translated(name)) for one, name in PATHWAYS.items()]
    for trait in Trait:
        form[trait.value].choices = [(UNKNOWN, gettext("Not known")), (YES, gettext("Yes")), (NO, gettext("No"))]
    if request.method == "POST":
        form.process(request.form)
    return form


def explain(form: Any, found: dict[str, Problem]) -> None:
    """Put the sentence for each problem beside its field."""
    for name, problem in found.items():
        refuse(form[name], translated(SENTENCES[problem]))


def draft_from(form: Any, before: Draft) -> Draft:
    """Return what was filled in. What was not on offer counts as not chosen; hours that no form shows stay."""
    areas = frozenset(_codes(form.countries)) - {WORLDWIDE}
    return Draft(
        name=_line(form.name),
        what=_text(form.what),
        organization=_line(form.organization),
        for_whom=_text(form.for_whom),
        url=_line(form.url),
        email=_line(form.email),
        numbers=tuple(_number(line) for line in _lines(form.numbers)),
        languages=tuple(dict.fromkeys(code.lower() for code in _codes(form.languages))),
        areas=frozenset(area.upper() for area in areas) | ({WORLDWIDE} if form.worldwide.data else frozenset()),
        pathways=tuple(one for one in Pathway if one.value in (form.pathways.data or ())),
        traits={one: form[one.value].data == YES for one in Trait if form[one.value].data in (YES, NO)},
        tellings={one: _text(form[one.value]) for one in Telling if _text(form[one.value])},
        hours=None if before.hours is None else tuple(map(latin_digits, _lines(form.hours))),
        time_zone=_line(form.time_zone),
        cost=_line(form.cost),
        place=Place(_line(form.street), _line(form.postal_code), _line(form.city)),
    )


def how_from(text: str | None) -> How | None:
    """Return the way of checking that a form names, if it is one of ours."""
    return How(text) if text in set(How) else None


def shown_draft(draft: Draft) -> dict[str, Any]:
    """Return a draft as the fields of the form show it."""
    plain = ("name", "what", "organization", "for_whom", "url", "email", "time_zone", "cost")
    return {
        **{name: getattr(draft, name) for name in plain},
        "pathways": [one.value for one in draft.pathways],
        "worldwide": WORLDWIDE in draft.areas,
        "countries": ", ".join(sorted(draft.areas - {WORLDWIDE})),
        "numbers": "\n".join(f"{one.number}, {one.note}" if one.note else one.number for one in draft.numbers),
        "languages": ", ".join(draft.languages),
        "hours": "\n".join(draft.hours or ()),
        "street": draft.place.street,
        "postal_code": draft.place.postal_code,
        "city": draft.place.city,
        **{one.value: _answer(draft, one) for one in Trait},
        **{one.value: text for one, text in draft.tellings.items()},
    }


def in_words(draft: Draft) -> dict[str, str]:
    """Return a draft by field as somebody reads it."""
    answers = {UNKNOWN: gettext("Not known"), YES: gettext("Yes"), NO: gettext("No")}
    return {
        **{name: str(value) for name, value in shown_draft(draft).items()},
        "numbers": "\n".join(sorted(f"{one.number} {one.note}".strip() for one in draft.numbers)),
        "languages": ", ".join(sorted(draft.languages)),
        "hours": "\n".join(sorted(draft.hours or ())),
        "pathways": ", ".join(translated(PATHWAYS[one]) for one in draft.pathways),
        "worldwide": answers[YES if WORLDWIDE in draft.areas else NO],
        **{one.value: answers[_answer(draft, one)] for one in Trait},
        **{one.value: draft.tellings.get(one, "") for one in Telling},
    }


def _answer(draft: Draft, trait: Trait) -> str:
    known = draft.traits.get(trait)
    return UNKNOWN if known is None else YES if known else NO


def _line(field: Any) -> str:
    return " ".join(_text(field).split())


def _text(field: Any) -> str:
    return without_hidden(clean_text(str(field.data or "")[:MOST_TYPED]).replace("\r\n", "\n")).strip()


def _lines(field: Any) -> list[str]:
    return [line.strip() for line in _text(field).splitlines() if line.strip()]


def _codes(field: Any) -> list[str]:
    return parts_of(_text(field))


def _number(line: str) -> Number:
    number, *note = COMMA.split(line, maxsplit=1)
    return Number(latin_digits(number).strip(), "".join(note).strip())
