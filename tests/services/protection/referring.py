"""A referral in these tests, in one line each, through the services."""

from collections.abc import Sequence

from sqlalchemy import select

from reporting.domain.case import ItemKind
from reporting.domain.protection.referral import Need
from reporting.services.actors import Provider, Reporter, StaffMember
from reporting.services.file.listing import Listed
from reporting.services.oversight.audit import reporter_ledger
from reporting.services.protection import referral, referral_issuing, referral_reading
from reporting.services.protection.referral import Chosen, Offered
from reporting.services.protection.referral_links import Prepared, prepare
from reporting.services.protection.referral_scope import Known, digest_of, referrals_of, shareable_in
from reporting.services.sealed.entries import file_of
from reporting.services.sealed.sealing import open_case
from reporting.services.signing_in.tickets import Ticket
from reporting.store.database import reading
from reporting.store.shred import ShredKeyRow
from tests.builders import Built, cheap_passphrases, in_unit

PROVIDER, TOLD = "Women's law centre", "That she needs advice on her contract."
STORY, MESSAGE, NOTE, NAME = "Quillfeather-story", "Ambersand-message", "Thistledown-note", "Wintergreen-name"
Linked = tuple[Reporter, bytes, bytes]
"""She, her case, and the referral that she agreed to."""


def shareable(built: Built, member: StaffMember, case_id: bytes) -> list[Listed]:
    """Return what a handler may offer of a case."""
    with reading(built.stores) as work:
        return shareable_in(work, open_case(work, member, built.house, case_id))


def of_kind(built: Built, member: StaffMember, case_id: bytes, *kinds: ItemKind) -> list[bytes]:
    """Return the ids of the things of these kinds."""
    return [one.id for one in shareable(built, member, case_id) if one.kind in kinds]


def offer(built: Built, member: StaffMember, case_id: bytes, items: Sequence[bytes] = ()) -> bytes:
    """Offer legal advice."""
    offered = Offered(Need.LEGAL, TOLD, items, PROVIDER)
    found: bytes = in_unit(built, referral.offer, member, case_id, offered)
    return found


def known(built: Built, actor: Reporter | StaffMember, case_id: bytes, referral_id: bytes) -> Known:
    """Return a referral as somebody reads it."""
    with reading(built.stores) as work:
        opened = open_case(work, actor, built.house, case_id)
        found = referrals_of(work, built.house, opened, file_of(work, opened))
    return next(one for one in found if one.id == referral_id)


def ticks(built: Built, reporter: Reporter, case_id: bytes, referral_id: bytes) -> list[Chosen]:
    """Return a tick for each thing that is offered, as she reads it now."""
    return [(one.id, digest_of(one)) for one in known(built, reporter, case_id, referral_id).items]


def agree(
    built: Built, reporter: Reporter, case_id: bytes, referral_id: bytes, items: Sequence[Chosen], reach: str = ""
) -> None:
    """Let her say yes."""
    in_unit(built, referral.agree, reporter, case_id, referral_id, items, reach)


def prepared() -> Prepared:
    """Draw a passphrase at the lowest cost."""
    with cheap_passphrases():
        return prepare()


def issue(built: Built, member: StaffMember, case_id: bytes, referral_id: bytes, days: int = 14) -> tuple[bytes, str]:
    """Make a link, and return its id and its passphrase."""
    made = prepared()
    link_id: bytes = in_unit(built, referral_issuing.issue, member, case_id, referral_id, made, days=days)
    return link_id, made.passphrase


def come(built: Built, link_id: bytes, passphrase: str) -> Ticket:
    """Open a link as a service does: look, stretch, and open it once."""
    with cheap_passphrases():
        with reading(built.stores) as work:
            stored = referral_reading.stored_seed(work, built.house, link_id)
        seed = referral_reading.seed_from(stored, passphrase)
    ticket: Ticket = in_unit(built, referral_reading.open_once, link_id, seed)
    return ticket


def provider_of(built: Built, ticket: Ticket) -> Provider | None:
    """Return which service reads in a session now."""
    with reading(built.stores) as work:
        return referral_reading.find_provider(work, built.house, ticket)


def read(built: Built, ticket: Ticket) -> str:
    """Return everything that the page of a service holds."""
    service = provider_of(built, ticket)
    assert service is not None
    with reading(built.stores) as work:
        return referral_reading.read_page(work, built.house, service).bundle.to_bytes().decode()


def deeds(built: Built, case_id: bytes) -> list[str]:
    """Return what stands in her ledger."""
    with reading(built.stores) as work:
        return [one.action for one in reporter_ledger(work, built.house, case_id)]


def keys(built: Built) -> set[bytes]:
    """Return the ids of all that has a shred key."""
    with reading(built.stores) as work:
        return set(work.shred.scalars(select(ShredKeyRow.grant_id)))
