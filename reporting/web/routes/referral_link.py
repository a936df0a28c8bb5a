"""What a service sees: a link that opens once with a passphrase, the things that she agreed to, and three answers.

The page that asks for the passphrase is the same for a link that never was, was used, was stopped or is over.
"""

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from reporting.domain.protection.referral import NEEDS, SHAREABLE, WORDS, Word
from reporting.policy import Permission
from reporting.services.actors import Provider
from reporting.services.errors import NotFound, TooMany
from reporting.services.protection.referral_reading import answer as give_answer
from reporting.services.protection.referral_reading import (
    open_once,
    open_shared_file,
    read_page,
    seed_from,
    stored_seed,
)
from reporting.services.signing_in.throttle import GUESSING
from reporting.store.database import reading, writing
from reporting.web.access import allow
from reporting.web.cookies import PAGE, set_cookie
from reporting.web.evidence_files import played_as, show_copy
from reporting.web.instance import here
from reporting.web.languages import url
from reporting.web.pages import go_to, render
from reporting.web.survivor.visitors import end_session, provider, ticket

blueprint = Blueprint("referral_link", __name__, url_prefix="/r")


@blueprint.get("/<id:link_id>")
@allow(Permission.ENTER_TOKEN)
def enter(link_id: bytes) -> ResponseReturnValue:
    """Ask for the passphrase."""
    return render("referral/enter.html", link_id=link_id, why=request.args.get("why", ""))


@blueprint.post("/<id:link_id>")
@allow(Permission.ENTER_TOKEN)
def come(link_id: bytes) -> ResponseReturnValue:
    """Try the passphrase; whatever is wrong is answered in the same way and after the same time."""
    client, throttle, instance = request.remote_addr or "", here().throttle, here()
    try:
        throttle.before_guess(GUESSING, client)
        with reading(instance.stores) as work:
            stored = stored_seed(work, instance.house, link_id)
        seed = seed_from(stored, request.form.get("passphrase", ""))
        with writing(instance.stores) as work:
            fresh = open_once(work, instance.house, link_id, seed)
    except TooMany:
        return go_to(url("referral_link.enter", link_id=link_id, why="wait"))
    except NotFound:
        throttle.after_failure(GUESSING, client)
        return go_to(url("referral_link.enter", link_id=link_id, why="no"))
    response = go_to(url("referral_link.page"))
    if ticket() is not None:
        end_session(response)
    set_cookie(response, PAGE, fresh.cookie())
    return response


@blueprint.get("")
@allow(Permission.READ_REFERRAL)
def page() -> ResponseReturnValue:
    """Show what she agreed to, and nothing else."""
    with reading(here().stores) as work:
        shown = read_page(work, here().house, _me())
    return render(
        "referral/page.html",
        shown=shown,
        bundle=shown.bundle,
        labels=SHAREABLE,
        needs=NEEDS,
        words=WORDS,
        played_as=played_as,
    )


@blueprint.get("/files/<int:number>")
@allow(Permission.READ_REFERRAL)
def file(number: int) -> ResponseReturnValue:
    """Answer with the file of one item, in the copy without hidden data, where she said yes to it."""
    blobs = here().stores.blobs
    with reading(here().stores) as work:
        shared = open_shared_file(work, here().house, blobs, _me(), number - 1)
    return show_copy(shared)


@blueprint.post("/answer")
@allow(Permission.ANSWER_REFERRAL)
def answer() -> ResponseReturnValue:
    """Say whether the service helps; only this word leaves the page."""
    said = request.form.get("answer", "")
    if said not in set(Word):
        return go_to(url("referral_link.page"))
    with writing(here().stores) as work:
        give_answer(work, here().house, _me(), Word(said))
    return go_to(url("referral_link.page"))


@blueprint.post("/leave")
@allow(Permission.READ_REFERRAL)
def leave() -> ResponseReturnValue:
    """Close the page for good: the link does not open again."""
    response = end_session(go_to(url("referral_link.over")))
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response


@blueprint.get("/over")
@allow(Permission.READ_PUBLIC)
def over() -> ResponseReturnValue:
    """Say that nothing is open here, and what to do."""
    return render("referral/over.html")


def _me() -> Provider:
    person = provider()
    if person is None:
        raise NotFound
    return person
