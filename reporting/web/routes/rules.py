"""What the rules of an organisation say, for whoever comes: definitions, dates and time limits, no form."""

from flask import Blueprint, Response, request
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import OperationalError

from reporting.policy import Permission
from reporting.services.organisation import packs
from reporting.services.organisation.codes import office_of_code
from reporting.store.database import Work, reading
from reporting.store.offices import Office, find_office, root_of
from reporting.web.access import allow
from reporting.web.instance import here
from reporting.web.pages import render
from reporting.web.rules import shown
from reporting.web.survivor.visitors import open_draft
from reporting.web.survivor.ways import Ways, ways_of_pack

blueprint = Blueprint("rules", __name__)
LONGEST_NUMBER = 9


@blueprint.get("/rules")
@allow(Permission.READ_PUBLIC)
def say() -> ResponseReturnValue:
    """The rules of the place that the address or her draft names, of the only one there is, or a choice.

    Where no database answers, the page says so and leads on: it is a page of help.
    """
    try:
        return _rules()
    except OperationalError:
        return render("rules/rules.html", rules=None, name="", organisations=[], ways=Ways(), unavailable=True)


def _rules() -> Response:
    draft = open_draft()
    chosen = draft.draft.office if draft else ""
    with reading(here().stores) as work:
        known = list(packs.organisations(work))
        found = _organisation(work, chosen) or (known[0] if len(known) == 1 else None)
        version = _version(work, found) if found else None
        ways = ways_of_pack(packs.in_force(work, found).pack)
        names = [(one.name, one.code) for one in known]
        name = found.name if found else ""
    rules = shown(version) if version else None
    return render("rules/rules.html", rules=rules, name=name, organisations=names, ways=ways, unavailable=False)


def _organisation(work: Work, chosen: str) -> Office | None:
    """Return the organisation of a code in the address, or of the office that she chose in this browser."""
    office = office_of_code(work, request.args.get("at", "")[:40])
    if office is None and chosen:
        office = find_office(work.main, bytes.fromhex(chosen))
    root = root_of(work.main, office) if office else None
    return root if root is not None and not root.external else None


def _version(work: Work, organisation: Office) -> packs.Version:
    """Return the version that the address names, if it counted for this organisation, or the one in force."""
    asked = request.args.get("version", "")[:LONGEST_NUMBER]
    number = int(asked) if asked.isascii() and asked.isdigit() else 0
    versions = {one.number: one for one in packs.versions(work, organisation)}
    return versions.get(number) or packs.in_force(work, organisation)
