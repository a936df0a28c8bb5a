"""A file of a case that leaves the house: asked for, agreed to, and taken as a document or as an encrypted archive."""

from collections.abc import Sequence
from datetime import date

from flask import Blueprint, Response, request
from flask.typing import ResponseReturnValue

from reporting.crypto.archive import archive_passphrase, seal_archive
from reporting.domain.file.export import Export
from reporting.domain.reading.approvals import Matter
from reporting.policy import Permission
from reporting.services.casework.case import open_to_work
from reporting.services.errors import NotAllowed
from reporting.services.file import export
from reporting.services.file.export import Also, Taken
from reporting.services.file.export_archive import parts_of
from reporting.services.file.export_files import check_files
from reporting.services.file.fonts import NoLetters
from reporting.services.file.listing import Listed, listed_in, show_listed
from reporting.services.house import House
from reporting.services.reading.approvals import is_agreed
from reporting.services.sealed.entries import Filed
from reporting.services.sealed.sealing import OpenCase
from reporting.store.database import Work, writing
from reporting.store.objects import BlobStore
from reporting.web.access import allow
from reporting.web.files import as_file
from reporting.web.instance import here
from reporting.web.languages import url
from reporting.web.pages import go_to
from reporting.web.patience import patience
from reporting.web.staff.case_forms import carry_through
from reporting.web.staff.case_places import case_page, head_of
from reporting.web.staff.export_words import ExportShown
from reporting.web.staff.listing import ids_from, names_shown, options
from reporting.web.staff.listing_forms import ExportForm
from reporting.web.staff.pages import me, my_ticket
from reporting.web.staff.papers import paper_of
from reporting.web.staff.step_up import proof_url, proved_in_case

blueprint = Blueprint("export", __name__, url_prefix="/staff/cases/<id:case_id>/export")


@blueprint.get("")
@allow(Permission.EXPORT_CASE)
def view(case_id: bytes) -> ResponseReturnValue:
    """Show what was asked for and taken, and the form."""
    return _page(case_id, ExportForm())


@blueprint.post("")
@allow(Permission.EXPORT_CASE)
@proved_in_case("export")
def ask(case_id: bytes) -> ResponseReturnValue:
    """Ask a second person to agree."""
    form = ExportForm(request.form)
    with writing(here().stores) as work:
        opened = open_to_work(work, here().house, me(), case_id, Permission.EXPORT_CASE)
        form.items.choices = options(listed_in(work, opened))
    if not form.validate():
        return _page(case_id, form, status=422)
    for_whom, reason, ids = str(form.for_whom.data), str(form.reason.data), ids_from(form.items.data or [])
    also = Also(bool(form.identity.data), str(form.why_originals.data) if form.originals.data else None)
    return carry_through(
        "export.view",
        case_id,
        lambda work: export.ask(work, here().house, me(), case_id, for_whom, reason, ids, also),
        done="export-asked",
        why="not-now",
    )


@blueprint.post("/<id:entry_id>/begin")
@allow(Permission.EXPORT_CASE)
@proved_in_case("export")
def begin(case_id: bytes, entry_id: bytes) -> ResponseReturnValue:
    """Take it: into the record first, then to the page from which it can be had today."""
    try:
        with writing(here().stores) as work:
            export.begin(work, here().house, me(), case_id, entry_id)
    except NotAllowed:
        return _to(case_id, why="not-now")
    return go_to(url("export.one", case_id=case_id, entry_id=entry_id))


@blueprint.get("/<id:entry_id>")
@allow(Permission.EXPORT_CASE)
@proved_in_case("export")
def one(case_id: bytes, entry_id: bytes) -> ResponseReturnValue:
    """Show the passphrase of the archive, once, and where both files are."""
    with writing(here().stores) as work:
        opened = open_to_work(work, here().house, me(), case_id, Permission.EXPORT_CASE)
        head = head_of(work, here().house, opened)
        taken, first = export.show_once(work, here().house, me(), case_id, entry_id)
    words = archive_passphrase(my_ticket().secret, entry_id) if first else ""
    return case_page("export/one.html", head, entry_id=entry_id, export=taken, words=words)


@blueprint.get("/<id:entry_id>/document")
@allow(Permission.EXPORT_CASE)
@proved_in_case("export")
def document(case_id: bytes, entry_id: bytes) -> ResponseReturnValue:
    """Answer with the document, not encrypted."""
    try:
        return as_file(_paper(case_id, _take(case_id, entry_id)), "file.pdf", "application/pdf")
    except NoLetters:
        return _to(case_id, why="no-letters")


@blueprint.get("/<id:entry_id>/archive")
@allow(Permission.EXPORT_CASE)
@proved_in_case("export")
def archive(case_id: bytes, entry_id: bytes) -> ResponseReturnValue:
    """Answer with everything in one encrypted file, sealed as it is sent: document, items, files, and their SHA-256."""
    patience().lengthen()
    taken = _take(case_id, entry_id, here().stores.blobs)
    check_files(taken.pieces)
    try:
        paper = _paper(case_id, taken)
    except NoLetters:
        return _to(case_id, why="no-letters")
    sealed = seal_archive(parts_of(taken, paper), archive_passphrase(my_ticket().secret, entry_id))
    return as_file(sealed, "file.zip.age", "application/octet-stream")


def _take(case_id: bytes, entry_id: bytes, blobs: BlobStore | None = None) -> Taken:
    with writing(here().stores) as work:
        return export.take(work, here().house, me(), case_id, entry_id, blobs)


def _paper(case_id: bytes, taken: Taken) -> bytes:
    day = date.fromisoformat(taken.export.taken_on)
    return paper_of(case_id, taken.export.for_whom, day, taken.items, taken.identity, taken.pieces)


def _page(case_id: bytes, form: ExportForm, status: int = 200) -> Response:
    proof = proof_url("export", case_id)
    with writing(here().stores) as work:
        house = here().house
        opened = open_to_work(work, house, me(), case_id, Permission.EXPORT_CASE)
        form.items.choices = [] if proof else options(show_listed(work, house, me(), opened))
        head = head_of(work, house, opened)
        known = listed_in(work, opened)
        shown = [_shown(work, house, opened, filed, known) for filed in reversed(export.asked_in(work, opened))]
    return case_page("export/view.html", head, status=status, form=form, exports=shown, proof=proof)


def _shown(work: Work, house: House, opened: OpenCase, filed: Filed[Export], known: Sequence[Listed]) -> ExportShown:
    asked, at = filed.entry, {"case_id": opened.id, "entry_id": filed.id}
    agreed = not asked.taken_on and is_agreed(work, house, opened, Matter.EXPORT, filed.id) is not None
    mine = (asked.taken_by, asked.taken_on) == (me().staff_id.hex(), house.today().isoformat())
    return ExportShown(
        asked.for_whom,
        asked.reason,
        names_shown(asked.items, known),
        asked.identity,
        asked.originals,
        asked.author_name,
        asked.written_on,
        date.fromisoformat(asked.taken_on) if asked.taken_on else None,
        url("export.begin", **at) if agreed else "",
        url("export.one", **at) if mine else "",
    )


def _to(case_id: bytes, *, why: str) -> Response:
    return go_to(url("export.view", case_id=case_id, why=why))
