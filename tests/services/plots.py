"""What an administrator could try who may write to the main database and redeems codes that are not hers.

Each attack changes rows past all services. Neither the instance key nor anybody's passphrase is in those rows.
"""

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from sqlalchemy import select

from reporting.crypto.keys import KeyPair, SigningKey
from reporting.domain.people import Role
from reporting.services.actors import Reporter, StaffMember
from reporting.services.organisation import accounts
from reporting.services.reading import trust
from reporting.store.database import writing
from reporting.store.grants import Grant
from reporting.store.offices import Office
from reporting.store.requests import Request
from reporting.store.staff import Staff, Vouch, vouches_for
from tests.builders import PASSPHRASE, Built, Team, add_desk, cheap_passphrases, in_unit, staff_row
from tests.services.acts import tamper
from tests.services.people import is_trusted, set_columns


@dataclass(frozen=True)
class Plot:
    """The administrator, an account whose code she redeemed herself, and a case that was there before.

    `known` are the keys whose passphrases she knows.
    """

    built: Built
    team: Team
    administrator: StaffMember
    puppet: StaffMember
    reporter: Reporter
    case_id: bytes
    known: list[KeyPair]


def does_nothing_more(plot: Plot) -> None:
    """The code was redeemed by the administrator; that is all."""
    assert not is_trusted(plot.built, plot.puppet.staff_id)


def swaps_public_keys(plot: Plot) -> None:
    """Amina's account carries the puppet's keys, with the puppet's tag."""
    key = staff_row(plot.built, plot.puppet)
    columns = {"public_key": key.public_key, "signing_key": key.signing_key, "key_tag": key.key_tag}
    set_columns(plot.built, plot.team.amina.staff_id, **columns)


def swaps_only_the_public_key(plot: Plot) -> None:
    """Amina's account carries the puppet's public key and otherwise her own."""
    set_columns(plot.built, plot.team.amina.staff_id, public_key=plot.puppet.pair.public_key)


def swaps_sealed_seeds(plot: Plot) -> None:
    """Amina's account opens with the puppet's passphrase."""
    set_columns(plot.built, plot.team.amina.staff_id, sealed_seed=staff_row(plot.built, plot.puppet).sealed_seed)


def takes_a_reading_role(plot: Plot) -> None:
    """The administrator becomes a case manager by a column."""
    set_columns(plot.built, plot.administrator.staff_id, role=Role.CASE_MANAGER.value)


def moves_to_the_desk(plot: Plot) -> None:
    """The puppet moves to the outside desk by two columns."""
    set_columns(plot.built, plot.puppet.staff_id, role=Role.OUTSIDE_DESK.value, office_id=plot.team.desk.id)


def takes_a_name(plot: Plot) -> None:
    """The puppet takes Ben's name and Ben takes another."""
    set_columns(plot.built, plot.team.ben.staff_id, display_name="Ben Other")
    set_columns(plot.built, plot.puppet.staff_id, display_name="Ben Okafor")


def copies_vouches(plot: Plot) -> None:
    """Every vouch that was ever given is given to the puppet, too."""
    with writing(plot.built.stores) as work:
        for vouch in work.main.scalars(select(Vouch)).all():
            columns = {column.key: getattr(vouch, column.key) for column in Vouch.__table__.columns}
            work.main.add(Vouch(**columns | {"id": secrets.token_bytes(16), "staff_id": plot.puppet.staff_id}))


def signs_a_vouch_for_itself(plot: Plot) -> None:
    """The puppet signs under Amina's name, with a signature that fits its own key."""
    signer = SigningKey.from_seed(plot.puppet.pair.seed)
    with writing(plot.built.stores) as work:
        staff = work.main.get_one(Staff, plot.puppet.staff_id)
        (known,) = vouches_for(work.main, plot.team.ines.staff_id)
        columns = {"voucher_id": plot.team.amina.staff_id, "voucher_key": signer.public_key, "tag": known.tag}
        signature, row_id = signer.sign(trust.statement(staff)), secrets.token_bytes(16)
        work.main.add(
            Vouch(id=row_id, staff_id=staff.id, signature=signature, made_at=plot.built.house.now(), **columns)
        )


def takes_grants(plot: Plot) -> None:
    """Amina's grants name the puppet."""
    names = {"new": plot.puppet.holder, "old": plot.team.amina.holder}
    tamper(plot.built, "UPDATE grants SET holder = :new WHERE holder = :old", **names)


def forges_grants_and_holdings(plot: Plot) -> None:
    """Copies of Amina's grants and of her place in the inbox are made for the puppet."""
    puppet = plot.puppet
    with writing(plot.built.stores) as work:
        for grant in work.main.scalars(select(Grant).where(Grant.holder == plot.team.amina.holder)).all():
            columns = {column.key: getattr(grant, column.key) for column in Grant.__table__.columns}
            work.main.add(Grant(**columns | {"id": secrets.token_bytes(16), "holder": puppet.holder}))
    tamper(
        plot.built,
        "INSERT INTO holdings (staff_id, case_id, status, due_on, waiting) "
        "SELECT :new, case_id, status, due_on, waiting FROM holdings WHERE staff_id = :old",
        new=puppet.staff_id,
        old=plot.team.amina.staff_id,
    )


def forges_a_duty(plot: Plot) -> None:
    """A request by duty stands there as agreed long ago."""
    day = plot.built.house.today()
    with writing(plot.built.stores) as work:
        work.main.add(
            Request(
                id=secrets.token_bytes(16),
                case_id=plot.case_id,
                kind="identity_by_duty",
                asked_by=plot.puppet.staff_id,
                about_staff=plot.puppet.staff_id,
                ground="court_order",
                asked_on=day,
                opens_on=day,
                state="agreed",
                tag=bytes(32),
            )
        )


def becomes_the_desk(plot: Plot) -> None:
    """A new outside desk, staffed by the puppet, watches the office: all of it by columns."""
    desk = add_desk(plot.built, "Another desk")
    set_columns(plot.built, plot.puppet.staff_id, role=Role.OUTSIDE_DESK.value, office_id=desk.id)
    with writing(plot.built.stores) as work:
        work.main.get_one(Office, plot.team.office.id).desk_id = desk.id


def takes_over_a_lost_account(plot: Plot) -> None:
    """Amina's code is renewed, which an administrator may do, and redeemed by the administrator."""
    code = in_unit(plot.built, accounts.renew_code, plot.administrator.staff_id, plot.team.amina.staff_id)
    with cheap_passphrases():
        seed, sealed = accounts.prepare_key("amina.diallo", "Amina Diallo", PASSPHRASE + " of Ada")
    in_unit(plot.built, accounts.enrol, "amina.diallo", code, seed, sealed)
    plot.known.append(KeyPair.from_seed(seed))


def swaps_reporters_keys(plot: Plot) -> None:
    """The reporter's row carries the puppet's public key."""
    tamper(plot.built, "UPDATE reporters SET public_key = :k", k=plot.puppet.pair.public_key)


ATTACKS: Final[tuple[Callable[[Plot], None], ...]] = (
    does_nothing_more,
    swaps_public_keys,
    swaps_only_the_public_key,
    swaps_sealed_seeds,
    takes_a_reading_role,
    moves_to_the_desk,
    takes_a_name,
    copies_vouches,
    signs_a_vouch_for_itself,
    takes_grants,
    forges_grants_and_holdings,
    forges_a_duty,
    becomes_the_desk,
    takes_over_a_lost_account,
    swaps_reporters_keys,
)
