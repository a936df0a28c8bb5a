"""Requests that she, or a second person, answers before anybody new gets a key."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from reporting.domain.audit import ReporterEvent, StaffEvent
from reporting.services.actors import Reporter, StaffMember
from reporting.services.audit import record_reporter, record_staff
from reporting.services.consent import admit, is_identity_visible, people_of, show_identity
from reporting.services.errors import ClosedTo, NotFound, NotTrusted
from reporting.services.house import House
from reporting.services.readers import as_reader
from reporting.services.sealing import OpenCase, open_case
from reporting.services.trust import is_trusted
from reporting.store.cases import holders_of
from reporting.store.database import Work
from reporting.store.requests import LAPSED, Request, find_request, requests_of
from reporting.store.staff import Staff, find_staff


class RequestKind(StrEnum):
    """What staff may ask for."""

    NEW_READER = "new_reader"
    IDENTITY = "identity"
    IDENTITY_BY_DUTY = "identity_by_duty"


class RequestState(StrEnum):
    """Where a request stands."""

    WAITING = "waiting"
    AGREED = "agreed"
    REFUSED = "refused"
    LAPSED = LAPSED


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
) -> Request:
    """Put a request; asking again while the same one waits changes nothing."""
    for known in requests_of(work.main, case_id, RequestState.WAITING):
        if (known.kind, known.about_staff) == (kind, about):
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
        state=RequestState.WAITING.value,
    )
    work.main.add(request)
    return request


def ask_for_reader(work: Work, house: House, actor: StaffMember, case_id: bytes, staff_id: bytes) -> None:
    """Ask her whether a colleague may read."""
    ask(work, house, actor, case_id, staff_id, RequestKind.NEW_READER)
    record_staff(work, house, StaffEvent.READER_ASKED_FOR, actor_id=actor.staff_id, case_id=case_id, about_id=staff_id)


def asked_of_her(work: Work, case_id: bytes) -> Sequence[AskedOfHer]:
    """Return every request in her case, with display names, the oldest first."""
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
    if request.kind == RequestKind.IDENTITY_BY_DUTY:
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
    reader = as_reader(staff, "", people_of(work, opened))
    if reader.closed:
        raise ClosedTo
    admit(work, house, opened, [reader], with_identity=is_identity_visible(work, opened))


def _name(staff: Staff | None) -> str:
    return staff.display_name if staff else ""
