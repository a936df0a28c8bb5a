"""The audit chains: writing, nightly linking, verification, and the ledger that she reads."""

import secrets
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from reporting.domain.audit import ReporterEvent, StaffEvent
from reporting.services.house import House
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

STAFF_CHAIN = "audit_events"
DAY_CHAIN = "audit_days"
LABELS = {STAFF_CHAIN: "audit-event", DAY_CHAIN: "audit-day"}
START = bytes(32)
PAGE = 1000


@dataclass(frozen=True)
class Finding:
    """Something wrong with a chain: which chain, which place (None for the head), and what."""

    chain: str
    seq: int | None
    what: str


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

    :param detail: a code from a closed list, never words that somebody typed.
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
    row = AuditPending(
        id=secrets.token_bytes(16),
        day=house.today(),
        action=ReporterEvent(action).value,
        ref=case_ref(house, case_id),
    )
    row.tag = house.keyring.tag("audit-pending", *_pending_parts(row))
    work.main.add(row)


def link_days(work: Work, house: House) -> int:
    """Link the events of past days, shuffled, into the reporters' chain; return how many."""
    waiting = list(pending_before(work.main, house.today()))
    secrets.SystemRandom().shuffle(waiting)
    waiting.sort(key=lambda row: row.day)  # stable: random within each day
    for row in waiting:
        _append(work.main, house, DAY_CHAIN, AuditDay(day=row.day, action=row.action, ref=row.ref))
    remove_pending(work.main, [row.id for row in waiting])
    return len(waiting)


def verify(work: Work, house: House) -> list[Finding]:
    """Check every link, both heads and every waiting row; return what is wrong, in order."""
    findings = [*_verify_chain(work.main, house, STAFF_CHAIN), *_verify_chain(work.main, house, DAY_CHAIN)]
    for row in work.main.scalars(select(AuditPending)):
        if not house.keyring.check("audit-pending", row.tag, *_pending_parts(row)):
            findings.append(Finding("audit_pending", None, "altered"))
    return findings


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
    row.hash = _link(house, chain, row)
    session.add(row)
    head.length, head.hash = row.seq, row.hash
    head.tag = _head_tag(house, head)
    session.flush()


def _begin(session: Session, house: House, chain: str, length: int) -> AuditHead:
    """Add the head that a chain lacks; two units may come to this at the same moment.

    Of a chain that has rows, the head was taken away. Work goes on, and the break stays to be seen for ever.
    """
    head = AuditHead(chain=chain, length=length, hash=START)
    head.tag = _head_tag(house, head)
    add_first(session, head)
    return session.get_one(AuditHead, chain, with_for_update=True, populate_existing=True)


def _verify_chain(session: Session, house: House, chain: str) -> Iterator[Finding]:
    expected, previous = 1, START
    for row in _rows(session, chain):
        if row.seq != expected:
            yield Finding(chain, expected, "missing")
        elif row.previous != previous:
            yield Finding(chain, row.seq, "out of order")
        if row.hash != _link(house, chain, row):
            yield Finding(chain, row.seq, "altered")
        expected, previous = row.seq + 1, row.hash
    head = session.get(AuditHead, chain)
    if head is None:
        if expected != 1:
            yield Finding(chain, None, "the head is missing")
        return
    if head.tag != _head_tag(house, head):
        yield Finding(chain, None, "the head was altered")
    if (head.length, head.hash) != (expected - 1, previous):
        yield Finding(chain, expected, "the end is missing")


def _rows(session: Session, chain: str) -> Iterator[AuditEvent | AuditDay]:
    if chain == STAFF_CHAIN:
        yield from session.scalars(select(AuditEvent).order_by(AuditEvent.seq).execution_options(yield_per=PAGE))
    else:
        yield from session.scalars(select(AuditDay).order_by(AuditDay.seq).execution_options(yield_per=PAGE))


def _link(house: House, chain: str, row: AuditEvent | AuditDay) -> bytes:
    when: datetime | date = row.at if isinstance(row, AuditEvent) else row.day
    parts = [str(row.seq).encode(), row.previous, when.isoformat().encode(), row.action.encode(), row.ref or b""]
    if isinstance(row, AuditEvent):
        parts += [row.actor_id or b"", row.about_id or b"", row.detail.encode()]
    return house.keyring.tag(LABELS[chain], *parts)


def _head_tag(house: House, head: AuditHead) -> bytes:
    return house.keyring.tag(LABELS[head.chain], b"head", str(head.length).encode(), head.hash)


def _pending_parts(row: AuditPending) -> tuple[bytes, ...]:
    return row.id, row.day.isoformat().encode(), row.action.encode(), row.ref or b""
