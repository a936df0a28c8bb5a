"""`reporting keys`: the folder of keys, made once."""

import os
import sys

import click

from reporting.cli import Refusal
from reporting.cli.opening import PLACES, STATISTICS_PASSPHRASE, with_settings
from reporting.config import Settings
from reporting.crypto.keyring import Keyring
from reporting.crypto.passphrases import MINIMUM_LENGTH, Weakness, weakness
from reporting.crypto.phrases import draw_passphrase

WEAK = {
    Weakness.TOO_SHORT: f"The statistics passphrase is too short; choose one of at least {MINIMUM_LENGTH} characters.",
    Weakness.TOO_LONG: "The statistics passphrase is too long; choose a shorter one.",
    Weakness.COMMON: "The statistics passphrase is easy to guess; choose another, or leave it empty to have one drawn.",
}


@click.group()
def keys() -> None:
    """Make the keys of this instance."""


@keys.command()
@with_settings(*PLACES)
def init(settings: Settings) -> None:
    """Make the keys, once; existing ones are never overwritten.

    The statistics passphrase opens the figures, not the reports. It is asked for, or taken from
    REPORTING_STATISTICS_PASSPHRASE; left empty, one is drawn and shown this once.
    """
    given = _given_passphrase()
    why = weakness(given, [settings.site_name]) if given else None
    if why is not None:
        raise Refusal(WEAK[why])
    passphrase = given or draw_passphrase()
    Keyring.create(settings.keys, passphrase)
    click.echo(f"The keys are in {settings.keys}. Keep a copy of this folder apart from the database.")
    if not given:
        click.echo(f"Statistics passphrase, shown only now: {passphrase}")


def _given_passphrase() -> str:
    """Return the passphrase of the environment or of the person at the keyboard; empty where there is neither."""
    given = os.environ.get(STATISTICS_PASSPHRASE, "")
    if given or not sys.stdin.isatty():
        return given
    return str(
        click.prompt(
            "Statistics passphrase (empty: draw one)",
            default="",
            hide_input=True,
            show_default=False,
            confirmation_prompt="The same again",
        )
    )
