"""Offices, for the administrator: their public facts, who could read there, and opening one for reports."""

from flask import Blueprint, Response, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from reporting.domain.directory.taxonomies import PATHWAYS, Pathway
from reporting.domain.organisation.calendars import WEEKDAY_NAMES, read_weekend
from reporting.policy import Permission
from reporting.services.errors import DoesNotFit, NameTaken, NotAllowed, NotAName, NotFound
from reporting.services.organisation import offices
from reporting.store.database import Work, reading, writing
from reporting.store.offices import Office, all_offices, find_office
from reporting.web.access import allow
from reporting.web.countries import country_names
from reporting.web.instance import here
from reporting.web.languages import url
from reporting.web.pages import go_to, translated
from reporting.web.staff.forms import OfficeForm, refuse
from reporting.web.staff.pages import me, staff_page

blueprint = Blueprint("offices", __name__)


@blueprint.get("/staff/offices")
@allow(Permission.MANAGE_OFFICES)
def all_offices_page() -> ResponseReturnValue:
    """Show every office with its head-counts, and those where too few could read."""
    with reading(here().stores) as work:
        lines = offices.office_lines(work, here().house)
        thin = offices.warnings(work, here().house)
        return staff_page("offices/all.html", lines=lines, thin=thin)


@blueprint.get("/staff/offices/new")
@allow(Permission.MANAGE_OFFICES)
def new() -> ResponseReturnValue:
    """Ask for the facts of a new office."""
    return staff_page("offices/edit.html", form=_form(None), line=None)


@blueprint.post("/staff/offices/new")
@allow(Permission.MANAGE_OFFICES)
def create() -> ResponseReturnValue:
    """Add an office, closed to reports."""
    form = _form(None)
    form.process(request.form)
    if form.validate():
        try:
            with writing(here().stores) as work:
                added = offices.add_office(work, here().house, form.facts(), me().staff_id).id
            return go_to(url("offices.one", office_id=added, done="office"))
        except NotAllowed as refusal:
            _explain(form, refusal)
    return staff_page("offices/edit.html", form=form, line=None, status=422)


@blueprint.get("/staff/offices/<id:office_id>")
@allow(Permission.MANAGE_OFFICES)
def one(office_id: bytes) -> ResponseReturnValue:
    """Show an office, who could read there, and its facts to change."""
    return _page(office_id, _form(office_id))


@blueprint.post("/staff/offices/<id:office_id>")
@allow(Permission.MANAGE_OFFICES)
def change(office_id: bytes) -> ResponseReturnValue:
    """Change the facts of an office; what kind it is never changes."""
    form = _form(office_id)
    was_external = bool(form.external.data)
    form.process(request.form)
    form.external.data = was_external
    if form.validate():
        try:
            with writing(here().stores) as work:
                offices.change_office(work, here().house, office_id, form.facts(), me().staff_id)
            return go_to(url("offices.one", office_id=office_id, done="office"))
        except NotAllowed as refusal:
            _explain(form, refusal)
    return _page(office_id, form, status=422)


@blueprint.post("/staff/offices/<id:office_id>/open")
@allow(Permission.MANAGE_OFFICES)
def open_for_reports(office_id: bytes) -> ResponseReturnValue:
    """Open an office for reports, if somebody will read them."""
    try:
        with writing(here().stores) as work:
            offices.open_office(work, here().house, office_id, me().staff_id)
    except NotAllowed:
        return go_to(url("offices.one", office_id=office_id, why="not-ready"))
    return go_to(url("offices.one", office_id=office_id, done="opened"))


def _page(office_id: bytes, form: OfficeForm, status: int = 200) -> Response:
    with reading(here().stores) as work:
        line = offices.office_line(work, here().house, _office(work, office_id))
        return staff_page("offices/edit.html", form=form, line=line, status=status, pathway_name=_pathway_name)


def _pathway_name(pathway: Pathway) -> str:
    return translated(PATHWAYS[pathway])


def _explain(form: OfficeForm, refusal: NotAllowed) -> None:
    if isinstance(refusal, NameTaken):
        refuse(form.code, gettext("Another office has this code."))
    elif isinstance(refusal, NotAName):
        refuse(form.code, gettext("Use 2 to 40 small letters a to z, digits and hyphens."))
    elif isinstance(refusal, DoesNotFit):
        refuse(form.parent, gettext("An office cannot stand above itself."))
    else:
        raise refusal


def _form(office_id: bytes | None) -> OfficeForm:
    with reading(here().stores) as work:
        office = _office(work, office_id) if office_id else None
        known = [(other.id.hex(), other.name, other.external) for other in all_offices(work.main)]
        form = OfficeForm(data=_data(office))
    own = office_id.hex() if office_id else ""
    form.country.choices = [("", gettext("Not said")), *country_names()]
    form.weekend.choices = [(day, translated(name)) for day, name in WEEKDAY_NAMES.items()]
    form.parent.choices = [("", gettext("None")), *((key, name) for key, name, _ in known if key != own)]
    desks = [(key, name) for key, name, external in known if external and key != own]
    form.desk.choices = [("", gettext("That of the office above it")), *desks]
    return form


def _data(office: Office | None) -> dict[str, object]:
    if office is None:
        return {
            "country": "",
            "time_zone": "UTC",
            "weekend": ["sat", "sun"],
            "reader_languages": "en",
            "parent": "",
            "desk": "",
        }
    names = (
        *("name", "code", "country", "external", "time_zone", "holidays", "reader_languages"),
        "emergency",
    )
    return {
        **{name: getattr(office, name) for name in names},
        "head_count": str(office.head_count),
        "weekend": sorted(read_weekend(office.weekend)),
        "parent": office.parent_id.hex() if office.parent_id else "",
        "desk": office.desk_id.hex() if office.desk_id else "",
    }


def _office(work: Work, office_id: bytes) -> Office:
    office = find_office(work.main, office_id)
    if office is None:
        raise NotFound
    return office
