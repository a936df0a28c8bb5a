"""Putting an entry on file: once, while the case is open, and in the record that she reads."""

from dataclasses import replace
from typing import TypeVar

from reporting.domain.case import ItemKind, Status
from reporting.domain.oversight.audit import StaffEvent
from reporting.domain.sealed.entry import Entry
from reporting.policy import Permission
from reporting.services.actors import Actor, StaffMember
from reporting.services.casework.case import open_to_work
from reporting.services.casework.rounds import last_of_round
from reporting.services.errors import CaseClosed
from reporting.services.house import House
from reporting.services.oversight.audit import record_staff
from reporting.services.reading.consent import share_generations
from reporting.services.sealed.entries import Filed, add, file_of
from reporting.services.sealed.sealing import OpenCase
from reporting.store.database import Work

E = TypeVar("E", bound=Entry)


def open_file(work: Work, house: House, actor: StaffMember, case_id: bytes) -> OpenCase:
    """Open a case to go on with the work, and lock it.

    :raises CaseClosed: it is closed.
    :raises NotFound: no grant.
    :raises NotAllowed: not for this role, or the conflict question comes first.
    """
    opened = open_to_work(work, house, actor, case_id, Permission.TAKE_STEP)
    if opened.row.status == Status.CLOSED:
        raise CaseClosed
    return opened


def look_at_file(work: Work, house: House, actor: StaffMember, case_id: bytes) -> OpenCase:
    """Open a case to read its file. The opening is in her ledger before a word of it is shown.

    :raises NotFound: no grant.
    :raises NamesFirst: the conflict question comes first.
    """
    opened = open_to_work(work, house, actor, case_id, Permission.OPEN_CASE)
    record_staff(work, house, StaffEvent.FILE_OPENED, actor_id=actor.staff_id, case_id=case_id)
    share_generations(work, house, opened)
    return opened


def put_on_file(work: Work, house: House, opened: OpenCase, actor: Actor, entry: E) -> Filed[E]:
    """Add an entry and record that somebody wrote; sent twice on a day, it stands there once."""
    last = last_of_round(file_of(work, opened), type(entry))
    if last is not None and _same(last.entry, entry, house, actor):
        return last
    filed = add(work, house, opened, actor, entry)
    if isinstance(actor, StaffMember):
        note(work, house, opened, actor, shared=entry.SEALED_AS is ItemKind.SHARED)
    return filed


def note(work: Work, house: House, opened: OpenCase, actor: StaffMember, *, shared: bool = False) -> None:
    """Record that something was written into the file, not what."""
    event = StaffEvent.ENTRY_SHARED if shared else StaffEvent.ENTRY_WRITTEN
    record_staff(work, house, event, actor_id=actor.staff_id, case_id=opened.id)


def _same(last: E, entry: E, house: House, actor: Actor) -> bool:
    author = actor.staff_id.hex() if isinstance(actor, StaffMember) else last.author
    today = house.today().isoformat()
    return replace(entry, position=last.position, author=author, author_name=last.author_name, day=today) == last
