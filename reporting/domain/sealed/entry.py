"""Entries: everything that is written into a case file beside the talk, each sealed as an item of its own.

There are only two kinds of item for all of them. `ENTRY` is sealed in `casework`, for the handlers alone; `SHARED` is
sealed in `story`, where she reads it too. What an entry is (a task, a measure, an outcome) stands inside the seal, so
that the rows of a case do not tell what is being done in it.
"""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from reporting.domain.canonical import Record
from reporting.domain.case import ItemKind


@dataclass(frozen=True)
class Entry(Record):
    """The base of every entry. A subclass is a frozen dataclass with a `WHAT`, and `SHARED` where she reads it.

    `position` gives the order within the case, from 0; `author` is a staff id in hex, or `reporter`; `day` is
    YYYY-MM-DD. All four are set by `services.sealed.entries.add`, whatever a caller puts there.
    """

    SEALED_AS: ClassVar[ItemKind] = ItemKind.ENTRY

    position: int
    author: str
    author_name: str
    day: str

    def __post_init__(self) -> None:
        if date.fromisoformat(self.day).isoformat() != self.day:
            raise ValueError("a day is written YYYY-MM-DD")

    @property
    def written_on(self) -> date:
        """Return the day on which it was written."""
        return date.fromisoformat(self.day)


UNSIGNED = (0, "", "", "1970-01-01")
"""What stands in the first four fields of an entry until it is added: `Plan(*UNSIGNED, goals)`."""
