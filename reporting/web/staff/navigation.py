"""The pages that a member of staff finds at the top: what the policy lets them enter, and nothing else."""

from dataclasses import dataclass

from flask import request
from flask_babel import gettext

from reporting.domain.words import N_
from reporting.policy import Permission, may_enter
from reporting.services.actors import StaffMember
from reporting.web.languages import url


@dataclass(frozen=True)
class Place:
    """One entry: where it leads, whom the policy lets in, and the blueprints whose pages belong to it."""

    endpoint: str
    name: str
    permission: Permission
    blueprints: frozenset[str]


@dataclass(frozen=True)
class Link:
    """An entry as the template shows it."""

    name: str
    url: str
    current: bool


def _place(endpoint: str, name: str, permission: Permission, *others: str) -> Place:
    return Place(endpoint, name, permission, frozenset({endpoint.partition(".")[0], *others}))


PLACES = (
    _place(
        "inbox.first",
        N_("Cases"),
        Permission.SEE_INBOX,
        "case",
        "conflict",
        "aside",
        "identity",
        "holds",
        "held",
        "outside",
        "export",
    ),
    _place("search.page", N_("Search"), Permission.SEARCH),
    _place("inaction.mine", N_("Lying still"), Permission.SEE_INACTION),
    _place("approvals.everything", N_("Requests to approve"), Permission.SEE_APPROVALS),
    _place("vouches.colleagues", N_("Colleagues’ keys"), Permission.SEE_FINGERPRINTS),
    _place("handover.mine", N_("Handing over"), Permission.SEE_HANDOVER),
    _place("duty.rota", N_("Duty rota"), Permission.SEE_DUTY),
    _place("accounts.all_accounts", N_("Accounts"), Permission.MANAGE_ACCOUNTS, "lines"),
    _place("offices.all_offices_page", N_("Offices"), Permission.MANAGE_OFFICES),
    _place("settings.all_settings", N_("Settings"), Permission.SEE_SETTINGS),
    _place("audit.overview", N_("Record"), Permission.SEE_AUDIT),
    _place("inaction.offices", N_("Lying still"), Permission.SEE_INACTION_BANDS),
    _place("statistics.first", N_("Your office"), Permission.SEE_STATISTICS),
    _place("fund.first", N_("Assistance fund"), Permission.SEE_FUND),
    _place("policy.first", N_("Rules"), Permission.SEE_POLICY),
    _place("account.own", N_("Your account"), Permission.SEE_OWN_ACCOUNT),
)


def places_of(member: StaffMember) -> list[Place]:
    """Return where this person may go, the first page first."""
    return [place for place in PLACES if may_enter(member.role, place.permission)]


def staff_links(member: StaffMember | None) -> list[Link]:
    """Return the entries for the top of a staff page; nothing for somebody who is not signed in."""
    if member is None:
        return []
    return [
        Link(gettext(place.name), url(place.endpoint), request.blueprint in place.blueprints)
        for place in places_of(member)
    ]
