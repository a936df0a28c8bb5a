"""Cases that lie still, for their handlers; and weekly bands for whoever must not see a single case."""

from collections.abc import Mapping, Sequence
from datetime import date

from sqlalchemy import Date, ForeignKey, Integer, LargeBinary, String, delete, select
from sqlalchemy.orm import Mapped, Session

from reporting.store.columns import NO_ROWID, DataClass, column
from reporting.store.database import Base
from reporting.store.holdings import Holding

POOL = b""
"""What stands in place of an office for all the small ones together."""


class InactionRow(Base):
    """One sign that a case lies still."""

    __tablename__ = "inactions"
    __table_args__ = NO_ROWID

    case_id: Mapped[bytes] = column(
        ForeignKey("cases.id"), primary_key=True, holds=DataClass.COARSE, purpose="the case", keep="until it moves"
    )
    sign: Mapped[str] = column(
        String(20), primary_key=True, holds=DataClass.COARSE, purpose="what is not done", keep="until it moves"
    )
    since: Mapped[date] = column(
        Date, holds=DataClass.COARSE, purpose="the day by which it had to be done", keep="until it moves"
    )


class InactionBand(Base):
    """About how many cases of an office, or of all small ones, lie still: fixed for a week, never exact."""

    __tablename__ = "inaction_bands"

    place: Mapped[bytes] = column(
        LargeBinary(16),
        primary_key=True,
        holds=DataClass.PUBLIC,
        purpose="the office; empty for the pool",
        keep="a week",
    )
    sign: Mapped[str] = column(
        String(20), primary_key=True, holds=DataClass.COARSE, purpose="what is not done", keep="a week"
    )
    week_of: Mapped[date] = column(Date, holds=DataClass.COARSE, purpose="the Monday of the week", keep="a week")
    at_least: Mapped[int] = column(Integer, holds=DataClass.COARSE, purpose="where the band begins", keep="a week")


def put_inactions(session: Session, found: Mapping[bytes, Mapping[str, date]]) -> None:
    """Keep exactly these signs."""
    session.execute(delete(InactionRow))
    session.add_all(
        InactionRow(case_id=case_id, sign=sign, since=since)
        for case_id, signs in found.items()
        for sign, since in signs.items()
    )
    session.flush()


def inactions_held(session: Session, staff_id: bytes) -> Sequence[InactionRow]:
    """Return the signs in the cases that a person handles, the oldest first."""
    query = select(InactionRow).join(Holding, Holding.case_id == InactionRow.case_id)
    rows = session.scalars(query.where(Holding.staff_id == staff_id))
    return sorted(rows, key=lambda row: (row.since, row.case_id, row.sign))


def remove_inactions(session: Session, case_id: bytes) -> None:
    """Delete what is noted about a case."""
    session.execute(delete(InactionRow).where(InactionRow.case_id == case_id))


def bands(session: Session) -> Sequence[InactionBand]:
    """Return the bands of this week."""
    return session.scalars(select(InactionBand)).all()


def put_bands(session: Session, week_of: date, counted: Mapping[tuple[bytes, str], int]) -> None:
    """Keep the bands of a week in place of those of the week before."""
    session.execute(delete(InactionBand))
    session.add_all(
        InactionBand(place=place, sign=sign, week_of=week_of, at_least=at_least)
        for (place, sign), at_least in counted.items()
    )
    session.flush()
