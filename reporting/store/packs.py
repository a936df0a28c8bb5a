"""Every policy pack that was ever loaded. A row is only added: a case keeps its version for as long as it is there."""

from collections.abc import Sequence
from datetime import date
from typing import Final

from sqlalchemy import Date, ForeignKey, Integer, LargeBinary, func, or_, select
from sqlalchemy.orm import Mapped, Session

from reporting.store.columns import DataClass, column
from reporting.store.database import Base

KEEP = "as long as the instance: cases stand under it"
SHIPPED: Final = 1
"""The number of the pack that ships with the program; the migration puts it there."""


class PackRow(Base):
    """One version of the rules of an organisation; triggers refuse to change or delete it."""

    __tablename__ = "packs"

    number: Mapped[int] = column(
        Integer, primary_key=True, autoincrement=False, holds=DataClass.PUBLIC, purpose="the version", keep=KEEP
    )
    organisation_id: Mapped[bytes | None] = column(
        ForeignKey("offices.id"),
        holds=DataClass.PUBLIC,
        purpose="the root office whose rules they are; empty for what ships with the program",
        keep=KEEP,
    )
    content: Mapped[bytes] = column(
        LargeBinary, holds=DataClass.PUBLIC, purpose="the file as it was loaded, byte for byte", keep=KEEP
    )
    digest: Mapped[bytes] = column(LargeBinary(32), holds=DataClass.PUBLIC, purpose="SHA-256 of the content", keep=KEEP)
    loaded_on: Mapped[date | None] = column(
        Date, holds=DataClass.PUBLIC, purpose="since when it counts; empty for what ships with the program", keep=KEEP
    )


def find_pack(session: Session, number: int) -> PackRow | None:
    """Return a version."""
    return session.get(PackRow, number)


def newest_pack(session: Session, organisation_id: bytes | None) -> PackRow:
    """Return the version in force: the last that the organisation loaded, or what ships with the program."""
    own = PackRow.organisation_id == organisation_id
    query = select(PackRow).where(or_(own, PackRow.number == SHIPPED)).order_by(PackRow.number.desc()).limit(1)
    return session.scalars(query).one()


def packs_of(session: Session, organisation_id: bytes) -> Sequence[PackRow]:
    """Return every version that an organisation has had, the newest first; the shipped one is the last."""
    own = PackRow.organisation_id == organisation_id
    query = select(PackRow).where(or_(own, PackRow.number == SHIPPED)).order_by(PackRow.number.desc())
    return session.scalars(query).all()


def last_number(session: Session) -> int:
    """Return the number of the version that was added last."""
    return session.scalar(select(func.max(PackRow.number))) or 0


def all_packs(session: Session) -> Sequence[PackRow]:
    """Return every version of every organisation, in the order of loading."""
    return session.scalars(select(PackRow).order_by(PackRow.number)).all()
