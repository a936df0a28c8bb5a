"""Grants: a compartment key sealed to one holder. No grant, no key; no key, no plaintext."""

from collections.abc import Sequence
from datetime import date, timedelta

from sqlalchemy import ForeignKey, Index, Integer, LargeBinary, String, UniqueConstraint, delete, select
from sqlalchemy.orm import Mapped, Session

from reporting.store.cases import KEEP
from reporting.store.columns import NO_ROWID, DataClass, column
from reporting.store.database import Base
from reporting.store.holdings import Holding
from reporting.store.holds import HoldGrant
from reporting.store.referral_links import ReferralLink
from reporting.store.shred import ShredKeyRow, forget_shred_keys

STRAY_DAYS, STRAY_WEEK = 90, 7
SAMPLE = 500


class Grant(Base):
    """One generation of one compartment key, sealed to one holder and then under a shred key."""

    __tablename__ = "grants"
    __table_args__ = (
        UniqueConstraint("case_id", "compartment", "generation", "part", "holder", name="uq_grants_once"),
        # Without the case in it, opening one case would read every grant of somebody who holds ten thousand.
        Index("ix_grants_holder", "holder", "case_id"),
        NO_ROWID,
    )

    id: Mapped[bytes] = column(
        LargeBinary(16), primary_key=True, holds=DataClass.COARSE, purpose="names the grant", keep=KEEP
    )
    case_id: Mapped[bytes] = column(ForeignKey("cases.id"), holds=DataClass.COARSE, purpose="the case", keep=KEEP)
    compartment: Mapped[str] = column(String(20), holds=DataClass.COARSE, purpose="which compartment", keep=KEEP)
    generation: Mapped[int] = column(Integer, holds=DataClass.COARSE, purpose="which key generation", keep=KEEP)
    part: Mapped[str] = column(
        String(20), holds=DataClass.COARSE, purpose="the whole key, or one half of it", keep=KEEP
    )
    holder: Mapped[bytes] = column(
        LargeBinary(17),
        holds=DataClass.COARSE,
        purpose="r or g (a guest) and a lookup id, or s and a staff id",
        keep="until it is taken back",
    )
    sealed: Mapped[bytes] = column(
        LargeBinary, holds=DataClass.KEY, purpose="the sealed key", keep="until it is taken back"
    )
    tag: Mapped[bytes] = column(
        LargeBinary(32), holds=DataClass.HASH, purpose="authenticates the grant", keep="until it is taken back"
    )


def holder_of_staff(staff_id: bytes) -> bytes:
    """Return how a grant names a member of staff."""
    return b"s" + staff_id


def holder_of_reporter(lookup_id: bytes) -> bytes:
    """Return how a grant names a reporter."""
    return b"r" + lookup_id


def holder_of_guest(lookup_id: bytes) -> bytes:
    """Return how a grant names a guest of hers."""
    return b"g" + lookup_id


def grants_of_case(session: Session, case_id: bytes) -> Sequence[Grant]:
    """Return every grant of a case."""
    return session.scalars(select(Grant).where(Grant.case_id == case_id)).all()


def grants_held(session: Session, case_id: bytes, holder: bytes) -> Sequence[Grant]:
    """Return the grants of a case that one holder has."""
    return session.scalars(select(Grant).where(Grant.case_id == case_id, Grant.holder == holder)).all()


def grants_held_in(session: Session, case_ids: Sequence[bytes], holder: bytes) -> Sequence[Grant]:
    """Return the grants of several cases that one holder has."""
    return session.scalars(select(Grant).where(Grant.case_id.in_(case_ids), Grant.holder == holder)).all()


def grants_of_holder(session: Session, holder: bytes) -> Sequence[Grant]:
    """Return every grant that one holder has, in whichever case."""
    return session.scalars(select(Grant).where(Grant.holder == holder)).all()


def staff_who_open(session: Session, case_id: bytes, compartment: str, part: str) -> set[bytes]:
    """Return the ids of the staff who have a grant of this part of a compartment, of whichever generation."""
    condition = (Grant.case_id == case_id) & (Grant.compartment == compartment) & (Grant.part == part)
    return {holder[1:] for holder in session.scalars(select(Grant.holder).where(condition)) if holder[:1] == b"s"}


def holders_who_open(session: Session, compartment: str, part: str) -> set[tuple[bytes, bytes]]:
    """Return (case id, staff id) of everybody who handles a case and has a grant of this part of a compartment."""
    query = select(Holding.case_id, Holding.staff_id, Grant.holder).join(Grant, Grant.case_id == Holding.case_id)
    rows = session.execute(query.where(Grant.compartment == compartment, Grant.part == part))
    return {(case_id, staff_id) for case_id, staff_id, holder in rows if holder == holder_of_staff(staff_id)}


def cases_granted_to(session: Session, holder: bytes) -> Sequence[bytes]:
    """Return the ids of the cases of which a holder has any grant."""
    return session.scalars(select(Grant.case_id).where(Grant.holder == holder).distinct().order_by(Grant.case_id)).all()


def remove_grants(main: Session, shred: Session, grants: Sequence[Grant]) -> None:
    """Take grants away: first the shred keys, without which the rows are noise, then the rows."""
    ids = [grant.id for grant in grants]
    forget_shred_keys(shred, ids)
    main.execute(delete(Grant).where(Grant.id.in_(ids)))


def stray_shred_keys(main: Session, shred: Session, today: date) -> list[bytes]:
    """Return shred keys about ninety days old that have no grant: left by a crash between the two commits.

    A stray opens nothing, so there is no hurry; and whoever restored the wrong backup has all that time to notice
    before a key goes whose grant stands in the right one. Only one week of keys is looked at.
    """
    newest = today - timedelta(days=STRAY_DAYS)
    in_week = ShredKeyRow.made_on.between(newest - timedelta(days=STRAY_WEEK), newest)
    return sorted(_without_grant(main, set(shred.scalars(select(ShredKeyRow.grant_id).where(in_week)))))


def has_stray_shred_keys(main: Session, shred: Session, today: date) -> bool:
    """Return whether a shred key from before today has no grant: as after a restore of an older main database."""
    older = shred.scalars(select(ShredKeyRow.grant_id).where(ShredKeyRow.made_on < today))
    return bool(_without_grant(main, set(older)))


def shred_store_fits(main: Session, shred: Session) -> bool:
    """Return whether the shred store is one of this database: it has a key of one of the first grants, if any are."""
    some = main.scalars(select(Grant.id).order_by(Grant.id).limit(SAMPLE)).all()
    found = select(ShredKeyRow.grant_id).where(ShredKeyRow.grant_id.in_(some)).limit(1)
    return not some or shred.scalar(found) is not None


def _without_grant(main: Session, ids: set[bytes]) -> set[bytes]:
    if not ids:
        return ids
    known = (select(Grant.id), select(HoldGrant.id), select(ReferralLink.id))
    return ids.difference(*(main.scalars(one) for one in known))
