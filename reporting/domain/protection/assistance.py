"""Assistance beside the investigation: her safety plan, and when somebody asks again. Referrals have their own word.

None of it depends on proof, on whether she takes part, or on where the case stands.
"""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from reporting.domain.case import ItemKind
from reporting.domain.sealed.entry import Entry


@dataclass(frozen=True)
class SafetyPlan(Entry):
    """The plan as somebody looked at it on a day; the newest counts, and the older ones stay readable."""

    WHAT = "safety_plan"
    SEALED_AS: ClassVar[ItemKind] = ItemKind.SHARED

    words: str
    review_on: str

    def review_is_due(self, today: date) -> bool:
        """Return whether the day has come to look at it again."""
        return date.fromisoformat(self.review_on) <= today


@dataclass(frozen=True)
class FollowUp(Entry):
    """That somebody asks again on a day; `done_on` is empty until it was done."""

    WHAT = "follow_up"
    SEALED_AS: ClassVar[ItemKind] = ItemKind.SHARED

    words: str
    due_on: str
    done_on: str = ""

    def is_due(self, today: date) -> bool:
        """Return whether its day has come and nobody did it yet."""
        return not self.done_on and date.fromisoformat(self.due_on) <= today
