"""The code of conduct: accepted by everyone who handles cases, per version and year, before a case opens to them."""

import hashlib

from reporting.domain.organisation.conduct import counts
from reporting.domain.organisation.pack import CodeOfConduct
from reporting.domain.oversight.audit import StaffEvent
from reporting.services.actors import Actor, StaffMember
from reporting.services.errors import ConductFirst, NotAllowed
from reporting.services.house import House
from reporting.services.organisation.packs import in_force, organisations_seen_by
from reporting.services.oversight.audit import record_staff
from reporting.store.conduct import Acceptance, acceptance_of
from reporting.store.database import Work
from reporting.store.offices import find_office


def current_code(work: Work, office_id: bytes) -> CodeOfConduct:
    """Return the code that colleagues of an office keep to; at a desk, of the first organisation that it watches."""
    office = find_office(work.main, office_id)
    if office is not None and office.external:
        office = next(iter(organisations_seen_by(work, office_id)), office)
    return in_force(work, office).pack.code


def has_accepted(work: Work, house: House, actor: StaffMember) -> bool:
    """Return whether somebody has accepted the present version within the last year."""
    last = acceptance_of(work.main, actor.staff_id)
    if last is None or not counts(last.accepted_on, house.today()):
        return False
    return last.version == current_code(work, actor.office_id).version


def require_accepted(work: Work, house: House, actor: Actor) -> None:
    """Let nobody of the staff go on who has not accepted the code of conduct; a token is asked for nothing.

    :raises ConductFirst: it has to be accepted first.
    """
    if isinstance(actor, StaffMember) and not has_accepted(work, house, actor):
        raise ConductFirst


def accept(work: Work, house: House, actor: StaffMember, version: str) -> None:
    """Record that somebody accepts the code, for a year.

    :param version: the version that the person was shown.
    :raises NotAllowed: another version is in force by now; it has to be read first.
    """
    code = current_code(work, actor.office_id)
    if version != code.version:
        raise NotAllowed
    last = work.main.get(Acceptance, actor.staff_id, with_for_update=True)
    if last is None:
        work.main.add(Acceptance(staff_id=actor.staff_id, version=version, accepted_on=house.today()))
    else:
        last.version, last.accepted_on = version, house.today()
    work.main.flush()
    record_staff(work, house, StaffEvent.CONDUCT_ACCEPTED, actor_id=actor.staff_id, detail=fingerprint(code))


def fingerprint(code: CodeOfConduct) -> str:
    """Return what the record keeps of the text that was accepted: 128 bits of its hash, never its words."""
    parts = (code.version, *(part for pair in sorted(code.text.items()) for part in pair))
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:32]
