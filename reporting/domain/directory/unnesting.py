"""Reading nested JSON: a service, an organisation, a list of them, a page of the API, or a whole export.

What stands inside something belongs to it; the links follow from that. The same row may stand in several places, such
as an organisation in each of its services, as long as no place contradicts another.
"""

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any, Final, NoReturn

from reporting.domain.directory.checking import MOST_ROWS, Fault, Found, cleaned
from reporting.domain.directory.nested import LISTS, ONE, TOP, Literal
from reporting.domain.directory.tables import TABLES

CONTENTS: Final = "contents"
_SHOWN: Final = 60
COVERED: Final = frozenset(TABLES)
"""A nested file speaks of every table."""


def read_nested(content: bytes, name: str) -> tuple[list[Found], list[Fault]]:
    """Return the rows of a file of nested JSON, and what is wrong with its form."""
    try:
        told = json.loads(
            content.decode("utf-8-sig"),
            parse_float=Literal,
            parse_int=Literal,
            parse_constant=_no_number,
            object_pairs_hook=_once,
        )
        walk = _Walk()
        walk.start(told, name)
    except UnicodeDecodeError as error:
        return [], [Fault(name, "", f"this is not UTF-8 (byte {error.start}); please save it as UTF-8.")]
    except RecursionError:
        return [], [Fault(name, "", "this is nested too deeply.")]
    except ValueError as error:
        return [], [Fault(name, "", f"this is no JSON ({error}).")]
    return walk.found, walk.faults


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        twice = next(name for name, times in Counter(name for name, _ in pairs).items() if times > 1)
        raise ValueError(f"“{twice[:_SHOWN]}” stands twice in one object")
    return found


def _no_number(word: str) -> NoReturn:
    raise ValueError(f"{word} is no number")


class _Walk:
    """Goes through a file and notes rows and faults."""

    def __init__(self) -> None:
        self.found: list[Found] = []
        self.faults: list[Fault] = []

    def start(self, told: Any, name: str) -> None:
        """Find out what the file is."""
        if isinstance(told, dict) and isinstance(told.get(CONTENTS), list):
            self.list_of(told[CONTENTS], CONTENTS, {}, None)
        elif isinstance(told, list):
            self.list_of(told, "", {}, None)
        elif isinstance(told, dict) and "id" not in told and (not told or set(told) & set(TOP)):
            for part, things in told.items():
                if part in TOP and isinstance(things, list):
                    self.list_of(things, part, {}, TOP[part])
                else:
                    self.faults.append(Fault(name, part, "HSDS has no such list."))
        elif isinstance(told, dict):
            self.thing(told, _kind(told), _kind(told), {})
        else:
            self.faults.append(Fault(name, "", "this is neither a service, an organization nor a list of them."))

    def list_of(self, things: list[Any], where: str, links: Mapping[str, str], table: str | None) -> None:
        """Go through a list; without a table, each thing is a service or an organisation."""
        for place, thing in enumerate(things):
            if len(self.faults) > MOST_ROWS:
                return
            if len(self.found) > MOST_ROWS:
                self.faults.append(Fault(where, "", f"there are more than {MOST_ROWS} rows."))
                return
            kind = table or (_kind(thing) if isinstance(thing, dict) else "service")
            self.thing(thing, kind, f"{where or TABLES[kind].path.removesuffix('.csv')}[{place}]", links)

    def thing(self, thing: Any, table: str, where: str, links: Mapping[str, str]) -> None:
        """Note a row, and go into what stands inside it."""
        if not isinstance(thing, dict):
            self.faults.append(Fault(where, "", f"this must be an object: a row of {table}."))
            return
        row = dict(self._values(thing, table, where))
        for name, other in ONE.get(table, {}).items():
            if isinstance(thing.get(name), dict) and isinstance(inner := thing[name].get("id"), str):
                self._link(row, f"{other}_id", inner, where)
        for name, value in links.items():
            self._link(row, name, value, where)
        row = dict(cleaned(table, row))
        self.found.append(Found(table, row, where, shared=True))
        self._inside(thing, table, where, row.get("id", ""))

    def _values(self, thing: Mapping[str, Any], table: str, where: str) -> Iterable[tuple[str, str]]:
        kinds = {field.name: field.kind for field in TABLES[table].fields}
        nested = {*LISTS[table], *ONE.get(table, {})}
        for name, value in thing.items():
            if len(self.faults) > MOST_ROWS:
                return
            if name in nested or (value is None and name in kinds):
                continue
            if name not in kinds:
                self.faults.append(Fault(where, name, f"{table} has no such field."))
            elif kinds[name] == "number" and not isinstance(value, Literal):
                self.faults.append(Fault(where, name, "this must be a number, without quotation marks."))
            elif kinds[name] != "number" and (isinstance(value, Literal) or not isinstance(value, str)):
                self.faults.append(Fault(where, name, "this must be text, in quotation marks."))
            else:
                yield name, value

    def _link(self, row: dict[str, str], name: str, value: str, where: str) -> None:
        if not value:
            return
        if row.setdefault(name, value).lower() != value.lower():
            self.faults.append(Fault(where, name, f"this says {row[name]}, but what it stands with says {value}."))

    def _inside(self, thing: Mapping[str, Any], table: str, where: str, row_id: str) -> None:
        for name, other in ONE.get(table, {}).items():
            if thing.get(name) is not None:
                self.thing(thing[name], other, f"{where}.{name}", {})
        for name, other in LISTS[table].items():
            things = thing.get(name)
            if isinstance(things, list):
                self.list_of(things, f"{where}.{name}", _links(table, other, row_id), other)
            elif things is not None:
                self.faults.append(Fault(where, name, "this must be a list."))


def _kind(thing: Mapping[str, Any]) -> str:
    return "service" if {"status", "organization_id", "organization"} & set(thing) else "organization"


def _links(table: str, other: str, row_id: str) -> dict[str, str]:
    if other == "attribute":
        return {"link_id": row_id, "link_entity": table}
    if other == "metadata":
        return {"resource_id": row_id, "resource_type": table}
    return {f"{table}_id": row_id}
