"""The directory as nested JSON, as the schemas of HSDS 3.0 nest it: what stands inside what, there and back.

A row that is nested keeps its links, so that nothing has to be guessed when it is read again. In a whole export each
row stands exactly once: inside the nearest thing that it belongs to, or in a list of its own.
"""

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any, Final

from reporting.domain.directory.tables import TABLES, Records, Row, rows_by
from reporting.domain.directory.tabular import in_order

INSIDE: Final[Mapping[str, Mapping[str, str]]] = {
    "organization": {
        "funding": "funding",
        "contacts": "contact",
        "phones": "phone",
        "locations": "location",
        "programs": "program",
        "organization_identifiers": "organization_identifier",
        "services": "service",
    },
    "service": {
        "phones": "phone",
        "schedules": "schedule",
        "service_areas": "service_area",
        "service_at_locations": "service_at_location",
        "languages": "language",
        "funding": "funding",
        "cost_options": "cost_option",
        "required_documents": "required_document",
        "contacts": "contact",
    },
    "location": {
        "languages": "language",
        "addresses": "address",
        "contacts": "contact",
        "accessibility": "accessibility",
        "phones": "phone",
        "schedules": "schedule",
    },
    "service_at_location": {"contacts": "contact", "phones": "phone", "schedules": "schedule"},
    "contact": {"phones": "phone"},
    "phone": {"languages": "language"},
}
"""The lists inside a row: what each is called, and of which table its rows are. They link back by `<table>_id`."""
ONE: Final[Mapping[str, Mapping[str, str]]] = {
    "service": {"organization": "organization", "program": "program"},
    "service_at_location": {"location": "location"},
    "attribute": {"taxonomy_term": "taxonomy_term"},
    "taxonomy_term": {"taxonomy_detail": "taxonomy"},
}
"""The single things inside a row, to which the row links by `<table>_id`."""
DESCRIBED: Final = frozenset(TABLES) - {"metadata"}
"""Tables whose rows carry `metadata`."""
WORDED: Final = DESCRIBED - {"attribute", "taxonomy", "taxonomy_term"}
"""Tables whose rows carry `attributes`."""
LISTS: Final[Mapping[str, Mapping[str, str]]] = {
    table: {
        **INSIDE.get(table, {}),
        **({"attributes": "attribute"} if table in WORDED else {}),
        **({"metadata": "metadata"} if table in DESCRIBED else {}),
    }
    for table in TABLES
}
"""Every list inside a row, by its name: those of `INSIDE`, its words, and what is recorded about it."""
TOP: Final[Mapping[str, str]] = {told.path.removesuffix(".csv"): table for table, told in TABLES.items()}
"""The lists of a whole export, by their names."""


class Literal(str):
    """A number in the digits in which it was written, so that 1.50 stays 1.50."""

    __slots__ = ()


Thing = dict[str, Any]


class Nest:
    """The rows of a directory by what they stand in."""

    def __init__(self, records: Records) -> None:
        self.by_id = {table: {row["id"]: row for row in records.get(table, ())} for table in TABLES}
        self._linked: dict[tuple[str, str], Mapping[str, Sequence[Row]]] = {}
        for table, told in TABLES.items():
            links = [field.name for field in told.fields if field.points_to]
            links += {"attribute": ["link_id"], "metadata": ["resource_id"]}.get(table, [])
            for name in links:
                self._linked[table, name] = rows_by(name, in_order(records.get(table, ())))

    def linked(self, table: str, name: str, row_id: str) -> Sequence[Row]:
        """Return the rows of a table whose field names this id."""
        return self._linked[table, name].get(row_id, ())

    def flat(self, table: str, row_id: str, *ones: str) -> Thing:
        """Return a row as the lists of the API show it: with its single things, named in `ones`, and no lists."""
        row = self.by_id[table][row_id]
        found = plain(table, row)
        for name in ones:
            other = ONE[table][name]
            link = row.get(f"{other}_id")
            if link in self.by_id[other]:
                found[name] = plain(other, self.by_id[other][link])
        return found

    def whole(self, table: str, row_id: str, without: frozenset[str] = frozenset()) -> Thing:
        """Return a row with everything that belongs to it, as the API shows one.

        :param without: tables that are not gone into, because they are being shown around this row.
        """
        row = self.by_id[table][row_id]
        found = plain(table, row)
        for name, other in ONE.get(table, {}).items():
            link = row.get(f"{other}_id")
            if other not in without and link in self.by_id[other]:
                found[name] = self.whole(other, link, without | {table, "service"})
        for name, other in INSIDE.get(table, {}).items():
            if other not in without:
                inside = without | {table} if other == "service" else without
                _list(found, name, [self.whole(other, one["id"], inside) for one in self._in(table, other, row_id)])
        for name, other, link in (("attributes", "attribute", "link_id"), ("metadata", "metadata", "resource_id")):
            if table in (WORDED if other == "attribute" else DESCRIBED):
                rows = [one for one in self.linked(other, link, row_id) if _is_of(one, table)]
                _list(found, name, [self.whole(other, one["id"], without) for one in rows])
        return found

    def _in(self, table: str, other: str, row_id: str) -> Sequence[Row]:
        return self.linked(other, f"{table}_id", row_id)


def document(records: Records) -> Thing:
    """Return a whole directory as one document, in which each row stands once."""
    once = _Once(records)
    return {name: things for name, table in TOP.items() if (things := once.left(table))}


def as_json(value: Any, indent: int = 0) -> str:
    """Write what this module makes as JSON: numbers keep their digits, and two spaces stand before what is inside."""
    if isinstance(value, Literal):
        return str(value)
    inner, outer = "\n" + "  " * (indent + 1), "\n" + "  " * indent
    if isinstance(value, dict) and value:
        parts = [f"{json.dumps(name)}: {as_json(one, indent + 1)}" for name, one in value.items()]
        return "{" + inner + f",{inner}".join(parts) + outer + "}"
    if isinstance(value, list) and value:
        return "[" + inner + f",{inner}".join(as_json(one, indent + 1) for one in value) + outer + "]"
    return json.dumps(value, ensure_ascii=False)


def plain(table: str, row: Row) -> Thing:
    """Return a row by itself, its numbers as numbers."""
    kinds = {field.name: field.kind for field in TABLES[table].fields}
    return {name: Literal(row[name]) if kinds[name] == "number" else row[name] for name in kinds if name in row}


class _Once:
    """Takes each row out once."""

    def __init__(self, records: Records) -> None:
        self.records = records
        ids = {table: {row["id"] for row in records.get(table, ())} for table in TABLES}
        self.homes: dict[tuple[str, str], dict[str, list[Row]]] = defaultdict(lambda: defaultdict(list))
        self.homeless: dict[str, list[Row]] = defaultdict(list)
        for table in TABLES:
            for row in in_order(records.get(table, ())):
                home = _home(table, row, ids)
                if home is None:
                    self.homeless[table].append(row)
                else:
                    self.homes[home][table].append(row)

    def left(self, table: str) -> list[Thing]:
        """Return the rows that stand in nothing, each with what stands in it."""
        return [self.thing(table, row) for row in self.homeless[table]]

    def thing(self, table: str, row: Row) -> Thing:
        """Return a row with what stands in it."""
        found, inside = plain(table, row), self.homes.get((table, row["id"]), {})
        for name, other in LISTS[table].items():
            _list(found, name, [self.thing(other, one) for one in inside.get(other, ())])
        return found


_HOMES: Final = {
    other: [(table, f"{table}_id") for table in reversed(tuple(INSIDE)) if other in INSIDE[table].values()]
    for other in TABLES
}


def _home(table: str, row: Row, ids: Mapping[str, set[str]]) -> tuple[str, str] | None:
    """Return what a row stands in: the nearest of its links, and for words and records what they are about."""
    if table == "attribute":
        about = row["link_entity"]
        return (about, row["link_id"]) if about in WORDED and row["link_id"] in ids[about] else None
    if table == "metadata":
        about = row["resource_type"]
        return (about, row["resource_id"]) if about in DESCRIBED and row["resource_id"] in ids[about] else None
    return next(((home, row[link]) for home, link in _HOMES[table] if link in row), None)


def _is_of(row: Row, table: str) -> bool:
    return row.get("link_entity", row.get("resource_type")) == table


def _list(thing: Thing, name: str, things: list[Thing]) -> None:
    if things:
        thing[name] = things
