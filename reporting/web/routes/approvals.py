"""Requests by duty that wait for my yes: who asks, on what ground, since when; nothing of the case."""

from dataclasses import dataclass
from datetime import date

from flask import Blueprint, Response
from flask.typing import ResponseReturnValue

from reporting.policy import Permission
from reporting.services.identity import approve, to_approve
from reporting.store.database import reading, writing
from reporting.web.access import allow
from reporting.web.instance import here
from reporting.web.languages import url
from reporting.web.pages import go_to, translated
from reporting.web.staff.pages import me, staff_page
from reporting.web.staff.words import GROUNDS

blueprint = Blueprint("approvals", __name__)


@dataclass(frozen=True)
class RequestShown:
    """One request that waits."""

    asked_by: str
    ground: str
    asked_on: date
    approve_url: str


@blueprint.get("/staff/approvals")
@allow(Permission.APPROVE_IDENTITY_AS_HANDLER)
def as_handler() -> ResponseReturnValue:
    """Show the requests to which a handler's half of the key belongs."""
    return _page("approvals.approve_as_handler")


@blueprint.get("/staff/approvals/desk")
@allow(Permission.APPROVE_IDENTITY_AS_DESK)
def as_desk() -> ResponseReturnValue:
    """Show the requests to which the outside desk's half belongs."""
    return _page("approvals.approve_as_desk")


@blueprint.post("/staff/approvals/<id:request_id>")
@allow(Permission.APPROVE_IDENTITY_AS_HANDLER)
def approve_as_handler(request_id: bytes) -> ResponseReturnValue:
    """Agree as a handler."""
    return _approve(request_id, "approvals.as_handler")


@blueprint.post("/staff/approvals/desk/<id:request_id>")
@allow(Permission.APPROVE_IDENTITY_AS_DESK)
def approve_as_desk(request_id: bytes) -> ResponseReturnValue:
    """Agree as the outside desk."""
    return _approve(request_id, "approvals.as_desk")


def _page(approve_endpoint: str) -> Response:
    with reading(here().stores) as work:
        rows = [
            RequestShown(
                row.asked_by,
                translated(GROUNDS[row.ground]),
                row.asked_on,
                url(approve_endpoint, request_id=row.request_id),
            )
            for row in to_approve(work, me())
        ]
    return staff_page("approvals/all.html", rows=rows)


def _approve(request_id: bytes, back: str) -> Response:
    with writing(here().stores) as work:
        approve(work, here().house, me(), request_id)
    return go_to(url(back, done="approved"))
