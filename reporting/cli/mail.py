"""`reporting mail`: whether the mail server takes the daily note."""

from datetime import UTC, datetime

import click

from reporting.cli import Refusal
from reporting.cli.opening import PLACES, with_settings
from reporting.config import Settings
from reporting.domain.organisation.mail import is_address
from reporting.services.organisation.mail import NotSent, send_note, server_of


@click.group()
def mail() -> None:
    """Try the mail server."""


@mail.command()
@click.argument("address")
@click.option("--language", default="en", show_default=True, help="The language of the note.")
@with_settings(*PLACES)
def test(settings: Settings, address: str, language: str) -> None:
    """Send the daily note to an address, exactly as everybody who handles cases gets it."""
    server = server_of(settings)
    if server is None:
        raise Refusal("This instance sends no mail; set REPORTING_MAIL_HOST and the settings beside it.")
    if not is_address(address):
        raise Refusal(f"{address} is no plain mail address, such as name@example.org.")
    try:
        send_note(server, address, language, datetime.now(UTC))
    except NotSent as failure:
        raise Refusal(
            f"The note was not taken: {failure.why}; check the REPORTING_MAIL_ settings and the server's certificate."
        ) from None
    click.echo(f"{server.host} took the note for {address}.")
