"""What a law keeps of her case, as her pages say it: before she closes or erases, and as long as it lasts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from reporting.domain.file.listing import HERS, OTHER, Named
from reporting.services.survivor.follow import CasePage
from reporting.web.pages import format_day, translated


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
        KeptShown(one.law, one.reason, names_for_her(one.items), date.fromisoformat(one.until)) for one in page.kept
    ]


def names_for_her(named: Sequence[Named]) -> list[str]:
    """Return what the listed things are called on her page."""
    return [_name(one) for one in named]


def _name(one: Named) -> str:
    day = format_day(date.fromisoformat(one.day)) if one.day else ""
    return " · ".join(part for part in (translated(HERS.get(one.code, OTHER)), day) if part)
