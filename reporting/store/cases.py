"""Cases, their compartments and sealed items, and who handles them.

Primary keys are random and survivor tables have no rowid, so the order of rows tells nothing.
"""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import (
    Boolean,
    Date,
    ForeignKey,
    Integer,
    LargeBinary,
    String,
    delete,
    func,
    select,
)
from sqlalchemy.orm import Mapped, Session

from reporting.store.columns import NO_ROWID, DataClass, column
from reporting.store.database import Base

KEEP = "until she erases it or its retention ends"


class Case(Base):
    """The coarse facts of a case; everything she said is in sealed items."""

    __tablename__ = "cases"
    __table_args__ = NO_ROWID

    id: Mapped[bytes] = column(
        LargeBinary(16), primary_key=True, holds=DataClass.COARSE, purpose="names the case", keep=KEEP
    )
    kind: Mapped[str] = column(
        String(20), holds=DataClass.COARSE, purpose="a report, or a complaint at the outside desk", keep=KEEP
    )
    office_id: Mapped[bytes | None] = column(
        ForeignKey("offices.id"), holds=DataClass.COARSE, purpose="who received it; empty while private", keep=KEEP
    )
    status: Mapped[str] = column(
        String(20), index=True, holds=DataClass.COARSE, purpose="the stage of the case", keep=KEEP
    )
    status_before: Mapped[str | None] = column(
        String(20), holds=DataClass.COARSE, purpose="the stage to return to if erasure is undone", keep="7 days"
    )
    received_on: Mapped[date | None] = column(Date, holds=DataClass.COARSE, purpose="clocks start here", keep=KEEP)
    due_on: Mapped[date | None] = column(
        Date, index=True, holds=DataClass.COARSE, purpose="the day by which she is promised something", keep=KEEP
    )
    due_what: Mapped[str | None] = column(String(20), holds=DataClass.COARSE, purpose="what she is promised", keep=KEEP)
    waiting: Mapped[bool] = column(
        Boolean, holds=DataClass.COARSE, purpose="her message waits for an answer", keep=KEEP, default=False
    )
    policy_version: Mapped[int] = column(
        Integer, holds=DataClass.COARSE, purpose="the rules it came under", keep=KEEP, default=1
    )
    fact: Mapped[bytes] = column(
        LargeBinary, holds=DataClass.SEALED, purpose="constant-size statistical fact", keep="until its cut-off"
    )
    erase_on: Mapped[date | None] = column(
        Date, index=True, holds=DataClass.COARSE, purpose="the day a delayed erasure is carried out", keep="7 days"
    )
    keep_until: Mapped[date | None] = column(
        Date, index=True, holds=DataClass.COARSE, purpose="the day retention ends", keep=KEEP
    )


class CompartmentRow(Base):
    """The current key generation of one compartment; every case has all four from the start."""

    __tablename__ = "compartments"
    __table_args__ = NO_ROWID

    case_id: Mapped[bytes] = column(
        ForeignKey("cases.id"), primary_key=True, holds=DataClass.COARSE, purpose="the case", keep=KEEP
    )
    compartment: Mapped[str] = column(
        String(20), primary_key=True, holds=DataClass.COARSE, purpose="which of the four", keep=KEEP
    )
    generation: Mapped[int] = column(
        Integer, holds=DataClass.COARSE, purpose="new items are sealed under this one", keep=KEEP, default=1
    )


class Item(Base):
    """One sealed item; the row shows its kind, a key generation and a size class."""

    __tablename__ = "items"
    __table_args__ = NO_ROWID

    id: Mapped[bytes] = column(
        LargeBinary(16), primary_key=True, holds=DataClass.COARSE, purpose="names the item", keep=KEEP
    )
    case_id: Mapped[bytes] = column(
        ForeignKey("cases.id"), index=True, holds=DataClass.COARSE, purpose="the case", keep=KEEP
    )
    compartment: Mapped[str] = column(String(20), holds=DataClass.COARSE, purpose="whose keys open it", keep=KEEP)
    generation: Mapped[int] = column(Integer, holds=DataClass.COARSE, purpose="which key generation", keep=KEEP)
    kind: Mapped[str] = column(String(20), holds=DataClass.COARSE, purpose="what it is", keep=KEEP)
    sealed: Mapped[bytes] = column(LargeBinary, holds=DataClass.SEALED, purpose="the content", keep=KEEP)


def find_case(session: Session, case_id: bytes) -> Case | None:
    """Return the case with this id."""
    return session.get(Case, case_id)


def find_cases(session: Session, case_ids: Sequence[bytes]) -> Sequence[Case]:
    """Return the cases with these ids, in no order."""
    return session.scalars(select(Case).where(Case.id.in_(case_ids))).all()


def cases_in(session: Session, statuses: Sequence[str]) -> Sequence[Case]:
    """Return the cases of some statuses, in no order."""
    return session.scalars(select(Case).where(Case.status.in_(statuses))).all()


def lock_case(session: Session, case_id: bytes) -> Case | None:
    """Return the case, locked until the unit ends (SQLite's unit already holds the write lock)."""
    return session.scalar(
        select(Case).where(Case.id == case_id).with_for_update().execution_options(populate_existing=True)
    )


def generations(session: Session, case_id: bytes) -> dict[str, int]:
    """Return the current generation of each compartment."""
    rows = session.scalars(select(CompartmentRow).where(CompartmentRow.case_id == case_id))
    return {row.compartment: row.generation for row in rows}


def generations_of(session: Session, case_ids: Sequence[bytes]) -> dict[bytes, dict[str, int]]:
    """Return the current generation of each compartment of several cases."""
    found: dict[bytes, dict[str, int]] = {case_id: {} for case_id in case_ids}
    for row in session.scalars(select(CompartmentRow).where(CompartmentRow.case_id.in_(case_ids))):
        found[row.case_id][row.compartment] = row.generation
    return found


def cases_without(session: Session, compartment: str) -> Sequence[bytes]:
    """Return the cases that do not have a compartment."""
    there = select(CompartmentRow.case_id).where(CompartmentRow.compartment == compartment)
    return session.scalars(select(Case.id).where(Case.id.not_in(there)).order_by(Case.id)).all()


def raise_generation(session: Session, case_id: bytes, compartment: str) -> int:
    """Begin the next key generation of a compartment and return its number."""
    row = session.get_one(CompartmentRow, (case_id, compartment), populate_existing=True)
    row.generation += 1
    session.flush()
    return row.generation


def items_of(session: Session, case_id: bytes, *kinds: str) -> Sequence[Item]:
    """Return the sealed items of a case, of these kinds or of all."""
    query = select(Item).where(Item.case_id == case_id)
    return session.scalars(query.where(Item.kind.in_(kinds)) if kinds else query).all()


def items_of_kind(session: Session, case_ids: Sequence[bytes], kind: str) -> Sequence[Item]:
    """Return the sealed items of one kind of several cases."""
    return session.scalars(select(Item).where(Item.case_id.in_(case_ids), Item.kind == kind)).all()


def items_of_kinds(session: Session, case_ids: Sequence[bytes], kinds: Sequence[str]) -> Sequence[Item]:
    """Return the sealed items of these kinds of several cases, in no order."""
    return session.scalars(select(Item).where(Item.case_id.in_(case_ids), Item.kind.in_(kinds))).all()


def count_items(session: Session, case_ids: Sequence[bytes], kind: str) -> dict[bytes, int]:
    """Return how many sealed items of a kind each of several cases has; one that has none is left out."""
    query = select(Item.case_id, func.count()).where(Item.case_id.in_(case_ids), Item.kind == kind)
    return {case_id: int(count) for case_id, count in session.execute(query.group_by(Item.case_id)).all()}


def cases_with_office(session: Session, statuses: Sequence[str]) -> dict[bytes, bytes]:
    """Return the office of every case of these stages, by case."""
    rows = session.execute(select(Case.id, Case.office_id).where(Case.status.in_(statuses)))
    return {case_id: office_id for case_id, office_id in rows if office_id is not None}


def any_waits(session: Session, kind: str, statuses: Sequence[str]) -> bool:
    """Return whether any case of a kind, in one of these statuses, waits for an answer."""
    waits = select(Case.id).where(Case.kind == kind, Case.status.in_(statuses), Case.waiting.is_(True))
    return session.scalar(waits.limit(1)) is not None


def remove_case(session: Session, case_id: bytes) -> None:
    """Delete every row of a case."""
    for table in (Item, CompartmentRow):
        session.execute(delete(table).where(table.case_id == case_id))
    session.execute(delete(Case).where(Case.id == case_id))
