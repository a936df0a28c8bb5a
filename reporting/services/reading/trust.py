"""Vouching: whose key may receive anything.

A role or an office is only a column, and an administrator can change columns. What counts is that a
reader of the office compared the key's fingerprint with the person and signed key, name, office and
role together. Swap any of them in the database and the vouch no longer fits.
"""

import hashlib
import secrets
from collections.abc import Sequence

from reporting.crypto.keys import SigningKey, fingerprint_words, verify
from reporting.domain.oversight.audit import StaffEvent
from reporting.domain.people import READERS, Role
from reporting.policy import Permission, Relation, allowed
from reporting.services.actors import StaffMember
from reporting.services.errors import NotAllowed, NotFound, WordsDiffer
from reporting.services.house import House
from reporting.services.oversight.audit import record_staff
from reporting.store.database import Work
from reporting.store.guests import GuestRow
from reporting.store.offices import find_office
from reporting.store.staff import Staff, Vouch, active_readers_of, find_staff, vouches_for

CONSOLE_VOUCHES = 2


def statement(staff: Staff) -> bytes:
    """Return what a vouch is about, unambiguously: account, key, name, office and role.

    :raises NotFound: the account has no key yet.
    """
    if staff.public_key is None or staff.signing_key is None:
        raise NotFound
    key = hashlib.sha256(staff.public_key + staff.signing_key).digest()
    parts = (staff.id, key, staff.display_name.encode(), staff.office_id, staff.role.encode())
    return b"harbour vouch v1" + b"".join(len(part).to_bytes(4) + part for part in parts)


def fingerprint(staff: Staff) -> tuple[str, ...]:
    """Return the words that two people compare in person or by voice."""
    if staff.public_key is None or staff.signing_key is None:
        raise NotFound
    return fingerprint_words(staff.public_key, staff.signing_key)


def tag_of_keys(house: House, staff_id: bytes, public_key: bytes, signing_key: bytes) -> bytes:
    """Return the instance's seal on an account's public keys."""
    return house.keyring.tag("public-key", b"staff", staff_id, public_key, signing_key)


def is_trusted(work: Work, house: House, staff: Staff) -> bool:
    """Return whether grants may be sealed to this account's key."""
    return _may_be_trusted(work, house, staff) and bool(standing_vouches(work, house, staff))


def standing_vouches(work: Work, house: House, staff: Staff) -> list[Vouch]:
    """Return the vouches that fit this account as it is now, the oldest first."""
    found = [vouch for vouch in vouches_for(work.main, staff.id) if _vouch_holds(house, staff, vouch)]
    return sorted(found, key=lambda vouch: vouch.made_at)


def trusted_readers(work: Work, house: House, office_id: bytes, *roles: Role) -> list[Staff]:
    """Return the people of an office to whom a case may be sealed, by display name."""
    return trusted_readers_of(work, house, [office_id], *roles)


def trusted_readers_of(work: Work, house: House, office_ids: Sequence[bytes], *roles: Role) -> list[Staff]:
    """Return the people of several offices to whom a case may be sealed, by display name."""
    people = [staff for staff in active_readers_of(work.main, office_ids) if not roles or Role(staff.role) in roles]
    vouches = vouches_for(work.main, *(staff.id for staff in people))
    return [
        staff
        for staff in people
        if _may_be_trusted(work, house, staff)
        and any(vouch.staff_id == staff.id and _vouch_holds(house, staff, vouch) for vouch in vouches)
    ]


def vouch(work: Work, house: House, voucher: StaffMember, staff_id: bytes, words: Sequence[str]) -> None:
    """Vouch for a colleague's key, having compared the fingerprint.

    :param words: the fingerprint as the voucher heard or read it from the person; it must be right.
    :raises NotFound: no such account with a key in the voucher's office.
    :raises NotAllowed: the voucher is not trusted, or vouches for themselves.
    :raises WordsDiffer: the words are not those of the key.
    """
    own = find_staff(work.main, voucher.staff_id)
    staff = find_staff(work.main, staff_id)
    if staff is None or staff.office_id != voucher.office_id or staff.public_key is None:
        raise NotFound
    if own is None or own.id == staff.id or not is_trusted(work, house, own):
        raise NotAllowed
    if not allowed(voucher.role, Permission.VOUCH, Relation.OFFICE):
        raise NotAllowed
    if tuple(word.strip().lower() for word in words) != fingerprint(staff):
        raise WordsDiffer
    signer = SigningKey.from_seed(voucher.pair.seed)
    signature = signer.sign(statement(staff))
    _keep(work, house, staff, voucher.staff_id, signer.public_key, signature)


def vouch_at_console(work: Work, house: House, staff: Staff) -> None:
    """Vouch for one of the first two readers of an office, at the operator's console.

    :raises NotAllowed: the office already has two trusted readers, who can vouch themselves.
    """
    if Role(staff.role) not in READERS or not keys_authentic(house, staff):
        raise NotAllowed
    if len(trusted_readers(work, house, staff.office_id)) >= CONSOLE_VOUCHES:
        raise NotAllowed
    _keep(work, house, staff, None, None, None)


def _keep(
    work: Work, house: House, staff: Staff, voucher_id: bytes | None, key: bytes | None, signature: bytes | None
) -> None:
    row = Vouch(
        id=secrets.token_bytes(16),
        staff_id=staff.id,
        voucher_id=voucher_id,
        voucher_key=key,
        signature=signature,
        made_at=house.now(),
    )
    row.tag = _vouch_tag(house, staff, row)
    work.main.add(row)
    record_staff(work, house, StaffEvent.VOUCHED, actor_id=voucher_id, about_id=staff.id)


def _may_be_trusted(work: Work, house: House, staff: Staff) -> bool:
    """Return whether account, role and office allow grants, vouches aside."""
    if staff.state != "active" or Role(staff.role) not in READERS or not keys_authentic(house, staff):
        return False
    office = find_office(work.main, staff.office_id)
    return office is not None and office.external == (staff.role == Role.OUTSIDE_DESK)


def keys_authentic(house: House, staff: Staff) -> bool:
    """Return whether the account's public keys are those that the program put there."""
    if staff.public_key is None or staff.signing_key is None or staff.key_tag is None:
        return False
    return house.keyring.check("public-key", staff.key_tag, b"staff", staff.id, staff.public_key, staff.signing_key)


def guest_is_authentic(house: House, row: GuestRow) -> bool:
    """Return whether this program let the guest in, with this key, for this case, until this day."""
    return house.keyring.check("guest", row.tag, *_guest_parts(row))


def tag_of_guest(house: House, row: GuestRow) -> bytes:
    """Return what authenticates a guest's row."""
    return house.keyring.tag("guest", *_guest_parts(row))


def _guest_parts(row: GuestRow) -> tuple[bytes, ...]:
    return row.lookup_id, row.case_id, row.public_key, row.until_on.isoformat().encode()


def _vouch_tag(house: House, staff: Staff, row: Vouch) -> bytes:
    return house.keyring.tag("vouch", *_vouch_parts(staff, row))


def _vouch_parts(staff: Staff, row: Vouch) -> tuple[bytes, ...]:
    """Return what the tag binds; the moment too, so that a new vouch cannot be dated back and go unseen."""
    voucher = (row.voucher_id or b"", row.voucher_key or b"", row.signature or b"")
    return row.id, statement(staff), *voucher, row.made_at.isoformat().encode()


def _vouch_holds(house: House, staff: Staff, row: Vouch) -> bool:
    if staff.public_key is None or not house.keyring.check("vouch", row.tag, *_vouch_parts(staff, row)):
        return False
    if row.voucher_key is None or row.signature is None:
        return row.voucher_id is None
    return verify(row.voucher_key, statement(staff), row.signature)
