"""ClearCheck and the Misconduct Disclosure Scheme: a checklist for a person, after a finding that supports the report.

Nothing is sent from here. Two people agree, then one of them enters it there by hand and says so here.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from reporting.domain.sealed.entry import Entry
from reporting.domain.words import N_


class Check(StrEnum):
    """What a person has to have looked at before other organisations are told."""

    SEXUAL = "sexual"
    HEARD = "heard"
    FINAL = "final"
    APPEAL = "appeal"
    NO_NAME = "no_name"
    TOLD = "told"


@dataclass(frozen=True)
class ClearCheck(Entry):
    """The checklist for ClearCheck or the Misconduct Disclosure Scheme; a person enters it there, nothing here does.

    `outcome` is the item id in hex of the outcome it rests on; `entered_on` is YYYY-MM-DD once somebody has entered it.
    """

    WHAT = "clear_check"

    outcome: str
    checked: tuple[Check, ...]
    entered_on: str = ""
    entered_by: str = ""


CHECKS: Mapping[Check, str] = {
    Check.SEXUAL: N_("It was sexual harassment, or sexual exploitation and abuse."),
    Check.HEARD: N_("The named person could answer, and the answer was weighed."),
    Check.FINAL: N_("The decision is final, or the person left before it and the rules allow to say so."),
    Check.APPEAL: N_("The time to appeal has passed, or the appeal was decided."),
    Check.NO_NAME: N_("Nothing that is entered shows who the reporter is."),
    Check.TOLD: N_("The named person was told that this is entered."),
}
"""Every one of these has to be true."""
