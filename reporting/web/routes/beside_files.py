"""What a guest beside her sees of the files, links and accounts that she added: the copies without hidden data."""

from dataclasses import dataclass
from datetime import date

from flask import Blueprint, Response
from flask.typing import ResponseReturnValue

from reporting.policy import Permission
from reporting.services.actors import GuestReader
from reporting.services.errors import NotFound
from reporting.services.evidence.beside import list_as_guest, open_copy_as_guest
from reporting.services.evidence.pieces import Piece
from reporting.store.database import writing
from reporting.web.access import allow
from reporting.web.evidence_files import page_asked, plain, seen_as, show_copy, show_page
from reporting.web.instance import here
from reporting.web.pages import render
from reporting.web.survivor.visitors import guest

blueprint = Blueprint("beside_files", __name__, url_prefix="/beside/files")


@dataclass(frozen=True)
class FileShown:
    """One piece as a guest reads of it; `seen_as` is empty where there is nothing to look at."""

    id: bytes
    number: int
    says: str
    name: str
    platform: str
    handle: str
    link: str
    added_on: date
    seen_as: str
    pages: int


@blueprint.get("")
@allow(Permission.READ_AS_GUEST)
def view() -> ResponseReturnValue:
    """List what there is."""
    return render("guests/files.html", files=_files())


@blueprint.get("/<id:piece_id>")
@allow(Permission.READ_AS_GUEST)
def look(piece_id: bytes) -> ResponseReturnValue:
    """Look at one piece."""
    shown = next((one for one in _files() if one.id == piece_id and one.seen_as), None)
    if shown is None:
        raise NotFound
    return render("guests/file.html", file=shown, page=page_asked(shown.pages))


@blueprint.get("/<id:piece_id>/copy")
@allow(Permission.READ_AS_GUEST)
def copy(piece_id: bytes) -> Response:
    """Answer with the copy without hidden data."""
    instance = here()
    with writing(instance.stores) as work:
        opened = open_copy_as_guest(work, instance.house, instance.stores.blobs, _me(), piece_id)
    return show_copy(opened)


@blueprint.get("/<id:piece_id>/pages/<int:number>")
@allow(Permission.READ_AS_GUEST)
def page(piece_id: bytes, number: int) -> Response:
    """Answer with one page of a document, drawn as a picture."""
    instance = here()
    with writing(instance.stores) as work:
        opened = open_copy_as_guest(work, instance.house, instance.stores.blobs, _me(), piece_id)
    return show_page(opened, number)


def _files() -> list[FileShown]:
    with writing(here().stores) as work:
        return [_shown(piece) for piece in list_as_guest(work, here().house, _me())]


def _shown(piece: Piece) -> FileShown:
    one = piece.evidence
    return FileShown(
        piece.id,
        one.position + 1,
        one.says,
        plain(one.name),
        plain(one.platform),
        plain(one.handle),
        plain(one.link),
        date.fromisoformat(one.day),
        seen_as(one),
        one.pages,
    )


def _me() -> GuestReader:
    person = guest()
    if person is None:
        raise NotFound
    return person
