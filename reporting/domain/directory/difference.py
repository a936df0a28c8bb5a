"""What a file would change in the directory: added, changed field by field, unchanged, missing in the file."""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from reporting.domain.directory.checking import (
    Fault,
    Faulty,
    Found,
    faults_of_row,
    faults_of_whole,
)
from reporting.domain.directory.checks import claimed_checks, with_checks_that_hold
from reporting.domain.directory.listing import Listed
from reporting.domain.directory.tables import TABLES, Records, Row

Key = tuple[str, str]
"""Table and id of a row."""


@dataclass(frozen=True, slots=True)
class Change:
    """A row that a file changes."""

    table: str
    before: Row
    after: Row

    def fields(self) -> Iterator[tuple[str, str, str]]:
        """Yield each field that differs, before and after, in the order of the table; empty is “”."""
        for field in TABLES[self.table].fields:
            before, after = self.before.get(field.name, ""), self.after.get(field.name, "")
            if before != after:
                yield field.name, before, after


@dataclass(frozen=True, slots=True)
class Difference:
    """What a file would do.

    `unchanged` counts the other rows of the directory. `missing` are rows of tables that the file covers and that it
    does not have; `removing` says whether they go. `unchecked` are ids of services that lose their check, because
    people would reach something else through them; `claimed` are those that would count as checked by us because the
    file says so.
    """

    added: Records
    changed: tuple[Change, ...]
    unchanged: int
    missing: Mapping[str, tuple[Row, ...]]
    removing: bool
    unchecked: tuple[str, ...]
    claimed: tuple[Listed, ...]

    @property
    def is_empty(self) -> bool:
        """Return whether nothing would be written."""
        return not any(self.added.values()) and not self.changed and not self.gone

    @property
    def gone(self) -> Mapping[str, tuple[Row, ...]]:
        """Return what would be removed."""
        return self.missing if self.removing else {}

    @property
    def digest(self) -> str:
        """Return a short name of exactly this difference (twelve hexadecimal digits)."""
        changed = [(one.table, dict(one.before), dict(one.after)) for one in self.changed]
        said = json.dumps([_plain(self.added), changed, _plain(self.gone)], sort_keys=True)
        return hashlib.sha256(said.encode()).hexdigest()[:12]


def difference(
    before: Records, found: Iterable[Found], faults: Iterable[Fault], covers: frozenset[str], *, removing: bool
) -> Difference:
    """Return what these rows would change.

    :param faults: what was wrong with the form of the file; then its links are not looked at.
    :param covers: the tables of which the file claims to know every row.
    :raises Faulty: the rows, or the directory that they would make, break a rule.
    """
    given, faults = list(found), list(faults)
    form = bool(faults)
    rows, places, contradictions = gathered(given)
    faults += [fault for one in given for fault in faults_of_row(one)] + contradictions
    known = {table: {row["id"]: row for row in before.get(table, ())} for table in TABLES}
    missing = {table: [row for key, row in known[table].items() if key not in rows[table]] for table in covers}
    gone = {table: {row["id"] for row in lost} for table, lost in missing.items()} if removing else {}
    wanted = {
        table: [row for key, row in {**known[table], **rows[table]}.items() if key not in gone.get(table, ())]
        for table in TABLES
    }
    faults += [] if form else faults_of_whole(wanted, places)
    if faults:
        raise Faulty(faults)
    left = {table: tuple(lost) for table, lost in missing.items() if lost}
    return _between(before, known, wanted, left, removing=removing)


def gathered(found: Iterable[Found]) -> tuple[dict[str, dict[str, Row]], dict[Key, str], list[Fault]]:
    """Return rows by table and id, where each was found first, and where one place contradicts another."""
    rows: dict[str, dict[str, Row]] = {table: {} for table in TABLES}
    places: dict[Key, str] = {}
    faults: list[Fault] = []
    for one in found:
        key = one.table, one.row.get("id", "")
        if not key[1]:
            continue  # told as a required field that is empty
        earlier = rows[one.table].get(key[1], {})
        differing = [name for name in earlier if name in one.row and one.row[name] != earlier[name]]
        if differing or (earlier and not one.shared):
            said = f"this is the {one.table} that stands at {places[key]} already."
            faults.append(Fault(one.where, differing[0] if differing else "id", said))
        rows[one.table][key[1]] = {**earlier, **one.row}
        places.setdefault(key, one.where)
    return rows, places, faults


def _between(
    before: Records,
    known: Mapping[str, Mapping[str, Row]],
    wanted: Records,
    missing: Mapping[str, tuple[Row, ...]],
    *,
    removing: bool,
) -> Difference:
    after = with_checks_that_hold(before, wanted)
    lost = _checked(wanted) - _checked(after)
    added: dict[str, list[Row]] = {}
    changed: list[Change] = []
    unchanged = 0
    for table in TABLES:
        for row in after.get(table, ()):
            old = known[table].get(row["id"])
            if old is None:
                added.setdefault(table, []).append(row)
            elif dict(old) != dict(row):
                changed.append(Change(table, old, row))
            else:
                unchanged += 1
    claimed = claimed_checks(before, after)
    return Difference(added, tuple(changed), unchanged, missing, removing, tuple(sorted(lost)), claimed)


def _checked(records: Records) -> set[str]:
    return {row["id"] for row in records.get("service", ()) if "assured_date" in row}


def _plain(records: Mapping[str, Iterable[Row]]) -> dict[str, list[dict[str, str]]]:
    return {table: [dict(row) for row in rows] for table, rows in records.items() if rows}
