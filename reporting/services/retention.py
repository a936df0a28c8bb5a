"""What ends by itself: expired drafts and sessions, used codes, erasures and retentions that are due."""

from dataclasses import dataclass

from sqlalchemy import func, select, update

from reporting.domain.audit import StaffEvent
from reporting.services import drafts, erasure, sessions, throttle
from reporting.services.audit import record_staff
from reporting.services.house import House
from reporting.store.database import Work
from reporting.store.grants import stray_shred_keys
from reporting.store.requests import lapse_expired
from reporting.store.shred import forget_shred_keys
from reporting.store.staff import Staff


@dataclass(frozen=True)
class Swept:
    """How many of each ended."""

    cases: int
    drafts: int
    sessions: int
    codes: int
    counters: int
    stray_keys: int


def due(work: Work, house: House) -> int:
    """Return how many cases a run would erase; changes nothing."""
    return erasure.due_to_erase(work, house)


def run(work: Work, house: House) -> Swept:
    """End everything whose time has come."""
    cases = erasure.erase_due(work, house)
    stray = stray_shred_keys(work.main, work.shred, house.today())
    forget_shred_keys(work.shred, stray)
    lapse_expired(work.main, house.today())
    swept = Swept(
        cases=cases,
        drafts=drafts.drop_expired(work, house),
        sessions=sessions.drop_ended(work, house),
        codes=_drop_codes(work, house),
        counters=throttle.drop_old(work, house),
        stray_keys=len(stray),
    )
    if swept.cases:
        record_staff(work, house, StaffEvent.RETENTION_RUN, actor_id=None)
    return swept


def _drop_codes(work: Work, house: House) -> int:
    expired = Staff.code_expires_on < house.today()
    count = work.main.scalar(select(func.count()).select_from(Staff).where(expired)) or 0
    if count:
        work.main.execute(update(Staff).where(expired).values(code_hash=None, code_expires_on=None))
    return int(count)
