"""Requests from outside for something of the file: written down, told, decided by two, given or refused."""

from datetime import date

from flask import Blueprint, Response, request
from flask.typing import ResponseReturnValue

from reporting.domain.file.outside import ASKERS, Answer, Asker
from reporting.policy import Permission
from reporting.services.casework.case import open_to_work
from reporting.services.file import outside
from reporting.services.file.fonts import NoLetters
from reporting.services.file.listing import listed_in, show_listed
from reporting.services.reading.approvals import is_agreed
from reporting.store.database import writing
from reporting.web.access import allow
from reporting.web.files import as_file
from reporting.web.instance import here
from reporting.web.languages import url
from reporting.web.pages import go_to, translated
from reporting.web.staff.case_forms import carry_through
from reporting.web.staff.case_places import case_page, head_of
from reporting.web.staff.listing import ids_from, options
from reporting.web.staff.listing_forms import OutsideForm, ReasonForm
from reporting.web.staff.outside_words import OutsideShown, request_shown
from reporting.web.staff.pages import me
from reporting.web.staff.papers import paper_of
from reporting.web.staff.step_up import proof_url, proved_in_case

blueprint = Blueprint("outside", __name__, url_prefix="/staff/cases/<id:case_id>/requests")


@blueprint.get("")
@allow(Permission.GIVE_OUTSIDE)
def view(case_id: bytes) -> ResponseReturnValue:
    """Show what was asked for and what came of it, and a form for the one who asks now."""
    return _page(case_id, OutsideForm(), _asker())


@blueprint.post("")
@allow(Permission.GIVE_OUTSIDE)
def write_down(case_id: bytes) -> ResponseReturnValue:
    """Write a request down."""
    form, asker = OutsideForm(request.form), _asker()
    with writing(here().stores) as work:
        opened = open_to_work(work, here().house, me(), case_id, Permission.GIVE_OUTSIDE)
        form.items.choices = options(outside.may_have(asker, listed_in(work, opened))) if asker else []
    if asker is None:
        return _to(case_id, why="no-outside")
    if not form.validate():
        return _page(case_id, form, asker, status=422)
    asked = _asked(form, asker)
    return carry_through(
        "outside.view",
        case_id,
        lambda work: outside.write_down(work, here().house, me(), case_id, asked),
        done="outside",
        why="no-outside",
    )


@blueprint.post("/<id:entry_id>/refuse")
@allow(Permission.GIVE_OUTSIDE)
def refuse(case_id: bytes, entry_id: bytes) -> ResponseReturnValue:
    """Give nothing."""
    reason = str(ReasonForm(request.form).reason.data or "")
    return carry_through(
        "outside.view",
        case_id,
        lambda work: outside.refuse(work, here().house, me(), case_id, entry_id, reason),
        done="outside-refused",
        why="not-now" if reason.strip() else "empty",
    )


@blueprint.post("/<id:entry_id>/give")
@allow(Permission.GIVE_OUTSIDE)
@proved_in_case("outside")
def give(case_id: bytes, entry_id: bytes) -> ResponseReturnValue:
    """Carry it out: from now on the document can be made, today and by me."""
    return carry_through(
        "outside.view",
        case_id,
        lambda work: outside.give(work, here().house, me(), case_id, entry_id),
        done="outside-given",
        why="not-now",
    )


@blueprint.get("/<id:entry_id>/document")
@allow(Permission.GIVE_OUTSIDE)
@proved_in_case("outside")
def document(case_id: bytes, entry_id: bytes) -> ResponseReturnValue:
    """Make the document; the record says so before a byte leaves."""
    with writing(here().stores) as work:
        given = outside.take_document(work, here().house, me(), case_id, entry_id)
    day = date.fromisoformat(given.request.given_on)
    try:
        return as_file(
            paper_of(case_id, given.request.who, day, given.items, given.identity, {}), "file.pdf", "application/pdf"
        )
    except NoLetters:
        return _to(case_id, why="no-letters")


def _page(case_id: bytes, form: OutsideForm, asker: Asker | None, status: int = 200) -> Response:
    proof = proof_url("outside", case_id)
    with writing(here().stores) as work:
        house = here().house
        opened = open_to_work(work, house, me(), case_id, Permission.GIVE_OUTSIDE)
        head = head_of(work, house, opened)
        offered = outside.may_have(asker, show_listed(work, house, me(), opened)) if asker else []
        form.items.choices = options(offered)
        shown = list[OutsideShown]()
        for filed in reversed(outside.asked_in(work, opened)):
            said, asked = outside.said_to(work, opened, filed.entry), filed.entry
            agreed = is_agreed(work, house, opened, outside.matter_of(asked), filed.id) is not None
            due = outside.is_due(work, house, opened, asked, said)
            mine = (asked.given_by, asked.given_on) == (me().staff_id.hex(), house.today().isoformat())
            may_give = asked.answer is Answer.OPEN and agreed and due
            shown.append(request_shown(case_id, filed, said, agreed=agreed, may_give=may_give, may_take=mine))
    return case_page(
        "outside/view.html",
        head,
        status=status,
        form=form,
        reason=ReasonForm(),
        asker=asker.value if asker else "",
        asker_name=translated(ASKERS[asker]) if asker else "",
        askers=[(one.value, translated(words)) for one, words in ASKERS.items()],
        requests=shown,
        proof=proof,
    )


def _asker() -> Asker | None:
    chosen = request.args.get("asker", "")
    return Asker(chosen) if chosen in set(Asker) else None


def _asked(form: OutsideForm, asker: Asker) -> outside.Asked:
    tell_on = str(form.tell_on.data or "")
    return outside.Asked(
        asker,
        str(form.who.data),
        str(form.ground.data),
        ids_from(form.items.data or []),
        identity=bool(form.identity.data),
        in_part=bool(form.in_part.data),
        forbidden_by=str(form.forbidden_by.data or ""),
        tell_on=date.fromisoformat(tell_on) if tell_on else None,
    )


def _to(case_id: bytes, *, why: str) -> Response:
    return go_to(url("outside.view", case_id=case_id, why=why))
