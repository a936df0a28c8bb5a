"""How long a case is kept, by its status, and why.

While work goes on nothing expires. What only she can open is hers and never expires by itself.
The day is rounded up to the end of its month, so that it does not tell when a case was closed.
"""

import calendar
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from reporting.domain.case import Status
from reporting.domain.casework.clocks import UNDO_ERASURE_DAYS

CLOSED_DAYS = 5 * 365


@dataclass(frozen=True, slots=True)
class Retention:
    """One class: why a case is kept, and for how many days after its last step; None has no end."""

    purpose: str
    days: int | None


_WORK = Retention("the organisation works on it", None)
_HERS = Retention("hers alone; nobody else can open it and nobody but she ends it", None)

RETENTION: Mapping[Status, Retention] = {
    Status.PRIVATE: _HERS,
    Status.RECEIVED: _WORK,
    Status.ASSESSING: _WORK,
    Status.ADDRESSING: _WORK,
    Status.CONCLUDED: _WORK,
    Status.CLOSED: Retention("reopening, complaints, and checks on retaliation after closure", CLOSED_DAYS),
    Status.SET_ASIDE: Retention("whoever sent it can say more, and the choice can be looked at again", CLOSED_DAYS),
    Status.WITHDRAWN: _HERS,
    Status.ERASING: Retention("so that she can undo it", UNDO_ERASURE_DAYS),
}


def keep_until(status: Status, since: date) -> date | None:
    """Return the last day on which a case is kept that has this status since `since`; None for no end.

    ERASING ends on its very day, which is what her page says; any other end is a month's last day.
    """
    days = RETENTION[status].days
    if days is None:
        return None
    end = since + timedelta(days=days)
    if status is Status.ERASING:
        return end
    return end.replace(day=calendar.monthrange(end.year, end.month)[1])
