"""What she adds while she writes: it waits with her answers, and is sent with them or thrown away with them."""

from flask import request
from flask.typing import ResponseReturnValue

from reporting.domain.questions import steps_for
from reporting.policy import Permission
from reporting.web.access import allow
from reporting.web.languages import url
from reporting.web.pages import go_to, render
from reporting.web.routes import one_page
from reporting.web.routes.files import blueprint
from reporting.web.routes.report import lost
from reporting.web.survivor import files
from reporting.web.survivor.arriving import add_whole, told
from reporting.web.survivor.her_case import what_to_say
from reporting.web.survivor.places import ALL, InDraft
from reporting.web.survivor.visitors import open_draft, reporter
from reporting.web.uploads import takes_files

WRITING = "/write/files"
PIECE = f"{WRITING}/<string(length=16):piece>"


@blueprint.get(WRITING)
@allow(Permission.WRITE_REPORT)
def writing_all() -> ResponseReturnValue:
    """Everything that waits, and what she can add; or that it was sent meanwhile."""
    place = _place()
    return files.all_page(place) if place else _nowhere()


@blueprint.post(WRITING)
@allow(Permission.WRITE_REPORT)
@takes_files
def writing_add() -> ResponseReturnValue:
    """Add files."""
    place = _place()
    return files.add_files(place) if place else _nowhere()


@blueprint.post(f"{WRITING}/words")
@allow(Permission.WRITE_REPORT)
def writing_words() -> ResponseReturnValue:
    """Describe it instead."""
    place = _place()
    return files.describe(place) if place else _nowhere()


@blueprint.get(f"{WRITING}/online")
@allow(Permission.WRITE_REPORT)
def writing_online() -> ResponseReturnValue:
    """A link, an account or a profile."""
    place = _place()
    return files.online_page(place) if place else _nowhere()


@blueprint.post(f"{WRITING}/online")
@allow(Permission.WRITE_REPORT)
@takes_files
def writing_add_online() -> ResponseReturnValue:
    """Add something online."""
    place = _place()
    return files.add_online(place) if place else _nowhere()


@blueprint.get(f"{WRITING}/talk")
@allow(Permission.WRITE_REPORT)
def writing_talk() -> ResponseReturnValue:
    """How to keep a talk."""
    place = _place()
    return files.talk_page(place) if place else _nowhere()


@blueprint.post(f"{WRITING}/talk")
@allow(Permission.WRITE_REPORT)
@takes_files
def writing_add_talk() -> ResponseReturnValue:
    """Add screenshots of one talk."""
    place = _place()
    return files.add_talk(place) if place else _nowhere()


@blueprint.post(f"{WRITING}/whole/<any(all, online, talk):kind>")
@allow(Permission.WRITE_REPORT)
@takes_files
def writing_whole(kind: str) -> ResponseReturnValue:
    """Add a file that has come in parts."""
    place = _place()
    return add_whole(place, kind) if place else told(go=url("files.writing_all"), over=True)


@blueprint.get(PIECE)
@allow(Permission.WRITE_REPORT)
def writing_one(piece: str) -> ResponseReturnValue:
    """One piece, with its receipt."""
    place = _place()
    return files.one_page(place, piece) if place else _nowhere()


@blueprint.post(PIECE)
@allow(Permission.WRITE_REPORT)
def writing_say(piece: str) -> ResponseReturnValue:
    """Change what it shows."""
    place = _place()
    return files.say(place, piece) if place else _nowhere()


@blueprint.post(f"{PIECE}/move")
@allow(Permission.WRITE_REPORT)
def writing_move(piece: str) -> ResponseReturnValue:
    """Change its place in a talk."""
    place = _place()
    return files.move(place, piece) if place else _nowhere()


@blueprint.post(f"{PIECE}/remove")
@allow(Permission.WRITE_REPORT)
def writing_remove(piece: str) -> ResponseReturnValue:
    """Take it away."""
    place = _place()
    return files.take_away(place, piece) if place else _nowhere()


@blueprint.post(f"{WRITING}/show")
@allow(Permission.WRITE_REPORT)
def writing_show() -> ResponseReturnValue:
    """Show a page in a browser that keeps no cookie: the form says which draft, and no address can."""
    place = _place()
    if place is None:
        return _nowhere()
    name, ref = request.form.get("to", ""), request.form.get("piece", "")
    if name == "out":
        return _back(place)
    if ref:
        return files.after(place, "one", ref=ref)
    return files.after(place, name if name in files.PAGES else "all")


def _back(place: InDraft) -> ResponseReturnValue:
    """Go back to where she came from."""
    if not place.leads_to_steps:
        return one_page.go_on(place.current, has_cookie=place.has_address)
    return go_to(url("report.step", number=int(place.back)) if place.back else url("report.check"))


def _place() -> InDraft | None:
    """Return the draft to which this browser, or this form, adds; nothing where none is being written."""
    current = open_draft()
    if current is None or current.draft.sent:
        return None
    return InDraft(current, _came_from(len(steps_for(current.draft.door))))


def _came_from(steps: int) -> str:
    """Return which place the address names, if there is such a place."""
    named = request.args.get("back", "")
    return named if named == ALL or named in map(str, range(1, steps + 1)) else ""


def _nowhere() -> ResponseReturnValue:
    """Nothing is being written here: it was sent meanwhile, which is said plainly, or is gone."""
    current = open_draft()
    if current is None or not current.draft.sent:
        return lost()
    if request.method == "POST":
        return go_to(url("files.writing_all", why="file-sent"))
    token = bool(current.draft.token)
    return render("files/sent.html", status=410, said=what_to_say(), token=token, open_here=reporter() is not None)
