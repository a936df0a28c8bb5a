"""What a law keeps of her case, as her pages say it: before she closes or erases, and as long as it lasts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from reporting.domain.case import ItemKind
from reporting.domain.file.listing import HERS, OTHER, Named
from reporting.services.evidence.pieces import pieces_in
from reporting.services.survivor.follow import CasePage
from reporting.store.database import reading
from reporting.web.instance import here
from reporting.web.pages import format_day, translated

BEGINNING = 80


@dataclass(frozen=True)
class KeptShown:
    """One hold: the law in the words that she read before she wrote, why, what stays, and the last day."""

    law: str
    reason: str
    items: list[str]
    until: date


def kept_shown(page: CasePage) -> list[KeptShown]:
    """Return the holds that last, in the words of this language."""
    return [
        KeptShown(one.law, one.reason, names_for_her(page, one.items), date.fromisoformat(one.until))
        for one in page.kept
    ]


def names_for_her(page: CasePage, named: Sequence[Named]) -> list[str]:
    """Return what the listed things are called on her page; a piece of evidence as she called it."""
    called = pieces_called(page) if any(one.code == ItemKind.EVIDENCE for one in named) else {}
    return [_name(one, called.get(one.item, "")) for one in named]


def pieces_called(page: CasePage) -> Mapping[str, str]:
    """Return the beginning of what each piece of evidence is called on her page, by the id of its item (hex)."""
    with reading(here().stores) as work:
        found = [(one.id.hex(), one.evidence) for one in pieces_in(work, page.opened)]
    return {item: _beginning(one.name or one.link or one.handle or one.says) for item, one in found}


def _name(one: Named, called: str) -> str:
    day = format_day(date.fromisoformat(one.day)) if one.day else ""
    return " · ".join(part for part in (translated(HERS.get(one.code, OTHER)), called, day) if part)


def _beginning(words: str) -> str:
    return f"{words[:BEGINNING]}…" if len(words) > BEGINNING else words
