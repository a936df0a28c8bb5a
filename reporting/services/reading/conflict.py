"""Conflict of interest: handlers say which account a named person has, who works under them, which office they lead.

What is said stands sealed in `story`. It takes keys away at once and closes every later sealing; the record of events
says that something was linked, never to whom, because somebody who is named may read the record.
"""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, replace

from reporting.domain.case import ItemKind
from reporting.domain.oversight.audit import StaffEvent
from reporting.domain.people import READERS, Role
from reporting.domain.reading.conflict import Link, Tie
from reporting.domain.sealed.disclosure import People
from reporting.policy import Permission
from reporting.services.actors import StaffMember
from reporting.services.casework.case import open_to_work
from reporting.services.errors import NotAllowed, NotFound
from reporting.services.house import House
from reporting.services.oversight.audit import record_staff
from reporting.services.reading.assignment import hand_to_desk
from reporting.services.reading.consent import close_out_line, people_of, take_back, who_can_open
from reporting.services.reading.lines import line_of, linked_to, offices_over
from reporting.services.sealed.sealing import OpenCase, rewrite_item
from reporting.store.database import Work
from reporting.store.holdings import holders_of
from reporting.store.offices import Office, desk_of, find_office
from reporting.store.staff import Staff, all_staff, find_staff


@dataclass(frozen=True)
class Linkable:
    """An account that may be linked, and whether its name looks like one that she gave."""

    staff: Staff
    resembles: bool


@dataclass(frozen=True)
class Ties:
    """What the page about conflicts shows: what was said, and about whom something can be said."""

    people: People
    accounts: Sequence[Linkable]
    offices: Sequence[Office]


def ties_of(work: Work, house: House, opened: OpenCase, actor: StaffMember) -> Ties:
    """Return the links of an opened case and what may be linked; accounts whose name resembles stand first.

    It shows the names that she gave, so it stands in her ledger.
    """
    record_staff(work, house, StaffEvent.NAMES_SEEN, actor_id=actor.staff_id, case_id=opened.id)
    people = people_of(work, opened)
    offices = _offices(work, opened)
    found = [
        Linkable(staff, people.resembles(staff.display_name))
        for staff in _accounts(work, opened)
        if staff.id != actor.staff_id
    ]
    return Ties(people, sorted(found, key=lambda one: (not one.resembles, one.staff.display_name)), offices)


def link(
    work: Work, house: House, actor: StaffMember, case_id: bytes, tie: Tie, target: bytes, person: int | None = None
) -> bool:
    """Say who a named person is, who works under them, or which office they lead; the keys go at once.

    Said twice, it stands there once. Where nobody in the office is left it goes to the outside desk; so does a case in
    which somebody is named who leads the office.

    :param person: which of the named people, by place; nothing for somebody of whom only the story tells.
    :returns: whether the actor still holds the case.
    :raises NotFound: no such account or office that has to do with this case.
    :raises NotAllowed: the actor means themselves, who leave the case instead.
    :raises LastHolder: nobody at the outside desk could take it.
    """
    opened = open_to_work(work, house, actor, case_id, Permission.LINK_NAMED)
    people = people_of(work, opened)
    if any(one.holds and (one.tie, one.target) == (tie, target.hex()) for one in people.links):
        return True
    made = _made(work, house, actor, opened, tie, target, _name_of(people, person))
    shut = {made.target, *made.line}
    people = replace(people, opened_to=tuple(one for one in people.opened_to if one not in shut))
    lost = _lost(work, opened, replace(people, links=(*people.links, made)))
    made = replace(made, lost=tuple(staff.display_name for staff in lost))
    people = replace(people, links=(*people.links, made))
    _keep(work, house, actor, opened, people, StaffEvent.PERSON_LINKED)
    return _close(work, house, actor, opened, people, {staff.id for staff in lost})


def unlink(work: Work, house: House, actor: StaffMember, case_id: bytes, link_id: str) -> None:
    """Take back what one said. What a colleague said, only once that colleague cannot open the case any more.

    Nobody gets a key by this: the case stays with those who hold it, and bringing somebody in is another step.

    :raises NotFound: this case has no such link, or it was taken back already.
    :raises NotAllowed: a colleague said it, who still handles the case.
    """
    opened = open_to_work(work, house, actor, case_id, Permission.LINK_NAMED)
    people = people_of(work, opened)
    said = next((one for one in people.links if one.holds and one.id == link_id), None)
    if said is None:
        raise NotFound
    if not may_undo(work, house, actor, case_id, said):
        raise NotAllowed
    undone = replace(said, undone_by=actor.display_name, undone_on=house.today().isoformat())
    people = replace(people, links=tuple(undone if one.id == said.id else one for one in people.links))
    _keep(work, house, actor, opened, people, StaffEvent.LINK_UNDONE)


def may_undo(work: Work, house: House, actor: StaffMember, case_id: bytes, said: Link) -> bool:
    """Return whether this handler may take a link back."""
    still = {staff.id.hex() for staff in who_can_open(work, house, case_id)}
    return said.by == actor.staff_id.hex() or said.by not in still


def _made(work: Work, house: House, actor: StaffMember, opened: OpenCase, tie: Tie, target: bytes, person: str) -> Link:
    if target == actor.staff_id:
        raise NotAllowed
    known: Sequence[Staff | Office] = _offices(work, opened) if tie is Tie.OFFICE else _accounts(work, opened)
    found = next((one for one in known if one.id == target), None)
    if found is None:
        raise NotFound
    return Link(
        id=secrets.token_hex(16),
        tie=tie,
        target=target.hex(),
        name=found.name if isinstance(found, Office) else found.display_name,
        person=person,
        by=actor.staff_id.hex(),
        by_name=actor.display_name,
        day=house.today().isoformat(),
        line=tuple(sorted(staff.id.hex() for staff in line_of(work, target) if Role(staff.role) in READERS)),
    )


def _name_of(people: People, person: int | None) -> str:
    if person is None:
        return ""
    if not 0 <= person < len(people.named):
        raise NotFound
    return people.named[person].name


def _accounts(work: Work, opened: OpenCase) -> list[Staff]:
    """Return the accounts of the offices that have to do with a case: its own, those above it, its outside desk."""
    offices = {office.id for office in _offices(work, opened)}
    desk = _desk(work, opened)
    offices |= {desk.id} if desk else set()
    return [staff for staff in all_staff(work.main) if staff.office_id in offices and staff.state != "disabled"]


def _offices(work: Work, opened: OpenCase) -> Sequence[Office]:
    return offices_over(work, opened.row.office_id) if opened.row.office_id else ()


def _desk(work: Work, opened: OpenCase) -> Office | None:
    office = find_office(work.main, opened.row.office_id) if opened.row.office_id else None
    return desk_of(work.main, office) if office else None


def _lost(work: Work, opened: OpenCase, people: People) -> list[Staff]:
    staff = [find_staff(work.main, one) for one in holders_of(work.main, opened.id)]
    lost = [one for one in staff if one is not None and linked_to(work, one, people)]
    return sorted(lost, key=lambda one: one.display_name)


def _keep(work: Work, house: House, actor: StaffMember, opened: OpenCase, people: People, event: StaffEvent) -> None:
    """Keep what was said. Not even how it ties somebody stands in the record: an office has only one head."""
    rewrite_item(work, opened, ItemKind.PEOPLE, people.to_bytes())
    record_staff(work, house, event, actor_id=actor.staff_id, case_id=opened.id)


def _close(work: Work, house: House, actor: StaffMember, opened: OpenCase, people: People, lost: set[bytes]) -> bool:
    """Take the keys, end what they were asked, and see to it that somebody can open the case; the actor goes last."""
    if not [one for one in who_can_open(work, house, opened.id) if one.id not in lost]:
        hand_to_desk(work, house, actor, opened)
    close_out_line(work, house, opened, people)
    if actor.staff_id in lost:
        take_back(work, house, opened, actor.staff_id)
        return False
    rewrite_item(work, opened, ItemKind.PEOPLE, people.to_bytes())  # under the key that those who left do not have
    return True
