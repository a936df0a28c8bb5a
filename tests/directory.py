"""Entries of the directory for tests: urgent help that somebody has checked, and entries of any age."""

from datetime import date, timedelta

from reporting.domain.directory.checks import How, checked_rows
from reporting.domain.directory.essentials import ESSENTIAL
from reporting.domain.directory.listing import WORLDWIDE
from reporting.domain.directory.seed import Entry, records_of, service_id_of
from reporting.domain.directory.taxonomies import Pathway
from reporting.store.database import Stores, writing
from reporting.store.directory import put_records
from tests.instance import Built

LUCIA = "Lucia Botezatu"


def add_entry(
    built: Built,
    name: str,
    *pathways: Pathway,
    area: str = WORLDWIDE,
    days: int | None = None,
    number: str = "+41 22 900 01 00",
) -> str:
    """Add an entry that was checked so many days ago, or never, and return its id."""
    entry = Entry(name, "Helps.", pathways or (Pathway.CRISIS,), numbers=((number, ""),), area=area)
    records = records_of((entry,))
    with writing(built.stores) as work:
        put_records(work.main, records)
        if days is not None:
            put_records(work.main, checked_rows(records["service"][0], day(built, days), LUCIA, How.CALLED))
    return service_id_of(entry)


def day(built: Built, days: int) -> date:
    """Return the day so many days ago."""
    return built.house.today() - timedelta(days=days)


def add_help(built: Built, area: str = WORLDWIDE) -> None:
    """Add the urgent services that an office needs before it opens, checked yesterday."""
    put_help(built.stores, day(built, 1), area)


def put_help(stores: Stores, checked_on: date, area: str = WORLDWIDE) -> None:
    """Add the same to an instance that runs from a folder."""
    entries = [Entry(f"Help with {one}", "Helps.", (one,), numbers=(("112", ""),), area=area) for one in ESSENTIAL]
    records = records_of(entries)
    with writing(stores) as work:
        put_records(work.main, records)
        for row in records["service"]:
            put_records(work.main, checked_rows(row, checked_on, LUCIA, How.CALLED))
