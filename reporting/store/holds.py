"""What a law keeps: copies of listed items under a key of their own, granted to the handlers alone.

The copies stand beside the case and outlive it. A hold knows the random id of its case and the day on which it ends,
and nothing of what is in it.
"""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import Date, ForeignKey, LargeBinary, String, UniqueConstraint, delete, select
from sqlalchemy.orm import Mapped, Session

from reporting.store.blobs import forget_blob_keys
from reporting.store.columns import NO_ROWID, DataClass, column
from reporting.store.database import Base
from reporting.store.shred import forget_shred_keys

KEEP = "until the day that she was told, or until a handler ends the hold"


class Hold(Base):
    """That a law keeps something of a case, and until when."""

    __tablename__ = "holds"
    __table_args__ = NO_ROWID

    id: Mapped[bytes] = column(
        LargeBinary(16), primary_key=True, holds=DataClass.COARSE, purpose="names the hold", keep=KEEP
    )
    case_id: Mapped[bytes] = column(
        LargeBinary(16), index=True, holds=DataClass.COARSE, purpose="the case, which may be erased by now", keep=KEEP
    )
    until: Mapped[date] = column(
        Date, index=True, holds=DataClass.COARSE, purpose="the last day on which it is kept", keep=KEEP
    )
    tag: Mapped[bytes] = column(
        LargeBinary(32), holds=DataClass.HASH, purpose="authenticates the case and the day", keep=KEEP
    )


class HeldItem(Base):
    """A copy of one listed item, sealed under the key of the hold."""

    __tablename__ = "held_items"
    __table_args__ = NO_ROWID

    id: Mapped[bytes] = column(
        LargeBinary(16), primary_key=True, holds=DataClass.COARSE, purpose="names the copy", keep=KEEP
    )
    hold_id: Mapped[bytes] = column(
        ForeignKey("holds.id"), index=True, holds=DataClass.COARSE, purpose="the hold", keep=KEEP
    )
    kind: Mapped[str] = column(String(20), holds=DataClass.COARSE, purpose="what it is", keep=KEEP)
    sealed: Mapped[bytes] = column(LargeBinary, holds=DataClass.SEALED, purpose="the content", keep=KEEP)


class HoldGrant(Base):
    """The key of a hold sealed to one handler, under a shred key of its own."""

    __tablename__ = "hold_grants"
    __table_args__ = (UniqueConstraint("hold_id", "holder", name="uq_hold_grants_once"), NO_ROWID)

    id: Mapped[bytes] = column(
        LargeBinary(16), primary_key=True, holds=DataClass.COARSE, purpose="names the grant", keep=KEEP
    )
    hold_id: Mapped[bytes] = column(ForeignKey("holds.id"), holds=DataClass.COARSE, purpose="the hold", keep=KEEP)
    holder: Mapped[bytes] = column(
        LargeBinary(17), index=True, holds=DataClass.STAFF, purpose="s and a staff id", keep="until it is taken back"
    )
    sealed: Mapped[bytes] = column(
        LargeBinary, holds=DataClass.KEY, purpose="the sealed key", keep="until it is taken back"
    )
    tag: Mapped[bytes] = column(
        LargeBinary(32), holds=DataClass.HASH, purpose="authenticates the grant", keep="until it is taken back"
    )


def find_hold(session: Session, hold_id: bytes) -> Hold | None:
    """Return the hold with this id, locked until the unit ends."""
    return session.scalar(select(Hold).where(Hold.id == hold_id).with_for_update())


def holds_of_case(session: Session, case_id: bytes) -> Sequence[Hold]:
    """Return the holds of a case."""
    return session.scalars(select(Hold).where(Hold.case_id == case_id).order_by(Hold.until, Hold.id)).all()


def holds_granted_to(session: Session, holder: bytes) -> Sequence[Hold]:
    """Return the holds of which somebody has a grant."""
    query = select(Hold).join(HoldGrant, HoldGrant.hold_id == Hold.id).where(HoldGrant.holder == holder)
    return session.scalars(query.order_by(Hold.until, Hold.id)).all()


def all_holds(session: Session) -> Sequence[Hold]:
    """Return every hold, locked until the unit ends."""
    return session.scalars(select(Hold).order_by(Hold.id).with_for_update()).all()


def held_items_of(session: Session, hold_id: bytes) -> Sequence[HeldItem]:
    """Return the copies that a hold keeps."""
    return session.scalars(select(HeldItem).where(HeldItem.hold_id == hold_id)).all()


def hold_grants_of(session: Session, hold_id: bytes) -> Sequence[HoldGrant]:
    """Return the grants of a hold."""
    return session.scalars(select(HoldGrant).where(HoldGrant.hold_id == hold_id)).all()


def remove_hold(main: Session, shred: Session, hold_id: bytes) -> None:
    """Destroy what a hold keeps: first the keys of its files and the shred keys of its grants, then the rows."""
    forget_blob_keys(shred, hold_id)
    forget_shred_keys(shred, [grant.id for grant in hold_grants_of(main, hold_id)])
    for table in (HoldGrant, HeldItem):
        main.execute(delete(table).where(table.hold_id == hold_id))
    main.execute(delete(Hold).where(Hold.id == hold_id))


def take_holds_back(main: Session, shred: Session, holder: bytes, case_id: bytes | None = None) -> None:
    """Take from somebody the grants of what is kept of one case, or of every case."""
    query = select(HoldGrant.id).join(Hold, Hold.id == HoldGrant.hold_id).where(HoldGrant.holder == holder)
    lost = main.scalars(query.where(Hold.case_id == case_id) if case_id is not None else query).all()
    if lost:
        forget_shred_keys(shred, lost)
        main.execute(delete(HoldGrant).where(HoldGrant.id.in_(lost)))
