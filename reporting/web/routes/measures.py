"""Interim measures of a case: propose, begin, look at again, end."""

from datetime import date

from flask import Blueprint, Response, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from reporting.domain.protection.measures import (
    CHOSEN_REASONS,
    END_REASONS,
    KINDS,
    EndReason,
    MeasureKind,
    MeasureState,
    Moves,
)
from reporting.policy import Permission
from reporting.services.protection import measures
from reporting.services.protection.agreement import note_reading, open_plan
from reporting.services.protection.measures import Known, Proposed, measures_of
from reporting.services.sealed.entries import file_of
from reporting.store.database import Work, writing
from reporting.web.access import allow
from reporting.web.addresses import id_from
from reporting.web.instance import here
from reporting.web.languages import url
from reporting.web.pages import format_day, go_to, translated
from reporting.web.staff.case_forms import carry_through, item
from reporting.web.staff.case_places import case_page, head_of
from reporting.web.staff.pages import me
from reporting.web.staff.protection_forms import MOVES, MeasureForm, day_from, measure_form

blueprint = Blueprint("measures", __name__, url_prefix="/staff/cases/<id:case_id>/measures")


@blueprint.get("")
@allow(Permission.PROTECT)
def view(case_id: bytes) -> ResponseReturnValue:
    """Show the measures, with what she said to each."""
    with writing(here().stores) as work:
        opened = open_plan(work, here().house, me(), case_id)
        note_reading(work, here().house, opened, me())
    return _page(case_id, None)


@blueprint.post("")
@allow(Permission.PROTECT)
def propose(case_id: bytes) -> ResponseReturnValue:
    """Propose one; it stands on her page at once."""
    with writing(here().stores) as work:
        form = measure_form(_replaceable(_known(work, case_id)))
    form.process(request.form)
    if not form.fits(here().house.today()):
        return _page(case_id, form, status=422)
    with writing(here().stores) as work:
        measures.propose(work, here().house, me(), case_id, _proposed(form))
    return go_to(url("measures.view", case_id=case_id, done="planned"))


@blueprint.post("/begin")
@allow(Permission.PROTECT)
def begin(case_id: bytes) -> ResponseReturnValue:
    """Begin one; the program refuses what would move her without her yes."""
    return carry_through(
        "measures.view", case_id, lambda work: measures.begin(work, here().house, me(), case_id, item())
    )


@blueprint.post("/review")
@allow(Permission.PROTECT)
def review(case_id: bytes) -> ResponseReturnValue:
    """Note that one was looked at, and when it is looked at again."""
    again_on = day_from(request.form.get("again_on")) or date.min
    return carry_through(
        "measures.view",
        case_id,
        lambda work: measures.review(work, here().house, me(), case_id, item(), again_on=again_on),
        why="day",
    )


@blueprint.post("/end")
@allow(Permission.PROTECT)
def end(case_id: bytes) -> ResponseReturnValue:
    """End one, or take a proposal back, for a reason."""
    because = request.form.get("because", "")
    reason = EndReason(because) if because in set(EndReason) else EndReason.NO_YES
    return carry_through(
        "measures.view", case_id, lambda work: measures.end(work, here().house, me(), case_id, item(), because=reason)
    )


def _known(work: Work, case_id: bytes) -> list[Known]:
    return measures_of(file_of(work, open_plan(work, here().house, me(), case_id)))


def _proposed(form: MeasureForm) -> Proposed:
    today = here().house.today()
    return Proposed(
        MeasureKind(form.kind.data),
        Moves(form.moves.data),
        str(form.words.data),
        form.starts_on.day or today,
        form.review_on.day or today,
        id_from(form.replaces.data),
    )


def _replaceable(known: list[Known]) -> list[tuple[str, str]]:
    return [(one.id.hex(), _called(one)) for one in known if one.measure.state is not MeasureState.ENDED]


def _called(one: Known) -> str:
    kind, day = translated(KINDS[one.measure.kind]), format_day(date.fromisoformat(one.measure.starts_on))
    return str(gettext("%(kind)s, from %(day)s", kind=kind, day=day))


def _page(case_id: bytes, form: MeasureForm | None, status: int = 200) -> Response:
    with writing(here().stores) as work:
        opened = open_plan(work, here().house, me(), case_id)
        head = head_of(work, here().house, opened)
        known = measures_of(file_of(work, opened))
    return case_page(
        "measures/all.html",
        head,
        status=status,
        known=list(reversed(known)),
        form=form or measure_form(_replaceable(known)),
        today=here().house.today(),
        kinds=KINDS,
        moves=MOVES,
        reasons=END_REASONS,
        chosen_reasons=CHOSEN_REASONS,
    )
