"""Every version of what was said about the law of a country. A row is only added: a case may rest on what it said."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import Date, Integer, LargeBinary, String, func, select
from sqlalchemy.orm import Mapped, Session

from reporting.store.columns import DataClass, column
from reporting.store.database import Base

KEEP = "as long as the instance: somebody may have relied on it"


class LegalProfileRow(Base):
    """One version of the profile of a country; triggers refuse to change or delete it."""

    __tablename__ = "legal_profiles"

    number: Mapped[int] = column(
        Integer, primary_key=True, autoincrement=False, holds=DataClass.PUBLIC, purpose="the version", keep=KEEP
    )
    country: Mapped[str] = column(
        String(2), index=True, holds=DataClass.PUBLIC, purpose="whose law it is, by its code", keep=KEEP
    )
    content: Mapped[bytes] = column(
        LargeBinary,
        holds=DataClass.PUBLIC,
        purpose="what it says, with the name of the reviewer, as canonical JSON",
        keep=KEEP,
    )
    digest: Mapped[bytes] = column(LargeBinary(32), holds=DataClass.PUBLIC, purpose="SHA-256 of the content", keep=KEEP)
    added_on: Mapped[date] = column(Date, holds=DataClass.PUBLIC, purpose="since when it stands here", keep=KEEP)


def find_profile(session: Session, number: int) -> LegalProfileRow | None:
    """Return a version by its number."""
    return session.get(LegalProfileRow, number)


def newest_profile(session: Session, country: str) -> LegalProfileRow | None:
    """Return the version of a country that was added last."""
    query = select(LegalProfileRow).where(LegalProfileRow.country == country)
    return session.scalars(query.order_by(LegalProfileRow.number.desc()).limit(1)).first()


def profiles_of(session: Session, country: str) -> Sequence[LegalProfileRow]:
    """Return every version of a country, the newest first."""
    query = select(LegalProfileRow).where(LegalProfileRow.country == country)
    return session.scalars(query.order_by(LegalProfileRow.number.desc())).all()


def newest_profiles(session: Session) -> Sequence[LegalProfileRow]:
    """Return the newest version of each country, by its code."""
    newest = select(func.max(LegalProfileRow.number)).group_by(LegalProfileRow.country)
    query = select(LegalProfileRow).where(LegalProfileRow.number.in_(newest))
    return session.scalars(query.order_by(LegalProfileRow.country)).all()


def all_profiles(session: Session) -> Sequence[LegalProfileRow]:
    """Return every version of every country, in the order in which they were added."""
    return session.scalars(select(LegalProfileRow).order_by(LegalProfileRow.number)).all()


def last_profile_number(session: Session) -> int:
    """Return the number of the version that was added last."""
    return session.scalar(select(func.max(LegalProfileRow.number))) or 0
