"""The command line `reporting`: keys, databases, offices, staff, serving, chores and checks.

Each group of commands stands in a module of its own and is loaded only when it is called, so that `--help` is quick.
What the house refuses is said in one sentence, and the command ends with 1 and without a traceback.
"""

import os
from collections.abc import Mapping
from importlib import import_module
from types import MappingProxyType
from typing import Any, Final

import click

# Nothing that a command writes is for other accounts of the machine.
UMASK: Final = 0o077

COMMANDS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "keys": "Make the keys of this instance.",
        "db": "Bring the databases to this release.",
        "office": "Add, open and list offices.",
        "directory": "Load, check, import and export the services that help.",
        "pack": "Check, load and compare the rules of an organisation.",
        "law": "List, show and import what the law of a country says.",
        "staff": "Add, vouch for, list, disable and renew accounts.",
        "serve": "Serve this instance.",
        "demo": "Serve a demonstration with fictional people.",
        "chores": "Do timed work that is due.",
        "mail": "Try the mail server.",
        "recovery": "Split a recovery key among people, try it, restore somebody.",
        "audit": "Check that nothing was altered.",
        "blobs": "Check the sealed files.",
        "retention": "End what is due to end.",
    }
)


class Refusal(click.ClickException):
    """Something that the house refuses, said as it is, without a word before it."""

    def show(self, file: Any = None) -> None:
        """Write the sentence where errors go."""
        click.echo(self.format_message(), file=file, err=True)


class Commands(click.Group):
    """The groups of commands, each loaded when it is called."""

    def list_commands(self, _ctx: click.Context) -> list[str]:
        """Return the names in the order in which an instance is built."""
        return list(COMMANDS)

    def get_command(self, _ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Load a command from the module of its name."""
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = getattr(import_module(f"reporting.cli.{cmd_name}"), cmd_name)
        return command

    def format_commands(self, _ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write what each command does without loading any."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command and turn what the house refuses into its sentence."""
        try:
            return super().invoke(ctx)
        except (click.ClickException, click.exceptions.Exit, click.Abort):
            raise
        except Exception as error:
            from reporting.cli.refusals import sentence_for

            sentence = sentence_for(error)
            if sentence is None:
                raise
            raise Refusal(sentence) from None


@click.command(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="harbour", message="%(version)s")
def commands() -> None:
    """Harbour: confidential, survivor-centred reporting.

    A new instance: keys init, db upgrade, office add, staff add, staff vouch, office open, serve.
    Settings come from flags and from REPORTING_ variables; docs/SETTINGS.md lists them.
    """


def main() -> None:
    """Run the command line."""
    os.umask(UMASK)
    commands()
