"""What is planned for her: she reads all of it here, and says yes, no or not now to each thing by itself."""

from collections.abc import Callable

from flask import request
from flask.typing import ResponseReturnValue

from reporting.domain.directory.taxonomies import TELLINGS
from reporting.domain.file.listing import HERS, OTHER
from reporting.domain.protection.agreement import Said
from reporting.domain.protection.measures import END_REASONS, KINDS
from reporting.domain.protection.referral import NEEDS, STATES, Need, ReferralAct
from reporting.policy import Permission
from reporting.services.errors import NotAllowed, NotFound
from reporting.services.help.directory import shown_directory
from reporting.services.protection import measures, referral, telling
from reporting.services.protection.referral_scope import Known
from reporting.store.database import reading
from reporting.web.access import allow
from reporting.web.instance import here
from reporting.web.routes.choosing import one_of
from reporting.web.routes.follow import blueprint
from reporting.web.survivor.her_case import Change, back_to, changing, look_at, show
from reporting.web.survivor.kept import pieces_called
from reporting.web.survivor.protection import her_acts, items_to_tick, plan_for, ticked
from reporting.web.survivor.refs import find_by_ref

LONGEST_WISH = 500


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
        states=STATES,
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


@blueprint.get("/page/<string(length=16):ref>/plan/help")
@allow(Permission.FOLLOW_CASE)
def referrals(ref: str) -> ResponseReturnValue:
    """Referrals to services: what each would learn, item by item, how it stands, and a way to ask for one."""
    case = look_at(ref)
    with reading(here().stores) as work:
        directory = shown_directory(work, here().house)
    return show(
        "referral",
        case,
        referrals=[(one, items_to_tick(one), her_acts(one)) for one in reversed(plan_for(case).referrals)],
        needs=NEEDS,
        states=STATES,
        listed=directory.find,
        tellings=TELLINGS,
        labels=HERS,
        other=OTHER,
        called=pieces_called(case.page),
    )


@blueprint.post("/page/<string(length=16):ref>/plan/help")
@allow(Permission.ANSWER_PLAN)
def answer_offer(ref: str) -> ResponseReturnValue:
    """Take a referral with the items that she ticked, decline it, or stop it."""
    one = _referral(ref)
    act = one_of((ReferralAct.AGREE, ReferralAct.DECLINE, ReferralAct.WITHDRAW), request.form.get("answer", ""))
    if act != ReferralAct.AGREE:
        return _answered(ref, lambda it: referral.refuse(*it, one.id, ReferralAct(act)), to="referrals")
    try:
        items, reach = ticked(one, request.form.getlist("share")), request.form.get("reach", "")
        files = [item_id for item_id, digest in ticked(one, request.form.getlist("file")) if (item_id, digest) in items]
    except NotFound:
        return back_to("referrals", ref, why="moved-on")
    return _answered(ref, lambda it: referral.agree(*it, one.id, items, reach, files), to="referrals")


@blueprint.post("/page/<string(length=16):ref>/plan/help/ask")
@allow(Permission.ANSWER_PLAN)
def ask_for_referral(ref: str) -> ResponseReturnValue:
    """Ask the team for a referral; it answers with an offer."""
    look_at(ref)
    need, words = Need(one_of(tuple(Need), request.form.get("need", ""))), request.form.get("words", "")
    return _answered(
        ref, lambda it: referral.ask(*it, need, words[:LONGEST_WISH]), to="referrals", done="referral-asked"
    )


def _referral(ref: str) -> Known:
    known = {one.id: one for one in plan_for(look_at(ref)).referrals}
    return known[find_by_ref(request.form.get("item", ""), known)]


def _item(ref: str) -> bytes:
    return find_by_ref(request.form.get("item", ""), plan_for(look_at(ref)).ids)


def _answered(
    ref: str, answer: Callable[[Change], None], *, to: str = "protection", done: str = "answered"
) -> ResponseReturnValue:
    try:
        with changing(ref) as it:
            answer(it)
    except NotAllowed:
        return back_to(to, ref, why="moved-on")
    return back_to(to, ref, done=done)
