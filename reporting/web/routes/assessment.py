"""Assessing a case: what kind of conduct it is, and what could happen to the reporter because they spoke."""

from flask import Blueprint, request
from flask.typing import ResponseReturnValue
from wtforms import Form

from reporting.domain.casework.assessment import Assessment, Detriment, Risk
from reporting.domain.casework.classification import Classification, ConductKind, Factor, Path, Setting, Target, Urgency
from reporting.domain.casework.decision_table import recommend
from reporting.policy import Permission
from reporting.services.casework.assessment import Looked, assess
from reporting.services.casework.classification import Found, classify, decide_otherwise
from reporting.web.access import allow
from reporting.web.staff.case_file import at_hand, back_to, show, use
from reporting.web.staff.work_forms import AssessmentForm, DecisionForm, FactsForm, day_in, text_in, ticked

blueprint = Blueprint("assessment", __name__, url_prefix="/staff/cases/<id:case_id>/assessment")


@blueprint.get("")
@allow(Permission.OPEN_CASE)
def view(case_id: bytes) -> ResponseReturnValue:
    """Show what is known of kind and risk, and the forms to change it."""
    return _page(case_id)


@blueprint.post("/kind")
@allow(Permission.TAKE_STEP)
def classify_it(case_id: bytes) -> ResponseReturnValue:
    """Keep the facts; the table says at once what it recommends."""
    form = FactsForm(request.form)
    if not form.validate():
        return _page(case_id, facts=form, status=422)
    found = Found(
        ticked(form.kinds, ConductKind),
        ticked(form.settings, Setting),
        ticked(form.factors, Factor),
        Target(form.target.data),
    )
    use(classify, case_id, found)
    return back_to("assessment.view", case_id, done="kept")


@blueprint.post("/decision")
@allow(Permission.TAKE_STEP)
def decide(case_id: bytes) -> ResponseReturnValue:
    """Decide otherwise than the table recommends, and say why."""
    form = DecisionForm(request.form)
    if not form.validate():
        return _page(case_id, decision=form, status=422)
    use(decide_otherwise, case_id, Path(form.path.data), Urgency(form.urgency.data), text_in(form.why))
    return back_to("assessment.view", case_id, done="kept")


@blueprint.post("/risk")
@allow(Permission.TAKE_STEP)
def look(case_id: bytes) -> ResponseReturnValue:
    """Keep what could happen to the reporter and what is done about it."""
    form = AssessmentForm(request.form)
    if not form.validate():
        return _page(case_id, risk=form, status=422)
    looked = Looked(
        Risk(form.risk.data),
        ticked(form.detriments, Detriment),
        text_in(form.seen),
        text_in(form.done_about_it),
        day_in(form.review_on),
    )
    use(assess, case_id, looked)
    return back_to("assessment.view", case_id, done="kept", at="risk")


def _page(
    case_id: bytes,
    facts: FactsForm | None = None,
    decision: DecisionForm | None = None,
    risk: AssessmentForm | None = None,
    status: int = 200,
) -> ResponseReturnValue:
    case, _ = at_hand(case_id)
    kind, looked = case.file.last(Classification), case.file.last(Assessment)
    forms: dict[str, Form] = {
        "facts": facts or FactsForm(data=vars(kind.entry) if kind else None),
        "decision": decision or DecisionForm(data=vars(kind.entry) if kind else None),
        "risk": risk or AssessmentForm(data=vars(looked.entry) if looked else None),
    }
    return show(
        "assessment/view.html",
        case,
        status=status,
        kind=kind.entry if kind else None,
        said=recommend(kind.entry.facts) if kind else None,
        looked=looked.entry if looked else None,
        wrong=next((form for form in (facts, decision, risk) if form is not None), None),
        **forms,
    )
