"""Moving money of a fund: the one place that writes into the ledger, under the lock of the fund."""

import secrets

from reporting.domain.fund.accounts import NEVER_BELOW_ZERO, Account, Movement, entries_of
from reporting.domain.fund.money import MOST_MINOR
from reporting.policy import Permission, allowed
from reporting.services.actors import StaffMember
from reporting.services.errors import NotAllowed, NotFound
from reporting.services.house import House
from reporting.store.database import Work
from reporting.store.fund import Fund, FundRequest, find_fund, find_request, lock_fund
from reporting.store.fund_ledger import FundTransaction, add_transaction, balance_of_subject, balances


class NotEnough(NotAllowed):
    """There is not so much money at that account."""


def fund_of(work: Work, fund_id: bytes) -> Fund:
    """Return a fund.

    :raises NotFound: there is none.
    """
    fund = find_fund(work.main, fund_id)
    if fund is None:
        raise NotFound
    return fund


def open_fund_to_change(work: Work, fund_id: bytes) -> Fund:
    """Return a fund, locked until the unit ends.

    :raises NotFound: there is none.
    """
    fund = lock_fund(work.main, fund_id)
    if fund is None:
        raise NotFound
    return fund


def open_request_to_change(work: Work, request_id: bytes) -> tuple[Fund, FundRequest]:
    """Return a request and its fund, locked until the unit ends; the request is read again after the lock.

    :raises NotFound: there is none.
    """
    known = find_request(work.main, request_id)
    if known is None:
        raise NotFound
    fund = open_fund_to_change(work, known.fund_id)
    row = find_request(work.main, request_id)
    if row is None:
        raise NotFound
    return fund, row


def require(actor: StaffMember, permission: Permission) -> None:
    """Refuse whoever is no officer of the fund, as if there were nothing here.

    :raises NotFound: the role has no place in the row.
    """
    if not allowed(actor.role, permission):
        raise NotFound


def kept_for(work: Work, request_id: bytes) -> int:
    """Return what the books say is kept for a request, in minor units: its row alone is no proof of it."""
    return balance_of_subject(work.main, request_id, Account.RESERVED)


def entered(work: Work, fund: Fund, movement: Movement, entry: bytes | None) -> bytes | None:
    """Return the pledge or request of an entry that stands there already: a form sent twice is entered once.

    :param entry: the random id that the form was given with.
    :raises NotAllowed: this id is that of something else.
    """
    row = work.main.get(FundTransaction, entry) if entry else None
    if row is not None and (row.fund_id, row.movement) != (fund.id, movement):
        raise NotAllowed
    return row.subject if row is not None else None


def post(
    work: Work,
    house: House,
    fund: Fund,
    movement: Movement,
    amount: int,
    subject: bytes,
    entry: bytes | None = None,
) -> None:
    """Enter a movement of a fund that the caller has locked.

    :param amount: minor units, at least 1.
    :param subject: the random id of the pledge or request that it is about.
    :param entry: the random id of the form, see `entered`.
    :raises NotEnough: an account would fall below zero, or an amount is out of every proportion.
    """
    entries, stands = entries_of(movement, amount), balances(work.main, fund.id)
    after = {account: stands.get(account, 0) + change for account, change in entries.items()}
    if not 0 < amount < MOST_MINOR or max(map(abs, after.values())) >= MOST_MINOR:
        raise NotEnough
    if any(after[account] < 0 for account in NEVER_BELOW_ZERO if account in after):
        raise NotEnough
    row = FundTransaction(
        id=entry or secrets.token_bytes(16),
        fund_id=fund.id,
        movement=movement.value,
        day=house.today(),
        subject=subject,
    )
    add_transaction(work.main, row, {account.value: change for account, change in entries.items()})
