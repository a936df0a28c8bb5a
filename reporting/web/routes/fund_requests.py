"""One request to the assistance fund: need, country and amount, a first yes, a second yes, or a no with a reason."""

from collections.abc import Callable

from flask import Blueprint, Response, request
from flask.typing import ResponseReturnValue

from reporting.domain.fund.accounts import Account
from reporting.domain.fund.money import decimal_of, parse_amount
from reporting.domain.fund.requests import REASONS, WAITING, Reason
from reporting.policy import Permission
from reporting.services.fund import requests
from reporting.store.database import Work, reading
from reporting.store.fund_ledger import balances
from reporting.web.access import allow
from reporting.web.instance import here
from reporting.web.languages import url
from reporting.web.money import money
from reporting.web.pages import go_to
from reporting.web.staff.fund_forms import request_shown
from reporting.web.staff.fund_pages import enter
from reporting.web.staff.pages import me, staff_page
from reporting.web.staff.step_up import proof_url, proved
from reporting.web.staff.work_forms import offered

blueprint = Blueprint("fund_requests", __name__)


@blueprint.get("/staff/fund/request/<id:asked_id>")
@allow(Permission.SEE_FUND)
def one(asked_id: bytes) -> ResponseReturnValue:
    """Show a request."""
    return _page(asked_id)


def _page(asked_id: bytes, wrong: str = "") -> Response:
    """Show a request, with the amount that was typed where something was wrong with it."""
    with reading(here().stores) as work:
        line = requests.request_of(work, me(), asked_id)
        free = balances(work.main, line.fund.id).get(Account.AVAILABLE, 0)
    currency = line.fund.currency
    proposed = f"{decimal_of(line.amount or line.wanted, currency):f}"
    return staff_page(
        "fund/request.html",
        fund=line.fund,
        asked=request_shown(line),
        waits=line.state in WAITING,
        proposed=proposed,
        typed=request.form.get("amount", "") if wrong else proposed,
        wrong=wrong,
        status=422 if wrong else 200,
        free=money(free, currency),
        reasons=offered(REASONS),
        proof=proof_url("fund-request", asked_id),
    )


@blueprint.post("/staff/fund/request/<id:asked_id>/first")
@allow(Permission.DECIDE_FUND)
@proved("fund-request")
def agree_first(asked_id: bytes) -> ResponseReturnValue:
    """Give the first yes."""
    return _decide(
        asked_id, lambda work: requests.agree_first(work, here().house, me(), asked_id, _amount(work, asked_id))
    )


@blueprint.post("/staff/fund/request/<id:asked_id>/second")
@allow(Permission.DECIDE_FUND)
@proved("fund-request")
def agree_second(asked_id: bytes) -> ResponseReturnValue:
    """Give the second yes, to the amount that stood on the page."""
    return _decide(
        asked_id, lambda work: requests.agree_second(work, here().house, me(), asked_id, _amount(work, asked_id))
    )


@blueprint.post("/staff/fund/request/<id:asked_id>/decline")
@allow(Permission.DECIDE_FUND)
@proved("fund-request")
def decline(asked_id: bytes) -> ResponseReturnValue:
    """Say no, with a reason from the list."""
    reason = request.form.get("reason", "")
    if reason not in set(Reason):
        return go_to(url("fund_requests.one", asked_id=asked_id, why="fund-reason"))
    return _decide(asked_id, lambda work: requests.decline(work, here().house, me(), asked_id, Reason(reason)))


def _amount(work: Work, asked_id: bytes) -> int:
    return parse_amount(request.form.get("amount", ""), requests.request_of(work, me(), asked_id).fund.currency)


def _decide(asked_id: bytes, act: Callable[[Work], object]) -> Response:
    return enter("fund_requests.one", act, lambda wrong: _page(asked_id, wrong), done="fund-decided", asked_id=asked_id)
