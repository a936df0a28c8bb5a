"""Who reads a case beside the reporter, as handlers see it, and asking for a translator."""

from dataclasses import dataclass
from datetime import date

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from reporting.crypto.token import draw, parse
from reporting.domain.reading.guests import GUESTS, Guest, GuestState
from reporting.policy import Permission
from reporting.services.casework.case import open_to_work
from reporting.services.reading.guests import ask_for_translator, guests_in, keys_of, let_translator_in
from reporting.services.sealed.entries import Filed, file_of
from reporting.services.signing_in.codes import forget_code, keep_code, waiting_code
from reporting.store.database import writing
from reporting.web.access import allow
from reporting.web.instance import here
from reporting.web.languages import url
from reporting.web.pages import go_to, translated
from reporting.web.staff.case_forms import carry_through
from reporting.web.staff.case_places import case_page, head_of
from reporting.web.staff.pages import me, my_ticket

blueprint = Blueprint("case_guests", __name__, url_prefix="/staff/cases/<id:case_id>/guests")


@dataclass(frozen=True)
class GuestShown:
    """One guest as handlers see it; `give_url` is set where a translator waits for a token."""

    name: str
    kind: str
    last_day: date
    state: GuestState
    give_url: str


@blueprint.get("")
@allow(Permission.ASK_FOR_TRANSLATOR)
def view(case_id: bytes) -> ResponseReturnValue:
    """Show who reads beside the reporter; a translator's token stands here until it was handed over."""
    with writing(here().stores) as work:
        opened = open_to_work(work, here().house, me(), case_id, Permission.ASK_FOR_TRANSLATOR)
        head = head_of(work, here().house, opened)
        guests = guests_in(file_of(work, opened), here().house.today())
        code = waiting_code(work, here().house, my_ticket())
    token = parse(code.text) if code is not None and code.staff_id == case_id else None
    return case_page(
        "case/guests.html",
        head,
        guests=[_shown(case_id, one) for one in guests],
        digits=token.digits() if token else "",
        asked=any(one.entry.state is GuestState.ASKED for one in guests),
    )


@blueprint.post("")
@allow(Permission.ASK_FOR_TRANSLATOR)
def ask(case_id: bytes) -> ResponseReturnValue:
    """Ask the reporter whether a translator may read."""
    name = request.form.get("name", "")
    return carry_through(
        "case_guests.view",
        case_id,
        lambda work: ask_for_translator(work, here().house, me(), case_id, name),
        done="asked",
        why="empty",
    )


@blueprint.post("/<id:entry_id>")
@allow(Permission.ASK_FOR_TRANSLATOR)
def give_token(case_id: bytes, entry_id: bytes) -> ResponseReturnValue:
    """Make the token of a translator to whom the reporter said yes; it waits sealed with this session."""
    house, token = here().house, draw("en")
    keys = keys_of(house, token)
    with writing(here().stores) as work:
        let_translator_in(work, house, me(), case_id, entry_id, keys)
        keep_code(work, house, my_ticket(), case_id, token.digits().replace(" ", ""))
    return go_to(url("case_guests.view", case_id=case_id))


@blueprint.post("/handed")
@allow(Permission.ASK_FOR_TRANSLATOR)
def handed(case_id: bytes) -> ResponseReturnValue:
    """The token was handed over: it is gone from here."""
    with writing(here().stores) as work:
        open_to_work(work, here().house, me(), case_id, Permission.ASK_FOR_TRANSLATOR)
        code = waiting_code(work, here().house, my_ticket())
        if code is not None and code.staff_id == case_id:  # of another case it still has to be told
            forget_code(work, here().house, my_ticket())
    return go_to(url("case_guests.view", case_id=case_id, done="handed"))


def _shown(case_id: bytes, filed: Filed[Guest]) -> GuestShown:
    one = filed.entry
    waits = one.state is GuestState.AGREED
    give_url = url("case_guests.give_token", case_id=case_id, entry_id=filed.id) if waits else ""
    return GuestShown(one.name, translated(GUESTS[one.kind]), one.last_day, one.state, give_url)
