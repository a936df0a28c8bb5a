"""Where the daily note goes: said by the person, or by the administrator."""

from flask import Blueprint, Response, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from reporting.policy import Permission
from reporting.services.errors import NotAName
from reporting.services.organisation.mail import address_of, set_address
from reporting.store.database import reading, writing
from reporting.web.access import allow
from reporting.web.instance import here
from reporting.web.languages import url
from reporting.web.pages import go_to
from reporting.web.staff.forms import MailForm, refuse
from reporting.web.staff.pages import me, staff_page

blueprint = Blueprint("mail", __name__)


@blueprint.get("/staff/account/mail")
@allow(Permission.SEE_INBOX)
def own() -> ResponseReturnValue:
    """Show where my note goes; whoever handles no cases gets none."""
    return _page(_form_of(me().staff_id), url("mail.save_own"), url("account.own"))


@blueprint.post("/staff/account/mail")
@allow(Permission.SEE_INBOX)
def save_own() -> ResponseReturnValue:
    """Say where my note goes."""
    form = MailForm(request.form)
    if _save(form, me().staff_id):
        return go_to(url("mail.own", done=_done(form)))
    return _page(form, url("mail.save_own"), url("account.own"), status=422)


@blueprint.get("/staff/accounts/<id:staff_id>/mail")
@allow(Permission.MANAGE_ACCOUNTS)
def one(staff_id: bytes) -> ResponseReturnValue:
    """Show where a colleague's note goes."""
    return _page_of(_form_of(staff_id), staff_id)


@blueprint.post("/staff/accounts/<id:staff_id>/mail")
@allow(Permission.MANAGE_ACCOUNTS)
def save_one(staff_id: bytes) -> ResponseReturnValue:
    """Say where a colleague's note goes."""
    form = MailForm(request.form)
    if _save(form, staff_id):
        return go_to(url("mail.one", staff_id=staff_id, done=_done(form)))
    return _page_of(form, staff_id, status=422)


def _save(form: MailForm, staff_id: bytes) -> bool:
    """Keep the address; where it is none, the form says so."""
    try:
        with writing(here().stores) as work:
            set_address(work, here().house, me().staff_id, staff_id, str(form.address.data or ""))
    except NotAName:
        refuse(form.address, gettext("Please give one plain mail address, such as name@example.org."))
        return False
    return True


def _done(form: MailForm) -> str:
    return "mail" if form.address.data else "no-mail"


def _form_of(staff_id: bytes) -> MailForm:
    with reading(here().stores) as work:
        return MailForm(data={"address": address_of(work, staff_id)})


def _page_of(form: MailForm, staff_id: bytes, status: int = 200) -> Response:
    action, back = url("mail.save_one", staff_id=staff_id), url("accounts.one", staff_id=staff_id)
    return _page(form, action, back, status)


def _page(form: MailForm, action: str, back: str, status: int = 200) -> Response:
    is_on = here().house.mail is not None
    return staff_page("mail/address.html", status=status, form=form, action=action, back_url=back, is_on=is_on)
