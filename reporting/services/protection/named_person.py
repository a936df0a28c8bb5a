"""What the named person says, what there is for and against it, and when a finding is possible.

No finding before they could answer: everyone who is named was told and replied, or had the time to, or somebody wrote
down why that is not possible.
"""

from datetime import date, timedelta

from reporting.domain.protection.named_person import (
    REPLY_DAYS,
    UNNAMED,
    AccountKind,
    Hindrance,
    Telling,
    TellingState,
    TheirSide,
)
from reporting.domain.sealed.disclosure import People
from reporting.domain.sealed.entry import UNSIGNED
from reporting.domain.words import clean_text
from reporting.services.actors import StaffMember
from reporting.services.casework.filing import note
from reporting.services.errors import NotAllowed
from reporting.services.house import House
from reporting.services.protection.agreement import open_plan
from reporting.services.reading.consent import people_of
from reporting.services.sealed.entries import CaseFile, add, file_of
from reporting.store.database import Work


def names_in(people: People) -> list[str]:
    """Return what she called each person, and last the empty name, for somebody whom she did not name."""
    return [*dict.fromkeys(name for one in people.named if (name := one.name.strip() or one.role.strip())), UNNAMED]


def write_side(
    work: Work, house: House, actor: StaffMember, case_id: bytes, person: str, kind: AccountKind, words: str
) -> None:
    """Keep what the named person says, who represents them, or what there is for and against it. Twice is once.

    :raises NotFound: no grant.
    :raises NotAllowed: nothing said, nobody whom she named, or they are asked before they were told.
    """
    opened = open_plan(work, house, actor, case_id)
    file, words = file_of(work, opened), clean_text(words).strip()
    if not words or person not in names_in(people_of(work, opened)):
        raise NotAllowed
    if kind in (AccountKind.ASKED, AccountKind.REPLY) and told_to(file, person) is None:
        raise NotAllowed
    last = file.last(TheirSide)
    if last is not None and (last.entry.person, last.entry.kind, last.entry.words) == (person, kind, words):
        return
    add(work, house, opened, actor, TheirSide(*UNSIGNED, person, kind, words))
    note(work, house, opened, actor)


def hindrance(file: CaseFile, people: People, today: date) -> Hindrance | None:
    """Return why there can be no finding yet, or nothing: everyone named was told and could reply, or cannot be asked.

    :param file: the file as a handler opened it, with the present key of `casework`.
    """
    named = names_in(people)[:-1] or [UNNAMED]
    found = [why for person in named if (why := _hindrance(file, person, today)) is not None]
    return min(found, key=list(Hindrance).index) if found else None


def _hindrance(file: CaseFile, person: str, today: date) -> Hindrance | None:
    records = [one.entry for one in file.all(TheirSide) if one.entry.person == person]
    if any(one.kind is AccountKind.NOT_POSSIBLE for one in records):
        return None
    told = told_to(file, person)
    if told is None:
        return Hindrance.NOT_TOLD
    since = [one for one in records if one.position > told.position]
    if any(one.kind is AccountKind.REPLY for one in since):
        return None
    asked = [one.written_on for one in since if one.kind is AccountKind.ASKED]
    if not asked:
        return Hindrance.NOT_ASKED
    return None if today >= min(asked) + timedelta(days=REPLY_DAYS) else Hindrance.REPLY_OPEN


def told_to(file: CaseFile, person: str) -> Telling | None:
    """Return how a person was told, or nothing."""
    told = [one.entry for one in file.all(Telling) if one.entry.state is TellingState.TOLD]
    return next((one for one in told if one.person == person), None)


def is_anybody_told(file: CaseFile, *, by: date) -> bool:
    """Return whether any named person had been told by a day: before that, none of them is spoken to."""
    told = [one.entry for one in file.all(Telling) if one.entry.state is TellingState.TOLD]
    return any(date.fromisoformat(one.told_on) <= by for one in told)
