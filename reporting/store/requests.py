"""Requests that wait for a yes: a new reader, the identity compartment, or what takes two people."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import Date, ForeignKey, LargeBinary, String, delete, false, or_, select, true, update
from sqlalchemy.orm import Mapped, Session

from reporting.store.cases import KEEP
from reporting.store.columns import NO_ROWID, DataClass, column
from reporting.store.database import Base

LAPSED = "lapsed"
HANDOVER = "handover"
"""The ground of a question that a leaver put: it outlives their account, since her yes needs no key of theirs."""


class Request(Base):
    """Something that staff ask for in a case and that somebody else decides."""

    __tablename__ = "requests"
    __table_args__ = NO_ROWID

    id: Mapped[bytes] = column(
        LargeBinary(16), primary_key=True, holds=DataClass.COARSE, purpose="names the request", keep=KEEP
    )
    case_id: Mapped[bytes] = column(
        ForeignKey("cases.id"), index=True, holds=DataClass.COARSE, purpose="the case", keep=KEEP
    )
    kind: Mapped[str] = column(String(20), holds=DataClass.COARSE, purpose="what is asked for", keep=KEEP)
    asked_by: Mapped[bytes] = column(ForeignKey("staff.id"), holds=DataClass.STAFF, purpose="who asks", keep=KEEP)
    about_staff: Mapped[bytes] = column(
        ForeignKey("staff.id"), holds=DataClass.STAFF, purpose="who would get a key", keep=KEEP
    )
    ground: Mapped[str] = column(
        String(30), holds=DataClass.COARSE, purpose="the ground, from a closed list", keep=KEEP, default=""
    )
    asked_on: Mapped[date] = column(Date, holds=DataClass.STAFF, purpose="when it was asked", keep=KEEP)
    opens_on: Mapped[date | None] = column(
        Date, holds=DataClass.COARSE, purpose="she is told before this day; nothing opens earlier", keep=KEEP
    )
    expires_on: Mapped[date | None] = column(
        Date, holds=DataClass.COARSE, purpose="from this day on neither it nor a yes to it counts", keep=KEEP
    )
    item_id: Mapped[bytes | None] = column(
        LargeBinary(16), holds=DataClass.COARSE, purpose="the sealed entry that it is about", keep=KEEP
    )
    state: Mapped[str] = column(
        String(20), index=True, holds=DataClass.COARSE, purpose="waiting, agreed, refused, done or lapsed", keep=KEEP
    )
    tag: Mapped[bytes] = column(
        LargeBinary(32), holds=DataClass.HASH, purpose="authenticates what was asked, by whom and when", keep=KEEP
    )


class Approval(Base):
    """One person's yes to a request; the same person cannot say it twice."""

    __tablename__ = "approvals"
    __table_args__ = NO_ROWID

    request_id: Mapped[bytes] = column(
        ForeignKey("requests.id"), primary_key=True, holds=DataClass.COARSE, purpose="the request", keep=KEEP
    )
    part: Mapped[str] = column(
        String(20), primary_key=True, holds=DataClass.COARSE, purpose="which half of the key it re-sealed", keep=KEEP
    )
    approver_id: Mapped[bytes] = column(
        ForeignKey("staff.id"), holds=DataClass.STAFF, purpose="who said yes", keep=KEEP
    )
    tag: Mapped[bytes] = column(
        LargeBinary(32), holds=DataClass.HASH, purpose="authenticates who said yes to what", keep=KEEP
    )


def find_request(session: Session, request_id: bytes) -> Request | None:
    """Return the request with this id."""
    return session.get(Request, request_id)


def case_of_request(session: Session, request_id: bytes) -> bytes | None:
    """Return the case of a request without reading the rest, which may change until the case is locked."""
    return session.scalar(select(Request.case_id).where(Request.id == request_id))


def requests_of(session: Session, case_id: bytes, *states: str) -> Sequence[Request]:
    """Return the requests of a case, in these states or in all."""
    query = select(Request).where(Request.case_id == case_id).order_by(Request.asked_on, Request.id)
    return session.scalars(query.where(Request.state.in_(states)) if states else query).all()


def approvals_of(session: Session, request_id: bytes) -> Sequence[Approval]:
    """Return who has said yes to a request."""
    return session.scalars(select(Approval).where(Approval.request_id == request_id)).all()


def lapse_requests(
    session: Session, staff_id: bytes, case_id: bytes | None = None, *, keep_handover: bool = False
) -> None:
    """End what was asked by or for somebody who has left a case, or every case: what waits, and what was only agreed.

    An agreed duty would otherwise stand for a later one, without the days of which she must be told first.

    :param keep_handover: what a leaver asked about a colleague still stands on her page.
    """
    agreed = (Request.state == "agreed") & Request.kind.in_(("identity_by_duty", "second_person"))
    ends = (Request.state == "waiting") | agreed
    stays = (Request.ground == HANDOVER) & (Request.about_staff != staff_id) if keep_handover else false()
    theirs = ends & or_(Request.asked_by == staff_id, Request.about_staff == staff_id) & ~stays
    here = Request.case_id == case_id if case_id is not None else true()
    session.execute(update(Request).where(here, theirs).values(state=LAPSED))


def open_requests(session: Session, kind: str) -> Sequence[Request]:
    """Return the waiting requests of a kind, in whichever case."""
    query = select(Request).where(Request.state == "waiting", Request.kind == kind)
    return session.scalars(query.order_by(Request.asked_on, Request.id)).all()


def lapse_expired(session: Session, today: date) -> None:
    """End what nobody decided, or nobody carried out, in its time."""
    over = Request.state.in_(("waiting", "agreed")) & (Request.expires_on <= today)
    session.execute(update(Request).where(over).values(state=LAPSED))


def remove_requests(session: Session, case_id: bytes) -> None:
    """Delete the requests of a case and what was said to them."""
    ids = select(Request.id).where(Request.case_id == case_id)
    session.execute(delete(Approval).where(Approval.request_id.in_(ids)))
    session.execute(delete(Request).where(Request.case_id == case_id))
