"""Informal resolution: what the team offers, and what the reporter answered."""

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from reporting.domain.casework.resolution import Measure
from reporting.policy import Permission
from reporting.services.casework.resolution import mediation_is_open, offer
from reporting.web.access import allow
from reporting.web.staff.case_file import at_hand, back_to, show, use
from reporting.web.staff.work_forms import OfferForm, text_in

blueprint = Blueprint("resolution", __name__, url_prefix="/staff/cases/<id:case_id>/informal")


@blueprint.get("")
@allow(Permission.OPEN_CASE)
def view(case_id: bytes) -> ResponseReturnValue:
    """Show what was offered and answered."""
    return _page(case_id)


@blueprint.post("")
@allow(Permission.TAKE_STEP)
def put(case_id: bytes) -> ResponseReturnValue:
    """Put an offer on the reporter's page."""
    form = OfferForm(request.form)
    if not form.validate():
        return _page(case_id, offered=form, status=422)
    use(offer, case_id, Measure(form.measure.data), text_in(form.text))
    return back_to("resolution.view", case_id, done="offered")


def _page(case_id: bytes, offered: OfferForm | None = None, status: int = 200) -> ResponseReturnValue:
    case, _ = at_hand(case_id)
    return show(
        "resolution/view.html",
        case,
        status=status,
        offered=offered or OfferForm(),
        may_mediate=mediation_is_open(case.file, case.course),
        wrong=offered,
    )
