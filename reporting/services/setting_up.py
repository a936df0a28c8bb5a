"""What waits in a session while a second factor is set up: under its seal, in no address, cookie, log or table."""

from dataclasses import replace

from reporting.services.boxes import StaffBox
from reporting.services.errors import NotFound
from reporting.services.factors import new_secret
from reporting.services.house import House
from reporting.services.sessions import Ticket, close_staff_box, open_staff_box
from reporting.store.database import Work


def secret_to_set_up(work: Work, house: House, ticket: Ticket) -> str:
    """Return the secret that an authenticator app is being set up with here; the same until it is done.

    :raises NotFound: the session is over.
    """
    box = _box(work, house, ticket)
    if not box.app_secret:
        box = replace(box, app_secret=new_secret())
        close_staff_box(work, ticket, box)
    return box.app_secret


def forget_secret(work: Work, house: House, ticket: Ticket) -> None:
    """Let the secret go from the session: the app is set up.

    :raises NotFound: the session is over.
    """
    close_staff_box(work, ticket, replace(_box(work, house, ticket), app_secret=""))


def keep_recovery(work: Work, house: House, ticket: Ticket, codes: list[str]) -> None:
    """Keep fresh recovery codes until the person says that they are kept elsewhere.

    :raises NotFound: the session is over.
    """
    close_staff_box(work, ticket, replace(_box(work, house, ticket), recovery=tuple(codes)))


def recovery_to_show(work: Work, house: House, ticket: Ticket) -> tuple[str, ...]:
    """Return the recovery codes that the person has not put away yet."""
    box = open_staff_box(work, house, ticket)
    return box.recovery if box is not None else ()


def forget_recovery(work: Work, house: House, ticket: Ticket) -> None:
    """Let the recovery codes go: nobody can read them here again.

    :raises NotFound: the session is over.
    """
    keep_recovery(work, house, ticket, [])


def _box(work: Work, house: House, ticket: Ticket) -> StaffBox:
    box = open_staff_box(work, house, ticket)
    if box is None:
        raise NotFound
    return box
