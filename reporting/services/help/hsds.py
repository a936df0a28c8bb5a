"""The directory as the read API of HSDS gives it out: what everybody may read, nested as the specification says."""

from sqlalchemy.exc import SQLAlchemyError

from reporting.domain.directory.nested import Nest
from reporting.domain.directory.showing import shown_records
from reporting.services.help.directory import is_demo, shipped_records
from reporting.services.help.kept import kept
from reporting.services.house import House
from reporting.store.database import Stores, Work, reading
from reporting.store.directory import read_records


def shown_nest(work: Work, house: House) -> Nest:
    """Return the rows that everybody may read today, by the one rule of `showing`."""
    today, demo = house.today(), is_demo(work)
    return kept(work, ("nest", today, demo), lambda: Nest(shown_records(read_records(work.main), today, demo=demo)))


def nest_at_hand(stores: Stores, house: House) -> Nest:
    """Return what everybody may read; what ships, where no database answers or nothing is in the directory yet."""
    try:
        with reading(stores) as work:
            found = shown_nest(work, house)
            if found.by_id["service"]:
                return found
    except SQLAlchemyError:
        pass  # help does not wait for a database
    return Nest(shown_records(shipped_records("international"), house.today()))
