"""Bringing both stores to the schema that this release needs, and saying so when they are not."""

from typing import Literal

from sqlalchemy import Connection, Engine

from reporting.resources import folder
from reporting.store.database import Stores

Store = Literal["main", "shred"]
STORES: tuple[Store, ...] = ("main", "shred")


def upgrade(stores: Stores, to: str = "head") -> None:
    """Migrate both stores forward. Alembic is imported only here: a web worker never needs it."""
    from alembic import command

    for store in STORES:
        with _engine(stores, store).begin() as connection:
            command.upgrade(_config(store, connection), to)


def downgrade(stores: Stores, to: str = "base") -> None:
    """Migrate both stores back; what the older schema has no place for is lost."""
    from alembic import command

    for store in STORES:
        with _engine(stores, store).begin() as connection:
            command.downgrade(_config(store, connection), to)


def is_current(stores: Stores) -> bool:
    """Return whether both stores have exactly the schema of this release."""
    return all(_revision(stores, store) == head(store) for store in STORES)


def head(store: Store) -> str:
    """Return the newest revision of a store; there is a single one."""
    versions = folder("migrations") / store / "versions"
    return max(path.stem.split("_")[0] for path in versions.glob("[0-9]*.py"))


def drift(stores: Stores, store: Store) -> list[object]:
    """Return where the tables in the code and in the database differ."""
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    from reporting.store.tables import MAIN, SHRED

    with _engine(stores, store).connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        return list(compare_metadata(context, MAIN if store == "main" else SHRED))


def _engine(stores: Stores, store: Store) -> Engine:
    return stores.main if store == "main" else stores.shred


def _config(store: Store, connection: Connection):  # type: ignore[no-untyped-def]  # Alembic is imported late
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(folder("migrations")))
    config.set_main_option("version_locations", str(folder("migrations") / store / "versions"))
    config.set_main_option("path_separator", "os")
    config.attributes.update(connection=connection, store=store)
    return config


def _revision(stores: Stores, store: Store) -> str | None:
    """Read the schema's revision without importing Alembic."""
    engine = _engine(stores, store)
    with engine.connect() as connection:
        if not engine.dialect.has_table(connection, "alembic_version"):
            return None
        return connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()
