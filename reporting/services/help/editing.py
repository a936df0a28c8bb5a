"""Keeping the directory right, entry by entry: what needs a look, who has checked what, and every change.

Whoever changes or checks an entry says which version of it they read; if it is another one by now, they look again.
"""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from uuid import UUID, uuid4

from reporting.domain.directory.checks import How, checked_rows, how_of, with_checks_that_hold
from reporting.domain.directory.drafts import Draft, Problem, problems
from reporting.domain.directory.editing import Change, change_to, changed, draft_of, entry_in, rows_of, service_row
from reporting.domain.directory.listing import Listed, listed_in
from reporting.domain.directory.looks import Look, Unmet, looks, unmet
from reporting.domain.directory.shelters import told_addresses
from reporting.domain.directory.showing import dated, for_everybody, freshness_of
from reporting.domain.directory.tables import Records, Row
from reporting.domain.directory.taxonomies import own_taxonomies
from reporting.domain.oversight.audit import StaffEvent
from reporting.policy import Permission, allowed
from reporting.services.actors import StaffMember
from reporting.services.errors import ChangedMeanwhile, NotAllowed, NotAName, NotFound
from reporting.services.help.directory import SEEDS, is_demo, load_shipped, shipped_ids
from reporting.services.help.essentials import Gap, gaps
from reporting.services.house import House
from reporting.services.oversight.audit import record_staff
from reporting.store.database import Work
from reporting.store.directory import lock_directory, lock_service, put_records, read_records, remove_records
from reporting.store.offices import all_offices

ACTIVE, TAKEN_OUT = "active", "inactive"


class NotADraft(NotAName):
    """What was filled in cannot be kept; `found` says why, by field."""

    def __init__(self, found: dict[str, Problem]) -> None:
        super().__init__()
        self.found = found


@dataclass(frozen=True)
class Entry:
    """One entry as its editor sees it: everything that stands there, and who checked it in which way."""

    listed: Listed
    draft: Draft
    version: str
    is_active: bool
    how: How | None
    withholds: bool


@dataclass(frozen=True)
class WorkList:
    """What needs a look, the most urgent first."""

    gaps: Sequence[Gap]
    looks: dict[Look, list[Listed]]
    unmet: Sequence[Unmet]
    taken_out: Sequence[Listed]
    shipped: Sequence[str]
    is_demo: bool


def work_list(work: Work, house: House, actor: StaffMember) -> WorkList:
    """Return everything that needs a look."""
    _may(actor)
    records = read_records(work.main)
    directory = dated(listed_in(records), house.today())
    countries = sorted({office.country for office in all_offices(work.main) if not office.external})
    out = {**records, "service": [{**row, "status": ACTIVE} for row in records["service"] if row["status"] != ACTIVE]}
    return WorkList(
        gaps=gaps(work, house),
        looks=looks(directory, house.today()),
        unmet=unmet(directory, countries),
        taken_out=listed_in(out).services,
        shipped=[name for name in SEEDS if not all(service_row(records, one) for one in shipped_ids(name))],
        is_demo=is_demo(work),
    )


def load(work: Work, house: House, actor: StaffMember, name: str) -> None:
    """Put those entries of a set that ships into the directory that were never there, checked by nobody.

    :raises NotFound: no such set ships.
    """
    _may(actor)
    if name not in SEEDS:
        raise NotFound
    load_shipped(work, house, name, actor.staff_id)


def find_entry(work: Work, house: House, actor: StaffMember, entry_id: bytes) -> Entry:
    """Return one entry, active or taken out.

    :raises NotFound: there is none.
    """
    _may(actor)
    return _found(work, house, read_records(work.main), _uuid(entry_id))


def add(work: Work, house: House, actor: StaffMember, draft: Draft) -> bytes:
    """Add an entry that nobody has checked yet, and return its id.

    :raises NotADraft: something in it cannot be kept.
    """
    _may(actor)
    _refuse_wrong(draft)
    lock_directory(work.main)  # an organisation of that name may just be coming
    made = uuid4()
    records = read_records(work.main)
    _write(work, records, change_to(records, str(made), draft, _new_id))
    record_staff(work, house, StaffEvent.SERVICE_ADDED, actor_id=actor.staff_id, detail=str(made))
    return made.bytes


def change(work: Work, house: House, actor: StaffMember, entry_id: bytes, version: str, draft: Draft) -> None:
    """Change an entry. What people dial, write to, visit or rely on takes its check away, as `checks` says.

    :raises ChangedMeanwhile: it is not the version that this person read.
    :raises NotADraft: something in it cannot be kept.
    """
    _refuse_wrong(draft)
    records, entry = _locked(work, house, actor, entry_id, version)
    _write(work, records, change_to(records, entry.listed.id, draft, _new_id))
    record_staff(work, house, StaffEvent.SERVICE_CHANGED, actor_id=actor.staff_id, detail=_uuid(entry_id))


def check(work: Work, house: House, actor: StaffMember, entry_id: bytes, version: str, how: How) -> None:
    """Say that this person has checked everything in the entry today.

    :raises ChangedMeanwhile: it is not the version that this person read.
    """
    records, entry = _locked(work, house, actor, entry_id, version)
    row = _row(records, entry.listed.id)
    put_records(work.main, checked_rows(row, house.today(), actor.display_name, how))
    record_staff(work, house, StaffEvent.SERVICE_CHECKED, actor_id=actor.staff_id, detail=_uuid(entry_id))


def take_out(work: Work, house: House, actor: StaffMember, entry_id: bytes, version: str) -> None:
    """Take an entry out of everything that people read. It can be brought back.

    :raises ChangedMeanwhile: it is not the version that this person read.
    """
    _set_status(work, house, actor, entry_id, version, TAKEN_OUT)
    record_staff(work, house, StaffEvent.SERVICE_TAKEN_OUT, actor_id=actor.staff_id, detail=_uuid(entry_id))


def bring_back(work: Work, house: House, actor: StaffMember, entry_id: bytes, version: str) -> None:
    """Bring an entry back, with the check that it had.

    :raises ChangedMeanwhile: it is not the version that this person read.
    """
    _set_status(work, house, actor, entry_id, version, ACTIVE)
    record_staff(work, house, StaffEvent.SERVICE_BROUGHT_BACK, actor_id=actor.staff_id, detail=_uuid(entry_id))


def _set_status(work: Work, house: House, actor: StaffMember, entry_id: bytes, version: str, status: str) -> None:
    records, entry = _locked(work, house, actor, entry_id, version)
    put_records(work.main, {"service": [{**_row(records, entry.listed.id), "status": status}]})


def _may(actor: StaffMember) -> None:
    if not allowed(actor.role, Permission.KEEP_DIRECTORY):
        raise NotAllowed


def _refuse_wrong(draft: Draft) -> None:
    found = problems(draft)
    if found:
        raise NotADraft(found)


def _locked(work: Work, house: House, actor: StaffMember, entry_id: bytes, version: str) -> tuple[Records, Entry]:
    """Return the directory and an entry in the version that was read, locked until the unit ends."""
    _may(actor)
    service_id = _uuid(entry_id)
    if not lock_service(work.main, service_id):
        raise NotFound
    records = read_records(work.main)
    entry = _found(work, house, records, service_id)
    if entry.version != version:
        raise ChangedMeanwhile
    return records, entry


def _found(work: Work, house: House, records: Records, service_id: str) -> Entry:
    listed = entry_in(records, service_id)
    if listed is None:
        raise NotFound
    seen = replace(listed, freshness=freshness_of(listed, house.today()))
    return Entry(
        listed=seen,
        draft=draft_of(records, listed),
        version=_version(records, service_id),
        is_active=_row(records, service_id)["status"] == ACTIVE,
        how=how_of(records, listed),
        withholds=for_everybody(seen, demo=is_demo(work)).withheld,
    )


def _row(records: Records, service_id: str) -> Row:
    row = service_row(records, service_id)
    if row is None:
        raise NotFound
    return row


def _version(records: Records, service_id: str) -> str:
    said = json.dumps(rows_of(records, service_id), sort_keys=True)
    return hashlib.sha256(said.encode()).hexdigest()[:32]


def _write(work: Work, before: Records, step: Change) -> None:
    """Write a change, and take away the checks that it touches: of this entry, and of others at the same place.

    :raises NotADraft: something in the directory would lead to a shelter.
    """
    after = with_checks_that_hold(before, changed(before, step))
    if set(told_addresses(after)) - set(told_addresses(before)):
        raise NotADraft({"pathways": Problem.SHELTER_WITH_PLACE})  # by a place that no form shows
    touched = {row["id"] for row in step.put.get("service", ())}
    were = {row["id"]: row for row in before.get("service", ())}
    services = [row for row in after["service"] if row["id"] in touched or row != were.get(row["id"])]
    ids = {row["id"] for table in ("taxonomy", "taxonomy_term") for row in before.get(table, ())}
    words = {table: [row for row in rows if row["id"] not in ids] for table, rows in own_taxonomies().items()}
    remove_records(work.main, step.gone)
    put_records(work.main, {**words, **step.put, "service": services})


def _new_id() -> str:
    return str(uuid4())


def _uuid(entry_id: bytes) -> str:
    return str(UUID(bytes=entry_id))
