"""A link ends when she says so, and at every other end, however close another act is to it."""

import threading
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select

from reporting.domain.oversight.audit import ReporterEvent
from reporting.domain.protection.referral import ReferralAct, ReferralState, Word
from reporting.services.errors import NotAllowed, NotFound
from reporting.services.organisation import accounts
from reporting.services.oversight import retention
from reporting.services.protection import referral, referral_issuing, referral_links, referral_reading
from reporting.services.protection.agreement import note_reading, open_plan
from reporting.services.reading import assignment
from reporting.services.survivor import erasure
from reporting.store.cases import find_case
from reporting.store.database import reading, writing
from reporting.store.referral_links import ReferralLink
from reporting.store.shred import SurvivorSession
from tests.builders import Built, Team, in_unit, send_report
from tests.services.acts import count, take_up, tamper
from tests.services.protection.referring import (
    Linked,
    agree,
    come,
    deeds,
    issue,
    keys,
    known,
    offer,
    prepared,
    provider_of,
)
from tests.services.together import HEAD_START, at_once


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
    assert ReporterEvent.REFERRAL_STOPPED in deeds(built, case_id)
    assert known(built, reporter, case_id, first).state is (
        ReferralState.REJECTED if word is Word.CANNOT else ReferralState.DONE
    )
    with pytest.raises(NotAllowed):  # there is nothing left to stop
        in_unit(built, referral.refuse, reporter, case_id, first, ReferralAct.WITHDRAW)
    offer(built, team.amina, case_id)  # any act of a handler
    assert provider_of(built, tickets[1]) is None
    assert count(built, ReferralLink) == 0


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
