"""The duty rota of an office: kept by its own people, asked for the next reading day, watched by a chore.

Whoever is on duty and has not signed in for one working day is escalated to the next handler on the rota, then to the
outside desk. Standing in gives nobody a key: it says who has to look.
"""

import secrets
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from reporting.domain.organisation.duty import (
    KEPT_AFTER,
    Stretch,
    fits,
    has_missed,
    next_day_on_duty,
    next_on_rota,
    working_day_before,
)
from reporting.domain.oversight.audit import StaffEvent
from reporting.domain.people import Role
from reporting.policy import Permission, Relation, allowed
from reporting.services.actors import StaffMember
from reporting.services.errors import DoesNotFit, NotAllowed, NotFound
from reporting.services.house import House
from reporting.services.organisation.calendars import calendar_of, today_at
from reporting.services.oversight.audit import record_staff
from reporting.services.reading.trust import trusted_readers
from reporting.store.database import Work
from reporting.store.duty import (
    Duty,
    StandIn,
    all_stand_ins,
    find_duty,
    offices_with_rota,
    remove_old_duties,
    rota_of,
    stand_ins_by,
)
from reporting.store.offices import Office, desk_of, find_office
from reporting.store.staff import Staff, active_readers_of, find_staff, name_of

MOST_ENTRIES = 200


@dataclass(frozen=True)
class DutyLine:
    """One entry of the rota as colleagues see it."""

    duty_id: bytes
    name: str
    first_day: date
    last_day: date
    now: bool


@dataclass(frozen=True)
class StandingIn:
    """For whom somebody stands in, where, and since when."""

    name: str
    office: str
    since: date


@dataclass(frozen=True)
class _Absence:
    """Somebody who is on duty and has not come, with the rota, the last working day that is over, and today there."""

    office: Office
    staff_id: bytes
    stretches: tuple[Stretch, ...]
    over: date
    today: date


def rota(work: Work, house: House, actor: StaffMember) -> list[DutyLine]:
    """Return the rota of the actor's own office, without what is over."""
    today = _today(work, house, actor)
    return [
        DutyLine(row.id, name_of(work.main, row.staff_id), row.first_day, row.last_day, row.first_day <= today)
        for row in rota_of(work.main, actor.office_id, today)
    ]


def eligible(work: Work, house: House, actor: StaffMember) -> Sequence[Staff]:
    """Return who can be put on the rota: the trusted readers of the actor's own office."""
    return trusted_readers(work, house, actor.office_id)


def put_on_duty(work: Work, house: House, actor: StaffMember, staff_id: bytes, first: date, last: date) -> None:
    """Put somebody of one's own office on duty. Sent twice, it stands there once.

    :raises NotAllowed: not for this role, or the rota is full.
    :raises NotFound: nobody of the office who reads has this id.
    :raises DoesNotFit: the days are past, out of order, too many or too far away.
    """
    _may_keep(actor)
    if staff_id not in {person.id for person in eligible(work, house, actor)}:
        raise NotFound
    today = _today(work, house, actor)
    if not fits(first, last, today):
        raise DoesNotFit
    known = rota_of(work.main, actor.office_id, today)
    if any((row.staff_id, row.first_day, row.last_day) == (staff_id, first, last) for row in known):
        return
    if len(known) >= MOST_ENTRIES:
        raise NotAllowed
    entry = Duty(id=secrets.token_bytes(16), office_id=actor.office_id, staff_id=staff_id)
    entry.first_day, entry.last_day = first, last
    work.main.add(entry)
    record_staff(work, house, StaffEvent.DUTY_CHANGED, actor_id=actor.staff_id, about_id=staff_id)


def take_off_duty(work: Work, house: House, actor: StaffMember, duty_id: bytes) -> None:
    """Take an entry off the rota of one's own office.

    :raises NotAllowed: not for this role.
    :raises NotFound: there is no such entry in this office.
    """
    _may_keep(actor)
    row = find_duty(work.main, duty_id)
    if row is None or row.office_id != actor.office_id:
        raise NotFound
    record_staff(work, house, StaffEvent.DUTY_CHANGED, actor_id=actor.staff_id, about_id=row.staff_id)
    work.main.delete(row)


def reading_day(work: Work, house: House, office: Office) -> date:
    """Return the next day on which somebody reads: by the rota, or the next working day where none is kept."""
    week, today = calendar_of(office), today_at(house, office)
    by_rota = next_day_on_duty(_stretches(work, office.id, today), today, week)
    return by_rota or week.next_working_day(today)


def reading_day_of(work: Work, house: House, office_id: bytes) -> date:
    """Return the same for the office of this id.

    :raises NotFound: there is none.
    """
    office = find_office(work.main, office_id)
    if office is None:
        raise NotFound
    return reading_day(work, house, office)


def standing_in_for(work: Work, actor: StaffMember) -> list[StandingIn]:
    """Return for whom this person stands in now; whoever has come since needs nobody."""
    found = []
    for row in stand_ins_by(work.main, actor.staff_id):
        absent, office = find_staff(work.main, row.absent_id), find_office(work.main, row.office_id)
        if absent is None or office is None or (absent.signed_in_on and absent.signed_in_on >= row.since):
            continue
        found.append(StandingIn(absent.display_name, office.name, row.since))
    return found


def watch(work: Work, house: House) -> int:
    """Escalate for everybody on duty who has not come; return how many are missing. Twice changes nothing."""
    yesterday = house.today() - timedelta(days=1)  # somewhere it is still that day
    remove_old_duties(work.main, house.today() - KEPT_AFTER)
    offices = [find_office(work.main, office_id) for office_id in offices_with_rota(work.main, yesterday)]
    missing = [one for office in offices if office is not None for one in _absences(work, house, office)]
    for absence in missing:
        _escalate(work, house, absence)
    known = {(absence.office.id, absence.staff_id) for absence in missing}
    for row in all_stand_ins(work.main):
        if (row.office_id, row.absent_id) not in known:
            work.main.delete(row)
    return len(missing)


def _absences(work: Work, house: House, office: Office) -> Iterator[_Absence]:
    """Yield who is on duty in an office and has missed a working day, by the day and the calendar of the office."""
    today = today_at(house, office)
    over = working_day_before(today, calendar_of(office))
    stretches = _stretches(work, office.id, over)
    ahead = tuple(one for one in stretches if one.last >= today)
    for staff_id in dict.fromkeys(one.staff_id for one in stretches):
        if has_missed(stretches, staff_id, _seen(work, staff_id), over, today):
            yield _Absence(office, staff_id, ahead, over, today)


def _escalate(work: Work, house: House, absence: _Absence) -> None:
    """Hand over to the first who has not been asked yet, unless somebody who was asked has come or may still come."""
    place = absence.office.id, absence.staff_id
    rows = [row for row in all_stand_ins(work.main) if (row.office_id, row.absent_id) == place]
    asked = {row.staff_id for row in rows}
    steps = ([one for one in step if one not in asked] for step in _steps(work, house, absence))
    new = next((step for step in steps if step), [])
    if not new or any(_answers(work, row, absence.over) for row in rows):
        return
    if not rows:
        record_staff(work, house, StaffEvent.DUTY_MISSED, actor_id=None, about_id=absence.staff_id)
    for one in new:
        work.main.add(StandIn(office_id=place[0], absent_id=place[1], staff_id=one, since=absence.today))
        record_staff(work, house, StaffEvent.STANDS_IN, actor_id=None, about_id=one)


def _steps(work: Work, house: House, absence: _Absence) -> list[list[bytes]]:
    """Return who is asked one after the other: each handler on the rota, then everybody at the outside desk at once."""
    handlers = [[one] for one in next_on_rota(absence.stretches, absence.staff_id, absence.today)]
    desk = None if absence.office.external else desk_of(work.main, absence.office)
    at_desk = trusted_readers(work, house, desk.id, Role.OUTSIDE_DESK) if desk else []
    return [*handlers, [person.id for person in at_desk]]


def _answers(work: Work, row: StandIn, over: date) -> bool:
    """Return whether somebody who was asked has come since, or has not had a whole working day to come."""
    person = find_staff(work.main, row.staff_id)
    if person is None or person.state != "active":
        return False
    return row.since > over or (person.signed_in_on is not None and person.signed_in_on >= row.since)


def _stretches(work: Work, office_id: bytes, from_day: date) -> list[Stretch]:
    """Return the rota in its order, without what ended before a day and without people who have left."""
    active = {person.id for person in active_readers_of(work.main, [office_id])}
    rows = rota_of(work.main, office_id, from_day)
    return [Stretch(row.staff_id, row.first_day, row.last_day) for row in rows if row.staff_id in active]


def _seen(work: Work, staff_id: bytes) -> date | None:
    person = find_staff(work.main, staff_id)
    return person.signed_in_on if person else None


def _today(work: Work, house: House, actor: StaffMember) -> date:
    return today_at(house, find_office(work.main, actor.office_id))


def _may_keep(actor: StaffMember) -> None:
    if not allowed(actor.role, Permission.KEEP_DUTY, Relation.OFFICE):
        raise NotAllowed
