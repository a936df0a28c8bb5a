"""`reporting staff`: accounts, and the console ceremony that makes an office's first two keys trusted."""

import click

from reporting.cli import Refusal
from reporting.cli.office import office_by
from reporting.cli.opening import PLACES, opened, with_settings
from reporting.config import Settings
from reporting.domain.people import READERS, STAFF, Role
from reporting.services.errors import DoesNotFit, NameTaken, NotAllowed, NotAName, NotFound
from reporting.services.house import House
from reporting.services.organisation.accounts import CODE_DAYS, create_account, disable, renew_code
from reporting.services.reading.handover import only_theirs
from reporting.services.reading.trust import fingerprint, is_trusted, vouch_at_console
from reporting.store.database import Stores, Work, reading, writing
from reporting.store.offices import Office, find_office
from reporting.store.staff import Staff, all_staff, find_staff_by_username

NAMES = (
    "An account needs a user name of 2 to 79 small letters, digits, dots and hyphens, and a name that people see; "
    "see `reporting staff add --help`."
)


@click.group()
def staff() -> None:
    """Add, vouch for, list, disable and renew accounts."""


@staff.command()
@click.argument("username")
@click.option("--name", required=True, help="The name that survivors and colleagues see.")
@click.option("--role", required=True, type=click.Choice(sorted(role.value for role in STAFF)))
@click.option("--office", "office_code", required=True, help="Code of the office.")
@with_settings(*PLACES)
def add(settings: Settings, username: str, name: str, role: str, office_code: str) -> None:
    """Add an account and show its one-time code."""
    with opened(settings) as (stores, house), writing(stores) as work:
        office = office_by(work, office_code)
        facts = {"username": username, "display_name": name, "role": Role(role), "office_id": office.id}
        try:
            code = create_account(work, house, **facts)  # type: ignore[arg-type]  # one mapping for four arguments
        except NameTaken:
            raise Refusal(f"The user name {username} is taken; `reporting staff list` shows them all.") from None
        except NotAName:
            raise Refusal(NAMES) from None
        except DoesNotFit:
            raise Refusal(_does_not_fit(office, role)) from None
    _hand_over(name, code)


@staff.command()
@click.argument("username")
@click.option("--words", help="The words as the person read them out, for a ceremony without questions.")
@with_settings(*PLACES)
def vouch(settings: Settings, username: str, words: str | None) -> None:
    """Vouch for one of the first two readers of an office, who must be here or on the telephone."""
    with opened(settings) as (stores, house):
        with reading(stores) as work:
            found = _account(work, username)
            _refuse_early(found)
            name, shown = found.display_name, fingerprint(found)
        _compare(name, shown, words)
        _vouch(stores, house, username, shown)
    click.echo(f"{name} is vouched for.")


@staff.command("list")
@with_settings(*PLACES)
def list_(settings: Settings) -> None:
    """List every account with its role, office and state."""
    with opened(settings) as (stores, house), reading(stores) as work:
        for row in all_staff(work.main):
            click.echo("  ".join(_columns(work, house, row)))


@staff.command("disable")
@click.argument("username")
@click.option("--sure", is_flag=True, help="Also where nobody else can open some cases.")
@with_settings(*PLACES)
def disable_(settings: Settings, username: str, *, sure: bool) -> None:
    """Disable an account and end its sessions at once."""
    with opened(settings) as (stores, house), writing(stores) as work:
        found = _account(work, username)
        if only_theirs(work, house, found.id) and not sure:
            raise Refusal(
                f"Nobody but {found.display_name} can open some cases, and nobody could pass them on afterwards. Enter "
                f"on the administrator's page when they leave, and let them hand over first; or add `--sure`."
            )
        disable(work, house, None, found.id)
        name = found.display_name
    click.echo(f"{name} cannot sign in any more.")


@staff.command()
@click.argument("username")
@with_settings(*PLACES)
def renew(settings: Settings, username: str) -> None:
    """Start an account anew after a lost passphrase: new code, new key, new vouches."""
    with opened(settings) as (stores, house), writing(stores) as work:
        found = _account(work, username)
        try:
            code = renew_code(work, house, None, found.id)
        except NotFound:
            raise Refusal(f"{username} is disabled; make a new account with `reporting staff add`.") from None
        name = found.display_name
    _hand_over(name, code)


def _account(work: Work, username: str) -> Staff:
    found = find_staff_by_username(work.main, username.strip().lower())
    if found is None:
        raise Refusal(f"There is no account {username}; `reporting staff list` shows them all.")
    return found


def _hand_over(name: str, code: str) -> None:
    click.echo(f"One-time code for {name}, valid for {CODE_DAYS} days, to be handed over in person: {code}")


def _refuse_early(found: Staff) -> None:
    if Role(found.role) not in READERS:
        raise Refusal(f"{found.display_name} reads no cases and needs no vouch; see `reporting staff list`.")
    if found.state == "disabled":
        raise Refusal(f"{found.display_name} is disabled; make a new account with `reporting staff add`.")
    if found.public_key is None:
        raise Refusal(
            f"{found.display_name} has no key yet and must first enrol with the one-time code; "
            f"`reporting staff renew {found.username}` makes a new one."
        )


def _compare(name: str, shown: tuple[str, ...], words: str | None) -> None:
    """Go on only when the person has read out the same words."""
    if words is not None:
        if tuple(words.lower().replace(",", " ").split()) != shown:
            raise Refusal(f"These are not the words of the key that is stored for {name}; do not vouch for it.")
        return
    click.echo(f"The key stored for {name} has these words:\n\n    {' '.join(shown)}\n")
    question = f"Has {name} read the same words to you, face to face or in a voice that you know?"
    if not click.confirm(question, default=False):
        raise Refusal("Nothing was vouched for; run `reporting staff vouch` again when you have compared the words.")


def _vouch(stores: Stores, house: House, username: str, shown: tuple[str, ...]) -> None:
    with writing(stores) as work:
        found = _account(work, username)
        if fingerprint(found) != shown:
            raise Refusal("The key changed while you compared it; run `reporting staff vouch` again.")
        if is_trusted(work, house, found):
            raise Refusal(f"{found.display_name} is vouched for already; see `reporting staff list`.")
        try:
            vouch_at_console(work, house, found)
        except NotAllowed:
            raise Refusal(
                "This office has two vouched readers, so one of them vouches on the staff pages; the console only "
                "begins. If the key was altered in the database, `reporting staff renew` starts it anew."
            ) from None


def _columns(work: Work, house: House, row: Staff) -> tuple[str, ...]:
    office = find_office(work.main, row.office_id)
    reads = Role(row.role) in READERS and row.state == "active"
    trust = ("vouched" if is_trusted(work, house, row) else "not vouched yet") if reads else ""
    code = office.code if office else ""
    return f"{row.username:<20}", f"{row.display_name:<24}", f"{row.role:<18}", f"{code:<16}", f"{row.state:<8}", trust


def _does_not_fit(office: Office, role: str) -> str:
    kind = "an outside desk" if office.external else "no outside desk"
    return f"{office.name} is {kind}, so nobody there is {role}; see `reporting office list`."
