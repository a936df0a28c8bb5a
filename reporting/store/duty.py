"""Who is on duty in an office on which days, and who stands in for somebody who has not come."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import Date, ForeignKey, LargeBinary, delete, select
from sqlalchemy.orm import Mapped, Session

from reporting.store.columns import DataClass, column
from reporting.store.database import Base

KEEP = "90 days after its last day"
KEEP_STAND_IN = "until the person is back or their duty ends"


class Duty(Base):
    """A range of days on which somebody looks after what comes in; first and last day count."""

    __tablename__ = "duties"

    id: Mapped[bytes] = column(
        LargeBinary(16), primary_key=True, holds=DataClass.STAFF, purpose="names the entry", keep=KEEP
    )
    office_id: Mapped[bytes] = column(
        ForeignKey("offices.id"), index=True, holds=DataClass.STAFF, purpose="the office", keep=KEEP
    )
    staff_id: Mapped[bytes] = column(ForeignKey("staff.id"), holds=DataClass.STAFF, purpose="who is on duty", keep=KEEP)
    first_day: Mapped[date] = column(Date, holds=DataClass.STAFF, purpose="from this day", keep=KEEP)
    last_day: Mapped[date] = column(Date, holds=DataClass.STAFF, purpose="to this day", keep=KEEP)


class StandIn(Base):
    """That somebody stands in for a colleague who is on duty and has not signed in; it opens no case."""

    __tablename__ = "stand_ins"

    office_id: Mapped[bytes] = column(
        ForeignKey("offices.id"), primary_key=True, holds=DataClass.STAFF, purpose="the office", keep=KEEP_STAND_IN
    )
    absent_id: Mapped[bytes] = column(
        ForeignKey("staff.id"), primary_key=True, holds=DataClass.STAFF, purpose="who is missing", keep=KEEP_STAND_IN
    )
    staff_id: Mapped[bytes] = column(
        ForeignKey("staff.id"),
        primary_key=True,
        index=True,
        holds=DataClass.STAFF,
        purpose="who stands in",
        keep=KEEP_STAND_IN,
    )
    since: Mapped[date] = column(Date, holds=DataClass.STAFF, purpose="since when", keep=KEEP_STAND_IN)


def find_duty(session: Session, duty_id: bytes) -> Duty | None:
    """Return one entry of a rota."""
    return session.get(Duty, duty_id)


def rota_of(session: Session, office_id: bytes, from_day: date) -> Sequence[Duty]:
    """Return the entries of an office that end on a day or later, in their order."""
    query = select(Duty).where(Duty.office_id == office_id, Duty.last_day >= from_day)
    return session.scalars(query.order_by(Duty.first_day, Duty.last_day, Duty.id)).all()


def offices_with_rota(session: Session, from_day: date) -> Sequence[bytes]:
    """Return the offices whose rota ends on a day or later."""
    return session.scalars(select(Duty.office_id).where(Duty.last_day >= from_day).distinct()).all()


def remove_old_duties(session: Session, before: date) -> None:
    """Delete the entries that ended before a day."""
    session.execute(delete(Duty).where(Duty.last_day < before))


def all_stand_ins(session: Session) -> Sequence[StandIn]:
    """Return everybody who stands in for somebody, in the order in which it came to them."""
    return session.scalars(select(StandIn).order_by(StandIn.since, StandIn.staff_id)).all()


def stand_ins_by(session: Session, staff_id: bytes) -> Sequence[StandIn]:
    """Return for whom a person stands in."""
    return session.scalars(select(StandIn).where(StandIn.staff_id == staff_id).order_by(StandIn.since)).all()
