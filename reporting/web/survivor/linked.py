"""What the team says about people she named, as she reads it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from reporting.domain.reading.conflict import TIES
from reporting.domain.sealed.disclosure import People
from reporting.web.pages import translated
from reporting.web.survivor.ledger import apart


@dataclass(frozen=True)
class LinkTold:
    """One thing that was said, who lost a key by it, and who took it back (empty as long as it holds)."""

    day: date
    sentence: str
    lost: Sequence[str]
    undone: str


def links_told(people: People) -> list[LinkTold]:
    """Return what handlers said, the newest first."""
    return [
        LinkTold(
            date.fromisoformat(link.day),
            translated(TIES[link.tie], by=apart(link.by_name), name=apart(link.name)),
            link.lost,
            link.undone_by,
        )
        for link in reversed(people.links)
    ]
