"""The rounds of a case: opening it again begins a new one, and what was found before is history."""

from dataclasses import dataclass
from typing import ClassVar

from reporting.domain.case import ItemKind
from reporting.domain.sealed.entry import Entry


@dataclass(frozen=True)
class Reopened(Entry):
    """The end of a round: the case was opened again, and what was found before is history."""

    WHAT = "reopened"
    SEALED_AS: ClassVar[ItemKind] = ItemKind.SHARED
