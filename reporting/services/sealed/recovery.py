"""Recovery by quorum: a key kept offline in shares, to which staff seeds are sealed, never anything of a reporter.

It is off until an operator holds the ceremony. What it gives back is the access of one member of staff: their own
grants, under their own key. Whoever holds fewer shares than the threshold holds nothing.
"""

import secrets
from dataclasses import dataclass
from datetime import timedelta

from reporting.crypto.errors import CannotOpen
from reporting.crypto.keys import KeyPair
from reporting.crypto.passphrases import SealedSeed, unseal_seed
from reporting.crypto.recovery import CopyContext, open_copy, recovery_words, seal_copy
from reporting.crypto.secret import Seed, ShredKey
from reporting.domain.oversight.audit import StaffEvent
from reporting.domain.people import READERS
from reporting.services.actors import StaffMember
from reporting.services.errors import NotAllowed, NotFound
from reporting.services.house import House
from reporting.services.oversight.audit import record_staff
from reporting.services.reading.trust import keys_authentic
from reporting.services.signing_in.codes import CODE_DAYS, hash_code, plain_code
from reporting.services.signing_in.sessions import end_all_staff_sessions
from reporting.store.database import Work
from reporting.store.factors import forget_factors
from reporting.store.recovery import (
    RecoveryCopy,
    RecoveryKey,
    RecoveryShredKey,
    all_copies,
    copy_of,
    destroy_copies,
    destroy_stray_shred_keys,
    recovery_key,
)
from reporting.store.staff import Staff, find_staff


@dataclass(frozen=True)
class Quorum:
    """How many of how many people together could restore the access of a reader, and the words of their key."""

    threshold: int
    shares: int
    words: tuple[str, ...]
    public_key: bytes
    key_id: bytes


def quorum(work: Work, house: House) -> Quorum | None:
    """Return the quorum, or nothing where recovery is off or its key was put there past the program."""
    row = recovery_key(work.main)
    if row is None or not house.keyring.check("recovery", row.tag, *_parts(row)):
        return None
    return Quorum(row.threshold, row.shares, recovery_words(row.public_key), row.public_key, row.id)


def begin(work: Work, house: House, public_key: bytes, threshold: int, shares: int) -> None:
    """Turn recovery on with a key whose shares have been handed out; from now on seeds are sealed to it.

    :raises NotAllowed: there is a recovery key already.
    """
    if recovery_key(work.main) is not None:
        raise NotAllowed
    _add(work, house, public_key, threshold, shares)
    record_staff(work, house, StaffEvent.RECOVERY_BEGUN, actor_id=None)


def renew(work: Work, house: House, public_key: bytes, threshold: int, shares: int) -> None:
    """Replace the key: every copy under the old one is destroyed, in the backups too.

    :raises NotFound: recovery is off.
    """
    _remove(work)
    _add(work, house, public_key, threshold, shares)
    record_staff(work, house, StaffEvent.RECOVERY_RENEWED, actor_id=None)


def end(work: Work, house: House) -> None:
    """Turn recovery off: every copy is destroyed, and the shares open nothing any more.

    :raises NotFound: recovery is off already.
    """
    _remove(work)
    record_staff(work, house, StaffEvent.RECOVERY_ENDED, actor_id=None)


def keep_copy(work: Work, house: House, staff: Staff, seed: Seed) -> bool:
    """Seal somebody's seed to the recovery key, where there is one; return whether it was.

    Only the seeds of people who handle cases: for everybody else a new code restores all there is.
    """
    found = quorum(work, house)
    if found is None or staff.role not in READERS:
        return False
    forget_copy(work, staff.id)
    sealed, shred_key = seal_copy(seed, found.public_key, CopyContext(found.key_id, staff.id))
    copy = RecoveryCopy(staff_id=staff.id, id=secrets.token_bytes(16), key_id=found.key_id, sealed=sealed)
    work.shred.add(RecoveryShredKey(copy_id=copy.id, key=shred_key.raw))
    work.main.add(copy)
    work.main.flush()
    record_staff(work, house, StaffEvent.SEED_SEALED_TO_QUORUM, actor_id=staff.id, about_id=staff.id)
    return True


def seal_own(work: Work, house: House, actor: StaffMember) -> bool:
    """Seal one's own key to the quorum, having had one before recovery was on; return whether it was."""
    staff = find_staff(work.main, actor.staff_id)
    if staff is None:
        raise NotFound
    return keep_copy(work, house, staff, actor.pair.seed)


def has_copy(work: Work, house: House, staff_id: bytes) -> bool:
    """Return whether the quorum could restore this account."""
    found, copy = quorum(work, house), copy_of(work.main, staff_id)
    return found is not None and copy is not None and copy.key_id == found.key_id


def forget_copy(work: Work, staff_id: bytes) -> None:
    """Destroy the copy of a seed, in the backups too: the account starts anew, or ends."""
    copy = copy_of(work.main, staff_id)
    if copy is not None:
        destroy_copies(work.main, work.shred, [copy])


def copies(work: Work) -> int:
    """Return how many accounts the quorum could restore."""
    return len(all_copies(work.main))


def seed_from_copy(work: Work, house: House, key: KeyPair, staff_id: bytes) -> Seed:
    """Open the copy of somebody's seed with the recovery key, and make sure that it is theirs.

    :raises NotFound: there is no copy for this account, or the account is disabled.
    :raises NotAllowed: the copy does not open, or is not the seed of the account's authentic key.
    """
    staff, copy = find_staff(work.main, staff_id), copy_of(work.main, staff_id)
    if staff is None or copy is None or staff.state == "disabled":
        raise NotFound
    row = work.shred.get(RecoveryShredKey, copy.id)
    if row is None:
        raise NotFound
    try:
        seed = open_copy(copy.sealed, ShredKey(row.key), key, CopyContext(copy.key_id, staff_id))
    except CannotOpen:
        raise NotAllowed from None
    if not keys_authentic(house, staff) or KeyPair.from_seed(seed).public_key != staff.public_key:
        raise NotAllowed
    return seed


def restore(work: Work, house: House, staff_id: bytes, seed: Seed, code: str, sealed: SealedSeed) -> None:
    """Give an account back to its person: with the code they keep the key they had, and with it grants and vouches.

    Their passphrase and second factor end at once, as do their sessions.

    :param seed: from `seed_from_copy`.
    :param code: drawn for this, to be handed over in person.
    :param sealed: the seed under `plain_code(code)`; slow, so made outside any transaction.
    :raises NotFound: the account was disabled or started anew meanwhile.
    """
    staff = find_staff(work.main, staff_id)
    if staff is None or staff.state == "disabled" or KeyPair.from_seed(seed).public_key != staff.public_key:
        raise NotFound
    staff.state, staff.sealed_seed = "invited", sealed.to_bytes()
    staff.code_hash, staff.code_expires_on = hash_code(code), house.today() + timedelta(days=CODE_DAYS)
    forget_factors(work.main, staff_id)  # whoever lost one may have lost the other
    end_all_staff_sessions(work, staff_id)
    record_staff(work, house, StaffEvent.SEED_RESTORED, actor_id=None, about_id=staff_id)


def note_drill(work: Work, house: House) -> None:
    """Record that a quorum showed its shares, and that nothing was restored."""
    record_staff(work, house, StaffEvent.RECOVERY_DRILLED, actor_id=None)


def note_refusal(work: Work, house: House, staff_id: bytes | None) -> None:
    """Record that shares were given that are not those of the key."""
    record_staff(work, house, StaffEvent.RECOVERY_REFUSED, actor_id=None, about_id=staff_id)


def restored_seal(staff: Staff) -> SealedSeed | None:
    """Return the seed that a quorum restored and that waits under a one-time code; nothing where none does."""
    waits = staff.state == "invited" and staff.sealed_seed is not None
    return SealedSeed.from_bytes(staff.sealed_seed or b"") if waits else None


def seed_under_code(waiting: SealedSeed, code: str) -> Seed:
    """Open a restored seed with its code. Slow (Argon2id): do it outside any transaction.

    :raises NotFound: this is not its code.
    """
    try:
        return unseal_seed(plain_code(code), waiting)
    except CannotOpen:
        raise NotFound from None


def _add(work: Work, house: House, public_key: bytes, threshold: int, shares: int) -> None:
    row = RecoveryKey(
        id=secrets.token_bytes(16),
        public_key=public_key,
        threshold=threshold,
        shares=shares,
        made_on=house.today(),
    )
    row.tag = house.keyring.tag("recovery", *_parts(row))
    work.main.add(row)
    work.main.flush()


def _remove(work: Work) -> None:
    row = recovery_key(work.main)
    if row is None:
        raise NotFound
    destroy_copies(work.main, work.shred, all_copies(work.main))
    destroy_stray_shred_keys(work.main, work.shred)
    work.main.delete(row)
    work.main.flush()


def _parts(row: RecoveryKey) -> tuple[bytes, ...]:
    numbers = (str(row.threshold).encode(), str(row.shares).encode())
    return row.id, row.public_key, *numbers, row.made_on.isoformat().encode()
