"""`reporting chores`: timed work, once or again and again."""

import os
import signal
import threading
from types import FrameType

import click

from reporting.cli.opening import PLACES, opened, with_settings
from reporting.config import Settings
from reporting.services import chores as service
from reporting.services.house import House
from reporting.store.database import Stores

PARENT_LOOK_SECONDS = 1.0


@click.group()
def chores() -> None:
    """Do timed work that is due."""


@chores.command()
@click.option("--every", type=click.IntRange(min=1), metavar="SECONDS", help="Go on, with this long between rounds.")
@click.option("--while-parent", type=int, hidden=True, help="End when this process is no longer the parent.")
@with_settings(*PLACES)
def run(settings: Settings, every: int | None, while_parent: int | None) -> None:
    """Do every chore that is due, and say how each ended."""
    with opened(settings) as (stores, house):
        if every is None:
            for name, outcome in service.run_due(stores, house).items():
                click.echo(f"{name}: {outcome}")
        else:
            _go_on(stores, house, every, while_parent)


def _go_on(stores: Stores, house: House, every: int, parent: int | None) -> None:
    """Do rounds until a signal or the parent's end; a chore in progress is finished first."""
    ended = threading.Event()

    def end(_signal: int, _frame: FrameType | None) -> None:
        ended.set()

    for wanted in (signal.SIGTERM, signal.SIGINT):
        signal.signal(wanted, end)
    while not _is_over(ended, parent):
        _round(stores, house)
        _wait(ended, every, parent)


def _round(stores: Stores, house: House) -> None:
    try:
        service.run_due(stores, house)
    except Exception as error:  # noqa: BLE001 - a full disk or a busy database today must not end the chores of tomorrow
        click.echo(f"A chore failed with {type(error).__name__} and is tried again.", err=True)


def _wait(ended: threading.Event, seconds: float, parent: int | None) -> None:
    """Wait, looking now and then whether the parent was killed without a word."""
    while seconds > 0 and not _is_over(ended, parent):
        ended.wait(min(seconds, PARENT_LOOK_SECONDS))
        seconds -= PARENT_LOOK_SECONDS


def _is_over(ended: threading.Event, parent: int | None) -> bool:
    return ended.is_set() or (parent is not None and os.getppid() != parent)
