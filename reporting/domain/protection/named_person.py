"""The person who is named: when they are told and what, and what they say to it.

The day on which they learn of it is her most dangerous day. She therefore knows it before, with what could show who she
is, and her safety plan is looked at anew; and nothing is found before they could answer.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from reporting.domain.case import ItemKind
from reporting.domain.sealed.entry import Entry
from reporting.domain.words import N_

ANSWER_DAYS = 7
"""How many days she has to answer before anybody may be asked to agree without her answer; her page says so."""
TELL_WITHIN_DAYS = 7
"""For so many days after the planned one it may be recorded; later she needs to know a new day."""
REPLY_DAYS = 14
"""How many days the named person has to reply before a finding is possible without a reply."""
UNNAMED = ""
"""Stands for somebody whom she did not name: unknown, or known to her by nothing that she wrote."""


class TellingState(StrEnum):
    """Where it stands."""

    PLANNED = "planned"
    CALLED_OFF = "called_off"
    TOLD = "told"


@dataclass(frozen=True)
class Telling(Entry):
    """That a person is to be told: the day, what, by whom, and what could show who she is. She reads all of it.

    `person` is what she called them. Days are YYYY-MM-DD or empty. A change is a new plan, which asks her again.
    """

    WHAT = "telling"
    SEALED_AS: ClassVar[ItemKind] = ItemKind.SHARED

    person: str
    tell_on: str
    content: str
    shows: str
    by: str
    state: TellingState = TellingState.PLANNED
    told_on: str = ""
    without_yes: bool = False


@dataclass(frozen=True)
class WithoutYes(Entry):
    """Why the person is to be told although she did not say yes. She reads it before a second person decides."""

    WHAT = "without_yes"
    SEALED_AS: ClassVar[ItemKind] = ItemKind.SHARED

    about: str
    why: str


class AccountKind(StrEnum):
    """What a record about the named person is."""

    ASKED = "asked"
    REPLY = "reply"
    REPRESENTATIVE = "representative"
    EVIDENCE_FOR = "evidence_for"
    EVIDENCE_AGAINST = "evidence_against"
    NOT_POSSIBLE = "not_possible"


ACCOUNT_KINDS: Mapping[AccountKind, str] = {
    AccountKind.ASKED: N_("They were asked to reply"),
    AccountKind.REPLY: N_("What they replied"),
    AccountKind.REPRESENTATIVE: N_("Who represents or accompanies them"),
    AccountKind.EVIDENCE_FOR: N_("Evidence that supports what was reported"),
    AccountKind.EVIDENCE_AGAINST: N_("Evidence that speaks against it"),
    AccountKind.NOT_POSSIBLE: N_("Why they cannot be asked, for example because nobody knows who it is"),
}


@dataclass(frozen=True)
class TheirSide(Entry):
    """One record about what the named person says and what there is for and against it; for the handlers alone."""

    WHAT = "their_side"

    person: str
    kind: AccountKind
    words: str


class Hindrance(StrEnum):
    """Why there can be no finding yet."""

    NOT_TOLD = "not_told"
    NOT_ASKED = "not_asked"
    REPLY_OPEN = "reply_open"


HINDRANCES: Mapping[Hindrance, str] = {
    Hindrance.NOT_TOLD: N_("The named person has not been told yet, and nobody noted why that is not possible."),
    Hindrance.NOT_ASKED: N_("The named person has been told, but not asked to reply."),
    Hindrance.REPLY_OPEN: N_("The named person was asked to reply and still has time to do so."),
}


class Gap(StrEnum):
    """What is missing before a person may be told."""

    WAY = "way"
    DAY = "day"
    PAST = "past"
    PLAN = "plan"
    HER_NO = "her_no"
    HER_ANSWER = "her_answer"
    SECOND = "second"


GAPS: Mapping[Gap, str] = {
    Gap.WAY: N_("The reporter wants support only. On this way nobody is told."),
    Gap.DAY: N_("The day has not come. Nobody is told before the day that the reporter reads."),
    Gap.PAST: N_("The day is over for more than a week. Plan a new one, so that the reporter knows it."),
    Gap.PLAN: N_("The safety plan has not been looked at since this was planned. Do so on the page “Assistance”."),
    Gap.HER_NO: N_(
        "The reporter has not said yes. On this way nobody is told without a yes of the reporter, whoever agrees."
    ),
    Gap.HER_ANSWER: N_("The reporter has not answered, and still has time to do so."),
    Gap.SECOND: N_(
        "The reporter has not said yes. Write why the person has to be told all the same, which the reporter reads, "
        "and let a second person decide."
    ),
}
