"""The clocks of a case and who was told that a day has passed: days and codes that a chore can read without a key."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date

from sqlalchemy import Boolean, Date, ForeignKey, String, delete, select
from sqlalchemy.orm import Mapped, Session

from reporting.store.cases import KEEP, Case
from reporting.store.columns import NO_ROWID, DataClass, column
from reporting.store.database import Base


class ClockRow(Base):
    """One clock of one case, as the record sets it."""

    __tablename__ = "clocks"
    __table_args__ = NO_ROWID

    case_id: Mapped[bytes] = column(
        ForeignKey("cases.id"), primary_key=True, holds=DataClass.COARSE, purpose="the case", keep=KEEP
    )
    clock: Mapped[str] = column(
        String(20), primary_key=True, holds=DataClass.COARSE, purpose="what she is promised", keep=KEEP
    )
    due_on: Mapped[date | None] = column(
        Date, index=True, holds=DataClass.COARSE, purpose="the day by which; empty while it stands still", keep=KEEP
    )
    declined: Mapped[bool] = column(
        Boolean, holds=DataClass.COARSE, purpose="she does not want to be asked this again", keep=KEEP, default=False
    )
    breached_on: Mapped[date | None] = column(
        Date, holds=DataClass.COARSE, purpose="the day on which it was seen that it had passed", keep="until it is met"
    )


class Escalation(Base):
    """That a handler was told of a day that has passed. It gives no key: only handlers are told."""

    __tablename__ = "escalations"
    __table_args__ = NO_ROWID

    case_id: Mapped[bytes] = column(
        ForeignKey("cases.id"), primary_key=True, holds=DataClass.COARSE, purpose="the case", keep="until it is met"
    )
    clock: Mapped[str] = column(
        String(20), primary_key=True, holds=DataClass.COARSE, purpose="which day has passed", keep="until it is met"
    )
    staff_id: Mapped[bytes] = column(
        ForeignKey("staff.id"),
        primary_key=True,
        index=True,
        holds=DataClass.STAFF,
        purpose="who was told",
        keep="until it is met",
    )
    told_on: Mapped[date] = column(Date, holds=DataClass.COARSE, purpose="when", keep="until it is met")


def clocks_of(session: Session, case_id: bytes) -> Sequence[ClockRow]:
    """Return the clocks of a case, the earliest day first."""
    rows = session.scalars(select(ClockRow).where(ClockRow.case_id == case_id)).all()
    return sorted(rows, key=lambda row: (row.due_on or date.max, row.clock))


def put_clocks(session: Session, case_id: bytes, running: Mapping[str, date]) -> None:
    """Let exactly these clocks run; one whose day has changed begins anew, and nobody has been told of it."""
    known = {row.clock: row for row in clocks_of(session, case_id)}
    changed = [name for name, row in known.items() if row.due_on != running.get(name)]
    session.execute(delete(Escalation).where(Escalation.case_id == case_id, Escalation.clock.in_(changed)))
    for name in changed:
        row = known[name]
        row.due_on, row.breached_on = running.get(name), None
        if row.due_on is None and not row.declined:
            session.delete(row)
    session.add_all(
        ClockRow(case_id=case_id, clock=name, due_on=day, declined=False)
        for name, day in running.items()
        if name not in known
    )
    session.flush()


def clocks_before(session: Session, day: date, *, but: Collection[str]) -> Sequence[ClockRow]:
    """Return the clocks that ran out before a day, but for some kinds."""
    query = select(ClockRow).where(ClockRow.due_on < day, ClockRow.clock.not_in(but))
    return session.scalars(query.order_by(ClockRow.case_id, ClockRow.clock)).all()


def decline(session: Session, case_id: bytes, clock: str, declined: bool) -> None:
    """Keep whether she wants no more of something."""
    row = session.get(ClockRow, (case_id, clock))
    if row is None:
        row = ClockRow(case_id=case_id, clock=clock, due_on=None)
        session.add(row)
    row.declined = declined
    session.flush()


def cases_without_clocks(session: Session, statuses: Sequence[str]) -> Sequence[bytes]:
    """Return cases of these statuses for which no clock was set yet: those from before there were any."""
    known = select(ClockRow.case_id).where(ClockRow.case_id == Case.id)
    return session.scalars(select(Case.id).where(Case.status.in_(statuses), ~known.exists()).order_by(Case.id)).all()


def told_of(session: Session, case_id: bytes) -> Sequence[Escalation]:
    """Return who was told of which day of a case."""
    return session.scalars(select(Escalation).where(Escalation.case_id == case_id)).all()


def told_to(session: Session, staff_id: bytes, case_ids: Collection[bytes]) -> set[bytes]:
    """Return those of some cases of which a person was told that a day has passed."""
    query = select(Escalation.case_id).where(Escalation.staff_id == staff_id, Escalation.case_id.in_(case_ids))
    return set(session.scalars(query))


def remove_told(session: Session, case_id: bytes, staff_id: bytes) -> None:
    """Forget that somebody who handles a case no more was told of its days."""
    session.execute(delete(Escalation).where(Escalation.case_id == case_id, Escalation.staff_id == staff_id))


def remove_clocks(session: Session, case_id: bytes) -> None:
    """Delete every clock of a case, and who was told of them."""
    for table in (Escalation, ClockRow):
        session.execute(delete(table).where(table.case_id == case_id))
