"""`reporting audit`: both chains, checked link by link."""

import click

from reporting.cli import Refusal
from reporting.cli.opening import PLACES, opened, with_settings
from reporting.config import Settings
from reporting.services.audit import Finding
from reporting.services.audit import verify as verify_chains
from reporting.store.database import reading


@click.group()
def audit() -> None:
    """Check that nothing was altered."""


@audit.command()
@with_settings(*PLACES)
def verify(settings: Settings) -> None:
    """Check both audit chains; ends with 1 and names each place where something is wrong."""
    with opened(settings) as (stores, house), reading(stores) as work:
        findings = verify_chains(work, house)
    for finding in findings:
        click.echo(_line(finding))
    if findings:
        raise Refusal("Somebody or something changed the record past the program; compare it with your backups.")
    click.echo("Both chains are whole.")


def _line(finding: Finding) -> str:
    place = finding.chain if finding.seq is None else f"{finding.chain} {finding.seq}"
    return f"{place}: {finding.what}"
