"""Her page about legal costs: asking a fund, what became of it, the voucher, and taking it back."""

from collections.abc import Callable

from flask import Response, request
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from reporting.domain.fund.money import NotAnAmount, parse_amount
from reporting.domain.fund.requests import CRITERIA, NEEDS, OVER, REASONS, RESERVED, TO_HER, Criterion, Need, State
from reporting.policy import Permission
from reporting.services.errors import AlreadySent, DoesNotFit, NotAllowed
from reporting.services.fund import hers
from reporting.services.fund.funds import criteria_of
from reporting.services.fund.hers import Wish
from reporting.services.fund.ledger import fund_of
from reporting.store.database import Work, reading
from reporting.web.access import allow
from reporting.web.addresses import id_from
from reporting.web.countries import country_name, country_names
from reporting.web.instance import here
from reporting.web.money import money
from reporting.web.pages import translated
from reporting.web.routes.follow import blueprint
from reporting.web.survivor.her_case import back_to, changing, her, look_at, show
from reporting.web.survivor.notices import said
from reporting.web.survivor.refs import find_by_ref


@blueprint.get("/page/<string(length=16):ref>/costs")
@allow(Permission.ASK_FUND)
def costs(ref: str) -> ResponseReturnValue:
    """What she asked for and what became of it, and a form to ask."""
    return _page(ref)


@blueprint.post("/page/<string(length=16):ref>/costs")
@allow(Permission.ASK_FUND)
def ask_fund(ref: str) -> ResponseReturnValue:
    """Ask a fund."""
    try:
        with changing(ref) as (work, house, person, case_id):
            hers.ask(work, house, person, case_id, _wish(work))
    except NotAnAmount:
        return _page(ref, "costs-amount")
    except DoesNotFit:
        return _page(ref, "costs-confirm")
    except AlreadySent:
        return back_to("costs", ref, why="costs-runs")
    except NotAllowed:
        return back_to("costs", ref, why="moved-on")
    return back_to("costs", ref, done="costs-asked")


@blueprint.post("/page/<string(length=16):ref>/costs/<string(length=16):asked>/voucher")
@allow(Permission.ASK_FUND)
def voucher(ref: str, asked: str) -> ResponseReturnValue:
    """Draw the voucher, which stands on the page until she says that she has it."""
    return _act(ref, asked, hers.draw_voucher)


@blueprint.post("/page/<string(length=16):ref>/costs/<string(length=16):asked>/kept")
@allow(Permission.ASK_FUND)
def voucher_kept(ref: str, asked: str) -> ResponseReturnValue:
    """She has the voucher."""
    return _act(ref, asked, hers.forget_code, done="costs-kept")


@blueprint.post("/page/<string(length=16):ref>/costs/<string(length=16):asked>/back")
@allow(Permission.ASK_FUND)
def costs_back(ref: str, asked: str) -> ResponseReturnValue:
    """Take a request or a voucher back."""
    return _act(ref, asked, hers.take_back, done="costs-back")


def _page(ref: str, wrong: str = "") -> Response:
    """Show the page.

    :param wrong: the code of what is to be mended in the form that was sent, which keeps what she chose.
    """
    case = look_at(ref)
    with reading(here().stores) as work:
        asked = hers.hers(work, here().house, her(), case.page.opened.id)
        funds = hers.funds_to_ask(work)
    office = case.page.office
    response = show(
        "costs",
        case,
        asked=asked,
        runs=any(one.state not in OVER for one in asked),
        funds=[(fund, [(one.value, translated(CRITERIA[one])) for one in criteria_of(fund)]) for fund in funds],
        needs=[(one.value, translated(words)) for one, words in NEEDS.items()],
        needs_words=NEEDS,
        states=TO_HER,
        reasons=REASONS,
        reserved=RESERVED,
        over=OVER,
        issued=State.ISSUED,
        countries=country_names(),
        country=office.country if office else "",
        country_name=country_name,
        money=money,
        typed=request.form if wrong else MultiDict(),
        wrong=said(wrong),
    )
    response.status_code = 422 if wrong else 200
    return response


def _act(ref: str, asked: str, act: Callable[..., object], **told: str) -> ResponseReturnValue:
    try:
        with changing(ref) as (work, house, person, case_id):
            known = [one.id for one in hers.hers(work, house, person, case_id)]
            act(work, house, person, case_id, find_by_ref(asked, known))
    except NotAllowed:
        return back_to("costs", ref, why="moved-on")
    return back_to("costs", ref, **told)


def _wish(work: Work) -> Wish:
    """Return what she asks for.

    :raises DoesNotFit: no such need.
    :raises NotAnAmount: the amount is none.
    :raises NotFound: there is no such fund.
    """
    form, need = request.form, request.form.get("need", "")
    fund = fund_of(work, id_from(form.get("fund")) or b"")
    if need not in set(Need):
        raise DoesNotFit
    confirmed = [Criterion(one) for one in form.getlist("confirmed") if one in set(Criterion)]
    return Wish(
        fund.id, Need(need), form.get("country", ""), parse_amount(form.get("amount", ""), fund.currency), confirmed
    )
