"""Accounts that start anew: another passphrase, another key, another vouch."""

from dataclasses import replace

from reporting.crypto.keys import KeyPair
from reporting.services import accounts, trust
from reporting.services.actors import StaffMember
from reporting.store.database import reading, writing
from reporting.store.staff import find_staff
from tests.builders import Built, cheap_passphrases, in_unit, staff_row


def enrolled_again(
    built: Built, member: StaffMember, passphrase: str, voucher: StaffMember | None = None
) -> StaffMember:
    """Give an account a new code and let its person choose another passphrase; a colleague vouches, if there is one."""
    code = in_unit(built, accounts.renew_code, None, member.staff_id)
    with cheap_passphrases():
        seed, sealed = accounts.prepare_key(member.username, member.display_name, passphrase)
    in_unit(built, accounts.enrol, member.username, code, seed, sealed)
    if voucher is not None:
        words = trust.fingerprint(staff_row(built, member))
        in_unit(built, trust.vouch, voucher, member.staff_id, words)
    return replace(member, pair=KeyPair.from_seed(seed))


def is_trusted(built: Built, staff_id: bytes) -> bool:
    """Return whether a case may be sealed to this account."""
    with reading(built.stores) as work:
        staff = find_staff(work.main, staff_id)
        assert staff is not None
        return trust.is_trusted(work, built.house, staff)


def set_columns(built: Built, staff_id: bytes, **values: object) -> None:
    """Change an account's row past all services, as somebody could who sits at the database."""
    with writing(built.stores) as work:
        staff = find_staff(work.main, staff_id)
        assert staff is not None
        for name, value in values.items():
            setattr(staff, name, value)
