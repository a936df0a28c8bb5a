"""Events with a short code of their own, for whoever keeps the directory and for the administrator."""

from typing import TypeVar

from flask import Blueprint, Response, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from reporting.policy import Permission
from reporting.services.errors import DoesNotFit, NameTaken, NotAName, NotFound
from reporting.services.organisation import events
from reporting.store.database import reading, writing
from reporting.store.events import Event, find_event
from reporting.store.offices import all_offices
from reporting.web.access import allow
from reporting.web.instance import here
from reporting.web.languages import url
from reporting.web.pages import go_to
from reporting.web.staff.event_forms import EventForm, NewEventForm
from reporting.web.staff.forms import refuse
from reporting.web.staff.pages import me, staff_page

blueprint = Blueprint("events", __name__)
Form = TypeVar("Form", bound=EventForm)


@blueprint.get("/staff/events")
@allow(Permission.KEEP_EVENTS)
def everything() -> ResponseReturnValue:
    """Show every event, the latest first."""
    with reading(here().stores) as work:
        return staff_page("events/all.html", events=events.events(work), today=here().house.today())


@blueprint.get("/staff/events/new")
@allow(Permission.KEEP_EVENTS)
def new() -> ResponseReturnValue:
    """Ask for an event."""
    return _page(_filled(NewEventForm()))


@blueprint.post("/staff/events/new")
@allow(Permission.KEEP_EVENTS)
def add() -> ResponseReturnValue:
    """Add an event; from now on its code leads to the office."""
    form = _filled(NewEventForm(request.form))
    if form.validate():
        try:
            with writing(here().stores) as work:
                events.add_event(work, here().house, me(), str(form.code.data).lower(), form.facts())
            return go_to(url("events.everything", done="event"))
        except NameTaken:
            refuse(form.code, gettext("An office or another event has this code."))
        except NotAName:
            refuse(form.code, gettext("Use 2 to 40 small letters a to z, digits and hyphens."))
        except DoesNotFit:
            refuse(form.ends_on, gettext("The last day cannot come before the first."))
    return _page(form, status=422)


@blueprint.get("/staff/events/<id:event_id>")
@allow(Permission.KEEP_EVENTS)
def one(event_id: bytes) -> ResponseReturnValue:
    """Show an event, to be changed."""
    event = _event(event_id)
    known = {"name": event.name, "office": event.office_id.hex()}
    days = {"starts_on": event.starts_on.isoformat(), "ends_on": event.ends_on.isoformat()}
    return _page(_filled(EventForm(data=known | days)), event)


@blueprint.post("/staff/events/<id:event_id>")
@allow(Permission.KEEP_EVENTS)
def change(event_id: bytes) -> ResponseReturnValue:
    """Change an event; its code stays."""
    form = _filled(EventForm(request.form))
    if form.validate():
        try:
            with writing(here().stores) as work:
                events.change_event(work, here().house, me(), event_id, form.facts())
            return go_to(url("events.everything", done="event"))
        except DoesNotFit:
            refuse(form.ends_on, gettext("The last day cannot come before the first."))
    return _page(form, _event(event_id), status=422)


def _filled(form: Form) -> Form:
    with reading(here().stores) as work:
        form.office.choices = [(one.id.hex(), one.name) for one in all_offices(work.main) if not one.external]
    return form


def _event(event_id: bytes) -> Event:
    with reading(here().stores) as work:
        event = find_event(work.main, event_id)
    if event is None:
        raise NotFound
    return event


def _page(form: EventForm, event: Event | None = None, status: int = 200) -> Response:
    return staff_page("events/one.html", form=form, event=event, status=status)
