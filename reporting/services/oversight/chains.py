"""How a link of the two chains is bound to the one before it, and how tampering is found and named.

Rows are read as they lie in the database, not as the tables declare them: whoever alters a row past the program may
leave something there that is no time and no hash, and that, too, has to be named and not to end the check.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import Select, String, func, literal, select, type_coerce
from sqlalchemy.orm import InstrumentedAttribute, Session

from reporting.services.house import House
from reporting.store.audit import AuditDay, AuditEvent, AuditHead, AuditPending
from reporting.store.database import Work
from reporting.store.staff import Staff

STAFF_CHAIN = "audit_events"
DAY_CHAIN = "audit_days"
WAITING = "audit_pending"
LABELS = {STAFF_CHAIN: "audit-event", DAY_CHAIN: "audit-day"}
START = bytes(32)
PAGE = 1000


@dataclass(frozen=True)
class Finding:
    """Something wrong with a chain: which chain, which place (None for the head), and what.

    `until` is the last place of a stretch in which it lies, where the exact place cannot be known.
    """

    chain: str
    seq: int | None
    what: str
    until: int | None = None


class Link(NamedTuple):
    """One row of a chain as it lies there; the day chain has no actor, no account and no detail."""

    seq: Any
    when: Any
    action: Any
    ref: Any
    actor: Any
    about: Any
    detail: Any
    previous: Any
    hash: Any


class End(NamedTuple):
    """What a head says: how many links there are, and the hash of the last."""

    length: Any
    hash: Any
    tag: Any


def hash_of(house: House, chain: str, row: AuditEvent | AuditDay) -> bytes:
    """Return the hash of a row that is about to be appended."""
    if isinstance(row, AuditEvent):
        link = Link(row.seq, row.at, row.action, row.ref, row.actor_id, row.about_id, row.detail, row.previous, b"")
    else:
        link = Link(row.seq, row.day, row.action, row.ref, None, None, "", row.previous, b"")
    return _hash(house, chain, link)


def tag_of_head(house: House, chain: str, length: int, last: bytes) -> bytes:
    """Return what authenticates a head."""
    return house.keyring.tag(LABELS[chain], b"head", str(length).encode(), last)


def tag_of_waiting(house: House, row_id: bytes, day: date, action: str, ref: bytes | None) -> bytes:
    """Return what authenticates an event that waits for the night."""
    return house.keyring.tag("audit-pending", row_id, day.isoformat().encode(), action.encode(), ref or b"")


def verify(work: Work, house: House) -> list[Finding]:
    """Check every link, both heads and every waiting row; return what is wrong, in order."""
    findings = [finding for chain in LABELS for finding in _verify_chain(work.main, house, chain)]
    return findings + [found for _, found in waiting_rows(work.main, house) if found is not None]


def waiting_rows(session: Session, house: House) -> list[tuple[Any, Finding | None]]:
    """Return the ids of the events that wait, and what is wrong with each.

    Altered, or older than the last day that was linked: then it was linked already and somebody put it there again.
    """
    table = AuditPending
    last = _when(session.scalar(select(_raw(AuditDay.day)).order_by(AuditDay.seq.desc()).limit(1)), date)
    rows = session.execute(
        select(*(_raw(column) for column in (table.id, table.day, table.action, table.ref, table.tag)))
    )
    return [(row[0], _wrong_with(house, last, *row)) for row in rows]


def hash_at(session: Session, chain: str, seq: int) -> bytes | None:
    """Return the hash that stands at a place of a chain now; START for place 0, nothing where there is no link."""
    if seq == 0:
        return START
    table = AuditEvent if chain == STAFF_CHAIN else AuditDay
    found = session.scalar(select(_raw(table.hash)).where(table.seq == seq))
    return found if isinstance(found, bytes) else None


def _verify_chain(session: Session, house: House, chain: str) -> Iterator[Finding]:
    expected, previous = 1, START
    end = _end(session, chain)
    length = end.length if end is not None and isinstance(end.length, int) else None
    for row in _rows(session, chain):
        if row.seq != expected:
            yield Finding(chain, expected, "missing")
        elif row.previous != previous:
            yield Finding(chain, row.seq, "out of order")
        if row.hash != _hash_of_stored(house, chain, row):
            yield Finding(chain, row.seq, "altered")
        if length is not None and row.seq == length + 1:
            yield Finding(chain, row.seq, "beyond the end")
        expected, previous = row.seq + 1, row.hash
    yield from _verify_head(session, house, chain, end, (expected - 1, previous))


def _verify_head(
    session: Session, house: House, chain: str, end: End | None, found: tuple[int, bytes]
) -> Iterator[Finding]:
    if end is None:
        if found[0] or (chain == STAFF_CHAIN and _has_begun(session)):
            yield Finding(chain, None, "the head is missing")
        return
    if not isinstance(end.length, int) or not isinstance(end.hash, bytes):
        yield Finding(chain, None, "the head was altered")
        return
    if end.tag != tag_of_head(house, chain, end.length, end.hash):
        yield Finding(chain, None, "the head was altered")
    if end.length > found[0]:
        yield Finding(chain, found[0] + 1, "the end is missing")
    elif end.length == found[0] and end.hash != found[1]:
        yield Finding(chain, found[0], "not the end")


def _has_begun(session: Session) -> bool:
    """Return whether there are accounts: making the first of them began the staff chain."""
    return bool(session.scalar(select(func.count()).select_from(Staff)))


def _end(session: Session, chain: str) -> End | None:
    columns = (_raw(AuditHead.length), _raw(AuditHead.hash), _raw(AuditHead.tag))
    row = session.execute(select(*columns).where(AuditHead.chain == chain)).first()
    return End(*row) if row is not None else None


def _rows(session: Session, chain: str) -> Iterator[Link]:
    found = session.execute(_links(chain).execution_options(yield_per=PAGE))
    return (Link(*row) for row in found)


def _links(chain: str) -> Select[Any]:
    if chain == STAFF_CHAIN:
        event = AuditEvent
        columns = (event.seq, event.at, event.action, event.ref, event.actor_id, event.about_id, event.detail)
        return select(*(_raw(one) for one in (*columns, event.previous, event.hash))).order_by(event.seq)
    day, nothing = AuditDay, literal(None)
    columns_of_day = (_raw(day.seq), _raw(day.day), _raw(day.action), _raw(day.ref), nothing, nothing, literal(""))
    return select(*columns_of_day, _raw(day.previous), _raw(day.hash)).order_by(day.seq)


def _raw(column: InstrumentedAttribute[Any]) -> Any:
    """Read a column as the driver gives it: SQLite keeps whatever was put there, of whatever type."""
    return type_coerce(column, String)


def _hash_of_stored(house: House, chain: str, row: Link) -> bytes | None:
    """Return the hash that a stored row should have; nothing where no program wrote such a row."""
    when = _when(row.when, datetime if chain == STAFF_CHAIN else date)
    if when is None or not _is_plain(row):
        return None
    return _hash(house, chain, row._replace(when=when))


def _is_plain(row: Link) -> bool:
    hashes = all(isinstance(part, bytes) for part in (row.previous, row.hash))
    ids = all(part is None or isinstance(part, bytes) for part in (row.ref, row.actor, row.about))
    return hashes and ids and isinstance(row.action, str) and isinstance(row.detail, str)


def _hash(house: House, chain: str, row: Link) -> bytes:
    parts = [str(row.seq).encode(), row.previous, row.when.isoformat().encode(), row.action.encode(), row.ref or b""]
    if chain == STAFF_CHAIN:
        parts += [row.actor or b"", row.about or b"", row.detail.encode()]
    return house.keyring.tag(LABELS[chain], *parts)


def _when(stored: Any, kind: type[date]) -> Any:
    """Return the moment or day of a row, which SQLite keeps as text; nothing where it is neither."""
    try:
        read = kind.fromisoformat(stored) if isinstance(stored, str) else stored
    except ValueError:
        return None
    return read if isinstance(read, kind) else None


def _wrong_with(
    house: House, last: date | None, row_id: Any, day: Any, action: Any, ref: Any, tag: Any
) -> Finding | None:
    read = _when(day, date)
    plain = isinstance(row_id, bytes) and isinstance(action, str) and (ref is None or isinstance(ref, bytes))
    if read is None or not plain or tag != tag_of_waiting(house, row_id, read, action, ref):
        return Finding(WAITING, None, "altered")
    return Finding(WAITING, None, "put there again") if last is not None and read < last else None
