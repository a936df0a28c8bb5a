"""The recovery key and the copies of staff seeds that are sealed to it.

The key itself exists only in shares, on paper and away from here. Each copy has a shred key in the shred store, so
that a copy that was destroyed is noise in every backup.
"""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import Date, ForeignKey, Integer, LargeBinary, delete, select
from sqlalchemy.orm import Mapped, Session

from reporting.store.columns import NO_ROWID, DataClass, column
from reporting.store.database import FORGOT, Base, ShredBase

KEEP = "until the recovery key is renewed or given up"
KEEP_COPY = "until the key is renewed, the account starts anew or is disabled"


class RecoveryKey(Base):
    """The public half of the one recovery key, and how many of how many shares give the private half."""

    __tablename__ = "recovery_keys"

    id: Mapped[bytes] = column(
        LargeBinary(16), primary_key=True, holds=DataClass.COARSE, purpose="names the key", keep=KEEP
    )
    public_key: Mapped[bytes] = column(
        LargeBinary(1216), holds=DataClass.KEY, purpose="staff seeds are sealed to it", keep=KEEP
    )
    threshold: Mapped[int] = column(
        Integer, holds=DataClass.PUBLIC, purpose="how many shares are needed; shown to survivors", keep=KEEP
    )
    shares: Mapped[int] = column(
        Integer, holds=DataClass.PUBLIC, purpose="how many shares there are; shown to survivors", keep=KEEP
    )
    made_on: Mapped[date] = column(Date, holds=DataClass.COARSE, purpose="the day of the ceremony", keep=KEEP)
    tag: Mapped[bytes] = column(
        LargeBinary(32), holds=DataClass.HASH, purpose="authenticates the row under the instance key", keep=KEEP
    )


class RecoveryCopy(Base):
    """The seed of one member of staff, sealed to the recovery key."""

    __tablename__ = "recovery_copies"

    staff_id: Mapped[bytes] = column(
        ForeignKey("staff.id"), primary_key=True, holds=DataClass.STAFF, purpose="whose seed it is", keep=KEEP_COPY
    )
    id: Mapped[bytes] = column(
        LargeBinary(16), holds=DataClass.COARSE, purpose="finds its shred key; drawn anew each time", keep=KEEP_COPY
    )
    key_id: Mapped[bytes] = column(
        ForeignKey("recovery_keys.id"), holds=DataClass.COARSE, purpose="the key it is sealed to", keep=KEEP_COPY
    )
    sealed: Mapped[bytes] = column(
        LargeBinary, holds=DataClass.SEALED, purpose="the seed; opens for a quorum alone", keep=KEEP_COPY
    )


class RecoveryShredKey(ShredBase):
    """The key without which a recovery copy is noise."""

    __tablename__ = "recovery_shred_keys"
    __table_args__ = NO_ROWID

    copy_id: Mapped[bytes] = column(
        LargeBinary(16), primary_key=True, holds=DataClass.COARSE, purpose="the copy", keep=KEEP_COPY
    )
    key: Mapped[bytes] = column(
        LargeBinary(32), holds=DataClass.KEY, purpose="opens the outer seal of a copy", keep=KEEP_COPY
    )


def recovery_key(session: Session) -> RecoveryKey | None:
    """Return the recovery key, where there is one."""
    return session.scalars(select(RecoveryKey)).one_or_none()


def copy_of(session: Session, staff_id: bytes) -> RecoveryCopy | None:
    """Return the copy of somebody's seed, where there is one."""
    return session.get(RecoveryCopy, staff_id)


def all_copies(session: Session) -> Sequence[RecoveryCopy]:
    """Return every copy."""
    return session.scalars(select(RecoveryCopy)).all()


def destroy_copies(main: Session, shred: Session, copies: Sequence[RecoveryCopy]) -> None:
    """Destroy copies: first the shred keys, without which the rows are noise, then the rows."""
    shred.execute(delete(RecoveryShredKey).where(RecoveryShredKey.copy_id.in_([copy.id for copy in copies])))
    shred.info[FORGOT] = True  # the log is emptied as soon as the unit has committed
    for copy in copies:
        main.delete(copy)
    main.flush()


def destroy_stray_shred_keys(main: Session, shred: Session) -> None:
    """Destroy shred keys whose copy is gone: left by a crash between the two commits."""
    there = set(shred.scalars(select(RecoveryShredKey.copy_id)))
    stray = there - set(main.scalars(select(RecoveryCopy.id)))
    shred.execute(delete(RecoveryShredKey).where(RecoveryShredKey.copy_id.in_(stray)))
