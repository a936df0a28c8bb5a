"""The ways in as an organisation offers them: which there are, and in whose words."""

from dataclasses import dataclass, field
from datetime import date

from sqlalchemy.exc import OperationalError

from reporting.domain.organisation.pack import Pack, Wording
from reporting.domain.questions import Door
from reporting.services.organisation import packs
from reporting.services.organisation.duty import reading_day
from reporting.store.cases import Case
from reporting.store.database import reading
from reporting.store.offices import Office
from reporting.web.instance import here
from reporting.web.rules import own_words


@dataclass(frozen=True)
class Ways:
    """Which doors are offered, and the organisation's own words for them where it has some in this language."""

    offered: frozenset[Door] = frozenset(Door)
    words: dict[Door, Wording] = field(default_factory=dict)

    def label(self, door: str, ours: str) -> str:
        """Return what a way is called: the organisation's own label, or the program's."""
        own = self.words.get(Door(door))
        return own.title if own else ours

    def line(self, door: str, ours: str) -> str:
        """Return the line about a way: the organisation's own, or the program's."""
        own = self.words.get(Door(door))
        return own.text if own else ours


def ways_of_pack(pack: Pack) -> Ways:
    """Return the ways of a pack."""
    return Ways(frozenset(door for door in Door if pack.offers(door)), own_words(pack))


def ways_here() -> Ways:
    """Return the ways for the first page: those of the only organisation, or all in the words of the program.

    Where no database answers, the first page is there all the same.
    """
    try:
        with reading(here().stores) as work:
            known = packs.organisations(work)
            return ways_of_pack(packs.in_force(work, known[0]).pack) if len(known) == 1 else Ways()
    except OperationalError:
        return Ways()


def ways_at(office: Office | None) -> Ways:
    """Return the ways that an office offers now."""
    with reading(here().stores) as work:
        return ways_of_pack(packs.in_force(work, office).pack)


def kept_ways(case: Case) -> Ways:
    """Return the ways of the rules that a case keeps."""
    with reading(here().stores) as work:
        return ways_of_pack(packs.version_of(work, case).pack)


def reading_day_for(office: Office | None) -> date | None:
    """Return the next day on which somebody reads there, by the rota of the office where it keeps one."""
    if office is None:
        return None
    with reading(here().stores) as work:
        return reading_day(work, here().house, office)
