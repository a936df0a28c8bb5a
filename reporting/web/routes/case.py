"""One case for those who hold its key: names first, then the story, then the work.

Whoever holds no grant gets the same 404 as for an address that never existed.
"""

from flask import Blueprint, Response, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from reporting.domain.case import Act, NotPossible
from reporting.domain.casework.clocks import Clock
from reporting.policy import Permission
from reporting.services.casework import case as casework
from reporting.services.casework.closing import close
from reporting.services.casework.messages import draft_of, keep_draft, write_as_staff
from reporting.services.errors import LastHolder, NoSecondPerson, NotAllowed, OutcomeFirst, Waiting
from reporting.services.reading import assignment
from reporting.services.sealed.entries import file_of
from reporting.store.database import Work, reading, writing
from reporting.web.access import allow
from reporting.web.addresses import id_from, reference_of
from reporting.web.instance import here
from reporting.web.languages import url
from reporting.web.pages import go_to
from reporting.web.staff.case_page import assemble
from reporting.web.staff.case_places import case_page, head_of, must_hold
from reporting.web.staff.forms import CheckInForm, ColleagueForm, NoteForm, ReplyForm, TitleForm
from reporting.web.staff.hard_moments import moment_links, offered_words, something_left_open
from reporting.web.staff.pages import me, staff_page
from reporting.web.staff.words import CHECK_IN

blueprint = Blueprint("case", __name__, url_prefix="/staff/cases/<id:case_id>")


@blueprint.get("/names")
@allow(Permission.DECLARE_NO_CONFLICT)
def names(case_id: bytes) -> ResponseReturnValue:
    """Show only the names that were given, so that a handler can say whether there is a conflict."""
    with writing(here().stores) as work:
        declared = casework.may_read(work, here().house, me(), case_id)
        named = casework.names_to_check(work, here().house, me(), case_id)
    return staff_page("case/names.html", case_id=case_id, ref=reference_of(case_id), named=named, declared=declared)


@blueprint.post("/names")
@allow(Permission.DECLARE_NO_CONFLICT)
def declare(case_id: bytes) -> ResponseReturnValue:
    """Declare to have no conflict of interest; from then on the story opens."""
    with writing(here().stores) as work:
        casework.declare_no_conflict(work, here().house, me(), case_id)
    return _back_to(case_id, done="declared")


@blueprint.get("")
@allow(Permission.OPEN_CASE)
def view(case_id: bytes) -> ResponseReturnValue:
    """Open the story; the opening stands in the reporter's ledger before a word of it is shown."""
    with writing(here().stores) as work:
        shown, opened = assemble(work, here().house, me(), case_id)
        head, draft = head_of(work, here().house, opened), draft_of(file_of(work, opened), me())
    return case_page(
        "case/view.html",
        head,
        case=shown,
        reply=ReplyForm(data={"message": offered_words(shown.writes_in) or draft}),
        check_in=CheckInForm(data={"message": gettext(CHECK_IN)}),
        moments=moment_links(case_id),
        note=NoteForm(),
        title=TitleForm(data={"title": shown.title}),
    )


@blueprint.post("/messages")
@allow(Permission.ANSWER_REPORTER)
def reply(case_id: bytes) -> ResponseReturnValue:
    """Answer the reporter, or keep what was begun; words with something left to fill in are kept and not sent."""
    text, meets = str(ReplyForm(request.form).message.data or ""), request.form.get("meets", "")
    if meets and meets not in set(Clock):
        must_hold(case_id)
        raise NotAllowed
    if not text.strip() and "keep" not in request.form:
        return _back_to(case_id, why="empty", at="messages")
    if "keep" in request.form or something_left_open(text):
        with writing(here().stores) as work:
            keep_draft(work, here().house, me(), case_id, text)
        kept = "keep" in request.form
        return _back_to(case_id, done="draft" if kept else "", why="" if kept else "blanks", at="messages")
    with writing(here().stores) as work:
        write_as_staff(work, here().house, me(), case_id, text, Clock(meets) if meets else None)
    return _back_to(case_id, done="replied", at="messages")


@blueprint.post("/notes")
@allow(Permission.WRITE_NOTE)
def note(case_id: bytes) -> ResponseReturnValue:
    """Keep a note for the team, which the reporter does not see."""
    text = str(NoteForm(request.form).note.data or "")
    if not text.strip():
        return _back_to(case_id, why="empty", at="notes")
    with writing(here().stores) as work:
        casework.write_note(work, here().house, me(), case_id, text)
    return _back_to(case_id, done="noted", at="notes")


@blueprint.post("/title")
@allow(Permission.WRITE_NOTE)
def name(case_id: bytes) -> ResponseReturnValue:
    """Give the case a working title, or take it away."""
    with writing(here().stores) as work:
        casework.name_case(work, here().house, me(), case_id, str(TitleForm(request.form).title.data or ""))
    return _back_to(case_id, done="named")


@blueprint.post("/steps")
@allow(Permission.TAKE_STEP)
def step(case_id: bytes) -> ResponseReturnValue:
    """Take a step that the status table allows; a stale page is told so."""
    chosen = request.form.get("act", "")
    if chosen not in set(Act):
        must_hold(case_id)
        raise NotAllowed
    try:
        with writing(here().stores) as work:
            taken = _take(work, case_id, Act(chosen))
    except NotPossible:
        return _back_to(case_id, why="not-now")
    except OutcomeFirst:
        return _back_to(case_id, why="outcome-first")
    except NoSecondPerson:
        return _back_to(case_id, why="no-second")
    return _back_to(case_id, done="step") if taken else _back_to(case_id, why="second-first")


def _take(work: Work, case_id: bytes, act: Act) -> bool:
    """Take a step; closing is only asked for as long as no second person has agreed."""
    if act is Act.CLOSE:
        return close(work, here().house, me(), case_id)
    casework.take_step(work, here().house, me(), case_id, act)
    return True


@blueprint.post("/colleagues")
@allow(Permission.ASSIGN_CASE)
def assign(case_id: bytes) -> ResponseReturnValue:
    """Give a colleague the key, or put the question to the reporter who wants to be asked first."""
    staff_id, asked = id_from(ColleagueForm(request.form).colleague.data), False
    if staff_id is None:
        return _back_to(case_id, why="nobody")
    with writing(here().stores) as work:
        try:
            assignment.assign(work, here().house, me(), case_id, staff_id)
        except Waiting:  # inside the unit: the question must be kept
            asked = True
    return _back_to(case_id, done="asked" if asked else "assigned")


@blueprint.post("/leave")
@allow(Permission.RECUSE)
def leave(case_id: bytes) -> ResponseReturnValue:
    """Leave the case for good, also straight from the page of names."""
    try:
        with writing(here().stores) as work:
            assignment.recuse(work, here().house, me(), case_id)
    except LastHolder:
        return _back_to(case_id, why="alone")
    return go_to(url("inbox.first", done="left"))


def _back_to(case_id: bytes, *, done: str = "", why: str = "", at: str = "") -> Response:
    """Lead back to the case, or to its names for whoever has not declared yet, with a code of what happened."""
    codes = {name: code for name, code in (("done", done), ("why", why)) if code}
    with reading(here().stores) as work:
        ready = casework.may_read(work, here().house, me(), case_id)
    return go_to(url("case.view" if ready else "case.names", case_id=case_id, _anchor=at or None, **codes))
