"""What officers do with a request: they see need, country and amount, and two of them agree or one declines.

Nothing here leads from a request to a case: the row has none, and the link is sealed to her tokens alone.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from reporting.domain.fund.accounts import Movement
from reporting.domain.fund.requests import RESERVED, WAITING, Need, Reason, State
from reporting.domain.oversight.audit import StaffEvent
from reporting.policy import Permission
from reporting.services.actors import StaffMember
from reporting.services.errors import NotAllowed, NotFound
from reporting.services.fund.ledger import (
    NotEnough,
    fund_of,
    kept_for,
    open_fund_to_change,
    open_request_to_change,
    post,
    require,
)
from reporting.services.house import House
from reporting.services.oversight.audit import record_staff
from reporting.store.database import Work
from reporting.store.fund import Fund, FundRequest, all_funds, find_request, remove_over, requests_in
from reporting.store.staff import is_active, name_of

KEPT_AFTER = timedelta(days=366)
"""How long a request stands for which no money was ever kept."""


class AmountChanged(NotAllowed):
    """The amount is not the one that the first officer agreed to."""


class SamePerson(NotAllowed):
    """The second yes is for somebody else than the first."""


@dataclass(frozen=True)
class RequestLine:
    """A request as an officer sees it; amounts in minor units."""

    id: bytes
    fund: Fund
    need: Need
    country: str
    day: date
    wanted: int
    amount: int | None
    state: State
    first_by: str
    mine: bool
    valid_until: date | None


def queue(work: Work, actor: StaffMember, fund_id: bytes, states: Sequence[State] = WAITING) -> list[RequestLine]:
    """Return the requests of a fund in these states, the oldest first."""
    require(actor, Permission.SEE_FUND)
    fund = fund_of(work, fund_id)
    return [_line(work, actor, fund, row) for row in requests_in(work.main, fund_id, states)]


def request_of(work: Work, actor: StaffMember, request_id: bytes) -> RequestLine:
    """Return one request.

    :raises NotFound: there is none.
    """
    require(actor, Permission.SEE_FUND)
    row = find_request(work.main, request_id)
    if row is None:
        raise NotFound
    return _line(work, actor, fund_of(work, row.fund_id), row)


def agree_first(work: Work, house: House, actor: StaffMember, request_id: bytes, amount: int) -> None:
    """Give the first yes, to what was asked for or to less; nothing is reserved yet.

    :raises NotAllowed: it was decided meanwhile.
    :raises NotEnough: more than was asked for.
    """
    require(actor, Permission.DECIDE_FUND)
    _, row = _locked(work, request_id, State.ASKED)
    if not 0 < amount <= row.wanted:
        raise NotEnough
    row.amount, row.first_by, row.state = amount, actor.staff_id, State.AGREED.value
    record_staff(work, house, StaffEvent.FUND_DECIDED, actor_id=actor.staff_id, detail="first")


def agree_second(work: Work, house: House, actor: StaffMember, request_id: bytes, amount: int) -> None:
    """Give the second yes, to exactly what the first agreed to; the money is kept for her from now on.

    :raises NotAllowed: it was decided meanwhile.
    :raises SamePerson: the first yes came from the same person.
    :raises AmountChanged: the amount is another.
    :raises NotEnough: the fund has not so much.
    """
    require(actor, Permission.DECIDE_FUND)
    fund, row = _locked(work, request_id, State.AGREED)
    if row.first_by == actor.staff_id:
        raise SamePerson
    if amount != row.amount:
        raise AmountChanged
    post(work, house, fund, Movement.RESERVE, amount, row.id)
    row.second_by, row.state = actor.staff_id, State.APPROVED.value
    row.valid_until = house.today() + timedelta(days=fund.voucher_days)
    record_staff(work, house, StaffEvent.FUND_DECIDED, actor_id=actor.staff_id, detail="second")


def decline(work: Work, house: House, actor: StaffMember, request_id: bytes, reason: Reason) -> None:
    """Say no, with a reason that she reads; before any money is kept.

    :raises NotAllowed: it was decided meanwhile.
    """
    require(actor, Permission.DECIDE_FUND)
    _, row = _locked(work, request_id, *WAITING)
    row.state, row.reason = State.DECLINED.value, Reason(reason).value
    record_staff(work, house, StaffEvent.FUND_DECIDED, actor_id=actor.staff_id, detail="declined")


def let_go(work: Work, house: House, fund: Fund, row: FundRequest, state: State) -> None:
    """End a request of a locked fund; what was kept for it goes back, and its voucher opens nothing any more."""
    kept = kept_for(work, row.id)
    if kept:
        post(work, house, fund, Movement.RELEASE, kept, row.id)
    row.state, row.voucher = state.value, None


def expire(work: Work, house: House) -> int:
    """End what was not used by its day, and forget what was declined or taken back long ago; return how many ended."""
    ended, today = 0, house.today()
    for known in all_funds(work.main):
        fund = open_fund_to_change(work, known.id)
        for row in requests_in(work.main, fund.id, RESERVED):
            if row.valid_until is not None and row.valid_until < today:
                let_go(work, house, fund, row, State.EXPIRED)
                ended += 1
    remove_over(work.main, (State.DECLINED, State.TAKEN_BACK), today - KEPT_AFTER)
    return ended


def _locked(work: Work, request_id: bytes, *states: State) -> tuple[Fund, FundRequest]:
    """Return a request and its fund, locked, if the request stands so."""
    fund, row = open_request_to_change(work, request_id)
    if _stands(work, row) not in states:
        raise NotAllowed
    return fund, row


def _stands(work: Work, row: FundRequest) -> State:
    """Return where a request stands: the first yes of an account that was disabled since does not count."""
    state = State(row.state)
    return State.ASKED if state is State.AGREED and not is_active(work.main, row.first_by) else state


def _line(work: Work, actor: StaffMember, fund: Fund, row: FundRequest) -> RequestLine:
    state = _stands(work, row)
    first = row.first_by if state is not State.ASKED else None
    return RequestLine(
        row.id,
        fund,
        Need(row.need),
        row.country,
        row.asked_on,
        row.wanted,
        row.amount if state is not State.ASKED else None,
        state,
        name_of(work.main, first) if first else "",
        first == actor.staff_id,
        row.valid_until,
    )
