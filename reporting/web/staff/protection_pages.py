"""What the pages have in common on which handlers plan something for her."""

from collections.abc import Callable

from flask import Response, request

from reporting.services.errors import NamesFirst, NotAllowed
from reporting.store.database import Work, writing
from reporting.web.addresses import id_from
from reporting.web.instance import here
from reporting.web.languages import url
from reporting.web.pages import go_to

NO_ITEM = bytes(16)
"""An id that no entry has: a form that names none is answered like one that names somebody else's."""


def item() -> bytes:
    """Return the entry that a form is about."""
    return id_from(request.form.get("item")) or NO_ITEM


def carry_through(
    endpoint: str, case_id: bytes, act: Callable[[Work], object], *, done: str = "planned", why: str = "not-yet"
) -> Response:
    """Let a service act and lead back to the page, with a code of what happened."""
    try:
        with writing(here().stores) as work:
            act(work)
    except NamesFirst:
        raise
    except NotAllowed:
        return go_to(url(endpoint, case_id=case_id, why=why))
    return go_to(url(endpoint, case_id=case_id, done=done))
