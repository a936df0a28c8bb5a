"""Reporters: a lookup id and a public key, and nothing else."""

from sqlalchemy import LargeBinary, delete, select
from sqlalchemy.orm import Mapped, Session

from reporting.store.columns import NO_ROWID, DataClass, column
from reporting.store.database import Base

KEEP = "until the token is replaced or its last case is erased"


class Reporter(Base):
    """What is kept of a token: neither the token nor anything that opens it."""

    __tablename__ = "reporters"
    __table_args__ = NO_ROWID

    lookup_id: Mapped[bytes] = column(
        LargeBinary(16), primary_key=True, holds=DataClass.HASH, purpose="finds her cases from her token", keep=KEEP
    )
    public_key: Mapped[bytes] = column(
        LargeBinary(1216), holds=DataClass.KEY, purpose="grants are sealed to it", keep=KEEP
    )
    tag: Mapped[bytes] = column(
        LargeBinary(32), holds=DataClass.HASH, purpose="authenticates the public key", keep=KEEP
    )


def find_reporter(session: Session, lookup_id: bytes) -> Reporter | None:
    """Return the reporter behind this lookup id."""
    return session.get(Reporter, lookup_id)


def lock_reporter(session: Session, lookup_id: bytes) -> Reporter | None:
    """Return a reporter, locked until the unit ends: of a case that comes and a token that goes, one must be first."""
    query = select(Reporter).where(Reporter.lookup_id == lookup_id).with_for_update()
    return session.scalar(query.execution_options(populate_existing=True))


def remove_reporter(session: Session, lookup_id: bytes) -> None:
    """Forget a token."""
    session.execute(delete(Reporter).where(Reporter.lookup_id == lookup_id))
