"""Keeping a fund: what was pledged and received, and corrections that take two officers."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from reporting.domain.fund.accounts import CORRECTIONS, Account, Movement
from reporting.domain.fund.requests import Criterion
from reporting.domain.oversight.audit import StaffEvent
from reporting.policy import Permission
from reporting.services.actors import StaffMember
from reporting.services.errors import NotAllowed, NotAName, NotFound
from reporting.services.fund.ledger import NotEnough, entered, fund_of, open_fund_to_change, post, require
from reporting.services.house import House
from reporting.services.oversight.audit import record_staff
from reporting.store.database import Work
from reporting.store.fund import Correction, Fund, Pledge, all_funds, corrections_of, pledges_of
from reporting.store.fund_ledger import balance_of_subject, balances
from reporting.store.staff import is_active, name_of

LONGEST_DONOR = 120


@dataclass(frozen=True)
class PledgeLine:
    """A pledge, what has been received of it and what is still to come, in minor units."""

    id: bytes
    donor: str
    day: date
    received: int
    outstanding: int


@dataclass(frozen=True)
class CorrectionLine:
    """What an officer proposes to take back."""

    id: bytes
    donor: str
    movement: Movement
    amount: int
    asked_by: str
    mine: bool


@dataclass(frozen=True)
class Books:
    """A fund as officers see it."""

    fund: Fund
    balances: dict[Account, int]
    pledges: Sequence[PledgeLine]
    corrections: Sequence[CorrectionLine]

    @property
    def criteria(self) -> list[Criterion]:
        """Return what somebody who asks has to confirm."""
        return criteria_of(self.fund)


def criteria_of(fund: Fund) -> list[Criterion]:
    """Return what somebody who asks a fund has to confirm."""
    return [Criterion(one) for one in fund.criteria.split() if one]


def funds(work: Work, actor: StaffMember) -> Sequence[Fund]:
    """Return every fund."""
    require(actor, Permission.SEE_FUND)
    return all_funds(work.main)


def books(work: Work, actor: StaffMember, fund_id: bytes) -> Books:
    """Return one fund with its money.

    :raises NotFound: there is none.
    """
    require(actor, Permission.SEE_FUND)
    fund = fund_of(work, fund_id)
    stands, pledges = balances(work.main, fund_id), pledges_of(work.main, fund_id)
    donors = {pledge.id: pledge.donor for pledge in pledges}
    return Books(
        fund,
        {account: stands.get(account, 0) for account in Account},
        [_pledge_line(work, pledge) for pledge in pledges],
        [_correction_line(work, actor, row, donors) for row in corrections_of(work.main, fund_id)],
    )


def pledge(
    work: Work, house: House, actor: StaffMember, fund_id: bytes, donor: str, amount: int, entry: bytes | None = None
) -> bytes:
    """Enter what a donor promises, in minor units; return the id of the pledge. Sent twice, it is entered once.

    :raises NotAName: the donor is missing or too long.
    :raises NotEnough: the amount is out of every proportion.
    """
    require(actor, Permission.KEEP_FUND)
    if not 0 < len(donor.strip()) <= LONGEST_DONOR:
        raise NotAName
    fund = open_fund_to_change(work, fund_id)
    if known := entered(work, fund, Movement.PLEDGE, entry):
        return known
    row = Pledge(id=secrets.token_bytes(16), fund_id=fund_id, donor=donor.strip(), pledged_on=house.today())
    work.main.add(row)
    work.main.flush()
    post(work, house, fund, Movement.PLEDGE, amount, row.id, entry)
    _told(work, house, actor, Movement.PLEDGE)
    return row.id


def receive(
    work: Work, house: House, actor: StaffMember, pledge_id: bytes, amount: int, entry: bytes | None = None
) -> None:
    """Enter money that has come of a pledge; it can be given from now on. Sent twice, it is entered once.

    :raises NotEnough: more than is still to come of this pledge.
    """
    require(actor, Permission.KEEP_FUND)
    fund = _fund_of(work, pledge_id)
    if entered(work, fund, Movement.RECEIPT, entry):
        return
    if amount > balance_of_subject(work.main, pledge_id, Account.PLEDGED):
        raise NotEnough
    post(work, house, fund, Movement.RECEIPT, amount, pledge_id, entry)
    _told(work, house, actor, Movement.RECEIPT)


def propose_correction(
    work: Work, house: House, actor: StaffMember, pledge_id: bytes, movement: Movement, amount: int
) -> bytes:
    """Propose to take back a receipt or a pledge, or a part of it; return the id. Nothing moves before another agrees.

    :raises NotAllowed: this is no correction.
    :raises NotEnough: there is not so much of it.
    """
    require(actor, Permission.KEEP_FUND)
    if movement not in CORRECTIONS:
        raise NotAllowed
    _fund_of(work, pledge_id)
    _demand_of_pledge(work, pledge_id, movement, amount)
    row = Correction(
        id=secrets.token_bytes(16),
        pledge_id=pledge_id,
        movement=movement.value,
        amount=amount,
        asked_by=actor.staff_id,
    )
    work.main.add(row)
    record_staff(work, house, StaffEvent.FUND_MONEY, actor_id=actor.staff_id, detail="proposed")
    return row.id


def decide_correction(work: Work, house: House, actor: StaffMember, correction_id: bytes, *, agreed: bool) -> None:
    """Carry out a correction that somebody else proposed, or drop one, which whoever proposed it may, too.

    :raises NotFound: it was decided already.
    :raises NotAllowed: one's own proposal, or that of an account that was disabled since, is not carried out.
    :raises NotEnough: the money has gone elsewhere meanwhile.
    """
    require(actor, Permission.KEEP_FUND)
    row = work.main.get(Correction, correction_id)
    fund = _fund_of(work, row.pledge_id) if row is not None else None
    row = work.main.get(Correction, correction_id, populate_existing=True)
    if row is None or fund is None:
        raise NotFound
    if agreed:
        if row.asked_by == actor.staff_id or not is_active(work.main, row.asked_by):
            raise NotAllowed
        _demand_of_pledge(work, row.pledge_id, Movement(row.movement), row.amount)
        post(work, house, fund, Movement(row.movement), row.amount, row.pledge_id)
        _told(work, house, actor, Movement(row.movement))
    work.main.delete(row)


def _demand_of_pledge(work: Work, pledge_id: bytes, movement: Movement, amount: int) -> None:
    account = Account.AVAILABLE if movement is Movement.RECEIPT_BACK else Account.PLEDGED
    if not 0 < amount <= balance_of_subject(work.main, pledge_id, account):
        raise NotEnough


def _told(work: Work, house: House, actor: StaffMember, movement: Movement) -> None:
    record_staff(work, house, StaffEvent.FUND_MONEY, actor_id=actor.staff_id, detail=movement.value)


def _fund_of(work: Work, pledge_id: bytes) -> Fund:
    """Return the fund of a pledge, locked."""
    row = work.main.get(Pledge, pledge_id)
    if row is None:
        raise NotFound
    return open_fund_to_change(work, row.fund_id)


def _pledge_line(work: Work, row: Pledge) -> PledgeLine:
    received, outstanding = (balance_of_subject(work.main, row.id, one) for one in (Account.AVAILABLE, Account.PLEDGED))
    return PledgeLine(row.id, row.donor, row.pledged_on, received, outstanding)


def _correction_line(work: Work, actor: StaffMember, row: Correction, donors: dict[bytes, str]) -> CorrectionLine:
    name, mine = name_of(work.main, row.asked_by), row.asked_by == actor.staff_id
    return CorrectionLine(row.id, donors[row.pledge_id], Movement(row.movement), row.amount, name, mine)
