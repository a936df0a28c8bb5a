"""`reporting pack`: the rules of an organisation, as one file with versions."""

from pathlib import Path

import click

from reporting.cli import Refusal
from reporting.cli.office import office_by
from reporting.cli.opening import PLACES, opened, with_settings
from reporting.config import Settings
from reporting.domain.declared import Unfit
from reporting.domain.organisation.comparison import differences
from reporting.domain.organisation.pack import LARGEST, Pack, parse
from reporting.services.errors import AlreadyInForce, DoesNotFit, NotFound
from reporting.services.organisation.packs import altered, numbered
from reporting.services.organisation.packs import load as load_pack
from reporting.store.database import reading, writing
from reporting.store.offices import names_of
from reporting.store.packs import all_packs, find_pack

File = click.Path(exists=True, dir_okay=False, path_type=Path)
_LONGEST_SHOWN = 70


@click.group()
def pack() -> None:
    """Check, load, show and compare policy packs."""


@pack.command()
@click.argument("file", type=File)
def check(file: Path) -> None:
    """Say whether a file can be loaded, and if not, everything that is wrong with it."""
    found = _read(file)
    click.echo(f"{found.title} is a policy pack with {len(found.definitions)} definitions, and nothing is wrong.")


@pack.command()
@click.argument("file", type=File)
@click.option("--office", "code", required=True, help="Code of the organisation: an office with none above it.")
@with_settings(*PLACES)
def load(settings: Settings, file: Path, code: str) -> None:
    """Put a file in force for an organisation; cases that are there keep the version under which they came."""
    content = _content(file)
    with opened(settings) as (stores, house), writing(stores) as work:
        office = office_by(work, code)
        try:
            version = load_pack(work, house, office.id, content)
        except Unfit as unfit:
            raise _unfit(unfit) from None
        except DoesNotFit:
            raise Refusal(f"{office.name} is no organisation: load the pack for the office at the top.") from None
        except AlreadyInForce:
            raise Refusal(f"Exactly this is in force for {office.name} already.") from None
        said = f"Version {version.number} is in force for {office.name}."
    click.echo(said)


@pack.command()
@click.argument("number", type=click.IntRange(min=1), required=False)
@with_settings(*PLACES)
def show(settings: Settings, number: int | None) -> None:
    """List every version, or write out one as it was loaded."""
    with opened(settings) as (stores, _), reading(stores) as work:
        if number is not None:
            row = find_pack(work.main, number)
            if row is None:
                raise Refusal(_no_version(number))
            click.echo(row.content.decode(), nl=False)
            return
        rows = all_packs(work.main)
        names = names_of(work.main, [row.organisation_id for row in rows if row.organisation_id])
        wrong = altered(work)
        for row in rows:
            owner = names[row.organisation_id] if row.organisation_id else "ships with the program"
            day = row.loaded_on.isoformat() if row.loaded_on else "-"
            mark = "  ALTERED past the program: not as it was loaded" if row.number in wrong else ""
            click.echo(f"{row.number:>4}  {day:<10}  {row.digest.hex()[:12]}  {owner}{mark}")


@pack.command()
@click.argument("before")
@click.argument("after")
@with_settings(*PLACES)
def compare(settings: Settings, before: str, after: str) -> None:
    """Say what differs between two packs; each is a file, or the number of a version."""
    found = differences(_named(settings, before), _named(settings, after))
    if not found:
        click.echo("Nothing differs.")
    for one in found:
        click.echo(f"{one.place}: {_short(one.before)} -> {_short(one.after)}")


def _named(settings: Settings, name: str) -> Pack:
    if not (name.isascii() and name.isdigit()):
        if not Path(name).is_file():
            raise Refusal(f"{name} is neither a file nor the number of a version.")
        return _read(Path(name))
    with opened(settings) as (stores, _), reading(stores) as work:
        try:
            return numbered(work, int(name[:9])).pack
        except NotFound:
            raise Refusal(_no_version(int(name[:9]))) from None


def _read(file: Path) -> Pack:
    try:
        return parse(_content(file))
    except Unfit as unfit:
        raise _unfit(unfit) from None


def _content(file: Path) -> bytes:
    """Return what is in a file, and no more than tells that it is too large."""
    with file.open("rb") as opened_file:
        return opened_file.read(LARGEST + 1)


def _unfit(unfit: Unfit) -> Refusal:
    return Refusal("\n".join(unfit.problems))


def _no_version(number: int) -> str:
    return f"There is no version {number}; `reporting pack show` lists them all."


def _short(value: str) -> str:
    """Return a value on one line, shortened; nothing reads as a dash."""
    line = " ".join(value.split())
    return (line if len(line) <= _LONGEST_SHOWN else line[: _LONGEST_SHOWN - 1] + "…") or "-"
