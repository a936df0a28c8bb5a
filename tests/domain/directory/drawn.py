"""Directories drawn at random, with rows of all 21 tables, and the official files where they are."""

import string
from pathlib import Path
from typing import Any, Final

from hypothesis import strategies as st

from reporting.domain.directory.checking import cleaned, wrong_with
from reporting.domain.directory.tables import TABLES, Field, Records, Row

OFFICIAL: Final = next(
    (
        above / "shared" / "hsds"
        for above in Path(__file__).resolve().parents
        if (above / "shared" / "hsds" / "datapackage.json").is_file()
    ),
    None,
)
"""The official schema files, where this checkout stands beside them; our own tests pass without."""

_DATES = st.dates().filter(lambda day: day.year > 1000).map(str)
_SIGNS = st.sampled_from(string.ascii_letters + string.digits + " ,;\"'\n\t=+-|\\/«»äя中ع\u200f\u00a0\u2028😀{}[]:")
_TEXTS = st.text(_SIGNS, min_size=1, max_size=20) | st.sampled_from(["0", "null", "NULL", "-", "\ufeffa", 'a"b', "a,b"])
_NUMBERS = st.integers(-(10**6), 10**6).map(str) | st.sampled_from(["0", "0.5", "1.50", "-7.25", "47.0105"])
_TIMES = st.times().map(lambda one: one.strftime("%H:%M:%S")) | st.sampled_from(["23:59:59+02:00", "10:00:00Z"])
_KINDS: Final = {
    "string": _TEXTS,
    "uuid": st.uuids().map(str),
    "email": st.sampled_from(["a@example.org", "first.last+tag@mail.example.com"]),
    "uri": st.sampled_from(["https://example.org", "http://example.org:8080/a?b=c#d", "https://example.org/%C3%A4"]),
    "number": _NUMBERS,
    "date": _DATES,
    "datetime": _DATES.map(lambda day: f"{day}T13:00:00Z") | _DATES.map(lambda day: f"{day}T13:00:00+02:00"),
    "time": _TIMES,
}
_DIALLED = st.sampled_from(["112", "+373 22 24 06 24", "0 8008 8008", "(022) 811-999", "*16"])


@st.composite
def directories(draw: Any, most: int = 3) -> Records:
    """Draw a directory in which every rule holds, with up to `most` rows in each table."""
    records: dict[str, list[Row]] = {}
    for table, told in TABLES.items():
        rows: dict[str, Row] = {}
        for _ in range(draw(st.integers(0, most))):
            row = _row(draw, table, told.fields, records)
            if row and not any(_clash(table, row, other) for other in rows.values()):
                rows[row["id"]] = row
        records[table] = sorted(rows.values(), key=lambda one: one["id"])
    return {table: rows for table, rows in records.items() if rows}


def _row(draw: Any, table: str, fields: tuple[Field, ...], records: Records) -> Row:
    row: dict[str, str] = {}
    for field in fields:
        links = [one["id"] for one in records.get(field.points_to, ())] if field.points_to else []
        if not field.required and not (draw(st.booleans()) and (links or not field.points_to)):
            continue
        if field.required and field.points_to and not links:
            return {}
        row[field.name] = draw(_value(table, field, links, records))
    return cleaned(table, row)


def _value(table: str, field: Field, links: list[str], records: Records) -> st.SearchStrategy[str]:
    if links:
        return st.sampled_from(links)
    if (table, field.name) == ("phone", "number"):
        return _DIALLED
    if field.name in ("link_id", "resource_id"):
        ids = [one["id"] for rows in records.values() for one in rows]
        return st.sampled_from(ids) if ids else _KINDS["uuid"]
    if field.name in ("link_entity", "resource_type"):
        return st.sampled_from([*TABLES, "something"])
    if field.choices:
        return st.sampled_from(field.choices)
    return _KINDS[field.kind].filter(lambda value: bool(value.strip()) and not wrong_with(field, value.strip()))


def _clash(table: str, row: Row, other: Row) -> bool:
    return any(f.unique and f.name in row and row[f.name] == other.get(f.name) for f in TABLES[table].fields)
