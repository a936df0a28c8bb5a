"""`reporting demo`: an instance with fictional people, for looking around, for tests and for pictures."""

import shlex
import sys
from pathlib import Path

import click
from pyotp import TOTP

from reporting.cli import Refusal
from reporting.cli.listening import BACKLOG, address_of, become_server, reserve
from reporting.cli.opening import read_settings
from reporting.config import Settings
from reporting.demo.folder import Demonstration, find, is_empty, keep, within
from reporting.demo.making import make
from reporting.domain.factors import STEP_SECONDS


@click.group(invoke_without_command=True)
@click.pass_context
@click.option("--host", default="127.0.0.1", show_default=True, help="An address of this machine only.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(0, 65535), help="0 takes a free one.")
@click.option("--data", default="data", show_default=True, type=click.Path(path_type=Path), help="Where it is kept.")
@click.option("--json", "as_json", is_flag=True, help="Print one line of JSON instead of a page to read.")
def demo(context: click.Context, host: str, port: int, data: Path, as_json: bool) -> None:
    """Serve a demonstration with fictional people; it is made at the first start and kept."""
    settings = within(read_settings({"REPORTING_DATA": str(data.absolute()), "REPORTING_HOST": host}))
    if context.invoked_subcommand is not None:
        context.obj = settings
        return
    if not settings.on_loopback:
        raise Refusal(
            "A demonstration is for this machine alone; leave --host out, and use `reporting serve` to serve."
        )
    with reserve(host, port) as listener:
        shown = _made(settings, quiet=as_json) if is_empty(settings.data) else find(settings)
        listener.listen(BACKLOG)  # so that whoever reads the address can connect at once
        url = address_of(listener)
        click.echo(shown.as_json(url=url) if as_json else _page(shown, url, settings))
        become_server(settings, listener)


@demo.command()
@click.argument("username")
@click.pass_obj
def code(settings: Settings, username: str) -> None:
    """Show the code that this invented person's authenticator app shows now."""
    found = find(settings).account(username.strip().lower())
    if found is None:
        raise Refusal(f"Nobody here is called {username}; `reporting demo` shows the names.")
    if not found.second_factor:
        raise Refusal(f"{username} signs in with the passphrase alone; another role is asked for a code.")
    click.echo(TOTP(found.second_factor, interval=STEP_SECONDS).now())


def _made(settings: Settings, *, quiet: bool) -> Demonstration:
    if not quiet:
        click.echo("Making a demonstration; this takes a few seconds.", err=True)
    settings.data.mkdir(mode=0o700, parents=True, exist_ok=True)
    made = make(settings)
    keep(settings.data, made)
    return made


def _page(shown: Demonstration, url: str, settings: Settings) -> str:
    accounts = [f"  {a.username:<18}{a.role:<20}{a.office:<24}{a.passphrase}" for a in shown.accounts]
    example = next(a.username for a in shown.accounts if a.second_factor or a is shown.accounts[-1])
    others = [f"  {what:<38}{token}" for what, token in shown.other_tokens.items()]
    return "\n".join(
        [
            f"Harbour, with fictional people, at {url}",
            "",
            f"Come back with this token, as someone who was answered:\n\n  {shown.token}\n",
            "She added evidence of each kind. elena.rusu and victor.munteanu read it under “Evidence” in the case",
            "“Remarks and pressure in a unit”.",
            "",
            f"Sign in at {url}en/staff as any of these people:",
            "",
            *accounts,
            "",
            "Whoever may be given cases is then asked for a code, which counts once and changes every half minute.",
            "In a second terminal, with the name of whoever signs in:",
            "",
            f"  {shlex.join([sys.argv[0], 'demo', '--data', str(settings.data), 'code', example])}",
            "",
            "More tokens:",
            *others,
            f"  {'statistics passphrase':<38}{shown.statistics_passphrase}",
            "",
            f"Everything is in {settings.data}; remove this folder to begin anew. Ctrl-C ends.",
        ]
    )
