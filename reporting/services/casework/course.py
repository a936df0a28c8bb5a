"""The course of a case, read alike by both sides: which way it goes, what was offered and answered, what was told."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from reporting.domain.casework.outcome import OutcomeNote, Waiver
from reporting.domain.casework.resolution import HerAnswer, MediationWish, Offer
from reporting.domain.casework.ways import Way, may_ask_others, way_of
from reporting.domain.sealed.disclosure import REPORTER, Choices
from reporting.domain.sealed.entry import Entry
from reporting.services.casework.rounds import last_of_round, this_round
from reporting.services.errors import NotHerWay
from reporting.services.reading.consent import choices_of
from reporting.services.sealed.entries import CaseFile, Filed, file_of
from reporting.services.sealed.sealing import OpenCase
from reporting.store.database import Work

E = TypeVar("E", bound=Entry)


@dataclass(frozen=True)
class Offered:
    """An offer and her answer, or nothing as long as she has not answered."""

    filed: Filed[Offer]
    yes: bool | None


@dataclass(frozen=True)
class Course:
    """Where the case goes. `note` and `waiver` are those of this round."""

    way: Way
    offers: Sequence[Offered]
    wants_mediation: bool
    note: Filed[OutcomeNote] | None
    waiver: Filed[Waiver] | None

    @property
    def she_agreed(self) -> bool:
        """Return whether she said yes to something informal."""
        return any(offered.yes for offered in self.offers)

    @property
    def may_ask_others(self) -> bool:
        """Return whether the way allows to speak with anybody but the team."""
        return may_ask_others(self.way, she_agreed=self.she_agreed)


def course_of(file: CaseFile, choices: Choices) -> Course:
    """Return the course of a case from its file; what she is said to have said counts only in her own hand."""
    wish, waiver = _hers(file, MediationWish), _hers(file, Waiver)
    answers = {one.entry.about: one.entry.yes for one in this_round(file, HerAnswer) if one.entry.author == REPORTER}
    return Course(
        way_of(choices),
        [Offered(one, answers.get(one.id.hex())) for one in this_round(file, Offer)],
        wish is not None and wish.entry.wanted,
        last_of_round(file, OutcomeNote),
        waiver if waiver is not None and waiver.entry.waived else None,
    )


def course(work: Work, opened: OpenCase) -> Course:
    """Return the course of an opened case."""
    return course_of(file_of(work, opened), choices_of(work, opened))


def demand_yes_to_ask(work: Work, opened: OpenCase) -> None:
    """Refuse to speak with anybody where she wants support only, or an informal way without a yes of hers.

    :raises NotHerWay: it is so.
    """
    if not course(work, opened).may_ask_others:
        raise NotHerWay


def _hers(file: CaseFile, kind: type[E]) -> Filed[E] | None:
    found = [one for one in this_round(file, kind) if one.entry.author == REPORTER]
    return found[-1] if found else None
