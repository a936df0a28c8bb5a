"""Setting aside what nobody could follow: several from the inbox, one from its page, and looking at it once more."""

from dataclasses import dataclass
from datetime import date

from flask import Blueprint, Response, request
from flask.typing import ResponseReturnValue

from reporting.domain.case import NotPossible
from reporting.domain.casework.aside import REVERSIBLE_DAYS, Reason
from reporting.policy import Permission
from reporting.services.casework import aside
from reporting.services.casework.case import open_to_work
from reporting.services.errors import NotFound, WrittenSince
from reporting.store.database import writing
from reporting.web.access import allow
from reporting.web.addresses import reference_of
from reporting.web.instance import here
from reporting.web.languages import url
from reporting.web.pages import go_to, translated
from reporting.web.staff.case_places import case_page, head_of
from reporting.web.staff.pages import me
from reporting.web.staff.picking import picked, reasons
from reporting.web.staff.words import REASONS

blueprint = Blueprint("aside", __name__)


@dataclass(frozen=True)
class NotedShown:
    """Who set it aside, when and why."""

    who: str
    on: date
    reason: str
    twin: str
    twin_url: str


@blueprint.post("/staff/inbox/aside")
@allow(Permission.SET_ASIDE)
def several() -> ResponseReturnValue:
    """Set the ticked cases aside, all or none."""
    return _set_aside("inbox.first")


@blueprint.get("/staff/cases/<id:case_id>/aside")
@allow(Permission.SET_ASIDE)
def view(case_id: bytes) -> ResponseReturnValue:
    """Show whether it is set aside, why, and what can be done about it."""
    with writing(here().stores) as work:
        opened = open_to_work(work, here().house, me(), case_id, Permission.SET_ASIDE)
        head = head_of(work, here().house, opened)
        now = aside.view(work, here().house, me(), opened)
    return case_page("aside/view.html", head, now=now, noted=_noted(now), reasons=reasons(), days=REVERSIBLE_DAYS)


@blueprint.post("/staff/cases/<id:case_id>/aside")
@allow(Permission.SET_ASIDE)
def one(case_id: bytes) -> ResponseReturnValue:
    """Set one case aside, from its own page."""
    with writing(here().stores) as work:
        open_to_work(work, here().house, me(), case_id, Permission.SET_ASIDE)
    return _set_aside("aside.view", case_id)


@blueprint.post("/staff/cases/<id:case_id>/aside/back")
@allow(Permission.SET_ASIDE)
def back(case_id: bytes) -> ResponseReturnValue:
    """Take it up again."""
    with writing(here().stores) as work:
        aside.bring_back(work, here().house, me(), case_id)
    return go_to(url("aside.view", case_id=case_id, done="taken-up"))


@blueprint.post("/staff/cases/<id:case_id>/aside/check")
@allow(Permission.SET_ASIDE)
def check(case_id: bytes) -> ResponseReturnValue:
    """Say as the second person whether it stays; anything but a clear yes takes it up again."""
    stays = request.form.get("answer") == "yes"
    with writing(here().stores) as work:
        aside.check(work, here().house, me(), case_id, stays=stays)
    return go_to(url("aside.view", case_id=case_id, done="checked" if stays else "taken-up"))


def _set_aside(endpoint: str, case_id: bytes | None = None) -> Response:
    """Set aside what the form names, and lead back with what came of it."""
    where = {"case_id": case_id} if case_id else {}
    reason, cases = request.form.get("reason", ""), picked()
    if case_id is not None:
        cases = {one: seen for one, seen in cases.items() if one == case_id}
    if not cases or reason not in set(Reason):
        return go_to(url(endpoint, **where, why="pick"))
    original = request.form.get("original", "")[:40]
    try:
        with writing(here().stores) as work:
            count = aside.set_aside(work, here().house, me(), cases, Reason(reason), original)
    except WrittenSince:
        return go_to(url(endpoint, **where, why="written-since"))
    except NotPossible:
        return go_to(url(endpoint, **where, why="not-now"))
    except NotFound:
        return go_to(url(endpoint, **where, why="no-original"))
    return go_to(url(endpoint, **where, **({"done": "aside"} if count else {"why": "pick"})))


def _noted(now: aside.AsideView) -> NotedShown | None:
    if now.entry is None:
        return None
    twin = now.duplicate_of
    return NotedShown(
        now.entry.author_name,
        now.entry.written_on,
        translated(REASONS[now.entry.reason]),
        reference_of(twin) if twin else "",
        url("case.view", case_id=twin) if twin else "",
    )
