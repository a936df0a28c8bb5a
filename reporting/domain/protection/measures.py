"""Interim measures: what changes at work until a case is settled, who moves, and from when until when.

Nobody moves her without her yes: that is for the program to see to, not for a handler to remember.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import ClassVar

from reporting.domain.case import ItemKind
from reporting.domain.protection.agreement import Said
from reporting.domain.sealed.entry import Entry
from reporting.domain.words import N_

REVIEW_WITHIN_DAYS = 90
"""A measure is looked at again after at most so many days, so that none goes on only because nobody ended it."""


class MeasureKind(StrEnum):
    """What a measure is."""

    SEPARATION = "separation"
    REMOTE_WORK = "remote_work"
    LEAVE = "leave"
    REPORTING_LINE = "reporting_line"
    NO_CONTACT = "no_contact"
    OTHER = "other"


KINDS: Mapping[MeasureKind, str] = {
    MeasureKind.SEPARATION: N_("Working in different places or at different times"),
    MeasureKind.REMOTE_WORK: N_("Working from home or from elsewhere"),
    MeasureKind.LEAVE: N_("Leave for the person who is named"),
    MeasureKind.REPORTING_LINE: N_("Another supervisor"),
    MeasureKind.NO_CONTACT: N_("No contact"),
    MeasureKind.OTHER: N_("Something else"),
}


class Moves(StrEnum):
    """Whose place, hours, tasks or supervisor change."""

    NAMED = "named"
    HER = "her"
    NEITHER = "neither"


class MeasureState(StrEnum):
    """Where a measure stands."""

    PROPOSED = "proposed"
    RUNNING = "running"
    ENDED = "ended"


class EndReason(StrEnum):
    """Why a measure ended, or was never begun."""

    NOT_NEEDED = "not_needed"
    SHE_ASKED = "she_asked"
    NO_YES = "no_yes"
    REPLACED = "replaced"
    NOT_POSSIBLE = "not_possible"
    SETTLED = "settled"


END_REASONS: Mapping[EndReason, str] = {
    EndReason.NOT_NEEDED: N_("It is not needed any more"),
    EndReason.SHE_ASKED: N_("It was asked for in a message or a talk"),
    EndReason.NO_YES: N_("There is no yes to it"),
    EndReason.REPLACED: N_("Something else took its place"),
    EndReason.NOT_POSSIBLE: N_("It could not be carried out"),
    EndReason.SETTLED: N_("The case is settled"),
}
CHOSEN_REASONS = (EndReason.NOT_NEEDED, EndReason.SHE_ASKED, EndReason.NOT_POSSIBLE, EndReason.SETTLED)
"""What a handler may give as the reason; the others follow from what happened."""


@dataclass(frozen=True)
class Measure(Entry):
    """One measure. What it proposes is never changed; only where it stands, and when it is looked at again.

    Days are YYYY-MM-DD, or empty where there is none yet. `replaces` is the id of another measure in hex, or empty.
    """

    WHAT = "measure"
    SEALED_AS: ClassVar[ItemKind] = ItemKind.SHARED

    kind: MeasureKind
    moves: Moves
    words: str
    starts_on: str
    review_on: str
    replaces: str = ""
    state: MeasureState = MeasureState.PROPOSED
    began_on: str = ""
    reviewed_on: str = ""
    ended_on: str = ""
    ended_because: EndReason | None = None

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.kind is MeasureKind.LEAVE and self.moves is not Moves.NAMED:
            raise ValueError("leave as a measure is for the person who is named, never for her")

    def needs_her_yes(self, said: Said | None) -> bool:
        """Return whether it may not run without her yes: it moves her, or she says that it would."""
        return self.moves is Moves.HER or said is Said.MOVES_ME

    def may_run(self, said: Said | None) -> bool:
        """Return whether it may run after what she said."""
        return said is Said.YES or not self.needs_her_yes(said)

    def review_is_due(self, today: date) -> bool:
        """Return whether it runs and the day has come to look at it again."""
        return self.state is MeasureState.RUNNING and date.fromisoformat(self.review_on) <= today
