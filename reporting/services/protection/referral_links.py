"""The links of referrals: sealed under a key of their own, authenticated, and closed at once by whoever may.

A link holds copies of what she agreed to under a fresh key. That key is sealed like a grant, in the place of a
link, to a key pair whose seed opens with a passphrase, and under a shred key of its own. Nothing of a case opens with
it, and when the shred key is gone the link opens for nobody, in no backup.
"""

import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from reporting.crypto.envelope import ItemContext, open_item, seal_item
from reporting.crypto.errors import CannotOpen
from reporting.crypto.grants import GrantContext, open_grant, seal_grant
from reporting.crypto.keys import KeyPair
from reporting.crypto.passphrases import seal_seed
from reporting.crypto.phrases import draw_passphrase
from reporting.crypto.secret import CompartmentKey, Seed, ShredKey
from reporting.domain.case import Part
from reporting.domain.oversight.audit import ReporterEvent
from reporting.domain.protection.referral import Bundle, Word
from reporting.services.errors import NotFound
from reporting.services.evidence.keeping import share_kept
from reporting.services.house import House
from reporting.services.oversight.audit import record_reporter
from reporting.services.sealed.sealing import SMALLEST
from reporting.store.database import Work
from reporting.store.referral_links import ReferralLink, close_link, live_links, lock_links, remove_links
from reporting.store.shred import ShredKeyRow, SurvivorSession, shred_keys_of

PLACE, KIND = "referral", "bundle"
"""What stands for the compartment and the kind in the seals of a link, so that no key or item of a case fits there."""


@dataclass(frozen=True)
class Prepared:
    """A passphrase that was drawn, the public key that follows from it, and what is stored of its seed."""

    passphrase: str = field(repr=False)
    public_key: bytes = field(repr=False)
    seed: bytes = field(repr=False)


def prepare() -> Prepared:
    """Draw a passphrase and a key pair under it: the slow step (Argon2id), outside of any transaction."""
    passphrase, seed = draw_passphrase(), Seed.random()
    return Prepared(passphrase, KeyPair.from_seed(seed).public_key, seal_seed(passphrase, seed).to_bytes())


def add_link(
    work: Work, house: House, case_id: bytes, referral_id: bytes, bundle: Bundle, prepared: Prepared, until: date
) -> bytes:
    """Seal a bundle to a link and return the id of the link; the caller has asked whether it may.

    :raises TooLong: more than fits into one sealed item.
    """
    link_id, key = secrets.token_bytes(16), CompartmentKey.random()
    content = seal_item(key, _item_context(link_id), bundle.to_bytes(), floor=SMALLEST)
    sealed, shred_key = seal_grant(key, prepared.public_key, _grant_context(link_id))
    link = ReferralLink(
        id=link_id,
        case_id=case_id,
        referral_id=referral_id,
        seed=prepared.seed,
        key=sealed,
        content=content,
        until_on=until,
        session=b"",
        ended=False,
        word="",
    )
    mark(house, link)
    work.main.add(link)
    work.main.flush()
    work.shred.add(ShredKeyRow(grant_id=link_id, key=shred_key.raw, made_on=house.today()))
    for item in bundle.items:
        if item.file is not None:
            share_kept(work, house, item.file, case_id, link_id)
    return link_id


def key_of(work: Work, link: ReferralLink, pair: KeyPair) -> CompartmentKey:
    """Return the key of a link's content.

    :raises NotFound: its shred key is gone, or this key pair does not open it.
    """
    shred_key = shred_keys_of(work.shred, [link.id]).get(link.id)
    if shred_key is None:
        raise NotFound
    try:
        return open_grant(link.key, ShredKey(shred_key), pair, _grant_context(link.id))
    except CannotOpen:
        raise NotFound from None


def content_of(link: ReferralLink, key: CompartmentKey) -> Bundle:
    """Return what a link opens.

    :raises NotFound: it is closed, or this is not its key.
    """
    try:
        return Bundle.from_bytes(open_item(key, _item_context(link.id), link.content))
    except CannotOpen:
        raise NotFound from None


def is_open(house: House, link: ReferralLink | None) -> bool:
    """Return whether a link counts: made by this program as it stands, not ended, and its last day has not passed."""
    return link is not None and is_ours(house, link) and not link.ended and house.today() <= link.until_on


def is_ours(house: House, link: ReferralLink) -> bool:
    """Return whether every part of the row is as this program left it."""
    return house.keyring.check("referral-link", link.tag, *_parts(link))


def mark(house: House, link: ReferralLink) -> None:
    """Authenticate a row after a change."""
    link.tag = house.keyring.tag("referral-link", *_parts(link))


def word_on(house: House, links: Iterable[ReferralLink], referral_id: bytes) -> Word | None:
    """Return what a service answered with a link of this referral and nobody has written into it yet."""
    found = [one.word for one in links if one.referral_id == referral_id and one.word and is_ours(house, one)]
    return Word(found[-1]) if found else None


def end_links(work: Work, house: House, case_id: bytes, referral_id: bytes | None = None) -> int:
    """End the links of a referral, or of the whole case, at once, with every session that reads; return how many."""
    return _end(work, house, [one for one in lock_links(work.main, case_id) if referral_id in (None, one.referral_id)])


def end_unopened(work: Work, house: House, case_id: bytes) -> None:
    """End the links that no service has opened yet, because somebody who may know their passphrase is let go."""
    _end(work, house, [one for one in lock_links(work.main, case_id) if not one.session and not one.ended])


def end_due(work: Work, house: House) -> int:
    """Close the links whose day has passed, and those that were opened and are read no longer. Needs no key.

    A row stays only where it holds the word of a service: any other would tell for nothing that the case has a link.
    It locks links, so it comes last in a sweep; one that somebody is changing now waits for the next.
    """
    over = [one for one in live_links(work.main) if not is_open(house, one) or not _is_read(work, house, one)]
    for link in over:
        record_reporter(work, house, ReporterEvent.REFERRAL_LINK_ENDED, link.case_id)
        if link.word and is_ours(house, link):
            close_link(work.shred, link)
            mark(house, link)
        else:  # nothing waits to be written into the referral, and what was altered is not made authentic
            remove_links(work.main, work.shred, [link])
    return len(over)


def open_links(house: House, links: Sequence[ReferralLink], referral_id: bytes) -> list[ReferralLink]:
    """Return the links of a referral that a service may still open, or is reading."""
    return [one for one in links if one.referral_id == referral_id and is_open(house, one)]


def _end(work: Work, house: House, links: Sequence[ReferralLink]) -> int:
    for one in links:
        if not one.ended:
            record_reporter(work, house, ReporterEvent.REFERRAL_LINK_ENDED, one.case_id)
    remove_links(work.main, work.shred, links)
    return len(links)


def _is_read(work: Work, house: House, link: ReferralLink) -> bool:
    """Return whether a link was not opened yet, or the session that opened it still lasts."""
    if not link.session:
        return True
    row = work.shred.get(SurvivorSession, link.session)
    return row is not None and row.expires_hour > house.now()


def _grant_context(link_id: bytes) -> GrantContext:
    return GrantContext(link_id, PLACE, 1, Part.WHOLE, b"p" + link_id)


def _item_context(link_id: bytes) -> ItemContext:
    return ItemContext(link_id, PLACE, 1, link_id, KIND)


def _parts(link: ReferralLink) -> tuple[bytes, ...]:
    until, ended, word = link.until_on.isoformat().encode(), b"1" if link.ended else b"0", link.word.encode()
    return link.id, link.case_id, link.referral_id, link.seed, link.key, until, link.session, ended, word
