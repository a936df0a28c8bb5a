"""The duty rota of my office: who looks after what comes in on which days."""

from datetime import date

from flask import Blueprint, Response, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from reporting.policy import Permission, may_enter
from reporting.services.errors import DoesNotFit, NotAllowed, NotFound
from reporting.services.organisation import duty
from reporting.store.database import reading, writing
from reporting.web.access import allow
from reporting.web.addresses import id_from
from reporting.web.instance import here
from reporting.web.languages import url
from reporting.web.pages import go_to
from reporting.web.staff.forms import DutyForm, refuse
from reporting.web.staff.pages import me, staff_page

blueprint = Blueprint("duty", __name__)


@blueprint.get("/staff/duty")
@allow(Permission.SEE_DUTY)
def rota() -> ResponseReturnValue:
    """Show the rota of my office from today on."""
    return _page(DutyForm())


@blueprint.post("/staff/duty")
@allow(Permission.KEEP_DUTY)
def add() -> ResponseReturnValue:
    """Put somebody of my office on duty."""
    form = DutyForm(request.form)
    person, first, last = id_from(form.person.data), form.day(form.first), form.day(form.last)
    if form.validate() and person is not None and first is not None and last is not None:
        try:
            with writing(here().stores) as work:
                duty.put_on_duty(work, here().house, me(), person, first, last)
            return go_to(url("duty.rota", done="on-duty"))
        except NotFound:
            refuse(form.person, gettext("Please choose somebody of your office who reads cases."))
        except DoesNotFit:
            refuse(form.last, gettext("Choose days from today on, in their order, at most one year in one go."))
        except NotAllowed:
            refuse(form.person, gettext("The rota is full. Take something off it first."))
    return _page(form, status=422)


@blueprint.post("/staff/duty/off")
@allow(Permission.KEEP_DUTY)
def remove() -> ResponseReturnValue:
    """Take an entry off the rota; one that is gone already is off."""
    entry = id_from(request.form.get("entry"))
    if entry is None:
        raise NotFound
    with writing(here().stores) as work:
        duty.take_off_duty(work, here().house, me(), entry)
    return go_to(url("duty.rota", done="off-duty"))


def _page(form: DutyForm, status: int = 200) -> Response:
    member, house = me(), here().house
    with reading(here().stores) as work:
        lines = duty.rota(work, house, member)
        people = [(one.id.hex(), one.display_name) for one in duty.eligible(work, house, member)]
        next_day = duty.reading_day_of(work, house, member.office_id)
    form.person.choices = people
    return staff_page(
        "duty/rota.html",
        status=status,
        lines=lines,
        form=form,
        may_keep=may_enter(member.role, Permission.KEEP_DUTY),
        next_day=next_day,
        today=date.isoformat(house.today()),
    )
