"""The audit chains: writing, nightly linking, and the ledger that she reads. `chains` checks them."""

import secrets
from collections.abc import Sequence

from sqlalchemy.orm import Session

from reporting.domain.oversight.audit import ReporterEvent, StaffEvent
from reporting.services.house import House
from reporting.services.oversight.chains import DAY_CHAIN as DAY_CHAIN
from reporting.services.oversight.chains import STAFF_CHAIN as STAFF_CHAIN
from reporting.services.oversight.chains import START, hash_of, tag_of_head, tag_of_waiting, waiting_rows
from reporting.services.oversight.chains import Finding as Finding
from reporting.services.oversight.chains import verify as verify
from reporting.store.audit import (
    AuditDay,
    AuditEvent,
    AuditHead,
    AuditPending,
    days_about,
    events_about,
    last_place,
    lock_head,
    pending_before,
    remove_pending,
)
from reporting.store.database import Work, add_first


def case_ref(house: House, case_id: bytes) -> bytes:
    """Return the keyed name under which a case stands in the chains (16 bytes)."""
    return house.keyring.tag("audit-ref", case_id)[:16]


def record_staff(
    work: Work,
    house: House,
    action: StaffEvent,
    *,
    actor_id: bytes | None,
    case_id: bytes | None = None,
    about_id: bytes | None = None,
    detail: str = "",
) -> None:
    """Append one event to the staff chain, at once and with exact time.

    :param detail: a code from a closed list, the id of a public entry or the name of a piece of evidence in the record,
        never words that somebody typed.
    """
    event = AuditEvent(
        at=house.now(),
        actor_id=actor_id,
        action=StaffEvent(action).value,
        ref=case_ref(house, case_id) if case_id else None,
        about_id=about_id,
        detail=detail,
    )
    _append(work.main, house, STAFF_CHAIN, event)


def record_reporter(work: Work, house: House, action: ReporterEvent, case_id: bytes) -> None:
    """Note something that she did. It carries a day and waits, in no order, for the night."""
    record_about(work, house, action, case_ref(house, case_id))


def record_about(work: Work, house: House, action: ReporterEvent, ref: bytes) -> None:
    """Note the same about an object with a name of its own in the record (16 bytes): a piece of evidence."""
    row = AuditPending(id=secrets.token_bytes(16), day=house.today(), action=ReporterEvent(action).value, ref=ref)
    row.tag = tag_of_waiting(house, row.id, row.day, row.action, row.ref)
    work.main.add(row)


def link_days(work: Work, house: House) -> int:
    """Link the events of past days, shuffled, into the reporters' chain; return how many.

    What was forged or put there again is not made authentic: it stays where it is, for `verify` to name.
    """
    right = [row_id for row_id, wrong in waiting_rows(work.main, house) if wrong is None]
    waiting = list(pending_before(work.main, house.today(), right))
    secrets.SystemRandom().shuffle(waiting)
    waiting.sort(key=lambda row: row.day)  # stable: random within each day
    for row in waiting:
        _append(work.main, house, DAY_CHAIN, AuditDay(day=row.day, action=row.action, ref=row.ref))
    remove_pending(work.main, [row.id for row in waiting])
    return len(waiting)


def staff_ledger(work: Work, house: House, case_id: bytes) -> Sequence[AuditEvent]:
    """Return what staff did in a case, in order: the ledger that she reads."""
    return events_about(work.main, case_ref(house, case_id))


def recused_from(work: Work, house: House, case_id: bytes) -> set[bytes]:
    """Return the ids of the staff who left a case for good; no colleague brings them in again."""
    ledger = staff_ledger(work, house, case_id)
    return {event.actor_id for event in ledger if event.action == StaffEvent.RECUSED and event.actor_id is not None}


def reporter_ledger(work: Work, house: House, case_id: bytes) -> Sequence[AuditDay | AuditPending]:
    """Return what she herself did in a case, by day."""
    return days_about(work.main, case_ref(house, case_id))


def _append(session: Session, house: House, chain: str, row: AuditEvent | AuditDay) -> None:
    head = lock_head(session, chain) or _begin(session, house, chain, last_place(session, type(row)))
    row.seq = head.length + 1
    row.previous = head.hash
    row.hash = hash_of(house, chain, row)
    session.add(row)
    head.length, head.hash = row.seq, row.hash
    head.tag = tag_of_head(house, chain, head.length, head.hash)
    session.flush()


def _begin(session: Session, house: House, chain: str, length: int) -> AuditHead:
    """Add the head that a chain lacks; two units may come to this at the same moment.

    Of a chain that has rows, the head was taken away. Work goes on, and the break stays to be seen for ever.
    """
    head = AuditHead(chain=chain, length=length, hash=START)
    head.tag = tag_of_head(house, chain, head.length, head.hash)
    add_first(session, head)
    return session.get_one(AuditHead, chain, with_for_update=True, populate_existing=True)
