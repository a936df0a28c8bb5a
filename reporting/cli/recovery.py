"""`reporting recovery`: the ceremonies around a key that is split among people and kept offline.

Shares are shown on the screen, one after the other, and nowhere else: they are never written to a file, and never
taken from a flag, which other accounts of the machine could read.
"""

from collections.abc import Callable
from typing import Final

import click

from reporting.cli import Refusal
from reporting.cli.opening import PLACES, opened, with_settings
from reporting.cli.shares import ask_for, hand_out
from reporting.config import Settings
from reporting.crypto.errors import NotAShare
from reporting.crypto.keys import KeyPair
from reporting.crypto.parameters import LEAST_THRESHOLD, MOST_SHARES
from reporting.crypto.passphrases import seal_seed
from reporting.crypto.recovery import recovery_words
from reporting.crypto.secret import Seed
from reporting.services.errors import NotAllowed, NotFound
from reporting.services.house import House
from reporting.services.sealed import recovery as service
from reporting.services.signing_in.codes import CODE_DAYS, draw_code, plain_code
from reporting.store.database import Stores, Work, reading, writing
from reporting.store.staff import find_staff_by_username

_numbers: Final = (
    click.option(
        "--threshold", type=click.IntRange(LEAST_THRESHOLD, MOST_SHARES), required=True, help="How many are needed."
    ),
    click.option("--shares", type=click.IntRange(LEAST_THRESHOLD, MOST_SHARES), required=True, help="How many exist."),
)


def _with_numbers(command: Callable[..., None]) -> Callable[..., None]:
    for option in reversed(_numbers):
        command = option(command)
    return command


@click.group()
def recovery() -> None:
    """Split a recovery key among people, try it, restore somebody.

    Optional. Whoever handles cases has a key that only their passphrase opens. With recovery, so many people together
    can give somebody who lost it their access back. Survivors are told so before they send. What somebody keeps
    privately is never sealed to it.
    """


@recovery.command()
@_with_numbers
@with_settings(*PLACES)
def init(settings: Settings, threshold: int, shares: int) -> None:
    """Make the recovery key and hand out its shares, one person after the other.

    Nothing is stored before the last share is noted. From then on whoever sets a passphrase, or says so on the page of
    their account, can be restored.
    """
    _refuse_numbers(threshold, shares)
    with opened(settings) as (stores, house):
        with reading(stores) as work:
            if service.quorum(work, house) is not None:
                raise Refusal("There is a recovery key already; `reporting recovery renew` replaces it.")
        public_key = hand_out(threshold, shares)
        with writing(stores) as work:
            try:
                service.begin(work, house, public_key, threshold, shares)
            except NotAllowed:
                raise Refusal("There is a recovery key already; `reporting recovery renew` replaces it.") from None
    _say_on(public_key)


@recovery.command()
@_with_numbers
@with_settings(*PLACES)
def renew(settings: Settings, threshold: int, shares: int) -> None:
    """Replace the recovery key; every copy under the old one is destroyed, and old shares open nothing.

    Whoever handles cases then seals their key to the new one on the page of their account.
    """
    _refuse_numbers(threshold, shares)
    with opened(settings) as (stores, house):
        with reading(stores) as work:
            _quorum(work, house)
        public_key = hand_out(threshold, shares)
        with writing(stores) as work:
            service.renew(work, house, public_key, threshold, shares)
    _say_on(public_key)


@recovery.command()
@with_settings(*PLACES)
def end(settings: Settings) -> None:
    """Give recovery up; every copy is destroyed, and the shares open nothing any more."""
    with opened(settings) as (stores, house), writing(stores) as work:
        try:
            service.end(work, house)
        except NotFound:
            raise Refusal("Recovery is off; `reporting recovery init` begins it.") from None
    click.echo("Recovery is off. The copies are destroyed; the shares can be burnt.")


@recovery.command()
@with_settings(*PLACES)
def status(settings: Settings) -> None:
    """Say who many are needed, by which words the key is known, and how many accounts could be restored."""
    with opened(settings) as (stores, house), reading(stores) as work:
        found = _quorum(work, house)
        click.echo(f"{found.threshold} of {found.shares} shares are needed. The key has these words:")
        click.echo(f"\n    {' '.join(found.words)}\n")
        click.echo(f"Accounts that could be restored: {service.copies(work)}")


@recovery.command()
@with_settings(*PLACES)
def drill(settings: Settings) -> None:
    """Prove that the shares fit the key, without restoring anybody."""
    with opened(settings) as (stores, house):
        _gather(stores, house, None)
        with writing(stores) as work:
            service.note_drill(work, house)
    click.echo("The shares fit the key. Nobody was restored, and nothing was changed.")


@recovery.command()
@click.argument("username")
@with_settings(*PLACES)
def restore(settings: Settings, username: str) -> None:
    """Give somebody who lost the passphrase their access back: shares first, then a one-time code.

    With the code they set a new passphrase and keep their key, and so their cases and vouches. Do not use
    `reporting staff renew` for them: it would end the key for good.
    """
    with opened(settings) as (stores, house):
        with reading(stores) as work:
            _quorum(work, house)
            staff_id, name = _account(work, house, username)
        pair = _gather(stores, house, staff_id)
        with reading(stores) as work:
            seed = _seed(work, house, pair, staff_id, name)
        code = draw_code()
        sealed = seal_seed(plain_code(code), seed)
        with writing(stores) as work:
            try:
                service.restore(work, house, staff_id, seed, code, sealed)
            except NotFound:
                raise Refusal(f"The account of {name} was changed meanwhile; nothing was restored.") from None
    click.echo(f"One-time code for {name}, valid for {CODE_DAYS} days, to be handed over in person: {code}")
    click.echo("With it they set a new passphrase and a new second factor, and keep the key they had.")


def _refuse_numbers(threshold: int, shares: int) -> None:
    if threshold > shares:
        raise Refusal("More shares would be needed than there are; choose a smaller threshold.")


def _quorum(work: Work, house: House) -> service.Quorum:
    found = service.quorum(work, house)
    if found is None:
        raise Refusal("Recovery is off, or its key was altered in the database; `reporting recovery init` begins it.")
    return found


def _account(work: Work, house: House, username: str) -> tuple[bytes, str]:
    found = find_staff_by_username(work.main, username.strip().lower())
    if found is None:
        raise Refusal(f"There is no account {username}; `reporting staff list` shows them all.")
    if found.state == "disabled" or not service.has_copy(work, house, found.id):
        raise Refusal(
            f"The key of {found.display_name} is not sealed to the recovery key, so nobody can restore it; "
            f"`reporting staff renew {found.username}` makes a new one."
        )
    return found.id, found.display_name


def _seed(work: Work, house: House, pair: KeyPair, staff_id: bytes, name: str) -> Seed:
    try:
        return service.seed_from_copy(work, house, pair, staff_id)
    except (NotFound, NotAllowed):
        raise Refusal(
            f"What is stored for {name} is not the key of the account: somebody changed the database past the program."
        ) from None


def _gather(stores: Stores, house: House, staff_id: bytes | None) -> KeyPair:
    """Ask for shares until they are enough, and return the recovery key that they give."""
    with reading(stores) as work:
        found = _quorum(work, house)
    shares = ask_for(found.threshold)
    try:
        pair = KeyPair.from_seed(shares.seed())
    except NotAShare:
        pair = None
    if pair is None or pair.public_key != found.public_key:
        with writing(stores) as work:
            service.note_refusal(work, house, staff_id)
        raise Refusal("These shares do not fit the recovery key of this instance; they may be of an older one.")
    return pair


def _say_on(public_key: bytes) -> None:
    click.echo("Recovery is on. The key has these words; note them, and compare them on the page of your account:")
    click.echo(f"\n    {' '.join(recovery_words(public_key))}\n")
    click.echo("Hold a drill now: `reporting recovery drill`.")
