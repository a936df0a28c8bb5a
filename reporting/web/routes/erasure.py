"""Three ways to go, told apart: stop taking part, close, erase."""

from flask import request
from flask.typing import ResponseReturnValue

from reporting.domain.casework.clocks import erased_on
from reporting.policy import Permission
from reporting.services.errors import NotFound
from reporting.services.survivor.erasure import close as close_case
from reporting.services.survivor.erasure import erase_later, erase_now, undo_erase
from reporting.services.survivor.tokens import come_back
from reporting.store.database import reading, truncate_log
from reporting.web.access import allow
from reporting.web.instance import here
from reporting.web.languages import url
from reporting.web.pages import go_to, render
from reporting.web.routes.follow import blueprint
from reporting.web.survivor.her_case import back_to, changing, her, look_at, show
from reporting.web.survivor.visitors import end_session


@blueprint.get("/page/<string(length=16):ref>/ways")
@allow(Permission.FOLLOW_CASE)
def ways(ref: str) -> ResponseReturnValue:
    """What each of the three does, and what it does not."""
    return show("ways", look_at(ref))


@blueprint.post("/page/<string(length=16):ref>/close")
@allow(Permission.CLOSE_CASE)
def close(ref: str) -> ResponseReturnValue:
    """Take every key back; only she opens it from now on."""
    kept = look_at(ref).page.kept
    with changing(ref) as it:
        close_case(*it)
    return back_to("page", ref, done="closed-but" if kept else "closed")


@blueprint.get("/page/<string(length=16):ref>/end")
@allow(Permission.ERASE_CASE)
def end(ref: str) -> ResponseReturnValue:
    """Now, or in seven days with a way back."""
    return show("end", look_at(ref), on=erased_on(here().house.today()))


@blueprint.post("/page/<string(length=16):ref>/end/later")
@allow(Permission.ERASE_CASE)
def later(ref: str) -> ResponseReturnValue:
    """Close now, erase in seven days."""
    with changing(ref) as it:
        erase_later(*it)
    return back_to("page", ref)


@blueprint.post("/page/<string(length=16):ref>/end/now")
@allow(Permission.ERASE_CASE)
def now(ref: str) -> ResponseReturnValue:
    """Destroy every key, now."""
    if "sure" not in request.form:
        return back_to("end", ref, why="tick")
    kept = look_at(ref).page.kept
    with changing(ref) as it:
        erase_now(*it)
    truncate_log(here().stores.shred)  # a destroyed key must not linger in the log either
    try:
        with reading(here().stores) as work:
            come_back(work, her())
    except NotFound:
        return end_session(go_to(url("follow.gone", **({"why": "law"} if kept else {}))))
    return go_to(url("follow.pages", done="gone-but" if kept else "gone"))


@blueprint.post("/page/<string(length=16):ref>/undo")
@allow(Permission.ERASE_CASE)
def undo(ref: str) -> ResponseReturnValue:
    """Keep it after all."""
    with changing(ref, erasing=True) as it:
        undo_erase(*it)
    return back_to("page", ref, done="undone")


@blueprint.get("/page/done")
@allow(Permission.ENTER_TOKEN)
def gone() -> ResponseReturnValue:
    """It is over: what is destroyed now, and what within seven days."""
    return render("follow/gone.html", kept=request.args.get("why") == "law")
