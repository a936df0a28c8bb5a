"""`reporting serve`: this instance, by gunicorn, with the chores beside it."""

import click

from reporting.cli import Refusal
from reporting.cli.listening import address_of, become_server, reserve
from reporting.cli.opening import opened, with_settings
from reporting.config import SECRET, SETTINGS, Settings
from reporting.services.opening import files_are_away


@click.command()
@with_settings(*(row.field for row in SETTINGS if row.field not in SECRET))
def serve(settings: Settings) -> None:
    """Serve this instance until SIGTERM or Ctrl-C; requests in progress have five seconds to end."""
    if not settings.plain_http_is_safe:
        raise Refusal(
            f"Plain HTTP at {settings.host} could be read on its way; put a proxy with TLS in front and run "
            "`reporting serve --behind-proxy`, or serve an onion address with --onion, or leave --host out."
        )
    # Keys and databases are refused here, in words, and not by a worker that dies.
    with opened(settings) as (stores, _house):
        if files_are_away(stores):
            click.echo(
                "The blob store is empty, but the database knows sealed files. Is its disk mounted? Words are taken "
                "all the same, and a file that is added now lies in the empty place.",
                err=True,
            )
    with reserve(settings.host, settings.port) as listener:
        click.echo(f"Listening at {address_of(listener)}", err=True)
        become_server(settings, listener)
