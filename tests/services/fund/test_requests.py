"""Asking, two yeses, a no, the end of a voucher, and that nothing leads from a request to a case."""

import pytest
from sqlalchemy import delete, select

from reporting.crypto.token import draw
from reporting.domain.case import Compartment, ItemKind
from reporting.domain.fund.accounts import Account, Movement
from reporting.domain.fund.requests import CRITERIA, Criterion, Reason, State
from reporting.domain.oversight.audit import StaffEvent
from reporting.services.errors import AlreadySent, DoesNotFit, NotAllowed, NotFound
from reporting.services.fund import beginning, funds, hers, requests
from reporting.services.fund.beginning import FundFacts
from reporting.services.fund.hers import MOST_CLAIMS
from reporting.services.fund.ledger import NotEnough
from reporting.services.fund.requests import AmountChanged, SamePerson
from reporting.services.organisation import accounts
from reporting.services.sealed.own import begin_missing, read_own
from reporting.services.sealed.sealing import open_case, read_one
from reporting.services.survivor import erasure, tokens
from reporting.store.audit import AuditEvent, AuditPending
from reporting.store.cases import CompartmentRow, Item, generations, items_of
from reporting.store.database import reading, writing
from reporting.store.grants import grants_of_case, remove_grants
from reporting.store.tables import MAIN, SHRED
from tests.services.acts import take_up
from tests.services.fund.money import RECEIVED, WANTED, TheFund
from tests.services.together import at_once

pytestmark = pytest.mark.req("S13")


def test_she_asks_two_agree_and_the_money_is_kept_for_her(fund: TheFund) -> None:
    reporter, case_id, request_id = fund.asked()
    fund.do(requests.agree_first, fund.pavel, request_id, 60_000)
    assert fund.stands(Account.RESERVED) == 0
    fund.do(requests.agree_second, fund.irina, request_id, 60_000)
    assert fund.stands(Account.RESERVED) == 60_000
    (shown,) = fund.her_view(reporter, case_id)
    assert (shown.state, shown.amount, shown.wanted) == (State.APPROVED, 60_000, WANTED)


def test_the_same_officer_does_not_agree_twice(fund: TheFund) -> None:
    _, _, request_id = fund.asked()
    fund.do(requests.agree_first, fund.pavel, request_id, WANTED)
    with pytest.raises(SamePerson):
        fund.do(requests.agree_second, fund.pavel, request_id, WANTED)
    with pytest.raises(NotAllowed):
        fund.do(requests.agree_first, fund.pavel, request_id, WANTED)
    assert fund.stands(Account.RESERVED) == 0


def test_the_second_agrees_to_exactly_what_the_first_did_and_nobody_to_more_than_was_asked(fund: TheFund) -> None:
    _, _, request_id = fund.asked()
    for amount in (0, -1, WANTED + 1):
        with pytest.raises(NotEnough):
            fund.do(requests.agree_first, fund.pavel, request_id, amount)
    fund.do(requests.agree_first, fund.pavel, request_id, 60_000)
    for amount in (WANTED, 59_999):
        with pytest.raises(AmountChanged):
            fund.do(requests.agree_second, fund.irina, request_id, amount)


def test_the_yes_of_an_account_that_was_disabled_does_not_count(fund: TheFund) -> None:
    _, _, request_id = fund.asked()
    proposed = fund.do(funds.propose_correction, fund.pavel, fund.pledge, Movement.PLEDGE_BACK, 1)
    fund.do(requests.agree_first, fund.pavel, request_id, WANTED)
    fund.do(accounts.disable, fund.team.amina.staff_id, fund.pavel.staff_id)
    with pytest.raises(NotAllowed):
        fund.do(requests.agree_second, fund.irina, request_id, WANTED)
    with pytest.raises(NotAllowed):
        fund.do(funds.decide_correction, fund.irina, proposed, agreed=True)
    with reading(fund.built.stores) as work:
        (line,) = requests.queue(work, fund.irina, fund.id)
    assert (line.state, line.amount, line.first_by) == (State.ASKED, None, "")
    fund.do(requests.agree_first, fund.irina, request_id, WANTED)
    with pytest.raises(SamePerson):
        fund.do(requests.agree_second, fund.irina, request_id, WANTED)
    fund.do(funds.decide_correction, fund.irina, proposed, agreed=False)
    assert fund.stands(Account.RESERVED) == 0


def test_either_may_say_no_and_she_reads_why(fund: TheFund) -> None:
    for agreed_before in (False, True):
        reporter, case_id, request_id = fund.asked()
        if agreed_before:
            fund.do(requests.agree_first, fund.pavel, request_id, WANTED)
        fund.do(requests.decline, fund.irina, request_id, Reason.NO_MONEY)
        (shown,) = fund.her_view(reporter, case_id)
        assert (shown.state, shown.reason) == (State.DECLINED, Reason.NO_MONEY)
        with pytest.raises(NotAllowed):
            fund.do(requests.agree_second, fund.irina, request_id, WANTED)


def test_a_forged_id_is_as_good_as_none(fund: TheFund) -> None:
    reporter, case_id, request_id = fund.asked()
    fund.agree(request_id)
    other, other_case = fund.somebody()
    for who, case, request in (
        (other, other_case, request_id),
        (other, case_id, request_id),
        (reporter, case_id, bytes(16)),
    ):
        for use in (hers.draw_voucher, hers.take_back):
            with pytest.raises(NotFound):
                fund.do(use, who, case, request)
    with pytest.raises(NotFound):
        fund.do(requests.agree_first, fund.pavel, bytes(16), WANTED)


def test_what_does_not_fit_is_not_asked(fund: TheFund) -> None:
    reporter, case_id = fund.somebody()
    for wrong in ({"country": "XX"}, {"confirmed": (Criterion.COUNTRY,)}, {"amount": 0}, {"amount": 10**15}):
        with pytest.raises(DoesNotFit):
            fund.do(hers.ask, reporter, case_id, fund.wish(**({"amount": WANTED} | wrong)))
    with pytest.raises(NotFound):
        fund.do(hers.ask, reporter, case_id, fund.wish(fund_id=bytes(16)))
    fund.do(beginning.set_open, fund.pavel, fund.id, is_open=False)
    with pytest.raises(NotAllowed):
        fund.do(hers.ask, reporter, case_id, fund.wish())


def test_one_request_of_a_case_runs_at_a_time_and_another_may_follow(fund: TheFund) -> None:
    reporter, case_id = fund.somebody()
    got = at_once(lambda _: fund.do(hers.ask, reporter, case_id, fund.wish()), 4)
    assert sum(isinstance(one, AlreadySent) for one in got) == 3
    (shown,) = fund.her_view(reporter, case_id)
    fund.do(hers.take_back, reporter, case_id, shown.id)
    fund.do(hers.ask, reporter, case_id, fund.wish())
    assert [one.state for one in fund.her_view(reporter, case_id)] == [State.ASKED, State.TAKEN_BACK]


@pytest.mark.principle("confidentiality")
def test_nobody_opens_alone_a_fund_whose_name_could_tell_who_asks(fund: TheFund) -> None:
    reporter, case_id = fund.somebody()
    bait = FundFacts("For people of one office", "MDL", 90, (Criterion.CANNOT_PAY,))
    fund_id = fund.do(beginning.begin_fund, fund.pavel, bait)
    for is_open in (True, False, True):
        with pytest.raises(NotAllowed):
            fund.do(hers.ask, reporter, case_id, fund.wish(fund_id=fund_id))
        if is_open:
            with pytest.raises(NotAllowed):
                fund.do(beginning.set_open, fund.pavel, fund_id, is_open=True)
        else:  # closing what is closed is no second look at the name
            fund.do(beginning.set_open, fund.irina, fund_id, is_open=False)
    with reading(fund.built.stores) as work:
        assert fund_id not in {one.id for one in hers.funds_to_ask(work)}
    fund.do(beginning.set_open, fund.irina, fund_id, is_open=True)
    fund.do(hers.ask, reporter, case_id, fund.wish(fund_id=fund_id))


def test_whoever_began_a_fund_lets_it_go_on_once_a_colleague_has_opened_it(fund: TheFund) -> None:
    for is_open in (False, True):
        fund.do(beginning.set_open, fund.pavel, fund.id, is_open=is_open)
    with reading(fund.built.stores) as work:
        assert [one.id for one in hers.funds_to_ask(work)] == [fund.id]


@pytest.mark.req("U14")
def test_a_private_record_asks_like_any_other_and_no_statement_is_about_proof(fund: TheFund) -> None:
    reporter, case_id = fund.somebody(private=True)
    fund.do(hers.ask, reporter, case_id, fund.wish())
    assert len(fund.her_view(reporter, case_id)) == 1
    said = " ".join(CRITERIA.values()).casefold()
    assert not any(word in said for word in ("report", "proof", "prove", "evidence", "guilt", "investigat", "police"))


def test_taking_back_and_the_day_that_passed_give_the_money_back(fund: TheFund) -> None:
    reporter, case_id, request_id, _ = fund.voucher()
    fund.do(hers.take_back, reporter, case_id, request_id)
    assert fund.stands(Account.AVAILABLE) == RECEIVED
    with pytest.raises(NotAllowed):
        fund.do(hers.take_back, reporter, case_id, request_id)
    _, _, late, _ = fund.voucher()
    fund.built.clock.forward(days=90)
    assert fund.do(requests.expire) == 0
    fund.built.clock.forward(days=1)
    assert fund.do(requests.expire) == 1
    assert fund.state(late) is State.EXPIRED
    assert fund.stands(Account.AVAILABLE) == RECEIVED
    assert fund.is_whole()


def test_what_was_declined_is_forgotten_after_a_year_and_what_moved_money_stays(fund: TheFund) -> None:
    reporter, case_id, declined = fund.asked()
    fund.do(requests.decline, fund.irina, declined, Reason.NOT_COVERED)
    _, _, paid, code = fund.voucher()
    fund.use(code)
    fund.built.clock.forward(days=367)
    fund.do(requests.expire)
    assert fund.her_view(reporter, case_id) == []
    assert fund.state(paid) is State.REDEEMED


@pytest.mark.principle("confidentiality")
def test_no_row_outside_her_sealed_case_names_a_request_and_no_row_of_the_fund_names_her(fund: TheFund) -> None:
    """All tables of both stores: the request and her case meet in no row that is not sealed."""
    reporter, case_id, request_id, code = fund.voucher()
    fund.use(code)
    hers_ = {case_id, reporter.lookup_id, reporter.holder, fund.team.office.id}
    its = {request_id, *fund_values(fund, request_id)}
    met = []
    for metadata, session in ((MAIN, "main"), (SHRED, "shred")):
        for table in metadata.sorted_tables:
            with reading(fund.built.stores) as work:
                rows = getattr(work, session).execute(table.select()).all()
            for row in rows:
                values = [value for value in row if isinstance(value, bytes)]
                near_her = any(value in hers_ or any(one in value for one in hers_) for value in values)
                near_it = any(value in its or request_id in value for value in values)
                if near_her and near_it:
                    met.append(table.name)
                if table.name.startswith("fund") and near_her:
                    met.append(table.name)
    assert met == []


def fund_values(fund: TheFund, request_id: bytes) -> set[bytes]:
    """Return everything by which the fund knows a request."""
    row = fund.row(request_id)
    return {value for value in (row.claim, row.voucher) if value is not None}


@pytest.mark.principle("confidentiality")
def test_nothing_of_it_stands_in_the_record_of_her_case(fund: TheFund) -> None:
    reporter, case_id = fund.somebody()
    with reading(fund.built.stores) as work:
        before = len(work.main.scalars(select(AuditPending)).all())
    request_id = fund.do(hers.ask, reporter, case_id, fund.wish())
    fund.agree(request_id)
    fund.do(hers.draw_voucher, reporter, case_id, request_id)
    with reading(fund.built.stores) as work:
        assert len(work.main.scalars(select(AuditPending)).all()) == before
        decided = [e for e in work.main.scalars(select(AuditEvent)) if e.action == StaffEvent.FUND_DECIDED]
        assert [(event.ref, event.about_id) for event in decided] == [(None, None)] * 2


@pytest.mark.principle("confidentiality")
def test_a_handler_holds_no_key_to_what_is_hers_alone_whatever_she_opens(fund: TheFund) -> None:
    reporter, case_id, _ = fund.asked()
    take_up(fund.built, fund.team.amina, case_id)
    with reading(fund.built.stores) as work:
        opened = open_case(work, fund.team.amina, fund.built.house, case_id)
        assert not opened.holds(Compartment.OWN)
        assert read_one(work, opened, ItemKind.OWN) is None
        with pytest.raises(NotFound):
            read_own(work, opened)
        own = [one for one in grants_of_case(work.main, case_id) if one.compartment == Compartment.OWN]
        assert {one.holder for one in own} == {reporter.holder}


def test_a_spare_token_reads_it_and_the_old_one_may_end(fund: TheFund) -> None:
    reporter, case_id, request_id = fund.asked()
    spare = tokens.reporter_from(fund.built.house, draw("en"))
    fund.do(tokens.add_token, reporter, spare)
    fund.do(tokens.drop_token, reporter)
    assert [one.id for one in fund.her_view(spare, case_id)] == [request_id]
    fund.do(hers.take_back, spare, case_id, request_id)
    with pytest.raises(NotFound):
        fund.her_view(reporter, case_id)


def test_a_case_from_before_gets_its_own_record_for_every_token_when_she_first_asks(fund: TheFund) -> None:
    reporter, case_id = fund.somebody()
    spare = tokens.reporter_from(fund.built.house, draw("en"))
    fund.do(tokens.add_token, reporter, spare)
    as_before(fund, case_id)
    assert fund.her_view(reporter, case_id) == []
    request_id = fund.do(hers.ask, reporter, case_id, fund.wish())
    for one in (reporter, spare):
        assert [shown.id for shown in fund.her_view(one, case_id)] == [request_id]


def as_before(fund: TheFund, *case_ids: bytes) -> None:
    """Let the cases be as they were before there was such a record."""
    with writing(fund.built.stores) as work:
        for case_id in case_ids:
            work.main.execute(delete(CompartmentRow).where(CompartmentRow.compartment == "own"))
            work.main.execute(delete(Item).where(Item.compartment == "own"))
            old = [one for one in grants_of_case(work.main, case_id) if one.compartment == Compartment.OWN]
            remove_grants(work.main, work.shred, old)


@pytest.mark.principle("confidentiality")
def test_every_case_from_before_gets_the_record_so_that_it_tells_nothing(fund: TheFund) -> None:
    """Otherwise the rows of an old case would say that she asked for help with costs."""
    (reporter, case_id), (_, other) = fund.somebody(), fund.somebody(private=True)
    as_before(fund, case_id, other)
    assert fund.do(begin_missing) == 2
    assert fund.do(begin_missing) == 0
    with reading(fund.built.stores) as work:
        for one in (case_id, other):
            assert Compartment.OWN in generations(work.main, one)
            assert len(items_of(work.main, one, ItemKind.OWN.value)) == 1
    request_id = fund.do(hers.ask, reporter, case_id, fund.wish())
    assert [shown.id for shown in fund.her_view(reporter, case_id)] == [request_id]


@pytest.mark.principle("confidentiality")
def test_twenty_requests_are_as_large_as_none(fund: TheFund) -> None:
    (reporter, case_id), (_, other) = fund.somebody(), fund.somebody()
    for _ in range(MOST_CLAIMS + 1):
        request_id = fund.do(hers.ask, reporter, case_id, fund.wish())
        fund.agree(request_id)
        fund.do(hers.draw_voucher, reporter, case_id, request_id)
        fund.do(hers.take_back, reporter, case_id, request_id)
    with reading(fund.built.stores) as work:
        sizes = {len(items_of(work.main, one, ItemKind.OWN.value)[0].sealed) for one in (case_id, other)}
    assert len(sizes) == 1
    assert len(fund.her_view(reporter, case_id)) == MOST_CLAIMS


def test_erasing_her_case_takes_the_link_and_leaves_money_without_a_name(fund: TheFund) -> None:
    reporter, case_id, request_id, _ = fund.voucher()
    fund.do(erasure.erase_now, reporter, case_id)
    assert fund.state(request_id) is State.ISSUED
    with pytest.raises(NotFound):
        fund.do(hers.take_back, reporter, case_id, request_id)
    fund.built.clock.forward(days=91)
    fund.do(requests.expire)
    assert fund.stands(Account.AVAILABLE) == RECEIVED
