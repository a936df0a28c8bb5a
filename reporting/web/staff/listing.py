"""The things in a case file as the pages show them: what each is, of which day, by whom, and how it begins."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from flask_babel import gettext

from reporting.domain.case import ItemKind
from reporting.domain.file.listing import Named
from reporting.domain.words import N_
from reporting.services.file.listing import Listed, Passage
from reporting.web.addresses import id_from
from reporting.web.pages import format_day, translated

BEGINNING = 80
OTHER = N_("Something written into the case file")
LISTED: Mapping[str, str] = {
    ItemKind.DISCLOSURE: N_("What the reporter wrote"),
    ItemKind.PEOPLE: N_("Who is named, and who is closed out"),
    ItemKind.CHOICES: N_("What the reporter wishes for"),
    ItemKind.MESSAGE: N_("A message"),
    ItemKind.NOTE: N_("A note of the team"),
    ItemKind.EVIDENCE: N_("A piece of evidence"),
    "measure": N_("A measure"),
    "assessment": N_("An assessment"),
    "classification": N_("A classification"),
    "plan": N_("The plan"),
    "task": N_("A task"),
    "interview": N_("An interview"),
    "clear_check": N_("The check list of ClearCheck"),
    "telling": N_("What the named person is told"),
    "their_side": N_("What the named person says"),
    "safety_plan": N_("A safety plan"),
    "referral": N_("A referral to a service"),
    "referral_scope": N_("What the reporter agreed to share with a service"),
    "follow_up": N_("A follow-up"),
    "informal_offer": N_("An offer of an informal way"),
    "informal_answer": N_("The answer to an informal way"),
    "original_opened": N_("Why an original was opened"),
    "outcome": N_("The outcome"),
    "outcome_note": N_("What the reporter was told of the outcome"),
}
"""Anything else is `OTHER`."""


@dataclass(frozen=True)
class ItemShown:
    """One thing of the file."""

    title: str
    passages: list[Passage]


def options(listed: Sequence[Listed]) -> list[tuple[str, str]]:
    """Return the things of a file as choices: the id in hex, and what it is with its beginning."""
    return [(one.id.hex(), _with_beginning(one)) for one in listed]


def items_shown(listed: Sequence[Listed]) -> list[ItemShown]:
    """Return things with their text."""
    return [ItemShown(title_of(one.named, one.author, one.number), one.passages) for one in listed]


def names_shown(named: Sequence[Named], known: Sequence[Listed] = ()) -> list[str]:
    """Return what things are called that an entry names.

    :param known: the things of the case, from which a piece of evidence has the number under which it stands there.
    """
    numbers = {one.id.hex(): one.number for one in known}
    return [title_of(one, number=numbers.get(one.item, 0)) for one in named]


def title_of(named: Named, author: str = "", number: int = 0) -> str:
    """Return what a thing is called: what it is, by whom, and of which day; evidence also by its number, from 1."""
    day = format_day(date.fromisoformat(named.day)) if named.day else ""
    what = gettext("Evidence %(number)s", number=number) if number else translated(LISTED.get(named.code, OTHER))
    return " · ".join(part for part in (what, author, day) if part)


def ids_from(values: Sequence[str]) -> list[bytes]:
    """Return the ids that a form names; what is none is left out, and so is named by nobody."""
    return [found for found in map(id_from, values) if found is not None]


def _with_beginning(one: Listed) -> str:
    text = " ".join(passage.text for passage in one.passages if _is_words(one.kind, passage))
    cut = " ".join(text[: BEGINNING + 1].split())
    title = title_of(one.named, one.author, one.number)
    return f"{title}: {cut[:BEGINNING]}{'…' if len(text) > BEGINNING else ''}" if cut else title


def _is_words(kind: ItemKind, passage: Passage) -> bool:
    """Return whether somebody typed this; nobody knows a thing by the codes and days of its record."""
    if kind is ItemKind.EVIDENCE:
        return passage.label in ("name", "what it shows", "link")
    if kind in (ItemKind.DISCLOSURE, ItemKind.PEOPLE) or not passage.label:
        return True
    return kind is not ItemKind.CHOICES and " " in passage.text and not passage.label.endswith("name")
