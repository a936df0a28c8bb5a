"""Assessing what could happen to her because she spoke, and what is done about it."""

from dataclasses import dataclass
from datetime import date

from reporting.domain.casework.assessment import Assessment, Detriment, Risk
from reporting.domain.sealed.entry import UNSIGNED
from reporting.services.actors import StaffMember
from reporting.services.casework.filing import open_file, put_on_file
from reporting.services.errors import NeedsWhy, NotAllowed
from reporting.services.house import House
from reporting.services.sealed.entries import Filed
from reporting.store.database import Work


@dataclass(frozen=True)
class Looked:
    """What somebody saw, what is done about it, and when somebody looks again."""

    risk: Risk
    detriments: frozenset[Detriment]
    seen: str
    done_about_it: str
    review_on: date


def assess(work: Work, house: House, actor: StaffMember, case_id: bytes, looked: Looked) -> Filed[Assessment]:
    """Keep an assessment; the newest one holds.

    :raises NeedsWhy: a risk without what is done about it.
    :raises NotAllowed: the day of the next look has passed already.
    """
    opened = open_file(work, house, actor, case_id)
    if looked.risk in (Risk.SOME, Risk.SERIOUS) and not looked.done_about_it.strip():
        raise NeedsWhy
    if looked.review_on < house.today():
        raise NotAllowed
    detriments = tuple(one for one in Detriment if one in looked.detriments)
    seen, done = looked.seen.strip(), looked.done_about_it.strip()
    entry = Assessment(*UNSIGNED, looked.risk, detriments, seen, done, looked.review_on.isoformat())
    return put_on_file(work, house, opened, actor, entry)
