"""Requests that she, or a second person, answers before anybody new gets a key."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from reporting.domain.oversight.audit import ReporterEvent, StaffEvent
from reporting.services.actors import Reporter, StaffMember
from reporting.services.errors import ClosedTo, NotFound, NotTrusted
from reporting.services.house import House
from reporting.services.oversight.audit import record_reporter, record_staff
from reporting.services.reading.consent import admit, is_identity_visible, people_of, show_identity
from reporting.services.reading.readers import as_reader
from reporting.services.reading.trust import is_trusted
from reporting.services.sealed.sealing import OpenCase, open_case
from reporting.store.cases import lock_case
from reporting.store.database import Work
from reporting.store.holdings import holders_of
from reporting.store.requests import (
    LAPSED,
    Approval,
    Request,
    approvals_of,
    case_of_request,
    find_request,
    requests_of,
)
from reporting.store.staff import Staff, find_staff


class RequestKind(StrEnum):
    """What staff may ask for."""

    NEW_READER = "new_reader"
    IDENTITY = "identity"
    IDENTITY_BY_DUTY = "identity_by_duty"
    SECOND_PERSON = "second_person"


class RequestState(StrEnum):
    """Where a request stands."""

    WAITING = "waiting"
    AGREED = "agreed"
    REFUSED = "refused"
    DONE = "done"
    LAPSED = LAPSED


HERS_TO_ANSWER = (RequestKind.NEW_READER, RequestKind.IDENTITY)
SHOWN_TO_HER = (*HERS_TO_ANSWER, RequestKind.IDENTITY_BY_DUTY)


@dataclass(frozen=True)
class AskedOfHer:
    """A request as her page shows it: who asks, for whom, what, and from when it could take effect."""

    request_id: bytes
    kind: RequestKind
    asked_by: str
    about: str
    asked_on: date
    opens_on: date | None
    ground: str
    state: RequestState


def ask(
    work: Work,
    house: House,
    actor: StaffMember,
    case_id: bytes,
    about: bytes,
    kind: RequestKind,
    *,
    ground: str = "",
    opens_on: date | None = None,
    expires_on: date | None = None,
    item_id: bytes | None = None,
) -> Request:
    """Put a request; asking again while the same one waits changes nothing."""
    for known in requests_of(work.main, case_id, RequestState.WAITING):
        same = (known.kind, known.about_staff, known.item_id) == (kind, about, item_id)
        if same and (kind is not RequestKind.SECOND_PERSON or known.ground == ground) and is_authentic(house, known):
            return known
    request = Request(
        id=secrets.token_bytes(16),
        case_id=case_id,
        kind=kind.value,
        asked_by=actor.staff_id,
        about_staff=about,
        ground=ground,
        asked_on=house.today(),
        opens_on=opens_on,
        expires_on=expires_on,
        item_id=item_id,
        state=RequestState.WAITING.value,
    )
    request.tag = house.keyring.tag("request", *_parts(request))
    work.main.add(request)
    return request


def locked_request(work: Work, request_id: bytes) -> Request | None:
    """Return a request as it is once nobody else changes its case."""
    case_id = case_of_request(work.main, request_id)
    if case_id is None or lock_case(work.main, case_id) is None:
        return None
    return find_request(work.main, request_id)


def is_authentic(house: House, request: Request) -> bool:
    """Return whether this program put the request as it stands, with its days: not whoever can write the database."""
    return house.keyring.check("request", request.tag, *_parts(request))


def approval_of(house: House, request_id: bytes, part: str, approver_id: bytes) -> Approval:
    """Return the row of one person's yes, authenticated."""
    tag = house.keyring.tag("approval", request_id, part.encode(), approver_id)
    return Approval(request_id=request_id, part=part, approver_id=approver_id, tag=tag)


def approvers(work: Work, house: House, request_id: bytes) -> dict[str, bytes]:
    """Return who said yes for which part, as far as the rows are authentic."""
    return {
        row.part: row.approver_id
        for row in approvals_of(work.main, request_id)
        if house.keyring.check("approval", row.tag, request_id, row.part.encode(), row.approver_id)
    }


def _parts(request: Request) -> tuple[bytes, ...]:
    days = (request.asked_on, request.opens_on, request.expires_on)
    return (
        request.id,
        request.case_id,
        request.kind.encode(),
        request.asked_by,
        request.about_staff,
        request.ground.encode(),
        *(day.isoformat().encode() if day else b"" for day in days),
        request.item_id or b"",
    )


def ask_for_reader(work: Work, house: House, actor: StaffMember, case_id: bytes, staff_id: bytes) -> None:
    """Ask her whether a colleague may read."""
    ask(work, house, actor, case_id, staff_id, RequestKind.NEW_READER)
    record_staff(work, house, StaffEvent.READER_ASKED_FOR, actor_id=actor.staff_id, case_id=case_id, about_id=staff_id)


def asked_of_her(work: Work, case_id: bytes) -> Sequence[AskedOfHer]:
    """Return every request in her case that concerns what she wrote, with display names, the oldest first."""
    return [
        AskedOfHer(
            row.id,
            RequestKind(row.kind),
            _name(find_staff(work.main, row.asked_by)),
            _name(find_staff(work.main, row.about_staff)),
            row.asked_on,
            row.opens_on,
            row.ground,
            RequestState(row.state),
        )
        for row in requests_of(work.main, case_id)
        if row.kind in SHOWN_TO_HER
    ]


def answer(work: Work, house: House, reporter: Reporter, case_id: bytes, request_id: bytes, *, yes: bool) -> None:
    """Answer a request; her yes is what seals the key.

    A request by duty is not hers to refuse; her page told her so before she wrote her name.

    :raises NotFound: no such request waits in her case.
    """
    opened = open_case(work, reporter, house, case_id, to_change=True)
    request = find_request(work.main, request_id)
    if request is None or request.case_id != case_id or request.state != RequestState.WAITING:
        raise NotFound
    if request.kind not in HERS_TO_ANSWER or not is_authentic(house, request):
        raise NotFound
    if yes:
        _grant(work, house, opened, request)
    request.state = (RequestState.AGREED if yes else RequestState.REFUSED).value
    event = ReporterEvent.REQUEST_AGREED if yes else ReporterEvent.REQUEST_REFUSED
    record_reporter(work, house, event, case_id)


def _grant(work: Work, house: House, opened: OpenCase, request: Request) -> None:
    staff = find_staff(work.main, request.about_staff)
    if staff is None or not is_trusted(work, house, staff):
        raise NotTrusted
    if request.kind == RequestKind.IDENTITY:
        if staff.id not in holders_of(work.main, opened.id):
            raise NotFound
        show_identity(work, house, opened, staff.id)
        return
    reader = as_reader(work, staff, "", people_of(work, opened))
    if reader.closed:
        raise ClosedTo
    admit(work, house, opened, [reader], with_identity=is_identity_visible(work, opened))


def _name(staff: Staff | None) -> str:
    return staff.display_name if staff else ""
