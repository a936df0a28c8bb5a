"""Her answers on the course of her case: to an informal offer, about mediation, and whether she hears the outcome."""

from flask import request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import BadRequest

from reporting.policy import Permission
from reporting.services.casework.outcome import waive
from reporting.services.casework.resolution import answer_offer, wish_mediation
from reporting.services.errors import CaseClosed, NotFound
from reporting.web.access import allow
from reporting.web.routes.follow import blueprint
from reporting.web.survivor.her_case import back_to, changing, look_at
from reporting.web.survivor.refs import find_by_ref


@blueprint.post("/page/<string(length=16):ref>/offer")
@allow(Permission.CHANGE_CHOICES)
def answer_to_offer(ref: str) -> ResponseReturnValue:
    """Say yes or no to something informal."""
    offered = [one.filed.id for one in look_at(ref).page.course.offers]
    offer_id, yes = find_by_ref(request.form.get("offer", ""), offered), _yes("answer")
    try:
        with changing(ref) as it:
            answer_offer(*it, offer_id, yes=yes)
    except (CaseClosed, NotFound):
        return back_to("page", ref, why="too-late")
    return back_to("page", ref, done="agreed" if yes else "declined")


@blueprint.post("/page/<string(length=16):ref>/choices/mediation")
@allow(Permission.CHANGE_CHOICES)
def mediation(ref: str) -> ResponseReturnValue:
    """Ask for mediation, or no longer."""
    wanted = _yes("answer")
    try:
        with changing(ref) as it:
            wish_mediation(*it, wanted=wanted)
    except CaseClosed:
        return back_to("choices", ref, why="too-late")
    return back_to("choices", ref, done="changed")


@blueprint.post("/page/<string(length=16):ref>/choices/outcome")
@allow(Permission.CHANGE_CHOICES)
def hear(ref: str) -> ResponseReturnValue:
    """Say that she does not want to hear the outcome, or does after all."""
    wants = _yes("answer")
    try:
        with changing(ref) as it:
            waive(*it, waived=not wants)
    except CaseClosed:
        return back_to("choices", ref, why="too-late")
    return back_to("page" if wants else "choices", ref, done="changed")


def _yes(name: str) -> bool:
    """Return a yes or a no; anything else was not sent by a page of ours."""
    value = request.form.get(name, "")
    if value not in ("yes", "no"):
        raise BadRequest
    return value == "yes"
