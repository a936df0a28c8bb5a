"""Grants: sealing a key to somebody, and opening what was sealed to the actor. No grant, no key."""

import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from reporting.crypto.errors import CannotOpen
from reporting.crypto.grants import GrantContext, open_grant, seal_grant
from reporting.crypto.secret import CompartmentKey, ShredKey
from reporting.domain.case import Compartment, Part
from reporting.services.actors import Actor
from reporting.services.house import House
from reporting.store.database import Work
from reporting.store.grants import Grant, grants_of_case
from reporting.store.shred import ShredKeyRow, shred_keys_of

Keys = dict[tuple[Compartment, int], CompartmentKey]


@dataclass(frozen=True)
class Recipient:
    """Somebody a key is sealed to."""

    holder: bytes
    public_key: bytes


def seal_key(
    house: House,
    case_id: bytes,
    compartment: Compartment,
    generation: int,
    key: CompartmentKey,
    recipient: Recipient,
    part: Part = Part.WHOLE,
) -> tuple[Grant, ShredKeyRow]:
    """Return a grant of one key generation and the row that holds its shred key."""
    context = GrantContext(case_id, compartment.value, generation, part.value, recipient.holder)
    sealed, shred_key = seal_grant(key, recipient.public_key, context)
    grant = Grant(
        id=secrets.token_bytes(16),
        case_id=case_id,
        compartment=compartment.value,
        generation=generation,
        part=part.value,
        holder=recipient.holder,
        sealed=sealed,
    )
    grant.tag = house.keyring.tag("grant", *_grant_parts(grant))
    return grant, ShredKeyRow(grant_id=grant.id, key=shred_key.raw, made_on=house.today())


def grants_that_count(work: Work, house: House, case_id: bytes) -> list[Grant]:
    """Return the grants of a case that this program made and did not take away.

    A row that somebody wrote has no tag of ours; one that was taken away and written anew has no shred key.
    """
    made = [one for one in grants_of_case(work.main, case_id) if _is_ours(house, one)]
    living = shred_keys_of(work.shred, [grant.id for grant in made])
    return [grant for grant in made if grant.id in living]


def open_key(work: Work, actor: Actor, house: House, grant: Grant) -> CompartmentKey | None:
    """Open one grant, or return nothing where it does not open."""
    shred_key = shred_keys_of(work.shred, [grant.id]).get(grant.id)
    return _open_one(actor, house, grant, shred_key) if shred_key else None


def add_sealed(work: Work, pairs: Iterable[tuple[Grant, ShredKeyRow]]) -> None:
    """Add grants and their shred keys to the unit."""
    for grant, shred_key in pairs:
        work.shred.add(shred_key)
        work.main.add(grant)


def open_grants(actor: Actor, house: House, grants: Sequence[Grant], shred_keys: dict[bytes, bytes]) -> Keys:
    keys: Keys = {}
    for grant in grants:
        if grant.part != Part.WHOLE or grant.id not in shred_keys:
            continue
        key = _open_one(actor, house, grant, shred_keys[grant.id])
        if key is not None:
            keys[Compartment(grant.compartment), grant.generation] = key
    return keys


def _open_one(actor: Actor, house: House, grant: Grant, shred_key: bytes) -> CompartmentKey | None:
    if not _is_ours(house, grant):
        return None
    context = GrantContext(grant.case_id, grant.compartment, grant.generation, grant.part, grant.holder)
    try:
        return open_grant(grant.sealed, ShredKey(shred_key), actor.pair, context)
    except CannotOpen:
        return None  # a grant for a key that the person has lost is the same as no grant


def _is_ours(house: House, grant: Grant) -> bool:
    return house.keyring.check("grant", grant.tag, *_grant_parts(grant))


def _grant_parts(grant: Grant) -> tuple[bytes, ...]:
    generation = str(grant.generation).encode()
    return (
        grant.id,
        grant.case_id,
        grant.compartment.encode(),
        generation,
        grant.part.encode(),
        grant.holder,
        grant.sealed,
    )
