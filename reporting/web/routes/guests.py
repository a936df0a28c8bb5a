"""People beside her: whom she lets read and write, and what such a guest sees and does.

Her part belongs to her page; a guest's own page is apart, and none of hers opens with a guest's token.
"""

from dataclasses import dataclass
from datetime import date

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from reporting.domain.reading.guests import GUESTS, PERIODS, Guest, GuestKind, GuestState
from reporting.policy import Permission
from reporting.services.actors import GuestReader
from reporting.services.errors import NotAllowed, NotFound
from reporting.services.reading.beside import leave_as_guest, read_as_guest, translate, write_as_guest
from reporting.services.reading.guests import answer_translator, end, guests_in
from reporting.services.sealed.entries import Filed, file_of
from reporting.services.sealed.sealing import open_case
from reporting.store.database import reading, writing
from reporting.web.access import allow
from reporting.web.instance import here
from reporting.web.languages import language, url
from reporting.web.pages import go_to, render, translated
from reporting.web.routes.follow import blueprint as follow
from reporting.web.survivor.coming_back import forget_waiting, waiting_words
from reporting.web.survivor.handover import invite_page
from reporting.web.survivor.her_case import HerCase, back_to, changing, her, look_at, show, what_to_say
from reporting.web.survivor.refs import find_by_ref, ref_of
from reporting.web.survivor.visitors import end_session, guest

blueprint = Blueprint("guests", __name__)
REF = "/page/<string(length=16):ref>/beside"


@dataclass(frozen=True)
class GuestShown:
    """One guest as her page shows it."""

    ref: str
    name: str
    kind: str
    last_day: date
    asked_by: str
    state: GuestState


@follow.get(REF)
@allow(Permission.INVITE_GUEST)
def beside(ref: str) -> ResponseReturnValue:
    """Who reads and writes beside her, and what to know before she lets somebody in."""
    case = look_at(ref)
    return show("beside", case, guests=[_shown(one) for one in _guests(case)], periods=tuple(PERIODS))


@follow.post(REF)
@allow(Permission.INVITE_GUEST)
def let_guest_in(ref: str) -> ResponseReturnValue:
    """Let a representative in; the next page hands over the token for that person."""
    case, period = look_at(ref), request.form.get("period", "")
    if period not in PERIODS or request.form.get("understood") != "yes":
        return back_to("beside", ref, why="who")
    try:
        return invite_page(her(), case.page.opened.id, request.form.get("name", ""), period)
    except NotAllowed:
        return back_to("beside", ref, why="who" if case.is_open else "not-now")


@follow.post(REF + "/end")
@allow(Permission.INVITE_GUEST)
def end_guest(ref: str) -> ResponseReturnValue:
    """End a guest's access at once."""
    item_id = _which(look_at(ref))
    with changing(ref) as it:
        end(*it, item_id)
    return back_to("beside", ref, done="guest-ended")


@follow.post(REF + "/answer")
@allow(Permission.INVITE_GUEST)
def answer_about_guest(ref: str) -> ResponseReturnValue:
    """Say yes or no to a translator; anything but a clear yes is a no."""
    item_id, yes = _which(look_at(ref)), request.form.get("answer") == "yes"
    try:
        with changing(ref) as it:
            answer_translator(*it, item_id, yes=yes)
    except NotFound:
        return back_to("page", ref, why="not-now")
    return back_to("beside", ref, done="yes" if yes else "no")


@blueprint.get("/beside")
@allow(Permission.READ_AS_GUEST)
def page() -> ResponseReturnValue:
    """What a guest reads."""
    with writing(here().stores) as work:
        shown = read_as_guest(work, here().house, _me())
    return render(
        "guests/page.html",
        shown=shown,
        kind=translated(GUESTS[shown.guest.kind]),
        translates=shown.guest.kind is GuestKind.TRANSLATOR,
        answers=[one for one in shown.disclosure.answers if one.says_something],
        waiting=waiting_words(),
        said=what_to_say(),
    )


@blueprint.post("/beside/write")
@allow(Permission.WRITE_AS_GUEST)
def write() -> ResponseReturnValue:
    """Add a representative's message."""
    text = request.form.get("text", "")
    if not text.strip():
        return go_to(url("guests.page", why="empty"))
    with writing(here().stores) as work:
        write_as_guest(work, here().house, _me(), text)
    forget_waiting()
    return go_to(url("guests.page", done="beside"))


@blueprint.post("/beside/translate")
@allow(Permission.WRITE_AS_GUEST)
def translate_one() -> ResponseReturnValue:
    """Keep a translation beside what it translates, in the language of this page."""
    text = request.form.get("text", "")
    if not text.strip():
        return go_to(url("guests.page", why="empty"))
    with writing(here().stores) as work:
        translate(work, here().house, _me(), request.form.get("of", ""), language(), text)
    forget_waiting()
    return go_to(url("guests.page", done="beside"))


@blueprint.post("/beside/leave")
@allow(Permission.READ_AS_GUEST)
def leave() -> ResponseReturnValue:
    """Close this page in this browser, or end the access for good."""
    if request.form.get("for") == "good":
        with writing(here().stores) as work:
            leave_as_guest(work, here().house, _me())
    response = end_session(go_to(url("home")))
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response


def _me() -> GuestReader:
    person = guest()
    if person is None:
        raise NotFound
    return person


def _guests(case: HerCase) -> list[Filed[Guest]]:
    with reading(here().stores) as work:
        opened = open_case(work, her(), here().house, case.page.opened.id)
        return list(guests_in(file_of(work, opened), here().house.today()))


def _shown(filed: Filed[Guest]) -> GuestShown:
    one = filed.entry
    return GuestShown(
        ref_of(filed.id), one.name, translated(GUESTS[one.kind]), one.last_day, one.author_name, one.state
    )


def _which(case: HerCase) -> bytes:
    return find_by_ref(request.form.get("guest", ""), [filed.id for filed in _guests(case)])
