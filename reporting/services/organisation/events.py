"""Events: a training or a mission whose short code leads to the office that takes reports about it."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from reporting.domain.oversight.audit import StaffEvent
from reporting.policy import Permission, allowed
from reporting.services.actors import StaffMember
from reporting.services.errors import DoesNotFit, NameTaken, NotAName, NotFound
from reporting.services.house import House
from reporting.services.organisation.codes import CODE, is_taken
from reporting.services.oversight.audit import record_staff
from reporting.store.database import Work
from reporting.store.events import Event, all_events, find_event
from reporting.store.offices import Office, find_office, find_offices

LONGEST_NAME = 200


@dataclass(frozen=True)
class EventFacts:
    """What is said of an event; all of it is public."""

    name: str
    office_id: bytes
    starts_on: date
    ends_on: date


def add_event(work: Work, house: House, actor: StaffMember, code: str, facts: EventFacts) -> bytes:
    """Add an event and return its id.

    :raises NotAName: a fact is missing or wrong.
    :raises NameTaken: an office or another event has this code.
    :raises DoesNotFit: the office is none that takes reports, or the event ends before it begins.
    """
    _check(work, actor, facts)
    if not CODE.fullmatch(code):
        raise NotAName
    if is_taken(work, code):
        raise NameTaken
    event = Event(id=secrets.token_bytes(16), code=code, **vars(facts))
    work.main.add(event)
    work.main.flush()
    record_staff(work, house, StaffEvent.EVENT_ADDED, actor_id=actor.staff_id)
    return event.id


def change_event(work: Work, house: House, actor: StaffMember, event_id: bytes, facts: EventFacts) -> None:
    """Change an event; its code stays, because it is printed."""
    _check(work, actor, facts)
    event = find_event(work.main, event_id)
    if event is None:
        raise NotFound
    for name, value in vars(facts).items():
        setattr(event, name, value)
    record_staff(work, house, StaffEvent.EVENT_CHANGED, actor_id=actor.staff_id)


def events(work: Work) -> Sequence[tuple[Event, Office]]:
    """Return every event with the office that its code leads to, the latest first."""
    found = all_events(work.main)
    offices = find_offices(work.main, [event.office_id for event in found])
    return [(event, offices[event.office_id]) for event in found]


def _check(work: Work, actor: StaffMember, facts: EventFacts) -> None:
    if not allowed(actor.role, Permission.KEEP_EVENTS):
        raise NotFound
    if not 0 < len(facts.name.strip()) <= LONGEST_NAME:
        raise NotAName
    office = find_office(work.main, facts.office_id)
    if office is None or office.external or facts.ends_on < facts.starts_on:
        raise DoesNotFit
