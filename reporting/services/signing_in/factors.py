"""Second factors: set up, shown at sign-in and before what is most protected, taken away, always by the person alone.

Each is sealed under the person's own key seed, so it opens only after the passphrase: a thief of the database can
neither make a code nor add a factor. Every use reads and writes under a lock on the account, so nothing counts twice.
"""

import hashlib
import hmac
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date

import pyotp
from sqlalchemy import delete

from reporting.crypto.envelope import open_box, seal_box
from reporting.crypto.errors import CannotOpen
from reporting.crypto.secret import Seed
from reporting.domain.factors import (
    MOST_FACTORS,
    STEP_SECONDS,
    STEPS_AROUND,
    Authenticator,
    Factor,
    RecoveryCodes,
    bare_code,
    draw_recovery_codes,
    factor_from,
    is_app_code,
)
from reporting.domain.oversight.audit import StaffEvent
from reporting.domain.people import READERS, Role
from reporting.services.errors import NotAllowed, NotFound
from reporting.services.house import House
from reporting.services.oversight.audit import record_staff
from reporting.store.database import Work
from reporting.store.factors import FactorRow, forget_factors, has_factors, rows_of
from reporting.store.staff import Staff


class WrongFactor(NotAllowed):
    """What was shown is not this person's second factor, or it was used already."""


@dataclass(frozen=True)
class Person:
    """Whose factors they are, with the seed that opens them: somebody signed in, or half way there."""

    staff_id: bytes
    seed: Seed


@dataclass(frozen=True)
class Held:
    """One factor of a person, as it stands."""

    id: bytes
    added_on: date
    factor: Factor


def is_needed(work: Work, staff: Staff) -> bool:
    """Return whether the passphrase alone does not sign this account in: it may hold grants, or chose to have more."""
    return Role(staff.role) in READERS or has_factors(work.main, staff.id)


def factors_of(work: Work, person: Person) -> list[Held]:
    """Return what a person has, the oldest first; a row that does not open under their key is none of theirs."""
    found = [(row, _opened(person, row)) for row in rows_of(work.main, person.staff_id)]
    return [Held(row.id, row.added_on, factor) for row, factor in found if factor is not None]


def codes_left(held: Sequence[Held]) -> int:
    """Return how many recovery codes have not been used."""
    return sum(len(one.factor.hashes) for one in held if isinstance(one.factor, RecoveryCodes))


def new_secret() -> str:
    """Return a fresh secret for an authenticator app: 160 random bits in base 32."""
    return str(pyotp.random_base32())


def add_authenticator(work: Work, house: House, person: Person, secret: str, typed: str, *, first: bool) -> bool:
    """Add an authenticator app that has just shown a right code, which counts as used; return whether it is the first.

    :param first: the person is only half way in, so a factor that is there already must be shown instead.
    :raises WrongFactor: the code does not fit.
    :raises NotAllowed: see `add`.
    """
    lock(work, person)
    step = _fitting_step(house, Authenticator(secret, last_step=0), bare_code(typed))
    if step is None:
        raise WrongFactor
    return add(work, house, person, Authenticator(secret, step), first=first)


def add(work: Work, house: House, person: Person, factor: Factor, *, first: bool) -> bool:
    """Add a factor; return whether it is the first.

    :raises NotAllowed: it had to be the first and is not, or the person has very many already.
    """
    there = len(rows_of(work.main, person.staff_id))
    if (first and there) or there > MOST_FACTORS:
        raise NotAllowed
    _keep(work, house, person, factor)
    _record(work, house, person, StaffEvent.SECOND_FACTOR_ADDED, factor.WHAT)
    return not there


def show_code(work: Work, house: House, person: Person, typed: str) -> None:
    """Take a code of an authenticator app, or a recovery code, which is then used up.

    :raises WrongFactor: it is neither, or it was used before.
    """
    lock(work, person)
    code, held = bare_code(typed), factors_of(work, person)
    if is_app_code(code):
        _show_to_apps(work, house, person, held, code)
    else:
        _use_recovery_code(work, house, person, held, code)


def draw_codes(work: Work, house: House, person: Person) -> list[str]:
    """Draw recovery codes; the older ones count no more.

    :raises NotAllowed: there is no second factor that they could stand in for.
    """
    lock(work, person)
    held = factors_of(work, person)
    if all(isinstance(one.factor, RecoveryCodes) for one in held):
        raise NotAllowed
    _drop(work, [one.id for one in held if isinstance(one.factor, RecoveryCodes)])
    codes = draw_recovery_codes()
    _keep(work, house, person, RecoveryCodes(tuple(_hash(bare_code(code)) for code in codes)))
    _record(work, house, person, StaffEvent.RECOVERY_CODES_DRAWN)
    return codes


def remove(work: Work, house: House, person: Person, factor_id: bytes) -> None:
    """Take a factor away; with the last one go the recovery codes.

    :raises NotFound: the person has no such factor.
    :raises NotAllowed: it is the last one, and this role needs one.
    """
    staff = lock(work, person)
    real = [one for one in factors_of(work, person) if not isinstance(one.factor, RecoveryCodes)]
    chosen = [one for one in real if one.id == factor_id]
    if not chosen:
        raise NotFound
    if len(real) == 1 and Role(staff.role) in READERS:
        raise NotAllowed
    _drop(work, [factor_id])
    if len(real) == 1:
        forget_factors(work.main, person.staff_id)
    _record(work, house, person, StaffEvent.SECOND_FACTOR_REMOVED, chosen[0].factor.WHAT)


def note_refused(work: Work, house: House, person: Person) -> None:
    """Record that the passphrase was right and the second factor was not: somebody may know the passphrase."""
    _record(work, house, person, StaffEvent.SECOND_FACTOR_REFUSED)


def lock(work: Work, person: Person) -> Staff:
    """Return the account, which nobody else changes until the unit ends.

    :raises NotFound: it is gone.
    """
    staff = work.main.get(Staff, person.staff_id, with_for_update=True, populate_existing=True)
    if staff is None:
        raise NotFound
    return staff


def rewrite(work: Work, person: Person, factor_id: bytes, factor: Factor) -> None:
    """Seal a factor anew, in its place."""
    row = work.main.get_one(FactorRow, factor_id)
    row.sealed = _sealed(person, factor_id, factor)


def _show_to_apps(work: Work, house: House, person: Person, held: Sequence[Held], code: str) -> None:
    for one in held:
        step = _fitting_step(house, one.factor, code) if isinstance(one.factor, Authenticator) else None
        if step is not None and isinstance(one.factor, Authenticator):
            rewrite(work, person, one.id, replace(one.factor, last_step=step))
            return
    raise WrongFactor


def _fitting_step(house: House, app: Authenticator, code: str) -> int | None:
    """Return the time step that a code belongs to, unless it or a later one has been taken already."""
    present = int(house.now().replace(tzinfo=UTC).timestamp()) // STEP_SECONDS
    totp = pyotp.TOTP(app.secret, interval=STEP_SECONDS)
    for step in range(present - STEPS_AROUND, present + STEPS_AROUND + 1):
        if step > app.last_step and hmac.compare_digest(totp.at(step * STEP_SECONDS).encode(), code.encode()):
            return step
    return None


def _use_recovery_code(work: Work, house: House, person: Person, held: Sequence[Held], code: str) -> None:
    used = _hash(code)
    for one in held:
        if isinstance(one.factor, RecoveryCodes) and used in one.factor.hashes:
            rewrite(work, person, one.id, one.factor.without(used))
            _record(work, house, person, StaffEvent.RECOVERY_CODE_USED)
            return
    raise WrongFactor


def _keep(work: Work, house: House, person: Person, factor: Factor) -> None:
    row_id = secrets.token_bytes(16)
    sealed = _sealed(person, row_id, factor)
    work.main.add(FactorRow(id=row_id, staff_id=person.staff_id, sealed=sealed, added_on=house.today()))
    work.main.flush()


def _drop(work: Work, ids: Sequence[bytes]) -> None:
    work.main.execute(delete(FactorRow).where(FactorRow.id.in_(ids)))


def _sealed(person: Person, row_id: bytes, factor: Factor) -> bytes:
    return seal_box(person.seed, _label(person, row_id), factor.to_bytes())


def _opened(person: Person, row: FactorRow) -> Factor | None:
    try:
        return factor_from(open_box(person.seed, _label(person, row.id), row.sealed))
    except (CannotOpen, ValueError):
        return None


def _label(person: Person, row_id: bytes) -> str:
    """Return what binds a sealed factor to its account and row, so that none can be moved or copied."""
    return f"second-factor {person.staff_id.hex()} {row_id.hex()}"


def _hash(code: str) -> str:
    return hashlib.sha256(b"harbour recovery code v1" + code.encode()).hexdigest()


def _record(work: Work, house: House, person: Person, event: StaffEvent, detail: str = "") -> None:
    record_staff(work, house, event, actor_id=person.staff_id, about_id=person.staff_id, detail=detail)
