"""The page docs/RECORDS_OF_PROCESSING.md (GDPR article 30), written from what every column declares."""

import inspect
from collections.abc import Iterator, Mapping
from typing import Any, Final

from sqlalchemy import ColumnElement, FromClause
from sqlalchemy.orm import DeclarativeBase

from reporting.store.columns import DataClass
from reporting.store.tables import Base, ShredBase

MEANING: Final[Mapping[DataClass, str]] = {
    DataClass.SEALED: "ciphertext; without a key that is not in this database it says nothing",
    DataClass.KEY: "key material: itself sealed, or public, or in the shred store alone",
    DataClass.HASH: "a one-way value, keyed or salted",
    DataClass.COARSE: "readable: a day, a stage, a random identifier; never a survivor's words",
    DataClass.STAFF: "readable: about a member of staff in their role",
    DataClass.PUBLIC: "readable, and shown on public pages anyway",
}
_INTRODUCTION: Final = """\
# Records of processing

What is stored, why, and for how long (GDPR article 30). Written by `make docs` from the declaration of every column in
`reporting/store`; a column without one fails a test.

| class | what a thief with the bare row would learn |
|---|---|
"""
_MAIN: Final = "The main database, which is backed up"
_SHRED: Final = "The shred store, which no backup keeps longer than seven days"


def records_page() -> str:
    """Return the whole page in Markdown: what each class of data means, then every column of both stores."""
    legend = "".join(f"| {kind} | {MEANING[kind]} |\n" for kind in DataClass)
    parts = [_INTRODUCTION + legend]
    for title, base in ((_MAIN, Base), (_SHRED, ShredBase)):
        parts += [f"## {title}\n", *sorted(_section(table, said) for table, said in _tables(base))]
    return "\n".join(parts)


def _section(table: FromClause, said: str) -> str:
    columns = list(table.columns)
    usual = _usual([column.info["keep"] for column in columns])
    rows = "".join(_row(column, usual) for column in columns)
    title = f"### `{table.description}`"
    heads = "| column | class | for | kept otherwise |\n|---|---|---|---|"
    return f"{title}\n\n{said} Kept {usual}.\n\n{heads}\n{rows}"


def _row(column: ColumnElement[Any], usual: str) -> str:
    info = column.info
    otherwise = info["keep"] if info["keep"] != usual else ""
    return f"| `{column.key}` | {info['holds']} | {info['purpose']} | {otherwise} |\n"


def _usual(kept: list[str]) -> str:
    """Return how long most columns of a table are kept, so that the page says it once."""
    return max(kept, key=kept.count)


def _tables(base: type[DeclarativeBase]) -> Iterator[tuple[FromClause, str]]:
    """Return every table with a sentence about it: of its class, or, where it is made from data, of its own."""
    mapped = {mapper.persist_selectable: mapper.class_ for mapper in base.registry.mappers}
    for table in base.metadata.sorted_tables:
        said = inspect.getdoc(mapped[table]) if table in mapped else table.info["said"]
        yield table, (said or "").partition("\n\n")[0].replace("\n", " ")
