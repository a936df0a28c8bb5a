"""`reporting directory`: the services that help, as files of the Human Services Data Specification (HSDS) 3.0."""

from collections.abc import Callable, Iterator
from pathlib import Path

import click

from reporting.cli import Refusal
from reporting.cli.opening import PLACES, opened, with_settings
from reporting.config import Settings
from reporting.domain.directory.checking import Faulty
from reporting.domain.directory.difference import Difference
from reporting.domain.directory.tables import Row
from reporting.services.errors import DirectoryChanged
from reporting.services.help.directory import SEEDS, load_shipped
from reporting.services.help.exchange import compare, put_in, take_out_nested, take_out_tables
from reporting.services.help.packages import Source, read_source
from reporting.store.database import reading, writing
from reporting.store.directory import read_records

Place = click.Path(exists=True, path_type=Path)
_LONGEST_SHOWN = 60
_MOST_SHOWN = 200


@click.group()
def directory() -> None:
    """Load what ships, check, import and export the directory of services."""


@directory.command()
@click.argument("name", type=click.Choice(tuple(SEEDS)))
@with_settings(*PLACES)
def load(settings: Settings, name: str) -> None:
    """Put services that ship into the directory; what is there already stays as it is."""
    with opened(settings) as (stores, house), writing(stores) as work:
        added = load_shipped(work, house, name)
    click.echo(f"{_services(added)} added. None is checked yet: call each number before anybody relies on it.")


@directory.command()
@click.argument("path", type=Place)
@with_settings(*PLACES)
def check(settings: Settings, path: Path) -> None:
    """Say whether a folder, a zip archive, a CSV file or nested JSON can be imported, and everything that is wrong."""
    source = _read(path)
    with opened(settings) as (stores, _), reading(stores) as work:
        _compared(lambda: compare(work, source))
    click.echo(f"{len(source.found)} rows, and nothing is wrong.")


@directory.command(name="import")
@click.argument("path", type=Place)
@click.option("--dry-run", is_flag=True, help="Say what would change, and change nothing.")
@click.option("--remove-missing", is_flag=True, help="Remove rows that the file does not have.")
@click.option("--as-shown", metavar="CODE", help="Only if the difference is still the one that a dry run showed.")
@with_settings(*PLACES)
def import_(settings: Settings, path: Path, dry_run: bool, remove_missing: bool, as_shown: str | None) -> None:
    """Put a file into the directory: all of it, or, where anything is wrong, nothing."""
    source = _read(path)
    with opened(settings) as (stores, house):
        with reading(stores) as work:
            found = _compared(lambda: compare(work, source, removing=remove_missing))
            names = {row["id"]: row["name"] for row in read_records(work.main).get("service", ())}
        for line in _told(found, names):
            click.echo(line)
        if dry_run or found.is_empty:
            click.echo("Nothing was written." if found.is_empty else _how_to_go_on(found))
            return
        with writing(stores) as work:
            digest = as_shown or found.digest
            _compared(lambda: put_in(work, house, source, digest, removing=remove_missing))
    click.echo("The directory is as shown.")


@directory.command()
@click.option("--format", "kind", type=click.Choice(["csv", "json"]), required=True, help="Tables, or one nested file.")
@click.argument("path", type=click.Path(path_type=Path))
@with_settings(*PLACES)
def export(settings: Settings, kind: str, path: Path) -> None:
    """Write the whole directory into a new folder of CSV files, or a new file of nested JSON."""
    if path.exists():
        raise Refusal(f"{path} is there already; name a place that does not exist yet.")
    with opened(settings) as (stores, _), reading(stores) as work:
        if kind == "json":
            path.write_bytes(take_out_nested(work))
        else:
            path.mkdir()
            for name, content in take_out_tables(work).items():
                (path / name).write_bytes(content)
        count = len(read_records(work.main).get("service", ()))
    click.echo(f"{_services(count)} written to {path}. It names whoever checked them: it is for colleagues.")


def _read(path: Path) -> Source:
    try:
        return read_source(path)
    except Faulty as faulty:
        raise _refusal(faulty) from None


def _compared(act: Callable[[], Difference]) -> Difference:
    try:
        return act()
    except Faulty as faulty:
        raise _refusal(faulty) from None
    except DirectoryChanged:
        said = "The directory has changed since this was compared, and nothing was written. Look at a dry run again."
        raise Refusal(said) from None


def _refusal(faulty: Faulty) -> Refusal:
    lines = [str(fault) for fault in faulty.faults]
    more = faulty.count - len(lines)
    return Refusal("\n".join([*lines, f"And {more} more."] if more else lines))


def _told(found: Difference, names: dict[str, str]) -> Iterator[str]:
    """Say what a file would do: counts first, then each row, then each field."""
    added = [(table, row) for table, rows in found.added.items() for row in rows]
    missing = [(table, row) for table, rows in found.missing.items() for row in rows]
    goes = "go" if found.removing else "stay"
    yield f"{len(added)} added, {len(found.changed)} changed, {found.unchanged} unchanged."
    if missing:
        yield f"{len(missing)} are not in the file and {goes}."
    lines = [f"+ {_row(table, row)}" for table, row in added]
    for change in found.changed:
        lines.append(f"~ {_row(change.table, change.after)}")
        lines += [f"    {name}: {_short(before)} -> {_short(after)}" for name, before, after in change.fields()]
    lines += [f"- {_row(table, row)}" for table, row in missing] if found.removing else []
    yield from lines[:_MOST_SHOWN]
    if len(lines) > _MOST_SHOWN:
        yield f"… and {len(lines) - _MOST_SHOWN} more lines."
    for one in found.claimed:
        said = f"people will read that it was checked by us on {one.checked_on}; the file says so, by {one.checked_by}."
        yield f"! {_short(one.name)}: {_short(said, 2 * _LONGEST_SHOWN)}"
    for service_id in found.unchecked:
        yield f"! {names.get(service_id, service_id)} has to be checked again: people would reach something else."


def _how_to_go_on(found: Difference) -> str:
    return f"Nothing was written. To do exactly this, add --as-shown {found.digest} in the place of --dry-run."


def _row(table: str, row: Row) -> str:
    word = next((row[name] for name in ("name", "number", "address_1", "code") if name in row), "")
    return f"{table} {row['id']} {_short(word) if word else ''}".rstrip()


def _short(value: str, most: int = _LONGEST_SHOWN) -> str:
    line = " ".join(value.split())
    return (line if len(line) <= most else line[: most - 1] + "…") or "-"


def _services(count: int) -> str:
    return "1 service" if count == 1 else f"{count} services"
