"""What waits in a session while a second factor is set up: under its seal, in no address, cookie, log or table."""

import secrets
from dataclasses import replace

from reporting.services.errors import NotFound
from reporting.services.house import House
from reporting.services.signing_in.boxes import StaffBox
from reporting.services.signing_in.factors import new_secret
from reporting.services.signing_in.sessions import Ticket, close_staff_box, open_staff_box
from reporting.store.database import Work

CHALLENGE_SIZE = 32


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


def new_challenge(work: Work, house: House, ticket: Ticket) -> bytes:
    """Draw what a passkey has to sign here; whatever waited before counts no more.

    :raises NotFound: the session is over.
    """
    challenge = secrets.token_bytes(CHALLENGE_SIZE)
    close_staff_box(work, ticket, replace(_box(work, house, ticket), challenge=challenge))
    return challenge


def take_challenge(work: Work, house: House, ticket: Ticket) -> bytes:
    """Return what a passkey was asked to sign here, which is gone then: one answer, right or wrong. Empty for none.

    :raises NotFound: the session is over.
    """
    box = _box(work, house, ticket)
    close_staff_box(work, ticket, replace(box, challenge=b""))
    return box.challenge


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
