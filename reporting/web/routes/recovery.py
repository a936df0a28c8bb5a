"""One's own key and the recovery quorum: whether it could be restored, and sealing it so that it can."""

from flask import Blueprint
from flask.typing import ResponseReturnValue

from reporting.policy import Permission
from reporting.services.sealed.recovery import has_copy, seal_own
from reporting.store.database import reading, writing
from reporting.web.access import allow
from reporting.web.instance import here
from reporting.web.languages import url
from reporting.web.pages import go_to
from reporting.web.staff.pages import me, staff_page
from reporting.web.staff.step_up import proof_url, proved

blueprint = Blueprint("recovery", __name__)


@blueprint.get("/staff/account/recovery")
@allow(Permission.SEE_INBOX)
def own() -> ResponseReturnValue:
    """Show whether a quorum could restore my access, and what that means."""
    with reading(here().stores) as work:
        sealed = has_copy(work, here().house, me().staff_id)
    return staff_page("recovery/own.html", sealed=sealed, proof=proof_url("recovery"))


@blueprint.post("/staff/account/recovery")
@allow(Permission.SEE_INBOX)
@proved("recovery")
def seal() -> ResponseReturnValue:
    """Seal my key to the recovery key, too."""
    with writing(here().stores) as work:
        sealed = seal_own(work, here().house, me())
    return go_to(url("recovery.own", done="sealed") if sealed else url("recovery.own", why="no-quorum"))
