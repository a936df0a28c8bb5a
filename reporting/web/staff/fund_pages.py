"""What the pages have in common on which officers of the assistance fund enter something."""

from collections.abc import Callable

from flask import Response

from reporting.domain.fund.money import NotAnAmount
from reporting.services.errors import NotAllowed, NotAName
from reporting.services.fund.ledger import NotEnough
from reporting.store.database import Work, writing
from reporting.web.instance import here
from reporting.web.languages import url
from reporting.web.pages import go_to, translated
from reporting.web.staff.notices import NOT_DONE


def enter(
    endpoint: str, act: Callable[[Work], object], show: Callable[[str], Response], *, done: str, **place: bytes
) -> Response:
    """Let a service act and lead back to the page, with a code of what happened.

    :param show: gives the page once more, with a sentence about what is wrong; what was typed stays to be mended.
    :param place: the id that the address of the page takes.
    """
    try:
        with writing(here().stores) as work:
            act(work)
    except (NotAnAmount, NotAName):
        return show(translated(NOT_DONE["fund-amount"]))
    except NotEnough:
        return show(translated(NOT_DONE["fund-not-enough"]))
    except NotAllowed:
        return go_to(url(endpoint, why="fund-not-you", **place))
    return go_to(url(endpoint, done=done, **place))
