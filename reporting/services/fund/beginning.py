"""Beginning a fund, and letting it take requests, which takes two officers.

Officers see at which fund somebody asks. Its name is free words, so by the name of an office, or of a person, one
officer alone could learn whose request it is: a fund opens only once another has read the name.
"""

import secrets
from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from reporting.domain.fund.money import CURRENCIES
from reporting.domain.fund.requests import Criterion
from reporting.domain.oversight.audit import StaffEvent
from reporting.policy import Permission
from reporting.services.actors import StaffMember
from reporting.services.errors import DoesNotFit, NotAllowed, NotAName
from reporting.services.fund.ledger import open_fund_to_change, require
from reporting.services.house import House
from reporting.services.oversight.audit import record_staff
from reporting.store.audit import actors_with
from reporting.store.database import Work
from reporting.store.fund import Fund

LONGEST_NAME = 80
LEAST_DAYS, MOST_DAYS = 14, 366


@dataclass(frozen=True)
class FundFacts:
    """What a fund is."""

    name: str
    currency: str
    voucher_days: int
    criteria: Collection[Criterion]


def begin_fund(work: Work, house: House, actor: StaffMember, facts: FundFacts) -> bytes:
    """Begin a fund and return its id; a colleague opens it. Its name and its currency are never changed.

    :raises NotAName: the name is missing or too long.
    :raises DoesNotFit: no such currency, too few or too many days, or nothing to confirm.
    """
    require(actor, Permission.KEEP_FUND)
    if not 0 < len(facts.name.strip()) <= LONGEST_NAME:
        raise NotAName
    if facts.currency not in CURRENCIES or not LEAST_DAYS <= facts.voucher_days <= MOST_DAYS or not facts.criteria:
        raise DoesNotFit
    fund = Fund(
        id=secrets.token_bytes(16),
        name=facts.name.strip(),
        currency=facts.currency,
        voucher_days=facts.voucher_days,
        criteria=" ".join(one.value for one in Criterion if one in facts.criteria),
        is_open=False,
    )
    work.main.add(fund)
    _note(work, house, actor, fund.id)
    return fund.id


def set_open(work: Work, house: House, actor: StaffMember, fund_id: bytes, *, is_open: bool) -> None:
    """Let a fund take requests, or take none; what was asked before goes on.

    :raises NotAllowed: this officer began it, and no colleague has opened it yet.
    """
    require(actor, Permission.KEEP_FUND)
    fund = open_fund_to_change(work, fund_id)
    if fund.is_open == is_open:
        return
    if is_open and not may_open(work, actor, fund_id):
        raise NotAllowed
    fund.is_open = is_open
    _note(work, house, actor, fund_id)


def may_open(work: Work, actor: StaffMember, fund_id: bytes) -> bool:
    """Return whether this officer is not the only one who has begun, opened or closed a fund.

    Of a fund that was begun before this was asked, the record does not say who did: everybody may.
    """
    return actors_with(work.main, StaffEvent.FUND_CHANGED, str(UUID(bytes=fund_id))) != {actor.staff_id}


def _note(work: Work, house: House, actor: StaffMember, fund_id: bytes) -> None:
    record_staff(work, house, StaffEvent.FUND_CHANGED, actor_id=actor.staff_id, detail=str(UUID(bytes=fund_id)))
