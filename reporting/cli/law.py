"""`reporting law`: what the law of a country says, as one file for each version."""

import json
from pathlib import Path

import click

from reporting.cli import Refusal
from reporting.cli.opening import PLACES, opened, with_settings
from reporting.config import Settings
from reporting.domain.canonical import Unreadable
from reporting.domain.declared import Unfit
from reporting.domain.help.legal_profile import LARGEST, LegalProfile
from reporting.services.errors import AlreadyInForce
from reporting.services.help.legal_profiles import add_version, altered, newest_versions, numbered
from reporting.store.database import reading, writing

File = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.group()
def law() -> None:
    """List, show and import what the law of a country says."""


@law.command("list")
@with_settings(*PLACES)
def list_(settings: Settings) -> None:
    """List the newest version of each country, the one that ends first on top."""
    with opened(settings) as (stores, house), reading(stores) as work:
        wrong = altered(work)
        for one in newest_versions(work):
            over = "" if one.profile.is_valid_on(house.today()) else "  OVER: claims nothing"
            mark = "  ALTERED past the program: not as it was added" if one.number in wrong else ""
            day = one.profile.valid_until
            click.echo(f"{one.number:>4}  {one.profile.country}  until {day}  {one.profile.reviewer}{over}{mark}")


@law.command()
@click.argument("number", type=click.IntRange(min=1))
@with_settings(*PLACES)
def show(settings: Settings, number: int) -> None:
    """Write out a version, in the form that `import` reads."""
    with opened(settings) as (stores, _), reading(stores) as work:
        found = numbered(work, number)
    if found is None:
        raise Refusal(f"There is no version {number}; `reporting law list` lists the newest ones.")
    click.echo(json.dumps(json.loads(found.profile.to_bytes()), ensure_ascii=False, indent=2))


@law.command("import")
@click.argument("file", type=File)
@with_settings(*PLACES)
def import_(settings: Settings, file: Path) -> None:
    """Add a version from a file; it counts from now on. No version is ever changed or deleted."""
    profile = _read(file)
    with opened(settings) as (stores, house), writing(stores) as work:
        try:
            number = add_version(work, house, profile).number
        except Unfit as unfit:
            raise Refusal("\n".join(unfit.problems)) from None
        except AlreadyInForce:
            raise Refusal(f"Exactly this is what {profile.country} has already.") from None
    click.echo(f"Version {number} says what the law of {profile.country} says, until {profile.valid_until}.")


def _read(file: Path) -> LegalProfile:
    with file.open("rb") as opened_file:
        content = opened_file.read(2 * LARGEST + 1)
    if len(content) > 2 * LARGEST:
        raise Refusal(f"{file.name} is too large: at most {2 * LARGEST} bytes are read.")
    try:
        return LegalProfile.from_bytes(content)
    except Unreadable as error:
        raise Refusal(f"{file.name} is no legal profile: {error}. `reporting law show` writes one out.") from None
