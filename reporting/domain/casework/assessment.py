"""The assessment: is it safe for her, what could be done to her because she spoke, and what is done about it."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from reporting.domain.sealed.entry import Entry


class Risk(StrEnum):
    """How likely it is that she comes to harm, as the team sees it now."""

    NONE_SEEN = "none_seen"
    SOME = "some"
    SERIOUS = "serious"
    NOT_KNOWN = "not_known"


class Detriment(StrEnum):
    """What could be done to somebody for speaking up (ISO 37002, 8.3; Directive (EU) 2019/1937, article 19)."""

    CONTRACT = "contract"
    PAY = "pay"
    DUTIES = "duties"
    ISOLATION = "isolation"
    REPUTATION = "reputation"
    THREATS = "threats"
    VIOLENCE = "violence"
    PRIVACY = "privacy"


@dataclass(frozen=True)
class Assessment(Entry):
    """One look at the risks; the newest one holds. `review_on` is YYYY-MM-DD."""

    WHAT = "assessment"

    risk: Risk
    detriments: tuple[Detriment, ...]
    seen: str
    done_about_it: str
    review_on: str

    def __post_init__(self) -> None:
        super().__post_init__()
        if date.fromisoformat(self.review_on).isoformat() != self.review_on:
            raise ValueError("a day is written YYYY-MM-DD")

    @property
    def review_day(self) -> date:
        """Return the day on which somebody looks again."""
        return date.fromisoformat(self.review_on)
