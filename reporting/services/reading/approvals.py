"""What takes two people: proposed by one handler, decided by another, carried out once, before it expires.

Where nobody else handles the case, or nobody answered for three working days, one person at the outside desk is asked
by name. That person sees who asks and for what, and nothing of the case; the handler who asks holds the names that she
gave, so nobody whom she closed out is ever asked.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from reporting.domain.oversight.audit import StaffEvent
from reporting.domain.people import Role
from reporting.domain.reading.approvals import DESK_AFTER_WORKING_DAYS, EXPIRES_DAYS, Matter
from reporting.policy import Permission, Relation, allowed
from reporting.services.actors import StaffMember
from reporting.services.casework.case import may_read, open_to_work
from reporting.services.errors import NoSecondPerson, NotAllowed, NotFound
from reporting.services.house import House
from reporting.services.organisation.calendars import calendar_of_case
from reporting.services.oversight.audit import record_staff, recused_from
from reporting.services.reading.consent import people_of, who_can_open
from reporting.services.reading.lines import linked_to
from reporting.services.reading.readers import closed_to
from reporting.services.reading.requests import (
    RequestKind,
    RequestState,
    approval_of,
    approvers,
    ask,
    is_authentic,
    locked_request,
)
from reporting.services.reading.trust import is_trusted, trusted_readers
from reporting.services.sealed.sealing import OpenCase
from reporting.store.cases import find_case
from reporting.store.database import Work
from reporting.store.offices import desk_of, find_office
from reporting.store.requests import LAPSED, Request, open_requests, requests_of
from reporting.store.staff import find_staff, name_of

SECOND = "second"


@dataclass(frozen=True)
class Proposal:
    """Something that waits for a second person, or was agreed.

    `case_id` is empty for whoever does not hold the case.
    """

    request_id: bytes
    case_id: bytes | None
    matter: Matter
    asked_by: str
    asked_on: date
    expires_on: date
    item_id: bytes | None
    agreed: bool
    mine: bool
    at_desk: bool
    may_ask_desk: bool


def propose(
    work: Work, house: House, actor: StaffMember, opened: OpenCase, matter: Matter, item_id: bytes | None = None
) -> Request:
    """Ask for a second person's yes; asking again while the same waits changes nothing.

    The caller has opened the case to work on it and locked it.

    :raises NoSecondPerson: nobody else handles the case and nobody at the outside desk may be asked.
    """
    others = [staff for staff in who_can_open(work, house, opened.id) if staff.id != actor.staff_id]
    whom = actor.staff_id if others else _at_desk(work, house, opened, actor)
    return _ask(work, house, actor, opened, matter, item_id, whom)


def ask_desk(work: Work, house: House, actor: StaffMember, request_id: bytes) -> None:
    """Ask the outside desk instead, after three working days without an answer. Only whoever asked first may.

    :raises NotFound: no such proposal of this handler waits.
    :raises NotAllowed: it is not time yet, or the desk was asked already.
    :raises NoSecondPerson: nobody at the outside desk may be asked.
    """
    request = locked_request(work, request_id)
    if request is None or request.asked_by != actor.staff_id or not _waits(house, request):
        raise NotFound
    opened = open_to_work(work, house, actor, request.case_id, Permission.PROPOSE)
    if not _may_ask_desk(work, house, actor, request):
        raise NotAllowed
    whom = _at_desk(work, house, opened, actor)
    request.state = LAPSED
    _ask(work, house, actor, opened, Matter(request.ground), request.item_id, whom)


def waiting_for(work: Work, house: House, actor: StaffMember) -> list[Proposal]:
    """Return what this person may decide: proposals of colleagues in cases held, and those put to them at the desk."""
    rows = open_requests(work.main, RequestKind.SECOND_PERSON)
    return [_proposal(work, house, actor, row) for row in rows if _may_decide(work, house, actor, row)]


def asked_by_me(work: Work, house: House, actor: StaffMember) -> list[Proposal]:
    """Return what this person asked for, in cases still held, and nobody has answered yet."""
    rows = open_requests(work.main, RequestKind.SECOND_PERSON)
    mine = [row for row in rows if row.asked_by == actor.staff_id and _waits(house, row)]
    return [one for one in (_proposal(work, house, actor, row) for row in mine) if one.case_id is not None]


def proposals_of(work: Work, house: House, actor: StaffMember, opened: OpenCase) -> list[Proposal]:
    """Return what waits in a case or was agreed and not yet carried out."""
    rows = requests_of(work.main, opened.id, RequestState.WAITING, RequestState.AGREED)
    return [_proposal(work, house, actor, row) for row in rows if _counts(house, row)]


def decide(work: Work, house: House, actor: StaffMember, request_id: bytes, *, yes: bool) -> None:
    """Say yes or no to a colleague's proposal; never to one's own.

    :raises NotFound: no such proposal waits for this person.
    """
    request = locked_request(work, request_id)
    if request is None or not _may_decide(work, house, actor, request):
        raise NotFound
    if yes:
        work.main.add(approval_of(house, request_id, SECOND, actor.staff_id))
    request.state = (RequestState.AGREED if yes else RequestState.REFUSED).value
    event = StaffEvent.SECOND_AGREED if yes else StaffEvent.SECOND_REFUSED
    _record(work, house, event, actor, request)


def is_agreed(
    work: Work, house: House, opened: OpenCase, matter: Matter, item_id: bytes | None = None
) -> Request | None:
    """Return the proposal to which somebody else said yes and that has not expired or been used, or nothing.

    A word of somebody who is known by now to be the named person, or to work under them, counts for nothing.
    """
    for row in requests_of(work.main, opened.id, RequestState.AGREED):
        second = approvers(work, house, row.id).get(SECOND)
        about = row.ground == matter and row.item_id == item_id
        if not about or not _counts(house, row) or second is None or second == row.asked_by:
            continue
        if not _is_linked(work, opened, row.asked_by) and not _is_linked(work, opened, second):
            return row
    return None


def carry_out(work: Work, house: House, opened: OpenCase, matter: Matter, item_id: bytes | None = None) -> Request:
    """Use up what was agreed, once. The caller has opened the case to work on it, locked it, and does the deed.

    :raises NotAllowed: nobody else has agreed to this, or it has expired, or it was done already.
    """
    request = is_agreed(work, house, opened, matter, item_id)
    if request is None:
        raise NotAllowed
    request.state = RequestState.DONE.value
    work.main.flush()
    return request


def _ask(
    work: Work,
    house: House,
    actor: StaffMember,
    opened: OpenCase,
    matter: Matter,
    item_id: bytes | None,
    whom: bytes,
) -> Request:
    known = set(requests_of(work.main, opened.id, RequestState.WAITING))
    expires_on = house.today() + timedelta(days=EXPIRES_DAYS)
    kind = RequestKind.SECOND_PERSON
    request = ask(
        work, house, actor, opened.id, whom, kind, ground=matter.value, expires_on=expires_on, item_id=item_id
    )
    if request not in known:
        _record(work, house, StaffEvent.SECOND_ASKED, actor, request)
    work.main.flush()
    return request


def _at_desk(work: Work, house: House, opened: OpenCase, actor: StaffMember) -> bytes:
    office = find_office(work.main, opened.row.office_id) if opened.row.office_id else None
    desk = desk_of(work.main, office) if office else None
    people, away = people_of(work, opened), {actor.staff_id} | recused_from(work, house, opened.id)
    for staff in trusted_readers(work, house, desk.id, Role.OUTSIDE_DESK) if desk else []:
        if staff.id not in away and not closed_to(work, staff, people):
            return staff.id
    raise NoSecondPerson


def _may_decide(work: Work, house: House, actor: StaffMember, request: Request) -> bool:
    if not _waits(house, request) or request.asked_by == actor.staff_id:
        return False
    if not allowed(actor.role, Permission.DECIDE_AS_SECOND, Relation.ASKED):
        return False
    own = find_staff(work.main, actor.staff_id)
    if own is None or not is_trusted(work, house, own):
        return False
    if request.about_staff != request.asked_by:
        return request.about_staff == actor.staff_id
    return _may_read(work, house, actor, request.case_id)


def _may_read(work: Work, house: House, actor: StaffMember, case_id: bytes) -> bool:
    try:
        return may_read(work, house, actor, case_id)
    except NotFound:
        return False


def _is_linked(work: Work, opened: OpenCase, staff_id: bytes) -> bool:
    staff = find_staff(work.main, staff_id)
    return staff is None or linked_to(work, staff, people_of(work, opened))


def _counts(house: House, request: Request) -> bool:
    kept = request.kind == RequestKind.SECOND_PERSON and is_authentic(house, request)
    return kept and request.expires_on is not None and house.today() < request.expires_on


def _waits(house: House, request: Request) -> bool:
    return request.state == RequestState.WAITING and _counts(house, request)


def _may_ask_desk(work: Work, house: House, actor: StaffMember, request: Request) -> bool:
    mine = request.asked_by == actor.staff_id == request.about_staff and request.state == RequestState.WAITING
    case = find_case(work.main, request.case_id)
    if case is None or not mine:
        return False
    week = calendar_of_case(work, case)
    return week.add_working_days(request.asked_on, DESK_AFTER_WORKING_DAYS) <= week.day_of(house.now())


def _proposal(work: Work, house: House, actor: StaffMember, row: Request) -> Proposal:
    return Proposal(
        row.id,
        row.case_id if _may_read(work, house, actor, row.case_id) else None,
        Matter(row.ground),
        name_of(work.main, row.asked_by),
        row.asked_on,
        row.expires_on or row.asked_on,
        row.item_id,
        row.state == RequestState.AGREED,
        row.asked_by == actor.staff_id,
        row.about_staff != row.asked_by,
        _may_ask_desk(work, house, actor, row),
    )


def _record(work: Work, house: House, event: StaffEvent, actor: StaffMember, request: Request) -> None:
    about = request.asked_by if request.asked_by != actor.staff_id else None
    record_staff(
        work,
        house,
        event,
        actor_id=actor.staff_id,
        case_id=request.case_id,
        about_id=about,
        detail=request.ground,
    )
