"""Posters and cards for staff: in each language, with the code of an office or event or without one."""

from flask import Blueprint, abort, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from reporting.policy import Permission
from reporting.services.file.fonts import NoLetters
from reporting.services.help.posters import make
from reporting.services.organisation import codes
from reporting.store.database import reading
from reporting.web.access import allow
from reporting.web.files import as_file
from reporting.web.instance import here
from reporting.web.languages import NAMES, language, url
from reporting.web.pages import go_to
from reporting.web.posters import PDF, paper_named, print_of, site_address
from reporting.web.staff.pages import staff_page

blueprint = Blueprint("posters", __name__)


@blueprint.get("/staff/posters")
@allow(Permission.MAKE_POSTERS)
def choose() -> ResponseReturnValue:
    """Ask which language, what to print, and whose code."""
    return staff_page(
        "posters/choose.html",
        tongues=[(code, NAMES[code]) for code in here().settings.languages],
        codes=_codes(),
        address=site_address(),
        is_set=bool(here().settings.address or here().settings.onion),
    )


@blueprint.post("/staff/posters")
@allow(Permission.MAKE_POSTERS)
def chosen() -> ResponseReturnValue:
    """Lead to the file that was chosen; its address holds nothing but codes."""
    paper, tongue, at = (request.form.get(name, "") for name in ("paper", "tongue", "at"))
    if paper_named(paper) is None or tongue not in here().settings.languages or at not in dict(_codes()):
        return go_to(url("posters.choose", why="not-now"))
    return go_to(url("posters.printed", paper=paper, tongue=tongue, at=at or None))


@blueprint.get("/staff/posters/<paper>")
@allow(Permission.MAKE_POSTERS)
def printed(paper: str) -> ResponseReturnValue:
    """Answer with a poster or with cards."""
    kind, tongue, at = paper_named(paper), request.args.get("tongue", language()), request.args.get("at", "")
    if kind is None or tongue not in here().settings.languages or at not in dict(_codes()):
        abort(404)
    name = "-".join([kind.value, tongue, *filter(None, [at])]) + ".pdf"
    try:
        return as_file(make(kind, print_of(tongue, at), here().settings.fonts), name, PDF)
    except NoLetters:
        return go_to(url("posters.choose", why="no-letters"))


def _codes() -> list[tuple[str, str]]:
    """Return what can be printed beside the address: nothing, or the code of an office or event."""
    with reading(here().stores) as work:
        return [("", gettext("No code")), *codes.all_codes(work)]
