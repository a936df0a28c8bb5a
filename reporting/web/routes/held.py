"""What a law keeps of cases that are closed or erased: held items, and nothing else of them."""

from flask import Blueprint, Response
from flask.typing import ResponseReturnValue

from reporting.policy import Permission
from reporting.services.file import held
from reporting.store.database import reading, writing
from reporting.web.access import allow
from reporting.web.addresses import reference_of
from reporting.web.evidence_files import keep_original, played_as, show_copy
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
    line, shown = found.line, items_shown(found.items)
    return staff_page(
        "held/one.html",
        items=[(one.id, words, found.pieces.get(one.id)) for one, words in zip(found.items, shown, strict=True)],
        hold_id=entry_id,
        ref=reference_of(line.case_id),
        until=line.until,
        played_as=played_as,
    )


@blueprint.get("/staff/held/<id:entry_id>/<id:piece_id>/copy")
@allow(Permission.SEE_HELD)
def copy(entry_id: bytes, piece_id: bytes) -> ResponseReturnValue:
    """Answer with the working copy of a file that is kept."""
    return _file(entry_id, piece_id, original=False)


@blueprint.get("/staff/held/<id:entry_id>/<id:piece_id>/original")
@allow(Permission.SEE_HELD)
def original(entry_id: bytes, piece_id: bytes) -> ResponseReturnValue:
    """Answer with the original of a file that is kept."""
    return _file(entry_id, piece_id, original=True)


def _file(hold_id: bytes, piece_id: bytes, *, original: bool) -> Response:
    """Answer with a file; the record says which before its first byte."""
    blobs = here().stores.blobs
    with writing(here().stores) as work:
        found = held.held_file(work, here().house, blobs, me(), hold_id, piece_id, original=original)
    return keep_original(found) if original else show_copy(found)
