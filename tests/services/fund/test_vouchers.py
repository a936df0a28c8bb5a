"""A voucher is used once, by a listed provider, against a bill; everything else is the same no."""

import pytest
from sqlalchemy import update

from reporting.domain.fund.accounts import Account
from reporting.domain.fund.codes import CODE_SIZE, NotACode, spell
from reporting.domain.fund.money import NotAnAmount
from reporting.domain.fund.requests import State
from reporting.services.errors import NotAllowed, NotFound
from reporting.services.fund import hers, providers
from reporting.services.fund.ledger import NotEnough
from reporting.services.fund.providers import ProviderFacts
from reporting.services.fund.vouchers import INVOICE, Bill, BillAgain, NotAnInvoice, bills
from reporting.store.database import reading, writing
from reporting.store.fund import FundRequest
from reporting.store.tables import MAIN, SHRED
from tests.services.fund.money import RECEIVED, WANTED, TheFund
from tests.services.together import at_once

pytestmark = pytest.mark.req("S13")
UNKNOWN = spell(bytes(CODE_SIZE))


def test_a_bill_is_paid_and_the_rest_goes_back(fund: TheFund) -> None:
    _, _, request_id, code = fund.voucher()
    fund.use(code.lower().replace("-", " "), "700.00")
    assert fund.state(request_id) is State.REDEEMED
    assert fund.stands(Account.PAID) == 70_000
    assert fund.stands(Account.AVAILABLE) == RECEIVED - 70_000
    assert fund.stands(Account.RESERVED) == 0
    assert fund.is_whole()


def test_a_used_voucher_is_not_used_again_but_the_same_bill_sent_twice_is_one(fund: TheFund) -> None:
    code = fund.voucher()[3]
    fund.use(code)
    fund.use(code)
    for again in ({"invoice": "INV-8"}, {"amount": "1.00"}):
        with pytest.raises(NotFound):
            fund.use(code, **again)
    assert fund.stands(Account.PAID) == 70_000


def test_one_bill_is_not_paid_with_two_vouchers(fund: TheFund) -> None:
    first, second = fund.voucher()[3], fund.voucher()[3]
    fund.use(first)
    with pytest.raises(BillAgain):
        fund.use(second)
    fund.use(first)
    assert fund.stands(Account.PAID) == 70_000
    fund.use(second, invoice="INV-2026/08")
    assert fund.stands(Account.PAID) == 140_000


def test_one_bill_sent_at_once_with_two_vouchers_is_paid_once(fund: TheFund) -> None:
    codes = [fund.voucher()[3] for _ in range(3)]
    got = at_once(lambda place: fund.use(codes[place]), 3)
    assert [type(one) for one in got if one is not None] == [BillAgain] * 2
    assert fund.stands(Account.PAID) == 70_000


def test_of_many_at_the_same_moment_one_uses_it(fund: TheFund) -> None:
    code = fund.voucher()[3]
    got = at_once(lambda place: fund.use(code, invoice=f"INV-{place}"), 5)
    assert [type(one) for one in got if one is not None] == [NotFound] * 4
    assert fund.stands(Account.PAID) == 70_000


def test_unknown_replaced_given_back_ended_and_unlisted_are_the_same_no(fund: TheFund) -> None:
    reporter, case_id, request_id, old = fund.voucher()
    new = fund.do(hers.draw_voucher, reporter, case_id, request_id)
    with pytest.raises(NotFound):
        fund.use(old)
    with pytest.raises(NotFound):
        fund.use(UNKNOWN)
    with pytest.raises(NotFound):
        fund.use(new, provider=UNKNOWN)
    with pytest.raises(NotFound):
        fund.use(new, provider=new)
    fund.do(hers.take_back, reporter, case_id, request_id)
    with pytest.raises(NotFound):
        fund.use(new)
    late = fund.voucher()[3]
    fund.built.clock.forward(days=91)  # before any chore has run
    with pytest.raises(NotFound):
        fund.use(late)
    assert fund.stands(Account.PAID) == 0


def test_a_bill_beyond_the_voucher_or_without_number_or_amount_is_refused(fund: TheFund) -> None:
    code = fund.voucher()[3]
    with pytest.raises(NotEnough):
        fund.use(code, "800.01")
    for amount in ("", "0", "-5", "1.000", "1e3", "lots", "9" * 400):
        with pytest.raises(NotAnAmount):
            fund.use(code, amount)
    for invoice in ("", "NADIA HADDAD 7", "nadia-1", "HADDAD-12", "INV", "7" * 30, "7\n"):
        with pytest.raises(NotAnInvoice):
            fund.use(code, invoice=invoice)
        assert INVOICE.fullmatch(invoice) is None
    fund.use(code, "800.00", "77/2026")


def test_a_wrong_check_digit_is_named_and_never_repeated(fund: TheFund) -> None:
    code = fund.voucher()[3]
    wrong = code[:-1] + ("1" if code[-1] != "1" else "2")
    with pytest.raises(NotACode) as refused:
        fund.use(wrong)
    assert wrong not in str(refused.value)


def test_the_voucher_stands_on_her_page_until_she_says_that_she_has_it(fund: TheFund) -> None:
    reporter, case_id, request_id, code = fund.voucher()
    assert [one.code for one in fund.her_view(reporter, case_id)] == [code]
    fund.do(hers.forget_code, reporter, case_id, request_id)
    assert [one.code for one in fund.her_view(reporter, case_id)] == [""]
    fund.use(code)
    with pytest.raises(NotFound):
        fund.do(hers.forget_code, reporter, case_id, bytes(16))


def test_a_row_that_somebody_wrote_takes_no_money_that_is_kept_for_others(fund: TheFund) -> None:
    """Somebody who can write into the database raises the amount of a request, or says that two have agreed."""
    code = fund.voucher()[3]
    reporter, case_id, asked = fund.asked()
    changed = update(FundRequest).values(amount=RECEIVED)
    agreed = update(FundRequest).where(FundRequest.id == asked)
    with writing(fund.built.stores) as work:
        work.main.execute(changed)
        work.main.execute(agreed.values(state="approved", valid_until=fund.built.house.today(), amount=WANTED))
    with pytest.raises(NotFound):
        fund.use(code, "800.00")
    with pytest.raises(NotAllowed):
        fund.do(hers.draw_voucher, reporter, case_id, asked)
    fund.do(hers.take_back, reporter, case_id, asked)
    assert fund.stands(Account.RESERVED) == WANTED
    assert fund.stands(Account.PAID) == 0


def test_officers_see_which_bills_to_pay_and_she_what_hers_was(fund: TheFund) -> None:
    reporter, case_id, _, code = fund.voucher()
    fund.use(code, "700.00")
    with reading(fund.built.stores) as work:
        (bill,) = bills(work, fund.irina, fund.id)
        with pytest.raises(NotFound):
            bills(work, fund.team.amina, fund.id)
    assert bill == Bill("Women’s Law Centre", "INV-2026/07", 70_000, fund.built.house.today())
    (shown,) = fund.her_view(reporter, case_id)
    assert (shown.amount, shown.used, shown.code) == (WANTED, 70_000, "")


def test_neither_voucher_nor_access_code_stands_in_any_table(fund: TheFund) -> None:
    code = fund.voucher()[3]
    for metadata, session in ((MAIN, "main"), (SHRED, "shred")):
        for table in metadata.sorted_tables:
            with reading(fund.built.stores) as work:
                rows = getattr(work, session).execute(table.select()).all()
            assert not any(secret in str(row) for row in rows for secret in (code, fund.provider_code))


def test_a_provider_takes_two_officers_and_an_ended_one_uses_nothing(fund: TheFund) -> None:
    code = fund.voucher()[3]
    added = fund.do(providers.propose, fund.irina, ProviderFacts("Another lawyer", "MD", "lawyer@example.org"))
    with pytest.raises(NotAllowed):
        fund.do(providers.confirm, fund.irina, added)
    assert fund.do(providers.confirm, fund.pavel, added)
    fund.do(providers.end, fund.pavel, fund.provider)
    with pytest.raises(NotFound):
        fund.use(code)
    with pytest.raises(NotAllowed):
        fund.do(providers.confirm, fund.irina, fund.provider)
