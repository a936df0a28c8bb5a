"""Funds, what was pledged to them, whom they pay, and what was asked of them: no name and no case of a survivor."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import BigInteger, Boolean, Date, ForeignKey, Integer, LargeBinary, String, delete, select
from sqlalchemy.orm import Mapped, Session

from reporting.store.columns import NO_ROWID, DataClass, column
from reporting.store.database import Base
from reporting.store.fund_ledger import KEEP

LISTED = "while the fund may have to look it up"


class Fund(Base):
    """A fund: its one currency, how long a voucher lasts, and what somebody who asks declares."""

    __tablename__ = "funds"

    id: Mapped[bytes] = column(
        LargeBinary(16), primary_key=True, holds=DataClass.PUBLIC, purpose="names the fund", keep=KEEP
    )
    name: Mapped[str] = column(String(80), holds=DataClass.PUBLIC, purpose="what it is called", keep=KEEP)
    currency: Mapped[str] = column(String(3), holds=DataClass.PUBLIC, purpose="its one currency", keep=KEEP)
    voucher_days: Mapped[int] = column(Integer, holds=DataClass.PUBLIC, purpose="how long a voucher lasts", keep=KEEP)
    criteria: Mapped[str] = column(
        String(200), holds=DataClass.PUBLIC, purpose="which statements are confirmed, from a closed list", keep=KEEP
    )
    is_open: Mapped[bool] = column(Boolean, holds=DataClass.PUBLIC, purpose="takes requests", keep=KEEP)


class Pledge(Base):
    """What a donor promised; what came of it stands in the ledger."""

    __tablename__ = "fund_pledges"

    id: Mapped[bytes] = column(
        LargeBinary(16), primary_key=True, holds=DataClass.COARSE, purpose="names the pledge", keep=KEEP
    )
    fund_id: Mapped[bytes] = column(
        ForeignKey("funds.id"), index=True, holds=DataClass.COARSE, purpose="the fund", keep=KEEP
    )
    donor: Mapped[str] = column(String(120), holds=DataClass.STAFF, purpose="the organisation that gives", keep=KEEP)
    pledged_on: Mapped[date] = column(Date, holds=DataClass.COARSE, purpose="the day", keep=KEEP)


class Correction(Base):
    """What one officer proposes to take back of a pledge, until another agrees or refuses."""

    __tablename__ = "fund_corrections"

    id: Mapped[bytes] = column(
        LargeBinary(16), primary_key=True, holds=DataClass.COARSE, purpose="names the proposal", keep="until decided"
    )
    pledge_id: Mapped[bytes] = column(
        ForeignKey("fund_pledges.id"), index=True, holds=DataClass.COARSE, purpose="the pledge", keep="until decided"
    )
    movement: Mapped[str] = column(
        String(20), holds=DataClass.COARSE, purpose="what, from a closed list", keep="until decided"
    )
    amount: Mapped[int] = column(BigInteger, holds=DataClass.COARSE, purpose="minor units", keep="until decided")
    asked_by: Mapped[bytes] = column(
        ForeignKey("staff.id"), holds=DataClass.STAFF, purpose="who proposes it", keep="until decided"
    )


class Provider(Base):
    """Somebody who is paid against a voucher: a lawyer or an organisation that two officers listed."""

    __tablename__ = "fund_providers"

    id: Mapped[bytes] = column(
        LargeBinary(16), primary_key=True, holds=DataClass.COARSE, purpose="names the provider", keep=KEEP
    )
    name: Mapped[str] = column(String(120), holds=DataClass.STAFF, purpose="who is paid", keep=KEEP)
    country: Mapped[str] = column(String(2), holds=DataClass.COARSE, purpose="where they work", keep=KEEP)
    contact: Mapped[str] = column(String(120), holds=DataClass.STAFF, purpose="how to reach them", keep=KEEP)
    state: Mapped[str] = column(String(10), holds=DataClass.COARSE, purpose="proposed, listed or ended", keep=KEEP)
    added_by: Mapped[bytes] = column(ForeignKey("staff.id"), holds=DataClass.STAFF, purpose="who added it", keep=KEEP)
    code: Mapped[bytes | None] = column(
        LargeBinary(32), unique=True, holds=DataClass.HASH, purpose="keyed hash of the access code", keep=LISTED
    )


class FundRequest(Base):
    """What somebody asks for: need, country and amount. The link to her case is sealed there, and nowhere here."""

    __tablename__ = "fund_requests"
    __table_args__ = NO_ROWID

    id: Mapped[bytes] = column(
        LargeBinary(16), primary_key=True, holds=DataClass.COARSE, purpose="random, tells no order", keep=KEEP
    )
    fund_id: Mapped[bytes] = column(
        ForeignKey("funds.id"), index=True, holds=DataClass.COARSE, purpose="the fund", keep=KEEP
    )
    claim: Mapped[bytes] = column(
        LargeBinary(32), holds=DataClass.HASH, purpose="keyed hash of a secret that only she has", keep=KEEP
    )
    need: Mapped[str] = column(String(20), holds=DataClass.COARSE, purpose="what for, from a closed list", keep=KEEP)
    country: Mapped[str] = column(String(2), holds=DataClass.COARSE, purpose="in which country", keep=KEEP)
    wanted: Mapped[int] = column(BigInteger, holds=DataClass.COARSE, purpose="minor units asked for", keep=KEEP)
    amount: Mapped[int | None] = column(
        BigInteger, holds=DataClass.COARSE, purpose="minor units that were agreed", keep=KEEP
    )
    asked_on: Mapped[date] = column(Date, holds=DataClass.COARSE, purpose="the day, nothing finer", keep=KEEP)
    state: Mapped[str] = column(String(20), index=True, holds=DataClass.COARSE, purpose="where it stands", keep=KEEP)
    reason: Mapped[str] = column(
        String(20), holds=DataClass.COARSE, purpose="why it was declined, from a closed list", keep=KEEP
    )
    first_by: Mapped[bytes | None] = column(
        ForeignKey("staff.id"), holds=DataClass.STAFF, purpose="the officer who agreed first", keep=KEEP
    )
    second_by: Mapped[bytes | None] = column(
        ForeignKey("staff.id"), holds=DataClass.STAFF, purpose="the officer who agreed second", keep=KEEP
    )
    valid_until: Mapped[date | None] = column(
        Date, holds=DataClass.COARSE, purpose="the last day of the voucher", keep=KEEP
    )
    voucher: Mapped[bytes | None] = column(
        LargeBinary(32), unique=True, holds=DataClass.HASH, purpose="keyed hash of the voucher", keep=KEEP
    )


class Redemption(Base):
    """That a provider used a voucher, once, against a bill. Nobody changes or deletes it."""

    __tablename__ = "fund_redemptions"
    __table_args__ = NO_ROWID

    request_id: Mapped[bytes] = column(
        ForeignKey("fund_requests.id"), primary_key=True, holds=DataClass.COARSE, purpose="the request", keep=KEEP
    )
    provider_id: Mapped[bytes] = column(
        ForeignKey("fund_providers.id"), index=True, holds=DataClass.COARSE, purpose="who is paid", keep=KEEP
    )
    invoice: Mapped[str] = column(String(20), holds=DataClass.COARSE, purpose="the number of the bill", keep=KEEP)
    amount: Mapped[int] = column(BigInteger, holds=DataClass.COARSE, purpose="minor units", keep=KEEP)
    day: Mapped[date] = column(Date, holds=DataClass.COARSE, purpose="the day, nothing finer", keep=KEEP)


def all_funds(session: Session) -> Sequence[Fund]:
    """Return every fund, by name."""
    return session.scalars(select(Fund).order_by(Fund.name, Fund.id)).all()


def find_fund(session: Session, fund_id: bytes) -> Fund | None:
    """Return the fund with this id."""
    return session.get(Fund, fund_id)


def lock_fund(session: Session, fund_id: bytes) -> Fund | None:
    """Return a fund, locked until the unit ends: whatever moves its money or its requests comes one after the other."""
    query = select(Fund).where(Fund.id == fund_id).with_for_update()
    return session.scalar(query.execution_options(populate_existing=True))


def pledges_of(session: Session, fund_id: bytes) -> Sequence[Pledge]:
    """Return what was pledged to a fund, in order."""
    query = select(Pledge).where(Pledge.fund_id == fund_id)
    return session.scalars(query.order_by(Pledge.pledged_on, Pledge.donor, Pledge.id)).all()


def corrections_of(session: Session, fund_id: bytes) -> Sequence[Correction]:
    """Return what waits for a second officer."""
    return session.scalars(select(Correction).join(Pledge).where(Pledge.fund_id == fund_id)).all()


def find_request(session: Session, request_id: bytes) -> FundRequest | None:
    """Return a request as it is in the database now."""
    query = select(FundRequest).where(FundRequest.id == request_id)
    return session.scalar(query.execution_options(populate_existing=True))


def requests_in(session: Session, fund_id: bytes, states: Sequence[str]) -> Sequence[FundRequest]:
    """Return the requests of a fund in these states, by day."""
    query = select(FundRequest).where(FundRequest.fund_id == fund_id, FundRequest.state.in_(states))
    return session.scalars(query.order_by(FundRequest.asked_on, FundRequest.id)).all()


def request_of_voucher(session: Session, voucher: bytes) -> FundRequest | None:
    """Return the request whose voucher has this keyed hash."""
    return session.scalar(select(FundRequest).where(FundRequest.voucher == voucher))


def remove_over(session: Session, states: Sequence[str], before: date) -> None:
    """Delete requests for which no money was ever kept, long after they were over."""
    query = delete(FundRequest).where(FundRequest.state.in_(states), FundRequest.asked_on < before)
    session.execute(query.where(FundRequest.second_by.is_(None)))


def all_providers(session: Session) -> Sequence[Provider]:
    """Return every provider, by country and name."""
    return session.scalars(select(Provider).order_by(Provider.country, Provider.name, Provider.id)).all()


def find_provider(session: Session, provider_id: bytes) -> Provider | None:
    """Return the provider with this id."""
    return session.get(Provider, provider_id, with_for_update=True, populate_existing=True)


def provider_of_code(session: Session, code: bytes) -> Provider | None:
    """Return the provider whose access code has this keyed hash."""
    return session.scalar(select(Provider).where(Provider.code == code))


def was_billed(session: Session, provider_id: bytes, invoice: str) -> bool:
    """Return whether a provider has used a voucher against this bill."""
    query = select(Redemption.request_id).where(Redemption.provider_id == provider_id, Redemption.invoice == invoice)
    return session.scalar(query.limit(1)) is not None


def redemptions_of(session: Session, fund_id: bytes) -> Sequence[tuple[Redemption, Provider]]:
    """Return what has to be paid, or was, by day."""
    query = select(Redemption, Provider).join(Provider).join(FundRequest).where(FundRequest.fund_id == fund_id)
    rows = session.execute(query.order_by(Redemption.day.desc(), Redemption.invoice))
    return [(row[0], row[1]) for row in rows]
