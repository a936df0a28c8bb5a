"""Staff accounts: created with a one-time code, owned by whoever sets the passphrase.

Nobody else ever knows a passphrase or can reset one. A lost passphrase means a new code, a new key
pair and new vouches; colleagues who hold the grants re-seal what policy and her choice allow.
"""

import re
import secrets
from datetime import timedelta

from reporting.crypto.keys import KeyPair, SigningKey
from reporting.crypto.passphrases import SealedSeed, Weakness, seal_seed, unseal_seed, waste_time, weakness
from reporting.crypto.secret import Seed
from reporting.domain.oversight.audit import StaffEvent
from reporting.domain.people import STAFF, Role, may_serve
from reporting.services.actors import StaffMember
from reporting.services.errors import DoesNotFit, NameTaken, NotAllowed, NotAName, NotFound
from reporting.services.house import House
from reporting.services.organisation.calendars import today_at
from reporting.services.oversight.audit import record_staff
from reporting.services.protection.referral_links import end_unopened
from reporting.services.reading.trust import tag_of_keys
from reporting.services.sealed.recovery import forget_copy, keep_copy
from reporting.services.signing_in.codes import CODE_DAYS as CODE_DAYS
from reporting.services.signing_in.codes import draw_code, hash_code
from reporting.services.signing_in.sessions import (
    Ticket,
    end_all_staff_sessions,
    end_other_staff_sessions,
    end_staff_session,
)
from reporting.store.database import Work
from reporting.store.factors import forget_factors
from reporting.store.grants import grants_of_holder, holder_of_staff, remove_grants
from reporting.store.holdings import held_case_ids
from reporting.store.holds import take_holds_back
from reporting.store.offices import find_office
from reporting.store.requests import lapse_requests
from reporting.store.staff import Staff, find_staff, find_staff_by_username

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

    :raises NotAName: the user name or the display name cannot be one.
    :raises NameTaken: somebody has this user name.
    :raises DoesNotFit: no such office, or the role does not exist in an office of this kind.
    """
    username, display_name, office = username.strip().lower(), display_name.strip(), find_office(work.main, office_id)
    if office is None or role not in STAFF or not may_serve(role, external=office.external):
        raise DoesNotFit
    if not USERNAME.fullmatch(username) or not display_name:
        raise NotAName
    if find_staff_by_username(work.main, username) is not None:
        raise NameTaken
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
    """Start an account anew after a lost passphrase: the old key, its grants and its sessions end now.

    The cases stay in the person's hands by name, so that colleagues see whom to give access again; until
    one does, and within her choice, none of them opens.
    """
    staff = find_staff(work.main, staff_id)
    if staff is None or staff.state == "disabled":
        raise NotFound
    staff.state = "invited"
    remove_grants(work.main, work.shred, grants_of_holder(work.main, holder_of_staff(staff_id)))
    take_holds_back(work.main, work.shred, holder_of_staff(staff_id))
    staff.sealed_seed = staff.public_key = staff.signing_key = staff.key_tag = None
    forget_factors(work.main, staff_id)  # they are sealed under the old key and would open for nobody
    forget_copy(work, staff_id)  # no quorum brings the old key back
    lapse_requests(work.main, staff_id)  # what was agreed was sealed to the old key
    end_all_staff_sessions(work, staff_id)
    record_staff(work, house, StaffEvent.CODE_ISSUED, actor_id=actor_id, about_id=staff_id)
    return _new_code(house, staff)


def prepare_key(username: str, display_name: str, passphrase: str, kept: Seed | None = None) -> tuple[Seed, SealedSeed]:
    """Make a key and seal it under a passphrase. Slow (Argon2id): do it outside any transaction.

    :param kept: the seed that a recovery quorum gave back, if one did.
    :raises WeakPassphrase: the passphrase is refused (NIST SP 800-63B-4, section 3.1.1).
    """
    why = weakness(passphrase, [username, display_name])
    if why is not None:
        raise WeakPassphrase(why)
    seed = kept or Seed.random()
    return seed, seal_seed(passphrase, seed)


def find_invited(work: Work, house: House, username: str, code: str) -> Staff | None:
    """Return the invited account that this code belongs to, or nothing."""
    staff = find_staff_by_username(work.main, username.strip().lower())
    if staff is None or staff.state != "invited" or staff.code_hash is None or staff.code_expires_on is None:
        return None
    if staff.code_expires_on < house.today() or not secrets.compare_digest(staff.code_hash, hash_code(code)):
        return None
    return staff


def enrol(work: Work, house: House, username: str, code: str, seed: Seed, sealed: SealedSeed) -> None:
    """Redeem a code: the account now has a key, and nothing is sealed to it until somebody vouches.

    :raises NotFound: wrong name, wrong or expired code, or already redeemed; one answer for all.
    """
    staff = find_invited(work, house, username, code)
    if staff is None or staff.public_key not in (None, KeyPair.from_seed(seed).public_key):
        raise NotFound
    staff.state, staff.code_hash, staff.code_expires_on = "active", None, None
    staff.sealed_seed = sealed.to_bytes()
    staff.public_key = KeyPair.from_seed(seed).public_key
    staff.signing_key = SigningKey.from_seed(seed).public_key
    staff.key_tag = tag_of_keys(house, staff.id, staff.public_key, staff.signing_key)
    record_staff(work, house, StaffEvent.ACCOUNT_ENROLLED, actor_id=staff.id, about_id=staff.id)
    keep_copy(work, house, staff, seed)


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
    """Disable an account and end its sessions at once; its grants open nothing without sign-in.

    A link that no service has opened yet would: whoever made it knows its passphrase, and it asks for no account.

    :raises NotAllowed: nobody disables their own account, so that an administrator always remains.
    """
    staff = find_staff(work.main, staff_id)
    if staff is None:
        raise NotFound
    if actor_id == staff_id:
        raise NotAllowed
    staff.state, staff.code_hash, staff.code_expires_on = "disabled", None, None
    end_all_staff_sessions(work, staff_id)
    forget_copy(work, staff_id)
    lapse_requests(work.main, staff_id, keep_handover=True)
    held = held_case_ids(work.main, staff_id)
    for case_id in held:
        end_unopened(work, house, case_id)
    for case_id in held:  # each reporter is told who left
        record_staff(work, house, StaffEvent.DEPARTED, actor_id=None, case_id=case_id, about_id=staff_id)
    record_staff(work, house, StaffEvent.ACCOUNT_DISABLED, actor_id=actor_id, about_id=staff_id)


def change_passphrase(work: Work, house: House, actor: StaffMember, sealed: SealedSeed, kept: Ticket) -> None:
    """Seal the same seed under a new passphrase; every session but one ends. Grants and factors stay as they are."""
    staff = find_staff(work.main, actor.staff_id)
    if staff is None:
        raise NotFound
    staff.sealed_seed = sealed.to_bytes()
    end_other_staff_sessions(work, actor.staff_id, kept)
    record_staff(work, house, StaffEvent.PASSPHRASE_CHANGED, actor_id=actor.staff_id, about_id=actor.staff_id)


def note_sign_in(work: Work, house: House, staff_id: bytes) -> None:
    """Record that somebody signed in; the account keeps the day there, by which the duty rota knows who has come."""
    staff = find_staff(work.main, staff_id)
    if staff is not None:
        staff.signed_in_on = today_at(house, find_office(work.main, staff.office_id))
    record_staff(work, house, StaffEvent.SIGNED_IN, actor_id=staff_id)


def note_sign_out(work: Work, house: House, staff_id: bytes) -> None:
    """Record that somebody signed out."""
    record_staff(work, house, StaffEvent.SIGNED_OUT, actor_id=staff_id)


def note_refusal(work: Work, house: House, username: str) -> None:
    """Record a refused sign-in; the same row for an unknown name, so that it takes as long."""
    staff = find_staff_by_username(work.main, username.strip().lower())
    about_id = staff.id if staff else None
    record_staff(work, house, StaffEvent.SIGN_IN_REFUSED, actor_id=None, about_id=about_id)


def end_own_session(work: Work, house: House, actor: StaffMember, id_hash: bytes) -> None:
    """End one of one's own sessions; one that is not one's own is left alone."""
    record_staff(work, house, StaffEvent.SESSION_ENDED, actor_id=actor.staff_id)
    end_staff_session(work, actor.staff_id, id_hash)


def end_others(work: Work, house: House, actor: StaffMember, kept: Ticket) -> None:
    """End every session of one's own but one."""
    record_staff(work, house, StaffEvent.SESSION_ENDED, actor_id=actor.staff_id)
    end_other_staff_sessions(work, actor.staff_id, kept)


def _new_code(house: House, staff: Staff) -> str:
    code = draw_code()
    staff.code_hash, staff.code_expires_on = hash_code(code), house.today() + timedelta(days=CODE_DAYS)
    return code
