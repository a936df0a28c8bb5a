"""What a law keeps of cases that are closed or erased: held items, and nothing else of them."""

from flask import Blueprint
from flask.typing import ResponseReturnValue

from reporting.policy import Permission
from reporting.services.file import held
from reporting.store.database import reading, writing
from reporting.web.access import allow
from reporting.web.addresses import reference_of
from reporting.web.instance import here
from reporting.web.staff.listing import items_shown
from reporting.web.staff.pages import me, staff_page

blueprint = Blueprint("held", __name__)


@blueprint.get("/staff/held")
@allow(Permission.SEE_HELD)
def everything() -> ResponseReturnValue:
    """List what I hold."""
    with reading(here().stores) as work:
        lines = held.held_by(work, here().house, me())
    return staff_page("held/all.html", lines=lines, reference_of=reference_of)


@blueprint.get("/staff/held/<id:entry_id>")
@allow(Permission.SEE_HELD)
def one(entry_id: bytes) -> ResponseReturnValue:
    """Open it; the record says so first."""
    with writing(here().stores) as work:
        found = held.open_held(work, here().house, me(), entry_id)
    line = found.line
    return staff_page("held/one.html", items=items_shown(found.items), ref=reference_of(line.case_id), until=line.until)
