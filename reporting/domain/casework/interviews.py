"""Interviews: with whom by their part in the case, never by name, and whether the record was agreed."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from reporting.domain.sealed.entry import Entry


class Whom(StrEnum):
    """The part that somebody has in the case."""

    REPORTER = "reporter"
    AFFECTED = "affected"
    WITNESS = "witness"
    NAMED = "named"
    MANAGER = "manager"
    EXPERT = "expert"


class Record(StrEnum):
    """Whether the person agreed to what was written down."""

    NOT_YET = "not_yet"
    AGREED = "agreed"
    WITH_CHANGES = "with_changes"
    NOT_AGREED = "not_agreed"


@dataclass(frozen=True)
class Interview(Entry):
    """One interview. `held_on` is YYYY-MM-DD; `present` says in role words who else was there."""

    WHAT = "interview"

    whom: Whom
    held_on: str
    present: str
    support_offered: bool
    notes: str
    record: Record = Record.NOT_YET
    changes: str = ""

    @property
    def held_day(self) -> date:
        """Return the day of the interview."""
        return date.fromisoformat(self.held_on)
