"""`reporting audit`: both chains, checked link by link, and against what was noted outside; and the books of funds."""

from pathlib import Path
from typing import Final

import click

from reporting.cli import Refusal
from reporting.cli.opening import PLACES, opened, with_settings
from reporting.config import Settings
from reporting.domain.oversight.checkpoint import LONGEST, Checkpoint, NotACheckpoint
from reporting.services.evidence.receipts import NotWhole, Receipt, find_receipt
from reporting.services.oversight.audit import DAY_CHAIN, Finding
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


@audit.command()
@click.argument("digest", metavar="SHA256")
@click.argument("salt", metavar="SALT")
@click.option(
    "--checkpoint",
    "kept",
    multiple=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A checkpoint that was kept elsewhere; may be given several times.",
)
@with_settings(*PLACES)
def receipt(settings: Settings, digest: str, salt: str, kept: tuple[Path, ...]) -> None:
    """Say on which day a piece of evidence was received, from its SHA256 and SALT, as her copy shows them.

    With checkpoints it says which of them were signed later and still fit: they prove that the piece was here then, as
    it is. Nothing is learned of a piece by whoever does not have both.
    """
    checkpoints = [_read(path) for path in kept]
    with opened(settings) as (stores, house), reading(stores) as work:
        try:
            found = find_receipt(work, house, digest, salt, checkpoints)
        except ValueError:
            raise Refusal("SHA256 has 64 and SALT has 32 characters, each 0 to 9 or a to f.") from None
        except NotWhole as error:
            for finding in error.findings:
                click.echo(_line(finding))
            raise Refusal("The record was changed past the program, so that it proves nothing.") from None
    if found is None:
        raise Refusal("The record names no piece with this SHA256 and this SALT.")
    click.echo("\n".join(_receipt_lines(found, given=bool(kept))))


def _receipt_lines(found: Receipt, *, given: bool) -> list[str]:
    if found.place is None:
        return [f"Received on {found.day.isoformat()}; it has its place in the record from tomorrow."]
    lines = [f"Received on {found.day.isoformat()}; place {found.place} of {DAY_CHAIN}."]
    lines += [f"Covered by the checkpoint of {day.isoformat()}." for day in found.covered_on]
    if given and not found.covered_on:
        lines.append("Each of these checkpoints is older than its place.")
    return lines


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
