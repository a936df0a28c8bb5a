"""The legal-aid officer's first page: that no request can be made yet, and what to do meanwhile."""

from flask import Blueprint
from flask.typing import ResponseReturnValue

from reporting.policy import Permission
from reporting.web.access import allow
from reporting.web.staff.pages import staff_page

blueprint = Blueprint("fund", __name__)


@blueprint.get("/staff/fund")
@allow(Permission.SEE_FUND)
def first() -> ResponseReturnValue:
    """Say what there is and what there is not."""
    return staff_page("fund/first.html")
