"""The tables of the directory, made from the specification: each field is text, as HSDS writes it.

Everything here is public. An import checks kinds, choices and links before anything is written; what points to a row is
a foreign key as well, so that no link ever leads nowhere.
"""

import secrets
from collections.abc import Mapping

from sqlalchemy import Column, ForeignKey, Table, Text, bindparam, delete, insert, select, update
from sqlalchemy.orm import Session

from reporting.domain.directory.tables import TABLES, Field, HsdsTable, Records, Row
from reporting.store.columns import DataClass
from reporting.store.database import Base, add_first
from reporting.store.settings import Setting

KEEP = "until the editor removes the entry"
VERSION = "directory"
"""The setting that names the state of the directory."""


def name_of(table: str) -> str:
    """Return what a table of HSDS is called in the store."""
    return f"hsds_{table}"


def _column(table: str, field: Field) -> Column[str]:
    info = {"holds": DataClass.PUBLIC, "purpose": f"HSDS 3.0: {field.name} of {table}", "keep": KEEP}
    links = [ForeignKey(f"{name_of(field.points_to)}.id")] if field.points_to else []
    return Column(
        field.name,
        Text,
        *links,
        primary_key=field.name == "id",
        nullable=not field.required,
        index=bool(links) or field.name in ("link_id", "resource_id"),
        info=info,
    )


def _made(table: str, told: HsdsTable) -> Table:
    columns = (_column(table, field) for field in told.fields)
    return Table(name_of(table), Base.metadata, *columns, info={"said": f"`{table}` of the directory of services."})


HSDS: Mapping[str, Table] = {table: _made(table, told) for table, told in TABLES.items()}


def read_records(session: Session) -> Records:
    """Return every row of the directory, by id; what is empty is left out."""
    return {table: _rows(session, made) for table, made in HSDS.items()}


def _rows(session: Session, table: Table) -> list[Row]:
    found = session.execute(select(table).order_by(table.c.id)).mappings()
    return [{str(name): value for name, value in row.items() if value is not None} for row in found]


def directory_version(session: Session) -> bytes | None:
    """Return the name of the state that the directory is in: 16 random bytes, new with every change."""
    return session.scalar(select(Setting.value).where(Setting.name == VERSION))


def lock_directory(session: Session) -> None:
    """Let nobody else change the directory until the unit ends (SQLite's unit already holds the write lock)."""
    if directory_version(session) is None:
        add_first(session, Setting(name=VERSION, value=secrets.token_bytes(16)))
    session.execute(select(Setting.name).where(Setting.name == VERSION).with_for_update())


def lock_service(session: Session, service_id: str) -> bool:
    """Lock a service until the unit ends, so that of two changes one is first; return whether it is there."""
    lock_directory(session)  # first, as every change does: two units never wait for each other
    rows = HSDS["service"]
    query = select(rows.c.id).where(rows.c.id == service_id).with_for_update()
    return session.execute(query).first() is not None


def _changed(session: Session) -> None:
    """Give the directory a new version. It is drawn, not counted: one that was rolled back never comes again."""
    lock_directory(session)
    session.execute(update(Setting).where(Setting.name == VERSION).values(value=secrets.token_bytes(16)))


def put_records(session: Session, records: Records) -> None:
    """Add rows, or put them in the place of those with the same id. Links are checked by the database."""
    _changed(session)
    for table, made in HSDS.items():
        rows = [_whole(made, row) for row in records.get(table, ())]
        known = set(session.scalars(select(made.c.id)))
        fresh, changed = [row for row in rows if row["id"] not in known], [row for row in rows if row["id"] in known]
        if fresh:
            session.execute(insert(made), fresh)
        for row in changed:
            session.execute(made.update().where(made.c.id == row["id"]).values(row))


def remove_records(session: Session, ids: Mapping[str, frozenset[str]]) -> None:
    """Remove rows by table and id, in the order in which nothing points to them any more."""
    _changed(session)
    for table, made in reversed(tuple(HSDS.items())):
        gone = [{"gone": row_id} for row_id in ids.get(table, ())]
        if gone:
            session.execute(delete(made).where(made.c.id == bindparam("gone")), gone)


def _whole(table: Table, row: Row) -> dict[str, str | None]:
    return {column.name: row.get(column.name) for column in table.columns}
