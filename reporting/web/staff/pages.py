"""What the routes of staff share: who is here, how their pages are rendered, how a passphrase is checked."""

from datetime import datetime
from typing import Any

from flask import Response, abort, request
from flask_babel import format_datetime, gettext

from reporting.crypto.errors import CannotOpen
from reporting.crypto.secret import Seed
from reporting.domain.people import Role
from reporting.services.actors import StaffMember
from reporting.services.errors import NotFound
from reporting.services.organisation.accounts import check_passphrase, note_refusal, stored_seed
from reporting.services.signing_in.sessions import Ticket
from reporting.services.signing_in.throttle import SIGNING_IN
from reporting.store.database import reading, writing
from reporting.web.instance import here
from reporting.web.pages import render, translated
from reporting.web.staff.login import signed_in, staff_ticket
from reporting.web.staff.notices import notices
from reporting.web.staff.words import ROLES


class NotProven(Exception):  # noqa: N818 - it names what is the matter
    """User name and passphrase do not fit together; which of them is wrong is not said."""


def me() -> StaffMember:
    """Return who is signed in; the door has already seen to it that somebody is."""
    return signed_in() or abort(404)


def my_ticket() -> Ticket:
    """Return the ticket of this session."""
    return staff_ticket() or abort(404)


def staff_page(template: str, *, status: int = 200, **context: Any) -> Response:
    """Return a staff page, with what is to be said about the step before."""
    done, not_done = notices()
    return render(template, status=status, done=done, not_done=not_done, role_name=role_name, **context)


def role_name(role: Role) -> str:
    """Return what a role is called."""
    return translated(ROLES[role])


def exact_time(moment: datetime) -> str:
    """Return a moment of staff work in the words of this language. The store keeps UTC, and so says the page."""
    return str(gettext("%(time)s UTC", time=format_datetime(moment, "d MMM y HH:mm", rebase=False)))


def prove(username: str, passphrase: str) -> tuple[bytes, Seed]:
    """Check a passphrase: the slow step, outside any transaction, and equally slow for an unknown name.

    :raises NotProven: they do not fit together.
    :raises TooMany: too many failures for this name from here.
    """
    instance, username = here(), username.strip().lower()
    client = f"{request.remote_addr}:{username}"
    instance.throttle.before_guess(SIGNING_IN, client)
    with reading(instance.stores) as work:
        found = stored_seed(work, username)
    try:
        return check_passphrase(found, passphrase)
    except (CannotOpen, NotFound):
        instance.throttle.after_failure(SIGNING_IN, client)
        _note_refusal(username)
        raise NotProven from None


def _note_refusal(username: str) -> None:
    instance = here()
    if instance.throttle.may_note():
        with writing(instance.stores) as work:
            note_refusal(work, instance.house, username)
