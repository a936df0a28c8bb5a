"""The two audit chains.

`audit_events` holds what staff did, with exact time. `audit_days` holds what reporters did, with
a day and nothing finer; their events wait in `audit_pending`, in no order, and are linked at night.
Triggers made by the migrations refuse UPDATE and DELETE on both chains.
"""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import Date, DateTime, ForeignKey, Integer, LargeBinary, String, delete, func, select
from sqlalchemy.orm import Mapped, Session

from reporting.store.columns import NO_ROWID, DataClass, column
from reporting.store.database import Base

KEEP = "as long as the instance; holds no content"


class AuditEvent(Base):
    """One thing that a member of staff, or the operator's console, did."""

    __tablename__ = "audit_events"

    seq: Mapped[int] = column(
        Integer, primary_key=True, holds=DataClass.COARSE, purpose="place in the chain", keep=KEEP
    )
    at: Mapped[datetime] = column(DateTime, holds=DataClass.STAFF, purpose="exact time, UTC", keep=KEEP)
    actor_id: Mapped[bytes | None] = column(
        ForeignKey("staff.id"), index=True, holds=DataClass.STAFF, purpose="who; empty for the console", keep=KEEP
    )
    action: Mapped[str] = column(String(40), holds=DataClass.COARSE, purpose="what, from a closed list", keep=KEEP)
    ref: Mapped[bytes | None] = column(
        LargeBinary(16),
        index=True,
        holds=DataClass.HASH,
        purpose="keyed hash of the object; finds her ledger for her, tells the auditor nothing",
        keep=KEEP,
    )
    detail: Mapped[str] = column(
        String(60), holds=DataClass.COARSE, purpose="a code, or the id of a public entry", keep=KEEP
    )
    about_id: Mapped[bytes | None] = column(
        ForeignKey("staff.id"), holds=DataClass.STAFF, purpose="the account it was done to", keep=KEEP
    )
    previous: Mapped[bytes] = column(LargeBinary(32), holds=DataClass.HASH, purpose="link to the row before", keep=KEEP)
    hash: Mapped[bytes] = column(LargeBinary(32), holds=DataClass.HASH, purpose="authenticates the row", keep=KEEP)


class AuditDay(Base):
    """One thing that a reporter did, on a day."""

    __tablename__ = "audit_days"

    seq: Mapped[int] = column(
        Integer, primary_key=True, holds=DataClass.COARSE, purpose="place in the chain", keep=KEEP
    )
    day: Mapped[date] = column(Date, holds=DataClass.COARSE, purpose="the day, nothing finer", keep=KEEP)
    action: Mapped[str] = column(String(40), holds=DataClass.COARSE, purpose="what, from a closed list", keep=KEEP)
    ref: Mapped[bytes | None] = column(
        LargeBinary(16), index=True, holds=DataClass.HASH, purpose="keyed hash of the object", keep=KEEP
    )
    previous: Mapped[bytes] = column(LargeBinary(32), holds=DataClass.HASH, purpose="link to the row before", keep=KEEP)
    hash: Mapped[bytes] = column(LargeBinary(32), holds=DataClass.HASH, purpose="authenticates the row", keep=KEEP)


class AuditPending(Base):
    """A reporter's event that waits for the night."""

    __tablename__ = "audit_pending"
    __table_args__ = NO_ROWID

    id: Mapped[bytes] = column(
        LargeBinary(16), primary_key=True, holds=DataClass.COARSE, purpose="random, tells no order", keep="one night"
    )
    day: Mapped[date] = column(Date, holds=DataClass.COARSE, purpose="the day, nothing finer", keep="one night")
    action: Mapped[str] = column(
        String(40), holds=DataClass.COARSE, purpose="what, from a closed list", keep="one night"
    )
    ref: Mapped[bytes | None] = column(
        LargeBinary(16), index=True, holds=DataClass.HASH, purpose="keyed hash of the object", keep="one night"
    )
    tag: Mapped[bytes] = column(
        LargeBinary(32), holds=DataClass.HASH, purpose="authenticates the row", keep="one night"
    )


class AuditHead(Base):
    """Length and last hash of a chain, so that a missing tail is seen."""

    __tablename__ = "audit_heads"

    chain: Mapped[str] = column(String(20), primary_key=True, holds=DataClass.COARSE, purpose="which chain", keep=KEEP)
    length: Mapped[int] = column(Integer, holds=DataClass.COARSE, purpose="how many rows it has", keep=KEEP)
    hash: Mapped[bytes] = column(LargeBinary(32), holds=DataClass.HASH, purpose="hash of its last row", keep=KEEP)
    tag: Mapped[bytes] = column(LargeBinary(32), holds=DataClass.HASH, purpose="authenticates the head", keep=KEEP)


def lock_head(session: Session, chain: str) -> AuditHead | None:
    """Return the head of a chain, locked so that one row follows another."""
    query = select(AuditHead).where(AuditHead.chain == chain).with_for_update()
    return session.scalar(query.execution_options(populate_existing=True))


def last_place(session: Session, table: type[AuditEvent] | type[AuditDay]) -> int:
    """Return the place of the last row of a chain, 0 for one that has not begun."""
    return session.scalar(select(func.max(table.seq))) or 0


def events_about(session: Session, ref: bytes) -> Sequence[AuditEvent]:
    """Return what staff did to an object, in order."""
    return session.scalars(select(AuditEvent).where(AuditEvent.ref == ref).order_by(AuditEvent.seq)).all()


def refs_of_actor(session: Session, actor_id: bytes, action: str) -> set[bytes]:
    """Return the keyed names of the objects to which somebody did a thing."""
    query = select(AuditEvent.ref).where(AuditEvent.actor_id == actor_id, AuditEvent.action == action)
    return {ref for ref in session.scalars(query) if ref is not None}


def details_of(session: Session, action: str) -> set[str]:
    """Return the codes that stand beside the staff events of a kind."""
    return set(session.scalars(select(AuditEvent.detail).where(AuditEvent.action == action)))


def actors_with(session: Session, action: str, detail: str) -> set[bytes]:
    """Return the ids of the staff who did something that stands in the record with this code."""
    query = select(AuditEvent.actor_id).where(AuditEvent.action == action, AuditEvent.detail == detail)
    return {actor_id for actor_id in session.scalars(query) if actor_id is not None}


def days_about(session: Session, ref: bytes) -> Sequence[AuditDay | AuditPending]:
    """Return what the reporter did to an object, linked or still waiting, by day."""
    linked = session.scalars(select(AuditDay).where(AuditDay.ref == ref)).all()
    waiting = session.scalars(select(AuditPending).where(AuditPending.ref == ref)).all()
    return sorted([*linked, *waiting], key=lambda row: row.day)


def recent_events(session: Session, limit: int, before: int | None = None) -> Sequence[AuditEvent]:
    """Return the newest staff events, newest first, optionally those before a place in the chain."""
    query = select(AuditEvent).order_by(AuditEvent.seq.desc()).limit(limit)
    return session.scalars(query.where(AuditEvent.seq < before) if before is not None else query).all()


def recent_days(session: Session, limit: int, before: int | None = None) -> Sequence[AuditDay]:
    """Return the newest linked reporters' events, newest first, optionally those before a place in the chain."""
    query = select(AuditDay).order_by(AuditDay.seq.desc()).limit(limit)
    return session.scalars(query.where(AuditDay.seq < before) if before is not None else query).all()


def heads(session: Session) -> Sequence[AuditHead]:
    """Return the heads of the chains that have begun."""
    return session.scalars(select(AuditHead).order_by(AuditHead.chain)).all()


def pending_before(session: Session, day: date, among: Sequence[bytes]) -> Sequence[AuditPending]:
    """Return those of these waiting events whose day is over."""
    return session.scalars(select(AuditPending).where(AuditPending.day < day, AuditPending.id.in_(among))).all()


def remove_pending(session: Session, ids: Sequence[bytes]) -> None:
    """Drop waiting events that have been linked."""
    session.execute(delete(AuditPending).where(AuditPending.id.in_(ids)))


def last_moments(session: Session) -> Sequence[tuple[bytes, str, str, datetime]]:
    """Return when each thing was last done to each object: its keyed name, what, what stands beside it, and when."""
    what = (AuditEvent.ref, AuditEvent.action, AuditEvent.detail)
    query = select(*what, func.max(AuditEvent.at)).where(AuditEvent.ref.is_not(None)).group_by(*what)
    return [(ref or b"", action, detail, at) for ref, action, detail, at in session.execute(query)]


def last_days(session: Session, actions: Sequence[str]) -> Sequence[tuple[bytes, str, date]]:
    """Return on which day a reporter last did each of these things, by keyed name; what waits stands apart."""
    found: list[tuple[bytes, str, date]] = []
    for table in (AuditDay, AuditPending):
        what = (table.ref, table.action)
        query = select(*what, func.max(table.day)).where(table.ref.is_not(None), table.action.in_(actions))
        found += [(ref or b"", action, day) for ref, action, day in session.execute(query.group_by(*what))]
    return found


def last_moments_of(
    session: Session, actor_id: bytes, action: str, refs: Sequence[bytes], before: datetime
) -> dict[bytes, datetime]:
    """Return when somebody last did a thing to each of these objects before a moment, by keyed name."""
    query = select(AuditEvent.ref, func.max(AuditEvent.at)).where(
        AuditEvent.actor_id == actor_id,
        AuditEvent.action == action,
        AuditEvent.ref.in_(refs),
        AuditEvent.at < before,
    )
    return {ref: at for ref, at in session.execute(query.group_by(AuditEvent.ref)) if ref is not None}


def last_days_of(session: Session, action: str, refs: Sequence[bytes]) -> dict[bytes, date]:
    """Return on which day a reporter last did a thing to each of these objects, linked or still waiting."""
    found: dict[bytes, date] = {}
    for table in (AuditDay, AuditPending):
        query = select(table.ref, func.max(table.day)).where(table.action == action, table.ref.in_(refs))
        for ref, day in session.execute(query.group_by(table.ref)):
            if ref is not None:
                found[ref] = max(day, found.get(ref, day))
    return found
