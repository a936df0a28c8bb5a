"""The side of the service: a link opens once, with its passphrase, for one session of an hour, and answers one word."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from reporting.crypto.envelope import open_box, seal_box
from reporting.crypto.errors import CannotOpen
from reporting.crypto.keys import KeyPair
from reporting.crypto.passphrases import SealedSeed, unseal_seed, waste_time
from reporting.crypto.secret import CompartmentKey, Seed
from reporting.domain.case import WITH_ORGANISATION
from reporting.domain.oversight.audit import ReporterEvent
from reporting.domain.protection.referral import Bundle, Word
from reporting.services.actors import Provider
from reporting.services.casework.clocks import set_clocks
from reporting.services.errors import NotFound
from reporting.services.evidence.showing import OpenFile, open_to_show
from reporting.services.house import House
from reporting.services.oversight.audit import record_reporter
from reporting.services.protection.referral_links import content_of, is_open, key_of, mark
from reporting.services.signing_in.sessions import BOX_SIZE, hour_after
from reporting.services.signing_in.tickets import Ticket
from reporting.store.cases import lock_case
from reporting.store.database import Work
from reporting.store.objects import BlobStore
from reporting.store.referral_links import ReferralLink, find_link, lock_link
from reporting.store.shred import SurvivorSession, forget_shred_keys

LABEL = "provider-session"
LONGEST_TYPED = 200
READS_FOR = timedelta(minutes=60)
ID_SIZE, KEY_SIZE, MOMENT_SIZE = 16, 32, 8


@dataclass(frozen=True)
class Page:
    """What a service reads, what it has answered so far, and the last day of the link."""

    bundle: Bundle
    word: Word | None


def stored_seed(work: Work, house: House, link_id: bytes) -> bytes | None:
    """Return what is stored of the seed of a link that can still be opened, or nothing."""
    link = find_link(work.main, link_id)
    return link.seed if link is not None and is_open(house, link) and not link.session else None


def seed_from(stored: bytes | None, passphrase: str) -> Seed:
    """Return the seed under a passphrase: the slow step, equally slow where there is no such link.

    :raises NotFound: there is no such link, or this is not its passphrase.
    """
    # However it was written down: with spaces for hyphens, with capitals, with a full stop at the end.
    passphrase = "-".join(re.findall("[a-z]+", passphrase[:LONGEST_TYPED].lower()))
    if stored is None:
        waste_time()
        raise NotFound
    try:
        return unseal_seed(passphrase, SealedSeed.from_bytes(stored))
    except CannotOpen:
        raise NotFound from None


def open_once(work: Work, house: House, link_id: bytes, seed: Seed) -> Ticket:
    """Open a link for this session and for no other, ever; her record says so.

    The shred key goes and the key of the content moves into the session: an older row, put back by a restore or by a
    hand at the database, opens nothing any more.

    :raises NotFound: it was opened, has ended, or is not opened by this seed.
    """
    link = lock_link(work.main, link_id)
    if link is None or not is_open(house, link) or link.session:
        raise NotFound
    key = key_of(work, link, KeyPair.from_seed(seed))
    content_of(link, key)
    ticket, ends = Ticket.new(), house.now() + READS_FOR
    link.session = ticket.id_hash
    mark(house, link)
    record_reporter(work, house, ReporterEvent.REFERRAL_OPENED, link.case_id)
    sealed = seal_box(ticket.secret, LABEL, link_id + key.raw + _moment(ends), size=BOX_SIZE)
    # Readable in the row stands a full hour, as for every session beside a case; the moment is under the seal.
    work.main.flush()
    forget_shred_keys(work.shred, [link_id])
    work.shred.add(SurvivorSession(id_hash=ticket.id_hash, expires_hour=hour_after(house.now(), 1), sealed=sealed))
    return ticket


def find_provider(work: Work, house: House, ticket: Ticket) -> Provider | None:
    """Return which service reads in this session, or nothing: over, stopped, or another's session."""
    row = work.shred.get(SurvivorSession, ticket.id_hash)
    if row is None or row.expires_hour <= house.now():
        return None
    try:
        raw = open_box(ticket.secret, LABEL, row.sealed)
    except CannotOpen:
        return None
    link_id, key, ends = raw[:ID_SIZE], CompartmentKey(raw[ID_SIZE:][:KEY_SIZE]), raw[ID_SIZE + KEY_SIZE :]
    link = find_link(work.main, link_id)
    if ends <= _moment(house.now()) or link is None or not is_open(house, link) or link.session != ticket.id_hash:
        return None
    return Provider(link_id, key)


def read_page(work: Work, house: House, provider: Provider) -> Page:
    """Return what the service reads.

    :raises NotFound: the link has ended meanwhile.
    """
    link = _link(house, find_link(work.main, provider.link_id))
    return Page(content_of(link, provider.key), Word(link.word) if link.word else None)


def open_shared_file(work: Work, house: House, blobs: BlobStore, provider: Provider, place: int) -> OpenFile:
    """Open the file of one of the items that the service reads, in the copy without hidden data.

    :param place: which item, from 0, in the order of the page.
    :raises NotFound: the link has ended meanwhile, there is no such item, or she did not say yes to its file, or took
        the file away.
    :raises NotIntact: it is not what was sealed.
    """
    link = _link(house, find_link(work.main, provider.link_id))
    shared = content_of(link, provider.key).items
    file = shared[place].file if 0 <= place < len(shared) else None
    if file is None:
        raise NotFound
    return open_to_show(work, blobs, file, link.id, place + 1)


def answer(work: Work, house: House, provider: Provider, word: Word) -> None:
    """Note the word of the service; whoever acts next in the case writes it into the referral.

    :raises NotFound: the link has ended meanwhile.
    """
    found = _link(house, find_link(work.main, provider.link_id))
    case = lock_case(work.main, found.case_id)
    link = _link(house, lock_link(work.main, provider.link_id))
    content_of(link, provider.key)
    if case is None or case.status not in WITH_ORGANISATION:
        raise NotFound
    if link.word == word:
        return
    link.word = word.value
    mark(house, link)
    case.waiting = True
    record_reporter(work, house, ReporterEvent.REFERRAL_ANSWERED, case.id)
    set_clocks(work, house, case)


def _link(house: House, link: ReferralLink | None) -> ReferralLink:
    if link is None or not is_open(house, link):
        raise NotFound
    return link


def _moment(at: datetime) -> bytes:
    """Return a moment (UTC without a mark) as whole seconds, in bytes that compare as the moments do."""
    return int(at.replace(tzinfo=UTC).timestamp()).to_bytes(MOMENT_SIZE, "big")
