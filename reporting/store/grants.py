"""Grants: a compartment key sealed to one holder. No grant, no key; no key, no plaintext."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import ForeignKey, Integer, LargeBinary, String, UniqueConstraint, delete, select
from sqlalchemy.orm import Mapped, Session

from reporting.store.cases import KEEP
from reporting.store.columns import NO_ROWID, DataClass, column
from reporting.store.database import Base
from reporting.store.shred import ShredKeyRow, forget_shred_keys


class Grant(Base):
    """One generation of one compartment key, sealed to one holder and then under a shred key."""

    __tablename__ = "grants"
    __table_args__ = (
        UniqueConstraint("case_id", "compartment", "generation", "part", "holder", name="uq_grants_once"),
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
        index=True,
        holds=DataClass.COARSE,
        purpose="r and a lookup id, or s and a staff id",
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


def grants_of_case(session: Session, case_id: bytes) -> Sequence[Grant]:
    """Return every grant of a case."""
    return session.scalars(select(Grant).where(Grant.case_id == case_id)).all()


def grants_held(session: Session, case_id: bytes, holder: bytes) -> Sequence[Grant]:
    """Return the grants of a case that one holder has."""
    return session.scalars(select(Grant).where(Grant.case_id == case_id, Grant.holder == holder)).all()


def grants_of_holder(session: Session, holder: bytes) -> Sequence[Grant]:
    """Return every grant that one holder has, in whichever case."""
    return session.scalars(select(Grant).where(Grant.holder == holder)).all()


def staff_who_open(session: Session, case_id: bytes, compartment: str, part: str) -> set[bytes]:
    """Return the ids of the staff who have a grant of this part of a compartment, of whichever generation."""
    condition = (Grant.case_id == case_id) & (Grant.compartment == compartment) & (Grant.part == part)
    return {holder[1:] for holder in session.scalars(select(Grant.holder).where(condition)) if holder[:1] == b"s"}


def cases_granted_to(session: Session, holder: bytes) -> Sequence[bytes]:
    """Return the ids of the cases of which a holder has any grant."""
    return session.scalars(select(Grant.case_id).where(Grant.holder == holder).distinct().order_by(Grant.case_id)).all()


def remove_grants(main: Session, shred: Session, grants: Sequence[Grant]) -> None:
    """Take grants away: first the shred keys, without which the rows are noise, then the rows."""
    ids = [grant.id for grant in grants]
    forget_shred_keys(shred, ids)
    main.execute(delete(Grant).where(Grant.id.in_(ids)))


def stray_shred_keys(main: Session, shred: Session, today: date) -> list[bytes]:
    """Return shred keys of past days without a grant: left by a crash between the two commits.

    Keys of today are left alone, because their case may be about to commit.
    """
    old = set(shred.scalars(select(ShredKeyRow.grant_id).where(ShredKeyRow.made_on < today)))
    return sorted(old - set(main.scalars(select(Grant.id)))) if old else []
