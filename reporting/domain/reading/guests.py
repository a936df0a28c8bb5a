"""Guests of a case: people beside her who read its story with a token of their own, until a day.

A *representative* (union, counsel, somebody she trusts) is invited by her, reads all of the story and writes messages,
and nothing else. A *translator* is asked for by a handler and let in only after her yes. Both are named to everyone who
reads the case, and she ends either at once. Source: REQUIREMENTS L3; DESIGN section 2.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import ClassVar

from reporting.domain.case import ItemKind
from reporting.domain.sealed.entry import Entry
from reporting.domain.words import N_

PERIODS: Mapping[str, int] = {"month": 30, "quarter": 91, "half": 182, "year": 365}
"""For how many days a guest may be let in; a longer time needs a new invitation."""
TRANSLATOR_DAYS = 14
LONGEST_NAME = 120


class GuestKind(StrEnum):
    """What a guest is there for."""

    REPRESENTATIVE = "representative"
    TRANSLATOR = "translator"


GUESTS: Mapping[GuestKind, str] = {
    GuestKind.REPRESENTATIVE: N_("Representative"),
    GuestKind.TRANSLATOR: N_("Translator"),
}


class GuestState(StrEnum):
    """Where an invitation stands."""

    ASKED = "asked"  # a handler asks her for a translator
    REFUSED = "refused"
    AGREED = "agreed"  # she said yes; the translator has no token yet
    INVITED = "invited"  # a token exists
    ENDED = "ended"


@dataclass(frozen=True)
class Guest(Entry):
    """One guest, in the story, where everyone who reads the case sees who else does.

    `lookup` is the lookup id of the guest's token in hex, empty before there is one; `until` is the last day.
    """

    WHAT = "guest"
    SEALED_AS: ClassVar[ItemKind] = ItemKind.SHARED

    kind: GuestKind
    name: str
    until: str
    state: GuestState
    lookup: str = ""

    @property
    def last_day(self) -> date:
        """Return the last day on which the guest may read."""
        return date.fromisoformat(self.until)

    @property
    def is_open(self) -> bool:
        """Return whether it can still come to something, or has: neither refused nor ended."""
        return self.state not in (GuestState.REFUSED, GuestState.ENDED)


@dataclass(frozen=True)
class Translation(Entry):
    """What a translator wrote of a message or of her account, beside the original; `of` is the item's id in hex."""

    WHAT = "translation"
    SEALED_AS: ClassVar[ItemKind] = ItemKind.SHARED

    of: str
    language: str
    text: str


def last_day(today: date, period: str) -> date:
    """Return the last day of a period that was chosen. Raises KeyError for one that is not on offer."""
    return today + timedelta(days=PERIODS[period])
