"""Links with which a service opens, once, what she agreed to; all of it is sealed, and most of it is short-lived.

A row knows the random ids of its case and of the sealed referral, days, and one coarse word of the service. Which
service it is, what it may open and what it is told stand under seals.
"""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import Date, ForeignKey, LargeBinary, String, delete, select
from sqlalchemy.orm import Mapped, Session

from reporting.store.blobs import forget_blob_keys
from reporting.store.columns import NO_ROWID, DataClass, column
from reporting.store.database import Base
from reporting.store.shred import SurvivorSession, forget_shred_keys

KEEP = "until it is stopped, or its word stands in the sealed referral, and never longer than the case"


class ReferralLink(Base):
    """One link; its key is sealed like a grant, to a key pair under a passphrase, with a shred key of its own."""

    __tablename__ = "referral_links"
    __table_args__ = NO_ROWID

    id: Mapped[bytes] = column(
        LargeBinary(16), primary_key=True, holds=DataClass.COARSE, purpose="stands in the address", keep=KEEP
    )
    case_id: Mapped[bytes] = column(
        ForeignKey("cases.id"), index=True, holds=DataClass.COARSE, purpose="the case", keep=KEEP
    )
    referral_id: Mapped[bytes] = column(
        LargeBinary(16), holds=DataClass.COARSE, purpose="the item in which the referral is sealed", keep=KEEP
    )
    seed: Mapped[bytes] = column(
        LargeBinary(153), holds=DataClass.KEY, purpose="a key seed under the passphrase", keep=KEEP
    )
    key: Mapped[bytes] = column(LargeBinary, holds=DataClass.KEY, purpose="the sealed key of the content", keep=KEEP)
    content: Mapped[bytes] = column(
        LargeBinary, holds=DataClass.SEALED, purpose="what the service may open; empty when it is over", keep=KEEP
    )
    until_on: Mapped[date] = column(Date, index=True, holds=DataClass.COARSE, purpose="the last day", keep=KEEP)
    session: Mapped[bytes] = column(
        LargeBinary(32), holds=DataClass.HASH, purpose="the one session that opened it; empty before", keep=KEEP
    )
    ended: Mapped[bool] = column(holds=DataClass.COARSE, purpose="it opens nothing any more", keep=KEEP)
    word: Mapped[str] = column(
        String(10), holds=DataClass.COARSE, purpose="the service helps, cannot help, or has done it", keep=KEEP
    )
    tag: Mapped[bytes] = column(LargeBinary(32), holds=DataClass.HASH, purpose="authenticates the row", keep=KEEP)


def find_link(session: Session, link_id: bytes) -> ReferralLink | None:
    """Return the link with this id."""
    return session.get(ReferralLink, link_id)


def lock_link(session: Session, link_id: bytes) -> ReferralLink | None:
    """Return the link with this id as it stands now, locked until the unit ends."""
    query = select(ReferralLink).where(ReferralLink.id == link_id)
    return session.scalar(query.with_for_update().execution_options(populate_existing=True))


def links_of(session: Session, case_id: bytes) -> Sequence[ReferralLink]:
    """Return the links of a case."""
    query = select(ReferralLink).where(ReferralLink.case_id == case_id).order_by(ReferralLink.id)
    return session.scalars(query).all()


def lock_links(session: Session, case_id: bytes) -> Sequence[ReferralLink]:
    """Return the links of a case as they stand now, locked until the unit ends."""
    query = select(ReferralLink).where(ReferralLink.case_id == case_id).order_by(ReferralLink.id)
    return session.scalars(query.with_for_update().execution_options(populate_existing=True)).all()


def live_links(session: Session) -> Sequence[ReferralLink]:
    """Return every link that has not ended and that nobody is changing now, locked until the unit ends.

    It waits for none: whoever holds one may wait for something that the sweep holds already.
    """
    query = select(ReferralLink).where(ReferralLink.ended.is_(False)).order_by(ReferralLink.id)
    return session.scalars(query.with_for_update(skip_locked=True)).all()


def close_link(shred: Session, link: ReferralLink) -> None:
    """Let a link open nothing any more: its keys, the session that reads and the content go; the word stays."""
    forget_blob_keys(shred, link.id)
    forget_shred_keys(shred, [link.id])
    shred.execute(delete(SurvivorSession).where(SurvivorSession.id_hash == link.session))
    link.content, link.ended = b"", True


def remove_links(main: Session, shred: Session, links: Sequence[ReferralLink]) -> None:
    """Close links and delete their rows."""
    for link in links:
        close_link(shred, link)
    main.flush()
    main.execute(delete(ReferralLink).where(ReferralLink.id.in_([link.id for link in links])))
