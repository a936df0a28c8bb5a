"""Her token: a spare one, or a new one instead of the one she has."""

from flask import request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import BadRequest

from reporting.policy import Permission
from reporting.services.survivor.drafts import Purpose
from reporting.web.access import allow
from reporting.web.pages import render
from reporting.web.routes.follow import blueprint
from reporting.web.survivor.handover import new_token_page
from reporting.web.survivor.her_case import her, what_to_say

MAKING = {"spare": Purpose.SPARE, "replace": Purpose.REPLACE}


@blueprint.get("/page/words")
@allow(Permission.REPLACE_TOKEN)
def words() -> ResponseReturnValue:
    """What a spare is, what a new one is, and what to do when one is lost."""
    return render("follow/words.html", said=what_to_say())


@blueprint.post("/page/words")
@allow(Permission.REPLACE_TOKEN)
def new_words() -> ResponseReturnValue:
    """Make a token and hand it over; the old one dies only when she says that she has the new one."""
    purpose = MAKING.get(request.form.get("make", ""))
    if purpose is None:
        raise BadRequest
    return new_token_page(her(), purpose)
