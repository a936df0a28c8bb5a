"""What may be offered, asked for and agreed to, and what a service answers."""

from dataclasses import replace

import pytest

from reporting.domain.case import ItemKind
from reporting.domain.casework.clocks import Clock
from reporting.domain.oversight.audit import ReporterEvent
from reporting.domain.protection.referral import Need, ReferralAct, ReferralState, Scope, ScopedItem, Word
from reporting.domain.sealed.disclosure import REPORTER, Disclosure
from reporting.domain.sealed.entry import UNSIGNED
from reporting.services.casework.clocks import running_clocks
from reporting.services.errors import NotAllowed, NotFound
from reporting.services.help.directory import directory_of, load_shipped
from reporting.services.oversight import retention
from reporting.services.protection import referral, referral_reading
from reporting.services.protection.agreement import open_plan
from reporting.services.protection.referral_scope import referrals_of
from reporting.services.sealed.entries import add, file_of
from reporting.services.sealed.sealing import open_case, read_one, rewrite_item
from reporting.store.cases import find_case, items_of
from reporting.store.database import reading, writing
from reporting.store.referral_links import ReferralLink
from tests.builders import Built, Team, in_unit, send_report
from tests.directory import add_entry
from tests.services.acts import count, take_up, tamper
from tests.services.protection.referring import (
    STORY,
    Linked,
    agree,
    come,
    deeds,
    issue,
    known,
    of_kind,
    offer,
    provider_of,
    read,
    shareable,
    ticks,
)


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
