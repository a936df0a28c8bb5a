"""The assistance fund at a browser: officers, a provider, and she, none of whom learns more than the others know."""

import re

import pytest

from reporting.domain.fund.accounts import Account
from reporting.domain.fund.money import parse_amount
from reporting.domain.fund.requests import Criterion, State
from reporting.domain.people import Role
from reporting.services.fund import beginning, funds, hers, requests
from reporting.store.database import reading
from tests.builders import Built, Team, add_staff, send_report
from tests.engines import on_sqlite
from tests.services.fund.money import PLEDGED, RECEIVED, WANTED, TheFund, build_fund
from tests.visitor import Visitor
from tests.web.colleague import Colleague, at_work, words_of
from tests.web.her import Her, her_at

pytestmark = [on_sqlite, pytest.mark.req("S13")]
CODE = re.compile(r'<p class="token digits"[^>]*>([0-9A-Z-]{22})</p>')


@pytest.fixture
def fund(built: Built, team: Team) -> TheFund:
    """A fund with money in it."""
    return build_fund(built, team)


@pytest.fixture
def pavel(built: Built, fund: TheFund) -> Colleague:
    """An officer who has just shown passphrase and second factor."""
    return proved(at_work(built, fund.pavel))


@pytest.fixture
def irina(built: Built, fund: TheFund) -> Colleague:
    """Another one."""
    return proved(at_work(built, fund.irina))


def proved(colleague: Colleague) -> Colleague:
    """Show the passphrase once more."""
    assert colleague.prove("fund-provider").status_code == 303
    return colleague


def she(built: Built, team: Team) -> tuple[Her, bytes]:
    """Return somebody with a case at her page, and the case."""
    token, _, case_id = send_report(built, team.office)
    return her_at(built, token), case_id


def form(fund: TheFund, **more: object) -> dict[str, object]:
    """Return what she fills in."""
    confirmed = ["cannot_pay", "country"]
    return {"fund": fund.id.hex(), "need": "advice", "country": "MD", "amount": "800.00", "confirmed": confirmed} | more


def at(fund: TheFund, step: str = "") -> str:
    """Return an address of the fund."""
    return f"/en/staff/fund/{fund.id.hex()}{step}"


def test_from_asking_to_the_bill(built: Built, team: Team, fund: TheFund, pavel: Colleague, irina: Colleague) -> None:
    her, case_id = she(built, team)
    assert "has arrived at the fund" in her.do("/costs", form(fund))
    (row,) = waiting(fund)
    page = f"/en/staff/fund/request/{row.hex()}"
    assert "first yes" in words_of(pavel.read(page))
    assert case_id.hex() not in pavel.read(page)
    pavel.do(page + "/first", {"amount": "700.00"})
    assert "The second is for a colleague" in words_of(pavel.read(page))
    assert "why=fund-not-you" in pavel.post(page + "/second", {"amount": "700.00"}).headers["Location"]
    assert fund.stands(Account.RESERVED) == 0
    irina.do(page + "/second", {"amount": "700.00"})
    assert fund.stands(Account.RESERVED) == 70_000
    shown = her.do(f"/costs/{asked_ref(her)}/voucher")
    (code,) = CODE.findall(shown)
    assert CODE.findall(her.do(f"/costs/{asked_ref(her)}/kept")) == []
    assert CODE.findall(her.read("/costs")) == []
    lawyer = Visitor(built)
    answer = use(lawyer, fund, code)
    assert "The voucher is used" in lawyer.get(answer).text
    assert fund.state(row) is State.REDEEMED
    assert "fund pays the bill" in her.read("/costs")


def test_what_an_officer_typed_stays_beside_what_is_wrong_with_it(fund: TheFund, pavel: Colleague) -> None:
    before = fund.stands(Account.PLEDGED)
    answer = pavel.post(at(fund, "/pledge"), {"donor": 'Embassy "A" <b>', "amount": "1.000,50"})
    assert answer.status_code == 422
    assert 'value="Embassy &#34;A&#34; &lt;b&gt;"' in answer.text
    assert 'value="1.000,50"' in answer.text
    assert 'aria-describedby="pledged-error"' in answer.text
    assert answer.text.count("an amount is digits and at most one point") == 1
    pledge = re.findall(r'<option value="([0-9a-f]{32})"', answer.text)[0]
    answer = pavel.post(at(fund, "/receive"), {"pledge": pledge, "amount": "99999999.00"})
    assert answer.status_code == 422
    assert "there is not so much money there" in answer.text
    assert f'value="{pledge}" selected' in answer.text
    assert 'value="99999999.00"' in answer.text
    assert fund.stands(Account.PLEDGED) == before


def test_an_amount_that_is_none_stays_in_the_field_of_the_first_yes(
    built: Built, team: Team, fund: TheFund, pavel: Colleague
) -> None:
    she(built, team)[0].do("/costs", form(fund))
    (row,) = waiting(fund)
    page = f"/en/staff/fund/request/{row.hex()}"
    for amount, why in (("7oo", "an amount is digits"), ("800.01", "more than was asked for"), ("", "an amount is")):
        said = pavel.refused(page + "/first", {"amount": amount})
        assert why in said
        assert f'value="{amount}"' in said
        assert 'aria-describedby="amount-error"' in said
    assert fund.state(row) is State.ASKED


def test_a_name_of_a_fund_that_is_too_long_is_refused_beside_it(pavel: Colleague) -> None:
    typed = {"name": "x" * 81, "currency": "MDL", "voucher_days": "90", "criteria": ["cannot_pay"]}
    answer = pavel.post("/en/staff/fund/new", typed)
    assert answer.status_code == 422
    assert "at most 80 characters" in answer.text


def test_a_colleague_reads_the_name_of_a_fund_before_anybody_can_ask_it(
    built: Built, team: Team, pavel: Colleague, irina: Colleague
) -> None:
    typed = {"name": "People of one office", "currency": "MDL", "voucher_days": "90", "criteria": ["cannot_pay"]}
    assert "once a colleague has opened it" in pavel.do("/en/staff/fund/new", typed)
    (page,) = (
        link
        for link in set(re.findall(r"/en/staff/fund/[0-9a-f]{32}", pavel.read("/en/staff/fund")))
        if "People of one office" in pavel.read(link)
    )
    assert 'name="open"' not in pavel.read(page)
    assert "takes another person than you" in pavel.do(page + "/takes", {"open": "y"})
    her, _ = she(built, team)
    assert "People of one office" not in her.read("/costs")
    assert "Open it only if its name says nothing of an office" in irina.read(page)
    irina.do(page + "/takes", {"open": "y"})
    assert "People of one office" in her.read("/costs")


def waiting(fund: TheFund) -> list[bytes]:
    """Return the requests that wait."""
    with reading(fund.built.stores) as work:
        return [line.id for line in requests.queue(work, fund.pavel, fund.id)]


def asked_ref(her: Her) -> str:
    """Return how her page calls her only request."""
    found = re.findall(r"/costs/([0-9a-f]{16})/", her.read("/costs"))
    assert len(set(found)) == 1
    return str(found[0])


def use(visitor: Visitor, fund: TheFund, code: str, **more: str) -> str:
    """Send the form of a provider and return where it leads."""
    data = {"provider": fund.provider_code, "voucher": code, "number": "INV-7", "amount": "10.00"} | more
    answer = visitor.post("/en/voucher", data)
    assert answer.status_code == 303
    return str(answer.headers["Location"])


def test_what_is_wrong_with_a_voucher_is_named_and_never_repeated(built: Built, fund: TheFund) -> None:
    fund.use(fund.voucher()[3], "1.00", "INV-1")
    code, lawyer = fund.voucher()[3], Visitor(built)
    wrong = code[:-2] + ("11" if code[-2:] != "11" else "12")
    for more, why in (
        ({"voucher": wrong}, "code-mistyped"),
        ({"provider": code}, "code-unknown"),
        ({"number": "Nadia"}, "bill-number"),
        ({"amount": "1.000"}, "bill-amount"),
        ({"amount": "800.01"}, "bill-more"),
        ({"number": "INV-1"}, "bill-again"),
        ({"amount": "9" * 5000, "number": "1" * 5000}, "bill-number"),
    ):
        where = use(lawyer, fund, code, **more)
        assert where.endswith(f"why={why}")
        page = lawyer.get(where).text
        assert 'class="notice' in page
        assert code not in page
        assert wrong not in page
    assert lawyer.get("/en/voucher").headers.getlist("Set-Cookie") == []
    assert fund.stands(Account.PAID) == 100


def test_guessing_is_slowed_down(built: Built, fund: TheFund) -> None:
    code, guesser = fund.voucher()[3], Visitor(built)
    guesser.flask.environ_base["REMOTE_ADDR"] = "203.0.113.9"
    got = [use(guesser, fund, fund.provider_code) for _ in range(12)]
    assert got[0].endswith("code-unknown")
    assert got[-1].endswith("code-wait")
    assert use(guesser, fund, code).endswith("code-wait")


def test_what_she_sends_wrong_is_named_and_asks_nothing(built: Built, team: Team, fund: TheFund) -> None:
    her, _ = she(built, team)
    page = her.read("/costs")
    assert "If not all of it is true" in page, "a way on for whoever cannot confirm"
    assert "choose below" not in page, "the country stands above"
    amount, confirm = "An amount is digits and at most one point", "confirm every statement"
    for more, sentence in (
        ({"amount": "lots"}, amount),
        ({"amount": ""}, amount),
        ({"confirmed": ["country"]}, confirm),
        ({"country": "XX"}, confirm),
        ({"need": "revenge"}, confirm),
    ):
        answer = her.post(her.page() + "/costs", form(fund, **more))
        assert answer.status_code == 422
        assert sentence in words_of(answer.text)
    for forged in ("0" * 32, "x", ""):
        assert her.post(her.page() + "/costs", form(fund) | {"fund": forged}).status_code == 404
    assert waiting(fund) == []


@pytest.mark.req("U8")
def test_what_she_chose_comes_back_beside_what_is_wrong(built: Built, team: Team, fund: TheFund) -> None:
    other = fund.do(beginning.begin_fund, fund.pavel, beginning.FundFacts("Other", "EUR", 30, (Criterion.CANNOT_PAY,)))
    fund.do(beginning.set_open, fund.irina, other, is_open=True)
    her, _ = she(built, team)
    wrong = form(fund, need="court", country="FR", amount='1,000.00"><b>' + "7" * 9000, confirmed=["country"])
    page = her.post(her.page() + "/costs", wrong).text
    assert re.findall(r'<input[^>]* value="([a-z_]+)" checked', page) == ["court", "country"]
    section = page.partition(f'value="{fund.id.hex()}"')[2].partition("</form>")[0]
    assert '<option value="FR" selected>' in section
    assert re.findall(r'name="amount" value="([^"]*)"', section) == ["1,000.00&#34;&gt;&lt;b&gt;" + "7" * 27]
    section = page.partition(f'value="{other.hex()}"')[2].partition("</form>")[0]
    assert re.findall(r'name="amount" value="([^"]*)"', section) == [""]
    assert "checked" not in section


def test_a_fund_that_closed_meanwhile_is_said_and_no_dead_end(built: Built, team: Team, fund: TheFund) -> None:
    her, _ = she(built, team)
    fund.do(beginning.set_open, fund.pavel, fund.id, is_open=False)
    assert "This has changed meanwhile" in her.do("/costs", form(fund))
    assert waiting(fund) == []


def test_a_bill_below_the_voucher_stands_on_her_page_and_with_the_officers(
    built: Built, team: Team, fund: TheFund, pavel: Colleague
) -> None:
    token, reporter, case_id = send_report(built, team.office)
    request_id = fund.do(hers.ask, reporter, case_id, fund.wish())
    fund.agree(request_id)
    use(Visitor(built), fund, fund.do(hers.draw_voucher, reporter, case_id, request_id), amount="700.00")
    said = words_of(her_at(built, token).read("/costs"))
    assert "The bill was 700.00 MDL. The rest went back to the fund." in said
    page = pavel.read(at(fund))
    assert "Women’s Law Centre" in page
    assert "INV-7" in page
    assert request_id.hex() not in page


def test_amounts_are_shown_with_the_decimals_of_their_currency(fund: TheFund, pavel: Colleague) -> None:
    for currency, shown in (("JPY", "1,500 JPY"), ("KWD", "1,500.000 KWD"), ("EUR", "1,500.00 EUR")):
        fund_id = fund.do(
            beginning.begin_fund, fund.pavel, beginning.FundFacts("A", currency, 30, (Criterion.CANNOT_PAY,))
        )
        fund.do(funds.pledge, fund.pavel, fund_id, "Somebody", parse_amount("1500", currency))
        assert shown in words_of(pavel.read(f"/en/staff/fund/{fund_id.hex()}"))


def test_what_no_database_takes_is_left_out_of_the_name_of_a_donor(fund: TheFund, pavel: Colleague) -> None:
    pavel.do(at(fund, "/pledge"), {"donor": "Example\x00 Bank", "amount": "1"})
    page = pavel.read(at(fund))
    assert "Example" in page
    assert "\x00" not in page


def test_nobody_acts_on_the_request_of_another(built: Built, team: Team, fund: TheFund) -> None:
    (her, _), (other, _) = she(built, team), she(built, team)
    her.do("/costs", form(fund))
    ref = asked_ref(her)
    for step in ("voucher", "kept", "back"):
        assert other.post(f"{other.page()}/costs/{ref}/{step}").status_code == 404
    assert "took this request back" in her.do(f"/costs/{ref}/back")


def test_a_handler_learns_nothing_and_an_officer_has_no_way_to_a_case(
    built: Built, team: Team, fund: TheFund, pavel: Colleague
) -> None:
    her, case_id = she(built, team)
    her.do("/costs", form(fund))
    pages = pavel.read("/en/staff/fund") + pavel.read(at(fund))
    assert case_id.hex() not in pages
    assert "/staff/cases" not in pages
    amina = at_work(built, team.amina)
    for path in ("/en/staff/fund", at(fund), f"/en/staff/fund/request/{waiting(fund)[0].hex()}"):
        assert amina.get(path).status_code == 404


def test_officers_enter_money_and_what_is_wrong_is_said(fund: TheFund, pavel: Colleague) -> None:
    assert "entered" in words_of(pavel.do(at(fund, "/pledge"), {"donor": "Example Bank", "amount": "1000.50"}))
    page = words_of(pavel.read(at(fund)))
    assert "Example Bank" in page
    assert "1,000.50" in page
    for step, data in (
        ("/pledge", {"donor": "", "amount": "1"}),
        ("/pledge", {"donor": "A", "amount": "1,000.00"}),
        ("/receive", {"pledge": fund.pledge.hex(), "amount": "99999"}),
    ):
        assert "Nothing was entered" in pavel.refused(at(fund, step), data)
    assert pavel.post(at(fund, "/receive"), {"pledge": "0" * 32, "amount": "1"}).status_code == 404
    pavel.do(at(fund, "/correct"), {"pledge": fund.pledge.hex(), "movement": "receipt_back", "amount": "100"})
    assert "Drop it" in pavel.read(at(fund))
    assert "Agree, and enter it" not in pavel.read(at(fund))


def test_money_that_is_entered_by_a_double_click_is_entered_once(fund: TheFund, pavel: Colleague) -> None:
    page = pavel.read(at(fund))
    for step, data in (("/pledge", {"donor": "A bank", "amount": "1000"}), ("/receive", {"amount": "500"})):
        section = page.partition(f'{at(fund, step)}"')[2]
        sent = {"pledge": fund.pledge.hex(), "entry": re.findall(r'name="entry" value="([0-9a-f]{32})"', section)[0]}
        for _ in range(2):
            assert "done=fund-money" in pavel.post(at(fund, step), data | sent).headers["Location"]
    assert fund.stands(Account.DONORS) == -PLEDGED - 100_000
    assert fund.stands(Account.AVAILABLE) == RECEIVED + 50_000


def test_money_moves_only_after_passphrase_and_second_factor_were_shown_again(built: Built, fund: TheFund) -> None:
    pavel = at_work(built, fund.pavel)
    row = fund.asked()[2]
    for path in (at(fund, "/pledge"), f"/en/staff/fund/request/{row.hex()}/first", "/en/staff/fund/providers"):
        answer = pavel.post(path, {"amount": "1", "donor": "A"})
        assert answer.status_code == 303
        assert "/en/staff/prove?for=" in answer.headers["Location"]
    assert fund.state(row) is State.ASKED


def test_a_new_fund_and_its_books(built: Built, team: Team) -> None:
    pavel = at_work(built, add_staff(built, team.office, Role.LEGAL_AID_OFFICER, "Pavel Stan"))
    facts: dict[str, object] = {
        "name": "Help in court",
        "currency": "EUR",
        "voucher_days": "60",
        "criteria": ["cannot_pay"],
    }
    refused: list[dict[str, object]] = [
        {"currency": "XXX"},
        {"currency": ""},
        {"voucher_days": "1"},
        {"voucher_days": "x"},
        {"name": ""},
    ]
    for wrong in refused:
        pavel.refused("/en/staff/fund/new", facts | wrong)
    assert "Help in court" in pavel.do("/en/staff/fund/new", facts)
    fund = re.findall(r"/staff/fund/([0-9a-f]{32})", pavel.read("/en/staff/fund"))[0]
    assert "selected" not in pavel.read("/en/staff/fund/new")  # a currency is for ever: none is chosen for anybody
    assert "0.00 EUR" in words_of(pavel.read(f"/en/staff/fund/{fund}/year/2026"))
    table = pavel.get(f"/en/staff/fund/{fund}/year/2026/table")
    assert table.content_type == "text/csv; charset=utf-8"
    assert table.text.splitlines()[0] == "year,line,amount,currency"
    assert pavel.get(f"/en/staff/fund/{fund}/year/1").status_code == 404


def test_a_second_officer_confirms_a_provider_and_sees_the_code_until_it_is_handed_over(
    fund: TheFund, pavel: Colleague, irina: Colleague
) -> None:
    pavel.do("/en/staff/fund/providers", {"name": "A lawyer", "country": "MD", "contact": "+373 22 000 000"})
    added = re.findall(r"providers/([0-9a-f]{32})/confirm", irina.read("/en/staff/fund/providers"))
    new = next(one for one in added if one != fund.provider.hex())
    assert f"{new}/confirm" not in pavel.read("/en/staff/fund/providers")
    assert "why=" in pavel.post(f"/en/staff/fund/providers/{new}/confirm").headers["Location"]
    pavel.refused("/en/staff/fund/providers", {"name": "B", "country": "", "contact": "B"})
    shown = irina.do(f"/en/staff/fund/providers/{new}/confirm")
    assert len(CODE.findall(shown)) == 1
    assert pavel.get(f"/en/staff/fund/providers/{new}/code").status_code == 404
    irina.do(f"/en/staff/fund/providers/{new}/code/handed-over")
    assert irina.get(f"/en/staff/fund/providers/{new}/code").status_code == 404


def test_a_used_up_request_offers_nothing_more(built: Built, team: Team, fund: TheFund) -> None:
    token, reporter, case_id = send_report(built, team.office)
    request_id = fund.do(hers.ask, reporter, case_id, fund.wish())
    fund.agree(request_id, WANTED)
    her = her_at(built, token)
    ref = asked_ref(her)
    page = her.read("/costs")
    assert page.index("If you give it back, the voucher ends") < page.index("Give it back</button>")
    her.do(f"/costs/{ref}/back")
    answer = her.post(f"{her.page()}/costs/{ref}/voucher")
    assert answer.headers["Location"].endswith("why=moved-on")
