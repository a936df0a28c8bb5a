"""Settings from flags and environment, and the house that they open."""

import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import reduce, wraps
from typing import Any, cast

import click

from reporting.config import PREFIX, SETTINGS, Setting, Settings, misspelt
from reporting.services.house import House
from reporting.services.opening import open_house
from reporting.store.database import Stores

Command = Callable[..., Any]

PLACES = ("data", "keys")
STATISTICS_PASSPHRASE = PREFIX + "STATISTICS_PASSPHRASE"


def with_settings(*fields: str) -> Callable[[Command], Command]:
    """Give a command a flag for each of these settings, and `settings`, read from flags and environment.

    A flag outdoes its environment variable. Raises ConfigError when the command runs.
    """
    rows = [row for row in SETTINGS if row.field in fields]

    def decorate(command: Command) -> Command:
        @wraps(command)
        def run(**arguments: Any) -> Any:
            flags = {row.name: arguments.pop(row.field) for row in rows}
            return command(settings=read_settings(flags), **arguments)

        return reduce(lambda wrapped, row: _flag(row)(wrapped), reversed(rows), cast("Command", run))

    return decorate


def read_settings(flags: Mapping[str, str | None]) -> Settings:
    """Read every setting, flags first, and point out what looks like a slip of the keyboard."""
    own = {name: value for name, value in os.environ.items() if name != STATISTICS_PASSPHRASE}
    for sentence in misspelt(own):
        click.echo(sentence, err=True)
    return Settings.from_environment(own | {name: value for name, value in flags.items() if value})


@contextmanager
def opened(settings: Settings) -> Iterator[tuple[Stores, House]]:
    """Open the house for one command; raises as `open_house` does."""
    stores, house = open_house(settings)
    try:
        yield stores, house
    finally:
        stores.dispose()


def _flag(row: Setting) -> Callable[[Command], Command]:
    name = "--" + row.field.replace("_", "-")
    if row.default in {"yes", "no"}:
        return click.option(name, row.field, flag_value="yes", default=None, help=row.sentence)
    return click.option(name, row.field, metavar=row.field.upper(), help=row.sentence)
