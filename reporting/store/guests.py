"""Guests' tokens: a lookup id, a public key and a last day. Who a guest is stands sealed in the case."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import Boolean, Date, ForeignKey, LargeBinary, delete, select
from sqlalchemy.orm import Mapped, Session

from reporting.store.columns import NO_ROWID, DataClass, column
from reporting.store.database import Base

KEEP = "until the guest's access ends and the key of the story was renewed"


class GuestRow(Base):
    """What is kept of a guest's token. It opens the story of one case and nothing else."""

    __tablename__ = "guests"
    __table_args__ = NO_ROWID

    lookup_id: Mapped[bytes] = column(
        LargeBinary(16), primary_key=True, holds=DataClass.HASH, purpose="finds the guest from the token", keep=KEEP
    )
    case_id: Mapped[bytes] = column(
        ForeignKey("cases.id"), index=True, holds=DataClass.COARSE, purpose="the case", keep=KEEP
    )
    public_key: Mapped[bytes] = column(
        LargeBinary(1216), holds=DataClass.KEY, purpose="grants are sealed to it", keep=KEEP
    )
    until_on: Mapped[date] = column(Date, index=True, holds=DataClass.COARSE, purpose="the last day", keep=KEEP)
    ended: Mapped[bool] = column(
        Boolean, holds=DataClass.COARSE, purpose="access is over; the key of the story has to be renewed", keep=KEEP
    )
    tag: Mapped[bytes] = column(
        LargeBinary(32), holds=DataClass.HASH, purpose="authenticates key, case and last day", keep=KEEP
    )


def find_guest(session: Session, lookup_id: bytes) -> GuestRow | None:
    """Return the guest behind this lookup id."""
    return session.get(GuestRow, lookup_id)


def guests_of(session: Session, case_id: bytes) -> Sequence[GuestRow]:
    """Return the guests of a case, those whose access is over included."""
    return session.scalars(select(GuestRow).where(GuestRow.case_id == case_id)).all()


def guests_over(session: Session, today: date) -> Sequence[GuestRow]:
    """Return the guests whose last day has passed and who still have a key."""
    return session.scalars(select(GuestRow).where(GuestRow.until_on < today, GuestRow.ended.is_(False))).all()


def remove_guests(session: Session, case_id: bytes, *, ended_only: bool = False) -> None:
    """Forget the guests of a case, or those whose access is over."""
    these = GuestRow.case_id == case_id
    session.execute(delete(GuestRow).where(these & GuestRow.ended.is_(True) if ended_only else these))
