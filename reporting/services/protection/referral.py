"""A referral: offered or asked for, answered item by item in her own hand, and stopped at any time."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from reporting.domain.case import Side
from reporting.domain.oversight.audit import ReporterEvent
from reporting.domain.protection.referral import (
    LAST_WORDS,
    LONGEST_REACH,
    PASSED_ON,
    TRANSITIONS,
    Need,
    Referral,
    ReferralAct,
    ReferralState,
    Scope,
    ScopedItem,
)
from reporting.domain.sealed.entry import UNSIGNED
from reporting.domain.words import clean_text
from reporting.services.actors import Reporter, StaffMember
from reporting.services.errors import NotAllowed, NotFound
from reporting.services.file.listing import chosen
from reporting.services.help.directory import shown_directory
from reporting.services.house import House
from reporting.services.oversight.audit import record_reporter
from reporting.services.protection.agreement import open_hers, open_plan, tell_team
from reporting.services.protection.referral_links import end_links, open_links, word_on
from reporting.services.protection.referral_scope import digest_of, has_copy, shareable_in
from reporting.services.protection.reviews import note_plan
from reporting.services.sealed.entries import Filed, add, change, file_of
from reporting.services.sealed.facts import reseal_fact
from reporting.services.sealed.sealing import OpenCase
from reporting.store.database import Work
from reporting.store.referral_links import links_of, lock_links, remove_links

Chosen = tuple[bytes, str]
"""An item that she ticked: its id, and the digest of what she read in it."""


@dataclass(frozen=True)
class Offered:
    """What a handler offers: `service` is the id of a listed service, or '' where `provider` was typed."""

    need: Need
    told: str
    items: Sequence[bytes] = ()
    provider: str = ""
    service: str = ""
    asked: bytes | None = None


def offer(work: Work, house: House, actor: StaffMember, case_id: bytes, offered: Offered) -> bytes:
    """Offer her a service and the items that it could open; return the id. Nothing is passed on before her yes.

    :raises NotFound: no grant, an item is none of this case that can be shared, or there is no such wish of hers.
    :raises NotAllowed: no provider, or not said what it would learn. Twice on a day is once.
    """
    opened, day = open_plan(work, house, actor, case_id), house.today().isoformat()
    settle(work, house, opened)
    provider, told = _provider(work, house, offered), clean_text(offered.told).strip()
    if not provider or not told:
        raise NotAllowed
    items = tuple(one.named for one in chosen(shareable_in(work, opened), offered.items)) if offered.items else ()
    entry = Referral(*UNSIGNED, offered.need, provider, told, items, offered.service, since=day)
    for one in file_of(work, opened).all(Referral):
        if one.entry.state is ReferralState.OFFERED and _same_offer(one.entry, entry):
            return one.id
    if offered.asked is not None:
        move(work, house, opened, offered.asked, ReferralAct.OFFER, Side.HANDLER)
    filed = add(work, house, opened, actor, entry)
    note_plan(work, house, opened, actor)
    return filed.id


def ask(work: Work, house: House, reporter: Reporter, case_id: bytes, need: Need, words: str) -> None:
    """Let her ask to be referred; `words` say to whom or what for, if she likes. The same wish twice is one.

    :raises NotFound: her token does not open this case.
    :raises NotAllowed: nobody holds the case any more.
    """
    opened = open_hers(work, house, reporter, case_id)
    words = clean_text(words).strip()
    for one in file_of(work, opened).all(Referral):
        if one.entry.state is ReferralState.ASKED and (one.entry.need, one.entry.provider) == (need, words):
            return
    day = house.today().isoformat()
    add(work, house, opened, reporter, Referral(*UNSIGNED, need, words, "", state=ReferralState.ASKED, since=day))
    record_reporter(work, house, ReporterEvent.REFERRAL_ASKED, case_id)
    tell_team(work, house, opened)


def record(work: Work, house: House, actor: StaffMember, case_id: bytes, referral_id: bytes, act: ReferralAct) -> None:
    """Write down what the service did, or take the offer back, which ends its links at once.

    :raises NotFound: no grant, or the case has no such referral.
    :raises NotAllowed: the table has no such step from here for staff: whether it goes ahead is hers.
    """
    opened = open_plan(work, house, actor, case_id)
    settle(work, house, opened)
    if act is ReferralAct.OFFER:
        raise NotAllowed
    after = move(work, house, opened, referral_id, act, Side.HANDLER)
    if after in (ReferralState.REVOKED, ReferralState.REJECTED, ReferralState.DONE):
        end_links(work, house, case_id, referral_id)
    note_plan(work, house, opened, actor)


def agree(
    work: Work,
    house: House,
    reporter: Reporter,
    case_id: bytes,
    referral_id: bytes,
    items: Sequence[Chosen] = (),
    reach: str = "",
    files: Sequence[bytes] = (),
) -> None:
    """Say yes to a referral and to each of these items, as she read them; `reach` is how the service reaches her.

    :param files: those of the items of which the service may open the file too, in the copy without hidden data.

    :raises NotFound: her token does not open this case, or it has no such referral.
    :raises NotAllowed: it does not stand so any more, an item was not offered, or has changed since she read it.
    """
    opened = open_hers(work, house, reporter, case_id)
    filed = file_of(work, opened).one(Referral, referral_id)
    offered = {one.item for one in filed.entry.items}
    shareable = [one for one in shareable_in(work, opened) if one.id.hex() in offered]
    now = {one.id: digest_of(one) for one in shareable}
    if not set(files) <= {one.id for one in shareable if has_copy(one)} & {item_id for item_id, _ in items}:
        raise NotAllowed
    if any(now.get(item_id) != digest for item_id, digest in items):
        raise NotAllowed
    move(work, house, opened, referral_id, ReferralAct.AGREE, Side.SURVIVOR)
    wanted = {item_id for item_id, _ in items}
    scoped = tuple(
        ScopedItem(item_id.hex(), digest, item_id in files) for item_id, digest in now.items() if item_id in wanted
    )
    reach = clean_text(reach).strip()[:LONGEST_REACH]
    add(work, house, opened, reporter, Scope(*UNSIGNED, referral_id.hex(), scoped, reach))
    tell_team(work, house, opened)


def refuse(work: Work, house: House, reporter: Reporter, case_id: bytes, referral_id: bytes, act: ReferralAct) -> None:
    """Say no to a referral, or stop it: every link of it ends at once, and so does whoever is reading.

    :raises NotFound: her token does not open this case, or it has no such referral.
    :raises NotAllowed: it does not stand so any more.
    """
    opened = open_hers(work, house, reporter, case_id)
    if act not in (ReferralAct.DECLINE, ReferralAct.WITHDRAW):
        raise NotAllowed
    is_open = bool(open_links(house, links_of(work.main, case_id), referral_id))
    settle(work, house, opened)
    state = file_of(work, opened).one(Referral, referral_id).entry.state
    if not (is_open and state in LAST_WORDS):  # the service has said its last word: what she stops is its reading
        move(work, house, opened, referral_id, act, Side.SURVIVOR)
    end_links(work, house, case_id, referral_id)
    if act is ReferralAct.WITHDRAW:
        record_reporter(work, house, ReporterEvent.REFERRAL_STOPPED, case_id)
    tell_team(work, house, opened)


def settle(work: Work, house: House, opened: OpenCase) -> None:
    """Write into the referrals what services have answered since, and let no link outlast the last word of its service.

    The service itself holds no key of the case, so whoever acts next does it; the case is locked.
    """
    links, over = lock_links(work.main, opened.id), []
    for filed in file_of(work, opened).all(Referral) if links else ():
        word = word_on(house, links, filed.id)
        state = filed.entry.stands(house.today(), word)
        if word is not None and state is not filed.entry.state:
            _keep(work, house, opened, filed, state)
        if state in LAST_WORDS:
            over.append(filed.id)
    remove_links(work.main, work.shred, [one for one in links if one.ended])
    for referral_id in over:
        end_links(work, house, opened.id, referral_id)


def stop_all(work: Work, house: House, opened: OpenCase) -> None:
    """Stop every referral because she closes her case: links and sessions end, and every yes is taken back."""
    settle(work, house, opened)
    for filed in file_of(work, opened).all(Referral):
        if filed.entry.state in PASSED_ON:
            move(work, house, opened, filed.id, ReferralAct.WITHDRAW, Side.SURVIVOR)
    end_links(work, house, opened.id)


def move(work: Work, house: House, opened: OpenCase, referral_id: bytes, act: ReferralAct, side: Side) -> ReferralState:
    """Move a referral by the table, and count it anew; return where it stands then.

    :raises NotFound: the case has no such referral.
    :raises NotAllowed: the table has no such step.
    """
    filed = file_of(work, opened).one(Referral, referral_id)
    after = TRANSITIONS.get((filed.entry.state, act, side))
    if after is None:
        raise NotAllowed
    _keep(work, house, opened, filed, after)
    return after


def _keep(work: Work, house: House, opened: OpenCase, filed: Filed[Referral], state: ReferralState) -> None:
    change(work, opened, Filed(filed.id, replace(filed.entry, state=state, since=house.today().isoformat())))
    work.main.flush()
    reseal_fact(work, house, opened)


def _provider(work: Work, house: House, offered: Offered) -> str:
    """Return the name of the service: that of the directory where it is listed, or else what was typed."""
    if not offered.service:
        return " ".join(clean_text(offered.provider).split())
    listed = shown_directory(work, house).find(offered.service)
    if listed is None:
        raise NotFound
    return listed.name if listed.organization in ("", listed.name) else f"{listed.name} ({listed.organization})"


def _same_offer(one: Referral, other: Referral) -> bool:
    return all(getattr(one, name) == getattr(other, name) for name in ("since", "need", "provider", "told", "items"))
