"""Cases that were set aside: since when, and whether a second person still has to look. Who and why stand sealed."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import Boolean, Date, ForeignKey, delete, select
from sqlalchemy.orm import Mapped, Session

from reporting.store.cases import KEEP
from reporting.store.columns import NO_ROWID, DataClass, column
from reporting.store.database import Base
from reporting.store.holdings import Holding


class SetAside(Base):
    """That a case is set aside."""

    __tablename__ = "set_asides"
    __table_args__ = NO_ROWID

    case_id: Mapped[bytes] = column(
        ForeignKey("cases.id"), primary_key=True, holds=DataClass.COARSE, purpose="the case", keep=KEEP
    )
    set_on: Mapped[date] = column(
        Date, holds=DataClass.COARSE, purpose="for 90 days from here staff can take it up again", keep=KEEP
    )
    to_check: Mapped[bool] = column(
        Boolean, holds=DataClass.COARSE, purpose="whether a second person still has to look", keep=KEEP, default=False
    )


def find_aside(session: Session, case_id: bytes) -> SetAside | None:
    """Return the row of a case that is set aside."""
    return session.get(SetAside, case_id, populate_existing=True)


def asides_to_check(session: Session, staff_id: bytes) -> Sequence[bytes]:
    """Return the ids of the cases in a person's hands at which a second person still has to look."""
    query = select(SetAside.case_id).join(Holding, Holding.case_id == SetAside.case_id)
    mine = query.where(Holding.staff_id == staff_id, SetAside.to_check.is_(True))
    return session.scalars(mine.order_by(SetAside.set_on, SetAside.case_id)).all()


def remove_aside(session: Session, case_id: bytes) -> None:
    """Delete the row of a case."""
    session.execute(delete(SetAside).where(SetAside.case_id == case_id))
