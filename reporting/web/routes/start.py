"""Before the first word: the door, the office, and the page that says who will read.

A draft begins when she goes through the first page; nothing is stored before that.
"""

from dataclasses import replace

from flask import Response, request
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import OperationalError

from reporting.domain.directory.finding import emergency_number
from reporting.domain.directory.taxonomies import Pathway
from reporting.domain.help.windows import UNDER_18
from reporting.domain.questions import Door, steps_for
from reporting.policy import Permission
from reporting.services.help.directory import directory_at_hand
from reporting.services.organisation.codes import office_of_code
from reporting.services.organisation.packs import offering
from reporting.services.reading.readers import open_offices
from reporting.services.survivor.drafts import DraftKey, keep_draft, new_draft
from reporting.store.database import reading, writing
from reporting.store.offices import Office
from reporting.web.access import allow
from reporting.web.cookies import DRAFT, set_cookie
from reporting.web.instance import here
from reporting.web.languages import language, url
from reporting.web.pages import go_to, render
from reporting.web.routes.report import blueprint, keep, lost, unsent
from reporting.web.survivor.beginning import InTheWay, in_the_way
from reporting.web.survivor.sending import audience_for_draft, law_for, office_of, outlook_for, with_law_shown
from reporting.web.survivor.visitors import open_draft
from reporting.web.survivor.ways import ways_at

FOR_CHILDREN = (Pathway.CHILD_PROTECTION, Pathway.TAKEDOWN_MINOR)


@blueprint.get("/write/<door:door>")
@allow(Permission.WRITE_REPORT)
def start(door: Door) -> ResponseReturnValue:
    """Where she works, if the door leads to somebody; and whether she is under 18."""
    return _start_page(door)


@blueprint.post("/write/<door:door>")
@allow(Permission.WRITE_REPORT)
def begin(door: Door) -> ResponseReturnValue:
    """Begin a draft, or take the one in this browser through another door; a token not yet noted comes first."""
    if in_the_way() is InTheWay.HANDOVER:
        return go_to(url("kept.token"))
    office = _chosen_office(door)
    if office is None and door is not Door.PRIVATE:
        return _start_page(door, status=422, missing=True)
    here().throttle.open_form(request.remote_addr or "")
    known = unsent(open_draft())
    key = known.key if known else DraftKey.new()
    draft = known.draft if known else new_draft(language(), door)
    draft = replace(draft, door=door, office=office.id.hex() if office else "", passed=False)
    with writing(here().stores) as work:
        keep_draft(work, here().house, key, draft)
    target = url("report.young") if request.form.get("before.age") == "yes" else url("report.before")
    response = go_to(target)
    set_cookie(response, DRAFT, key.text())
    return response


@blueprint.get("/write/young")
@allow(Permission.WRITE_REPORT)
def young() -> ResponseReturnValue:
    """Under 18: the people whose work it is to help come first; she may still write."""
    directory, office = directory_at_hand(here().stores, here().house), _office_at_hand()
    country = office.country if office else ""
    found = [one for pathway in FOR_CHILDREN for one in directory.on(pathway, country) if one.is_reachable]
    services = {service.id: service for service in found}.values()
    number = (office.emergency if office else "") or emergency_number(directory, country)
    return render("report/young.html", guidance=UNDER_18, services=services, emergency_number=number)


@blueprint.get("/write/before")
@allow(Permission.WRITE_REPORT)
def before() -> ResponseReturnValue:
    """Who will read this, what happens by when, and what may have to be told: before the first word."""
    current = unsent(open_draft())
    if current is None:
        return lost()
    office = office_of(current.draft)
    return render(
        "report/before.html",
        draft=current.draft,
        office=office,
        law=law_for(current.draft),
        audience=audience_for_draft(current.draft),
        way=ways_at(office).words.get(current.draft.door),
        outlook=outlook_for(office),
        steps=len(steps_for(current.draft.door)),
    )


@blueprint.post("/write/before")
@allow(Permission.WRITE_REPORT)
def pass_before() -> ResponseReturnValue:
    """She has read it; now the first step opens."""
    current = unsent(open_draft())
    if current is None:
        return lost()
    shown = with_law_shown(current.draft, request.form.get("law", ""))
    keep(current, replace(shown, passed=True))
    return go_to(url("report.step", number=1))


def _office_at_hand() -> Office | None:
    """Return the office of her draft; none where no database answers, because help does not wait for one."""
    try:
        current = unsent(open_draft())
        return office_of(current.draft) if current else None
    except OperationalError:
        return None


def _start_page(door: Door, *, status: int = 200, missing: bool = False) -> Response:
    at = request.values.get("at", "")[:40]
    with reading(here().stores) as work:
        everywhere = open_offices(work)
        offices = offering(work, everywhere, door)
        named = office_of_code(work, at)
        work.main.expunge_all()
    return render(
        "report/start.html",
        status=status,
        door=door,
        offices=[] if door is Door.PRIVATE else offices,
        closed=door is not Door.PRIVATE and not offices,
        elsewhere=bool(everywhere),
        missing=missing,
        at=at,
        named=named.id if named else b"",
        age=request.form.get("before.age", ""),
        writing_already=unsent(open_draft()) is not None,
    )


def _chosen_office(door: Door) -> Office | None:
    """Return the open office that she ticked or whose code she typed, if this way leads there."""
    with reading(here().stores) as work:
        offices = {office.id.hex(): office for office in offering(work, open_offices(work), door)}
        typed = office_of_code(work, request.form.get("at", "")[:40])
        chosen = offices.get(request.form.get("office", "")) or (offices.get(typed.id.hex()) if typed else None)
        work.main.expunge_all()
    if chosen is None and len(offices) == 1 and not request.form.get("office"):
        return next(iter(offices.values()))  # the only one there is, and she chose no other
    return chosen
