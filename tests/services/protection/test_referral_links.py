"""A link opens once, for one service, with what she agreed to and nothing else, and stops when she says so."""

import json
import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from reporting.crypto.envelope import open_item
from reporting.crypto.errors import CannotOpen
from reporting.crypto.grants import open_grant
from reporting.crypto.keys import KeyPair
from reporting.crypto.passphrases import SealedSeed, unseal_seed
from reporting.crypto.secret import CompartmentKey, ShredKey
from reporting.domain.case import ItemKind
from reporting.domain.casework.clocks import Clock
from reporting.domain.oversight.audit import ReporterEvent, StaffEvent
from reporting.domain.protection.referral import (
    Bundle,
    Need,
    ReferralAct,
    ReferralState,
    Scope,
    ScopedItem,
    SharedItem,
    Word,
)
from reporting.domain.sealed.disclosure import REPORTER, Disclosure
from reporting.domain.sealed.entry import UNSIGNED
from reporting.services.actors import Reporter
from reporting.services.casework.case import write_note
from reporting.services.casework.clocks import running_clocks
from reporting.services.casework.messages import write_as_reporter
from reporting.services.errors import NotAllowed, NotFound
from reporting.services.evidence import pieces
from reporting.services.evidence.pieces import Piece
from reporting.services.help.directory import directory_of, load_shipped
from reporting.services.organisation import accounts
from reporting.services.oversight import retention
from reporting.services.oversight.audit import reporter_ledger, staff_ledger
from reporting.services.protection import referral, referral_issuing, referral_links, referral_reading
from reporting.services.protection.agreement import note_reading, open_plan
from reporting.services.protection.referral_scope import referrals_of
from reporting.services.reading import assignment
from reporting.services.sealed.entries import add, file_of
from reporting.services.sealed.sealing import open_case, read_one, rewrite_item
from reporting.services.signing_in.tickets import Ticket
from reporting.services.survivor import erasure
from reporting.store.blobs import keys_before
from reporting.store.cases import find_case, items_of
from reporting.store.database import Work, reading, writing
from reporting.store.grants import stray_shred_keys
from reporting.store.referral_links import ReferralLink
from reporting.store.shred import ShredKeyRow, SurvivorSession
from tests.builders import Built, Team, in_unit, send_report
from tests.directory import add_entry
from tests.evidence import MAKER, add_file, photo, secrets_of
from tests.services.acts import called, count, take_up, tamper
from tests.services.protection.referring import (
    PROVIDER,
    TOLD,
    agree,
    come,
    issue,
    known,
    of_kind,
    offer,
    prepared,
    provider_of,
    shareable,
    ticks,
)
from tests.services.together import HEAD_START, at_once

STORY, MESSAGE, NOTE, NAME = "Quillfeather-story", "Ambersand-message", "Thistledown-note", "Wintergreen-name"
E = ReporterEvent
Linked = tuple[Reporter, bytes, bytes]


@pytest.fixture
def agreed(built: Built, team: Team) -> Linked:
    """A case in which she agreed that a service reads her account, and not her message."""
    _, reporter, case_id = send_report(built, team.office, STORY, identity=called(NAME))
    take_up(built, team.amina, case_id)
    in_unit(built, write_as_reporter, reporter, case_id, MESSAGE)
    in_unit(built, write_note, team.amina, case_id, NOTE)
    both = of_kind(built, team.amina, case_id, ItemKind.DISCLOSURE, ItemKind.MESSAGE)
    assert len(both) == 2
    referral_id = offer(built, team.amina, case_id, both)
    (account,) = of_kind(built, team.amina, case_id, ItemKind.DISCLOSURE)
    hers = [one for one in ticks(built, reporter, case_id, referral_id) if one[0] == account]
    agree(built, reporter, case_id, referral_id, hers, "Call after six")
    return reporter, case_id, referral_id


def read(built: Built, ticket: Any) -> str:
    """Return everything that the page of a service holds."""
    service = provider_of(built, ticket)
    assert service is not None
    with reading(built.stores) as work:
        return referral_reading.read_page(work, built.house, service).bundle.to_bytes().decode()


def deeds(built: Built, case_id: bytes) -> list[str]:
    with reading(built.stores) as work:
        return [one.action for one in reporter_ledger(work, built.house, case_id)]


@pytest.mark.req("G1", "U14")
@pytest.mark.principle("informed_consent")
def test_a_service_reads_what_she_agreed_to_and_nothing_else(built: Built, team: Team, agreed: Linked) -> None:
    _, case_id, referral_id = agreed
    page = read(built, come(built, *issue(built, team.amina, case_id, referral_id)))
    for words in (STORY, TOLD, PROVIDER, "Call after six"):
        assert words in page
    for words in (MESSAGE, NOTE, NAME, "Amina", case_id.hex()):
        assert words not in page


@pytest.mark.req("G1")
def test_the_words_may_be_typed_as_people_write_them_down(built: Built, team: Team, agreed: Linked) -> None:
    link_id, phrase = issue(built, team.amina, agreed[1], agreed[2])
    assert len(phrase.split("-")) == 8
    assert STORY in read(built, come(built, link_id, f"  {phrase.replace('-', ' ').upper()}. "))


@pytest.mark.req("G1")
@pytest.mark.principle("confidentiality")
def test_a_link_opens_once_and_a_wrong_passphrase_never(built: Built, team: Team, agreed: Linked) -> None:
    link_id, phrase = issue(built, team.amina, agreed[1], agreed[2])
    for wrong in ("", "x" * 100_000, phrase[:-1], "\x00\ud800", prepared().passphrase):
        with pytest.raises(NotFound):
            come(built, link_id, wrong)
    first = come(built, link_id, phrase)
    with pytest.raises(NotFound):
        come(built, link_id, phrase)
    assert STORY in read(built, first)
    with pytest.raises(NotFound):
        come(built, bytes(16), phrase)


@pytest.mark.req("G1")
def test_of_two_who_open_it_at_once_one_does(built: Built, team: Team, agreed: Linked) -> None:
    link_id, phrase = issue(built, team.amina, agreed[1], agreed[2])
    with reading(built.stores) as work:
        seed = referral_reading.seed_from(referral_reading.stored_seed(work, built.house, link_id), phrase)
    got = at_once(lambda _: in_unit(built, referral_reading.open_once, link_id, seed), 2)
    assert sorted(type(one).__name__ for one in got) == ["NotFound", "Ticket"]


@pytest.mark.req("G1")
def test_a_link_lasts_so_many_days_and_its_page_one_hour(built: Built, team: Team, agreed: Linked) -> None:
    _, case_id, referral_id = agreed
    for days in (0, 1, 31, 365):
        with pytest.raises(NotAllowed):
            issue(built, team.amina, case_id, referral_id, days)
    link_id, phrase = issue(built, team.amina, case_id, referral_id, 3)
    built.clock.forward(days=4)
    with pytest.raises(NotFound):
        come(built, link_id, phrase)
    link_id, phrase = issue(built, team.amina, case_id, referral_id, 3)
    built.clock.forward(days=3)
    ticket = come(built, link_id, phrase)
    built.clock.forward(minutes=59)
    assert provider_of(built, ticket) is not None
    built.clock.forward(minutes=1)
    assert provider_of(built, ticket) is None


@pytest.mark.req("G1", "U14")
@pytest.mark.principle("informed_consent")
def test_no_link_is_made_without_her_yes_or_after_she_took_it_back(built: Built, team: Team, agreed: Linked) -> None:
    reporter, case_id, referral_id = agreed
    (account,) = of_kind(built, team.amina, case_id, ItemKind.DISCLOSURE)
    unasked = offer(built, team.amina, case_id, [account])
    with pytest.raises(NotAllowed):
        issue(built, team.amina, case_id, unasked)
    # A yes that a handler wrote in her place is none.
    with writing(built.stores) as work:
        opened = open_plan(work, built.house, team.amina, case_id)
        forged = Scope(*UNSIGNED, unasked.hex(), (ScopedItem(account.hex(), "0" * 64),))
        add(work, built.house, opened, team.amina, replace(forged, author=REPORTER))
    with pytest.raises(NotAllowed):
        issue(built, team.amina, case_id, unasked)
    in_unit(built, referral.refuse, reporter, case_id, referral_id, ReferralAct.WITHDRAW)
    with pytest.raises(NotAllowed):
        issue(built, team.amina, case_id, referral_id)
    with pytest.raises(NotFound):
        issue(built, team.desk_reader, case_id, referral_id)
    assert count(built, ReferralLink) == 0


@pytest.mark.req("U14")
@pytest.mark.principle("informed_consent")
def test_stopping_ends_whoever_is_reading(built: Built, team: Team, agreed: Linked) -> None:
    reporter, case_id, referral_id = agreed
    ticket = come(built, *issue(built, team.amina, case_id, referral_id))
    service = provider_of(built, ticket)
    assert service is not None
    in_unit(built, referral.refuse, reporter, case_id, referral_id, ReferralAct.WITHDRAW)
    assert provider_of(built, ticket) is None
    with pytest.raises(NotFound):
        in_unit(built, referral_reading.read_page, service)
    with pytest.raises(NotFound):
        in_unit(built, referral_reading.answer, service, Word.HELPS)
    assert known(built, reporter, case_id, referral_id).state is ReferralState.CONSENT_WITHDRAWN
    with reading(built.stores) as work:
        assert not work.shred.scalars(select(SurvivorSession)).all()


@pytest.mark.req("U14")
@pytest.mark.parametrize(
    "how",
    [
        "revoke",
        "end",
        "close",
        "erase",
        "erase later",
        "new link",
        "handler leaves",
        "account ends",
        "expiry",
        "altered",
    ],
)
def test_every_end_takes_the_shred_key_at_once(built: Built, team: Team, agreed: Linked, how: str) -> None:
    reporter, case_id, referral_id = agreed
    link_id, phrase = issue(built, team.amina, case_id, referral_id)
    assert link_id in keys(built)
    if how == "revoke":
        in_unit(built, referral.record, team.amina, case_id, referral_id, ReferralAct.REVOKE)
    elif how == "end":
        in_unit(built, referral_issuing.end_link, team.amina, case_id, referral_id)
        with pytest.raises(NotAllowed):
            in_unit(built, referral_issuing.end_link, team.amina, case_id, referral_id)
    elif how == "close":
        in_unit(built, erasure.close, reporter, case_id)
    elif how == "erase":
        in_unit(built, erasure.erase_now, reporter, case_id)
        assert count(built, ReferralLink) == 0
    elif how == "erase later":
        in_unit(built, erasure.erase_later, reporter, case_id)
    elif how == "new link":
        issue(built, team.amina, case_id, referral_id)
    elif how == "handler leaves":
        take_up(built, team.ben, case_id)
        in_unit(built, assignment.recuse, team.amina, case_id)
    elif how == "account ends":
        in_unit(built, accounts.disable, None, team.amina.staff_id)
    elif how == "expiry":
        built.clock.forward(days=15)
        in_unit(built, retention.run)
    else:
        tamper(built, "UPDATE referral_links SET until_on = '2099-01-01'")
        in_unit(built, retention.run)
    assert link_id not in keys(built)
    with pytest.raises(NotFound):
        come(built, link_id, phrase)


@pytest.mark.req("U14")
def test_a_link_made_while_she_stops_it_opens_nothing(built: Built, team: Team, agreed: Linked) -> None:
    reporter, case_id, referral_id = agreed
    made = prepared()
    acts = [
        lambda: in_unit(built, referral_issuing.issue, team.amina, case_id, referral_id, made, days=14),
        lambda: in_unit(built, referral.refuse, reporter, case_id, referral_id, ReferralAct.WITHDRAW),
    ]
    at_once(lambda place: acts[place](), 2)
    assert known(built, reporter, case_id, referral_id).state is ReferralState.CONSENT_WITHDRAWN
    assert count(built, ReferralLink) == 0


@pytest.mark.req("U14")
@pytest.mark.parametrize("end", ["stop", "erase"])
def test_a_link_opened_while_she_ends_it_is_read_by_nobody(built: Built, team: Team, agreed: Linked, end: str) -> None:
    reporter, case_id, referral_id = agreed
    link_id, phrase = issue(built, team.amina, case_id, referral_id)
    with reading(built.stores) as work:
        seed = referral_reading.seed_from(referral_reading.stored_seed(work, built.house, link_id), phrase)
    acts: list[Callable[[], Any]] = [
        lambda: in_unit(built, referral_reading.open_once, link_id, seed),
        lambda: (
            in_unit(built, referral.refuse, reporter, case_id, referral_id, ReferralAct.WITHDRAW)
            if end == "stop"
            else in_unit(built, erasure.erase_now, reporter, case_id)
        ),
    ]
    got = at_once(lambda place: acts[place](), 2)
    assert isinstance(got[0], NotFound) or provider_of(built, got[0]) is None
    assert count(built, ReferralLink) == 0
    assert link_id not in keys(built)
    with reading(built.stores) as work:
        assert not work.shred.scalars(select(SurvivorSession)).all()


def keys(built: Built) -> set[bytes]:
    with reading(built.stores) as work:
        return set(work.shred.scalars(select(ShredKeyRow.grant_id)))


@pytest.mark.req("U14")
def test_what_was_read_in_its_hour_is_closed_by_the_next_sweep(built: Built, team: Team, agreed: Linked) -> None:
    _, case_id, first = agreed
    second = offer(built, team.amina, case_id)
    agree(built, agreed[0], case_id, second, ())
    silent, spoken = (issue(built, team.amina, case_id, one) for one in (first, second))
    come(built, *silent)
    service = provider_of(built, come(built, *spoken))
    assert service is not None
    in_unit(built, referral_reading.answer, service, Word.HELPS)
    assert in_unit(built, referral_links.end_due) == 0
    built.clock.forward(hours=2)
    in_unit(built, retention.run)
    assert not {silent[0], spoken[0]} & keys(built)
    with reading(built.stores) as work:
        (left,) = work.main.scalars(select(ReferralLink)).all()  # only what still has something to say
        assert (left.id, left.content, left.word) == (spoken[0], b"", Word.HELPS)


@pytest.mark.req("U14")
def test_nothing_but_what_she_reads_herself_can_be_offered(built: Built, team: Team, agreed: Linked) -> None:
    reporter, case_id, _ = agreed
    _, _, elsewhere = send_report(built, team.office, "Silverbirch")
    take_up(built, team.amina, elsewhere)
    (foreign,) = of_kind(built, team.amina, elsewhere, ItemKind.DISCLOSURE)
    with reading(built.stores) as work:
        kinds = {ItemKind.IDENTITY, ItemKind.NOTE, ItemKind.CHOICES, ItemKind.WORKING_TITLE}
        never = [row.id for row in items_of(work.main, case_id, *kinds)]
    assert len(never) >= 3
    for item_id in (*never, foreign, bytes(16)):
        with pytest.raises(NotFound):
            offer(built, team.amina, case_id, [item_id])
    codes = {one.code for one in shareable(built, team.amina, case_id)}
    assert codes == {"disclosure", "people", "message"}
    # A yes to something that was not offered counts nothing, whoever sends it.
    (account,) = of_kind(built, team.amina, case_id, ItemKind.DISCLOSURE)
    words_only = offer(built, team.amina, case_id)
    for tick in ((account, "0" * 64), (foreign, "0" * 64)):
        with pytest.raises(NotAllowed):
            agree(built, reporter, case_id, words_only, [tick])
    agree(built, reporter, case_id, words_only, [])
    assert STORY not in read(built, come(built, *issue(built, team.amina, case_id, words_only)))


@pytest.mark.req("U14")
@pytest.mark.principle("informed_consent")
def test_a_yes_is_to_what_stood_there_when_she_read_it(built: Built, team: Team, agreed: Linked) -> None:
    reporter, case_id, _ = agreed
    (account,) = of_kind(built, team.amina, case_id, ItemKind.DISCLOSURE)
    referral_id = offer(built, team.amina, case_id, [account])
    with pytest.raises(NotAllowed):
        agree(built, reporter, case_id, referral_id, [(account, "0" * 64)])
    agree(built, reporter, case_id, referral_id, ticks(built, reporter, case_id, referral_id))
    with writing(built.stores) as work:
        opened = open_case(work, reporter, built.house, case_id, to_change=True)
        content = read_one(work, opened, ItemKind.DISCLOSURE)
        assert content is not None
        changed = replace(Disclosure.from_bytes(content), language="fr")
        rewrite_item(work, opened, ItemKind.DISCLOSURE, changed.to_bytes())
    assert not known(built, reporter, case_id, referral_id).as_agreed
    with pytest.raises(NotAllowed):
        issue(built, team.amina, case_id, referral_id)


@pytest.mark.req("U14")
@pytest.mark.parametrize(
    ("words", "state"),
    [
        ((Word.HELPS,), ReferralState.ACCEPTED),
        ((Word.CANNOT,), ReferralState.REJECTED),
        ((Word.HELPS, Word.DONE), ReferralState.DONE),
    ],
)
def test_the_word_of_a_service_shows_at_once_and_is_written_in_by_whoever_acts_next(
    built: Built, team: Team, agreed: Linked, words: tuple[Word, ...], state: ReferralState
) -> None:
    reporter, case_id, referral_id = agreed
    service = provider_of(built, come(built, *issue(built, team.amina, case_id, referral_id)))
    assert service is not None
    for word in words:
        in_unit(built, referral_reading.answer, service, word)
    assert known(built, reporter, case_id, referral_id).state is state
    assert known(built, reporter, case_id, referral_id).entry.state is ReferralState.AGREED
    with reading(built.stores) as work:
        case = find_case(work.main, case_id)
        assert case is not None
        assert case.waiting
    built.clock.forward(hours=2)
    in_unit(built, retention.run)
    assert known(built, reporter, case_id, referral_id).state is state
    offer(built, team.amina, case_id)  # any act of a handler
    assert known(built, reporter, case_id, referral_id).entry.state is state
    assert count(built, ReferralLink) == 0


def test_a_word_that_somebody_put_into_the_database_counts_nothing(built: Built, team: Team, agreed: Linked) -> None:
    reporter, case_id, referral_id = agreed
    issue(built, team.amina, case_id, referral_id)
    tamper(built, "UPDATE referral_links SET word = 'helps'")
    assert known(built, reporter, case_id, referral_id).state is ReferralState.AGREED


@pytest.mark.req("U14")
@pytest.mark.principle("support")
def test_a_service_that_does_not_answer_is_followed_up(built: Built, team: Team, agreed: Linked) -> None:
    reporter, case_id, referral_id = agreed
    issue(built, team.amina, case_id, referral_id)
    one = known(built, reporter, case_id, referral_id)
    assert one.entry.answer_by == "2026-03-11"  # a Monday and seven working days
    with reading(built.stores) as work:
        assert running_clocks(work, case_id)[Clock.LOOK_AGAIN].isoformat() == "2026-03-11"
    built.clock.forward(days=9)
    assert known(built, reporter, case_id, referral_id).state is ReferralState.AGREED
    built.clock.forward(days=1)
    assert known(built, reporter, case_id, referral_id).state is ReferralState.NO_RESPONSE
    issue(built, team.amina, case_id, referral_id)
    assert known(built, reporter, case_id, referral_id).state is ReferralState.AGREED


@pytest.mark.req("U7", "U14")
def test_she_reads_all_of_it_in_her_ledger(built: Built, team: Team, agreed: Linked) -> None:
    reporter, case_id, referral_id = agreed
    service = provider_of(built, come(built, *issue(built, team.amina, case_id, referral_id)))
    assert service is not None
    in_unit(built, referral_reading.answer, service, Word.HELPS)
    in_unit(built, referral.refuse, reporter, case_id, referral_id, ReferralAct.WITHDRAW)
    for event in (E.REFERRAL_OPENED, E.REFERRAL_ANSWERED, E.REFERRAL_STOPPED, E.REFERRAL_LINK_ENDED):
        assert deeds(built, case_id).count(event) == 1
    with reading(built.stores) as work:
        done = [(one.action, one.actor_id) for one in staff_ledger(work, built.house, case_id)]
    assert (StaffEvent.REFERRAL_LINKED, team.amina.staff_id) in done


@pytest.mark.req("P1", "P4")
@pytest.mark.principle("confidentiality")
def test_whoever_steals_the_database_opens_nothing_without_passphrase_and_shred_store(
    built: Built, team: Team, agreed: Linked
) -> None:
    link_id, phrase = issue(built, team.amina, agreed[1], agreed[2])
    with reading(built.stores) as work:
        row = work.main.get_one(ReferralLink, link_id)
        key, content, stored = row.key, row.content, row.seed
        for words in (STORY, TOLD, PROVIDER, phrase):
            assert words.encode() not in key + content + stored
        shred_key = ShredKey(work.shred.get_one(ShredKeyRow, link_id).key)
    grant, place = referral_links._grant_context(link_id), referral_links._item_context(link_id)
    pair = KeyPair.from_seed(unseal_seed(phrase, SealedSeed.from_bytes(stored)))
    for stolen, with_pair in ((ShredKey.random(), pair), (shred_key, team.amina.pair)):
        with pytest.raises(CannotOpen):
            open_grant(key, stolen, with_pair, grant)
    with pytest.raises(CannotOpen):
        open_item(CompartmentKey.random(), place, content)
    with pytest.raises(CannotOpen):
        unseal_seed(prepared().passphrase, SealedSeed.from_bytes(stored))
    assert STORY.encode() in open_item(open_grant(key, shred_key, pair, grant), place, content)
    # A row that is copied to another address opens nothing there.
    with pytest.raises(CannotOpen):
        open_grant(key, shred_key, pair, referral_links._grant_context(bytes(16)))


@pytest.mark.req("P1")
def test_the_key_of_a_link_is_no_stray(built: Built, team: Team, agreed: Linked) -> None:
    issue(built, team.amina, agreed[1], agreed[2])
    with reading(built.stores) as work:
        for days in range(85, 100):
            assert stray_shred_keys(work.main, work.shred, built.house.today() + timedelta(days=days)) == []


@pytest.mark.req("U14")
def test_she_may_ask_and_is_answered_with_an_offer(built: Built, team: Team, agreed: Linked) -> None:
    reporter, case_id, _ = agreed
    for _twice in range(2):
        in_unit(built, referral.ask, reporter, case_id, Need.LEGAL, "Somebody who knows contracts")
    with reading(built.stores) as work:
        opened = open_case(work, team.amina, built.house, case_id)
        wishes = [one for one in referrals_of(work, built.house, opened, file_of(work, opened)) if not one.entry.told]
    (wish,) = wishes
    assert wish.state is ReferralState.ASKED
    with pytest.raises(NotAllowed):
        agree(built, reporter, case_id, wish.id, [])
    with pytest.raises(NotAllowed):
        issue(built, team.amina, case_id, wish.id)
    answering = referral.Offered(Need.LEGAL, "Nothing yet", (), "Law centre", asked=wish.id)
    in_unit(built, referral.offer, team.amina, case_id, answering)
    assert known(built, reporter, case_id, wish.id).state is ReferralState.MET
    again = replace(answering, told="Something else")
    with pytest.raises(NotAllowed):
        in_unit(built, referral.offer, team.amina, case_id, again)
    assert deeds(built, case_id).count(ReporterEvent.REFERRAL_ASKED) == 1


def test_a_service_of_the_directory_is_called_as_it_stands_there(built: Built, team: Team, agreed: Linked) -> None:
    reporter, case_id, _ = agreed
    in_unit(built, load_shipped, "international")
    with reading(built.stores) as work:
        listed = directory_of(work).services[0]
    offered = referral.Offered(Need.SAFETY, "Your first name", (), "A name typed beside it", listed.id)
    referral_id = in_unit(built, referral.offer, team.amina, case_id, offered)
    assert known(built, reporter, case_id, referral_id).entry.provider.startswith(listed.name)
    with pytest.raises(NotFound):
        in_unit(built, referral.offer, team.amina, case_id, replace(offered, service="no such id"))


@pytest.mark.req("P9")
def test_a_service_that_is_hidden_from_everybody_is_offered_to_nobody(built: Built, team: Team, agreed: Linked) -> None:
    old = add_entry(built, "Checked long ago", days=400)
    add_entry(built, "Checked lately", days=1)
    offered = referral.Offered(Need.SAFETY, "Your first name", (), "", old)
    with pytest.raises(NotFound):
        in_unit(built, referral.offer, team.amina, agreed[1], offered)


@pytest.mark.req("U14")
def test_a_case_that_she_opens_again_has_no_link_and_no_yes(built: Built, team: Team, agreed: Linked) -> None:
    reporter, case_id, referral_id = agreed
    issue(built, team.amina, case_id, referral_id)
    in_unit(built, erasure.close, reporter, case_id)
    assert known(built, reporter, case_id, referral_id).state is ReferralState.CONSENT_WITHDRAWN
    assert count(built, ReferralLink) == 0


@pytest.mark.req("U14")
@pytest.mark.principle("informed_consent")
@pytest.mark.parametrize("word", [Word.CANNOT, Word.DONE])
def test_a_service_reads_no_further_after_its_last_word_once_she_stops_it_or_a_handler_has_seen_it(
    built: Built, team: Team, agreed: Linked, word: Word
) -> None:
    reporter, case_id, first = agreed
    second = offer(built, team.amina, case_id)
    agree(built, reporter, case_id, second, ())
    tickets = [come(built, *issue(built, team.amina, case_id, one)) for one in (first, second)]
    for ticket in tickets:
        service = provider_of(built, ticket)
        assert service is not None
        in_unit(built, referral_reading.answer, service, word)
    in_unit(built, referral.refuse, reporter, case_id, first, ReferralAct.WITHDRAW)
    assert provider_of(built, tickets[0]) is None
    assert E.REFERRAL_STOPPED in deeds(built, case_id)
    assert known(built, reporter, case_id, first).state is (
        ReferralState.REJECTED if word is Word.CANNOT else ReferralState.DONE
    )
    with pytest.raises(NotAllowed):  # there is nothing left to stop
        in_unit(built, referral.refuse, reporter, case_id, first, ReferralAct.WITHDRAW)
    offer(built, team.amina, case_id)  # any act of a handler
    assert provider_of(built, tickets[1]) is None
    assert count(built, ReferralLink) == 0


@pytest.mark.req("G1")
@pytest.mark.principle("confidentiality")
def test_an_older_row_that_is_put_back_does_not_open_a_second_time(built: Built, team: Team, agreed: Linked) -> None:
    link_id, phrase = issue(built, team.amina, agreed[1], agreed[2])
    with reading(built.stores) as work:
        row = work.main.get_one(ReferralLink, link_id)
        before = {"session": row.session, "tag": row.tag, "id": row.id}
    ticket = come(built, link_id, phrase)
    assert STORY in read(built, ticket)
    assert link_id not in keys(built)
    tamper(built, "UPDATE referral_links SET session = :session, tag = :tag WHERE id = :id", **before)
    with pytest.raises(NotFound):
        come(built, link_id, phrase)
    assert provider_of(built, ticket) is None


@pytest.mark.req("U14")
def test_the_sweep_and_a_handler_do_not_wait_for_each_other(built: Built, team: Team, agreed: Linked) -> None:
    _, case_id, referral_id = agreed
    link_id, _ = issue(built, team.amina, case_id, referral_id)
    _, other, other_id = send_report(built, team.office, "another account")
    in_unit(built, erasure.erase_later, other, other_id)
    built.clock.forward(days=8)
    failed: list[BaseException] = []

    def sweep() -> None:
        try:
            in_unit(built, retention.run)
        except BaseException as failure:  # noqa: BLE001 - told in the thread of the test
            failed.append(failure)

    thread = threading.Thread(target=sweep)
    with writing(built.stores) as work:
        opened = open_plan(work, built.house, team.amina, case_id)
        referral.settle(work, built.house, opened)  # the links of the case are locked
        thread.start()
        thread.join(HEAD_START)
        note_reading(work, built.house, opened, team.amina)  # and then the head of the record
    thread.join()
    assert failed == []
    with reading(built.stores) as work:
        assert find_case(work.main, other_id) is None
        assert work.main.get_one(ReferralLink, link_id).content


def piece_shared(built: Built, team: Team, *, file: bool) -> tuple[Reporter, bytes, bytes, Piece]:
    """A case in which she agreed that a service reads of a piece, and, perhaps, opens its file."""
    _, reporter, case_id = send_report(built, team.office, STORY)
    take_up(built, team.amina, case_id)
    piece = add_file(built, reporter, case_id, photo())
    referral_id = offer(built, team.amina, case_id, of_kind(built, team.amina, case_id, ItemKind.EVIDENCE))
    hers = ticks(built, reporter, case_id, referral_id)
    in_unit(built, referral.agree, reporter, case_id, referral_id, hers, "", [piece.id] if file else [])
    return reporter, case_id, referral_id, piece


def owners(work: Work, built: Built) -> set[bytes]:
    """Return everybody who has a key of a file."""
    return {key.owner for key in keys_before(work.shred, built.house.today() + timedelta(days=1))}


def opened_file(built: Built, ticket: Ticket, place: int = 0) -> bytes:
    """Return what a service gets when it opens the file of an item."""
    service = provider_of(built, ticket)
    if service is None:
        raise NotFound
    with reading(built.stores) as work:
        shared = referral_reading.open_shared_file(work, built.house, built.stores.blobs, service, place)
    return b"".join(shared.whole())


@pytest.mark.req("G1", "U14")
@pytest.mark.principle("informed_consent")
def test_a_service_opens_the_copy_of_a_file_only_with_her_yes_to_the_file(built: Built, team: Team) -> None:
    reporter, case_id, referral_id, piece = piece_shared(built, team, file=True)
    ticket = come(built, *issue(built, team.amina, case_id, referral_id))
    got = opened_file(built, ticket)
    assert got.startswith(b"\xff\xd8\xff")
    assert MAKER.encode() not in got
    for beyond in (-1, 1, 99):
        with pytest.raises(NotFound):
            opened_file(built, ticket, beyond)
    assert piece.evidence.original is not None
    assert piece.evidence.original.key not in read(built, ticket)
    with reading(built.stores) as work:
        told = [(one.action, one.detail) for one in staff_ledger(work, built.house, case_id)]
    assert (StaffEvent.EVIDENCE_LINKED, piece.evidence.custody_ref.hex()) in told
    in_unit(built, referral.refuse, reporter, case_id, referral_id, ReferralAct.WITHDRAW)
    with pytest.raises(NotFound):
        opened_file(built, ticket)
    with reading(built.stores) as work:
        assert owners(work, built) == {case_id}


@pytest.mark.req("G1", "U14")
def test_without_her_yes_to_the_file_a_service_reads_what_it_shows_and_has_no_key(built: Built, team: Team) -> None:
    _, case_id, referral_id, piece = piece_shared(built, team, file=False)
    ticket = come(built, *issue(built, team.amina, case_id, referral_id))
    page = read(built, ticket)
    assert piece.evidence.digest in page
    assert not [secret for secret in secrets_of(piece.evidence) if secret in page]
    with pytest.raises(NotFound):
        opened_file(built, ticket)


@pytest.mark.req("G1")
def test_a_yes_to_a_file_that_was_not_ticked_or_is_none_counts_nothing(built: Built, team: Team) -> None:
    _, reporter, case_id = send_report(built, team.office, STORY)
    take_up(built, team.amina, case_id)
    piece = add_file(built, reporter, case_id, photo())
    other = add_file(built, reporter, case_id, b"no kind that is known \x00\x01", name="x")
    both = of_kind(built, team.amina, case_id, ItemKind.EVIDENCE, ItemKind.DISCLOSURE)
    referral_id = offer(built, team.amina, case_id, both)
    hers = ticks(built, reporter, case_id, referral_id)
    words = [one for one in hers if one[0] not in (piece.id, other.id)]
    for items, files in ((words, [piece.id]), (hers, [other.id]), (hers, [words[0][0]]), (hers, [bytes(16)])):
        with pytest.raises(NotAllowed):
            in_unit(built, referral.agree, reporter, case_id, referral_id, items, "", files)
    in_unit(built, referral.agree, reporter, case_id, referral_id, hers, "", [piece.id])


@pytest.mark.req("P7")
def test_a_file_that_she_takes_away_opens_for_no_service_any_more(built: Built, team: Team) -> None:
    reporter, case_id, referral_id, piece = piece_shared(built, team, file=True)
    ticket = come(built, *issue(built, team.amina, case_id, referral_id))
    assert opened_file(built, ticket)
    in_unit(built, pieces.take_away, reporter, case_id, piece.id)
    with pytest.raises(NotFound):
        opened_file(built, ticket)
    assert not known(built, reporter, case_id, referral_id).as_agreed


@pytest.mark.req("G1")
def test_the_keys_of_files_go_with_every_end_of_a_link(built: Built, team: Team) -> None:
    _, case_id, referral_id, _ = piece_shared(built, team, file=True)
    issue(built, team.amina, case_id, referral_id)
    link_id, _ = issue(built, team.amina, case_id, referral_id)
    with reading(built.stores) as work:
        assert owners(work, built) == {case_id, link_id}
    built.clock.forward(days=15)
    in_unit(built, referral_links.end_due)
    with reading(built.stores) as work:
        assert owners(work, built) == {case_id}


def test_a_yes_and_a_link_of_an_earlier_release_are_read_without_files() -> None:
    scope = json.loads(Scope(*UNSIGNED, "ab" * 16, (ScopedItem("cd" * 16, "ef" * 32),)).to_bytes())
    for item in scope["items"]:
        item.pop("file")
    assert not Scope.from_bytes(json.dumps(scope | {"format": 1}).encode()).items[0].file
    bundle = json.loads(Bundle("A", Need.LEGAL, "x", "", (SharedItem("message", "", ()),)).to_bytes())
    for item in bundle["items"]:
        item.pop("file")
    assert Bundle.from_bytes(json.dumps(bundle | {"format": 1}).encode()).items[0].file is None
