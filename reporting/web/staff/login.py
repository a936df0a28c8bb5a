"""The one module that knows Flask-Login: who of the staff is signed in, found anew at each request."""

from typing import Any

from flask import Flask, Request, Response, g
from flask_login import LoginManager, current_user

from reporting.crypto.secret import Seed
from reporting.services.actors import Arriving, StaffMember
from reporting.services.organisation.accounts import note_sign_in, note_sign_out
from reporting.services.signing_in.sessions import (
    Ticket,
    end_staff_session,
    find_arriving,
    find_staff_of,
    mark_seen,
    open_fully,
    staff_session_is_due,
    start_staff_session,
)
from reporting.store.database import reading, writing
from reporting.web.cookies import WORK, drop_cookie, read_cookie, set_cookie
from reporting.web.instance import here


class SignedIn:
    """What Flask-Login wants to see of a person, around the actor that services want."""

    is_active = is_authenticated = True
    is_anonymous = False

    def __init__(self, member: StaffMember) -> None:
        self.member = member

    def get_id(self) -> str:
        """Return nothing of use: a session is never rebuilt from an id."""
        return ""


def init_login(app: Flask) -> None:
    """Find staff by our own cookie; `login_user` and the remember cookie are never used."""
    manager = LoginManager()
    manager.session_protection = None
    manager.request_loader(_load)
    manager.init_app(app, add_context_processor=False)


def signed_in() -> StaffMember | None:
    """Return the member of staff who is signed in."""
    user: Any = current_user
    return user.member if user.is_authenticated else None


def arriving() -> Arriving | None:
    """Return who has shown the passphrase here, and still has to show or set up a second factor."""
    if "arriving" not in g:
        current = staff_ticket()
        with reading(here().stores) as work:
            g.arriving = find_arriving(work, here().house, current) if current is not None else None
    found: Arriving | None = g.arriving
    return found


def staff_ticket() -> Ticket | None:
    """Return the ticket of the staff cookie."""
    return Ticket.parse(read_cookie(WORK))


def sign_in(response: Response, staff_id: bytes, seed: Seed) -> Response:
    """Open a session for someone who has shown the passphrase; an older one of this browser ends.

    Where the passphrase is not enough the session is half open: the door leads to the second factor first.
    """
    old = staff_ticket()
    with writing(here().stores) as work:
        fresh = start_staff_session(work, here().house, staff_id, seed)
        if old is not None:
            end_staff_session(work, staff_id, old.id_hash)
        if find_staff_of(work, here().house, fresh) is not None:
            note_sign_in(work, here().house, staff_id)
    return carry(response, fresh)


def finish(response: Response, person: Arriving) -> Response:
    """Open the session fully, under a new cookie: the second factor was shown, too."""
    current = staff_ticket()
    if current is not None:
        with writing(here().stores) as work:
            note_sign_in(work, here().house, person.staff_id)
            carry(response, open_fully(work, here().house, current))
    return response


def carry(response: Response, ticket: Ticket) -> Response:
    """Let the browser carry this ticket from now on."""
    set_cookie(response, WORK, ticket.cookie())
    return response


def sign_out(response: Response) -> Response:
    """End this session, half open or whole."""
    current, person = staff_ticket(), signed_in() or arriving()
    if current is not None and person is not None:
        with writing(here().stores) as work:
            note_sign_out(work, here().house, person.staff_id)
            end_staff_session(work, person.staff_id, current.id_hash)
    drop_cookie(response, WORK)
    return response


def _load(_request: Request) -> SignedIn | None:
    if "member" not in g:
        g.member = _find()
    return SignedIn(g.member) if g.member else None


def _find() -> StaffMember | None:
    current, instance = staff_ticket(), here()
    if current is None:
        return None
    with reading(instance.stores) as work:
        member = find_staff_of(work, instance.house, current)
        stale = member is not None and staff_session_is_due(work, instance.house, current)
    if stale:
        with writing(instance.stores) as work:
            mark_seen(work, instance.house, current)
    return member
