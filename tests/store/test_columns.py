"""Every column says what it is, and no row of a survivor tells when it came or what it followed."""

from collections.abc import Iterator
from typing import Final

import pytest
from sqlalchemy import Column, Date, DateTime, Integer, LargeBinary, String, Table, Text

from reporting.domain.directory.tables import TABLES as TABLES_OF_HSDS
from reporting.store.columns import DataClass
from reporting.store.database import Stores
from reporting.store.directory import name_of
from reporting.store.records import MEANING, records_page
from reporting.store.tables import MAIN, SHRED
from tests.engines import on_sqlite

# A new table stands in one of these two lists before any test passes.
OF_SURVIVORS: Final = {
    *("cases", "compartments", "items", "grants", "holdings", "requests", "approvals", "reporters", "audit_pending"),
    *("shred_keys", "survivor_sessions", "drafts", "throttles", "holds", "held_items", "hold_grants"),
    *("clocks", "escalations", "inactions", "set_asides", "guests", "referral_links", "blobs", "blob_keys"),
    *("fund_requests", "fund_transactions", "fund_entries", "fund_redemptions"),
}
OF_THE_HOUSE: Final = {
    *(
        "offices",
        "inaction_bands",
        "packs",
        "legal_profiles",
        "duties",
        "stand_ins",
        "staff",
        "vouches",
        "chores",
        "settings",
        "audit_events",
        "audit_days",
        "audit_heads",
    ),
    *("staff_sessions", "peppers", "factors", "conduct"),
    *("funds", "fund_pledges", "fund_corrections", "fund_providers"),
    *("documents", "document_versions", "document_parts", "events"),
    *("recovery_keys", "recovery_copies", "recovery_shred_keys"),
    *(name_of(table) for table in TABLES_OF_HSDS),
}
# Each of these is a full hour; the tests of sessions, drafts and throttles hold the services to it.
WITH_A_TIME: Final = {"survivor_sessions.expires_hour", "drafts.expires_hour", "throttles.expires_at"}
LONGEST_WORD: Final = 40
TABLES: Final = [*MAIN.sorted_tables, *SHRED.sorted_tables]


def columns(*names: str) -> Iterator[tuple[str, Column[object]]]:
    """Return the columns of these tables, or of all, with their full names."""
    for table in TABLES:
        if not names or table.name in names:
            yield from ((f"{table.name}.{column.name}", column) for column in table.columns)


@pytest.mark.req("L4")
@pytest.mark.parametrize("column", [column for _, column in columns()], ids=[name for name, _ in columns()])
def test_every_column_says_what_it_holds_what_for_and_for_how_long(column: Column[object]) -> None:
    assert column.info["holds"] in DataClass
    assert column.info["purpose"].strip()
    assert column.info["keep"].strip()


@pytest.mark.req("L4")
def test_the_records_of_processing_name_every_table_and_column() -> None:
    page = records_page()
    for table in TABLES:
        assert f"### `{table.name}`\n" in page
    for name, column in columns():
        row = f"| `{column.name}` | {column.info['holds']} | {column.info['purpose']} | "
        assert row in page, name
    assert set(MEANING) == set(DataClass)


def test_every_table_is_known_as_a_survivors_or_as_one_of_the_house() -> None:
    assert {table.name for table in TABLES} == OF_SURVIVORS | OF_THE_HOUSE
    assert not OF_SURVIVORS & OF_THE_HOUSE


@pytest.mark.req("P3")
@pytest.mark.principle("confidentiality")
@pytest.mark.parametrize("table", [table for table in TABLES if table.name in OF_SURVIVORS], ids=str)
def test_no_key_of_a_survivors_row_is_a_running_number(table: Table) -> None:
    assert not [column.name for column in table.primary_key if isinstance(column.type, Integer)]


@on_sqlite
@pytest.mark.req("P3")
def test_no_table_of_survivors_keeps_the_order_of_its_rows(stores: Stores) -> None:
    """PostgreSQL has no row numbers; what a stolen live database tells is an honest limit."""
    for engine in (stores.main, stores.shred):
        with engine.connect() as connection:
            found = connection.exec_driver_sql("SELECT name, wr FROM pragma_table_list WHERE schema = 'main'").all()
        assert {name for name, without_rowid in found if name in OF_SURVIVORS and not without_rowid} == set()


@pytest.mark.req("P3")
@pytest.mark.principle("safety")
def test_no_column_of_a_survivors_row_knows_the_time_of_day() -> None:
    timed = {name for name, column in columns(*OF_SURVIVORS) if isinstance(column.type, DateTime)}
    assert timed == WITH_A_TIME


@pytest.mark.req("P1")
@pytest.mark.principle("confidentiality")
def test_a_survivors_row_has_no_place_for_words() -> None:
    """What is not sealed is a day, a number, an identifier or a short code."""
    for name, column in columns(*OF_SURVIVORS):
        if isinstance(column.type, String) and column.info["holds"] is not DataClass.HASH:
            assert not isinstance(column.type, Text), name
            assert (column.type.length or LONGEST_WORD + 1) <= LONGEST_WORD, name
        if column.info["holds"] is DataClass.SEALED:
            assert isinstance(column.type, LargeBinary), name


@pytest.mark.req("P3")
def test_what_a_reporter_did_is_kept_by_the_day() -> None:
    assert isinstance(MAIN.tables["audit_days"].c.day.type, Date)
    assert not [column for _, column in columns("audit_days", "audit_pending") if isinstance(column.type, DateTime)]
