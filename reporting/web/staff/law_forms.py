"""The form in which a version of a legal profile is written, one language at a time; the other languages are kept."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any, Final

from flask_babel import gettext

from reporting.domain.help.legal_profile import (
    DECLARED,
    LINES,
    MOST_ENTRIES,
    PARTS,
    Fault,
    LegalProfile,
    Texts,
)
from reporting.domain.words import N_, clean_text
from reporting.web.pages import language_names, translated

SPARE: Final = 2  # empty places that wait below what is there
TOP: Final[Mapping[str, str]] = {
    "reviewer": N_("Who reviewed it"),
    "competence": N_("What makes them able to say so"),
    "reviewed_on": N_("Day of the review"),
    "valid_until": N_("Valid until"),
    "identity_duty": N_("A duty by law that may open a name"),
    "hold_law": N_("A law that may keep something for a time"),
}
OF_THE_WHOLE: Final[Mapping[str, str]] = {
    "country": N_("Country"),
    "texts": N_("The languages"),
    "language": N_("The code of the language"),
}
PART_NAMES: Final[Mapping[str, str]] = {
    "statutes": N_("Acts"),
    "limits": N_("Time limits"),
    "reporting": N_("Who has to tell somebody"),
    "protections": N_("What protects from punishment"),
    "pathway": N_("The way, step by step"),
}
FIELD_NAMES: Final[Mapping[str, str]] = {
    "title": N_("What it is called"),
    "says": N_("What it says, in plain words"),
    "source": N_("Where it can be read"),
    "term": N_("How much time"),
    "who": N_("Who"),
    "what": N_("What"),
    "to": N_("To whom it has to be told"),
}
OTHERWISE: Final[Mapping[str, str]] = {
    "limits.says": N_("For what, and from when on"),
    "protections.says": N_("What it is"),
    "pathway.says": N_("What one can do"),
}
"""What a field is called in one part, where its usual name does not fit."""


@dataclass(frozen=True)
class Label:
    """What a field is called, as the macros of forms expect it."""

    text: str


@dataclass(frozen=True)
class Field:
    """One field, as the macros of forms expect it. `one_line` says how it is shown."""

    id: str
    label: Label
    data: str
    errors: Sequence[str] = ()
    one_line: bool = True

    @property
    def name(self) -> str:
        """Return what it is called when it is posted."""
        return self.id


@dataclass(frozen=True)
class Part:
    """One list of the profile: its name, and a group of fields for each entry, with empty ones at the end."""

    id: str
    name: str
    entries: Sequence[Sequence[Field]]


@dataclass(frozen=True)
class Problem:
    """What has to be looked at, and the id of the field; for the summary on top."""

    id: str
    text: str


@dataclass(frozen=True)
class LawForm:
    """Everything that the page shows of a version in one language."""

    top: Mapping[str, Field]
    parts: Sequence[Part]
    problems: Sequence[Problem]


def draft_of(known: LegalProfile | None, language: str) -> tuple[LegalProfile, Texts]:
    """Return what the form begins with: the present version, with empty texts where it lacks this language."""
    empty = Texts(language, "")
    if known is None:
        return LegalProfile("", "", "", "", ()), empty
    return known, next((one for one in known.texts if one.language == language), empty)


def posted_profile(
    known: LegalProfile | None, country: str, language: str, posted: Mapping[str, str]
) -> tuple[LegalProfile, Texts]:
    """Return the version that was typed: this language replaced, the others as they stand unless they are left out."""
    texts = _posted_texts(language, posted)
    others = known.texts if known and not posted.get("alone") else ()
    kept = [texts if one.language == language else one for one in others]
    if texts not in kept:
        kept.append(texts)
    reviewer, first, last = (_said(posted, name) for name in ("reviewer", "reviewed_on", "valid_until"))
    return LegalProfile(country, reviewer, first, last, tuple(kept)), texts


def form_of(profile: LegalProfile, texts: Texts, faults: Sequence[Fault] = ()) -> LawForm:
    """Return the form as it is shown, with what is wrong beside its field."""
    wrong: dict[str, list[str]] = {}
    problems = []
    for fault in faults:
        problem = _problem(fault, texts.language)
        wrong.setdefault(problem.id, []).append(problem.text)
        problems.append(problem)
    top = {name: _top_field(name, profile, texts, wrong.get(name, ())) for name in TOP}
    parts = [_part(part, getattr(texts, part), wrong) for part in PARTS]
    return LawForm(top, parts, problems)


def _top_field(name: str, profile: LegalProfile, texts: Texts, errors: Sequence[str]) -> Field:
    value = getattr(profile, name) if hasattr(profile, name) else getattr(texts, name)
    return Field(name, Label(translated(TOP[name])), value, errors, one_line=name not in DECLARED)


def _part(part: str, entries: Sequence[Any], wrong: Mapping[str, Sequence[str]]) -> Part:
    empty = PARTS[part](*[""] * len(fields(PARTS[part])))
    spare = max(0, min(SPARE, MOST_ENTRIES - len(entries)))
    shown = [*entries, *[empty] * spare]
    return Part(part, translated(PART_NAMES[part]), [_entry(part, n, one, wrong) for n, one in enumerate(shown, 1)])


def _entry(part: str, number: int, entry: Any, wrong: Mapping[str, Sequence[str]]) -> list[Field]:
    found = []
    for one in fields(entry):
        place = f"{part}-{number}-{one.name}"
        label = Label(_field_name(part, one.name))
        found.append(Field(place, label, getattr(entry, one.name), wrong.get(place, ()), one.name in LINES))
    return found


def _field_name(part: str, name: str) -> str:
    return translated(OTHERWISE.get(f"{part}.{name}", FIELD_NAMES[name]))


def _problem(fault: Fault, language: str) -> Problem:
    """Return a fault with the words of the page in the place of the name of the field."""
    where, _, rest = fault.place.partition(".")
    of_this, inside = where == language, rest.split(".")
    if not rest:
        named, target = translated({**TOP, **OF_THE_WHOLE}[where]), where
    elif inside[0] in TOP:
        named, target = translated(TOP[inside[0]]), inside[0]
    else:
        named, target = _named(inside), _target(inside)
    if rest and not of_this:
        named, target = f"{named} ({language_names(where)})", "alone"
    return Problem(target, translated(fault.sentence, place=named, number=fault.number))


def _named(inside: Sequence[str]) -> str:
    """Return what a place in a list is called, such as "Acts, 2: Where it can be read"."""
    name = translated(PART_NAMES[inside[0]])
    if len(inside) == 1:
        return name
    return str(gettext("%(part)s, %(number)s: %(field)s", part=name, number=inside[1], field=_field_name(*inside[::2])))


def _target(inside: Sequence[str]) -> str:
    return "-".join(inside) if len(inside) > 1 else f"{inside[0]}-1-{fields(PARTS[inside[0]])[0].name}"


def _posted_texts(language: str, posted: Mapping[str, str]) -> Texts:
    said: dict[str, Any] = {part: _posted_entries(part, posted) for part in PARTS}
    said |= {name: _said(posted, name) for name in ("competence", *DECLARED)}
    return Texts(language, **said)


def _posted_entries(part: str, posted: Mapping[str, str]) -> tuple[Any, ...]:
    """Return the entries in which something was typed; one more than fits is taken, so that it is said."""
    kind = PARTS[part]
    rows = [
        [_said(posted, f"{part}-{number}-{one.name}") for one in fields(kind)] for number in range(1, MOST_ENTRIES + 2)
    ]
    return tuple(kind(*row) for row in rows if any(row))


def _said(posted: Mapping[str, str], name: str) -> str:
    return clean_text(posted.get(name, "")).replace("\r\n", "\n").strip()
