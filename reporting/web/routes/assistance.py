"""Assistance: the safety plan, offered services, and when somebody asks again."""

from flask import Blueprint, Response, request
from flask.typing import ResponseReturnValue

from reporting.domain.assistance import (
    ACTS,
    NEEDS,
    PASSED_ON,
    STATES,
    FollowUp,
    Need,
    SafetyPlan,
    Service,
    ServiceAct,
    service_acts,
)
from reporting.domain.case import Side
from reporting.policy import Permission
from reporting.services.protection import assistance
from reporting.services.protection.agreement import note_reading, open_plan
from reporting.services.sealed.entries import CaseFile, file_of
from reporting.store.database import writing
from reporting.web.access import allow
from reporting.web.instance import here
from reporting.web.languages import url
from reporting.web.pages import go_to
from reporting.web.staff.case_places import case_page, head_of
from reporting.web.staff.pages import me
from reporting.web.staff.protection_forms import FollowUpForm, OfferForm, SafetyForm, offer_form
from reporting.web.staff.protection_pages import carry_through, item

blueprint = Blueprint("assistance", __name__, url_prefix="/staff/cases/<id:case_id>/assistance")


@blueprint.get("")
@allow(Permission.PROTECT)
def view(case_id: bytes) -> ResponseReturnValue:
    """Show the plan, the services and what is to be asked again."""
    with writing(here().stores) as work:
        opened = open_plan(work, here().house, me(), case_id)
        note_reading(work, here().house, opened, me())
    return _page(case_id)


@blueprint.post("/plan")
@allow(Permission.PROTECT)
def write_plan(case_id: bytes) -> ResponseReturnValue:
    """Keep the safety plan as it is after looking at it today."""
    form = SafetyForm(request.form, prefix="plan-")
    if not form.fits(here().house.today()):
        return _page(case_id, safety=form, status=422)
    words, review_on = str(form.words.data), form.review_on.day or here().house.today()
    with writing(here().stores) as work:
        assistance.write_plan(work, here().house, me(), case_id, words, review_on=review_on)
    return go_to(url("assistance.view", case_id=case_id, done="planned"))


@blueprint.post("/offer")
@allow(Permission.PROTECT)
def offer(case_id: bytes) -> ResponseReturnValue:
    """Offer a service; whether she takes it is hers."""
    form = offer_form()
    form.process(request.form)
    if not form.validate():
        return _page(case_id, offering=form, status=422)
    need, provider, told = Need(form.need.data), str(form.provider.data), str(form.told.data)
    with writing(here().stores) as work:
        assistance.offer(work, here().house, me(), case_id, need, provider, told)
    return go_to(url("assistance.view", case_id=case_id, done="planned"))


@blueprint.post("/record")
@allow(Permission.PROTECT)
def record(case_id: bytes) -> ResponseReturnValue:
    """Write down what the service did, or take the offer back."""
    chosen = request.form.get("step", "")
    act = ServiceAct(chosen) if chosen in set(ServiceAct) else ServiceAct.AGREE  # never a step of staff
    return carry_through(
        "assistance.view", case_id, lambda work: assistance.record(work, here().house, me(), case_id, item(), act)
    )


@blueprint.post("/follow-up")
@allow(Permission.PROTECT)
def follow_up(case_id: bytes) -> ResponseReturnValue:
    """Say that somebody asks again on a day."""
    form = FollowUpForm(request.form, prefix="again-")
    if not form.fits(here().house.today()):
        return _page(case_id, asking=form, status=422)
    words, due_on = str(form.words.data), form.due_on.day or here().house.today()
    with writing(here().stores) as work:
        assistance.follow_up(work, here().house, me(), case_id, words, due_on=due_on)
    return go_to(url("assistance.view", case_id=case_id, done="planned"))


@blueprint.post("/followed-up")
@allow(Permission.PROTECT)
def followed_up(case_id: bytes) -> ResponseReturnValue:
    """Note that it was done today."""
    return carry_through(
        "assistance.view", case_id, lambda work: assistance.followed_up(work, here().house, me(), case_id, item())
    )


def _page(
    case_id: bytes,
    *,
    safety: SafetyForm | None = None,
    offering: OfferForm | None = None,
    asking: FollowUpForm | None = None,
    status: int = 200,
) -> Response:
    with writing(here().stores) as work:
        opened = open_plan(work, here().house, me(), case_id)
        head, file = head_of(work, here().house, opened), file_of(work, opened)
    return case_page(
        "assistance/view.html",
        head,
        status=status,
        plans=[one.entry for one in reversed(file.all(SafetyPlan))],
        services=[(one.id, one.entry, service_acts(one.entry.state, Side.HANDLER)) for one in file.all(Service)],
        passed_on=PASSED_ON,
        again=file.all(FollowUp),
        today=here().house.today(),
        needs=NEEDS,
        states=STATES,
        acts=ACTS,
        safety=safety or _safety_form(file),
        offering=offering or offer_form(),
        asking=asking or FollowUpForm(prefix="again-"),
    )


def _safety_form(file: CaseFile) -> SafetyForm:
    """Return the form with the present words, so that looking at them is enough where they still hold."""
    last = file.last(SafetyPlan)
    return SafetyForm(prefix="plan-", data={"words": last.entry.words if last else ""})
