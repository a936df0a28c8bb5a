"""Her word to a request from outside of which her page tells her."""

from flask import request
from flask.typing import ResponseReturnValue

from reporting.policy import Permission
from reporting.services.errors import NotFound
from reporting.services.file.outside import answer_for_her
from reporting.web.access import allow
from reporting.web.routes.follow import blueprint
from reporting.web.survivor.her_case import back_to, changing, look_at
from reporting.web.survivor.refs import find_by_ref


@blueprint.post("/page/<string(length=16):ref>/outside")
@allow(Permission.CHANGE_CHOICES)
def answer_outside(ref: str) -> ResponseReturnValue:
    """Say yes or no; anything but a clear yes is a no."""
    told = [filed.id for filed in look_at(ref).page.outside]
    notice_id = find_by_ref(request.form.get("request", ""), told)
    yes = request.form.get("answer") == "yes"
    try:
        with changing(ref) as it:
            answer_for_her(*it, notice_id, yes=yes)
    except NotFound:
        return back_to("page", ref, why="not-now")
    return back_to("page", ref, done="outside-yes" if yes else "outside-no")
