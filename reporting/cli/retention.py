"""`reporting retention`: what ends by itself."""

import click

from reporting.cli.opening import PLACES, opened, with_settings
from reporting.config import Settings
from reporting.services import retention as service
from reporting.store.database import reading, truncate_log, writing


@click.group()
def retention() -> None:
    """End what is due to end."""


@retention.command()
@click.option("--dry-run", is_flag=True, help="Only say how many cases would be erased.")
@with_settings(*PLACES)
def run(settings: Settings, dry_run: bool) -> None:
    """Erase the cases whose day has come, and drop expired drafts, sessions, codes and counters."""
    with opened(settings) as (stores, house):
        if dry_run:
            with reading(stores) as work:
                click.echo(f"{service.due(work, house)} cases are due to be erased; nothing was changed.")
            return
        with writing(stores) as work:
            swept = service.run(work, house)
        truncate_log(stores.shred)
    click.echo(", ".join(f"{name.replace('_', ' ')}: {count}" for name, count in vars(swept).items()))
