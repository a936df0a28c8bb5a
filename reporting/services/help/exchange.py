"""Files into the directory and out of it: compared first, then all or nothing, and noted in the record."""

from reporting.domain.directory.difference import Difference, difference
from reporting.domain.directory.nested import as_json, document
from reporting.domain.directory.tables import TABLES, Row
from reporting.domain.directory.tabular import Files, write_tables
from reporting.domain.oversight.audit import StaffEvent
from reporting.services.errors import DirectoryChanged
from reporting.services.help.packages import Source
from reporting.services.house import House
from reporting.services.oversight.audit import record_staff
from reporting.store.database import Work
from reporting.store.directory import lock_directory, put_records, read_records, remove_records


def compare(work: Work, source: Source, *, removing: bool = False) -> Difference:
    """Return what a file would change, and change nothing.

    :param removing: whether rows that the file does not have would go.
    :raises Faulty: the file, or the directory that it would make, breaks a rule.
    """
    return difference(read_records(work.main), source.found, source.faults, source.covers, removing=removing)


def put_in(
    work: Work, house: House, source: Source, digest: str, *, removing: bool = False, actor_id: bytes | None = None
) -> Difference:
    """Do what a comparison showed, all of it.

    :param digest: of the difference that somebody saw.
    :raises Faulty: as `compare` does.
    :raises DirectoryChanged: somebody has changed the directory since, and the difference is another now.
    """
    lock_directory(work.main)
    found = compare(work, source, removing=removing)
    if found.digest != digest:
        raise DirectoryChanged
    put_records(work.main, _written(found))
    remove_records(work.main, {table: frozenset(row["id"] for row in rows) for table, rows in found.gone.items()})
    record_staff(work, house, StaffEvent.DIRECTORY_IMPORTED, actor_id=actor_id)
    return found


def take_out_tables(work: Work) -> Files:
    """Return the whole directory as the files of a tabular data package."""
    return write_tables(read_records(work.main))


def take_out_nested(work: Work) -> bytes:
    """Return the whole directory as one document of nested JSON."""
    return (as_json(document(read_records(work.main))) + "\n").encode()


def _written(found: Difference) -> dict[str, list[Row]]:
    rows = {table: list(found.added.get(table, ())) for table in TABLES}
    for change in found.changed:
        rows[change.table].append(change.after)
    return rows
