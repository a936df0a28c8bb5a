"""`reporting retention`: what ends by itself."""

from dataclasses import replace
from pathlib import Path

import click

from reporting.cli import Refusal
from reporting.cli.opening import PLACES, opened, with_settings
from reporting.config import Settings
from reporting.services.oversight import retention as service
from reporting.services.sealed.unrecoverable import look_at_copy
from reporting.store.database import open_copy, reading, truncate_log, writing


@click.group()
def retention() -> None:
    """End what is due to end."""


@retention.command()
@click.option("--dry-run", is_flag=True, help="Only say what would end, by class; no case is named.")
@with_settings(*PLACES)
def run(settings: Settings, dry_run: bool) -> None:
    """Erase the cases whose day has come, and drop expired drafts, sessions, codes and counters."""
    with opened(settings) as (stores, house):
        if dry_run:
            with reading(stores) as work:
                lines = [f"{what}: {count}" for what, count in service.forecast(work, house).items()]
            click.echo("\n".join([*lines, "Nothing was changed."]))
            return
        with writing(stores) as work:
            swept = service.run(work, house)
        truncate_log(stores.shred)
    click.echo(", ".join(f"{name.replace('_', ' ')}: {count}" for name, count in vars(swept).items()))


@retention.command()
@click.argument("copy", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@with_settings(*PLACES)
def prove(settings: Settings, copy: Path) -> None:
    """Prove on an old COPY of the main SQLite database that what was erased since opens from it no more.

    The copy is opened beside the live shred store, as after a restore. Nothing is changed and no case is named.
    """
    engine = open_copy(copy)
    try:
        with opened(settings) as (stores, _), reading(stores) as work, reading(replace(stores, main=engine)) as old:
            found = look_at_copy(work, old)
    finally:
        engine.dispose()
    click.echo(f"cases in the copy: {found.cases}, of them erased since: {found.erased}")
    click.echo(f"grants of those: {found.grants}, of them with a key left: {found.with_key}")
    if found.with_key:
        raise Refusal("Something that was erased still has a key; look at the shred store that is in use here.")
    click.echo("None of what was erased opens from this copy.")
