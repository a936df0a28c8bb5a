"""The outcome: what was found and why, what is done, and what she is told or does not want to hear.

An outcome belongs to the round in which it was found: a case that is opened again owes her a new one.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from reporting.domain.case import ItemKind
from reporting.domain.sealed.entry import Entry
from reporting.domain.words import N_


class Finding(StrEnum):
    """What could be found about what she told; never whether she is to be believed."""

    SUPPORTED = "supported"
    PARTLY = "partly"
    NOT_SUPPORTED = "not_supported"
    NOT_ENOUGH = "not_enough"
    NONE = "none"


SUPPORTED = frozenset({Finding.SUPPORTED, Finding.PARTLY})
ABOUT_THE_PERSON = SUPPORTED | {Finding.NOT_SUPPORTED}
"""Findings that say something about a person, who must have been able to answer before."""

TO_HER: Mapping[Finding, str] = {
    Finding.SUPPORTED: N_("What was found supports what you told."),
    Finding.PARTLY: N_("What was found supports a part of what you told."),
    Finding.NOT_SUPPORTED: N_("What could be found does not support it. That does not mean that it did not happen."),
    Finding.NOT_ENOUGH: N_("There was not enough to say anything. That does not mean that it did not happen."),
    Finding.NONE: N_("There is no finding about anybody."),
}
"""What she reads of a finding."""


class Consequence(StrEnum):
    """What is done because of the outcome, coarse enough to tell her without harming anybody's rights."""

    SUPPORT = "support"
    APOLOGY = "apology"
    WORK_CHANGED = "work_changed"
    TRAINING = "training"
    WARNING = "warning"
    MOVED = "moved"
    DISCIPLINE = "discipline"
    CONTRACT_ENDED = "contract_ended"
    AUTHORITIES = "authorities"
    RULES_CHANGED = "rules_changed"


CONSEQUENCES: Mapping[Consequence, str] = {
    Consequence.SUPPORT: N_("Support goes on"),
    Consequence.APOLOGY: N_("An apology"),
    Consequence.WORK_CHANGED: N_("Something at work was changed"),
    Consequence.TRAINING: N_("Training"),
    Consequence.WARNING: N_("A warning"),
    Consequence.MOVED: N_("The person was moved"),
    Consequence.DISCIPLINE: N_("A disciplinary measure"),
    Consequence.CONTRACT_ENDED: N_("A contract was ended"),
    Consequence.AUTHORITIES: N_("Passed to the authorities"),
    Consequence.RULES_CHANGED: N_("Rules or ways of working were changed"),
}


@dataclass(frozen=True)
class Outcome(Entry):
    """What the handlers found, with their reasons; she reads `OutcomeNote`, not this."""

    WHAT = "outcome"

    finding: Finding
    reasons: str
    consequences: tuple[Consequence, ...]


@dataclass(frozen=True)
class OutcomeNote(Entry):
    """The outcome in words for her. What is done is told as far as `consequences` says."""

    WHAT = "outcome_note"
    SEALED_AS: ClassVar[ItemKind] = ItemKind.SHARED

    finding: Finding
    consequences: tuple[Consequence, ...]
    text: str

    def tells(self, outcome: Outcome) -> bool:
        """Return whether this is what was found: the same finding, and nothing done that was not decided."""
        return self.finding is outcome.finding and set(self.consequences) <= set(outcome.consequences)


@dataclass(frozen=True)
class Waiver(Entry):
    """That she does not want to hear the outcome, or does after all; only she writes one."""

    WHAT = "outcome_waiver"
    SEALED_AS: ClassVar[ItemKind] = ItemKind.SHARED

    waived: bool
