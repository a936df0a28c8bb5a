"""The assistance fund for its officers: what there is, what was pledged and came, corrections, the books of a year."""

import csv
import io
import secrets
from collections.abc import Callable

from flask import Blueprint, Response, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from reporting.domain.fund.accounts import CORRECTIONS, Account, Movement
from reporting.domain.fund.money import decimal_of, parse_amount
from reporting.domain.words import clean_text
from reporting.policy import Permission
from reporting.services.errors import DoesNotFit, NotAllowed, NotAName, NotFound
from reporting.services.fund import beginning, funds, requests, vouchers
from reporting.services.fund.ledger import fund_of
from reporting.services.fund.statement import Statement, statement
from reporting.store.database import Work, reading, writing
from reporting.store.fund import corrections_of, pledges_of
from reporting.web.access import allow
from reporting.web.addresses import id_from
from reporting.web.instance import here
from reporting.web.languages import url
from reporting.web.money import money
from reporting.web.pages import go_to, translated
from reporting.web.staff.forms import refuse
from reporting.web.staff.fund_forms import fund_form, request_shown
from reporting.web.staff.fund_pages import enter
from reporting.web.staff.fund_words import ACCOUNTS, MOVEMENTS
from reporting.web.staff.pages import me, staff_page
from reporting.web.staff.step_up import proof_url, proved

blueprint = Blueprint("fund", __name__)


@blueprint.get("/staff/fund")
@allow(Permission.SEE_FUND)
def first() -> ResponseReturnValue:
    """Show every fund, and how many requests wait for a decision."""
    with reading(here().stores) as work:
        found = [(fund, len(requests.queue(work, me(), fund.id))) for fund in funds.funds(work, me())]
    return staff_page("fund/first.html", funds=found)


@blueprint.get("/staff/fund/new")
@allow(Permission.KEEP_FUND)
def new() -> ResponseReturnValue:
    """Ask for a new fund."""
    return staff_page("fund/new.html", form=fund_form())


@blueprint.post("/staff/fund/new")
@allow(Permission.KEEP_FUND)
def begin() -> ResponseReturnValue:
    """Begin a fund."""
    form = fund_form()
    try:
        if form.validate():
            with writing(here().stores) as work:
                fund_id = beginning.begin_fund(work, here().house, me(), form.facts())
            return go_to(url("fund.one", fund_id=fund_id, done="fund"))
    except (NotAName, DoesNotFit):
        refuse(form.name, gettext("This is too long: at most %(number)s characters.", number=beginning.LONGEST_NAME))
    return staff_page("fund/new.html", form=form, status=422)


@blueprint.get("/staff/fund/<id:fund_id>")
@allow(Permission.SEE_FUND)
def one(fund_id: bytes) -> ResponseReturnValue:
    """Show a fund: what waits, what there is, what was pledged."""
    return _page(fund_id)


def _page(fund_id: bytes, wrong: str = "") -> Response:
    """Show a fund, with what was typed where something of it was wrong."""
    with reading(here().stores) as work:
        books, waiting = funds.books(work, me(), fund_id), requests.queue(work, me(), fund_id)
        bills = vouchers.bills(work, me(), fund_id)
        may_open = beginning.may_open(work, me(), fund_id)
    return staff_page(
        "fund/one.html",
        fund=books.fund,
        books=books,
        waiting=[request_shown(line) for line in waiting],
        bills=bills,
        may_open=may_open,
        accounts=[(translated(ACCOUNTS[one]), money(abs(books.balances[one]), books.fund.currency)) for one in Account],
        money=lambda minor: money(minor, books.fund.currency),
        movements={one: translated(words) for one, words in MOVEMENTS.items()},
        corrections=CORRECTIONS,
        year=here().house.today().year,
        entries=[secrets.token_hex(16) for _ in range(2)],
        proof=proof_url("fund", fund_id),
        step=request.endpoint if wrong else "",
        wrong=wrong,
        typed=request.form,
        status=422 if wrong else 200,
    )


@blueprint.post("/staff/fund/<id:fund_id>/takes")
@allow(Permission.KEEP_FUND)
def takes(fund_id: bytes) -> ResponseReturnValue:
    """Let a fund take requests, or none; whoever began it does not open it alone."""
    return _change(
        fund_id, lambda work: beginning.set_open(work, here().house, me(), fund_id, is_open="open" in request.form)
    )


@blueprint.post("/staff/fund/<id:fund_id>/pledge")
@allow(Permission.KEEP_FUND)
@proved("fund")
def pledge(fund_id: bytes) -> ResponseReturnValue:
    """Enter what a donor promises."""
    donor, entry = clean_text(request.form.get("donor", "")), id_from(request.form.get("entry"))
    return _change(
        fund_id, lambda work: funds.pledge(work, here().house, me(), fund_id, donor, _amount(work, fund_id), entry)
    )


@blueprint.post("/staff/fund/<id:fund_id>/receive")
@allow(Permission.KEEP_FUND)
@proved("fund")
def receive(fund_id: bytes) -> ResponseReturnValue:
    """Enter money that has come."""
    entry = id_from(request.form.get("entry"))
    return _change(
        fund_id,
        lambda work: funds.receive(work, here().house, me(), _pledge(work, fund_id), _amount(work, fund_id), entry),
    )


@blueprint.post("/staff/fund/<id:fund_id>/correct")
@allow(Permission.KEEP_FUND)
@proved("fund")
def correct(fund_id: bytes) -> ResponseReturnValue:
    """Propose to take something back."""
    said = request.form.get("movement", "")
    movement = Movement(said) if said in set(Movement) else Movement.PAYMENT

    def propose(work: Work) -> None:
        pledge_id, amount = _pledge(work, fund_id), _amount(work, fund_id)
        funds.propose_correction(work, here().house, me(), pledge_id, movement, amount)

    return _change(fund_id, propose, done="fund-asked")


@blueprint.post("/staff/fund/<id:fund_id>/correction")
@allow(Permission.KEEP_FUND)
@proved("fund")
def decide(fund_id: bytes) -> ResponseReturnValue:
    """Carry out what a colleague proposed, or drop it."""

    def act(work: Work) -> None:
        known = {row.id for row in corrections_of(work.main, fund_id)}
        correction = id_from(request.form.get("correction"))
        if correction not in known:
            raise NotAllowed
        funds.decide_correction(work, here().house, me(), correction, agreed="agreed" in request.form)

    return _change(fund_id, act)


@blueprint.get("/staff/fund/<id:fund_id>/year/<int:book_year>")
@allow(Permission.SEE_FUND)
def year(fund_id: bytes, book_year: int) -> ResponseReturnValue:
    """Show the books of a year, to read and to print."""
    with reading(here().stores) as work:
        found = statement(work, me(), fund_id, book_year)
    currency, today = found.fund.currency, here().house.today()
    return staff_page(
        "fund/year.html",
        fund=found.fund,
        year=book_year,
        rows=[(name, money(amount, currency)) for name, amount in _rows(found)],
        later=book_year + 1 if book_year < today.year else None,
        today=today,
    )


@blueprint.get("/staff/fund/<id:fund_id>/year/<int:book_year>/table")
@allow(Permission.SEE_FUND)
def table(fund_id: bytes, book_year: int) -> ResponseReturnValue:
    """Give the books of a year as CSV: one row for each line, amounts as plain decimals."""
    with reading(here().stores) as work:
        found = statement(work, me(), fund_id, book_year)
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(["year", "line", "amount", "currency"])
    for name, amount in _rows(found):
        writer.writerow([book_year, name, f"{decimal_of(amount, found.fund.currency):f}", found.fund.currency])
    response = Response(out.getvalue(), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="fund-{book_year}.csv"'
    return response


def _rows(found: Statement) -> list[tuple[str, int]]:
    """Return the lines of a statement: what there was, what moved, what is left; what donors gave is no line."""
    shown = [one for one in Account if one is not Account.DONORS]
    opening, closing = translated(ACCOUNTS["opening"]), translated(ACCOUNTS["closing"])
    return [
        *((f"{opening}: {translated(ACCOUNTS[one])}", found.opening[one]) for one in shown),
        *((translated(MOVEMENTS[one]), found.moved[one]) for one in Movement),
        *((f"{closing}: {translated(ACCOUNTS[one])}", found.closing[one]) for one in shown),
    ]


def _change(fund_id: bytes, act: Callable[[Work], object], done: str = "fund-money") -> Response:
    return enter("fund.one", act, lambda wrong: _page(fund_id, wrong), done=done, fund_id=fund_id)


def _amount(work: Work, fund_id: bytes) -> int:
    return parse_amount(request.form.get("amount", ""), fund_of(work, fund_id).currency)


def _pledge(work: Work, fund_id: bytes) -> bytes:
    """Return the pledge that the form names, where it is one of this fund."""
    pledge_id = id_from(request.form.get("pledge"))
    if pledge_id not in {row.id for row in pledges_of(work.main, fund_id)}:
        raise NotFound
    return pledge_id
