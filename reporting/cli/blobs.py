"""`reporting blobs`: the sealed files checked without opening one, and what nobody can open destroyed."""

import click

from reporting.cli import Refusal
from reporting.cli.opening import PLACES, opened, with_settings
from reporting.config import Settings
from reporting.services.evidence import collecting, verifying
from reporting.services.evidence.verifying import Finding, Wrong


@click.group()
def blobs() -> None:
    """Check the sealed files."""


@blobs.command()
@with_settings(*PLACES)
def verify(settings: Settings) -> None:
    """Check every sealed file against its row, without any key of a case; ends with 1 and names what is wrong.

    A line begins with the id of the file, which tells nothing of what it is or whose.
    """
    count = 0
    with opened(settings) as (stores, house):
        for finding in verifying.verify(stores, house):
            click.echo(line_of(finding))
            count += 1
    if count:
        raise Refusal("Something changed the sealed files past the program; compare with your backups.")
    click.echo("Every sealed file is whole.")


@blobs.command()
@click.option("--looked", is_flag=True, help="You have looked: these are the right databases. Collect what waits too.")
@with_settings(*PLACES)
def collect(settings: Settings, looked: bool) -> None:
    """Destroy what nobody can open any more, as the chore does each night."""
    with opened(settings) as (stores, house):
        try:
            done = collecting.collect(stores, house, looked=looked)
        except collecting.NotOurs:
            raise Refusal(
                "The blob store carries the mark of another instance; give each instance a folder or prefix of its own."
            ) from None
    click.echo(f"keys: {done.keys}, files: {done.files}, unfinished: {done.unfinished}")
    if done.waiting:
        click.echo(
            f"{done.waiting} wait until you have looked: was the main database restored from an older copy, or is this "
            "not the shred store that belongs to it? See docs/OPERATING.md, Restore."
        )


def line_of(finding: Finding) -> str:
    """Return one line about a finding: id and place, and never more than that."""
    return f"{finding.blob_id.hex()}: {_what(finding)}"


def _what(finding: Finding) -> str:
    until = f" to {finding.until}" if finding.until not in (None, finding.chunk) else ""
    chunk = f"chunk {finding.chunk}{until}"
    if finding.what is Wrong.CHUNK:
        return f"{chunk} {'were' if until else 'was'} altered".replace("chunk", "chunks" if until else "chunk")
    if finding.what is Wrong.MOVED:
        return f"{chunk} holds chunk {finding.chunk_of}"
    other = finding.other.hex() if finding.other is not None else ""
    if finding.what is Wrong.FOREIGN:
        return f"{chunk} holds chunk {finding.chunk_of} of {other}"
    if finding.what is Wrong.SWAPPED:
        return f"{other} lies in its place"
    return finding.what.value
