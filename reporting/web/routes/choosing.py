"""Her choices on a case: who reads, what she agrees to, which way it goes, what she says to a request."""

from flask import request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import BadRequest

from reporting.domain.casework.ways import Way
from reporting.domain.reading.consent import CONSENTS, NEW_READERS, NewReaders, Purpose
from reporting.domain.reading.guests import GUESTS
from reporting.policy import Permission
from reporting.services.casework.clocks import choose_check_ins
from reporting.services.errors import ClosedTo, NotFound, NotTrusted
from reporting.services.reading.requests import answer as answer_request
from reporting.services.survivor.choosing import change_way, close_to, open_to, set_consent, set_new_readers
from reporting.web.access import allow
from reporting.web.routes.follow import blueprint
from reporting.web.survivor.her_case import HerCase, back_to, changing, look_at, show
from reporting.web.survivor.ledger import days_opened, deed_entries, entries
from reporting.web.survivor.linked import links_told
from reporting.web.survivor.refs import find_by_ref
from reporting.web.survivor.ways import kept_ways


@blueprint.get("/page/<string(length=16):ref>/people")
@allow(Permission.FOLLOW_CASE)
def people(ref: str) -> ResponseReturnValue:
    """Who can read, who opened it when, and who else could be let in."""
    case = look_at(ref)
    return show(
        "people",
        case,
        days=days_opened(case.page.ledger),
        ledger=entries(case.page.ledger),
        deeds=deed_entries(case.deeds),
        links=links_told(case.page.people),
        guest_kinds=GUESTS,
    )


@blueprint.post("/page/<string(length=16):ref>/people/close")
@allow(Permission.CHOOSE_READERS)
def shut(ref: str) -> ResponseReturnValue:
    """Close her case to a person."""
    before = look_at(ref)
    staff_id = _person(before)
    with changing(ref) as it:
        somebody_reads = close_to(*it, staff_id)
    if not somebody_reads:
        return back_to("page", ref, why="alone")
    known = {reader.staff_id for reader in before.page.readers}
    passed_on = any(reader.staff_id not in known for reader in look_at(ref).page.readers)
    return back_to("people", ref, done="passed-on" if passed_on else "shut")


@blueprint.post("/page/<string(length=16):ref>/people/open")
@allow(Permission.CHOOSE_READERS)
def let_in(ref: str) -> ResponseReturnValue:
    """Open her case to one more person."""
    staff_id = _person(look_at(ref))
    with changing(ref) as it:
        open_to(*it, staff_id)
    return back_to("people", ref, done="let-in")


@blueprint.post("/page/<string(length=16):ref>/asking")
@allow(Permission.CHANGE_CHOICES)
def asking(ref: str) -> ResponseReturnValue:
    """Have no more check-ins, or have them again."""
    wanted = one_of(("yes", "no"), request.form.get("answer", "")) == "yes"
    with changing(ref) as it:
        choose_check_ins(*it, wanted=wanted)
    return back_to("choices", ref, done="changed")


@blueprint.post("/page/<string(length=16):ref>/answer")
@allow(Permission.CHOOSE_READERS)
def answer(ref: str) -> ResponseReturnValue:
    """Say yes or no to a request; her yes is what gives the key."""
    waiting = [asked.request_id for asked in look_at(ref).page.requests]
    request_id = find_by_ref(request.form.get("request", ""), waiting)
    yes = one_of(("yes", "no"), request.form.get("answer", "")) == "yes"
    try:
        with changing(ref) as it:
            answer_request(*it, request_id, yes=yes)
    except (ClosedTo, NotFound, NotTrusted):
        return back_to("page", ref, why="not-now")
    return back_to("page", ref, done="yes" if yes else "no")


@blueprint.get("/page/<string(length=16):ref>/choices")
@allow(Permission.FOLLOW_CASE)
def choices(ref: str) -> ResponseReturnValue:
    """What she agreed to, each by itself, and which way her case goes."""
    case = look_at(ref)
    return show(
        "choices",
        case,
        consents=CONSENTS,
        given=case.given,
        new_readers=NEW_READERS,
        ways=kept_ways(case.page.opened.row),
    )


@blueprint.post("/page/<string(length=16):ref>/choices")
@allow(Permission.CHANGE_CHOICES)
def choose(ref: str) -> ResponseReturnValue:
    """Give or take back one consent."""
    purpose = Purpose(one_of(tuple(Purpose), request.form.get("purpose", "")))
    yes = one_of(("yes", "no"), request.form.get("answer", "")) == "yes"
    with changing(ref) as it:
        set_consent(*it, purpose, given=yes)
    where = "ways" if request.form.get("from") == "ways" else "choices"
    return back_to(where, ref, done="changed")


@blueprint.post("/page/<string(length=16):ref>/choices/new")
@allow(Permission.CHANGE_CHOICES)
def tell(ref: str) -> ResponseReturnValue:
    """Choose between "tell me" and "ask me first"."""
    choice = NewReaders(one_of(tuple(NewReaders), request.form.get("choice", "")))
    with changing(ref) as it:
        set_new_readers(*it, choice)
    return back_to("choices", ref, done="changed")


@blueprint.post("/page/<string(length=16):ref>/choices/way")
@allow(Permission.CHANGE_CHOICES)
def way(ref: str) -> ResponseReturnValue:
    """Change between support only, someone to talk to and an investigation."""
    chosen = Way(one_of(tuple(Way), request.form.get("door", "")))
    with changing(ref) as it:
        change_way(*it, chosen)
    return back_to("choices", ref, done="changed")


def _person(case: HerCase) -> bytes:
    shown = [reader.staff_id for reader in (*case.page.readers, *case.page.others)]
    return find_by_ref(request.form.get("person", ""), shown)


def one_of(allowed: tuple[str, ...], value: str) -> str:
    """Return a value from a closed list; anything else was not sent by a page of ours."""
    if value not in allowed:
        raise BadRequest
    return value
