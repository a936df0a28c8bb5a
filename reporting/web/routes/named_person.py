"""The named person: when they are told and what, and what they say to it."""

from flask import Blueprint, Response, request
from flask.typing import ResponseReturnValue

from reporting.domain.protection.named_person import (
    ACCOUNT_KINDS,
    GAPS,
    HINDRANCES,
    AccountKind,
    TellingState,
    TheirSide,
)
from reporting.domain.sealed.disclosure import People
from reporting.policy import Permission
from reporting.services.protection import named_person, telling
from reporting.services.protection.agreement import note_reading, open_plan
from reporting.services.protection.named_person import hindrance, names_in
from reporting.services.protection.telling import Plan, gaps, plans_of
from reporting.services.reading.consent import people_of
from reporting.services.sealed.entries import file_of
from reporting.store.database import writing
from reporting.web.access import allow
from reporting.web.instance import here
from reporting.web.languages import url
from reporting.web.pages import go_to
from reporting.web.staff.case_forms import carry_through, item
from reporting.web.staff.case_places import case_page, head_of
from reporting.web.staff.pages import me
from reporting.web.staff.protection_forms import SideForm, TellingForm, person_name, side_form, telling_form

blueprint = Blueprint("named_person", __name__, url_prefix="/staff/cases/<id:case_id>/named-person")


@blueprint.get("")
@allow(Permission.PROTECT)
def view(case_id: bytes) -> ResponseReturnValue:
    """Show what is planned and what is missing, and what there is for and against."""
    with writing(here().stores) as work:
        opened = open_plan(work, here().house, me(), case_id)
        note_reading(work, here().house, opened, me())
    return _page(case_id)


@blueprint.post("")
@allow(Permission.PROTECT)
def plan(case_id: bytes) -> ResponseReturnValue:
    """Plan that a person is told; she reads all of it at once."""
    form = telling_form(names_in(_people(case_id)))
    form.process(request.form)
    if not form.fits(here().house.today()):
        return _page(case_id, planning=form, status=422)
    with writing(here().stores) as work:
        telling.plan(work, here().house, me(), case_id, _planned(form))
    return go_to(url("named_person.view", case_id=case_id, done="planned"))


@blueprint.post("/off")
@allow(Permission.PROTECT)
def call_off(case_id: bytes) -> ResponseReturnValue:
    """Call a plan off."""
    return carry_through(
        "named_person.view", case_id, lambda work: telling.call_off(work, here().house, me(), case_id, item())
    )


@blueprint.post("/second")
@allow(Permission.PROTECT)
def second(case_id: bytes) -> ResponseReturnValue:
    """Say why it has to be without her yes, which she reads, and ask a second person."""
    why = request.form.get("why", "")
    return carry_through(
        "named_person.view",
        case_id,
        lambda work: telling.ask_second(work, here().house, me(), case_id, item(), why=why),
        done="second",
    )


@blueprint.post("/told")
@allow(Permission.PROTECT)
def told(case_id: bytes) -> ResponseReturnValue:
    """Record that the person was told today."""
    return carry_through(
        "named_person.view",
        case_id,
        lambda work: telling.record_told(work, here().house, me(), case_id, item()),
        done="told",
    )


@blueprint.post("/side")
@allow(Permission.PROTECT)
def side(case_id: bytes) -> ResponseReturnValue:
    """Keep what they say, or what there is for and against it; she does not read it."""
    form = side_form(names_in(_people(case_id)))
    form.process(request.form)
    if not form.validate():
        return _page(case_id, noting=form, status=422)
    person, kind, words = str(form.person.data), AccountKind(form.kind.data), str(form.words.data)
    return carry_through(
        "named_person.view",
        case_id,
        lambda work: named_person.write_side(work, here().house, me(), case_id, person, kind, words),
        done="side",
    )


def _people(case_id: bytes) -> People:
    with writing(here().stores) as work:
        return people_of(work, open_plan(work, here().house, me(), case_id))


def _planned(form: TellingForm) -> Plan:
    day = form.tell_on.day or here().house.today()
    return Plan(str(form.person.data), day, str(form.content.data), str(form.shows.data), str(form.by.data))


def _page(
    case_id: bytes, *, planning: TellingForm | None = None, noting: SideForm | None = None, status: int = 200
) -> Response:
    with writing(here().stores) as work:
        opened = open_plan(work, here().house, me(), case_id)
        head, file, people = head_of(work, here().house, opened), file_of(work, opened), people_of(work, opened)
        plans = list(reversed(plans_of(file)))
        ahead = [one for one in plans if one.telling.state is TellingState.PLANNED]
        missing = {one.id: gaps(work, here().house, opened, file, one.id) for one in ahead}
    why = hindrance(file, people, here().house.today())
    return case_page(
        "named_person/view.html",
        head,
        status=status,
        plans=plans,
        missing=missing,
        gap_words=GAPS,
        hindrance=HINDRANCES[why] if why else "",
        records=[one.entry for one in reversed(file.all(TheirSide))],
        account_kinds=ACCOUNT_KINDS,
        planning=planning or telling_form(names_in(people)),
        noting=noting or side_form(names_in(people)),
        person_name=person_name,
    )
