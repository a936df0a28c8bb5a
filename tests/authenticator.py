"""The phone of somebody in a test: it shows the code that comes next."""

from datetime import UTC

from pyotp import TOTP

from reporting.domain.factors import STEP_SECONDS, STEPS_AROUND, Authenticator
from reporting.services.actors import StaffMember
from reporting.services.signing_in.factors import Person, factors_of
from reporting.store.database import reading
from tests.builders import Built


def next_code(built: Built, member: StaffMember) -> str:
    """Return a code that counts now, empty for somebody without an app; time passes where all of this minute are used.

    What the server has taken already is read with the person's own key, as only they could.
    """
    with reading(built.stores) as work:
        held = factors_of(work, Person(member.staff_id, member.pair.seed))
    apps = [one.factor for one in held if isinstance(one.factor, Authenticator)]
    if not apps:
        return ""
    step = max(apps[0].last_step + 1, _present(built) - STEPS_AROUND)
    while step > _present(built) + STEPS_AROUND:
        built.clock.forward(seconds=STEP_SECONDS)
    return code_of(built, apps[0].secret, steps=step - _present(built))


def code_of(built: Built, secret: str, *, steps: int = 0) -> str:
    """Return what an app with this secret shows now, or shows some steps from now."""
    return str(TOTP(secret, interval=STEP_SECONDS).at((_present(built) + steps) * STEP_SECONDS))


def _present(built: Built) -> int:
    return int(built.clock().replace(tzinfo=UTC).timestamp()) // STEP_SECONDS
