"""Informal resolution: offered by the team, agreed or refused by her, and mediation only where she asks for it.

All of these are shared with her: her yes stands on her page and in the file in the same words.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from reporting.domain.case import ItemKind
from reporting.domain.sealed.entry import Entry
from reporting.domain.words import N_


class Measure(StrEnum):
    """What is offered instead of an investigation."""

    WORD = "word"
    LETTER = "letter"
    CHANGE_AT_WORK = "change_at_work"
    TRAINING = "training"
    MEDIATION = "mediation"


MEASURES: Mapping[Measure, str] = {
    Measure.WORD: N_("A word with the person"),
    Measure.LETTER: N_("A letter"),
    Measure.CHANGE_AT_WORK: N_("A change at work"),
    Measure.TRAINING: N_("A training for the unit"),
    Measure.MEDIATION: N_("Mediation"),
}
"""What she and the handlers read of each."""


@dataclass(frozen=True)
class Offer(Entry):
    """What the team would do informally, in words for her."""

    WHAT = "informal_offer"
    SEALED_AS: ClassVar[ItemKind] = ItemKind.SHARED

    measure: Measure
    text: str


@dataclass(frozen=True)
class HerAnswer(Entry):
    """Her yes or no to an offer, `about` its item id in hex. The newest one counts: she may change her mind."""

    WHAT = "informal_answer"
    SEALED_AS: ClassVar[ItemKind] = ItemKind.SHARED

    about: str
    yes: bool


@dataclass(frozen=True)
class MediationWish(Entry):
    """That she asks for mediation, or does so no longer; nobody else can ask for it."""

    WHAT = "mediation_wish"
    SEALED_AS: ClassVar[ItemKind] = ItemKind.SHARED

    wanted: bool
