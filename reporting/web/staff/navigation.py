"""The pages that a member of staff finds at the top: what the policy lets them enter, and nothing else."""

from collections.abc import Sequence
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


@dataclass(frozen=True)
class LinkGroup:
    """Several entries that stand behind one at the top; it leads to the first of them."""

    name: str
    links: list[Link]

    @property
    def url(self) -> str:
        """Return where the group leads."""
        return self.links[0].url

    @property
    def current(self) -> bool:
        """Return whether the page of now is among them."""
        return any(link.current for link in self.links)


def _place(endpoint: str, name: str, permission: Permission, *others: str) -> Place:
    return Place(endpoint, name, permission, frozenset({endpoint.partition(".")[0], *others}))


CASES = _place(
    "inbox.first",
    N_("Cases"),
    Permission.SEE_INBOX,
    *(
        "case",
        "evidence",
        "conflict",
        "aside",
        "identity",
        "holds",
        "held",
        "outside",
        "export",
        "case_guests",
        "assessment",
    ),
    *("plan", "interviews", "resolution", "outcome", "assistance", "referral", "measures", "named_person"),
)
GROUPS: Sequence[tuple[str, Sequence[Place]]] = (
    (N_("Cases"), (CASES,)),
    (N_("Your tasks"), (_place("tasks.mine", N_("Your tasks"), Permission.SEE_TASKS),)),
    (N_("Search"), (_place("search.page", N_("Search"), Permission.SEARCH),)),
    (N_("To approve"), (_place("approvals.everything", N_("Requests to approve"), Permission.SEE_APPROVALS),)),
    (N_("Accounts"), (_place("accounts.all_accounts", N_("Accounts"), Permission.MANAGE_ACCOUNTS, "lines"),)),
    (N_("Offices"), (_place("offices.all_offices_page", N_("Offices"), Permission.MANAGE_OFFICES),)),
    (N_("Settings"), (_place("settings.all_settings", N_("Settings"), Permission.SEE_SETTINGS),)),
    (N_("Record"), (_place("audit.overview", N_("Record"), Permission.SEE_AUDIT),)),
    (
        N_("Team"),
        (
            _place("inaction.mine", N_("Lying still"), Permission.SEE_INACTION),
            _place("duty.rota", N_("Duty rota"), Permission.SEE_DUTY),
            _place("handover.mine", N_("Handing over"), Permission.SEE_HANDOVER),
            _place("vouches.colleagues", N_("Colleagues’ keys"), Permission.SEE_FINGERPRINTS),
        ),
    ),
    (N_("Lying still"), (_place("inaction.offices", N_("Lying still"), Permission.SEE_INACTION_BANDS),)),
    (N_("Your office"), (_place("statistics.first", N_("Your office"), Permission.SEE_STATISTICS),)),
    (N_("Directory"), (_place("directory.work_list", N_("Directory"), Permission.KEEP_DIRECTORY),)),
    (N_("The law"), (_place("legal_profiles.everything", N_("The law"), Permission.KEEP_LEGAL_PROFILES),)),
    (
        N_("Assistance fund"),
        (_place("fund.first", N_("Assistance fund"), Permission.SEE_FUND, "fund_requests", "fund_providers"),),
    ),
    (N_("Library"), (_place("library_editor.everything", N_("Library"), Permission.KEEP_LIBRARY),)),
    (
        N_("Posters"),
        (
            _place("posters.choose", N_("Posters and cards"), Permission.MAKE_POSTERS),
            _place("events.everything", N_("Events"), Permission.KEEP_EVENTS),
        ),
    ),
    (N_("Rules"), (_place("policy.first", N_("Rules"), Permission.SEE_POLICY),)),
    (N_("Your account"), (_place("account.own", N_("Your account"), Permission.SEE_OWN_ACCOUNT),)),
)
PLACES = tuple(place for _, places in GROUPS for place in places)


def places_of(member: StaffMember) -> list[Place]:
    """Return where this person may go, the first page first."""
    return [place for place in PLACES if may_enter(member.role, place.permission)]


def staff_links(member: StaffMember | None) -> list[LinkGroup]:
    """Return the groups for the top of a staff page; nothing for somebody who is not signed in."""
    if member is None:
        return []
    groups = [(name, [_link(place) for place in places if place in places_of(member)]) for name, places in GROUPS]
    return [LinkGroup(translated_name(name, links), links) for name, links in groups if links]


def translated_name(name: str, links: Sequence[Link]) -> str:
    """Return what a group is called: by its only entry where it has one."""
    return links[0].name if len(links) == 1 else str(gettext(name))


def _link(place: Place) -> Link:
    return Link(gettext(place.name), url(place.endpoint), request.blueprint in place.blueprints)
