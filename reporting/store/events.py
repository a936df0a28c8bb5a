"""Events whose code leads to an office: a training, a conference, a mission."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import Date, ForeignKey, LargeBinary, String, select
from sqlalchemy.orm import Mapped, Session

from reporting.store.columns import DataClass, column
from reporting.store.database import Base

KEEP = "while the instance exists: a code that was printed keeps leading somewhere"


class Event(Base):
    """Something that takes place for some days, with a short code of its own."""

    __tablename__ = "events"

    id: Mapped[bytes] = column(
        LargeBinary(16), primary_key=True, holds=DataClass.PUBLIC, purpose="names the event", keep=KEEP
    )
    code: Mapped[str] = column(
        String(40), unique=True, holds=DataClass.PUBLIC, purpose="short code on posters", keep=KEEP
    )
    name: Mapped[str] = column(String(200), holds=DataClass.PUBLIC, purpose="what it is called", keep=KEEP)
    office_id: Mapped[bytes] = column(
        ForeignKey("offices.id"), holds=DataClass.PUBLIC, purpose="the office that its code leads to", keep=KEEP
    )
    starts_on: Mapped[date] = column(Date, holds=DataClass.PUBLIC, purpose="its first day", keep=KEEP)
    ends_on: Mapped[date] = column(Date, holds=DataClass.PUBLIC, purpose="its last day", keep=KEEP)


def find_event(session: Session, event_id: bytes) -> Event | None:
    """Return the event with this id."""
    return session.get(Event, event_id)


def find_event_by_code(session: Session, code: str) -> Event | None:
    """Return the event whose code this is, upper or lower case alike."""
    if not code.isprintable():
        return None  # PostgreSQL refuses to compare a NUL
    return session.scalar(select(Event).where(Event.code == code.strip().lower()))


def all_events(session: Session) -> Sequence[Event]:
    """Return every event, the latest first."""
    return session.scalars(select(Event).order_by(Event.starts_on.desc(), Event.name, Event.id)).all()
