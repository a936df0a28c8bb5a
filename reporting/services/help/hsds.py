"""The directory as the read API of HSDS gives it out: what everybody may read, nested as the specification says."""

from datetime import date
from functools import lru_cache

from sqlalchemy.exc import SQLAlchemyError

from reporting.domain.directory.listing import WORLDWIDE
from reporting.domain.directory.nested import Nest
from reporting.domain.directory.showing import shown_records
from reporting.domain.directory.tables import TABLES, Records
from reporting.services.help.directory import is_demo, known_ids, shipped_records
from reporting.services.help.remembered import kept
from reporting.services.house import House
from reporting.store.database import Stores, Work, reading
from reporting.store.directory import read_records


def nest_at_hand(stores: Stores, house: House) -> Nest:
    """Return the rows that everybody may read today, by the one rule of `showing`, and help from anywhere.

    Where no database answers, or no entry is there for anybody anywhere, the worldwide services that ship are added,
    as on pages.
    """
    try:
        with reading(stores) as work:
            return _shown(work, house)
    except SQLAlchemyError:
        return _shipped(house.today())


def _shown(work: Work, house: House) -> Nest:
    today, demo = house.today(), is_demo(work)

    def make() -> Nest:
        records = read_records(work.main)
        rows = shown_records(records, today, demo=demo)
        return Nest(rows if _serves_anybody(rows) else _joined(shipped_shown(today, known_ids(records)), rows))

    return kept(work, ("nest", today, demo), make)


@lru_cache(maxsize=2)
def _shipped(today: date) -> Nest:
    return Nest(shipped_shown(today))


def shipped_shown(today: date, known: frozenset[str] = frozenset()) -> Records:
    """Return what everybody may read of the worldwide services that ship, but for those that the directory knows."""
    records = shipped_records("international")
    services = [{**row, "status": "inactive"} if row["id"] in known else row for row in records["service"]]
    return shown_records({**records, "service": services}, today)


def _serves_anybody(records: Records) -> bool:
    return any(row.get("extent") == WORLDWIDE for row in records.get("service_area", ()))


def _joined(first: Records, second: Records) -> Records:
    """Return the rows of both; of two with the same id, that of the second."""
    both = {table: (*first.get(table, ()), *second.get(table, ())) for table in TABLES}
    return {table: list({row["id"]: row for row in rows}.values()) for table, rows in both.items()}
