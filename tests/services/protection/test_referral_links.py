"""A link opens once, for one service, with what she agreed to and nothing else."""

from datetime import timedelta

import pytest

from reporting.crypto.envelope import open_item
from reporting.crypto.errors import CannotOpen
from reporting.crypto.grants import open_grant
from reporting.crypto.keys import KeyPair
from reporting.crypto.passphrases import SealedSeed, unseal_seed
from reporting.crypto.secret import CompartmentKey, ShredKey
from reporting.domain.oversight.audit import ReporterEvent, StaffEvent
from reporting.domain.protection.referral import ReferralAct, Word
from reporting.services.errors import NotAllowed, NotFound
from reporting.services.oversight.audit import staff_ledger
from reporting.services.protection import referral, referral_links, referral_reading
from reporting.store.database import reading
from reporting.store.grants import stray_shred_keys
from reporting.store.referral_links import ReferralLink
from reporting.store.shred import ShredKeyRow
from tests.builders import Built, Team, in_unit
from tests.services.acts import tamper
from tests.services.protection.referring import (
    MESSAGE,
    NAME,
    NOTE,
    PROVIDER,
    STORY,
    TOLD,
    Linked,
    come,
    deeds,
    issue,
    keys,
    prepared,
    provider_of,
    read,
)
from tests.services.together import at_once

E = ReporterEvent


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
