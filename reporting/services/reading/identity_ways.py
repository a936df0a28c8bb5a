"""Where a handler stands with what she wrote about herself: open, asked for, or closed. Opens nothing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from reporting.domain.case import Compartment
from reporting.policy import Permission
from reporting.services.actors import StaffMember
from reporting.services.casework.case import open_to_work
from reporting.services.house import House
from reporting.services.reading.identity import Ground, duty_exists, joined_halves
from reporting.services.reading.requests import RequestKind, RequestState
from reporting.store.database import Work
from reporting.store.requests import Request, requests_of


@dataclass(frozen=True)
class Asked:
    """A question of mine that stands or was answered: since when, how it went, and when it may take effect."""

    state: RequestState
    asked_on: date
    opens_on: date | None = None
    ground: Ground | None = None


@dataclass(frozen=True)
class Ways:
    """How this handler could come to see what she wrote about herself.

    `opens` says that it opens now; `duty_exists` that a duty was declared before she wrote.
    """

    opens: bool
    duty_exists: bool
    asked_her: Asked | None
    by_duty: Asked | None


def ways_to_identity(work: Work, house: House, actor: StaffMember, case_id: bytes) -> Ways:
    """Return where this handler stands with the identity compartment; opens nothing.

    :raises NotFound: no grant.
    """
    opened = open_to_work(work, house, actor, case_id, Permission.ASK_IDENTITY)
    opens = opened.holds(Compartment.IDENTITY) or bool(joined_halves(work, house, actor, opened))
    mine = [row for row in requests_of(work.main, case_id) if row.asked_by == actor.staff_id]
    return Ways(
        opens,
        duty_exists(work, opened),
        _last([row for row in mine if row.kind == RequestKind.IDENTITY]),
        _last([row for row in mine if row.kind == RequestKind.IDENTITY_BY_DUTY]),
    )


def _last(rows: Sequence[Request]) -> Asked | None:
    """Return the last of these; while one waits there is no other of its kind."""
    waiting = [row for row in rows if row.state == RequestState.WAITING] or list(rows)
    if not waiting:
        return None
    row = waiting[-1]
    return Asked(RequestState(row.state), row.asked_on, row.opens_on, Ground(row.ground) if row.ground else None)
