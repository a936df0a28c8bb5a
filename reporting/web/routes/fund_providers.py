"""Who is paid against a voucher: added by one officer, confirmed by another, with an access code to hand over."""

from flask import Blueprint, Response
from flask.typing import ResponseReturnValue

from reporting.policy import Permission
from reporting.services.errors import NotAllowed, NotAName, NotFound
from reporting.services.fund import providers
from reporting.services.signing_in import codes
from reporting.store.database import reading, writing
from reporting.web.access import allow
from reporting.web.countries import country_name
from reporting.web.instance import here
from reporting.web.languages import url
from reporting.web.pages import go_to
from reporting.web.staff.fund_forms import ProviderForm, provider_form
from reporting.web.staff.pages import me, my_ticket, staff_page
from reporting.web.staff.step_up import proof_url, proved

blueprint = Blueprint("fund_providers", __name__)


@blueprint.get("/staff/fund/providers")
@allow(Permission.SEE_FUND)
def everything() -> ResponseReturnValue:
    """Show every provider, and a form for one more."""
    return _page(provider_form())


@blueprint.post("/staff/fund/providers")
@allow(Permission.KEEP_FUND)
@proved("fund-provider")
def add() -> ResponseReturnValue:
    """Add a provider, who waits for another officer."""
    form = provider_form()
    try:
        if form.validate():
            with writing(here().stores) as work:
                providers.propose(work, here().house, me(), form.facts())
            return go_to(url("fund_providers.everything", done="fund-provider"))
    except NotAName:
        pass
    return _page(form, status=422)


@blueprint.post("/staff/fund/providers/<id:provider_id>/confirm")
@allow(Permission.KEEP_FUND)
@proved("fund-provider")
def confirm(provider_id: bytes) -> ResponseReturnValue:
    """List a provider whom a colleague added, or make a new access code."""
    try:
        with writing(here().stores) as work:
            text = providers.confirm(work, here().house, me(), provider_id)
            codes.keep_code(work, here().house, my_ticket(), provider_id, text)
    except NotAllowed:
        return go_to(url("fund_providers.everything", why="fund-not-you"))
    return go_to(url("fund_providers.code", provider_id=provider_id))


@blueprint.get("/staff/fund/providers/<id:provider_id>/code")
@allow(Permission.KEEP_FUND)
def code(provider_id: bytes) -> ResponseReturnValue:
    """Show the access code that this officer has just made, until it is handed over."""
    with reading(here().stores) as work:
        found = codes.waiting_code(work, here().house, my_ticket())
        row = next((one for one in providers.providers(work, me()) if one.id == provider_id), None)
    if row is None or found is None or found.staff_id != provider_id:
        raise NotFound
    return staff_page("fund/code.html", provider=row, code=found.text)


@blueprint.post("/staff/fund/providers/<id:provider_id>/code/handed-over")
@allow(Permission.KEEP_FUND)
def handed_over(provider_id: bytes) -> ResponseReturnValue:
    """Let the code go."""
    with writing(here().stores) as work:
        waiting = codes.waiting_code(work, here().house, my_ticket())
        if waiting is None or waiting.staff_id != provider_id:
            raise NotFound
        codes.forget_code(work, here().house, my_ticket())
    return go_to(url("fund_providers.everything", done="handed"))


@blueprint.post("/staff/fund/providers/<id:provider_id>/end")
@allow(Permission.KEEP_FUND)
@proved("fund-provider")
def end(provider_id: bytes) -> ResponseReturnValue:
    """End a provider."""
    with writing(here().stores) as work:
        providers.end(work, here().house, me(), provider_id)
    return go_to(url("fund_providers.everything", done="fund-provider-ended"))


def _page(form: ProviderForm, status: int = 200) -> Response:
    with reading(here().stores) as work:
        rows = providers.providers(work, me())
    shown = [(row, country_name(row.country), row.added_by == me().staff_id) for row in rows]
    return staff_page(
        "fund/providers.html", form=form, providers=shown, proof=proof_url("fund-provider"), status=status
    )
