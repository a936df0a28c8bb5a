"""Engines, and the unit of work that spans both stores.

SQLite's driver opens a transaction only at the first write and so loses updates between two
readers who both write; every writing unit therefore begins with BEGIN IMMEDIATE. On PostgreSQL
the same places lock the case row or the chain head that they are about to change.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from sqlalchemy import Connection, CursorResult, Engine, UpdateBase, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import DeclarativeBase, Session, object_mapper
from sqlalchemy.pool import ConnectionPoolEntry

from reporting.store.objects import BlobStore, open_blobs

BUSY_MILLISECONDS = 30_000
# Marks on the halves of a writing unit: which is the other one; that it has begun; that it has destroyed keys; what is
# to be done once both halves are durable.
SHRED, BEGUN, FORGOT, AFTERWARDS = "shred", "begun", "forgot", "afterwards"

PRAGMAS = (
    f"busy_timeout={BUSY_MILLISECONDS}",
    "journal_mode=WAL",
    "synchronous=FULL",
    "secure_delete=ON",
    "foreign_keys=ON",
    "temp_store=MEMORY",  # a sort that spills must not leave rows in a temporary file
)


class Base(DeclarativeBase):
    """Tables of the main database."""


class ShredBase(DeclarativeBase):
    """Tables of the shred store."""


@dataclass(frozen=True)
class Stores:
    """The two engines that every unit of work spans, and the sealed files, which no unit spans."""

    main: Engine
    shred: Engine
    blobs: BlobStore

    def dispose(self) -> None:
        """Close every pooled connection."""
        self.main.dispose()
        self.shred.dispose()


@dataclass(frozen=True)
class Work:
    """One transaction over both stores; services receive it and never commit it."""

    main: Session
    shred: Session


def open_engine(url: str) -> Engine:
    """Return an engine with the durability and locking that Harbour relies on."""
    if make_url(url).get_backend_name() != "sqlite":
        return create_engine(url, pool_size=8, max_overflow=8, pool_pre_ping=True, hide_parameters=True)
    # hide_parameters: what a failed statement carried must not end in a log
    connect = {"timeout": BUSY_MILLISECONDS / 1000, "check_same_thread": False}
    engine = create_engine(url, connect_args=connect, hide_parameters=True)
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    event.listen(engine, "reset", _end_sqlite)
    return engine


def open_stores(database_url: str, shred_url: str, blobs_url: str, spare: int = 0) -> Stores:
    """Return both engines and the blob store, which leaves `spare` bytes of its disk free."""
    return Stores(open_engine(database_url), open_engine(shred_url), open_blobs(blobs_url, spare))


def open_copy(path: Path) -> Engine:
    """Return an engine that reads a copy of a SQLite database and cannot change it, not even by its log."""
    return create_engine(f"sqlite:///file:{path.absolute()}?mode=ro&immutable=1&uri=true", hide_parameters=True)


def _prepare_sqlite(connection: Any, _entry: ConnectionPoolEntry) -> None:
    connection.isolation_level = None  # the driver must not begin transactions on its own
    cursor = connection.cursor()
    for pragma in PRAGMAS:
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    mode = "DEFERRED" if connection.get_execution_options().get("read_only") else "IMMEDIATE"
    connection.exec_driver_sql(f"BEGIN {mode}")


def _end_sqlite(connection: Any, _entry: ConnectionPoolEntry, _state: object) -> None:
    """End what a failed COMMIT left open (a full disk): the connection would keep the write lock for ever."""
    if connection.in_transaction:
        connection.rollback()


@contextmanager
def writing(stores: Stores) -> Iterator[Work]:
    """Yield a unit that commits at the end, the shred store first.

    A shred key is durable before the grant that needs it, and gone before the page says "erased".
    Both are flushed before either commits, so that a refusal leaves both untouched.
    """
    with _ShredHalf(stores.shred) as shred, _MainHalf(stores.main, info={SHRED: shred}) as main:
        yield Work(main, shred)
        main.flush()
        shred.commit()
        main.commit()
        forgot = shred.info.pop(FORGOT, False)
        afterwards = shred.info.pop(AFTERWARDS, [])
    if forgot:
        truncate_log(stores.shred)
    for step in afterwards:
        step(stores)


class _ShredHalf(Session):
    """The half of a writing unit in the shred store; it remembers that it has begun."""


class _MainHalf(Session):
    """The half of a writing unit in the main database, which is locked first."""


def do_afterwards(shred: Session, step: Callable[[Stores], None]) -> None:
    """Let something be done once the unit is durable in both stores. It must not fail: the unit has ended well."""
    shred.info.setdefault(AFTERWARDS, []).append(step)


@event.listens_for(_ShredHalf, "after_begin")
def _note_begun(shred: Session, *_: object) -> None:
    shred.info[BEGUN] = True


@event.listens_for(_MainHalf, "after_begin")
def _main_first(main: Session, *_: object) -> None:
    """Refuse a unit that locks the stores the other way round: two such units would wait for each other."""
    if BEGUN in main.info[SHRED].info:
        raise RuntimeError("a unit that needs both stores begins with the main database")


@contextmanager
def reading(stores: Stores) -> Iterator[Work]:
    """Yield a unit that takes no write lock, sees one moment of each store, and is always rolled back."""
    with Session(_reader(stores.main)) as main, Session(_reader(stores.shred)) as shred:
        yield Work(main, shred)


def _reader(engine: Engine) -> Engine:
    """SQLite reads one moment by itself; PostgreSQL has to be asked, or a chain could grow under its verification."""
    if engine.dialect.name == "sqlite":
        return engine.execution_options(read_only=True)
    return engine.execution_options(isolation_level="REPEATABLE READ")


def add_first(session: Session, *rows: DeclarativeBase) -> bool:
    """Add rows at once, unless another unit has just added one with the same key; return whether they are ours.

    On PostgreSQL two units may both find that a row is missing. The second waits here for the first.
    """
    try:
        with session.begin_nested():
            session.add_all(rows)
    except IntegrityError:
        keys = [(type(row), object_mapper(row).primary_key_from_instance(row)) for row in rows]
        if all(session.get(table, key) is None for table, key in keys):
            raise
        return False
    return True


def count_changed(session: Session, statement: UpdateBase) -> int:
    """Carry out an UPDATE or DELETE and return how many rows it changed."""
    return cast("CursorResult[Any]", session.execute(statement)).rowcount


def truncate_log(engine: Engine) -> None:
    """Empty SQLite's write-ahead log, so that a deleted shred key does not linger in it."""
    if engine.dialect.name != "sqlite":
        return
    connection = engine.raw_connection()  # past the events: SQLite refuses a checkpoint inside a transaction
    try:
        connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)").close()
    finally:
        connection.close()
