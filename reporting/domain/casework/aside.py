"""Setting aside what nobody could follow: why, for how long it can be undone, and how much is looked at again.

It never says that somebody told an untruth. There is no such reason, and none may be added.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from reporting.domain.sealed.entry import Entry

REVERSIBLE_DAYS = 90
"""For so many days staff can take it up again; whoever sent it can at any time, by writing."""

CHECK_EVERY = 5
"""One of so many cases that are set aside together is looked at by a second person, and at least one."""


class Reason(StrEnum):
    """Why something is set aside."""

    NOT_UNDERSTANDABLE = "not_understandable"
    DUPLICATE = "duplicate"
    TEST = "test"
    ADVERTISING = "advertising"


@dataclass(frozen=True)
class Aside(Entry):
    """That a case was set aside, by its author; `duplicate_of` is a case id in hex where it is a duplicate."""

    WHAT = "aside"

    reason: Reason
    duplicate_of: str = ""


@dataclass(frozen=True)
class Back(Entry):
    """That somebody on the team took it up again."""

    WHAT = "aside-back"


def to_check(count: int) -> int:
    """Return how many of so many cases that are set aside together a second person looks at."""
    return max(1, count // CHECK_EVERY) if count else 0


def reversible_until(set_on: date) -> date:
    """Return the last day on which staff can take it up again, as long as nobody has to check it."""
    return set_on + timedelta(days=REVERSIBLE_DAYS)
