"""Runs the migrations of one of the two stores; `reporting.store.schema` says which and how."""

from alembic import context

from reporting.store import tables  # noqa: F401 - every table must be known before schemas are compared
from reporting.store.database import Base, ShredBase

config = context.config
STORES = {"main": Base.metadata, "shred": ShredBase.metadata}


def run() -> None:
    """Migrate over the connection that the caller opened."""
    connection = config.attributes["connection"]
    context.configure(
        connection=connection,
        target_metadata=STORES[config.attributes["store"]],
        render_as_batch=connection.dialect.name == "sqlite",
        compare_type=True,
    )
    with context.begin_transaction():
        context.run_migrations()


run()
