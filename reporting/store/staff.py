"""Staff accounts and the vouches that make a key trusted."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from sqlalchemy import Date, DateTime, ForeignKey, LargeBinary, String, select
from sqlalchemy.orm import Mapped, Session

from reporting.domain.people import READERS
from reporting.store.columns import DataClass, column
from reporting.store.database import Base

KEEP = (
    "while the account exists; an account that acted is disabled, not deleted, so that the audit chain keeps its names"
)


class Staff(Base):
    """One account of one person in one role."""

    __tablename__ = "staff"

    id: Mapped[bytes] = column(
        LargeBinary(16), primary_key=True, holds=DataClass.STAFF, purpose="names the account", keep=KEEP
    )
    username: Mapped[str] = column(
        String(80), unique=True, holds=DataClass.STAFF, purpose="typed at sign-in", keep=KEEP
    )
    display_name: Mapped[str] = column(
        String(120), holds=DataClass.STAFF, purpose="shown to survivors and colleagues", keep=KEEP
    )
    role: Mapped[str] = column(String(30), holds=DataClass.STAFF, purpose="what the policy allows", keep=KEEP)
    office_id: Mapped[bytes] = column(
        ForeignKey("offices.id"), holds=DataClass.STAFF, purpose="where the person works", keep=KEEP
    )
    state: Mapped[str] = column(
        String(20), holds=DataClass.STAFF, purpose="invited, active or disabled", keep=KEEP, default="invited"
    )
    signed_in_on: Mapped[date | None] = column(
        Date, holds=DataClass.STAFF, purpose="the day of the last sign-in; the duty rota asks for it", keep=KEEP
    )
    supervisor_id: Mapped[bytes | None] = column(
        LargeBinary(16), holds=DataClass.STAFF, purpose="to whom the person reports, for conflicts", keep=KEEP
    )
    leaving_on: Mapped[date | None] = column(
        Date, holds=DataClass.STAFF, purpose="the day on which the person leaves; until then they hand over", keep=KEEP
    )
    code_hash: Mapped[bytes | None] = column(
        LargeBinary(32), holds=DataClass.HASH, purpose="the one-time enrolment code", keep="until it is used or expires"
    )
    code_expires_on: Mapped[date | None] = column(
        Date, holds=DataClass.STAFF, purpose="last day of the enrolment code", keep="until it is used or expires"
    )
    sealed_seed: Mapped[bytes | None] = column(
        LargeBinary, holds=DataClass.KEY, purpose="key seed sealed under the passphrase", keep=KEEP
    )
    public_key: Mapped[bytes | None] = column(
        LargeBinary(1216), holds=DataClass.KEY, purpose="grants are sealed to it", keep=KEEP
    )
    signing_key: Mapped[bytes | None] = column(
        LargeBinary(32), holds=DataClass.KEY, purpose="verifies the vouches this person gave", keep=KEEP
    )
    key_tag: Mapped[bytes | None] = column(
        LargeBinary(32), holds=DataClass.HASH, purpose="authenticates the public keys", keep=KEEP
    )
    mail_address: Mapped[str | None] = column(
        String(254), holds=DataClass.STAFF, purpose="where the daily note goes", keep="until the person removes it"
    )
    mailed_on: Mapped[date | None] = column(
        Date, holds=DataClass.STAFF, purpose="last day on which the daily note went out", keep=KEEP
    )


class Vouch(Base):
    """A colleague's word that a key belongs to a person in an office and role."""

    __tablename__ = "vouches"

    id: Mapped[bytes] = column(
        LargeBinary(16), primary_key=True, holds=DataClass.STAFF, purpose="names the vouch", keep=KEEP
    )
    staff_id: Mapped[bytes] = column(
        ForeignKey("staff.id"), index=True, holds=DataClass.STAFF, purpose="who is vouched for", keep=KEEP
    )
    voucher_id: Mapped[bytes | None] = column(
        ForeignKey("staff.id"), holds=DataClass.STAFF, purpose="who vouched; empty for a console ceremony", keep=KEEP
    )
    voucher_key: Mapped[bytes | None] = column(
        LargeBinary(32), holds=DataClass.KEY, purpose="the key that signed", keep=KEEP
    )
    signature: Mapped[bytes | None] = column(
        LargeBinary(64), holds=DataClass.KEY, purpose="Ed25519 over key, name, office and role", keep=KEEP
    )
    tag: Mapped[bytes] = column(
        LargeBinary(32), holds=DataClass.HASH, purpose="authenticates the vouch under the instance key", keep=KEEP
    )
    made_at: Mapped[datetime] = column(DateTime, holds=DataClass.STAFF, purpose="when it was given", keep=KEEP)


def find_staff(session: Session, staff_id: bytes) -> Staff | None:
    """Return the account with this id."""
    return session.get(Staff, staff_id)


def is_active(session: Session, staff_id: bytes | None) -> bool:
    """Return whether this account exists and may sign in."""
    return session.scalar(select(Staff.state).where(Staff.id == staff_id)) == "active"


def name_of(session: Session, staff_id: bytes | None) -> str:
    """Return a display name; empty where no person acted (the operator's console, a chore)."""
    staff = session.get(Staff, staff_id) if staff_id else None
    return staff.display_name if staff else ""


def find_staff_by_username(session: Session, username: str) -> Staff | None:
    """Return the account with this user name; user names are stored in lower case."""
    if not username.isprintable():
        return None  # PostgreSQL refuses to compare a NUL
    return session.scalar(select(Staff).where(Staff.username == username))


def all_staff(session: Session) -> Sequence[Staff]:
    """Return every account, by user name."""
    return session.scalars(select(Staff).order_by(Staff.username)).all()


def active_readers_of(session: Session, office_ids: Sequence[bytes]) -> Sequence[Staff]:
    """Return active accounts in these offices whose role may hold grants, by display name.

    Whether a key is *trusted* is not a column: services ask the vouches.
    """
    return session.scalars(
        select(Staff)
        .where(Staff.office_id.in_(office_ids), Staff.state == "active", Staff.role.in_(READERS))
        .order_by(Staff.display_name, Staff.id)
    ).all()


def active_keys(session: Session, staff_ids: Iterable[bytes]) -> dict[bytes, bytes | None]:
    """Return the public keys of those of these accounts that are active."""
    wanted = select(Staff.id, Staff.public_key).where(Staff.id.in_(list(staff_ids)), Staff.state == "active")
    return dict(session.execute(wanted).all())


def vouches_for(session: Session, *staff_ids: bytes) -> Sequence[Vouch]:
    """Return the vouches given for these accounts."""
    return session.scalars(select(Vouch).where(Vouch.staff_id.in_(staff_ids))).all()
