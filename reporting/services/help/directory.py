"""The directory of services: what pages and referrals read, and putting the entries that ship into it."""

from contextlib import suppress
from functools import cache

from sqlalchemy.exc import SQLAlchemyError

from reporting.domain.directory.international import INTERNATIONAL
from reporting.domain.directory.listing import WORLDWIDE, Directory, listed_in
from reporting.domain.directory.moldova import MOLDOVA
from reporting.domain.directory.seed import records_of, service_id_of
from reporting.domain.directory.showing import shown
from reporting.domain.directory.tables import Records
from reporting.domain.oversight.audit import StaffEvent
from reporting.services.help.remembered import kept
from reporting.services.house import House
from reporting.services.oversight.audit import record_staff
from reporting.store.database import Stores, Work, reading
from reporting.store.directory import lock_directory, put_records, read_records
from reporting.store.settings import DEMO_MARK, get_setting

SEEDS = {"international": INTERNATIONAL, "moldova": MOLDOVA}
"""The sets of entries that ship, by name."""


def directory_of(work: Work) -> Directory:
    """Return every active service in the directory."""
    return kept(work, "directory", lambda: listed_in(read_records(work.main)))


def is_demo(work: Work) -> bool:
    """Return whether this is a demonstration, whose people and checks are invented and which says so."""
    return get_setting(work.main, DEMO_MARK) is not None


def shown_directory(work: Work, house: House) -> Directory:
    """Return the directory as everybody sees it today: pages, referrals and posters read it and no other."""
    today, demo = house.today(), is_demo(work)
    return kept(work, ("shown", today, demo), lambda: shown(directory_of(work), today, demo=demo))


def directory_at_hand(stores: Stores, house: House) -> Directory:
    """Return what everybody sees, and help from anywhere whatever happens.

    Where no database answers, or no entry is there for anybody anywhere, the worldwide services that ship are added,
    but for those that the directory knows: what the editor has changed or taken out stays so.
    """
    found = _answered(stores, house)
    if any(WORLDWIDE in one.areas for one in found.services):
        return found
    return Directory((*found.services, *shipped_at_hand(stores, house).services))


def shipped_at_hand(stores: Stores, house: House) -> Directory:
    """Return the worldwide services that ship, as everybody sees them, without those that the directory knows."""
    known = frozenset[str]()
    with suppress(SQLAlchemyError), reading(stores) as work:
        known = kept(work, "known", lambda: known_ids(read_records(work.main)))
    everything = shown(shipped_directory(), house.today()).services
    return Directory(tuple(one for one in everything if one.id not in known))


def known_ids(records: Records) -> frozenset[str]:
    """Return the ids of all services in the directory, those that are taken out as well."""
    return frozenset(row["id"] for row in records.get("service", ()))


def _answered(stores: Stores, house: House) -> Directory:
    try:
        with reading(stores) as work:
            return shown_directory(work, house)
    except SQLAlchemyError:
        return Directory(())


@cache
def shipped_directory() -> Directory:
    """Return the worldwide services that ship: shown when no database answers, so that help never depends on one."""
    return listed_in(records_of(INTERNATIONAL))


def shipped_records(name: str) -> Records:
    """Return the rows of one of the sets that ship."""
    return records_of(SEEDS[name])


def shipped_ids(name: str) -> frozenset[str]:
    """Return the ids of the services in one of the sets that ship."""
    return frozenset(service_id_of(entry) for entry in SEEDS[name])


def load_shipped(work: Work, house: House, name: str, actor_id: bytes | None = None) -> int:
    """Put those entries of a set that ships into the directory that are not there; return how many.

    What is there stays as it is: an editor may have changed it, checked it, or taken a number out of it.
    """
    lock_directory(work.main)  # nobody else loads them, or changes one that is just coming
    known = known_ids(read_records(work.main))
    added = [entry for entry in SEEDS[name] if service_id_of(entry) not in known]
    put_records(work.main, records_of(added))
    record_staff(work, house, StaffEvent.DIRECTORY_CHANGED, actor_id=actor_id)
    return len(added)
