"""The identity compartment: opened with her yes, or by a declared duty with two approvals.

Without either there is no key for staff at all. Where law declares a duty, two halves of the key
exist; each approval re-seals one half to the handler who asks, she is told at once, and nothing
opens before the day she was told.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from reporting.crypto.grants import join
from reporting.crypto.secret import CompartmentKey
from reporting.domain.case import Compartment, ItemKind, Part
from reporting.domain.oversight.audit import StaffEvent
from reporting.domain.people import Role
from reporting.domain.sealed.disclosure import Identity
from reporting.policy import Permission, Relation, allowed
from reporting.services.actors import StaffMember
from reporting.services.casework.case import may_read, open_to_work
from reporting.services.errors import NotAllowed, NotFound, NotTrusted
from reporting.services.house import House
from reporting.services.organisation.calendars import calendar_of_case
from reporting.services.oversight.audit import record_staff
from reporting.services.reading.requests import (
    RequestKind,
    RequestState,
    approval_of,
    approvers,
    ask,
    is_authentic,
    locked_request,
)
from reporting.services.reading.trust import is_trusted
from reporting.services.sealed.granting import Recipient, add_sealed, open_key, seal_key
from reporting.services.sealed.sealing import OpenCase, read
from reporting.store.cases import items_of
from reporting.store.database import Work
from reporting.store.grants import Grant, grants_held, grants_of_case, holder_of_staff
from reporting.store.holdings import holders_of
from reporting.store.requests import Request, open_requests, requests_of
from reporting.store.staff import find_staff

NOTICE_WORKING_DAYS = 2
HALVES = (Part.HANDLERS_HALF, Part.DESK_HALF)
APPROVES = {
    Part.HANDLERS_HALF: Permission.APPROVE_IDENTITY_AS_HANDLER,
    Part.DESK_HALF: Permission.APPROVE_IDENTITY_AS_DESK,
}


class Ground(StrEnum):
    """Why a duty may open a name: a closed list, so that no request carries content."""

    RISK_TO_LIFE = "risk_to_life"
    CHILD_PROTECTION = "child_protection"
    COURT_ORDER = "court_order"
    STATUTORY_REPORT = "statutory_report"


@dataclass(frozen=True)
class DutyRequest:
    """A request by duty as an approver sees it: who asks, the ground, since when, nothing of the case."""

    request_id: bytes
    asked_by: str
    ground: Ground
    asked_on: date
    part: Part


def ask_her(work: Work, house: House, actor: StaffMember, case_id: bytes) -> None:
    """Ask her to let this handler see what she wrote about herself."""
    open_to_work(work, house, actor, case_id, Permission.ASK_IDENTITY)
    ask(work, house, actor, case_id, actor.staff_id, RequestKind.IDENTITY)
    record_staff(work, house, StaffEvent.IDENTITY_ASKED_FOR, actor_id=actor.staff_id, case_id=case_id)


def ask_by_duty(work: Work, house: House, actor: StaffMember, case_id: bytes, ground: Ground) -> None:
    """Ask for the identity key by duty; she is told at once and before it opens.

    :raises NotFound: no halves exist in this case: no duty was declared when she wrote.
    """
    opened = open_to_work(work, house, actor, case_id, Permission.ASK_IDENTITY)
    if not duty_exists(work, opened):
        raise NotFound
    week = calendar_of_case(work, opened.row)
    opens_on = week.add_working_days(week.day_of(house.now()), NOTICE_WORKING_DAYS)
    ask(
        work,
        house,
        actor,
        case_id,
        actor.staff_id,
        RequestKind.IDENTITY_BY_DUTY,
        ground=ground.value,
        opens_on=opens_on,
    )
    record_staff(
        work, house, StaffEvent.IDENTITY_DUTY_CLAIMED, actor_id=actor.staff_id, case_id=case_id, detail=ground.value
    )


def duty_exists(work: Work, opened: OpenCase) -> bool:
    """Return whether this case has the two halves that a declared duty allows to be joined."""
    return any(grant.part in HALVES for grant in grants_of_case(work.main, opened.id))


def to_approve(work: Work, house: House, actor: StaffMember) -> Sequence[DutyRequest]:
    """Return the requests by duty that this person could approve: holds a half, did not ask."""
    rows = open_requests(work.main, RequestKind.IDENTITY_BY_DUTY)
    return [found for row in rows if (found := _as_seen(work, house, actor, row)) is not None]


def approve(work: Work, house: House, actor: StaffMember, request_id: bytes) -> None:
    """Say yes to a request by duty: re-seal the approver's half to the handler who asked.

    :raises NotFound: no such request for this person.
    :raises NotAllowed: the approver asked, or has already said yes.
    """
    request = locked_request(work, request_id)
    seen = _as_seen(work, house, actor, request) if request else None
    if request is None or seen is None:
        raise NotFound
    said = approvers(work, house, request_id)
    if seen.part in said or actor.staff_id in said.values():
        raise NotAllowed
    if not allowed(actor.role, APPROVES[seen.part], Relation.ASKED):
        raise NotAllowed
    asker = find_staff(work.main, request.asked_by)
    if asker is None or asker.public_key is None or not is_trusted(work, house, asker):
        raise NotTrusted
    if asker.id not in holders_of(work.main, request.case_id):
        raise NotFound  # closed out since; the approver at the desk has no key to the names and cannot look
    _pass_half_on(work, house, actor, request, Recipient(holder_of_staff(asker.id), asker.public_key), seen.part)
    work.main.add(approval_of(house, request_id, seen.part.value, actor.staff_id))
    work.main.flush()
    if approvers(work, house, request_id).keys() >= needed(work, request):
        request.state = RequestState.AGREED.value
    record_staff(
        work,
        house,
        StaffEvent.IDENTITY_DUTY_APPROVED,
        actor_id=actor.staff_id,
        case_id=request.case_id,
        about_id=request.asked_by,
    )


def needed(work: Work, request: Request) -> set[str]:
    """Return the halves that still need somebody else's yes.

    Where the asker is the only handler, the asker's own half and the outside desk's yes are the two.
    """
    others = set(holders_of(work.main, request.case_id)) - {request.asked_by}
    return {Part.HANDLERS_HALF.value, Part.DESK_HALF.value} if others else {Part.DESK_HALF.value}


def see_identity(work: Work, house: House, actor: StaffMember, case_id: bytes) -> Identity:
    """Open what she wrote about herself; written into her ledger first.

    :raises NotFound: this handler has neither her yes nor an approved duty whose day has come.
    """
    opened = open_to_work(work, house, actor, case_id, Permission.OPEN_CASE)
    if not opened.holds(Compartment.IDENTITY):
        opened.keys.update(joined_halves(work, house, actor, opened))
    (item,) = items_of(work.main, case_id, ItemKind.IDENTITY)
    content = read(opened, item)
    if content is None:
        raise NotFound
    record_staff(work, house, StaffEvent.IDENTITY_OPENED, actor_id=actor.staff_id, case_id=case_id)
    return Identity.from_bytes(content)


def joined_halves(
    work: Work, house: House, actor: StaffMember, opened: OpenCase
) -> dict[tuple[Compartment, int], CompartmentKey]:
    """Return the identity keys that this handler's two halves give, once the day that she was told has come."""
    if not duty_is_due(work, house, actor, opened):
        return {}
    halves: dict[int, dict[Part, CompartmentKey]] = {}
    for grant in grants_held(work.main, opened.id, actor.holder):
        half = open_key(work, actor, house, grant) if grant.part in HALVES else None
        if half is not None:
            halves.setdefault(grant.generation, {})[Part(grant.part)] = half
    return {
        (Compartment.IDENTITY, generation): join(found[Part.HANDLERS_HALF], found[Part.DESK_HALF])
        for generation, found in halves.items()
        if len(found) == len(HALVES)
    }


def duty_is_due(work: Work, house: House, actor: StaffMember, opened: OpenCase) -> bool:
    """Return whether a duty was agreed to for this handler and the day that she was told has come."""
    today = calendar_of_case(work, opened.row).day_of(house.now())
    return any(
        row.kind == RequestKind.IDENTITY_BY_DUTY
        and row.asked_by == actor.staff_id
        and row.opens_on is not None
        and row.opens_on <= today
        and is_authentic(house, row)
        for row in requests_of(work.main, opened.id, RequestState.AGREED)
    )


def _as_seen(work: Work, house: House, actor: StaffMember, request: Request) -> DutyRequest | None:
    part = Part.DESK_HALF if actor.role is Role.OUTSIDE_DESK else Part.HANDLERS_HALF
    if request.asked_by == actor.staff_id or request.state != RequestState.WAITING or not is_authentic(house, request):
        return None
    if request.kind != RequestKind.IDENTITY_BY_DUTY or not _own_half(work, actor, request, part):
        return None
    if part in approvers(work, house, request.id) or _is_shut(work, house, actor, request.case_id, part):
        return None
    asker = find_staff(work.main, request.asked_by)
    name = asker.display_name if asker else ""
    return DutyRequest(request.id, name, Ground(request.ground), request.asked_on, part)


def _is_shut(work: Work, house: House, actor: StaffMember, case_id: bytes, part: Part) -> bool:
    """Return whether a link closes the case to an approver who handles it; the desk has no key to the names."""
    try:
        if part is Part.HANDLERS_HALF:
            may_read(work, house, actor, case_id)
    except NotFound:
        return True
    return False


def _own_half(work: Work, actor: StaffMember, request: Request, part: Part) -> list[Grant]:
    return [grant for grant in grants_held(work.main, request.case_id, actor.holder) if grant.part == part]


def _pass_half_on(work: Work, house: House, actor: StaffMember, request: Request, asker: Recipient, part: Part) -> None:
    """Re-seal every generation of one half to the asker, who may hold some of them already."""
    have = {(g.part, g.generation) for g in grants_held(work.main, request.case_id, asker.holder)}
    for grant in _own_half(work, actor, request, part):
        half = open_key(work, actor, house, grant)
        if half is None:
            raise NotFound
        if (part.value, grant.generation) not in have:
            add_sealed(
                work,
                [seal_key(house, request.case_id, Compartment.IDENTITY, grant.generation, half, asker, part)],
            )
