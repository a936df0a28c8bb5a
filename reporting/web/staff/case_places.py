"""The pages of one case, and the head that all of them share: title, stage, and where one is."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import Response, request
from flask_babel import gettext

from reporting.domain.case import Status
from reporting.domain.words import N_
from reporting.policy import Permission, may_enter
from reporting.services.casework.case import may_read, title_of
from reporting.services.house import House
from reporting.services.organisation.calendars import calendar_of_case
from reporting.services.sealed.sealing import OpenCase
from reporting.store.database import Work, reading
from reporting.web.addresses import reference_of
from reporting.web.instance import here
from reporting.web.languages import url
from reporting.web.pages import translated
from reporting.web.staff.navigation import Link, LinkGroup
from reporting.web.staff.pages import me, staff_page
from reporting.web.staff.words import STAGES, STATUSES
from reporting.web.track import Step, track_of


@dataclass(frozen=True)
class CasePlace:
    """One page of a case: where it is, what it is called, and whom the policy lets in."""

    endpoint: str
    name: str
    permission: Permission


CASE_GROUPS: Sequence[tuple[str, Sequence[CasePlace]]] = (
    (
        N_("The report"),
        (
            CasePlace("case.view", N_("The report"), Permission.OPEN_CASE),
            CasePlace("evidence.view", N_("Evidence"), Permission.SEE_EVIDENCE),
        ),
    ),
    (
        N_("The work"),
        (
            CasePlace("assessment.view", N_("Assessment"), Permission.OPEN_CASE),
            CasePlace("plan.view", N_("Plan and tasks"), Permission.OPEN_CASE),
            CasePlace("interviews.view", N_("Interviews"), Permission.OPEN_CASE),
            CasePlace("resolution.view", N_("Informal way"), Permission.OPEN_CASE),
            CasePlace("outcome.view", N_("Outcome"), Permission.OPEN_CASE),
        ),
    ),
    (
        N_("Support and safety"),
        (
            CasePlace("assistance.view", N_("Assistance"), Permission.PROTECT),
            CasePlace("referral.view", N_("Referrals"), Permission.PROTECT),
            CasePlace("measures.view", N_("Measures"), Permission.PROTECT),
            CasePlace("named_person.view", N_("The named person"), Permission.PROTECT),
        ),
    ),
    (
        N_("People"),
        (
            CasePlace("conflict.view", N_("Conflicts of interest"), Permission.LINK_NAMED),
            CasePlace("case_guests.view", N_("Beside the reporter"), Permission.ASK_FOR_TRANSLATOR),
            CasePlace("identity.view", N_("Who the reporter is"), Permission.ASK_IDENTITY),
        ),
    ),
    (
        N_("The file"),
        (
            CasePlace("outside.view", N_("Requests from outside"), Permission.GIVE_OUTSIDE),
            CasePlace("export.view", N_("Take out a file"), Permission.EXPORT_CASE),
            CasePlace("holds.view", N_("Legal hold"), Permission.PROPOSE),
            CasePlace("aside.view", N_("Setting aside"), Permission.SET_ASIDE),
        ),
    ),
)


@dataclass(frozen=True)
class CaseHead:
    """What stands above every page of a case."""

    id: bytes
    title: str
    reference: str
    status: str
    overdue: bool
    track: list[Step]
    groups: list[LinkGroup]


def must_hold(case_id: bytes) -> None:
    """Answer 404 for somebody else's case before saying what is wrong with a form.

    :raises NotFound: the actor holds no grant.
    """
    with reading(here().stores) as work:
        may_read(work, here().house, me(), case_id)


def head_of(work: Work, house: House, opened: OpenCase) -> CaseHead:
    """Return the head of an opened case, in the words of this language."""
    row, reference = opened.row, reference_of(opened.id)
    return CaseHead(
        opened.id,
        title_of(work, opened) or gettext("Case %(reference)s", reference=reference),
        reference,
        translated(STATUSES[Status(row.status)]),
        row.due_on is not None and row.due_on < calendar_of_case(work, row).day_of(house.now()),
        track_of(Status(row.status), STAGES),
        _groups(opened.id),
    )


def case_page(template: str, head: CaseHead, *, status: int = 200, **context: Any) -> Response:
    """Return one of the pages of a case; the template extends `case/frame.html`."""
    return staff_page(template, status=status, head=head, case_id=head.id, ref=head.reference, **context)


def _groups(case_id: bytes) -> list[LinkGroup]:
    """Return the groups of pages that this role may open, each leading to its first page."""
    groups = []
    for name, places in CASE_GROUPS:
        links = [
            Link(translated(place.name), url(place.endpoint, case_id=case_id), _is_here(place))
            for place in places
            if may_enter(me().role, place.permission)
        ]
        groups += [LinkGroup(translated(name), links)] if links else []
    return groups


def _is_here(place: CasePlace) -> bool:
    return request.blueprint == place.endpoint.partition(".")[0]
