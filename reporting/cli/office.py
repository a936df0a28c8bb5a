"""`reporting office`: offices and the outside desks that watch them."""

from collections.abc import Iterator
from typing import Any, TextIO

import click

from reporting.cli import Refusal
from reporting.cli.opening import PLACES, opened, with_settings
from reporting.config import Settings
from reporting.domain.directory.taxonomies import PATHWAYS
from reporting.services.errors import DoesNotFit, HelpFirst, NameTaken, NotAllowed, NotAName
from reporting.services.help.essentials import missing_for
from reporting.services.house import House
from reporting.services.organisation.offices import OfficeFacts, add_office, change_calendar, open_office, warnings
from reporting.store.database import Work, reading, writing
from reporting.store.offices import Office, all_offices, find_office_by_code

FACTS = (
    "An office needs a name, a code of 2 to 40 small letters, digits and hyphens, a country such as MD or none, a "
    "time zone such as Europe/Chisinau, and an emergency number of 2 to 6 digits or none; see "
    "`reporting office add --help`."
)

CALENDAR = (
    "A week-end is at most three of mon, tue, wed, thu, fri, sat, sun with commas between them; each line of holidays "
    "begins with a date such as 2027-01-01."
)


@click.group()
def office() -> None:
    """Add, open and list offices."""


@office.command()
@click.argument("code")
@click.argument("name")
@click.option("--head-count", type=click.IntRange(min=0), required=True, help="How many people work there; public.")
@click.option("--external", is_flag=True, help="This is an outside desk, which watches other offices.")
@click.option("--desk", help="Code of the outside desk that watches this office.")
@click.option("--parent", help="Code of the office above it.")
@click.option("--country", default="", help="Its country, such as MD: whose law counts, where help is near.")
@click.option("--time-zone", default="UTC", show_default=True, help="Such as Europe/Chisinau.")
@click.option("--weekend", default="sat,sun", show_default=True, help="Days on which nobody works, such as fri,sat.")
@click.option("--languages", default="en", show_default=True, help="Languages that its readers read.")
@click.option("--emergency", default="", help="The emergency number shown to survivors.")
@with_settings(*PLACES)
def add(settings: Settings, code: str, name: str, desk: str | None, parent: str | None, **facts: Any) -> None:
    """Add an office, closed to reports until it is opened."""
    with opened(settings) as (stores, house), writing(stores) as work:
        known = OfficeFacts(
            name=name.strip(),
            code=code.strip().lower(),
            head_count=facts["head_count"],
            external=facts["external"],
            desk_id=office_by(work, desk).id if desk else None,
            parent_id=office_by(work, parent).id if parent else None,
            country=facts["country"].strip().upper(),
            time_zone=facts["time_zone"],
            weekend=facts["weekend"],
            reader_languages=facts["languages"],
            emergency=facts["emergency"],
        )
        try:
            add_office(work, house, known)
        except NameTaken:
            raise Refusal(f"The code {known.code} is taken; `reporting office list` shows them all.") from None
        except NotAName:
            raise Refusal(FACTS) from None
        except DoesNotFit:
            raise Refusal(f"{desk} is no outside desk; add one with `reporting office add --external`.") from None
    later = "" if known.external else f", closed to reports until `reporting office open {known.code}`"
    click.echo(f"{known.name} is there{later}.")


@office.command("open")
@click.argument("code")
@with_settings(*PLACES)
def open_(settings: Settings, code: str) -> None:
    """Open an office for reports: vouched readers and urgent services in the directory are needed."""
    with opened(settings) as (stores, house), writing(stores) as work:
        found = office_by(work, code)
        try:
            open_office(work, house, found.id)
        except HelpFirst:
            raise Refusal(_what_help_is_missing(work, house, found)) from None
        except NotAllowed:
            raise Refusal(_why_not_opened(found)) from None
        name = found.name
    click.echo(f"{name} takes reports now.")


@office.command()
@click.argument("code")
@click.option("--weekend", help="Days on which nobody works, such as fri,sat; left as they are if you do not say.")
@click.option("--holidays", type=click.File(encoding="utf-8"), help="A file with one date a line; replaces the list.")
@with_settings(*PLACES)
def calendar(settings: Settings, code: str, weekend: str | None, holidays: TextIO | None) -> None:
    """Show the working calendar of an office, or change it."""
    with opened(settings) as (stores, house), writing(stores) as work:
        found = office_by(work, code)
        if weekend is not None or holidays is not None:
            listed = found.holidays if holidays is None else holidays.read()
            try:
                change_calendar(work, house, found.id, found.weekend if weekend is None else weekend, listed)
            except NotAName:
                raise Refusal(CALENDAR) from None
        click.echo(f"{found.name}: nobody works on {found.weekend or 'no day of the week'}, {found.time_zone}.")
        click.echo(found.holidays or "No holidays are entered.")


@office.command("list")
@with_settings(*PLACES)
def list_(settings: Settings) -> None:
    """List every office, and open ones that have too few readers."""
    with opened(settings) as (stores, house), reading(stores) as work:
        thin = {found.office.id for found in warnings(work, house)}
        for row in all_offices(work.main):
            click.echo("  ".join(_columns(row, row.id in thin)))


def office_by(work: Work, code: str) -> Office:
    """Return the office of a code, or refuse."""
    found = find_office_by_code(work.main, code)
    if found is None:
        raise Refusal(f"No office has the code {code}; `reporting office list` shows them all.")
    return found


def _columns(row: Office, thin: bool) -> Iterator[str]:
    yield f"{row.code:<16}"
    yield f"{row.name:<32}"
    yield f"{row.head_count:>6}"
    yield "outside desk" if row.external else "open" if row.is_open else "closed"
    if thin:
        yield "too few vouched readers: `reporting staff vouch` or an outside desk is needed"


def _why_not_opened(found: Office) -> str:
    if found.external:
        return "An outside desk is never opened for reports; open the offices that it watches."
    return (
        f"{found.name} needs two vouched case managers and an outside desk with a vouched reader first; "
        "see `reporting staff list` and `reporting staff vouch`."
    )


def _what_help_is_missing(work: Work, house: House, found: Office) -> str:
    names = ", ".join(f"“{PATHWAYS[pathway]}”" for pathway in missing_for(work, house, found))
    return (
        f"The directory has no checked service for {found.country or 'offices without a country'} under {names}; "
        "a directory editor adds and checks them under /staff/directory first."
    )
