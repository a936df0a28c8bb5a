"""A listed provider uses a voucher, once, against the amount of a bill, which officers then pay."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from reporting.domain.fund.accounts import Movement
from reporting.domain.fund.codes import parse
from reporting.domain.fund.money import parse_amount
from reporting.domain.fund.requests import State
from reporting.domain.oversight.audit import StaffEvent
from reporting.policy import Permission
from reporting.services.actors import StaffMember
from reporting.services.errors import NotAllowed, NotFound
from reporting.services.fund.ledger import NotEnough, kept_for, open_request_to_change, post, require
from reporting.services.fund.providers import ProviderState
from reporting.services.house import House
from reporting.services.oversight.audit import record_staff
from reporting.store.database import Work
from reporting.store.fund import (
    Fund,
    FundRequest,
    Provider,
    Redemption,
    provider_of_code,
    redemptions_of,
    request_of_voucher,
    was_billed,
)

INVOICE: Final = re.compile(r"(?=.*\d)[A-Z]{0,4}[0-9/-]{1,16}", re.ASCII)
"""The number of a bill: at most four letters in front, so that no name fits into it."""


class NotAnInvoice(NotAllowed):
    """This is not the number of a bill."""


class BillAgain(NotAllowed):
    """This provider entered a bill with this number before, with another voucher."""


@dataclass(frozen=True)
class Bill:
    """A bill that a provider entered, with no trace of the request; the amount in minor units."""

    provider: str
    invoice: str
    amount: int
    day: date


def bills(work: Work, actor: StaffMember, fund_id: bytes) -> Sequence[Bill]:
    """Return what the fund has to pay, or paid: every bill of a used voucher, the newest first."""
    require(actor, Permission.SEE_FUND)
    found = redemptions_of(work.main, fund_id)
    return [Bill(provider.name, used.invoice, used.amount, used.day) for used, provider in found]


def redeem(work: Work, house: House, provider_code: str, voucher_code: str, invoice: str, amount: str) -> None:
    """Use a voucher. What the bill is less than the voucher goes back to the fund. Sent twice, it is used once.

    :param amount: as it was typed, in the currency of the fund.
    :raises NotACode: one of the codes is mistyped.
    :raises NotFound: no such provider or voucher, or used, ended, given back: all the same answer.
    :raises NotAnInvoice: the number of the bill is none.
    :raises NotAnAmount: the amount is none.
    :raises BillAgain: the bill was entered before, with another voucher.
    :raises NotEnough: the bill is more than the voucher.
    """
    codes = parse(provider_code), parse(voucher_code)
    provider = provider_of_code(work.main, house.keyring.tag("fund-code", b"provider", codes[0]))
    voucher = house.keyring.tag("fund-code", b"voucher", codes[1])
    known = request_of_voucher(work.main, voucher)
    if provider is None or provider.state != ProviderState.LISTED or known is None:
        raise NotFound
    fund, row = open_request_to_change(work, known.id)
    work.main.refresh(provider)
    if row.voucher != voucher or provider.state != ProviderState.LISTED:
        raise NotFound
    if INVOICE.fullmatch(invoice) is None:
        raise NotAnInvoice
    _use(work, house, fund, row, provider, Redemption(invoice=invoice, amount=parse_amount(amount, fund.currency)))


def _use(work: Work, house: House, fund: Fund, row: FundRequest, provider: Provider, bill: Redemption) -> None:
    if row.state == State.REDEEMED and _is_the_same(work, row, provider, bill):
        return
    if row.state != State.ISSUED or row.amount is None or row.valid_until is None or row.valid_until < house.today():
        raise NotFound
    kept = kept_for(work, row.id)
    if kept != row.amount:
        raise NotFound  # whoever wrote this row did not enter it into the books
    if was_billed(work.main, provider.id, bill.invoice):
        raise BillAgain
    if bill.amount > kept:
        raise NotEnough
    bill.request_id, bill.provider_id, bill.day = row.id, provider.id, house.today()
    work.main.add(bill)
    post(work, house, fund, Movement.PAYMENT, bill.amount, row.id)
    if kept > bill.amount:
        post(work, house, fund, Movement.RELEASE, kept - bill.amount, row.id)
    row.state = State.REDEEMED.value
    record_staff(work, house, StaffEvent.FUND_PAID, actor_id=None)


def _is_the_same(work: Work, row: FundRequest, provider: Provider, bill: Redemption) -> bool:
    used = work.main.get_one(Redemption, row.id)
    return (used.provider_id, used.invoice, used.amount) == (provider.id, bill.invoice, bill.amount)
