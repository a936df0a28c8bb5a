"""What kind of conduct a case is about, in closed codes.

The facts come from a handler who has read the story: kinds of conduct (several at once, one incident is enough), where
it happened, what makes it weigh more, and to whom it was done. `decision_table` recommends from them; the handler
decides, and says why where the decision differs. Codes are sealed, so none is ever changed or reused.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from reporting.domain.case import ItemKind
from reporting.domain.sealed.entry import Entry


class ConductKind(StrEnum):
    """What was done. More than one may be true of one incident; the last four need a phone or a network."""

    DISCRIMINATION = "discrimination"
    HARASSMENT = "harassment"
    SEXUAL_HARASSMENT = "sexual_harassment"
    ABUSE_OF_AUTHORITY = "abuse_of_authority"
    RETALIATION = "retaliation"
    ONLINE_MESSAGES = "online_messages"
    ONLINE_IMAGES = "online_images"
    ONLINE_WATCHING = "online_watching"
    CYBERBULLYING = "cyberbullying"


class Setting(StrEnum):
    """Where it happened. All of these count alike, so the table never looks here."""

    AT_WORK = "at_work"
    OUTSIDE_HOURS = "outside_hours"
    OUTSIDE_PREMISES = "outside_premises"
    ONLINE = "online"


class Factor(StrEnum):
    """What makes it weigh more."""

    SENIORITY = "seniority"
    POWER = "power"
    REPETITION = "repetition"
    PHYSICAL = "physical"
    THREAT = "threat"
    MINOR = "minor"
    SEVERAL = "several"


class Target(StrEnum):
    """To whom it was done."""

    WORKFORCE = "workforce"
    BENEFICIARY = "beneficiary"
    COMMUNITY = "community"
    NOT_KNOWN = "not_known"


class Fork(StrEnum):
    """Sexual harassment within the workforce, or sexual exploitation and abuse (SEA); counted apart."""

    HARASSMENT = "sh"
    EXPLOITATION = "sea"
    NEITHER = "neither"


class Path(StrEnum):
    """The way that the table recommends to offer, the lightest first; which way it goes is hers to choose."""

    SUPPORT = "support"
    EITHER = "either"
    INVESTIGATE = "investigate"
    SEA_PROCEDURE = "sea_procedure"


class Urgency(StrEnum):
    """By when somebody has to act, the calmest first."""

    PLANNED = "planned"
    THIS_WEEK = "this_week"
    TODAY = "today"


class Party(StrEnum):
    """Who else has to be involved. Involving somebody never gives them a key."""

    OUTSIDE_DESK = "outside_desk"
    SEA_FOCAL_POINT = "sea_focal_point"
    CHILD_SAFEGUARDING = "child_safeguarding"
    SECURITY = "security"
    MEDICAL = "medical"
    DIGITAL_SAFETY = "digital_safety"
    STAFF_COUNSELLOR = "staff_counsellor"


ONLINE = frozenset(
    {
        ConductKind.ONLINE_MESSAGES,
        ConductKind.ONLINE_IMAGES,
        ConductKind.ONLINE_WATCHING,
        ConductKind.CYBERBULLYING,
    }
)
SEXUAL = frozenset({ConductKind.SEXUAL_HARASSMENT, ConductKind.ONLINE_MESSAGES, ConductKind.ONLINE_IMAGES})
OUTSIDE_WORKFORCE = frozenset({Target.BENEFICIARY, Target.COMMUNITY})


@dataclass(frozen=True, slots=True)
class Facts:
    """What the table looks at."""

    kinds: frozenset[ConductKind]
    factors: frozenset[Factor]
    target: Target

    @property
    def fork(self) -> Fork:
        """Return whether it is sexual harassment or SEA: that hangs on to whom it was done."""
        if not self.kinds & SEXUAL:
            return Fork.NEITHER
        return Fork.EXPLOITATION if self.target in OUTSIDE_WORKFORCE else Fork.HARASSMENT


@dataclass(frozen=True)
class Classification(Entry):
    """What a handler found the case to be about, what the table recommended, and what was decided."""

    WHAT = "classification"

    kinds: tuple[ConductKind, ...]
    settings: tuple[Setting, ...]
    factors: tuple[Factor, ...]
    target: Target
    recommended_path: Path
    recommended_urgency: Urgency
    path: Path
    urgency: Urgency
    involve: tuple[Party, ...]
    why: str

    @property
    def facts(self) -> Facts:
        """Return what the table looks at."""
        return Facts(frozenset(self.kinds), frozenset(self.factors), self.target)

    @property
    def differs(self) -> bool:
        """Return whether the decision is another than the table recommends."""
        return (self.path, self.urgency) != (self.recommended_path, self.recommended_urgency)


NEVER_AT_ONE_TABLE = frozenset({Factor.PHYSICAL, Factor.THREAT, Factor.MINOR})


def may_mediate(facts: Facts) -> bool:
    """Return whether mediation may be offered at all: never after assault, a threat, with a child, or in SEA."""
    return not NEVER_AT_ONE_TABLE & facts.factors and facts.fork is not Fork.EXPLOITATION


class Cell(StrEnum):
    """The one cell of the conduct table in which a classified case is counted; SEA stands apart."""

    HARASSMENT = "harassment"
    HARASSMENT_ONLINE = "harassment_online"
    EXPLOITATION = "exploitation"
    RETALIATION = "retaliation"
    OTHER = "other"


@dataclass(frozen=True)
class Counted(Entry):
    """In which cell it is counted: shared, so that the figure stays right when she changes a choice."""

    WHAT = "counted"
    SEALED_AS: ClassVar[ItemKind] = ItemKind.SHARED

    cell: Cell


def cell_of(facts: Facts) -> Cell:
    """Return the one cell of several kinds: SEA first, then what is sexual, online apart, then the rest."""
    if facts.fork is Fork.EXPLOITATION:
        return Cell.EXPLOITATION
    if facts.fork is Fork.HARASSMENT:
        return Cell.HARASSMENT_ONLINE if facts.kinds & ONLINE else Cell.HARASSMENT
    return Cell.RETALIATION if ConductKind.RETALIATION in facts.kinds else Cell.OTHER
