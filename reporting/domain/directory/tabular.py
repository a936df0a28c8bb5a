"""The directory as the tabular data package of HSDS: one CSV file for each table, and `datapackage.json`.

What is read is brought into its normal form; what is written is in it, so that reading and writing again gives the same
bytes: UTF-8, rows by id, every column, a comma between values and LF at the end of a line.
"""

import csv
import io
import json
from collections.abc import Iterator, Mapping
from typing import Any, Final

from reporting.domain.directory.checking import LONGEST, MOST_ROWS, Fault, Found, cleaned
from reporting.domain.directory.tables import TABLES, Field, Records, Row

DESCRIPTION: Final = "datapackage.json"
VERSION: Final = "3.0.0"
_SHOWN: Final = 60
_MOST_COLUMNS: Final = 200
Files = Mapping[str, bytes]
"""Files of one folder by name."""


def read_tables(files: Files) -> tuple[list[Found], list[Fault], frozenset[str]]:
    """Return the rows of a package or of a plain folder of CSV files, what is wrong, and which tables have a file."""
    paths, faults = _paths(files)
    found: list[Found] = []
    for table, path in paths.items():
        if path not in files:
            faults.append(Fault(DESCRIPTION, table, f"there is no file {path[:_SHOWN]}."))
            continue
        rows, wrong = _read(table, path, files[path])
        found += rows
        faults += wrong
    if not paths and not faults:
        faults.append(Fault("the folder", "", "there is no table of HSDS here, such as services.csv."))
    if len(found) > MOST_ROWS:
        faults.append(Fault("the folder", "", f"there are {len(found)} rows; {MOST_ROWS} fit."))
    return found, faults, frozenset(paths)


def write_tables(records: Records) -> Files:
    """Return the files of a package with every table, those without rows too."""
    files = {told.path: _written(table, records) for table, told in TABLES.items()}
    return {**files, DESCRIPTION: (json.dumps(package(), indent=2) + "\n").encode()}


def package() -> dict[str, Any]:
    """Return what `datapackage.json` says: the tables as the specification describes them."""
    resources = [
        {
            "name": table,
            "path": told.path,
            "format": "csv",
            "mediatype": "text/csv",
            "encoding": "utf-8",
            "profile": "tabular-data-resource",
            "schema": _schema(table),
        }
        for table, told in TABLES.items()
    ]
    return {
        "profile": "tabular-data-package",
        "name": "human_services_data",
        "title": "Human Services Data Specification",
        "version": VERSION,
        "homepage": "http://docs.openreferral.org",
        "resources": resources,
    }


def _schema(table: str) -> dict[str, Any]:
    keys = [
        {"fields": field.name, "reference": {"resource": field.points_to, "fields": "id"}}
        for field in TABLES[table].fields
        if field.points_to
    ]
    schema: dict[str, Any] = {"primaryKey": "id", "fields": [_described(field) for field in TABLES[table].fields]}
    return {**schema, "foreignKeys": keys} if keys else schema


def _described(field: Field) -> dict[str, Any]:
    constraints: dict[str, Any] = {"required": field.required, "unique": field.unique}
    if field.choices:
        constraints["enum"] = list(field.choices)
    kind = {"type": "string", "format": field.kind} if field.kind in ("uuid", "email", "uri") else {"type": field.kind}
    return {"name": field.name, **kind, "constraints": constraints}


def _paths(files: Files) -> tuple[dict[str, str], list[Fault]]:
    """Return the file of each table: as `datapackage.json` names them, else as the specification does."""
    if DESCRIPTION not in files:
        return {table: told.path for table, told in TABLES.items() if told.path in files}, []
    try:
        told = json.loads(files[DESCRIPTION].decode("utf-8-sig"))
        named = {str(one["name"]): one.get("path", "") for one in told["resources"]}
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return {}, [Fault(DESCRIPTION, "", "this is no description of a data package.")]
    faults = [Fault(DESCRIPTION, name, "HSDS 3.0 has no such table.") for name in named if name not in TABLES]
    inside = {name: path for name, path in named.items() if name in TABLES and _is_name(path)}
    outside = [name for name in named if name in TABLES and name not in inside]
    return inside, faults + [Fault(DESCRIPTION, name, "the path must be a file of this folder.") for name in outside]


def _is_name(path: object) -> bool:
    return (
        isinstance(path, str) and path.endswith(".csv") and not set("/\\:\0") & set(path) and not path.startswith(".")
    )


def _read(table: str, path: str, content: bytes) -> tuple[list[Found], list[Fault]]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return [], [Fault(path, "", f"this is not UTF-8 (byte {error.start}); please save it as UTF-8.")]
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        header = next(reader, [])
        faults = _header_faults(table, path, header)
        if faults:
            return [], faults
        return _rows(table, path, header, reader)
    except csv.Error as error:
        return [], [Fault(f"{path}, line {reader.line_num}", "", f"this is no CSV ({error}).")]


def _header_faults(table: str, path: str, header: list[str]) -> list[Fault]:
    if len(header) > _MOST_COLUMNS:
        return [Fault(f"{path}, line 1", "", f"there are {len(header)} columns; no table of HSDS has so many.")]
    names = [name.strip() for name in header]
    known = {field.name for field in TABLES[table].fields}
    faults = [Fault(f"{path}, line 1", name, f"{table} has no such field.") for name in names if name not in known]
    faults += [Fault(f"{path}, line 1", name, "this column is there twice.") for name in known if names.count(name) > 1]
    return faults if "id" in names else [*faults, Fault(f"{path}, line 1", "id", "this column is missing.")]


def _rows(table: str, path: str, header: list[str], lines: Iterator[list[str]]) -> tuple[list[Found], list[Fault]]:
    found: list[Found] = []
    faults: list[Fault] = []
    line = 2
    for values in lines:
        where = f"{path}, line {line}"
        line = lines.line_num + 1  # type: ignore[attr-defined]  # a reader of csv counts its lines
        if len(values) > len(header):
            faults.append(Fault(where, "", f"this has {len(values)} values, and the first line names {len(header)}."))
        elif any(values):
            row = dict(zip((name.strip() for name in header), values, strict=False))
            found.append(Found(table, cleaned(table, row), where))
        if len(found) > MOST_ROWS or len(faults) > MOST_ROWS:
            break
    return found, faults


def _written(table: str, records: Records) -> bytes:
    names = [field.name for field in TABLES[table].fields]
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(names)
    writer.writerows([row.get(name, "") for name in names] for row in in_order(records.get(table, ())))
    return out.getvalue().encode()


def in_order(rows: Any) -> list[Row]:
    """Return rows by id, as everything that is written has them."""
    return sorted(rows, key=lambda row: str(row["id"]))


csv.field_size_limit(max(csv.field_size_limit(), 10 * LONGEST))
