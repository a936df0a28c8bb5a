"""`reporting audit`: both chains, checked link by link, and against what was noted outside; and the books of funds."""

from pathlib import Path
from typing import Final

import click

from reporting.cli import Refusal
from reporting.cli.opening import PLACES, opened, with_settings
from reporting.config import Settings
from reporting.domain.oversight.checkpoint import LONGEST, Checkpoint, NotACheckpoint
from reporting.services.oversight.audit import Finding
from reporting.services.oversight.audit import verify as verify_chains
from reporting.services.oversight.checkpoints import compare, make_checkpoint, read_checkpoint
from reporting.store.database import reading, writing
from reporting.store.fund_ledger import unbalanced

_SAYS: Final = {
    "gone since": "was there when the checkpoint was made and is gone",
    "rewritten since": "was rewritten since the checkpoint, past the program",
    "another key": "the checkpoint was signed with another instance key",
}


@click.group()
def audit() -> None:
    """Check that nothing was altered."""


@audit.command()
@click.option(
    "--against", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="A checkpoint that you kept."
)
@with_settings(*PLACES)
def verify(settings: Settings, against: Path | None) -> None:
    """Check both audit chains and the books of the funds; ends with 1 and names each place where something is wrong.

    With --against, check also that they extend a checkpoint: nobody who rewrote the whole record, or put an older
    state of it back, can make it fit the copy that you kept.
    """
    checkpoint = _read(against) if against else None
    with opened(settings) as (stores, house), reading(stores) as work:
        findings = verify_chains(work, house)
        if checkpoint is not None:
            findings += compare(work, house, checkpoint)
        lines = [_line(finding) for finding in findings]
        lines += [f"fund_transactions {one.hex()}: its entries do not sum to zero" for one in unbalanced(work.main)]
    for line in lines:
        click.echo(line)
    if lines:
        raise Refusal("Somebody or something changed the record past the program; compare it with your backups.")
    click.echo("Both chains are whole.")
    if checkpoint is not None:
        click.echo(f"They extend the checkpoint of {checkpoint.day.isoformat()}.")


@audit.command()
@with_settings(*PLACES)
def checkpoint(settings: Settings) -> None:
    """Write a signed checkpoint of both chains, to be kept on another machine or on paper.

    It holds no event and no name: only where the chains stand, the public key of this instance, and its signature.
    """
    with opened(settings) as (stores, house):
        with writing(stores) as work:
            text = make_checkpoint(work, house, None)
        click.echo(text, nl=False)


def _read(path: Path) -> Checkpoint:
    with path.open("rb") as file:
        content = file.read(LONGEST + 1)
    try:
        return read_checkpoint(content.decode("ascii"))
    except (NotACheckpoint, UnicodeDecodeError):
        raise Refusal(f"{path} is no whole checkpoint, or it was changed since it was signed.") from None


def _line(finding: Finding) -> str:
    place = finding.chain if finding.seq is None else f"{finding.chain} {finding.seq}"
    if finding.until is not None and finding.until != finding.seq:
        place += f" to {finding.until}"
    return f"{place}: {_SAYS.get(finding.what, finding.what)}"
