"""Interviews: only on a way that allows to speak with people, with support offered and a record that is agreed."""

from dataclasses import dataclass, replace
from datetime import date

from reporting.domain.casework.interviews import Interview, Record, Whom
from reporting.domain.sealed.entry import UNSIGNED
from reporting.services.actors import StaffMember
from reporting.services.casework.course import demand_yes_to_ask
from reporting.services.casework.filing import note, open_file, put_on_file
from reporting.services.errors import NeedsWhy, NotAllowed, NotTold
from reporting.services.house import House
from reporting.services.protection.named_person import is_anybody_told
from reporting.services.sealed.entries import Filed, change, file_of
from reporting.store.database import Work


@dataclass(frozen=True)
class Held:
    """An interview that took place; people are told by their part, never by name."""

    whom: Whom
    held_on: date
    present: str
    support_offered: bool
    notes: str


def keep_interview(work: Work, house: House, actor: StaffMember, case_id: bytes, held: Held) -> Filed[Interview]:
    """Keep an interview.

    :raises NotHerWay: she wants support only, or an informal way and did not agree to anything yet.
    :raises NotTold: a named person, on a day before anybody named was told.
    :raises NotAllowed: nothing was written, or its day is still to come.
    """
    opened = open_file(work, house, actor, case_id)
    demand_yes_to_ask(work, opened)
    if held.whom is Whom.NAMED and not is_anybody_told(file_of(work, opened), by=held.held_on):
        raise NotTold
    if not held.notes.strip() or held.held_on > house.today():
        raise NotAllowed
    entry = Interview(
        *UNSIGNED, held.whom, held.held_on.isoformat(), held.present.strip(), held.support_offered, held.notes.strip()
    )
    return put_on_file(work, house, opened, actor, entry)


def agree_record(
    work: Work,
    house: House,
    actor: StaffMember,
    case_id: bytes,
    interview_id: bytes,
    record: Record,
    changes: str = "",
) -> None:
    """Keep whether the person agreed to the record, and what they wanted changed; the notes stay as they were.

    :raises NotFound: this case has no such interview.
    :raises NeedsWhy: changes, or a refusal, without their words.
    """
    opened = open_file(work, house, actor, case_id)
    filed = file_of(work, opened).one(Interview, interview_id)
    if record in (Record.WITH_CHANGES, Record.NOT_AGREED) and not changes.strip():
        raise NeedsWhy
    change(work, opened, Filed(filed.id, replace(filed.entry, record=record, changes=changes.strip())))
    note(work, house, opened, actor)
