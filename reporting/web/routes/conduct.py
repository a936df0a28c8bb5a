"""The code of conduct, to be read and accepted before a case opens."""

from flask import Blueprint, Response, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from reporting.domain.organisation.conduct import asked_again_on
from reporting.policy import Permission
from reporting.services.errors import NotAllowed
from reporting.services.organisation.conduct import accept as accept_code
from reporting.services.organisation.conduct import current_code, has_accepted
from reporting.store.conduct import acceptance_of
from reporting.store.database import reading, writing
from reporting.web.access import allow
from reporting.web.instance import here
from reporting.web.languages import language, url
from reporting.web.pages import go_to
from reporting.web.staff.account_forms import ConductForm
from reporting.web.staff.forms import refuse
from reporting.web.staff.pages import me, staff_page

blueprint = Blueprint("conduct", __name__)


@blueprint.get("/staff/conduct")
@allow(Permission.ACCEPT_CONDUCT)
def view() -> ResponseReturnValue:
    """Show the code in force, and whether I have accepted it."""
    return _page(ConductForm())


@blueprint.post("/staff/conduct")
@allow(Permission.ACCEPT_CONDUCT)
def accept() -> ResponseReturnValue:
    """Accept the version that was shown."""
    form = ConductForm(request.form)
    if not form.yes.data:
        refuse(form.yes, gettext("Please tick this if you agree. Until then no case opens to you."))
        return _page(form, status=422)
    try:
        with writing(here().stores) as work:
            accept_code(work, here().house, me(), str(form.version.data))
    except NotAllowed:
        return go_to(url("conduct.view", why="new-version"))
    return go_to(url("inbox.first", done="conduct"))


def _page(form: ConductForm, status: int = 200) -> Response:
    with reading(here().stores) as work:
        code = current_code(work, me().office_id)
        accepted = has_accepted(work, here().house, me())
        last = acceptance_of(work.main, me().staff_id)
    form.version.data = code.version
    shown = language() if language() in code.text else next(iter(code.text))
    return staff_page(
        "conduct/view.html",
        status=status,
        form=form,
        text=code.text[shown],
        shown=shown,
        version=code.version,
        accepted_on=last.accepted_on if last and accepted else None,
        again_on=asked_again_on(last.accepted_on) if last else None,
    )
