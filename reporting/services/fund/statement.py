"""The books of a year: what there was, what came and went, what is left. Sums of money, never how many people.

A number of requests, or sums by country or need, could be one woman; a sum of a whole fund and year is what donors
and auditors need.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from reporting.domain.fund.accounts import Account, Movement
from reporting.policy import Permission
from reporting.services.actors import StaffMember
from reporting.services.errors import NotFound
from reporting.services.fund.ledger import fund_of, require
from reporting.store.database import Work
from reporting.store.fund import Fund
from reporting.store.fund_ledger import balances, moved_between

FIRST_YEAR, LAST_YEAR = 2020, 2200


@dataclass(frozen=True)
class Statement:
    """A year of a fund, in minor units."""

    fund: Fund
    year: int
    opening: Mapping[Account, int]
    moved: Mapping[Movement, int]
    closing: Mapping[Account, int]


def statement(work: Work, actor: StaffMember, fund_id: bytes, year: int) -> Statement:
    """Return the statement of a year, which may still go on.

    :raises NotFound: there is no such fund, or no such year.
    """
    require(actor, Permission.SEE_FUND)
    fund = fund_of(work, fund_id)
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise NotFound
    first, after = date(year, 1, 1), date(year + 1, 1, 1)
    moved = moved_between(work.main, fund_id, first, after)
    return Statement(
        fund,
        year,
        _all(balances(work.main, fund_id, before=first)),
        {one: moved.get(one, 0) for one in Movement},
        _all(balances(work.main, fund_id, before=after)),
    )


def _all(found: dict[str, int]) -> dict[Account, int]:
    return {account: found.get(account, 0) for account in Account}
