"""Assistance: the safety plan, and when somebody asks again."""

from flask import Blueprint, Response, request
from flask.typing import ResponseReturnValue

from reporting.domain.protection.assistance import FollowUp, SafetyPlan
from reporting.policy import Permission
from reporting.services.protection import assistance
from reporting.services.protection.agreement import note_reading, open_plan
from reporting.services.sealed.entries import CaseFile, file_of
from reporting.store.database import writing
from reporting.web.access import allow
from reporting.web.instance import here
from reporting.web.staff.case_forms import carry_through, item
from reporting.web.staff.case_places import case_page, head_of
from reporting.web.staff.pages import me
from reporting.web.staff.protection_forms import FollowUpForm, SafetyForm

blueprint = Blueprint("assistance", __name__, url_prefix="/staff/cases/<id:case_id>/assistance")


@blueprint.get("")
@allow(Permission.PROTECT)
def view(case_id: bytes) -> ResponseReturnValue:
    """Show the plan and what is to be asked again."""
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
    return carry_through(
        "assistance.view",
        case_id,
        lambda work: assistance.write_plan(work, here().house, me(), case_id, words, review_on=review_on),
    )


@blueprint.post("/follow-up")
@allow(Permission.PROTECT)
def follow_up(case_id: bytes) -> ResponseReturnValue:
    """Say that somebody asks again on a day."""
    form = FollowUpForm(request.form, prefix="again-")
    if not form.fits(here().house.today()):
        return _page(case_id, asking=form, status=422)
    words, due_on = str(form.words.data), form.due_on.day or here().house.today()
    return carry_through(
        "assistance.view",
        case_id,
        lambda work: assistance.follow_up(work, here().house, me(), case_id, words, due_on=due_on),
    )


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
        again=file.all(FollowUp),
        today=here().house.today(),
        safety=safety or _safety_form(file),
        asking=asking or FollowUpForm(prefix="again-"),
    )


def _safety_form(file: CaseFile) -> SafetyForm:
    """Return the form with the present words, so that looking at them is enough where they still hold."""
    last = file.last(SafetyPlan)
    return SafetyForm(prefix="plan-", data={"words": last.entry.words if last else ""})
