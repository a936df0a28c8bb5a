"""Shares of a recovery key on the screen: shown to one person after the other, and typed in again.

They are never written to a file, and never taken from a flag, which other accounts of the machine could read.
"""

import sys
from typing import Final

import click

from reporting.cli import Refusal
from reporting.crypto.errors import NotAShare, OtherShares, SameShare
from reporting.crypto.keys import KeyPair
from reporting.crypto.secret import Seed
from reporting.crypto.shares import Shares, split_seed

TRIES: Final = 5
PROOF: Final = 2
"""How many words at the end of a share its holder types back; they depend on all the others."""
COLUMNS: Final = 3


def hand_out(threshold: int, shares: int) -> bytes:
    """Draw a key, show its shares one after the other, and return the public half; the rest is gone."""
    seed = Seed.random()
    public_key = KeyPair.from_seed(seed).public_key
    click.echo(f"{shares} people come to this screen one after the other. Any {threshold} of them together can restore")
    click.echo("the access of a reader, and so read what that reader can. Each writes the share down by hand.")
    for number, share in enumerate(split_seed(seed, threshold, shares), start=1):
        click.prompt(f"Person {number} of {shares}: alone at the screen? Press Enter", default="", show_default=False)
        _show(number, shares, share)
    return public_key


def _show(number: int, shares: int, share: str) -> None:
    words = share.split()
    click.echo(f"\nShare {number} of {shares}:\n")
    numbered = [f"{place:>2}. {word:<12}" for place, word in enumerate(words, start=1)]
    for line in range(0, len(numbered), COLUMNS):
        click.echo("    " + "".join(numbered[line : line + COLUMNS]))
    for _ in range(TRIES):
        typed = str(click.prompt(f"\nType the last {PROOF} words from your note")).lower().split()
        if typed == words[-PROOF:]:
            _wipe()
            return
        click.echo("These are not the last words; compare your note with the screen.")
    raise Refusal("The share was not noted. Nothing was stored; begin anew, and destroy the notes that were made.")


def ask_for(threshold: int) -> Shares:
    """Ask for so many shares, each until it is right; a refusal where they end before."""
    shares, given = Shares(), 0
    while given < threshold:
        try:
            typed = str(click.prompt(f"Share {given + 1} of {threshold} that are needed"))
        except click.Abort:
            raise Refusal(f"{given} of {threshold} shares were given; nothing was opened.") from None
        problem = _taken(shares, typed)
        if problem:
            click.echo(problem)
        else:
            given += 1
            _wipe()
    return shares


def _taken(shares: Shares, typed: str) -> str:
    """Take one share; return what is wrong with it, empty where nothing is."""
    try:
        shares.add(typed)
    except NotAShare:
        return "A word of this share is wrong, missing or out of order. Please type it again."
    except OtherShares:
        return "This share belongs to another recovery key than the one before it. Please give another."
    except SameShare:
        return "This share was given already. Please give that of another person."
    return ""


def _wipe() -> None:
    """Take a share from the screen, and from what can be scrolled back to."""
    if sys.stdout.isatty():
        click.clear()
        click.echo("\x1b[3J", nl=False)
