"""Keeping the library: documents added, looked at again, given a new file, and taken out."""

from datetime import timedelta

from flask import Blueprint, Response
from flask.typing import ResponseReturnValue

from reporting.policy import Permission
from reporting.services.errors import NotAName
from reporting.services.help import library
from reporting.services.help.file_types import NotTaken, examine
from reporting.services.help.library import LibraryFull
from reporting.store.database import reading, writing
from reporting.web.access import allow
from reporting.web.instance import here
from reporting.web.languages import url
from reporting.web.library import document_shown
from reporting.web.limits import takes_a_file
from reporting.web.pages import go_to, translated
from reporting.web.staff.library_forms import NOT_TAKEN, DocumentForm, document_form, uploaded
from reporting.web.staff.pages import me, staff_page

blueprint = Blueprint("library_editor", __name__)
A_YEAR = timedelta(days=365)


@blueprint.get("/staff/library")
@allow(Permission.KEEP_LIBRARY)
def everything() -> ResponseReturnValue:
    """Show every document, those due for review first."""
    with reading(here().stores) as work:
        documents = library.shelf(work, here().house)
    shown = [(document_shown(one), one.facts.review_on) for one in documents]
    return staff_page("library/editor.html", documents=shown)


@blueprint.get("/staff/library/new")
@allow(Permission.KEEP_LIBRARY)
def new() -> ResponseReturnValue:
    """Ask for a document."""
    return staff_page("library/new.html", form=_empty(), wrong_file="")


@blueprint.post("/staff/library/new")
@allow(Permission.KEEP_LIBRARY)
@takes_a_file
def add() -> ResponseReturnValue:
    """Put a document into the library."""
    form, wrong_file = _empty(), ""
    try:
        if form.validate():
            file = examine(uploaded())
            with writing(here().stores) as work:
                added = library.add_document(work, here().house, me(), form.facts(), file)
            return go_to(url("library_editor.one", document_id=added, done="document"))
    except NotTaken as refusal:
        wrong_file = translated(NOT_TAKEN[refusal.why])
    except LibraryFull:
        return go_to(url("library_editor.everything", why="library-full"))
    return staff_page("library/new.html", form=form, wrong_file=wrong_file, status=422)


@blueprint.get("/staff/library/<id:document_id>")
@allow(Permission.KEEP_LIBRARY)
def one(document_id: bytes) -> ResponseReturnValue:
    """Show a document, to be changed."""
    return _page(document_id)


@blueprint.post("/staff/library/<id:document_id>")
@allow(Permission.KEEP_LIBRARY)
def change(document_id: bytes) -> ResponseReturnValue:
    """Change what is said of a document."""
    form = _filled(document_id)
    if not form.validate():
        return _page(document_id, form, status=422)
    try:
        with writing(here().stores) as work:
            library.change_document(work, here().house, me(), document_id, form.facts())
    except NotAName:
        return _page(document_id, form, status=422)
    return go_to(url("library_editor.one", document_id=document_id, done="document"))


@blueprint.post("/staff/library/<id:document_id>/file")
@allow(Permission.KEEP_LIBRARY)
@takes_a_file
def replace(document_id: bytes) -> ResponseReturnValue:
    """Let another file take the place of the present one."""
    try:
        file = examine(uploaded())
        with writing(here().stores) as work:
            library.replace_file(work, here().house, me(), document_id, file)
    except NotTaken as refusal:
        return _page(document_id, wrong_file=translated(NOT_TAKEN[refusal.why]), status=422)
    return go_to(url("library_editor.one", document_id=document_id, done="document-file"))


@blueprint.post("/staff/library/<id:document_id>/remove")
@allow(Permission.KEEP_LIBRARY)
def remove(document_id: bytes) -> ResponseReturnValue:
    """Take a document out, with every byte of it."""
    with writing(here().stores) as work:
        library.take_out(work, here().house, me(), document_id)
    return go_to(url("library_editor.everything", done="document-gone"))


def _empty() -> DocumentForm:
    return document_form(None, here().house.today() + A_YEAR)


def _filled(document_id: bytes) -> DocumentForm:
    with reading(here().stores) as work:
        return document_form(library.document_of(work, here().house, document_id), here().house.today())


def _page(document_id: bytes, form: DocumentForm | None = None, *, wrong_file: str = "", status: int = 200) -> Response:
    with reading(here().stores) as work:
        known = library.document_of(work, here().house, document_id)
        earlier = library.earlier_files(work, document_id)
    return staff_page(
        "library/one.html",
        form=form or document_form(known, here().house.today()),
        document=document_shown(known),
        earlier=earlier,
        wrong_file=wrong_file,
        status=status,
    )
