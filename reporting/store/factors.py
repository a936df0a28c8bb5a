"""Second factors of staff: rows that only the person's own key opens."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import Date, ForeignKey, LargeBinary, delete, exists, select
from sqlalchemy.orm import Mapped, Session

from reporting.store.columns import NO_ROWID, DataClass, column
from reporting.store.database import Base

KEEP = "until the person takes it away, or the account starts anew"


class FactorRow(Base):
    """One second factor, or the recovery codes: which of them it is, is inside the seal."""

    __tablename__ = "factors"
    __table_args__ = NO_ROWID

    id: Mapped[bytes] = column(
        LargeBinary(16), primary_key=True, holds=DataClass.STAFF, purpose="names the factor", keep=KEEP
    )
    staff_id: Mapped[bytes] = column(
        ForeignKey("staff.id"), index=True, holds=DataClass.STAFF, purpose="whose it is", keep=KEEP
    )
    sealed: Mapped[bytes] = column(
        LargeBinary, holds=DataClass.SEALED, purpose="what is checked at sign-in, under the person's key", keep=KEEP
    )
    added_on: Mapped[date] = column(Date, holds=DataClass.STAFF, purpose="tells the person which it is", keep=KEEP)


def has_factors(session: Session, staff_id: bytes) -> bool:
    """Return whether an account has a second factor."""
    return bool(session.scalar(select(exists().where(FactorRow.staff_id == staff_id))))


def rows_of(session: Session, staff_id: bytes) -> Sequence[FactorRow]:
    """Return an account's factors, the oldest first."""
    wanted = select(FactorRow).where(FactorRow.staff_id == staff_id)
    return session.scalars(wanted.order_by(FactorRow.added_on, FactorRow.id)).all()


def forget_factors(session: Session, staff_id: bytes) -> None:
    """Delete every factor of an account."""
    session.execute(delete(FactorRow).where(FactorRow.staff_id == staff_id))
