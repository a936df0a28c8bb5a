"""Showing passphrase and second factor once more, before what is most protected opens (ASVS 5.0, 7.5.3).

When they were shown stands under the seal of the session, so no row that somebody writes can claim it.
"""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from reporting.services.errors import NotFound
from reporting.services.house import House
from reporting.services.signing_in.sessions import Ticket, close_staff_box, open_staff_box
from reporting.store.database import Work

LASTS = timedelta(minutes=5)


def note_proof(work: Work, house: House, ticket: Ticket) -> None:
    """Note that the person of this session has just shown who they are, with everything that their account needs.

    :raises NotFound: the session is over.
    """
    box = open_staff_box(work, house, ticket)
    if box is None:
        raise NotFound
    close_staff_box(work, ticket, replace(box, proved_at=_seconds(house.now())))


def is_proved(work: Work, house: House, ticket: Ticket) -> bool:
    """Return whether that happened in the last minutes of this session; signing in does not count."""
    box = open_staff_box(work, house, ticket)
    return box is not None and _seconds(house.now()) - box.proved_at < LASTS.total_seconds()


def _seconds(moment: datetime) -> int:
    return int(moment.replace(tzinfo=UTC).timestamp())
