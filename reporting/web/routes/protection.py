"""What is planned for her: she reads all of it here, and says yes, no or not now to each thing by itself."""

from collections.abc import Callable

from flask import request
from flask.typing import ResponseReturnValue

from reporting.domain.agreement import Said
from reporting.domain.assistance import NEEDS, STATES, ServiceAct
from reporting.domain.measures import END_REASONS, KINDS
from reporting.policy import Permission
from reporting.services.errors import NotAllowed
from reporting.services.protection import assistance, measures, telling
from reporting.web.access import allow
from reporting.web.routes.choosing import one_of
from reporting.web.routes.follow import blueprint
from reporting.web.survivor.her_case import Change, back_to, changing, look_at, show
from reporting.web.survivor.protection import her_acts, plan_for
from reporting.web.survivor.refs import find_by_ref


@blueprint.get("/page/<string(length=16):ref>/plan")
@allow(Permission.FOLLOW_CASE)
def protection(ref: str) -> ResponseReturnValue:
    """Measures, the day on which the named person learns of it, her safety, and offers of help."""
    case = look_at(ref)
    return show(
        "protection",
        case,
        plan=plan_for(case),
        kinds=KINDS,
        reasons=END_REASONS,
        needs=NEEDS,
        states=STATES,
        her_acts=her_acts,
    )


@blueprint.post("/page/<string(length=16):ref>/plan/change")
@allow(Permission.ANSWER_PLAN)
def answer_measure(ref: str) -> ResponseReturnValue:
    """Answer a measure."""
    item, said = _item(ref), Said(one_of(tuple(Said), request.form.get("answer", "")))
    return _answered(ref, lambda it: measures.answer(*it, item, says=said))


@blueprint.post("/page/<string(length=16):ref>/plan/day")
@allow(Permission.ANSWER_PLAN)
def answer_day(ref: str) -> ResponseReturnValue:
    """Answer the plan to tell the person."""
    item, said = _item(ref), Said(one_of((Said.YES, Said.NO, Said.NOT_NOW), request.form.get("answer", "")))
    return _answered(ref, lambda it: telling.answer(*it, item, says=said))


@blueprint.post("/page/<string(length=16):ref>/plan/help")
@allow(Permission.ANSWER_PLAN)
def answer_offer(ref: str) -> ResponseReturnValue:
    """Take an offer of help, decline it, or take a yes back."""
    hers = (ServiceAct.AGREE, ServiceAct.DECLINE, ServiceAct.WITHDRAW)
    item, act = _item(ref), ServiceAct(one_of(hers, request.form.get("answer", "")))
    return _answered(ref, lambda it: assistance.answer(*it, item, act=act))


def _item(ref: str) -> bytes:
    return find_by_ref(request.form.get("item", ""), plan_for(look_at(ref)).ids)


def _answered(ref: str, answer: Callable[[Change], None]) -> ResponseReturnValue:
    try:
        with changing(ref) as it:
            answer(it)
    except NotAllowed:
        return back_to("protection", ref, why="moved-on")
    return back_to("protection", ref, done="answered")
