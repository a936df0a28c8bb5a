"""The directory of the demonstration: most of it checked by nobody, some lately, some so long ago that it is hidden.

Every check here is invented; the pages say so.
"""

from datetime import timedelta
from uuid import UUID

from reporting.demo.stage import Stage
from reporting.domain.directory.checks import How, checked_rows
from reporting.domain.directory.seed import Entry, service_id_of
from reporting.domain.directory.tables import Row
from reporting.services.actors import StaffMember
from reporting.services.help.directory import SEEDS
from reporting.services.help.editing import check, find_entry
from reporting.services.house import House
from reporting.store.database import Work, writing
from reporting.store.directory import put_records, read_records

EDITOR = "lucia.botezatu"
BROUGHT_ALONG = {"Women's Law Centre": 400, "Line for refugee women": 200}
"""What the office checked before it had Harbour, so many days ago."""
LATELY = {
    12: ("Family Justice Centre", "National Legal Aid Council (CNAJGS), Chisinau"),
    3: ("112", "La Strada trust line for women"),
}


def brought_along(stage: Stage) -> None:
    """Put the checks into the directory that were made before the house opened, as an import would."""
    with writing(stage.stores) as work:
        for row in read_records(work.main)["service"]:
            days = BROUGHT_ALONG.get(row["name"])
            if days is not None:
                _put_check(work, stage, row, days)


def _put_check(work: Work, stage: Stage, row: Row, days: int) -> None:
    day = (stage.calendar.start - timedelta(days=days)).date()
    put_records(work.main, checked_rows(row, day, "Lucia Botezatu", How.CALLED))


def checked_lately(stage: Stage) -> None:
    """Let the editor call some of them."""
    for days, names in LATELY.items():
        stage.calendar.go_to(days, working=True)
        for name in names:
            stage.do(_check, stage.members[EDITOR], _entry(name))


def _entry(name: str) -> bytes:
    known: dict[str, Entry] = {entry.name: entry for entries in SEEDS.values() for entry in entries}
    return UUID(service_id_of(known[name])).bytes


def _check(work: Work, house: House, member: StaffMember, entry_id: bytes) -> None:
    check(work, house, member, entry_id, find_entry(work, house, member, entry_id).version, How.CALLED)
