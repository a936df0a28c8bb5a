"""The library: documents that anyone may read, without a cookie."""

from flask import Blueprint, Response, abort, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from sqlalchemy.exc import OperationalError

from reporting.policy import Permission
from reporting.services.file.fonts import NoLetters
from reporting.services.help import library
from reporting.services.help.posters import make
from reporting.store.database import reading
from reporting.web.access import allow
from reporting.web.errors import error_page
from reporting.web.files import as_file
from reporting.web.instance import here
from reporting.web.languages import language, url
from reporting.web.library import as_document, groups, name_of
from reporting.web.library_search import USE, choices, read_wanted, wanted_from, written
from reporting.web.pages import go_to, render
from reporting.web.posters import PDF, paper_named, print_of
from reporting.web.sealed_address import ARGUMENT, open_address, seal_address

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


@blueprint.get("/library/search")
@allow(Permission.READ_LIBRARY)
def search() -> ResponseReturnValue:
    """Ask what to look for, and show what was found, if the address carries it."""
    argument = request.args.get(ARGUMENT, "")
    wanted = read_wanted(open_address(USE, argument))
    with reading(here().stores) as work:
        documents = library.shelf(work, here().house)
    found = groups(library.found_in(documents, wanted)) if wanted else None
    return render(
        "library/search.html",
        wanted=wanted or library.Wanted(),
        groups=found,
        choices=choices(documents),
        over=bool(argument) and wanted is None,
    )


@blueprint.post("/library/search")
@allow(Permission.READ_LIBRARY)
def look() -> Response:
    """Put what is looked for, sealed, into the address of the page that shows what was found."""
    sealed = seal_address(USE, written(wanted_from(request.form)))
    return go_to(url("library.search", **{ARGUMENT: sealed}))


@blueprint.get("/library/print/<paper>")
@allow(Permission.READ_LIBRARY)
def printed(paper: str) -> ResponseReturnValue:
    """Answer with a poster or cards in the language of the page, without any code."""
    kind = paper_named(paper)
    if kind is None:
        abort(404)
    here().throttle.open_form(request.remote_addr or "")
    try:
        return as_file(make(kind, print_of(language(), ""), here().settings.fonts), paper, PDF)
    except NoLetters:
        return error_page(503, gettext("This cannot be made here: the server has no font with these letters."))


@blueprint.get("/library/<id:document_id>/<name>")
@allow(Permission.READ_LIBRARY)
def file(document_id: bytes, name: str) -> ResponseReturnValue:
    """Answer with the file of a document."""
    with reading(here().stores) as work:
        document = library.document_of(work, here().house, document_id)
    if name != name_of(document):
        abort(404)
    return as_document(document)
