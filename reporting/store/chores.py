"""Timed work: one row per chore, with a due time and a lease."""

from datetime import datetime

from sqlalchemy import DateTime, String, or_, update
from sqlalchemy.orm import Mapped, Session

from reporting.store.columns import DataClass, column
from reporting.store.database import Base, count_changed

KEEP = "as long as the instance"


class Chore(Base):
    """When a chore is due next, and who is at it."""

    __tablename__ = "chores"

    name: Mapped[str] = column(String(40), primary_key=True, holds=DataClass.COARSE, purpose="the chore", keep=KEEP)
    due_at: Mapped[datetime] = column(DateTime, holds=DataClass.COARSE, purpose="not before", keep=KEEP)
    leased_until: Mapped[datetime | None] = column(
        DateTime, holds=DataClass.COARSE, purpose="one runner at a time", keep="minutes"
    )
    outcome: Mapped[str] = column(
        String(60), holds=DataClass.COARSE, purpose="how it ended last", keep="until it runs again", default=""
    )


def take_lease(session: Session, name: str, now: datetime, until: datetime) -> bool:
    """Lease a due chore and return whether this caller got it."""
    taken = count_changed(
        session,
        update(Chore)
        .where(Chore.name == name, Chore.due_at <= now, or_(Chore.leased_until.is_(None), Chore.leased_until <= now))
        .values(leased_until=until),
    )
    return bool(taken)
