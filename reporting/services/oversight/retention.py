"""What ends by itself: expired drafts and sessions, used codes, erasures and retentions that are due."""

from dataclasses import dataclass

from sqlalchemy import func, select, update

from reporting.domain.case import Status
from reporting.domain.oversight.audit import StaffEvent
from reporting.domain.oversight.retention import RETENTION
from reporting.services.file import holds
from reporting.services.house import House
from reporting.services.oversight.audit import record_staff
from reporting.services.protection import referral_links
from reporting.services.reading import guests
from reporting.services.signing_in import sessions, throttle
from reporting.services.survivor import drafts, erasure
from reporting.store.cases import Case
from reporting.store.database import Work
from reporting.store.grants import stray_shred_keys
from reporting.store.requests import lapse_expired
from reporting.store.shred import forget_shred_keys
from reporting.store.staff import Staff


@dataclass(frozen=True)
class Swept:
    """How many of each ended."""

    cases: int
    holds: int
    drafts: int
    sessions: int
    codes: int
    counters: int
    stray_keys: int


def forecast(work: Work, house: House) -> dict[str, int]:
    """Return what a run would end now, by class and without naming a case; changes nothing."""
    today = house.today()
    asked = select(func.count()).select_from(Case).where(Case.erase_on <= today)
    over = (
        select(Case.status, func.count()).where(Case.keep_until < today, Case.erase_on.is_(None)).group_by(Case.status)
    )
    by_class = {
        f"cases {status}: {RETENTION[Status(status)].purpose}": count for status, count in work.main.execute(over)
    }
    return {
        "cases that their reporters asked to erase": work.main.scalar(asked) or 0,
        **by_class,
        "holds whose day has passed": holds.due_to_end(work, house),
        "one-time codes": _expired_codes(work, house),
    }


def run(work: Work, house: House) -> Swept:
    """End everything whose time has come."""
    cases = erasure.erase_due(work, house)
    stray = stray_shred_keys(work.main, work.shred, house.today())
    forget_shred_keys(work.shred, stray)
    lapse_expired(work.main, house.today())
    guests.end_over(work, house)
    swept = Swept(
        cases=cases,
        holds=holds.end_due(work, house),
        drafts=drafts.drop_expired(work, house),
        sessions=sessions.drop_ended(work, house),
        codes=_drop_codes(work, house),
        counters=throttle.drop_old(work, house),
        stray_keys=len(stray),
    )
    if swept.cases:
        record_staff(work, house, StaffEvent.RETENTION_RUN, actor_id=None)
    referral_links.end_due(work, house)
    return swept


def _drop_codes(work: Work, house: House) -> int:
    count = _expired_codes(work, house)
    if count:
        expired = Staff.code_expires_on < house.today()
        work.main.execute(update(Staff).where(expired).values(code_hash=None, code_expires_on=None))
    return count


def _expired_codes(work: Work, house: House) -> int:
    expired = Staff.code_expires_on < house.today()
    return work.main.scalar(select(func.count()).select_from(Staff).where(expired)) or 0
