"""Who has accepted which version of the code of conduct, and on which day: the last time for each person."""

from collections.abc import Mapping
from datetime import date

from sqlalchemy import Date, ForeignKey, String, select
from sqlalchemy.orm import Mapped, Session

from reporting.store.columns import DataClass, column
from reporting.store.database import Base

KEEP = "while the account exists; earlier acceptances stand in the audit chain"


class Acceptance(Base):
    """A person's last acceptance of the code of conduct."""

    __tablename__ = "conduct"

    staff_id: Mapped[bytes] = column(
        ForeignKey("staff.id"), primary_key=True, holds=DataClass.STAFF, purpose="who accepted it", keep=KEEP
    )
    version: Mapped[str] = column(
        String(20), holds=DataClass.STAFF, purpose="the version, as the rules name it", keep=KEEP
    )
    accepted_on: Mapped[date] = column(Date, holds=DataClass.STAFF, purpose="it counts for a year from then", keep=KEEP)


def acceptance_of(session: Session, staff_id: bytes) -> Acceptance | None:
    """Return what somebody accepted last."""
    return session.get(Acceptance, staff_id)


def all_acceptances(session: Session) -> Mapping[bytes, Acceptance]:
    """Return everybody's last acceptance, by account."""
    return {row.staff_id: row for row in session.scalars(select(Acceptance))}
