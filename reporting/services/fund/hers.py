"""Her side of a fund: asking with her token, reading what became of it, the voucher, and taking it back.

The row at the fund has a random id, a day, and the keyed hash of a secret. Id and secret stand in the record of her
case that is sealed to her tokens alone, and nothing of this enters the record of the case: an event there with the
day on which a fund was asked would lead from one to the other.
"""

import secrets
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date

from reporting.domain.countries import COUNTRIES
from reporting.domain.fund.codes import CODE_SIZE, spell
from reporting.domain.fund.money import MOST_MINOR
from reporting.domain.fund.requests import OVER, RESERVED, Criterion, Need, Reason, State
from reporting.domain.sealed.own import Claim, Own
from reporting.services.actors import Reporter
from reporting.services.errors import AlreadySent, DoesNotFit, NotAllowed, NotFound
from reporting.services.fund.funds import criteria_of
from reporting.services.fund.ledger import fund_of, kept_for, open_request_to_change
from reporting.services.fund.requests import let_go
from reporting.services.house import House
from reporting.services.sealed.own import read_own, write_own
from reporting.services.sealed.sealing import OpenCase, open_case
from reporting.store.database import Work
from reporting.store.fund import Fund, FundRequest, Redemption, all_funds, find_request

SECRET_SIZE = 16
MOST_CLAIMS = 20


@dataclass(frozen=True)
class Wish:
    """What she asks for: the fund, the need, the country, minor units, and what she confirms."""

    fund_id: bytes
    need: Need
    country: str
    amount: int
    confirmed: Collection[Criterion]


@dataclass(frozen=True)
class HerRequest:
    """One of her requests as her page shows it; amounts in minor units, `used` that of the bill."""

    id: bytes
    fund: Fund
    need: Need
    country: str
    day: date
    wanted: int
    amount: int | None
    state: State
    reason: Reason | None
    valid_until: date | None
    used: int | None = None
    code: str = ""


def funds_to_ask(work: Work) -> Sequence[Fund]:
    """Return the funds that take requests."""
    return [fund for fund in all_funds(work.main) if fund.is_open]


def hers(work: Work, house: House, reporter: Reporter, case_id: bytes) -> list[HerRequest]:
    """Return her requests of a case, the newest first.

    :raises NotFound: her token does not open the case.
    """
    opened = open_case(work, reporter, house, case_id)
    found = _known(work, house, read_own(work, opened))
    return [_shown(work, row, claim) for claim, row in reversed(found)]


def ask(work: Work, house: House, reporter: Reporter, case_id: bytes, wish: Wish) -> bytes:
    """Ask a fund; return the id of the request.

    :raises NotFound: no such case, or no such fund.
    :raises NotAllowed: the fund takes no requests now.
    :raises DoesNotFit: no such country or amount, or a statement is not confirmed.
    :raises AlreadySent: a request of this case waits, or money is kept for it.
    """
    opened = open_case(work, reporter, house, case_id, to_change=True)
    fund = fund_of(work, wish.fund_id)
    if not fund.is_open:
        raise NotAllowed
    if not fits(fund, wish):
        raise DoesNotFit
    own = read_own(work, opened)
    known = _known(work, house, own)
    if any(row.state not in OVER for _, row in known):
        raise AlreadySent
    claim = Claim(secrets.token_hex(16), secrets.token_hex(SECRET_SIZE))
    work.main.add(_request_row(house, claim, wish))
    claims = (*(one for one, _ in known), claim)[-MOST_CLAIMS:]
    write_own(work, house, opened, replace(own, claims=claims))
    return bytes.fromhex(claim.request)


def fits(fund: Fund, wish: Wish) -> bool:
    """Return whether a fund can be asked for this."""
    confirmed = set(criteria_of(fund)) <= set(wish.confirmed)
    return confirmed and wish.country in COUNTRIES and 0 < wish.amount < MOST_MINOR


def draw_voucher(work: Work, house: House, reporter: Reporter, case_id: bytes, request_id: bytes) -> str:
    """Draw the voucher and return it, spelled; one that was drawn before ends.

    The fund keeps a keyed hash alone. Until she says that she has it, it stands in what is sealed to her tokens.

    :raises NotFound: this case has no such request.
    :raises NotAllowed: the fund has not agreed, or the voucher was used or has ended.
    """
    opened, _, row = _locked(work, house, reporter, case_id, request_id)
    is_kept = row.state in RESERVED and kept_for(work, row.id) == row.amount
    if not is_kept or row.valid_until is None or row.valid_until < house.today():
        raise NotAllowed
    code = secrets.token_bytes(CODE_SIZE)
    row.voucher, row.state = house.keyring.tag("fund-code", b"voucher", code), State.ISSUED.value
    _keep_code(work, house, opened, request_id, spell(code))
    return spell(code)


def forget_code(work: Work, house: House, reporter: Reporter, case_id: bytes, request_id: bytes) -> None:
    """She has the voucher: it is not shown any more.

    :raises NotFound: this case has no such request.
    """
    opened = open_case(work, reporter, house, case_id, to_change=True)
    _claim(work, opened, request_id)
    _keep_code(work, house, opened, request_id, "")


def take_back(work: Work, house: House, reporter: Reporter, case_id: bytes, request_id: bytes) -> None:
    """Take a request back, or give a voucher back; what was kept for it goes back to the fund.

    :raises NotFound: this case has no such request.
    :raises NotAllowed: it is over.
    """
    opened, fund, row = _locked(work, house, reporter, case_id, request_id)
    if row.state in OVER:
        raise NotAllowed
    _keep_code(work, house, opened, request_id, "")
    let_go(work, house, fund, row, State.TAKEN_BACK)


def _keep_code(work: Work, house: House, opened: OpenCase, request_id: bytes, code: str) -> None:
    own = read_own(work, opened)
    claims = [replace(one, code=code) if one.request == request_id.hex() else one for one in own.claims]
    write_own(work, house, opened, replace(own, claims=tuple(claims)))


def _locked(
    work: Work, house: House, reporter: Reporter, case_id: bytes, request_id: bytes
) -> tuple[OpenCase, Fund, FundRequest]:
    """Return a request that her sealed record names, and its fund, both locked."""
    opened = open_case(work, reporter, house, case_id, to_change=True)
    claim = _claim(work, opened, request_id)
    fund, row = open_request_to_change(work, request_id)
    if not _proves(house, claim, row):
        raise NotFound
    return opened, fund, row


def _claim(work: Work, opened: OpenCase, request_id: bytes) -> Claim:
    for claim in read_own(work, opened).claims:
        if claim.request == request_id.hex():
            return claim
    raise NotFound


def _known(work: Work, house: House, own: Own) -> list[tuple[Claim, FundRequest]]:
    """Return the requests that are proven to be hers, with their claims; what the fund has forgotten is left out."""
    rows = [(claim, find_request(work.main, bytes.fromhex(claim.request))) for claim in own.claims]
    return [(claim, row) for claim, row in rows if row is not None and _proves(house, claim, row)]


def _proves(house: House, claim: Claim, row: FundRequest) -> bool:
    """Return whether this secret is that of this very request."""
    return house.keyring.check("fund-claim", row.claim, bytes.fromhex(claim.request), bytes.fromhex(claim.secret))


def _request_row(house: House, claim: Claim, wish: Wish) -> FundRequest:
    request_id = bytes.fromhex(claim.request)
    return FundRequest(
        id=request_id,
        fund_id=wish.fund_id,
        claim=house.keyring.tag("fund-claim", request_id, bytes.fromhex(claim.secret)),
        need=wish.need.value,
        country=wish.country,
        wanted=wish.amount,
        asked_on=house.today(),
        state=State.ASKED.value,
        reason="",
    )


def _shown(work: Work, row: FundRequest, claim: Claim) -> HerRequest:
    used = work.main.get(Redemption, row.id)
    return HerRequest(
        row.id,
        work.main.get_one(Fund, row.fund_id),
        Need(row.need),
        row.country,
        row.asked_on,
        row.wanted,
        row.amount,
        State(row.state),
        Reason(row.reason) if row.reason else None,
        row.valid_until,
        used.amount if used is not None else None,
        claim.code if row.state == State.ISSUED else "",
    )
