"""Policy packs: loading a version for an organisation, and which one counts for an office or a case.

An organisation is a root of the forest of offices. A new version counts for what comes in from then on; a case keeps
the version under which it came.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from reporting.domain.organisation.pack import Pack, check_change, parse
from reporting.domain.oversight.audit import StaffEvent
from reporting.domain.questions import Door
from reporting.resources import folder
from reporting.services.errors import AlreadyInForce, DoesNotFit, NotFound
from reporting.services.house import House
from reporting.services.oversight.audit import STAFF_CHAIN, record_staff
from reporting.store.audit import details_of, lock_head
from reporting.store.cases import Case
from reporting.store.database import Work
from reporting.store.offices import Office, all_offices, desk_of, find_office, root_of
from reporting.store.packs import PackRow, all_packs, find_pack, last_number, newest_pack, packs_of

DIGITS_IN_RECORD = 32


@dataclass(frozen=True)
class Version:
    """One version of the rules, read."""

    number: int
    pack: Pack
    digest: bytes
    loaded_on: date | None


def load(work: Work, house: House, office_id: bytes, content: bytes, actor_id: bytes | None = None) -> Version:
    """Put a pack in force for an organisation, for everything that comes in from now on.

    :raises Unfit: the file is wrong, or changes the code of conduct under the same version; it says where.
    :raises NotFound: there is no such office.
    :raises DoesNotFit: the office stands below another one, whose rules count for it, or is an outside desk.
    :raises AlreadyInForce: exactly this is in force.
    """
    pack, digest = parse(content), hashlib.sha256(content).digest()
    office = find_office(work.main, office_id)
    if office is None:
        raise NotFound
    if office.parent_id is not None or office.external:
        raise DoesNotFit
    lock_head(work.main, STAFF_CHAIN)  # one after the other: no number is given twice
    now = newest_pack(work.main, office.id)
    if now.digest == digest:
        raise AlreadyInForce
    check_change(_read(now.content), pack)
    row = PackRow(
        number=last_number(work.main) + 1,
        organisation_id=office.id,
        content=content,
        digest=digest,
        loaded_on=house.today(),
    )
    work.main.add(row)
    record_staff(work, house, StaffEvent.PACK_LOADED, actor_id=actor_id, detail=_in_record(content))
    return Version(row.number, pack, digest, row.loaded_on)


def in_force(work: Work, office: Office | None) -> Version:
    """Return the version that counts now for what comes to an office; without one, what ships with the program."""
    return _version(newest_pack(work.main, root_of(work.main, office).id if office else None))


def version_of(work: Work, case: Case) -> Version:
    """Return the version under which a case came; it keeps it whatever is loaded later."""
    return numbered(work, case.policy_version)


def numbered(work: Work, number: int) -> Version:
    """Return a version.

    :raises NotFound: there is none with this number.
    """
    row = find_pack(work.main, number)
    if row is None:
        raise NotFound
    return _version(row)


def versions(work: Work, organisation: Office) -> Sequence[Version]:
    """Return every version that counted for an organisation, the newest first."""
    return [_version(row) for row in packs_of(work.main, organisation.id)]


def altered(work: Work) -> set[int]:
    """Return the versions that are not as they were loaded: their bytes are held against the record of the loading.

    Whoever could change the record as well is found by its own verification.
    """
    recorded = details_of(work.main, StaffEvent.PACK_LOADED)
    recorded.add(_in_record((folder("packs") / "standard.toml").read_bytes()))
    return {row.number for row in all_packs(work.main) if _in_record(row.content) not in recorded}


def _in_record(content: bytes) -> str:
    """Return how the record names a pack: the beginning of its SHA-256 digest."""
    return hashlib.sha256(content).hexdigest()[:DIGITS_IN_RECORD]


def came_under(work: Work, office: Office, before: Case | None = None) -> int:
    """Return the version for a case that comes to an office.

    :param before: a case that was with an organisation once keeps its version where it comes back to the same one.
    """
    known = find_office(work.main, before.office_id) if before is not None and before.office_id else None
    if before is not None and known is not None and root_of(work.main, known).id == root_of(work.main, office).id:
        return before.policy_version
    return in_force(work, office).number


def offering(work: Work, offices: Sequence[Office], door: Door) -> list[Office]:
    """Return those of these offices whose organisation offers this way in now."""
    roots = {office.id: root_of(work.main, office) for office in offices}
    offers = {root.id: in_force(work, root).pack.offers(door) for root in roots.values()}
    return [office for office in offices if offers[roots[office.id].id]]


def organisations(work: Work) -> Sequence[Office]:
    """Return the roots of the forest, by name, without outside desks."""
    return [office for office in all_offices(work.main) if office.parent_id is None and not office.external]


def organisations_seen_by(work: Work, office_id: bytes) -> Sequence[Office]:
    """Return the organisations whose rules a colleague works by: their own, or those that their desk watches."""
    own = find_office(work.main, office_id)
    if own is None:
        return []
    watched = [one for one in all_offices(work.main) if _is_watched(work, one, own)] if own.external else [own]
    roots = {root_of(work.main, one).id for one in watched}
    return [root for root in organisations(work) if root.id in roots]


def _is_watched(work: Work, office: Office, desk: Office) -> bool:
    found = desk_of(work.main, office)
    return not office.external and found is not None and found.id == desk.id


def _version(row: PackRow) -> Version:
    return Version(row.number, _read(row.content), row.digest, row.loaded_on)


@lru_cache(maxsize=64)
def _read(content: bytes) -> Pack:
    """Read a pack once for each process: what was loaded never changes."""
    return parse(content)
