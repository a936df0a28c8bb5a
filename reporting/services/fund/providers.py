"""Who is paid against a voucher: one officer adds a provider, another confirms it."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from reporting.domain.countries import COUNTRIES
from reporting.domain.fund.codes import CODE_SIZE, spell
from reporting.domain.oversight.audit import StaffEvent
from reporting.policy import Permission
from reporting.services.actors import StaffMember
from reporting.services.errors import NotAllowed, NotAName, NotFound
from reporting.services.fund.ledger import require
from reporting.services.house import House
from reporting.services.oversight.audit import record_staff
from reporting.store.database import Work
from reporting.store.fund import Provider, all_providers, find_provider

LONGEST = 120


class ProviderState(StrEnum):
    """Where a provider stands."""

    PROPOSED = "proposed"
    LISTED = "listed"
    ENDED = "ended"


@dataclass(frozen=True)
class ProviderFacts:
    """Who a provider is, where they work, and how to reach them."""

    name: str
    country: str
    contact: str


def providers(work: Work, actor: StaffMember) -> Sequence[Provider]:
    """Return every provider."""
    require(actor, Permission.SEE_FUND)
    return all_providers(work.main)


def propose(work: Work, house: House, actor: StaffMember, facts: ProviderFacts) -> bytes:
    """Add a provider, who cannot use anything before another officer confirms; return the id.

    :raises NotAName: something is missing or too long.
    """
    require(actor, Permission.KEEP_FUND)
    given = (facts.name.strip(), facts.contact.strip())
    if facts.country not in COUNTRIES or not all(0 < len(one) <= LONGEST for one in given):
        raise NotAName
    row = Provider(id=secrets.token_bytes(16), name=given[0], contact=given[1], country=facts.country)
    row.state, row.added_by = ProviderState.PROPOSED.value, actor.staff_id
    work.main.add(row)
    record_staff(work, house, StaffEvent.FUND_PROVIDER, actor_id=actor.staff_id, detail="added")
    return row.id


def confirm(work: Work, house: House, actor: StaffMember, provider_id: bytes) -> str:
    """List a provider whom somebody else added, or give one who is listed a new access code; return the code.

    It is kept as a keyed hash alone; a code from before ends.

    :raises NotFound: there is no such provider.
    :raises NotAllowed: one's own entry is not for oneself to confirm, or the provider has ended.
    """
    require(actor, Permission.KEEP_FUND)
    row = _found(work, provider_id)
    if row.state == ProviderState.ENDED or (row.state == ProviderState.PROPOSED and row.added_by == actor.staff_id):
        raise NotAllowed
    code = secrets.token_bytes(CODE_SIZE)
    row.state, row.code = ProviderState.LISTED.value, house.keyring.tag("fund-code", b"provider", code)
    record_staff(work, house, StaffEvent.FUND_PROVIDER, actor_id=actor.staff_id, detail="confirmed")
    return spell(code)


def end(work: Work, house: House, actor: StaffMember, provider_id: bytes) -> None:
    """End a provider: the access code opens nothing any more."""
    require(actor, Permission.KEEP_FUND)
    row = _found(work, provider_id)
    row.state, row.code = ProviderState.ENDED.value, None
    record_staff(work, house, StaffEvent.FUND_PROVIDER, actor_id=actor.staff_id, detail="ended")


def _found(work: Work, provider_id: bytes) -> Provider:
    row = find_provider(work.main, provider_id)
    if row is None:
        raise NotFound
    return row
