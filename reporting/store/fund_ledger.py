"""The double-entry ledger of the funds: transactions and their entries, which nobody changes or deletes.

Triggers made by the migration refuse UPDATE and DELETE on both tables. No row names a person or a case.
"""

from collections.abc import Mapping, Sequence
from datetime import date

from sqlalchemy import BigInteger, Date, ForeignKey, Index, LargeBinary, String, func, select
from sqlalchemy.orm import Mapped, Session

from reporting.store.columns import NO_ROWID, DataClass, column
from reporting.store.database import Base

KEEP = "as long as the instance: the books of a fund"


class FundTransaction(Base):
    """One movement of money of a fund, on a day."""

    __tablename__ = "fund_transactions"
    __table_args__ = (Index("ix_fund_transactions_fund", "fund_id", "day"), NO_ROWID)

    id: Mapped[bytes] = column(
        LargeBinary(16), primary_key=True, holds=DataClass.COARSE, purpose="random, tells no order", keep=KEEP
    )
    fund_id: Mapped[bytes] = column(ForeignKey("funds.id"), holds=DataClass.COARSE, purpose="the fund", keep=KEEP)
    movement: Mapped[str] = column(String(20), holds=DataClass.COARSE, purpose="what, from a closed list", keep=KEEP)
    day: Mapped[date] = column(Date, holds=DataClass.COARSE, purpose="the day, nothing finer", keep=KEEP)
    subject: Mapped[bytes] = column(
        LargeBinary(16), index=True, holds=DataClass.COARSE, purpose="random id of the pledge or request", keep=KEEP
    )


class FundEntry(Base):
    """What a transaction enters at one account; the entries of a transaction sum to zero."""

    __tablename__ = "fund_entries"
    __table_args__ = NO_ROWID

    transaction_id: Mapped[bytes] = column(
        ForeignKey("fund_transactions.id"),
        primary_key=True,
        holds=DataClass.COARSE,
        purpose="the transaction",
        keep=KEEP,
    )
    account: Mapped[str] = column(
        String(20), primary_key=True, holds=DataClass.COARSE, purpose="which account", keep=KEEP
    )
    amount: Mapped[int] = column(BigInteger, holds=DataClass.COARSE, purpose="minor units, signed", keep=KEEP)


def add_transaction(session: Session, row: FundTransaction, entries: Mapping[str, int]) -> None:
    """Add a transaction with its entries."""
    session.add(row)
    session.flush()
    session.add_all(FundEntry(transaction_id=row.id, account=one, amount=amount) for one, amount in entries.items())
    session.flush()


def balances(session: Session, fund_id: bytes, *, before: date | None = None) -> dict[str, int]:
    """Return the balance of every account of a fund, now or at the beginning of a day."""
    query = select(FundEntry.account, func.sum(FundEntry.amount)).join(FundTransaction)
    query = query.where(FundTransaction.fund_id == fund_id)
    if before is not None:
        query = query.where(FundTransaction.day < before)
    return {account: int(amount) for account, amount in session.execute(query.group_by(FundEntry.account))}


def balance_of_subject(session: Session, subject: bytes, account: str) -> int:
    """Return what stands at an account because of one pledge or request."""
    query = select(func.coalesce(func.sum(FundEntry.amount), 0)).join(FundTransaction)
    return int(session.scalar(query.where(FundTransaction.subject == subject, FundEntry.account == account)) or 0)


def moved_between(session: Session, fund_id: bytes, first: date, after: date) -> dict[str, int]:
    """Return how much each kind of movement moved from a day until before another."""
    query = select(FundTransaction.movement, func.sum(FundEntry.amount)).join(FundEntry)
    query = query.where(FundTransaction.fund_id == fund_id, FundEntry.amount > 0)
    query = query.where(FundTransaction.day >= first, FundTransaction.day < after)
    rows = session.execute(query.group_by(FundTransaction.movement))
    return {movement: int(amount) for movement, amount in rows}


def unbalanced(session: Session) -> Sequence[bytes]:
    """Return the ids of the transactions whose entries do not sum to zero, or that have none."""
    query = select(FundTransaction.id).outerjoin(FundEntry).group_by(FundTransaction.id)
    return session.scalars(query.having(func.coalesce(func.sum(FundEntry.amount), 1) != 0)).all()
