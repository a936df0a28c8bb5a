"""Staff accounts: created with a one-time code, owned by whoever sets the passphrase.

Nobody else ever knows a passphrase or can reset one. A lost passphrase means a new code, a new key
pair and new vouches; colleagues who hold the grants re-seal what policy and her choice allow.
"""

import hashlib
import re
import secrets
from datetime import timedelta

from reporting.crypto.keys import KeyPair, SigningKey
from reporting.crypto.passphrases import SealedSeed, Weakness, seal_seed, unseal_seed, waste_time, weakness
from reporting.crypto.secret import Seed
from reporting.domain.audit import StaffEvent
from reporting.domain.people import STAFF, Role, may_serve
from reporting.services.actors import StaffMember
from reporting.services.audit import record_staff
from reporting.services.errors import NotAllowed, NotFound
from reporting.services.house import House
from reporting.services.sessions import end_all_staff_sessions
from reporting.services.trust import tag_of_keys
from reporting.store.database import Work
from reporting.store.offices import find_office
from reporting.store.staff import Staff, find_staff, find_staff_by_username

CODE_DAYS = 7
CODE_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"
CODE_LENGTH = 20
USERNAME = re.compile(r"[a-z][a-z0-9.-]{1,78}")


class WeakPassphrase(Exception):  # noqa: N818 - as in services.errors
    """The passphrase is too short, too long or too common."""

    def __init__(self, why: Weakness) -> None:
        super().__init__()
        self.why = why


def create_account(
    work: Work,
    house: House,
    *,
    username: str,
    display_name: str,
    role: Role,
    office_id: bytes,
    actor_id: bytes | None = None,
) -> str:
    """Create an account and return its one-time code, to be handed over in person.

    :raises NotAllowed: the name is taken or not a name, or the role does not fit the office.
    """
    username, display_name, office = username.strip().lower(), display_name.strip(), find_office(work.main, office_id)
    if office is None or role not in STAFF or not may_serve(role, external=office.external):
        raise NotAllowed
    if not USERNAME.fullmatch(username) or not display_name or find_staff_by_username(work.main, username):
        raise NotAllowed
    staff = Staff(
        id=secrets.token_bytes(16),
        username=username,
        display_name=display_name[:120],
        role=role.value,
        office_id=office_id,
        state="invited",
    )
    work.main.add(staff)
    work.main.flush()
    record_staff(work, house, StaffEvent.ACCOUNT_CREATED, actor_id=actor_id, about_id=staff.id, detail=role.value)
    return _new_code(house, staff)


def renew_code(work: Work, house: House, actor_id: bytes | None, staff_id: bytes) -> str:
    """Start an account anew after a lost passphrase: the old key and its sessions end now."""
    staff = find_staff(work.main, staff_id)
    if staff is None or staff.state == "disabled":
        raise NotFound
    staff.state = "invited"
    staff.sealed_seed = staff.public_key = staff.signing_key = staff.key_tag = None
    end_all_staff_sessions(work, staff_id)
    record_staff(work, house, StaffEvent.CODE_ISSUED, actor_id=actor_id, about_id=staff_id)
    return _new_code(house, staff)


def prepare_key(username: str, display_name: str, passphrase: str) -> tuple[Seed, SealedSeed]:
    """Make a key and seal it under a passphrase. Slow (Argon2id): do it outside any transaction.

    :raises WeakPassphrase: the passphrase is refused (NIST SP 800-63B-4, section 3.1.1).
    """
    why = weakness(passphrase, [username, display_name])
    if why is not None:
        raise WeakPassphrase(why)
    seed = Seed.random()
    return seed, seal_seed(passphrase, seed)


def find_invited(work: Work, house: House, username: str, code: str) -> Staff | None:
    """Return the invited account that this code belongs to, or nothing."""
    staff = find_staff_by_username(work.main, username.strip().lower())
    if staff is None or staff.state != "invited" or staff.code_hash is None or staff.code_expires_on is None:
        return None
    if staff.code_expires_on < house.today() or not secrets.compare_digest(staff.code_hash, _hash_code(code)):
        return None
    return staff


def enrol(work: Work, house: House, username: str, code: str, seed: Seed, sealed: SealedSeed) -> None:
    """Redeem a code: the account now has a key, and nothing is sealed to it until somebody vouches.

    :raises NotFound: wrong name, wrong or expired code, or already redeemed; one answer for all.
    """
    staff = find_invited(work, house, username, code)
    if staff is None:
        raise NotFound
    staff.state, staff.code_hash, staff.code_expires_on = "active", None, None
    staff.sealed_seed = sealed.to_bytes()
    staff.public_key = KeyPair.from_seed(seed).public_key
    staff.signing_key = SigningKey.from_seed(seed).public_key
    staff.key_tag = tag_of_keys(house, staff.id, staff.public_key, staff.signing_key)
    record_staff(work, house, StaffEvent.ACCOUNT_ENROLLED, actor_id=staff.id, about_id=staff.id)


def stored_seed(work: Work, username: str) -> tuple[bytes, SealedSeed] | None:
    """Return id and sealed seed of an active account, or nothing."""
    staff = find_staff_by_username(work.main, username.strip().lower())
    if staff is None or staff.state != "active" or staff.sealed_seed is None:
        return None
    return staff.id, SealedSeed.from_bytes(staff.sealed_seed)


def check_passphrase(found: tuple[bytes, SealedSeed] | None, passphrase: str) -> tuple[bytes, Seed]:
    """Unseal the seed; as slow for an unknown name as for a wrong passphrase.

    :raises WrongPassphrase: wrong passphrase.
    :raises NotFound: no such account.
    """
    if found is None:
        waste_time()
        raise NotFound
    staff_id, sealed = found
    return staff_id, unseal_seed(passphrase, sealed)


def disable(work: Work, house: House, actor_id: bytes | None, staff_id: bytes) -> None:
    """Disable an account and end its sessions at once; its grants open nothing without sign-in."""
    staff = find_staff(work.main, staff_id)
    if staff is None:
        raise NotFound
    staff.state, staff.code_hash, staff.code_expires_on = "disabled", None, None
    end_all_staff_sessions(work, staff_id)
    record_staff(work, house, StaffEvent.ACCOUNT_DISABLED, actor_id=actor_id, about_id=staff_id)


def change_passphrase(work: Work, house: House, actor: StaffMember, sealed: SealedSeed) -> None:
    """Seal the same seed under a new passphrase; other sessions end."""
    staff = find_staff(work.main, actor.staff_id)
    if staff is None:
        raise NotFound
    staff.sealed_seed = sealed.to_bytes()
    end_all_staff_sessions(work, actor.staff_id)
    record_staff(work, house, StaffEvent.PASSPHRASE_CHANGED, actor_id=actor.staff_id, about_id=actor.staff_id)


def _new_code(house: House, staff: Staff) -> str:
    code = "".join(secrets.choice(CODE_ALPHABET) for _ in range(CODE_LENGTH))
    staff.code_hash = _hash_code(code)
    staff.code_expires_on = house.today() + timedelta(days=CODE_DAYS)
    return "-".join(code[i : i + 5] for i in range(0, CODE_LENGTH, 5))


def _hash_code(code: str) -> bytes:
    plain = "".join(character for character in code.lower() if character.isalnum())
    return hashlib.sha256(b"harbour code v1" + plain.encode()).digest()
