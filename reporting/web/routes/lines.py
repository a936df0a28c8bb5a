"""To whom a member of staff reports, for the administrator. It closes out where somebody is named; it opens nothing."""

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from reporting.policy import Permission
from reporting.services.errors import DoesNotFit
from reporting.services.reading.lines import set_supervisor
from reporting.store.database import writing
from reporting.web.access import allow
from reporting.web.addresses import id_from
from reporting.web.instance import here
from reporting.web.languages import url
from reporting.web.pages import go_to
from reporting.web.staff.pages import me

blueprint = Blueprint("lines", __name__)


@blueprint.post("/staff/accounts/<id:staff_id>/superior")
@allow(Permission.MANAGE_ACCOUNTS)
def enter(staff_id: bytes) -> ResponseReturnValue:
    """Enter to whom this person reports; empty means to nobody who has an account."""
    chosen = request.form.get("superior", "")
    superior = id_from(chosen)
    if chosen and superior is None:
        raise DoesNotFit
    with writing(here().stores) as work:
        set_supervisor(work, here().house, me().staff_id, staff_id, superior)
    return go_to(url("accounts.one", staff_id=staff_id, done="line"))
