"""Handing over cases before one leaves, and what the administrator does and sees about people who leave."""

from dataclasses import dataclass
from datetime import date

from flask import Blueprint, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from reporting.domain.people import Role
from reporting.policy import Permission
from reporting.services.errors import DoesNotFit, LastHolder, NotFound
from reporting.services.reading import handover
from reporting.services.reading.handover import Passed
from reporting.store.database import reading, writing
from reporting.web.access import allow
from reporting.web.addresses import id_from, reference_of
from reporting.web.instance import here
from reporting.web.languages import url
from reporting.web.pages import go_to
from reporting.web.staff.bands import band_words
from reporting.web.staff.pages import me, staff_page

blueprint = Blueprint("handover", __name__)


@dataclass(frozen=True)
class CarriedShown:
    """One case as the page shows it."""

    id: str
    url: str
    title: str
    others: str
    takers: list[tuple[str, str]]
    ask_first: bool
    asked: str


@blueprint.get("/staff/handover")
@allow(Permission.SEE_HANDOVER)
def mine() -> ResponseReturnValue:
    """Show what I hold, and to whom it could go."""
    member, house = me(), here().house
    with reading(here().stores) as work:
        day = handover.leaving_on(work, member)
        rows = [_shown(one) for one in handover.carried(work, house, member)] if day else []
        at_desk = member.role is Role.OUTSIDE_DESK
        unread = handover.unread(work, house, watched_by=member.office_id) if at_desk else []
    lines = [(one.office, band_words(one.at_least)) for one in unread]
    return staff_page("handover/mine.html", day=day, rows=rows, unread=lines)


@blueprint.post("/staff/handover")
@allow(Permission.SEE_HANDOVER)
def pass_on() -> ResponseReturnValue:
    """Pass on one case, or all that the page lists; each is a step of its own, and what cannot be done is left."""
    only = id_from(request.form.get("only"))
    with reading(here().stores) as work:
        held = [one.case_id for one in handover.carried(work, here().house, me())]
    if only is not None and only not in held:
        raise NotFound
    got = [_pass(case_id) for case_id in ([only] if only else held)]
    if None in got:
        return go_to(url("handover.mine", why="not-all"))
    return go_to(url("handover.mine", done="handed-asked" if Passed.ASKED in got else "handed-over"))


@blueprint.post("/staff/cases/<id:case_id>/departed")
@allow(Permission.HAND_OVER)
def end_access(case_id: bytes) -> ResponseReturnValue:
    """Destroy the keys of a colleague who has left."""
    staff_id = id_from(request.form.get("person")) or b""
    with writing(here().stores) as work:
        handover.end_access(work, here().house, me(), case_id, staff_id)
    return go_to(url("case.view", case_id=case_id, done="keys-ended"))


@blueprint.post("/staff/accounts/<id:staff_id>/leaving")
@allow(Permission.MANAGE_ACCOUNTS)
def leaving(staff_id: bytes) -> ResponseReturnValue:
    """Enter the day on which somebody leaves; empty means that they stay."""
    text = request.form.get("day", "")
    try:
        day = date.fromisoformat(text) if text else None
    except ValueError:
        raise DoesNotFit from None
    with writing(here().stores) as work:
        handover.set_leaving(work, here().house, me().staff_id, staff_id, day)
    return go_to(url("accounts.one", staff_id=staff_id, done="leaving"))


@blueprint.get("/staff/accounts/unread")
@allow(Permission.MANAGE_ACCOUNTS)
def unread() -> ResponseReturnValue:
    """Show in which offices nobody can open some cases any more, and about how many."""
    with reading(here().stores) as work:
        found = handover.unread(work, here().house)
    return staff_page("handover/unread.html", rows=[(one.office, band_words(one.at_least)) for one in found])


def _pass(case_id: bytes) -> Passed | None:
    """Hand one case over as the form says; nothing where that cannot be."""
    to = id_from(request.form.get(f"to-{case_id.hex()}"))
    try:
        with writing(here().stores) as work:
            return handover.hand_over(work, here().house, me(), case_id, to)
    except (LastHolder, NotFound):
        return None


def _shown(one: handover.Carried) -> CarriedShown:
    return CarriedShown(
        one.case_id.hex(),
        url("case.view", case_id=one.case_id),
        one.title or gettext("Case %(reference)s", reference=reference_of(one.case_id)),
        ", ".join(one.others),
        [(taker.staff_id.hex(), f"{taker.display_name} ({taker.office_name})") for taker in one.takers],
        one.ask_first,
        ", ".join(one.asked),
    )
