"""`reporting db`: the schema of both stores."""

import click

from reporting.cli.opening import PLACES, with_settings
from reporting.config import Settings
from reporting.services.opening import upgrade_house


@click.group()
def db() -> None:
    """Bring the databases to this release."""


@db.command()
@with_settings(*PLACES)
def upgrade(settings: Settings) -> None:
    """Migrate both stores forward; safe to repeat."""
    stores, _ = upgrade_house(settings)
    stores.dispose()
    click.echo("Both stores have the tables of this release.")
