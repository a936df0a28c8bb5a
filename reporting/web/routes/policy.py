"""The rules that staff work by: the version in force of each organisation, those before it, and what changed."""

from dataclasses import dataclass

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from reporting.domain.people import Role
from reporting.policy import Permission
from reporting.services.organisation import packs
from reporting.services.organisation.packs import Version
from reporting.store.database import Work, reading
from reporting.store.offices import Office
from reporting.web.access import allow
from reporting.web.instance import here
from reporting.web.pages import translated
from reporting.web.rules import DifferenceShown, RulesShown, compared, shown, terms_in_words
from reporting.web.staff.pages import me, staff_page
from reporting.web.staff.words import DOORS

blueprint = Blueprint("policy", __name__)
LONGEST_NUMBER = 9


@dataclass(frozen=True)
class Organisation:
    """An organisation with its versions, the newest first."""

    name: str
    versions: list[RulesShown]


@blueprint.get("/staff/policy")
@allow(Permission.SEE_POLICY)
def first() -> ResponseReturnValue:
    """Show what is in force, or the version that was asked for, and compare two."""
    with reading(here().stores) as work:
        found = [(one.name, packs.versions(work, one)) for one in _organisations(work)]
        wrong = packs.altered(work)
    known = {version.number: version for _, versions in found for version in versions}
    asked = _asked("version", known)
    return staff_page(
        "policy/first.html",
        door_name=lambda door: translated(DOORS[door]),
        organisations=[Organisation(name, [shown(one) for one in versions]) for name, versions in found],
        asked=shown(asked) if asked else None,
        wrong=sorted(wrong & known.keys()),
        terms_in_words=terms_in_words,
        comparison=_comparison(known),
    )


@dataclass(frozen=True)
class Comparison:
    """Two versions and what differs."""

    before: int
    after: int
    differences: list[DifferenceShown]


def _comparison(known: dict[int, Version]) -> Comparison | None:
    before, after = _asked("before", known), _asked("after", known)
    if before is None or after is None:
        return None
    return Comparison(before.number, after.number, compared(before, after))


def _asked(name: str, known: dict[int, Version]) -> Version | None:
    """Return the version that the address names, if it is one of those that this person may see."""
    value = request.args.get(name, "")[:LONGEST_NUMBER]
    return known.get(int(value)) if value.isascii() and value.isdigit() else None


def _organisations(work: Work) -> list[Office]:
    member = me()
    if member.role is Role.ADMINISTRATOR:
        return list(packs.organisations(work))
    return list(packs.organisations_seen_by(work, member.office_id))
