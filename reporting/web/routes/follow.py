"""Coming back with a token, and her page: where it is, what was done, what she wrote, her own copy.

An address says nothing: what she types travels in forms, what a page has to say in closed codes.
"""

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from reporting.crypto.errors import NotAToken
from reporting.domain.case import Status
from reporting.domain.oversight.audit import ReporterEvent
from reporting.domain.reading.consent import CONSENTS
from reporting.policy import Permission
from reporting.services.actors import GuestReader, Reporter
from reporting.services.casework.messages import write_as_reporter
from reporting.services.errors import NotFound, TooMany
from reporting.services.oversight.audit import record_reporter
from reporting.services.survivor.record import HERS_ALONE
from reporting.services.survivor.tokens import come_back as cases_of
from reporting.store.cases import find_case
from reporting.store.database import writing
from reporting.web.access import allow
from reporting.web.headers import style_hash
from reporting.web.instance import here
from reporting.web.languages import url
from reporting.web.pages import go_to, render, translated
from reporting.web.survivor.coming_back import (
    WORDS,
    code_of,
    entry_page,
    keep_for_later,
    try_token,
    waiting_words,
)
from reporting.web.survivor.copied_files import copied_files
from reporting.web.survivor.handover import forget_handover
from reporting.web.survivor.her_case import back_to, changing, her_cases, look_at, show, what_to_say
from reporting.web.survivor.ledger import days_opened, deed_entries, entries, names_opened
from reporting.web.survivor.protection import plan_for
from reporting.web.survivor.stages import stage_of
from reporting.web.survivor.telling import told
from reporting.web.survivor.visitors import begin_session, end_session
from reporting.web.survivor.ways import reading_day_for

blueprint = Blueprint("follow", __name__)


@blueprint.get("/return")
@allow(Permission.ENTER_TOKEN)
def enter() -> ResponseReturnValue:
    """Ask for a token."""
    return entry_page(words=waiting_words(), why=request.args.get("why", ""))


@blueprint.post("/return")
@allow(Permission.ENTER_TOKEN)
def come_back() -> ResponseReturnValue:
    """Try a token; words that waited for it go along."""
    words = request.form.get(WORDS, "")
    try:
        person = try_token(request.form.get("token", ""), request.remote_addr or "")
    except NotAToken as error:
        return _not_yet(code_of(error), words)
    except NotFound:
        return _not_yet("unknown", words)
    except TooMany:
        return _not_yet("wait", words)
    if isinstance(person, GuestReader):
        return _open_guests_page(person, words)
    return _open_page(person, words)


@blueprint.get("/page")
@allow(Permission.FOLLOW_CASE)
def pages() -> ResponseReturnValue:
    """Show her case, or the list of what her token opens."""
    try:
        cases = her_cases()
    except NotFound:
        return end_session(go_to(url("follow.enter", why="unknown")))
    waiting = waiting_words()
    if len(cases) == 1 and not waiting:
        return back_to("page", cases[0].ref, **_codes())
    stages = {case.ref: stage_of(case.page, here().house.now()) for case in cases}
    return render("follow/pages.html", cases=cases, stages=stages, waiting=waiting, said=what_to_say())


@blueprint.get("/page/<string(length=16):ref>")
@allow(Permission.FOLLOW_CASE)
def page(ref: str) -> ResponseReturnValue:
    """Her page of one case."""
    case = look_at(ref, erasing=True)
    if case.page.status is Status.ERASING:
        return show("erasing", case)
    return show(
        "private" if case.is_private else "page",
        case,
        reading_day=reading_day_for(case.page.office) if case.is_open else None,
        stage=stage_of(case.page, here().house.now()),
        opened=names_opened(case.page.ledger),
        plan=plan_for(case),
        ledger=entries(case.page.ledger),
    )


@blueprint.get("/page/<string(length=16):ref>/text")
@allow(Permission.FOLLOW_CASE)
def text(ref: str) -> ResponseReturnValue:
    """What she wrote, as she sent it, and a way to add to it."""
    case = look_at(ref)
    return show("text", case, told=told(case.page))


@blueprint.get("/page/<string(length=16):ref>/keep")
@allow(Permission.FOLLOW_CASE)
def keep(ref: str) -> ResponseReturnValue:
    """What a copy on a device means, before it is there."""
    return show("keep", look_at(ref))


@blueprint.get("/page/<string(length=16):ref>/copy")
@allow(Permission.FOLLOW_CASE)
def copy(ref: str) -> ResponseReturnValue:
    """Her own copy: one file that opens without us, and that loads nothing."""
    case = look_at(ref)
    with changing(ref) as (work, house, _person, case_id):
        record_reporter(work, house, ReporterEvent.COPY_TAKEN, case_id)
    response = show(
        "copy",
        case,
        stage=stage_of(case.page, here().house.now()),
        told=told(case.page),
        files=copied_files(case),
        ledger=entries(case.page.ledger),
        days=days_opened(case.page.ledger),
        deeds=deed_entries(case.deeds),
        plan=plan_for(case),
        agreed=[(translated(CONSENTS[purpose].label), on) for purpose, on in case.given.items()],
        today=here().house.today(),
        style_hash=style_hash(),
    )
    response.headers["Content-Disposition"] = 'attachment; filename="notes.html"'
    return response


@blueprint.post("/page/leave")
@allow(Permission.FOLLOW_CASE)
def leave() -> ResponseReturnValue:
    """Close her page in this browser."""
    response = end_session(forget_handover(go_to(url("home"))))
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response


def _not_yet(why: str, words: str) -> ResponseReturnValue:
    return keep_for_later(go_to(url("follow.enter", why=why)), words)


def _open_guests_page(person: GuestReader, words: str) -> ResponseReturnValue:
    """Open a guest's page; words that waited stand in its form, and nobody reads them before they are sent."""
    if not words.strip():
        return begin_session(go_to(url("guests.page")), person)
    return begin_session(go_to(url("guests.page", why="waiting")), person, words)


def _open_page(person: Reporter, words: str) -> ResponseReturnValue:
    """Open her page; words that waited become a message where it is clear in which case."""
    if not words.strip():
        return begin_session(go_to(url("follow.pages")), person)
    done = _add_message(person, words)
    if done is None:
        return begin_session(go_to(url("follow.pages", why="waiting")), person, words)
    return begin_session(go_to(url("follow.pages", done=done)), person)


def _add_message(person: Reporter, words: str) -> str | None:
    """Return what was done with the words; nothing where she has to say in which case they belong."""
    with writing(here().stores) as work:
        cases = [find_case(work.main, case_id) for case_id in cases_of(work, person)]
        case = cases[0] if len(cases) == 1 else None
        if case is None or case.status == Status.ERASING:
            return None
        write_as_reporter(work, here().house, person, case.id, words)
        return "kept" if case.status in HERS_ALONE else "sent"


def _codes() -> dict[str, str]:
    return {name: request.args[name] for name in ("done", "why") if name in request.args}
