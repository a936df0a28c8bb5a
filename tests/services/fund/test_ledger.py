"""The books of a fund: always zero together, never overdrawn, never changed."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy.exc import DBAPIError

from reporting.domain.fund.accounts import BETWEEN, NEVER_BELOW_ZERO, Account, Movement
from reporting.domain.people import STAFF, Role
from reporting.services.errors import NotAllowed, NotFound, Refused
from reporting.services.fund import funds, requests
from reporting.services.fund.ledger import NotEnough, open_fund_to_change, post
from reporting.services.fund.statement import statement
from reporting.store.database import reading, writing
from reporting.store.fund_ledger import balances, unbalanced
from reporting.store.tables import MAIN
from tests.builders import Built, add_staff, in_unit
from tests.services.fund.money import PLEDGED, RECEIVED, TheFund
from tests.services.together import at_once

pytestmark = pytest.mark.req("S13")
MOVES = st.lists(st.tuples(st.sampled_from(Movement), st.integers(-5, 400_000)), max_size=25)


def test_what_was_pledged_and_received_stands_at_its_accounts(fund: TheFund) -> None:
    assert fund.stands(Account.DONORS) == -PLEDGED
    assert fund.stands(Account.PLEDGED) == PLEDGED - RECEIVED
    assert fund.stands(Account.AVAILABLE) == RECEIVED
    assert fund.is_whole()


def test_whatever_is_tried_the_books_sum_to_zero_and_no_account_is_overdrawn(fund: TheFund) -> None:
    @settings(max_examples=10, deadline=None)
    @given(MOVES)
    def try_all(moves: list[tuple[Movement, int]]) -> None:
        with writing(fund.built.stores) as work:
            locked = open_fund_to_change(work, fund.id)
            before = balances(work.main, fund.id)
            for movement, amount in moves:
                source, target = BETWEEN[movement]
                try:
                    post(work, fund.built.house, locked, movement, amount, bytes(16))
                except NotEnough:
                    assert amount < 1 or (source in NEVER_BELOW_ZERO and before.get(source, 0) < amount)
                else:
                    before[source], before[target] = before.get(source, 0) - amount, before.get(target, 0) + amount
                assert balances(work.main, fund.id) == before
                assert all(before.get(account, 0) >= 0 for account in NEVER_BELOW_ZERO)
            assert sum(before.values()) == 0
            assert not unbalanced(work.main)

    try_all()


def test_approvals_at_the_same_moment_never_promise_more_than_there_is(fund: TheFund) -> None:
    """Six requests of 1000.00 against 3000.00: three fit, whichever they are."""
    asked = [fund.asked(100_000)[2] for _ in range(6)]
    for request_id in asked:
        fund.do(requests.agree_first, fund.pavel, request_id, 100_000)
    got = at_once(lambda place: fund.do(requests.agree_second, fund.irina, asked[place], 100_000), 6)
    assert [type(one) for one in got if one is not None] == [NotEnough] * 3
    assert fund.stands(Account.AVAILABLE) == 0
    assert fund.stands(Account.RESERVED) == RECEIVED
    assert fund.is_whole()


def test_the_same_approval_sent_at_once_reserves_once(fund: TheFund) -> None:
    _, _, request_id = fund.asked()
    fund.do(requests.agree_first, fund.pavel, request_id, 80_000)
    got = at_once(lambda _: fund.do(requests.agree_second, fund.irina, request_id, 80_000), 4)
    assert sum(isinstance(one, Refused) for one in got) == 3
    assert fund.stands(Account.RESERVED) == 80_000


@pytest.mark.parametrize("table", ["fund_transactions", "fund_entries", "fund_redemptions"])
def test_nobody_changes_or_deletes_what_stands_in_the_books(fund: TheFund, table: str) -> None:
    fund.use(fund.voucher()[3])
    books = MAIN.tables[table]
    for change in (books.update().values({list(books.columns)[-1].name: list(books.columns)[-1]}), books.delete()):
        with pytest.raises(DBAPIError), fund.built.stores.main.begin() as connection:
            connection.execute(change)


def test_more_than_was_pledged_is_not_received(fund: TheFund) -> None:
    with pytest.raises(NotEnough):
        fund.do(funds.receive, fund.pavel, fund.pledge, PLEDGED - RECEIVED + 1)
    fund.do(funds.receive, fund.pavel, fund.pledge, PLEDGED - RECEIVED)
    assert fund.stands(Account.PLEDGED) == 0


def test_a_form_that_is_sent_twice_is_entered_once(fund: TheFund) -> None:
    at_once(lambda _: fund.do(funds.receive, fund.pavel, fund.pledge, 50_000, b"a form of 16 byt"), 3)
    assert fund.stands(Account.AVAILABLE) == RECEIVED + 50_000
    new = [fund.do(funds.pledge, fund.irina, fund.id, "Somebody", 700, b"another of 16 by") for _ in range(2)]
    assert new[0] == new[1]
    assert fund.stands(Account.DONORS) == -PLEDGED - 700
    with pytest.raises(NotAllowed):  # an id that is that of something else
        fund.do(funds.receive, fund.pavel, fund.pledge, 1, b"another of 16 by")
    assert fund.is_whole()


def test_a_correction_takes_two_officers_and_moves_nothing_before(fund: TheFund) -> None:
    correction = fund.do(funds.propose_correction, fund.pavel, fund.pledge, Movement.RECEIPT_BACK, 50_000)
    assert fund.stands(Account.AVAILABLE) == RECEIVED
    with pytest.raises(NotAllowed):
        fund.do(funds.decide_correction, fund.pavel, correction, agreed=True)
    fund.do(funds.decide_correction, fund.irina, correction, agreed=True)
    assert fund.stands(Account.AVAILABLE) == RECEIVED - 50_000
    with pytest.raises(NotFound):
        fund.do(funds.decide_correction, fund.irina, correction, agreed=True)
    assert fund.is_whole()


def test_a_correction_never_takes_money_that_is_kept_for_somebody(fund: TheFund) -> None:
    correction = fund.do(funds.propose_correction, fund.pavel, fund.pledge, Movement.RECEIPT_BACK, RECEIVED)
    fund.agree(fund.asked()[2])
    with pytest.raises(NotEnough):
        fund.do(funds.decide_correction, fund.irina, correction, agreed=True)
    with pytest.raises(NotAllowed):
        fund.do(funds.propose_correction, fund.pavel, fund.pledge, Movement.PAYMENT, 1)


def test_the_books_of_a_year_tell_sums_and_no_number_of_people(fund: TheFund) -> None:
    fund.use(fund.voucher()[3])
    fund.built.clock.forward(days=365)
    fund.agree(fund.asked(50_000)[2], 50_000)
    with reading(fund.built.stores) as work:
        year, after = (statement(work, fund.irina, fund.id, one) for one in (2026, 2027))
    assert year.moved[Movement.PAYMENT] == year.closing[Account.PAID] == 70_000
    assert year.moved[Movement.RELEASE] == 10_000
    assert dict(year.closing) == dict(after.opening)
    assert after.moved[Movement.PAYMENT] == 0
    assert after.closing[Account.RESERVED] == 50_000
    assert set(vars(year)) == {"fund", "year", "opening", "moved", "closing"}


def test_nobody_but_an_officer_sees_or_moves_anything(fund: TheFund, built: Built) -> None:
    for role in STAFF - {Role.LEGAL_AID_OFFICER}:
        office = fund.team.desk if role is Role.OUTSIDE_DESK else fund.team.office
        other = add_staff(built, office, role, f"Person {role.value[:4]}", vouched=False)
        with pytest.raises(NotFound):
            in_unit(built, funds.pledge, other, fund.id, "Somebody", 1)
        with reading(built.stores) as work, pytest.raises(NotFound):
            requests.queue(work, other, fund.id)
