"""What a referral may open: which items can be offered, to which she agreed, and how each referral stands today."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from reporting.domain.case import ItemKind
from reporting.domain.evidence.evidence import Cleaning
from reporting.domain.evidence.told import Told
from reporting.domain.protection.referral import PASSED_ON, SHAREABLE, Referral, ReferralState, Scope
from reporting.domain.sealed.disclosure import REPORTER
from reporting.services.file.listing import Listed, listed_in
from reporting.services.house import House
from reporting.services.protection.referral_links import open_links, word_on
from reporting.services.sealed.entries import CaseFile
from reporting.services.sealed.sealing import OpenCase
from reporting.store.database import Work
from reporting.store.referral_links import links_of


@dataclass(frozen=True)
class Known:
    """A referral as it stands today, with what she agreed to; `as_agreed` is false once an item has changed."""

    id: bytes
    entry: Referral
    state: ReferralState
    scope: Scope | None
    items: Sequence[Listed]
    agreed: Sequence[Listed]
    as_agreed: bool
    open_until: date | None
    was_opened: bool

    @property
    def with_file(self) -> frozenset[bytes]:
        """Return the ids of the items of which the file itself may be opened too."""
        return frozenset(bytes.fromhex(one.item) for one in self.scope.items if one.file) if self.scope else frozenset()

    @property
    def may_be_linked(self) -> bool:
        """Return whether a handler may issue a link now."""
        return self.scope is not None and self.as_agreed and self.state in PASSED_ON


def shareable_in(work: Work, opened: OpenCase) -> list[Listed]:
    """Return what can be offered to a service: things that she reads herself, and nothing about who she is."""
    return [one for one in listed_in(work, opened) if one.code in SHAREABLE and one.kind is not ItemKind.ENTRY]


def has_copy(one: Listed) -> bool:
    """Return whether an item has a file in a copy without hidden data, which a service could open."""
    return one.kind is ItemKind.EVIDENCE and Told.from_bytes(one.content).cleaning is Cleaning.CLEANED


def digest_of(one: Listed) -> str:
    """Return what binds a yes to what stood in an item when it was given."""
    content = Told.from_bytes(one.content).lasting if one.kind is ItemKind.EVIDENCE else one.content
    return hashlib.sha256(content).hexdigest()


def scope_of(file: CaseFile, referral_id: bytes) -> Scope | None:
    """Return her yes to a referral; one that anybody else wrote is none."""
    about = referral_id.hex()
    found = [one.entry for one in file.all(Scope) if one.entry.about == about and one.entry.author == REPORTER]
    return found[-1] if found else None


def referrals_of(work: Work, house: House, opened: OpenCase, file: CaseFile) -> list[Known]:
    """Return every referral of a case as it stands today, the answers of services included."""
    referrals, found = file.all(Referral), []
    known = {one.id.hex(): one for one in shareable_in(work, opened)} if referrals else {}
    links = links_of(work.main, opened.id)
    for filed in referrals:
        scope, live = scope_of(file, filed.id), open_links(house, links, filed.id)
        scoped = scope.items if scope else ()
        agreed = [known[one.item] for one in scoped if one.item in known]
        found.append(
            Known(
                filed.id,
                filed.entry,
                filed.entry.stands(house.today(), word_on(house, links, filed.id)),
                scope,
                [known[one.item] for one in filed.entry.items if one.item in known],
                agreed,
                [(one.id.hex(), digest_of(one)) for one in agreed] == [(one.item, one.digest) for one in scoped],
                live[-1].until_on if live else None,
                bool(live and live[-1].session),
            )
        )
    return found
