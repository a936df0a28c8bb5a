"""The same report on one page: for slow lines, for printing, for browsers without cookies.

The form carries the draft's random value itself, so it works where no cookie is kept; then the
token is shown in the answer to the sending, because no later request could find it.
"""

from dataclasses import dataclass, replace

from flask import Blueprint, Response, make_response, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy.exc import OperationalError
from wtforms import Form

from reporting.crypto.errors import TooLong
from reporting.domain.questions import Door, Question, Step, questions_for, steps_for
from reporting.policy import Permission
from reporting.services.errors import NobodyLeft, ReadersChanged
from reporting.services.organisation.codes import office_of_code
from reporting.services.organisation.packs import offering
from reporting.services.reading.readers import open_offices
from reporting.services.survivor.drafts import Draft, DraftKey, find_draft, keep_draft, new_draft
from reporting.store.database import reading, writing
from reporting.store.offices import Office, find_office
from reporting.web.access import allow
from reporting.web.cookies import DRAFT, read_cookie, set_cookie
from reporting.web.errors import error_page, sentence_for, status_of
from reporting.web.instance import here
from reporting.web.languages import language, url
from reporting.web.pages import go_to, render
from reporting.web.routes.kept import token_page
from reporting.web.routes.report import with_posted_readers
from reporting.web.survivor.asking import (
    Asked,
    answers_from,
    asks_for_people,
    fields_for,
    people_fields,
    people_from,
)
from reporting.web.survivor.beginning import InTheWay, in_the_way
from reporting.web.survivor.files import after
from reporting.web.survivor.places import ALL, InDraft
from reporting.web.survivor.sending import NothingSaid, audience_for_draft, law_for, outlook_for, send, with_law_shown
from reporting.web.survivor.visitors import OpenDraft, draft_key

blueprint = Blueprint("one_page", __name__)
PEOPLE_ON_PAPER = 3
LONGEST_CODE = 40


@dataclass(frozen=True)
class Group:
    """One step's questions on the page."""

    step: Step
    asked: list[Asked]
    people_question: Question | None
    people: list[Form]


@dataclass(frozen=True)
class Problem:
    """What has to be looked at again, and the id of the place."""

    id: str
    text: str


@blueprint.get("/write/<door:door>/all")
@allow(Permission.WRITE_REPORT)
def form(door: Door) -> ResponseReturnValue:
    """The form; a random value makes it one report, however often it is sent.

    It begins with what she wrote step by step. A token that she has not noted yet comes before any form: with
    `no-store`, going back loads this page anew, and a new cookie would take the token from her.
    """
    waits = in_the_way()
    if waits is InTheWay.HANDOVER:
        return go_to(url("kept.token"))
    office, offices = _office(request.args.get("at", ""), door)
    here().throttle.open_form(request.remote_addr or "")
    known = _begun(draft_key())
    key = known.key if known else DraftKey.new()
    draft = _for_office(replace(known.draft, door=door) if known else new_draft(language(), door), office)
    response = _page(draft, key, office, offices)
    if not offices and not waits:
        set_cookie(response, DRAFT, key.text())
    return response


@blueprint.post("/write/<door:door>/all")
@allow(Permission.WRITE_REPORT)
def send_all(door: Door) -> ResponseReturnValue:
    """Keep everything, then send it; whatever goes wrong, the page comes back with her text."""
    key = DraftKey.parse(request.form.get("draft")) or DraftKey.new()
    office, offices = _office(request.form.get("at", ""), door)
    known = _begun(key)
    draft = replace(known.draft, door=door) if known else new_draft(language(), door)
    draft = _with_posted(_for_office(draft, office))
    if offices:
        return _place_first(key, draft)
    if request.form.get("go") == "files":
        return _to_files(key, draft)
    if request.form.get("read") != "y":
        problem = Problem("read", _("Please read who will read it, and tick the box."))
        return _page(draft, key, office, (), problem)
    try:
        draft = with_law_shown(draft, request.form.get("law", ""))
        with writing(here().stores) as work:
            kept = keep_draft(work, here().house, key, replace(draft, passed=True))
        send(OpenDraft(key, kept), keep=request.form.get("go") == "save")
    except (NothingSaid, NobodyLeft, ReadersChanged, TooLong, OperationalError) as error:
        return _page(draft, key, office, (), Problem("read", sentence_for(error) or ""), status_of(error))
    return _handed_over(key)


def _to_files(key: DraftKey, draft: Draft) -> ResponseReturnValue:
    """Keep what she typed, and show where files are added; she comes back to this page from there."""
    try:
        with writing(here().stores) as work:
            draft = keep_draft(work, here().house, key, draft)
    except (TooLong, OperationalError) as error:
        office, _offices = _office(request.form.get("at", ""), draft.door)
        return _page(draft, key, office, (), Problem("read", sentence_for(error) or ""), status_of(error))
    return after(InDraft(OpenDraft(key, draft), ALL), "all")


def go_on(current: OpenDraft, *, has_cookie: bool) -> ResponseReturnValue:
    """Come back to the page with what she typed; in a browser without our cookie the page is the answer."""
    draft = current.draft
    with reading(here().stores) as work:
        office = find_office(work.main, bytes.fromhex(draft.office)) if draft.office else None
        work.main.expunge_all()
    if has_cookie:
        return go_to(url("one_page.form", door=draft.door, at=office.code if office else None))
    return _page(draft, current.key, office, ())


def _place_first(key: DraftKey, draft: Draft) -> ResponseReturnValue:
    """The place she had chosen takes no reports any more: what she wrote is on the page, and kept for the next one."""
    with writing(here().stores) as work:
        keep_draft(work, here().house, key, draft)
    way_on = {"url": url("one_page.form", door=draft.door), "words": _("Choose a place")}
    response = make_response(error_page(422, _("Please choose a place first."), way_on=way_on))
    set_cookie(response, DRAFT, key.text())
    return response


def _begun(key: DraftKey | None) -> OpenDraft | None:
    """Return what she has begun step by step under this key; what belongs to her page stays there."""
    if key is None:
        return None
    with reading(here().stores) as work:
        draft = find_draft(work, here().house, key)
    if draft is None or draft.sent or draft.continuing or draft.same_token:
        return None
    return OpenDraft(key, draft)


def _handed_over(key: DraftKey) -> ResponseReturnValue:
    cookie = DraftKey.parse(read_cookie(DRAFT))
    if cookie == key:
        return go_to(url("kept.token"))
    with reading(here().stores) as work:
        draft = find_draft(work, here().house, key)
    if draft is None or not draft.token:
        return go_to(url("kept.done"))
    if request.cookies and not (cookie and in_the_way(cookie)):
        response = go_to(url("kept.token"))
        set_cookie(response, DRAFT, key.text())
        return response
    return token_page(OpenDraft(key, draft))


def _page(
    draft: Draft,
    key: DraftKey,
    office: Office | None,
    offices: tuple[Office, ...],
    problem: Problem | None = None,
    status: int = 422,
) -> Response:
    posted = request.form if request.method == "POST" and request.endpoint == "one_page.send_all" else None
    return render(
        "report/one_page.html",
        status=status if problem else 200,
        door=draft.door,
        offices=offices,
        office=office,
        law=law_for(draft),
        audience=audience_for_draft(draft),
        groups=[_group(draft, step, posted) for step in steps_for(draft.door)],
        key=key.text(),
        draft=draft,
        problem=problem,
        read=request.form.get("read") == "y",
        outlook=outlook_for(office),
    )


def _group(draft: Draft, step: Step, posted: object) -> Group:
    questions = questions_for(draft.door, step.id)
    asked = fields_for(questions, draft, request.form if posted is not None else None)
    about_people = asks_for_people(questions)
    return Group(step, asked, about_people, people_fields(draft, empty=PEOPLE_ON_PAPER) if about_people else [])


def _with_posted(draft: Draft) -> Draft:
    for step in steps_for(draft.door):
        draft = draft.with_answers(answers_from(questions_for(draft.door, step.id), request.form))
    return with_posted_readers(replace(draft, named=people_from(request.form)))


def _for_office(draft: Draft, office: Office | None) -> Draft:
    return replace(draft, office=office.id.hex()) if office else draft


def _office(code: str, door: Door) -> tuple[Office | None, tuple[Office, ...]]:
    """Return the office of a code, or those to choose from; a private record needs none."""
    if door is Door.PRIVATE:
        return None, ()
    with reading(here().stores) as work:
        offices = tuple(offering(work, open_offices(work), door))
        named = office_of_code(work, code[:LONGEST_CODE])
        work.main.expunge_all()
    chosen = next((office for office in offices if named and office.id == named.id), None)
    if chosen is None and len(offices) == 1:
        chosen = offices[0]
    return chosen, () if chosen else offices
