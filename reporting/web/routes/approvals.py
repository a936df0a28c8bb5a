"""What waits for my yes: proposals of colleagues that take two people, and requests by duty.

Of a request by duty, and of a proposal that came to the outside desk, one sees who asks, for what and since when;
nothing of the case.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from flask import Blueprint, Response, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from reporting.domain.people import Role
from reporting.domain.reading.approvals import Matter
from reporting.policy import Permission, may_enter
from reporting.services.errors import NoSecondPerson, NotFound
from reporting.services.reading import approvals, identity
from reporting.store.database import reading, writing
from reporting.web.access import allow
from reporting.web.addresses import reference_of
from reporting.web.instance import here
from reporting.web.languages import url
from reporting.web.pages import go_to, translated
from reporting.web.staff.pages import me, staff_page
from reporting.web.staff.step_up import proof_url
from reporting.web.staff.words import GROUNDS, MATTERS

blueprint = Blueprint("approvals", __name__)
REASONS: Mapping[Matter, str] = {
    Matter.CLEAR_CHECK: "outcome.view",
    Matter.TELLING_NAMED: "named_person.view",
    Matter.DISCLOSURE: "outside.view",
    Matter.DISCLOSURE_UNTOLD: "outside.view",
    Matter.HOLD: "holds.view",
    Matter.EXPORT: "export.view",
}
"""The page of a case on which stands what is asked for, and why."""


@dataclass(frozen=True)
class DutyShown:
    """One request by duty that waits."""

    asked_by: str
    ground: str
    asked_on: date
    approve_url: str


@dataclass(frozen=True)
class ProposalShown:
    """One proposal; `case_url` is empty for whoever does not hold the case."""

    matter: str
    asked_by: str
    asked_on: date
    expires_on: date
    case: str
    case_url: str
    decide_url: str
    at_desk: bool
    desk_url: str


@blueprint.get("/staff/approvals")
@allow(Permission.SEE_APPROVALS)
def everything() -> ResponseReturnValue:
    """Show what waits for me."""
    with reading(here().stores) as work:
        duties = [_duty(row) for row in identity.to_approve(work, here().house, me())]
        proposals = [_proposal(row) for row in approvals.waiting_for(work, here().house, me())]
        asked = [_proposal(row) for row in approvals.asked_by_me(work, here().house, me())]
    holds = may_enter(me().role, Permission.OPEN_CASE)
    proof = proof_url("approve") if duties else ""
    return staff_page("approvals/all.html", duties=duties, proposals=proposals, asked=asked, holds=holds, proof=proof)


@blueprint.post("/staff/approvals/<id:request_id>/decide")
@allow(Permission.DECIDE_AS_SECOND)
def decide(request_id: bytes) -> ResponseReturnValue:
    """Agree to what a colleague proposes, or refuse it; anything but a clear yes is a no."""
    yes = request.form.get("answer") == "yes"
    with writing(here().stores) as work:
        approvals.decide(work, here().house, me(), request_id, yes=yes)
    return go_to(url("approvals.everything", done="approved" if yes else "refused"))


@blueprint.post("/staff/approvals/<id:request_id>/desk")
@allow(Permission.PROPOSE)
def ask_desk(request_id: bytes) -> ResponseReturnValue:
    """Ask the outside desk, because nobody in the office answered."""
    try:
        with writing(here().stores) as work:
            approvals.ask_desk(work, here().house, me(), request_id)
    except NoSecondPerson:
        return go_to(url("approvals.everything", why="no-second"))
    return go_to(url("approvals.everything", done="desk-asked"))


@blueprint.post("/staff/approvals/<id:request_id>/duty")
@allow(Permission.APPROVE_IDENTITY_AS_HANDLER)
def approve_as_handler(request_id: bytes) -> ResponseReturnValue:
    """Agree to a request by duty as a handler."""
    return _approve(request_id)


@blueprint.post("/staff/approvals/<id:request_id>/duty/desk")
@allow(Permission.APPROVE_IDENTITY_AS_DESK)
def approve_as_desk(request_id: bytes) -> ResponseReturnValue:
    """Agree to a request by duty as the outside desk."""
    return _approve(request_id)


def _duty(row: identity.DutyRequest) -> DutyShown:
    at_desk = me().role is Role.OUTSIDE_DESK
    endpoint = "approvals.approve_as_desk" if at_desk else "approvals.approve_as_handler"
    return DutyShown(
        row.asked_by, translated(GROUNDS[row.ground]), row.asked_on, url(endpoint, request_id=row.request_id)
    )


def _proposal(row: approvals.Proposal) -> ProposalShown:
    held = row.case_id is not None
    return ProposalShown(
        translated(MATTERS[row.matter]),
        row.asked_by,
        row.asked_on,
        row.expires_on,
        gettext("Case %(reference)s", reference=reference_of(row.case_id)) if row.case_id else "",
        url(REASONS.get(row.matter, "case.view"), case_id=row.case_id) if held else "",
        url("approvals.decide", request_id=row.request_id),
        row.at_desk,
        url("approvals.ask_desk", request_id=row.request_id) if row.may_ask_desk else "",
    )


def _approve(request_id: bytes) -> Response:
    """Pass a half of the key on, which takes passphrase and second factor once more; 404 comes before the question."""
    with reading(here().stores) as work:
        if request_id not in {row.request_id for row in identity.to_approve(work, here().house, me())}:
            raise NotFound
    proof = proof_url("approve")
    if proof:
        return go_to(proof)
    with writing(here().stores) as work:
        identity.approve(work, here().house, me(), request_id)
    return go_to(url("approvals.everything", done="approved"))
