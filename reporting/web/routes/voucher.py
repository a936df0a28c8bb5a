"""A provider uses a voucher: access code, voucher, number and amount of the bill. No account, no name, no cookie."""

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from reporting.domain.fund.codes import NotACode
from reporting.domain.fund.money import NotAnAmount
from reporting.policy import Permission
from reporting.services.errors import NotFound, TooMany
from reporting.services.fund.ledger import NotEnough
from reporting.services.fund.vouchers import BillAgain, NotAnInvoice, redeem
from reporting.services.signing_in.throttle import GUESSING
from reporting.store.database import writing
from reporting.web.access import allow
from reporting.web.instance import here
from reporting.web.languages import url
from reporting.web.pages import go_to, render
from reporting.web.survivor.her_case import what_to_say

blueprint = Blueprint("voucher", __name__)
WHY: dict[type[Exception], str] = {
    NotACode: "code-mistyped",
    NotFound: "code-unknown",
    NotAnInvoice: "bill-number",
    NotAnAmount: "bill-amount",
    BillAgain: "bill-again",
    NotEnough: "bill-more",
    TooMany: "code-wait",
}


@blueprint.get("/voucher")
@allow(Permission.USE_VOUCHER)
def page() -> ResponseReturnValue:
    """Ask for the codes and the bill."""
    return render("voucher/page.html", said=what_to_say())


@blueprint.post("/voucher")
@allow(Permission.USE_VOUCHER)
def use() -> ResponseReturnValue:
    """Use a voucher; what is wrong is named, and nothing that was typed is repeated."""
    client, throttle = request.remote_addr or "", here().throttle
    given = [request.form.get(name, "") for name in ("provider", "voucher", "number", "amount")]
    try:
        throttle.before_guess(GUESSING, client)
        with writing(here().stores) as work:
            redeem(work, here().house, given[0], given[1], given[2].strip(), given[3])
    except tuple(WHY) as refusal:
        if isinstance(refusal, NotFound):
            throttle.after_failure(GUESSING, client)
        return go_to(url("voucher.page", why=WHY[type(refusal)]))
    return go_to(url("voucher.page", done="voucher-used"))
