"""The one coarse fact that is kept of a case for counting, and its fixed encoding.

Every case row carries exactly one fact, sealed to the statistics key and sealed anew at each
change. All facts are equally long. Without her consent, and again once it is taken back, the
fact is `NOT_COUNTED`, which says nothing about the case at all. Numbers are never reused.
"""

from collections.abc import Collection
from dataclasses import dataclass
from enum import IntEnum
from typing import Self

from reporting.domain.case import Status
from reporting.domain.casework.classification import Cell
from reporting.domain.casework.outcome import SUPPORTED, Finding
from reporting.domain.questions.kinds import Door

FACT_SIZE = 9
_VERSION = 1


class Conduct(IntEnum):
    """What kind of conduct, as the conduct table counts it; each case is in one cell."""

    HARASSMENT = 1
    HARASSMENT_ONLINE = 2
    EXPLOITATION = 3
    RETALIATION = 4
    OTHER = 5
    NOT_SAID = 6


class Channel(IntEnum):
    """How the case came in."""

    WEB = 1
    ONION = 2
    PAPER = 3
    HOTLINE = 4
    IN_PERSON = 5


class Relationship(IntEnum):
    """What the person who did it is to her; each case is in one cell, power first."""

    SENIOR = 1
    COLLEAGUE = 2
    OUTSIDE = 3
    CLOSE = 4
    NOT_SAID = 5


class Outcome(IntEnum):
    """Where a case has come to at its cut-off."""

    OPEN = 1
    FOUND = 2
    NOT_FOUND = 3
    RESOLVED_INFORMALLY = 4
    ENDED_OTHERWISE = 5


@dataclass(frozen=True, slots=True)
class Fact:
    """What may be counted of one case; with `counted` false, nothing is, and the rest is ignored."""

    conduct: Conduct = Conduct.NOT_SAID
    channel: Channel = Channel.WEB
    relationship: Relationship = Relationship.NOT_SAID
    referral: bool = False
    legal_aid: bool = False
    acknowledged: bool = False
    outcome: Outcome = Outcome.OPEN
    counted: bool = True

    def to_bytes(self) -> bytes:
        """Return FACT_SIZE bytes; all facts that are not counted give the same ones."""
        if not self.counted:
            return bytes([_VERSION]).ljust(FACT_SIZE, b"\0")
        flags = (self.referral, self.legal_aid, self.acknowledged)
        return bytes([_VERSION, 1, self.conduct, self.channel, self.relationship, *flags, self.outcome])

    @classmethod
    def from_bytes(cls, data: bytes) -> Self:
        """Read a fact back. Raises ValueError for any bytes that `to_bytes` does not give."""
        if data == NOT_COUNTED.to_bytes():
            return cls(counted=False)
        if len(data) != FACT_SIZE or data[:2] != bytes([_VERSION, 1]) or max(data[5:8]) > 1:
            raise ValueError("not a fact of a version that is known here")
        conduct, channel, relationship = Conduct(data[2]), Channel(data[3]), Relationship(data[4])
        referral, legal_aid, acknowledged = (bool(flag) for flag in data[5:8])
        return cls(conduct, channel, relationship, referral, legal_aid, acknowledged, Outcome(data[8]))


NOT_COUNTED = Fact(counted=False)


_NOT_SEXUAL = frozenset({"bullying", "discrimination", "power", "other"})


def conduct_of(door: Door, ticked: Collection[str], link: str = "") -> Conduct:
    """Return the one cell for a door, the ticks of `details.conduct` and of `details.link`.

    Retaliation by its door; exploitation when somebody who depends on the organisation was asked
    or harmed; online when any of it was; then what is sexual; then the rest.
    """
    if door is Door.RETALIATION:
        return Conduct.RETALIATION
    if not ticked:
        return Conduct.NOT_SAID
    if link == "community" or "exchange" in ticked:
        return Conduct.EXPLOITATION
    if any(choice.startswith("online_") for choice in ticked):
        return Conduct.HARASSMENT_ONLINE
    return Conduct.OTHER if set(ticked) <= _NOT_SEXUAL else Conduct.HARASSMENT


CELLS = {
    Cell.HARASSMENT: Conduct.HARASSMENT,
    Cell.HARASSMENT_ONLINE: Conduct.HARASSMENT_ONLINE,
    Cell.EXPLOITATION: Conduct.EXPLOITATION,
    Cell.RETALIATION: Conduct.RETALIATION,
    Cell.OTHER: Conduct.OTHER,
}
"""Once a handler has classified a case, it is counted there and no longer by what was ticked."""

_CELLS = (
    (frozenset({"senior"}), Relationship.SENIOR),
    (frozenset({"close"}), Relationship.CLOSE),
    (frozenset({"colleague", "junior"}), Relationship.COLLEAGUE),
    (frozenset({"outside", "community"}), Relationship.OUTSIDE),
)


def relationship_of(ticked: Collection[str]) -> Relationship:
    """Return the one cell for the ticks of `people.relationship`, the strongest power first."""
    return next((cell for choices, cell in _CELLS if choices & set(ticked)), Relationship.NOT_SAID)


def outcome_of(status: Status, told: Finding | None = None, *, informally: bool = False) -> Outcome:
    """Return what is counted of the outcome: the finding that she was told, or that it was settled informally."""
    if status not in (Status.CONCLUDED, Status.CLOSED):
        return Outcome.OPEN
    if told is None or told is Finding.NONE:
        return Outcome.RESOLVED_INFORMALLY if informally else Outcome.ENDED_OTHERWISE
    return Outcome.FOUND if told in SUPPORTED else Outcome.NOT_FOUND
