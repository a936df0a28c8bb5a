"""Evidence of one case: plain rows first, and nothing is shown before somebody chooses to look."""

from flask import Blueprint, Response, request
from flask.typing import ResponseReturnValue

from reporting.domain.case import Status
from reporting.domain.evidence.opening import LASTS, LONGEST_REASON
from reporting.policy import Permission
from reporting.services.errors import NeedsWhy
from reporting.services.evidence import looking
from reporting.services.evidence.again import make_copy_again
from reporting.store.database import writing
from reporting.web.access import allow
from reporting.web.evidence_files import keep_original, page_asked, show_copy, show_page
from reporting.web.instance import here
from reporting.web.languages import url
from reporting.web.pages import go_to
from reporting.web.patience import patience
from reporting.web.staff.case_places import case_page, head_of
from reporting.web.staff.evidence_adding import LONGEST_LINE, add_all
from reporting.web.staff.evidence_page import piece_shown
from reporting.web.staff.pages import me, my_ticket
from reporting.web.turns import COPYING, my_turn
from reporting.web.uploads import takes_files

blueprint = Blueprint("evidence", __name__, url_prefix="/staff/cases/<id:case_id>/evidence")


@blueprint.get("")
@allow(Permission.SEE_EVIDENCE)
def view(case_id: bytes) -> ResponseReturnValue:
    """List what there is: what each piece shows, what was done to it, and who touched it."""
    with writing(here().stores) as work:
        opened, seen = looking.list_evidence(work, here().house, me(), case_id)
        head, is_closed = head_of(work, here().house, opened), opened.row.status == Status.CLOSED
    pieces = [piece_shown(one) for one in seen]
    return case_page("evidence/view.html", head, pieces=pieces, is_closed=is_closed, longest=LONGEST_LINE)


@blueprint.post("")
@allow(Permission.ADD_EVIDENCE)
@takes_files
def add(case_id: bytes) -> ResponseReturnValue:
    """Add what somebody handed over, under the name of whoever adds it; she sees it at once."""
    wrong = add_all(case_id)
    return go_to(url("evidence.view", case_id=case_id, **({"why": wrong} if wrong else {"done": "evidence-added"})))


@blueprint.get("/<id:piece_id>")
@allow(Permission.SEE_EVIDENCE)
def look(case_id: bytes, piece_id: bytes) -> ResponseReturnValue:
    """Look at one piece, in the copy without hidden data."""
    with writing(here().stores) as work:
        opened, seen = looking.look_at(work, here().house, me(), case_id, piece_id)
        head = head_of(work, here().house, opened)
        entry_id = looking.open_here(work, here().house, me(), my_ticket(), opened, piece_id)
    piece = piece_shown(seen)
    return case_page(
        "evidence/look.html",
        head,
        piece=piece,
        page=page_asked(piece.pages),
        large=request.args.get("large") == "yes",
        save=url("evidence.original", case_id=case_id, entry_id=entry_id) if entry_id else "",
        after=seen.place.after,
        minutes=int(LASTS.total_seconds() // 60),
        longest=LONGEST_REASON,
    )


@blueprint.get("/<id:piece_id>/copy")
@allow(Permission.SEE_EVIDENCE)
def copy(case_id: bytes, piece_id: bytes) -> Response:
    """Answer with the copy without hidden data."""
    instance = here()
    with writing(instance.stores) as work:
        opened = looking.open_copy(work, instance.house, instance.stores.blobs, me(), case_id, piece_id)
    return show_copy(opened)


@blueprint.post("/<id:piece_id>/copy")
@allow(Permission.SEE_EVIDENCE)
def make_copy(case_id: bytes, piece_id: bytes) -> ResponseReturnValue:
    """Have the copy without hidden data made, where it could not be made before."""
    instance = here()
    patience().lengthen()
    with my_turn(COPYING):
        piece = make_copy_again(instance.stores, instance.house, me(), case_id, piece_id, instance.settings.most_of_one)
    said = {"done": "evidence-cleaned"} if piece.evidence.clean else {"why": "evidence-not-cleaned"}
    return go_to(url("evidence.look", case_id=case_id, piece_id=piece_id, **said))


@blueprint.get("/<id:piece_id>/pages/<int:number>")
@allow(Permission.SEE_EVIDENCE)
def page(case_id: bytes, piece_id: bytes, number: int) -> Response:
    """Answer with one page of a document, drawn as a picture."""
    instance = here()
    with writing(instance.stores) as work:
        opened = looking.open_copy(work, instance.house, instance.stores.blobs, me(), case_id, piece_id)
    return show_page(opened, number)


@blueprint.post("/<id:piece_id>/original")
@allow(Permission.OPEN_ORIGINAL)
def open_original(case_id: bytes, piece_id: bytes) -> ResponseReturnValue:
    """Open the original on purpose: the reason is kept and she reads of it, and then its page says where it is."""
    reason = request.form.get("reason", "")
    try:
        with writing(here().stores) as work:
            looking.open_original(work, here().house, me(), my_ticket(), case_id, piece_id, reason)
    except NeedsWhy:
        return go_to(url("evidence.look", case_id=case_id, piece_id=piece_id, why="why-original", _anchor="original"))
    return go_to(url("evidence.look", case_id=case_id, piece_id=piece_id, _anchor="original"))


@blueprint.get("/original/<id:entry_id>")
@allow(Permission.OPEN_ORIGINAL)
def original(case_id: bytes, entry_id: bytes) -> Response:
    """Answer with an original that was opened in this session just before."""
    instance = here()
    with writing(instance.stores) as work:
        opened = looking.take_original(
            work, instance.house, instance.stores.blobs, me(), my_ticket(), case_id, entry_id
        )
    return keep_original(opened)
