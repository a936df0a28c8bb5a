"""Passing a case on and leaving it: every hand-over is a re-seal that her choice covers."""

from reporting.domain.case import Compartment, Part
from reporting.domain.oversight.audit import StaffEvent
from reporting.domain.people import Role
from reporting.domain.reading.consent import NewReaders
from reporting.policy import Permission, Relation, allowed
from reporting.services.actors import StaffMember
from reporting.services.casework.case import open_to_work
from reporting.services.errors import ClosedTo, LastHolder, NotAllowed, NotTrusted, Waiting
from reporting.services.house import House
from reporting.services.oversight.audit import record_staff, recused_from
from reporting.services.reading.consent import (
    admit,
    choices_of,
    close_out_line,
    is_identity_visible,
    people_of,
    take_back,
    who_can_open,
)
from reporting.services.reading.readers import Reader, as_reader
from reporting.services.reading.requests import ask_for_reader
from reporting.services.reading.trust import is_trusted, trusted_readers
from reporting.services.sealed.sealing import OpenCase, open_case
from reporting.store.database import Work
from reporting.store.grants import staff_who_open
from reporting.store.holdings import holders_of
from reporting.store.offices import desk_of, find_office
from reporting.store.staff import Staff, find_staff


def candidates(work: Work, house: House, actor: StaffMember, opened: OpenCase) -> list[Reader]:
    """Return colleagues of my office who could be given this case: trusted, not closed out, not able to open it.

    Somebody who handles it but has a new key since is among them; whoever recused themselves is not.
    """
    people, opening = people_of(work, opened), _who_open(work, opened.id)
    left = recused_from(work, house, opened.id)
    office = find_office(work.main, actor.office_id)
    readers = [
        as_reader(work, staff, office.name if office else "", people) for staff in _colleagues(work, house, actor)
    ]
    return [reader for reader in readers if not reader.closed and reader.staff_id not in opening | left]


def assign(work: Work, house: House, actor: StaffMember, case_id: bytes, staff_id: bytes) -> None:
    """Re-seal the case to a colleague of my office, within her choice.

    :raises NotTrusted: nobody vouched for the colleague, or another office.
    :raises ClosedTo: she closed the case to them, or they are named, or they left it for good.
    :raises Waiting: she wants to be asked first; the question stands on her page now.
    """
    opened = open_to_work(work, house, actor, case_id, Permission.ASSIGN_CASE)
    staff = find_staff(work.main, staff_id)
    if staff is None or staff.office_id != actor.office_id or not is_trusted(work, house, staff):
        raise NotTrusted
    reader = as_reader(work, staff, "", people_of(work, opened))
    if reader.closed or staff_id in recused_from(work, house, case_id):
        raise ClosedTo
    if choices_of(work, opened).new_readers is NewReaders.ASK:
        ask_for_reader(work, house, actor, case_id, staff_id)
        raise Waiting
    event = StaffEvent.RESEALED if staff_id in holders_of(work.main, case_id) else StaffEvent.ASSIGNED
    admit(work, house, opened, [reader], with_identity=is_identity_visible(work, opened))
    record_staff(work, house, event, actor_id=actor.staff_id, case_id=case_id, about_id=staff_id)


def recuse(work: Work, house: House, actor: StaffMember, case_id: bytes) -> None:
    """Leave a case for good. The last handler hands it to the outside desk by leaving.

    Whoever lost their key or account since is not counted: the case must stay with somebody who can open it.

    :raises LastHolder: nobody else can open it and the outside desk cannot take it.
    """
    opened = open_case(work, actor, house, case_id, to_change=True)
    if not allowed(actor.role, Permission.RECUSE, Relation.HELD):
        raise NotAllowed
    close_out_line(work, house, opened, people_of(work, opened))
    if all(staff.id == actor.staff_id for staff in who_can_open(work, house, case_id)):
        hand_to_desk(work, house, actor, opened)
    take_back(work, house, opened, actor.staff_id)
    record_staff(work, house, StaffEvent.RECUSED, actor_id=actor.staff_id, case_id=case_id)


def hand_to_desk(work: Work, house: House, actor: StaffMember, opened: OpenCase) -> None:
    """Re-seal a case to everybody at the outside desk who may read it.

    :raises LastHolder: there is nobody.
    """
    office = find_office(work.main, opened.row.office_id or actor.office_id)
    desk = desk_of(work.main, office) if office else None
    people = people_of(work, opened)
    staff = trusted_readers(work, house, desk.id, Role.OUTSIDE_DESK) if desk else []
    left = {actor.staff_id} | recused_from(work, house, opened.id)
    readers = [as_reader(work, person, "", people) for person in staff if person.id not in left]
    takers = [reader for reader in readers if not reader.closed]
    if not takers:
        raise LastHolder
    admit(work, house, opened, takers, with_identity=is_identity_visible(work, opened))
    for reader in takers:
        record_staff(
            work,
            house,
            StaffEvent.ROUTED_TO_DESK,
            actor_id=actor.staff_id,
            case_id=opened.id,
            about_id=reader.staff_id,
        )


def _who_open(work: Work, case_id: bytes) -> set[bytes]:
    return staff_who_open(work.main, case_id, Compartment.STORY, Part.WHOLE)


def _colleagues(work: Work, house: House, actor: StaffMember) -> list[Staff]:
    return trusted_readers(work, house, actor.office_id)
