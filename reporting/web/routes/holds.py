"""What a law keeps of a case: asked for, agreed to by somebody else, begun, and ended."""

from collections.abc import Sequence
from datetime import date

from flask import Blueprint, Response, request
from flask.typing import ResponseReturnValue

from reporting.domain.file.hold import HoldAsked
from reporting.domain.reading.approvals import Matter
from reporting.policy import Permission
from reporting.services.casework.case import open_to_work
from reporting.services.file import holds
from reporting.services.file.listing import Listed, listed_in, show_listed
from reporting.services.house import House
from reporting.services.reading.approvals import is_agreed
from reporting.services.sealed.entries import Filed
from reporting.services.sealed.sealing import OpenCase
from reporting.store.database import Work, writing
from reporting.web.access import allow
from reporting.web.instance import here
from reporting.web.languages import url
from reporting.web.staff.case_forms import carry_through
from reporting.web.staff.case_places import case_page, head_of
from reporting.web.staff.hold_words import HoldShown
from reporting.web.staff.listing import ids_from, names_shown, options
from reporting.web.staff.listing_forms import HoldForm
from reporting.web.staff.pages import me

blueprint = Blueprint("holds", __name__, url_prefix="/staff/cases/<id:case_id>/holds")


@blueprint.get("")
@allow(Permission.PROPOSE)
def view(case_id: bytes) -> ResponseReturnValue:
    """Show what is kept or asked to be kept, and the form."""
    return _page(case_id, HoldForm())


@blueprint.post("")
@allow(Permission.PROPOSE)
def ask(case_id: bytes) -> ResponseReturnValue:
    """Ask a second person to agree."""
    form = HoldForm(request.form)
    with writing(here().stores) as work:
        opened = open_to_work(work, here().house, me(), case_id, Permission.PROPOSE)
        form.items.choices = options(listed_in(work, opened))
    if not form.validate():
        return _page(case_id, form, status=422)
    ids, until = ids_from(form.items.data or []), date.fromisoformat(str(form.until.data))
    return carry_through(
        "holds.view",
        case_id,
        lambda work: holds.ask(work, here().house, me(), case_id, ids, str(form.reason.data), until),
        done="hold-asked",
        why="no-hold",
    )


@blueprint.post("/<id:entry_id>/begin")
@allow(Permission.PROPOSE)
def begin(case_id: bytes, entry_id: bytes) -> ResponseReturnValue:
    """Let it begin, once somebody else has agreed."""
    return carry_through(
        "holds.view",
        case_id,
        lambda work: holds.begin(work, here().house, me(), case_id, entry_id),
        done="held",
        why="not-now",
    )


@blueprint.post("/<id:entry_id>/end")
@allow(Permission.PROPOSE)
def end(case_id: bytes, entry_id: bytes) -> ResponseReturnValue:
    """End it before its day."""
    return carry_through(
        "holds.view", case_id, lambda work: holds.end(work, here().house, me(), case_id, entry_id), done="hold-ended"
    )


def _page(case_id: bytes, form: HoldForm, status: int = 200) -> Response:
    with writing(here().stores) as work:
        house = here().house
        opened = open_to_work(work, house, me(), case_id, Permission.PROPOSE)
        holds.share(work, house, opened, me())
        head, law = head_of(work, house, opened), holds.declared_law(work, opened)
        form.items.choices = options(show_listed(work, house, me(), opened)) if law else []
        lasting, known = holds.lasting_in(work, house, opened), listed_in(work, opened)
        shown = [_shown(work, house, opened, filed, lasting, known) for filed in holds.asked_in(work, opened)]
    return case_page("holds/view.html", head, status=status, form=form, law=law, holds=shown)


def _shown(
    work: Work, house: House, opened: OpenCase, filed: Filed[HoldAsked], lasting: set[str], known: Sequence[Listed]
) -> HoldShown:
    asked, case_id = filed.entry, opened.id
    begins = not asked.hold and is_agreed(work, house, opened, Matter.HOLD, filed.id) is not None
    return HoldShown(
        asked.author_name,
        asked.written_on,
        date.fromisoformat(asked.until),
        asked.reason,
        names_shown(asked.items, known),
        asked.hold in lasting,
        url("holds.begin", case_id=case_id, entry_id=filed.id) if begins else "",
        url("holds.end", case_id=case_id, entry_id=bytes.fromhex(asked.hold)) if asked.hold in lasting else "",
        bool(asked.hold),
    )
