"""No other site can post here.

A browser that says where a request comes from (Sec-Fetch-Site, else Origin) is believed; for one
that says nothing (w3m, lynx, old phones) the form's own signed value must fit. Forms that need a
session carry an HMAC under that session's secret in any case.
"""

import hashlib
import hmac

from flask import current_app, g, request
from markupsafe import Markup

from reporting.domain.people import Role
from reporting.policy import may_enter
from reporting.web.instance import here
from reporting.web.staff.login import staff_ticket
from reporting.web.survivor.visitors import ticket

FIELD = "check"
ASKS_ONLY = frozenset({"hsds.search"})
"""What any site may post to: it changes nothing, and no cookie plays a part in its answer."""


class CrossOrigin(Exception):  # noqa: N818 - it names the fault
    """A form was sent from somewhere else, or is not ours."""


def csrf_value() -> str:
    """Return the signed value that the forms of this page carry."""
    return _sign(_session_secret())


def csrf_field() -> Markup:
    """Return the hidden input that every form contains."""
    return Markup('<input type="hidden" name="{}" value="{}">').format(FIELD, csrf_value())


def check_origin() -> None:
    """Refuse a POST that does not come from a page of ours.

    :raises CrossOrigin: it comes from elsewhere.
    """
    if request.method not in ("POST", "PUT", "PATCH", "DELETE") or request.endpoint in ASKS_ONLY:
        return
    told = _told_to_be_ours()
    if told is False:
        g.from_elsewhere = True
        raise CrossOrigin
    signed = hmac.compare_digest(request.form.get(FIELD, "").encode(), csrf_value().encode())
    if told is None and not signed:
        raise CrossOrigin
    if not signed and _session_secret() is not None and not _is_for_anyone():
        raise CrossOrigin


def is_from_elsewhere() -> bool:
    """Return whether another site sent this: what it carries is not hers, and no page of ours shows it."""
    return bool(g.get("from_elsewhere", False))


def _is_for_anyone() -> bool:
    """Return whether this form uses no session: a report may be older than the page that was opened meanwhile."""
    view = current_app.view_functions.get(request.endpoint or "")
    permission = getattr(view, "permission", None)
    return permission is not None and may_enter(Role.ANYONE, permission)


def _told_to_be_ours() -> bool | None:
    """Return what the browser says of where this comes from; nothing where it says nothing."""
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site == "same-origin"
    origin = request.headers.get("Origin")
    if origin is None:
        return None
    return origin == f"{request.scheme}://{request.host}"


def _session_secret() -> bytes | None:
    """Return what the form is bound to: the staff session, her page, or nothing."""
    for found in (staff_ticket(), ticket()):
        if found is not None:
            return found.secret.raw
    return None


def _sign(secret: bytes | None) -> str:
    if secret is None:
        return here().house.keyring.tag("form", request.host.encode()).hex()
    return hmac.digest(secret, b"harbour form v1", hashlib.sha256).hex()
