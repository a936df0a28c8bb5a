"""The directory of services: what pages and referrals read, and putting the entries that ship into it."""

from functools import cache

from reporting.domain.audit import StaffEvent
from reporting.domain.directory.international import INTERNATIONAL
from reporting.domain.directory.listing import Directory, listed_in
from reporting.domain.directory.moldova import MOLDOVA
from reporting.domain.directory.seed import records_of
from reporting.domain.directory.tables import Records
from reporting.services.house import House
from reporting.services.oversight.audit import record_staff
from reporting.store.database import Work
from reporting.store.directory import put_records, read_records

SEEDS = {"international": INTERNATIONAL, "moldova": MOLDOVA}
"""The sets of entries that ship, by name."""


def directory_of(work: Work) -> Directory:
    """Return every active service in the directory."""
    return listed_in(read_records(work.main))


@cache
def shipped_directory() -> Directory:
    """Return the worldwide services that ship: shown when no database answers, so that help never depends on one."""
    return listed_in(records_of(INTERNATIONAL))


def shipped_records(name: str) -> Records:
    """Return the rows of one of the sets that ship."""
    return records_of(SEEDS[name])


def load_shipped(work: Work, house: House, name: str, actor_id: bytes | None = None) -> None:
    """Put one of the sets that ship into the directory; loading it again changes only what it brought."""
    put_records(work.main, shipped_records(name))
    record_staff(work, house, StaffEvent.DIRECTORY_CHANGED, actor_id=actor_id)
