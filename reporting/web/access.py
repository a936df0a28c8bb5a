"""The door: every endpoint declares one permission, and a missing declaration is an error.

`allow` only marks; `check_door` asks the policy before the view runs. What the person may do to
this very case is asked again in the room, by the service that opens it.
"""

from collections.abc import Callable
from typing import Any, TypeVar

from flask import abort, current_app, redirect, request
from flask.typing import ResponseReturnValue

from reporting.domain.people import Role
from reporting.policy import Permission, may_enter
from reporting.web.languages import url
from reporting.web.origin import check_origin
from reporting.web.pages import go_to
from reporting.web.staff.login import arriving, signed_in
from reporting.web.survivor.coming_back import entry_page, typed_words
from reporting.web.survivor.visitors import guest, provider, reporter

GUESTS = frozenset(p for p in Permission if may_enter(Role.GUEST, p) and not may_enter(Role.ANYONE, p))
PROVIDERS = frozenset(p for p in Permission if may_enter(Role.PROVIDER, p) and not may_enter(Role.ANYONE, p))
View = TypeVar("View", bound=Callable[..., Any])
MARK = "permission"

HERS = frozenset(p for p in Permission if may_enter(Role.SURVIVOR, p) and not may_enter(Role.ANYONE, p))


class Undeclared(RuntimeError):  # noqa: N818 - it names the fault
    """An endpoint has no permission declared."""


class SignedOut(Exception):  # noqa: N818 - it names what happened
    """Something was sent to a staff page after the session had ended; the words must not be lost."""


def allow(permission: Permission) -> Callable[[View], View]:
    """Declare what an endpoint is for."""

    def mark(view: View) -> View:
        setattr(view, MARK, permission)
        return view

    return mark


def permission_of(endpoint: str) -> Permission:
    """Return the declared permission of an endpoint.

    :raises Undeclared: the endpoint has none.
    """
    permission = getattr(current_app.view_functions[endpoint], MARK, None)
    if permission is None:
        raise Undeclared(endpoint)
    return Permission(permission)


def check_door() -> ResponseReturnValue | None:
    """Let the request pass, or answer it: come back with a token, sign in, or 404."""
    if request.endpoint is None or request.endpoint == "static":
        return None
    permission = permission_of(request.endpoint)
    if may_enter(Role.ANYONE, permission):
        return None
    if permission in GUESTS:
        return None if guest() is not None else _come_back_first()
    if permission in PROVIDERS:
        return None if provider() is not None else go_to(url("referral_link.over"))
    if permission in HERS:
        return None if reporter() is not None else _come_back_first()
    member = signed_in()
    if member is None:
        return _before_signing_in(permission)
    if not may_enter(member.role, permission):
        abort(404)
    return None


def _before_signing_in(permission: Permission) -> ResponseReturnValue | None:
    """Let somebody who has shown the passphrase go on to the second factor, and nowhere else."""
    half_way = arriving() is not None
    if half_way and permission is Permission.SHOW_FACTOR:
        return None
    if request.method == "POST":
        check_origin()  # what another site posts must not stand here as if a colleague had typed it
        raise SignedOut
    return redirect(url("factors.ask" if half_way else "staff.sign_in"), 303)


def _come_back_first() -> ResponseReturnValue:
    """Her page, or a guest's, is not open: ask for the token. What was typed stands there and goes with it."""
    words = typed_words(request.form) if request.method == "POST" else ""
    if not words:
        return go_to(url("follow.enter", why="closed"))
    check_origin()  # what another site posts must not stand here as if it were hers
    return entry_page(status=403, words=words, why="closed")
