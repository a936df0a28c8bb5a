"""A backup made as `docs/OPERATING.md` says does not keep the order in which rows came."""

import re
from typing import Final

import pytest
from sqlalchemy import select, text

from reporting.store.tables import MAIN
from tests.builders import Built, Team, send_report
from tests.engines import on_postgres
from tests.machine import CHECKOUT

MANUAL: Final = (CHECKOUT / "docs" / "OPERATING.md").read_text(encoding="utf-8")
SURVIVORS: Final = {table.name for table in MAIN.sorted_tables if not table.dialect_options["sqlite"]["with_rowid"]}
REPORTS: Final = 12


def clustered() -> set[str]:
    """Return the tables that the manual puts into the order of their keys before a dump."""
    loop = re.search(r"^for table in (.+); do$", MANUAL, re.MULTILINE)
    assert loop
    return set(loop[1].split())


@pytest.mark.req("P3")
def test_the_manual_names_every_table_of_survivors() -> None:
    assert clustered() == SURVIVORS


# SQLite writes these tables in the order of their keys by itself.
@on_postgres
@pytest.mark.req("P3")
def test_a_dump_of_postgresql_tells_no_order_after_what_the_manual_does_first(built: Built, team: Team) -> None:
    for _ in range(REPORTS):
        send_report(built, team.office)
    with built.stores.main.begin() as connection:
        for name in sorted(clustered()):
            connection.execute(text(f"CLUSTER {name} USING {name}_pkey"))
            key = MAIN.tables[name].primary_key.columns
            as_stored = connection.execute(select(*key).order_by(text("ctid"))).all()
            assert as_stored == connection.execute(select(*key).order_by(*key)).all(), name
