"""The handlers' side: the inbox, opening a case, notes and steps."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from reporting.domain.case import Act, Compartment, ItemKind, Part, Status, next_status
from reporting.domain.oversight.audit import StaffEvent
from reporting.domain.oversight.retention import keep_until
from reporting.domain.people import Role
from reporting.domain.sealed.disclosure import Choices, Disclosure, Note, People, Person, WorkingTitle
from reporting.domain.words import clean_text
from reporting.policy import Permission, Relation, allowed
from reporting.services.actors import StaffMember
from reporting.services.casework.clocks import set_clocks
from reporting.services.casework.rounds import begin_round
from reporting.services.errors import NamesFirst, NotAllowed, NotFound
from reporting.services.house import House
from reporting.services.oversight.audit import record_staff, staff_ledger
from reporting.services.reading.consent import (
    choices_of,
    close_out_line,
    people_of,
    renew_after_guests,
    share_generations,
)
from reporting.services.sealed.facts import reseal_fact
from reporting.services.sealed.sealing import (
    OpenCase,
    open_case,
    read,
    read_one,
    rewrite_item,
    write_item,
)
from reporting.store.cases import Case, items_of
from reporting.store.database import Work
from reporting.store.grants import staff_who_open
from reporting.store.holdings import holders_of
from reporting.store.offices import find_office
from reporting.store.staff import find_staff

OWN_WAY = (Act.CLOSE, Act.SET_ASIDE, Act.BRING_BACK)
"""What takes more than a step: a second person, or a reason."""


@dataclass(frozen=True)
class Handler:
    """Somebody who handles a case; whoever has a new key since cannot open it until a colleague gives access.

    `left` says that the account is disabled: the person is gone, and a colleague can end the keys.
    """

    staff_id: bytes
    display_name: str
    role: Role
    opens: bool
    left: bool = False


@dataclass(frozen=True)
class CaseView:
    """An opened case as a handler reads it."""

    opened: OpenCase
    disclosure: Disclosure
    people: People
    choices: Choices
    notes: Sequence[Note]
    title: str
    office: str
    handlers: Sequence[Handler]


def names_to_check(work: Work, house: House, actor: StaffMember, case_id: bytes) -> Sequence[Person]:
    """Return only the names she gave, so that a handler can say whether there is a conflict."""
    opened = open_case(work, actor, house, case_id)
    record_staff(work, house, StaffEvent.NAMES_SEEN, actor_id=actor.staff_id, case_id=case_id)
    return people_of(work, opened).named


def declare_no_conflict(work: Work, house: House, actor: StaffMember, case_id: bytes) -> None:
    """Record that this handler has no conflict of interest; only then does the story open."""
    open_case(work, actor, house, case_id)
    record_staff(work, house, StaffEvent.NO_CONFLICT_DECLARED, actor_id=actor.staff_id, case_id=case_id)


def may_read(work: Work, house: House, actor: StaffMember, case_id: bytes) -> bool:
    """Return whether the conflict question is behind this handler, so that the story may open.

    :raises NotFound: the actor holds no grant.
    """
    open_case(work, actor, house, case_id)
    return has_declared(work, house, actor, case_id)


def has_declared(work: Work, house: House, actor: StaffMember, case_id: bytes) -> bool:
    """Return whether this handler has declared no conflict in this case."""
    return any(
        event.action == StaffEvent.NO_CONFLICT_DECLARED and event.actor_id == actor.staff_id
        for event in staff_ledger(work, house, case_id)
    )


def open_to_work(work: Work, house: House, actor: StaffMember, case_id: bytes, permission: Permission) -> OpenCase:
    """Open a case to change it, and take the keys first from whoever has come into the line of a named person.

    :raises NotFound: no grant.
    :raises NotAllowed: not for this role.
    :raises NamesFirst: the conflict question comes first.
    """
    opened = open_case(work, actor, house, case_id, to_change=True)
    if not allowed(actor.role, permission, Relation.HELD):
        raise NotAllowed
    if not has_declared(work, house, actor, case_id):
        raise NamesFirst(case_id)
    close_out_line(work, house, opened, people_of(work, opened))
    return opened


def view_case(work: Work, house: House, actor: StaffMember, case_id: bytes) -> CaseView:
    """Open the story. The opening is in her ledger before a word of it is shown."""
    opened = open_to_work(work, house, actor, case_id, Permission.OPEN_CASE)
    record_staff(work, house, StaffEvent.CASE_OPENED, actor_id=actor.staff_id, case_id=case_id)
    people = people_of(work, opened)
    renew_after_guests(work, house, opened)
    share_generations(work, house, opened)
    content = read_one(work, opened, ItemKind.DISCLOSURE)
    if content is None:
        raise NotFound
    return CaseView(
        opened,
        Disclosure.from_bytes(content),
        people,
        choices_of(work, opened),
        notes_of(work, opened),
        title_of(work, opened),
        _office_name(work, opened.row),
        handlers_of(work, case_id),
    )


def handlers_of(work: Work, case_id: bytes) -> Sequence[Handler]:
    """Return who handles a case, by display name."""
    opening = staff_who_open(work.main, case_id, Compartment.STORY, Part.WHOLE)
    found = [find_staff(work.main, staff_id) for staff_id in holders_of(work.main, case_id)]
    handlers = [
        Handler(s.id, s.display_name, Role(s.role), s.id in opening, s.state == "disabled")
        for s in found
        if s is not None
    ]
    return sorted(handlers, key=lambda handler: handler.display_name)


def notes_of(work: Work, opened: OpenCase) -> Sequence[Note]:
    """Return the team's notes in their order; older ones may be closed to a newcomer until shared."""
    contents = [read(opened, item) for item in items_of(work.main, opened.id, ItemKind.NOTE)]
    notes = [Note.from_bytes(content) for content in contents if content is not None]
    return sorted(notes, key=lambda note: note.position)


def write_note(work: Work, house: House, actor: StaffMember, case_id: bytes, text: str) -> None:
    """Add an internal note, sealed in `casework`. Sent twice, it stands there once."""
    opened = open_to_work(work, house, actor, case_id, Permission.WRITE_NOTE)
    if not text.strip():
        raise NotAllowed
    position = len(items_of(work.main, case_id, ItemKind.NOTE))
    note = Note(position, actor.staff_id.hex(), actor.display_name, house.today().isoformat(), clean_text(text))
    if replace(note, position=position - 1) in notes_of(work, opened):
        return
    write_item(work, opened, ItemKind.NOTE, note.to_bytes())
    record_staff(work, house, StaffEvent.NOTE_WRITTEN, actor_id=actor.staff_id, case_id=case_id)


def name_case(work: Work, house: House, actor: StaffMember, case_id: bytes, title: str) -> None:
    """Give the case a working title, sealed in `casework`."""
    opened = open_to_work(work, house, actor, case_id, Permission.WRITE_NOTE)
    rewrite_item(work, opened, ItemKind.WORKING_TITLE, WorkingTitle(title.strip()[:200]).to_bytes())
    record_staff(work, house, StaffEvent.CASE_NAMED, actor_id=actor.staff_id, case_id=case_id)


def take_step(work: Work, house: House, actor: StaffMember, case_id: bytes, act: Act) -> Status:
    """Move the case by the status table; `closing` and `aside` do what is in OWN_WAY.

    :raises NotPossible: the table has no such step from here for staff.
    :raises NotAllowed: it has a way of its own.
    """
    opened = open_to_work(work, house, actor, case_id, Permission.TAKE_STEP)
    if act in OWN_WAY:
        raise NotAllowed
    return move(work, house, actor, opened, act)


def move(work: Work, house: House, actor: StaffMember, opened: OpenCase, act: Act) -> Status:
    """Move an opened and locked case, with its date, its fact and its record; the caller has asked whether it may."""
    case = opened.row
    case.status = next_status(Status(case.status), act, actor.role).value
    case.keep_until = keep_until(Status(case.status), house.today())
    if act is Act.REOPEN:
        begin_round(work, house, opened, actor)
    reseal_fact(work, house, opened)
    record_staff(work, house, StaffEvent.STEP_TAKEN, actor_id=actor.staff_id, case_id=opened.id, detail=act.value)
    set_clocks(work, house, case)
    return Status(case.status)


def _office_name(work: Work, case: Case) -> str:
    office = find_office(work.main, case.office_id) if case.office_id else None
    return office.name if office else ""


def title_of(work: Work, opened: OpenCase) -> str:
    """Return the working title; empty where none was given, or a newcomer has no key for it yet."""
    content = read_one(work, opened, ItemKind.WORKING_TITLE)
    return WorkingTitle.from_bytes(content).text if content else ""
