"""The duty rota: who looks after what comes in on which days, and who is next when somebody does not come."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from reporting.domain.organisation.calendars import OfficeCalendar

LONGEST_DUTY = timedelta(days=366)
AHEAD_AT_MOST = timedelta(days=731)
KEPT_AFTER = timedelta(days=90)
_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Stretch:
    """Somebody's days on duty; the first and the last count."""

    staff_id: bytes
    first: date
    last: date

    def covers(self, day: date) -> bool:
        """Return whether the person is on duty on this day."""
        return self.first <= day <= self.last


def fits(first: date, last: date, today: date) -> bool:
    """Return whether days can be put on a rota: not in the past, in their order, not too long or too far away."""
    return today <= first <= last <= today + AHEAD_AT_MOST and last - first <= LONGEST_DUTY


def next_day_on_duty(rota: Collection[Stretch], today: date, week: OfficeCalendar) -> date | None:
    """Return the next working day, today included, on which somebody is on duty; nothing where there is none."""
    day, end = today, max((one.last for one in rota), default=today - _ONE_DAY)
    while day <= end:
        if week.is_working_day(day) and any(one.covers(day) for one in rota):
            return day
        day += _ONE_DAY
    return None


def working_day_before(today: date, week: OfficeCalendar) -> date:
    """Return the last working day that is over."""
    day = today - _ONE_DAY
    while not week.is_working_day(day):
        day -= _ONE_DAY
    return day


def has_missed(rota: Collection[Stretch], staff_id: bytes, seen: date | None, over: date, today: date) -> bool:
    """Return whether somebody who is on duty has not come for one working day.

    :param seen: the day of the last sign-in.
    :param over: the last working day that is over; they were on duty then, too.
    """
    own = [one for one in rota if one.staff_id == staff_id]
    on_duty = any(one.covers(today) for one in own) and any(one.covers(over) for one in own)
    return on_duty and (seen is None or seen < over)


def next_on_rota(rota: Sequence[Stretch], staff_id: bytes, today: date) -> list[bytes]:
    """Return who comes next after somebody, each person once: those after them on the rota, then from its beginning.

    :param rota: in the order of first days, without what is over.
    """
    place = next((i for i, one in enumerate(rota) if one.staff_id == staff_id and one.covers(today)), -1)
    following = [*rota[place + 1 :], *rota[: place + 1]]
    return [one for one in dict.fromkeys(stretch.staff_id for stretch in following) if one != staff_id]
