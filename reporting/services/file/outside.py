"""Requests from outside for something of the file: written down, told to her, decided by two people, given once.

What is given is listed item by item. Who she is stands apart: it is never listed, and goes along only with her yes to
this very request, or where a duty has opened it to the person who gives.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from reporting.domain.case import WITH_ORGANISATION
from reporting.domain.file.outside import (
    BINDING,
    LONGEST_SILENCE_DAYS,
    MAY_HAVE,
    NOTICE_WORKING_DAYS,
    UNTOLD,
    Answer,
    Asker,
    OutsideNotice,
    OutsideRequest,
)
from reporting.domain.oversight.audit import ReporterEvent, StaffEvent
from reporting.domain.reading.approvals import Matter
from reporting.domain.sealed.disclosure import Identity
from reporting.policy import Permission
from reporting.services.actors import Reporter, StaffMember
from reporting.services.casework.case import open_to_work
from reporting.services.errors import NotAllowed, NotFound
from reporting.services.file.listing import Listed, chosen, listed_in
from reporting.services.house import House
from reporting.services.organisation.calendars import calendar_of_case
from reporting.services.oversight.audit import record_reporter, record_staff
from reporting.services.reading import approvals
from reporting.services.reading.identity import duty_is_due, see_identity
from reporting.services.sealed import entries
from reporting.services.sealed.entries import CaseFile, Filed, file_of
from reporting.services.sealed.sealing import OpenCase, open_case
from reporting.store.database import Work


@dataclass(frozen=True)
class Asked:
    """What somebody outside asks for, as a handler writes it down; `forbidden_by` and `tell_on` where law forbids."""

    asker: Asker
    who: str
    ground: str
    items: Sequence[bytes]
    identity: bool = False
    in_part: bool = False
    forbidden_by: str = ""
    tell_on: date | None = None


@dataclass(frozen=True)
class Given:
    """What leaves: the request, the listed things in order, and what she wrote about herself or nothing."""

    request: OutsideRequest
    items: list[Listed]
    identity: Identity | None


def may_have(asker: Asker, listed: Sequence[Listed]) -> list[Listed]:
    """Return the things that this asker can be given at all."""
    only = MAY_HAVE.get(asker)
    return [one for one in listed if only is None or one.code in only]


def write_down(work: Work, house: House, actor: StaffMember, case_id: bytes, asked: Asked) -> bytes:
    """Write a request down, tell her or fix the day on which she is told, and ask a second person; return its id.

    :raises NotAllowed: who or ground are missing, the case is not with the organisation, the days do not fit, who she
        is was asked for where it cannot be, or another request of which she is not told yet is still open.
    :raises NotFound: a listed thing is none that this asker can be given.
    """
    opened = open_to_work(work, house, actor, case_id, Permission.GIVE_OUTSIDE)
    known = file_of(work, opened)
    _check(house, opened, known, asked)
    named = tuple(one.named for one in chosen(may_have(asked.asker, listed_in(work, opened)), asked.items))
    today, untold = house.today(), asked.tell_on is not None
    week = calendar_of_case(work, opened.row)
    from_day = today if untold else week.add_working_days(week.day_of(house.now()), NOTICE_WORKING_DAYS)
    told = OutsideNotice(
        *(0, "", "", today.isoformat()),
        asker=asked.asker,
        who=asked.who.strip(),
        ground=asked.ground.strip(),
        items=named,
        identity=asked.identity,
        forbidden_by=asked.forbidden_by.strip(),
        told_on=(asked.tell_on or today).isoformat(),
        from_day=from_day.isoformat(),
    )
    request = _request(told, entries.add(work, house, opened, actor, told).id, in_part=asked.in_part)
    filed = entries.add(work, house, opened, actor, request)
    _record(work, house, actor, opened, StaffEvent.OUTSIDE_ASKED, request)
    approvals.propose(work, house, actor, opened, matter_of(request), filed.id)
    return filed.id


def refuse(work: Work, house: House, actor: StaffMember, case_id: bytes, entry_id: bytes, reason: str) -> None:
    """Give nothing; one person may say so, with a reason for the file.

    :raises NotAllowed: it was answered already, or no reason is given.
    """
    opened, filed = _open(work, house, actor, case_id, entry_id)
    if filed.entry.answer is not Answer.OPEN or not reason.strip():
        raise NotAllowed
    request = replace(filed.entry, answer=Answer.REFUSED, reason=reason.strip())
    _change(work, opened, Filed(filed.id, request))
    _record(work, house, actor, opened, StaffEvent.OUTSIDE_REFUSED, request)


def give(work: Work, house: House, actor: StaffMember, case_id: bytes, entry_id: bytes) -> None:
    """Carry a request out, once: from now on today the document can be made by this person.

    :raises NotAllowed: it was answered already, its day has not come, she said no to somebody whom law does not oblige
        us to answer, nobody else agreed, or who she is may not go along.
    :raises NotFound: a listed thing is gone.
    """
    opened, filed = _open(work, house, actor, case_id, entry_id)
    request, said = filed.entry, _notice_of(work, opened, filed.entry).entry.said
    if request.answer is not Answer.OPEN or opened.row.status not in WITH_ORGANISATION:
        raise NotAllowed
    if not is_due(work, house, opened, request, said):
        raise NotAllowed
    _items_of(work, opened, request)
    if request.identity:
        _identity(work, house, actor, opened, said)
    approvals.carry_out(work, house, opened, matter_of(request), entry_id)
    answer = Answer.PART if request.in_part else Answer.GIVEN
    done = replace(request, answer=answer, given_on=house.today().isoformat(), given_by=actor.staff_id.hex())
    _change(work, opened, Filed(filed.id, done))
    _record(work, house, actor, opened, StaffEvent.OUTSIDE_GIVEN, done)


def take_document(work: Work, house: House, actor: StaffMember, case_id: bytes, entry_id: bytes) -> Given:
    """Return what leaves; only on the day on which it was given, and to whoever gave it. The record says so first.

    :raises NotFound: nothing was given here, or not by this person, or not today.
    """
    opened, filed = _open(work, house, actor, case_id, entry_id)
    request = filed.entry
    mine = request.given_by == actor.staff_id.hex() and request.given_on == house.today().isoformat()
    if not mine or request.answer not in (Answer.GIVEN, Answer.PART):
        raise NotFound
    items, said = _items_of(work, opened, request), _notice_of(work, opened, request).entry.said
    identity = _identity(work, house, actor, opened, said) if request.identity else None
    _record(work, house, actor, opened, StaffEvent.OUTSIDE_GIVEN, request)
    return Given(request, items, identity)


def answer_for_her(
    work: Work, house: House, reporter: Reporter, case_id: bytes, notice_id: bytes, *, yes: bool
) -> None:
    """Let her say yes or no to a request of which she was told and that is still open.

    :raises NotFound: no such request stands on her page.
    """
    opened = open_case(work, reporter, house, case_id, to_change=True)
    filed = next((one for one in told_to_her(work, house, opened) if one.id == notice_id), None)
    if filed is None or filed.entry.answer is not Answer.OPEN:
        raise NotFound
    entries.change(work, opened, Filed(filed.id, replace(filed.entry, said="yes" if yes else "no")))
    event = ReporterEvent.REQUEST_AGREED if yes else ReporterEvent.REQUEST_REFUSED
    record_reporter(work, house, event, case_id)


def told_to_her(work: Work, house: House, opened: OpenCase) -> list[Filed[OutsideNotice]]:
    """Return the requests of which she is told by today, the newest first."""
    found = file_of(work, opened).all(OutsideNotice)
    return [filed for filed in reversed(found) if date.fromisoformat(filed.entry.told_on) <= house.today()]


def silent_since(work: Work, house: House, opened: OpenCase) -> date | None:
    """Return the day from which her page does not show what is done about a request; nothing where all is told."""
    silent = [one.entry for one in file_of(work, opened).all(OutsideNotice) if _is_silent(house, one.entry.told_on)]
    return min((entry.written_on for entry in silent), default=None)


def asked_in(work: Work, opened: OpenCase) -> list[Filed[OutsideRequest]]:
    """Return the requests of a case, in their order."""
    return file_of(work, opened).all(OutsideRequest)


def said_to(work: Work, opened: OpenCase, request: OutsideRequest) -> str:
    """Return what she said to a request: '', 'yes' or 'no'."""
    return _notice_of(work, opened, request).entry.said


def is_due(work: Work, house: House, opened: OpenCase, request: OutsideRequest, said: str) -> bool:
    """Return whether a request may be carried out as far as she is concerned: told, waited for, and not against her."""
    if said == "no" and request.asker not in BINDING:
        return False
    today = calendar_of_case(work, opened.row).day_of(house.now())
    return said == "yes" or date.fromisoformat(request.from_day) <= today


def matter_of(request: OutsideRequest) -> Matter:
    """Return what a second person is asked for."""
    return Matter.DISCLOSURE_UNTOLD if request.forbidden_by else Matter.DISCLOSURE


def _request(told: OutsideNotice, notice_id: bytes, *, in_part: bool) -> OutsideRequest:
    """Return what the handlers keep beside what she reads."""
    return OutsideRequest(
        *(0, "", "", told.day),
        asker=told.asker,
        who=told.who,
        ground=told.ground,
        items=told.items,
        identity=told.identity,
        in_part=in_part,
        forbidden_by=told.forbidden_by,
        told_on=told.told_on,
        from_day=told.from_day,
        notice=notice_id.hex(),
    )


def _check(house: House, opened: OpenCase, known: CaseFile, asked: Asked) -> None:
    if opened.row.status not in WITH_ORGANISATION or not asked.who.strip() or not asked.ground.strip():
        raise NotAllowed
    if asked.identity and (asked.asker is Asker.HR or asked.tell_on is not None):
        raise NotAllowed
    if bool(asked.forbidden_by.strip()) != (asked.tell_on is not None):
        raise NotAllowed
    if asked.tell_on is None:
        return
    latest = house.today() + timedelta(days=LONGEST_SILENCE_DAYS)
    silent = [one for one in known.all(OutsideNotice) if _is_silent(house, one.entry.told_on)]
    if silent or not house.today() < asked.tell_on <= latest:
        raise NotAllowed


def _is_silent(house: House, told_on: str) -> bool:
    return date.fromisoformat(told_on) > house.today()


def _open(
    work: Work, house: House, actor: StaffMember, case_id: bytes, entry_id: bytes
) -> tuple[OpenCase, Filed[OutsideRequest]]:
    opened = open_to_work(work, house, actor, case_id, Permission.GIVE_OUTSIDE)
    return opened, file_of(work, opened).one(OutsideRequest, entry_id)


def _notice_of(work: Work, opened: OpenCase, request: OutsideRequest) -> Filed[OutsideNotice]:
    return file_of(work, opened).one(OutsideNotice, bytes.fromhex(request.notice))


def _items_of(work: Work, opened: OpenCase, request: OutsideRequest) -> list[Listed]:
    ids = [bytes.fromhex(one.item) for one in request.items]
    return chosen(may_have(request.asker, listed_in(work, opened)), ids)


def _identity(work: Work, house: House, actor: StaffMember, opened: OpenCase, said: str) -> Identity:
    """Return what she wrote about herself, where it opens to this person and may go along.

    Her yes to the team is no yes to somebody outside: it takes her yes to this request, or a duty that was agreed to.
    """
    if said != "yes" and not duty_is_due(work, house, actor, opened):
        raise NotAllowed
    return see_identity(work, house, actor, opened.id)


def _change(work: Work, opened: OpenCase, filed: Filed[OutsideRequest]) -> None:
    notice, request = _notice_of(work, opened, filed.entry), filed.entry
    entries.change(work, opened, filed)
    told = replace(notice.entry, answer=request.answer, given_on=request.given_on)
    entries.change(work, opened, Filed(notice.id, told))


def _record(
    work: Work, house: House, actor: StaffMember, opened: OpenCase, event: StaffEvent, request: OutsideRequest
) -> None:
    detail = UNTOLD if request.forbidden_by else request.asker.value
    record_staff(work, house, event, actor_id=actor.staff_id, case_id=opened.id, detail=detail)
