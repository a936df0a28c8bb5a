"""Handing over: whoever leaves passes on, within her choice, what only they can open, and steps out of the rest.

Nobody but a holder can seal a key anew, so this is done while the leaver still has one. What nobody can open any more
is counted in bands: the reporter alone can let somebody in.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from reporting.domain.case import WITH_ORGANISATION, Compartment, Part
from reporting.domain.oversight.audit import StaffEvent
from reporting.domain.people import Role
from reporting.domain.reading.consent import NewReaders
from reporting.policy import Permission, Relation, allowed
from reporting.services.actors import StaffMember
from reporting.services.casework.case import open_to_work, title_of
from reporting.services.errors import LastHolder, NotAllowed, NotFound
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
from reporting.services.reading.requests import RequestKind, RequestState, ask
from reporting.services.reading.trust import is_trusted, trusted_readers
from reporting.services.sealed.sealing import OpenCase, open_case, open_cases
from reporting.store.cases import cases_with_office
from reporting.store.database import Work
from reporting.store.grants import holders_who_open, staff_who_open
from reporting.store.holdings import held_case_ids, holders_of
from reporting.store.offices import desk_of, find_office, names_of
from reporting.store.requests import HANDOVER, requests_of
from reporting.store.staff import Staff, find_staff, name_of

BANDS = (1, 5, 20)
"""How many cases is told only as the lowest number of a band."""


class Passed(StrEnum):
    """What came of handing over one case."""

    GIVEN = "given"
    ASKED = "asked"
    LEFT = "left"


@dataclass(frozen=True)
class Carried:
    """One case that the leaver holds: who else opens it, who could, and whom she is being asked about."""

    case_id: bytes
    title: str
    others: Sequence[str]
    takers: Sequence[Reader]
    ask_first: bool
    asked: Sequence[str]


@dataclass(frozen=True)
class Unread:
    """About how many cases of an office nobody can open any more."""

    office: str
    at_least: int


def set_leaving(work: Work, house: House, actor_id: bytes | None, staff_id: bytes, on: date | None) -> None:
    """Enter the day on which somebody leaves, or that they stay.

    :raises NotFound: no such account, or it is disabled.
    """
    staff = find_staff(work.main, staff_id)
    if staff is None or staff.state == "disabled":
        raise NotFound
    if staff.leaving_on != on:
        staff.leaving_on = on
        record_staff(work, house, StaffEvent.ACCOUNT_CHANGED, actor_id=actor_id, about_id=staff_id)


def leaving_on(work: Work, actor: StaffMember) -> date | None:
    """Return the day on which this person leaves, if one is entered."""
    staff = find_staff(work.main, actor.staff_id)
    return staff.leaving_on if staff else None


def carried(work: Work, house: House, actor: StaffMember) -> list[Carried]:
    """Return what this person holds and what can become of it; those come first that nobody else opens."""
    opened = open_cases(work, actor, house, held_case_ids(work.main, actor.staff_id))
    found = [_carried(work, house, actor, case) for case in opened]
    return sorted(found, key=lambda one: (bool(one.others), one.case_id))


def hand_over(work: Work, house: House, actor: StaffMember, case_id: bytes, to: bytes | None) -> Passed:
    """Pass one case on, or step out of it where others can open it. Unlike leaving a case, it is not for ever.

    Where she wants to be asked first, the question stands on her page, and the leaver keeps the key until then.

    :raises NotFound: no grant, or this person cannot be given the case.
    :raises NotAllowed: no day is entered on which the actor leaves.
    :raises LastHolder: nobody else opens it and nobody was chosen.
    """
    opened = open_case(work, actor, house, case_id, to_change=True)
    if not allowed(actor.role, Permission.HAND_OVER, Relation.HELD) or leaving_on(work, actor) is None:
        raise NotAllowed
    close_out_line(work, house, opened, people_of(work, opened))
    if to is not None:
        taker = next((one for one in _takers(work, house, actor, opened) if one.staff_id == to), None)
        if taker is None:
            raise NotFound
        if choices_of(work, opened).new_readers is NewReaders.ASK:
            _ask(work, house, actor, case_id, to)
            return Passed.ASKED
        admit(work, house, opened, [taker], with_identity=is_identity_visible(work, opened))
        record_staff(work, house, StaffEvent.HANDED_OVER, actor_id=actor.staff_id, case_id=case_id, about_id=to)
    elif not _others(work, house, actor, case_id):
        raise LastHolder
    take_back(work, house, opened, actor.staff_id)
    record_staff(work, house, StaffEvent.STEPPED_OUT, actor_id=actor.staff_id, case_id=case_id)
    return Passed.GIVEN if to else Passed.LEFT


def end_access(work: Work, house: House, actor: StaffMember, case_id: bytes, staff_id: bytes) -> None:
    """Destroy the keys of a colleague who has left; a new generation begins for those who stay.

    :raises NotFound: no grant, or nobody who has left holds a key of it by this id.
    """
    opened = open_to_work(work, house, actor, case_id, Permission.HAND_OVER)
    staff = find_staff(work.main, staff_id)
    if staff is None or staff.state != "disabled" or staff_id not in holders_of(work.main, case_id):
        raise NotFound
    take_back(work, house, opened, staff_id)
    record_staff(work, house, StaffEvent.DEPARTED, actor_id=actor.staff_id, case_id=case_id, about_id=staff_id)


def only_theirs(work: Work, house: House, staff_id: bytes) -> int:
    """Return about how many cases nobody but this person can open: the lowest number of a band, 0 for none."""
    mine = set(held_case_ids(work.main, staff_id))
    pairs = [pair for pair in _openers(work) if pair[0] in mine]
    others = {case_id for case_id, one in _trusted(work, house, pairs) if one != staff_id}
    theirs = {case_id for case_id, one in pairs if one == staff_id}
    return _band(len(theirs - others))


def unread(work: Work, house: House, *, watched_by: bytes | None = None) -> list[Unread]:
    """Return the offices with cases that nobody can open any more; of no case is more told than its office.

    :param watched_by: only offices whose outside desk this is.
    """
    offices = cases_with_office(work.main, [status.value for status in WITH_ORGANISATION])
    read = {case_id for case_id, _ in _trusted(work, house, _openers(work))}
    counts: dict[bytes, int] = {}
    for case_id, office_id in offices.items():
        if case_id not in read and (watched_by is None or _desk_of(work, office_id) == watched_by):
            counts[office_id] = counts.get(office_id, 0) + 1
    names = names_of(work.main, counts)
    return sorted((Unread(names[one], _band(count)) for one, count in counts.items()), key=lambda row: row.office)


def _carried(work: Work, house: House, actor: StaffMember, opened: OpenCase) -> Carried:
    waiting = requests_of(work.main, opened.id, RequestState.WAITING)
    return Carried(
        opened.id,
        title_of(work, opened),
        [staff.display_name for staff in _others(work, house, actor, opened.id)],
        _takers(work, house, actor, opened),
        choices_of(work, opened).new_readers is NewReaders.ASK,
        [name_of(work.main, row.about_staff) for row in waiting if row.kind == RequestKind.NEW_READER],
    )


def _takers(work: Work, house: House, actor: StaffMember, opened: OpenCase) -> list[Reader]:
    """Return who could be given a case: the actor's office, then the outside desk of the case."""
    people, left = people_of(work, opened), recused_from(work, house, opened.id)
    opening = staff_who_open(work.main, opened.id, Compartment.STORY, Part.WHOLE)
    desk_id = _desk_of(work, opened.row.office_id) if opened.row.office_id else None
    at_desk = trusted_readers(work, house, desk_id, Role.OUTSIDE_DESK) if desk_id and desk_id != actor.office_id else []
    office = find_office(work.main, actor.office_id)
    desk = find_office(work.main, desk_id) if desk_id else None
    near = [as_reader(work, one, office.name if office else "", people) for one in _near(work, house, actor)]
    far = [as_reader(work, one, desk.name if desk else "", people) for one in at_desk]
    return [one for one in (*near, *far) if not one.closed and one.staff_id not in opening | left | {actor.staff_id}]


def _near(work: Work, house: House, actor: StaffMember) -> list[Staff]:
    return [staff for staff in trusted_readers(work, house, actor.office_id) if staff.leaving_on is None]


def _ask(work: Work, house: House, actor: StaffMember, case_id: bytes, about: bytes) -> None:
    ask(work, house, actor, case_id, about, RequestKind.NEW_READER, ground=HANDOVER)
    record_staff(work, house, StaffEvent.READER_ASKED_FOR, actor_id=actor.staff_id, case_id=case_id, about_id=about)


def _others(work: Work, house: House, actor: StaffMember, case_id: bytes) -> list[Staff]:
    return [staff for staff in who_can_open(work, house, case_id) if staff.id != actor.staff_id]


def _openers(work: Work) -> set[tuple[bytes, bytes]]:
    return holders_who_open(work.main, Compartment.STORY, Part.WHOLE)


def _trusted(work: Work, house: House, pairs: Iterable[tuple[bytes, bytes]]) -> list[tuple[bytes, bytes]]:
    pairs = list(pairs)
    staff = [find_staff(work.main, one) for one in sorted({one for _, one in pairs})]
    good = {one.id for one in staff if one is not None and is_trusted(work, house, one)}
    return [pair for pair in pairs if pair[1] in good]


def _desk_of(work: Work, office_id: bytes) -> bytes | None:
    office = find_office(work.main, office_id)
    desk = desk_of(work.main, office) if office else None
    return desk.id if desk else None


def _band(count: int) -> int:
    return max((low for low in BANDS if low <= count), default=0)
