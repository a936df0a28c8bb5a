"""Who the reporter is: closed, unless the reporter says yes or two other people agree to a declared duty.

Passphrase and second factor are asked for once more before it opens (ASVS 5.0, 7.5.3).
"""

from flask import Blueprint, Response, request
from flask.typing import ResponseReturnValue

from reporting.domain.sealed.disclosure import Identity
from reporting.policy import Permission
from reporting.services.casework.case import open_to_work
from reporting.services.reading import identity
from reporting.services.reading.identity_ways import ways_to_identity
from reporting.store.database import writing
from reporting.web.access import allow
from reporting.web.instance import here
from reporting.web.languages import url
from reporting.web.pages import go_to, translated
from reporting.web.staff.case_page import answers_shown
from reporting.web.staff.case_places import case_page, head_of
from reporting.web.staff.forms import GroundForm
from reporting.web.staff.pages import me
from reporting.web.staff.step_up import proof_url
from reporting.web.staff.words import GROUNDS

blueprint = Blueprint("identity", __name__, url_prefix="/staff/cases/<id:case_id>/identity")


@blueprint.get("")
@allow(Permission.ASK_IDENTITY)
def view(case_id: bytes) -> ResponseReturnValue:
    """Show what was written there if it may open and the person has just shown who they are, or else the ways to it."""
    return _page(case_id, _ground_form())


@blueprint.post("/ask")
@allow(Permission.ASK_IDENTITY)
def ask(case_id: bytes) -> ResponseReturnValue:
    """Ask the reporter."""
    with writing(here().stores) as work:
        identity.ask_her(work, here().house, me(), case_id)
    return go_to(url("identity.view", case_id=case_id, done="asked"))


@blueprint.post("/duty")
@allow(Permission.ASK_IDENTITY)
def claim_duty(case_id: bytes) -> ResponseReturnValue:
    """Ask by a declared duty, naming its ground."""
    form = _ground_form()
    form.process(request.form)
    if not form.validate():
        return _page(case_id, form, status=422)
    with writing(here().stores) as work:
        identity.ask_by_duty(work, here().house, me(), case_id, identity.Ground(str(form.ground.data)))
    return go_to(url("identity.view", case_id=case_id, done="duty"))


def _page(case_id: bytes, ground: GroundForm, status: int = 200) -> Response:
    proof = proof_url("identity", case_id)
    with writing(here().stores) as work:
        opened = open_to_work(work, here().house, me(), case_id, Permission.ASK_IDENTITY)
        head = head_of(work, here().house, opened)
        ways = ways_to_identity(work, here().house, me(), case_id)
        known: Identity | None = None
        if ways.opens and not proof:
            known = identity.see_identity(work, here().house, me(), case_id)
    return case_page(
        "identity/view.html",
        head,
        status=status,
        ways=ways,
        known=answers_shown(known.answers, "") if known else None,
        proof=proof,
        ground=ground,
        grounds={ground.value: translated(words) for ground, words in GROUNDS.items()},
    )


def _ground_form() -> GroundForm:
    form = GroundForm()
    form.ground.choices = [(ground.value, translated(words)) for ground, words in GROUNDS.items()]
    return form
