"""Offices: a forest; staff scope follows the tree."""

from collections.abc import Iterable, Sequence

from sqlalchemy import Boolean, ForeignKey, Integer, LargeBinary, String, Text, select
from sqlalchemy.orm import Mapped, Session

from reporting.store.columns import DataClass, column
from reporting.store.database import Base

KEEP = "while the office exists"


class Office(Base):
    """A place that receives reports, or the outside desk that watches such places."""

    __tablename__ = "offices"

    id: Mapped[bytes] = column(
        LargeBinary(16), primary_key=True, holds=DataClass.PUBLIC, purpose="names the office", keep=KEEP
    )
    parent_id: Mapped[bytes | None] = column(
        ForeignKey("offices.id"), holds=DataClass.PUBLIC, purpose="the office above it", keep=KEEP
    )
    desk_id: Mapped[bytes | None] = column(
        ForeignKey("offices.id"), holds=DataClass.PUBLIC, purpose="the outside desk that watches it", keep=KEEP
    )
    name: Mapped[str] = column(String(200), holds=DataClass.PUBLIC, purpose="shown when she chooses", keep=KEEP)
    code: Mapped[str] = column(
        String(40), unique=True, holds=DataClass.PUBLIC, purpose="short code on posters", keep=KEEP
    )
    external: Mapped[bool] = column(
        Boolean, holds=DataClass.PUBLIC, purpose="marks an outside desk", keep=KEEP, default=False
    )
    country: Mapped[str] = column(
        String(2),
        holds=DataClass.PUBLIC,
        purpose="whose law counts and where help is near",
        keep=KEEP,
        default="",
    )
    head_count: Mapped[int] = column(
        Integer, holds=DataClass.PUBLIC, purpose="public size, decides what numbers may be published", keep=KEEP
    )
    time_zone: Mapped[str] = column(
        String(60), holds=DataClass.PUBLIC, purpose="working days are counted in it", keep=KEEP, default="UTC"
    )
    weekend: Mapped[str] = column(
        String(20),
        holds=DataClass.PUBLIC,
        purpose="days of each week on which nobody works there",
        keep=KEEP,
        default="sat,sun",
    )
    holidays: Mapped[str] = column(
        Text, holds=DataClass.PUBLIC, purpose="days on which nobody works there", keep=KEEP, default=""
    )
    reader_languages: Mapped[str] = column(
        String(100), holds=DataClass.PUBLIC, purpose="languages its readers read", keep=KEEP, default="en"
    )
    emergency: Mapped[str] = column(
        String(60), holds=DataClass.PUBLIC, purpose="emergency number shown on her pages", keep=KEEP, default=""
    )
    is_open: Mapped[bool] = column(
        Boolean, holds=DataClass.PUBLIC, purpose="whether reporting was opened for it", keep=KEEP, default=False
    )


def find_office(session: Session, office_id: bytes) -> Office | None:
    """Return the office with this id."""
    return session.get(Office, office_id)


def find_office_by_code(session: Session, code: str) -> Office | None:
    """Return the office whose poster code this is, upper or lower case alike."""
    if not code.isprintable():
        return None  # PostgreSQL refuses to compare a NUL
    return session.scalar(select(Office).where(Office.code == code.strip().lower()))


def all_offices(session: Session) -> Sequence[Office]:
    """Return every office, by name."""
    return session.scalars(select(Office).order_by(Office.name)).all()


def find_offices(session: Session, office_ids: Iterable[bytes]) -> dict[bytes, Office]:
    """Return some offices by their ids."""
    return {office.id: office for office in session.scalars(select(Office).where(Office.id.in_(set(office_ids))))}


def names_of(session: Session, office_ids: Iterable[bytes]) -> dict[bytes, str]:
    """Return the names of some offices."""
    return dict(session.execute(select(Office.id, Office.name).where(Office.id.in_(set(office_ids)))).all())


def root_of(session: Session, office: Office) -> Office:
    """Return the organisation that an office belongs to: the top of its tree."""
    seen: set[bytes] = set()
    current: Office | None = office
    while current is not None and current.id not in seen:
        seen.add(current.id)
        office = current
        current = session.get(Office, current.parent_id) if current.parent_id else None
    return office


def desk_of(session: Session, office: Office) -> Office | None:
    """Return the outside desk of an office: its own, or the nearest one up the tree."""
    seen: set[bytes] = set()
    current: Office | None = office
    while current is not None and current.id not in seen:
        seen.add(current.id)
        if current.desk_id is not None:
            return session.get(Office, current.desk_id)
        current = session.get(Office, current.parent_id) if current.parent_id else None
    return None
