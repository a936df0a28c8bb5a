"""The focal point's first page: the public facts of their office, and plainly what is not here."""

from flask import Blueprint
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from reporting.domain.directory.taxonomies import PATHWAYS
from reporting.policy import Permission
from reporting.services.errors import NotFound
from reporting.services.organisation.offices import office_line
from reporting.store.database import reading
from reporting.store.offices import find_office
from reporting.web.access import allow
from reporting.web.instance import here
from reporting.web.pages import translated
from reporting.web.staff.pages import me, staff_page

blueprint = Blueprint("statistics", __name__)


@blueprint.get("/staff/statistics")
@allow(Permission.SEE_STATISTICS)
def first() -> ResponseReturnValue:
    """Show what anybody may know of this office."""
    with reading(here().stores) as work:
        office = find_office(work.main, me().office_id)
        if office is None:
            raise NotFound
        line = office_line(work, here().house, office)
        needs = gettext(", ").join(translated(PATHWAYS[pathway]) for pathway in line.help_missing)
        return staff_page("statistics/first.html", line=line, needs=needs)
