"""What somebody looks for, kept with their session, so that it stands in no address."""

from reporting.crypto.envelope import open_box, seal_box
from reporting.crypto.errors import CannotOpen
from reporting.services.house import House
from reporting.services.signing_in.sessions import Ticket, open_staff_box
from reporting.store.database import Work
from reporting.store.shred import StaffSession

QUERY_SIZE = 1024
QUERY_LABEL = "staff-query"


def keep_query(work: Work, ticket: Ticket, query: str) -> None:
    """Keep what somebody looks for; empty forgets it."""
    row = work.shred.get_one(StaffSession, ticket.id_hash)
    row.query = seal_box(ticket.secret, QUERY_LABEL, query.encode(), size=QUERY_SIZE) if query else None


def query_of(work: Work, house: House, ticket: Ticket) -> str:
    """Return what somebody looks for; empty where nothing is kept."""
    row = work.shred.get(StaffSession, ticket.id_hash)
    if row is None or row.query is None or open_staff_box(work, house, ticket) is None:
        return ""
    try:
        return open_box(ticket.secret, QUERY_LABEL, row.query).decode()
    except CannotOpen:
        return ""
