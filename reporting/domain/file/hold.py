"""A legal hold: a law that was declared before she wrote keeps listed items, for a time that has an end.

Nothing of this exists where an office declares no such law. A hold is never about what she wrote about herself, nor
about a record that only she can open.
"""

from dataclasses import dataclass
from typing import ClassVar

from reporting.domain.case import ItemKind
from reporting.domain.file.listing import Named
from reporting.domain.sealed.entry import Entry

LONGEST_DAYS = 366
"""A hold ends at the latest so many days after it began; whoever needs more proposes a new one, which she reads."""


@dataclass(frozen=True)
class DeclaredLaw(Entry):
    """What she was shown of the law before she wrote: what may keep something, and the duty that may open her name.

    Each is empty where nothing of the kind was shown. It counts for her case whatever the law says later.
    """

    WHAT = "declared_law"
    FORMAT = 2
    UPGRADES = {1: lambda old: old | {"duty": ""}}  # noqa: RUF012 - declared on Record
    SEALED_AS: ClassVar[ItemKind] = ItemKind.SHARED

    law: str = ""
    duty: str = ""


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
