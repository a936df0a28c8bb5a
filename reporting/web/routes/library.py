"""The library: documents that anyone may read, without a cookie."""

from flask import Blueprint, abort
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import OperationalError

from reporting.policy import Permission
from reporting.services.help import library
from reporting.store.database import reading
from reporting.web.access import allow
from reporting.web.instance import here
from reporting.web.library import as_document, groups, name_of
from reporting.web.pages import render

blueprint = Blueprint("library", __name__)


@blueprint.get("/library")
@allow(Permission.READ_PUBLIC)
def shelf() -> ResponseReturnValue:
    """Show every document on one page. Where no database answers, the page says so and leads on."""
    try:
        with reading(here().stores) as work:
            documents = library.shelf(work, here().house)
    except OperationalError:
        return render("library/shelf.html", groups=[], unavailable=True)
    return render("library/shelf.html", groups=groups(documents), unavailable=False)


@blueprint.get("/library/<id:document_id>/<name>")
@allow(Permission.READ_LIBRARY)
def file(document_id: bytes, name: str) -> ResponseReturnValue:
    """Answer with the file of a document."""
    with reading(here().stores) as work:
        document = library.document_of(work, here().house, document_id)
    if name != name_of(document):
        abort(404)
    return as_document(document)
