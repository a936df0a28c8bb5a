"""Interviews: what was said, who was there, and whether the record was agreed."""

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from reporting.domain.casework.interviews import Interview, Record, Whom
from reporting.policy import Permission
from reporting.services.casework.interviews import Held, agree_record, keep_interview
from reporting.web.access import allow
from reporting.web.staff.case_file import at_hand, back_to, id_of, show, use
from reporting.web.staff.work_forms import InterviewForm, day_in, text_in

blueprint = Blueprint("interviews", __name__, url_prefix="/staff/cases/<id:case_id>/interviews")


@blueprint.get("")
@allow(Permission.OPEN_CASE)
def view(case_id: bytes) -> ResponseReturnValue:
    """Show the interviews, and the form for one more where the way allows it."""
    return _page(case_id)


@blueprint.post("")
@allow(Permission.TAKE_STEP)
def keep(case_id: bytes) -> ResponseReturnValue:
    """Keep an interview that took place."""
    form = InterviewForm(request.form)
    if not form.validate():
        return _page(case_id, interview=form, status=422)
    held = Held(
        Whom(form.whom.data),
        day_in(form.held_on),
        text_in(form.present),
        bool(form.support_offered.data),
        text_in(form.notes),
    )
    use(keep_interview, case_id, held)
    return back_to("interviews.view", case_id, done="kept")


@blueprint.post("/record")
@allow(Permission.TAKE_STEP)
def agree(case_id: bytes) -> ResponseReturnValue:
    """Keep whether the person agreed to the record."""
    chosen = request.form.get("record", "")
    if chosen not in set(Record):
        return _page(case_id, status=422)
    interview_id = id_of(request.form.get("interview"))
    use(agree_record, case_id, interview_id, Record(chosen), request.form.get("changes", ""))
    return back_to("interviews.view", case_id, done="kept")


def _page(case_id: bytes, interview: InterviewForm | None = None, status: int = 200) -> ResponseReturnValue:
    case, _ = at_hand(case_id)
    return show(
        "interviews/view.html",
        case,
        status=status,
        held=case.file.all(Interview),
        interview=interview or InterviewForm(),
        wrong=interview,
    )
