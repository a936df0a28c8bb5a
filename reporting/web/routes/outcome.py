"""The outcome of a case: found, told, entered elsewhere by two people, and closed by two."""

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from reporting.domain.casework.clear_check import Check, ClearCheck
from reporting.domain.casework.outcome import SUPPORTED, Consequence, Finding, Outcome
from reporting.domain.casework.ways import may_find
from reporting.domain.protection.named_person import HINDRANCES
from reporting.domain.reading.approvals import Matter
from reporting.domain.sealed.disclosure import People
from reporting.policy import Permission
from reporting.services.casework.clear_check import ask_clear_check, enter
from reporting.services.casework.closing import closes_on
from reporting.services.casework.outcome import Decided, record_outcome, tell_outcome
from reporting.services.casework.rounds import last_of_round
from reporting.services.errors import NoSecondPerson
from reporting.services.protection.named_person import hindrance
from reporting.services.reading.approvals import Proposal, proposals_of
from reporting.services.reading.consent import people_of
from reporting.services.sealed.sealing import OpenCase
from reporting.store.database import Work
from reporting.web.access import allow
from reporting.web.instance import here
from reporting.web.staff import work_words
from reporting.web.staff.case_file import AtHand, at_hand, back_to, id_of, show, use
from reporting.web.staff.pages import me
from reporting.web.staff.work_forms import ChecksForm, NoteToHerForm, OutcomeForm, offered, text_in, ticked

blueprint = Blueprint("outcome", __name__, url_prefix="/staff/cases/<id:case_id>/outcome")


@blueprint.get("")
@allow(Permission.OPEN_CASE)
def view(case_id: bytes) -> ResponseReturnValue:
    """Show what was found and told, and what is to be done before the case closes."""
    return _page(case_id)


@blueprint.post("")
@allow(Permission.TAKE_STEP)
def keep(case_id: bytes) -> ResponseReturnValue:
    """Keep what was found, why, and what is done."""
    form = OutcomeForm(request.form)
    if not form.validate():
        return _page(case_id, found=form, status=422)
    decided = Decided(Finding(form.finding.data), text_in(form.reasons), ticked(form.consequences, Consequence))
    use(record_outcome, case_id, decided)
    return back_to("outcome.view", case_id, done="kept")


@blueprint.post("/note")
@allow(Permission.TAKE_STEP)
def tell(case_id: bytes) -> ResponseReturnValue:
    """Tell the reporter the outcome."""
    form = _note_form(at_hand(case_id)[0], NoteToHerForm(request.form))
    if not form.validate():
        return _page(case_id, note=form, status=422)
    use(tell_outcome, case_id, text_in(form.text), ticked(form.told, Consequence))
    return back_to("outcome.view", case_id, done="outcome-told", at="told")


@blueprint.post("/checks")
@allow(Permission.PROPOSE)
def ask(case_id: bytes) -> ResponseReturnValue:
    """Ask a second person whether the outcome is entered elsewhere."""
    form = ChecksForm(request.form)
    if not form.validate():
        return _page(case_id, checks=form, status=422)
    try:
        use(ask_clear_check, case_id, ticked(form.checked, Check))
    except NoSecondPerson:
        return back_to("outcome.view", case_id, why="no-second", at="elsewhere")
    return back_to("outcome.view", case_id, done="second-asked", at="elsewhere")


@blueprint.post("/checks/entered")
@allow(Permission.PROPOSE)
def entered(case_id: bytes) -> ResponseReturnValue:
    """Keep that somebody has entered it there by hand."""
    if request.form.get("entered") != "yes":
        return _page(case_id, status=422)
    use(enter, case_id, id_of(request.form.get("list")))
    return back_to("outcome.view", case_id, done="kept", at="elsewhere")


def _page(
    case_id: bytes,
    found: OutcomeForm | None = None,
    note: NoteToHerForm | None = None,
    checks: ChecksForm | None = None,
    status: int = 200,
) -> ResponseReturnValue:
    case, (waiting, people) = at_hand(case_id, _beside)
    why_not = hindrance(case.file, people, case.today)
    outcome, check = last_of_round(case.file, Outcome), last_of_round(case.file, ClearCheck)
    return show(
        "outcome/view.html",
        case,
        status=status,
        outcome=outcome.entry if outcome else None,
        closes_on=closes_on(case.file, case.course),
        supports=outcome is not None and outcome.entry.finding in SUPPORTED,
        may_find=may_find(case.course.way),
        not_yet=HINDRANCES[why_not] if why_not else "",
        check=check if check and outcome and check.entry.outcome == outcome.id.hex() else None,
        agreed=[one.item_id for one in waiting if one.matter is Matter.CLEAR_CHECK and one.agreed],
        closing=next((one for one in waiting if one.matter is Matter.CLOSING), None),
        found=found or OutcomeForm(data=vars(outcome.entry) if outcome else None),
        note=note or _note_form(case, NoteToHerForm()),
        checks=checks or ChecksForm(),
        wrong=found or note or checks,
    )


def _beside(work: Work, opened: OpenCase) -> tuple[list[Proposal], People]:
    return proposals_of(work, here().house, me(), opened), people_of(work, opened)


def _note_form(case: AtHand, form: NoteToHerForm) -> NoteToHerForm:
    outcome = last_of_round(case.file, Outcome)
    decided = outcome.entry.consequences if outcome else ()
    form.told.choices = offered({one: work_words.CONSEQUENCES[one] for one in decided})
    return form
