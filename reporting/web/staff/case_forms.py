"""What the pages of a case have in common on which handlers send a form."""

from collections.abc import Callable

from flask import Response, request

from reporting.services.errors import ConductFirst, NamesFirst, NoSecondPerson, NotAllowed
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
    """Let a service act and lead back to the page, with a code of what happened.

    The questions of conduct and conflict are no answer to the form: they are asked with what was typed still there.
    """
    try:
        with writing(here().stores) as work:
            act(work)
    except (ConductFirst, NamesFirst):
        raise
    except NoSecondPerson:
        return go_to(url(endpoint, case_id=case_id, why="no-second"))
    except NotAllowed:
        return go_to(url(endpoint, case_id=case_id, why=why))
    return go_to(url(endpoint, case_id=case_id, done=done))
