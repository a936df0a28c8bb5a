"""Who handles a case, and what the inbox sorts by: one row for each handler and case."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import (
    Boolean,
    Date,
    ForeignKey,
    Index,
    String,
    delete,
    select,
    tuple_,
    update,
)
from sqlalchemy.orm import Mapped, Session

from reporting.store.cases import KEEP, Case
from reporting.store.columns import NO_ROWID, DataClass, column
from reporting.store.database import Base

FAR_FUTURE = date(9999, 12, 31)


class Holding(Base):
    """That a member of staff handles a case, with what the inbox sorts by.

    The inbox reads this one index, so it is as fast at ten thousand cases as at a hundred.
    """

    __tablename__ = "holdings"
    __table_args__ = (Index("ix_holdings_inbox", "staff_id", "due_on", "case_id", "status", "waiting"), NO_ROWID)

    staff_id: Mapped[bytes] = column(
        ForeignKey("staff.id"), primary_key=True, holds=DataClass.STAFF, purpose="who handles it", keep=KEEP
    )
    case_id: Mapped[bytes] = column(
        ForeignKey("cases.id"), primary_key=True, index=True, holds=DataClass.COARSE, purpose="the case", keep=KEEP
    )
    status: Mapped[str] = column(String(20), holds=DataClass.COARSE, purpose="copy of the stage", keep=KEEP)
    due_on: Mapped[date] = column(Date, holds=DataClass.COARSE, purpose="copy of the due day", keep=KEEP)
    waiting: Mapped[bool] = column(Boolean, holds=DataClass.COARSE, purpose="copy of the mark", keep=KEEP)


def holders_of(session: Session, case_id: bytes) -> Sequence[bytes]:
    """Return the ids of the staff who handle a case."""
    return session.scalars(select(Holding.staff_id).where(Holding.case_id == case_id)).all()


def add_holding(session: Session, case: Case, staff_id: bytes) -> None:
    """Let a case appear in a person's inbox."""
    if session.get(Holding, (staff_id, case.id)) is None:
        session.add(holding_of(case, staff_id))


def holding_of(case: Case, staff_id: bytes) -> Holding:
    """Return the row with which a case appears in a person's inbox."""
    due_on = case.due_on or FAR_FUTURE
    return Holding(staff_id=staff_id, case_id=case.id, status=case.status, due_on=due_on, waiting=case.waiting)


def remove_holding(session: Session, case_id: bytes, staff_id: bytes) -> None:
    """Take a case out of a person's inbox."""
    session.execute(delete(Holding).where(Holding.case_id == case_id, Holding.staff_id == staff_id))


def refresh_holdings(session: Session, case: Case) -> None:
    """Copy what the inbox sorts by from the case to its holdings."""
    session.flush()
    session.execute(
        update(Holding)
        .where(Holding.case_id == case.id)
        .values(status=case.status, due_on=case.due_on or FAR_FUTURE, waiting=case.waiting)
    )


def held_cases(
    session: Session,
    staff_id: bytes,
    *,
    after: tuple[date, bytes] | None,
    limit: int,
    status: str | None = None,
    without: str | None = None,
    due_before: date | None = None,
    waiting: bool = False,
    kind: str | None = None,
    due_what: str | None = None,
    office_id: bytes | None = None,
) -> Sequence[Holding]:
    """Return one page of a person's inbox, the most overdue first.

    :param after: the (due day, case id) of the last row of the page before.
    :param without: the stage that is left out where no stage is asked for.
    """
    query = select(Holding).where(Holding.staff_id == staff_id)
    if after is not None:
        query = query.where(tuple_(Holding.due_on, Holding.case_id) > tuple_(*after))
    if status is not None:
        query = query.where(Holding.status == status)
    elif without is not None:
        query = query.where(Holding.status != without)
    if due_before is not None:
        query = query.where(Holding.due_on < due_before)
    if waiting:
        query = query.where(Holding.waiting.is_(True))
    narrowed = [(Case.kind, kind), (Case.due_what, due_what), (Case.office_id, office_id)]
    conditions = [column == wanted for column, wanted in narrowed if wanted is not None]
    if conditions:
        query = query.join(Case, Case.id == Holding.case_id).where(*conditions)
    return session.scalars(query.order_by(Holding.due_on, Holding.case_id).limit(limit)).all()


def held_case_ids(session: Session, staff_id: bytes) -> Sequence[bytes]:
    """Return the ids of all cases in a person's inbox, the most overdue first."""
    query = select(Holding.case_id).where(Holding.staff_id == staff_id)
    return session.scalars(query.order_by(Holding.due_on, Holding.case_id)).all()


def remove_holdings(session: Session, case_id: bytes) -> None:
    """Take a case out of every inbox."""
    session.execute(delete(Holding).where(Holding.case_id == case_id))
