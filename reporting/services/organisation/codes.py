"""Short codes of posters and cards, of an office or of an event: each leads to one office, and none is given twice."""

import re
from typing import Final

from reporting.services.oversight.chains import STAFF_CHAIN
from reporting.store.audit import lock_head
from reporting.store.database import Work
from reporting.store.events import all_events, find_event_by_code
from reporting.store.offices import Office, all_offices, find_office, find_office_by_code

CODE: Final = re.compile(r"[a-z0-9-]{2,40}")


def office_of_code(work: Work, code: str) -> Office | None:
    """Return the office that a code leads to, upper or lower case alike.

    That of an event leads there before its first day and after its last as well: nobody finds the door shut.
    """
    office = find_office_by_code(work.main, code)
    if office is not None:
        return office
    event = find_event_by_code(work.main, code)
    return find_office(work.main, event.office_id) if event else None


def all_codes(work: Work) -> list[tuple[str, str]]:
    """Return every code with the name of its office or event: offices first, then events, the latest first."""
    offices = [(one.code, one.name) for one in all_offices(work.main) if not one.external]
    return offices + [(one.code, one.name) for one in all_events(work.main)]


def is_taken(work: Work, code: str) -> bool:
    """Return whether an office or an event has this code. Whoever asks next waits until this unit has ended.

    Giving a code away is recorded in any case, so both ask for the head of the record before they look.
    """
    lock_head(work.main, STAFF_CHAIN)
    return office_of_code(work, code) is not None
