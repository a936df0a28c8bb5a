"""Showing passphrase and second factor once more, before something that is most protected."""

from flask import Blueprint, Response, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from reporting.policy import Permission
from reporting.services.signing_in.factors import WrongFactor
from reporting.services.signing_in.proof import note_proof
from reporting.store.database import writing
from reporting.web.access import allow
from reporting.web.addresses import id_from
from reporting.web.instance import here
from reporting.web.languages import url
from reporting.web.pages import go_to, translated
from reporting.web.staff.account_forms import ProofForm
from reporting.web.staff.forms import refuse
from reporting.web.staff.pages import NotProven, me, my_ticket, prove, staff_page
from reporting.web.staff.second import has_any, passkey_to_show, take, whose
from reporting.web.staff.step_up import PURPOSES, Purpose

blueprint = Blueprint("proof", __name__)


@blueprint.get("/staff/prove")
@allow(Permission.SEE_OWN_ACCOUNT)
def ask() -> ResponseReturnValue:
    """Ask for passphrase and, where there is one, second factor."""
    purpose = _purpose()
    if purpose is None:
        return go_to(url("staff.first"))
    return _page(purpose, ProofForm(needs_code=has_any(whose())))


@blueprint.post("/staff/prove")
@allow(Permission.SEE_OWN_ACCOUNT)
def show() -> ResponseReturnValue:
    """Check both, and go back; for five minutes the pages that ask for them open."""
    purpose = _purpose()
    if purpose is None:
        return go_to(url("staff.first"))
    form = ProofForm(request.form, needs_code=has_any(whose()))
    if not form.validate() or not _fits(form):
        return _page(purpose, form, status=422)
    with writing(here().stores) as work:
        note_proof(work, here().house, my_ticket())
    return go_to(purpose.back(_subject()))


def _fits(form: ProofForm) -> bool:
    """Check the passphrase first: a code is not used up for nothing."""
    try:
        prove(me().username, str(form.passphrase.data))
        if form.needs_code:
            take(whose(), form)
    except NotProven:
        refuse(form.passphrase, gettext("This is not your passphrase."))
        return False
    except WrongFactor:
        refuse(form.code, gettext("This code does not fit, or it was used already. Wait for the next one."))
        return False
    return True


def _page(purpose: Purpose, form: ProofForm, status: int = 200) -> Response:
    return staff_page(
        "proof/ask.html",
        status=status,
        form=form,
        passkey=passkey_to_show(whose()),
        why=translated(purpose.words),
        back_url=purpose.back(_subject()),
    )


def _purpose() -> Purpose | None:
    return PURPOSES.get(request.args.get("for", ""))


def _subject() -> bytes | None:
    return id_from(request.args.get("at"))
