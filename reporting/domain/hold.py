"""A legal hold: a law that was declared before she wrote keeps listed items, for a time that has an end.

Nothing of this exists where an office declares no such law. A hold is never about what she wrote about herself, nor
about a record that only she can open.
"""

from dataclasses import dataclass
from typing import ClassVar

from reporting.domain.case import ItemKind
from reporting.domain.entry import Entry
from reporting.domain.listing import Named

LONGEST_DAYS = 366
"""A hold ends at the latest so many days after it began; whoever needs more proposes a new one, which she reads."""


@dataclass(frozen=True)
class DeclaredLaw(Entry):
    """The law of the office as it was shown to her before she wrote; empty where there was none."""

    WHAT = "declared_law"
    SEALED_AS: ClassVar[ItemKind] = ItemKind.SHARED

    law: str = ""


@dataclass(frozen=True)
class HoldAsked(Entry):
    """What a handler asks to keep, why and until when. `hold` is the hex id of what came of it, or ''."""

    WHAT = "hold_asked"

    law: str = ""
    reason: str = ""
    items: tuple[Named, ...] = ()
    until: str = ""
    hold: str = ""


@dataclass(frozen=True)
class HoldNotice(Entry):
    """What she reads about a hold: by which law, why, what stays, and until when."""

    WHAT = "hold_notice"
    SEALED_AS: ClassVar[ItemKind] = ItemKind.SHARED

    hold: str = ""
    law: str = ""
    reason: str = ""
    items: tuple[Named, ...] = ()
    until: str = ""
