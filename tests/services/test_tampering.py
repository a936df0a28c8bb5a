"""Whatever somebody does to the record past the program, `verify` names it, and where."""

from itertools import combinations
from typing import Final

import pytest
from sqlalchemy import text

from reporting.domain.oversight.audit import ReporterEvent, StaffEvent
from reporting.domain.people import Role
from reporting.services.oversight import audit
from reporting.services.oversight.audit import Finding
from reporting.store.audit import AuditDay, AuditPending
from reporting.store.database import reading
from tests.builders import Built, add_office, add_staff, in_unit
from tests.engines import on_sqlite
from tests.services.oversight.test_audit import CASE, verify, without_triggers, write_days, write_events

CHAINS: Final = ("audit_events", "audit_days")
LINKS: Final = 5
COLUMNS: Final = {
    "audit_events": ("at", "actor_id", "action", "ref", "detail", "about_id", "previous", "hash"),
    "audit_days": ("day", "action", "ref", "previous", "hash"),
    "audit_pending": ("id", "day", "action", "ref", "tag"),
}
OTHER_VALUE: Final = {
    "at": "'2020-01-01 00:00:00'",
    "day": "'2020-01-01'",
    "action": "'signed_out'",
    "detail": "'x'",
}

pytestmark = [pytest.mark.req("ASVS-16.4.2"), pytest.mark.principle("prevention")]


@pytest.fixture
def chains(empty: Built) -> Built:
    """An instance with five links in each chain, and an account that events can name."""
    write_events(empty)
    write_days(empty)
    return empty


def seen(built: Built, chain: str) -> list[Finding]:
    """Return what is wrong, which is all of this chain."""
    found = verify(built)
    assert {finding.chain for finding in found} == {chain}
    return found


def other_bytes(built: Built, size: int) -> str:
    """Return a literal of other bytes in the words of this engine."""
    digits = "7a" * size
    return f"'\\x{digits}'::bytea" if built.stores.main.dialect.name == "postgresql" else f"X'{digits}'"


def value_of(built: Built, column: str) -> str:
    """Return some other value that fits a column."""
    sizes = {"previous": 32, "hash": 32, "tag": 32, "ref": 16, "id": 16}
    return OTHER_VALUE.get(column) or other_bytes(built, sizes[column])


@pytest.mark.parametrize("place", range(1, LINKS + 1))
@pytest.mark.parametrize(
    ("chain", "column"), [(chain, one) for chain in CHAINS for one in COLUMNS[chain] if not one.endswith("_id")]
)
def test_each_column_of_each_row_is_bound(chains: Built, chain: str, column: str, place: int) -> None:
    without_triggers(chains.stores, f"UPDATE {chain} SET {column} = {value_of(chains, column)} WHERE seq = {place}")  # noqa: S608 - our own words
    found = seen(chains, chain)
    assert found[0].seq in (place, place + 1), found
    assert found[0].what in ("altered", "out of order"), found


@pytest.mark.parametrize("column", ["actor_id", "about_id"])
def test_who_did_it_and_to_whom_is_bound(empty: Built, column: str) -> None:
    office = add_office(empty)
    member = add_staff(empty, office, Role.ADMINISTRATOR, "Ana Ciobanu")
    start = len(verify(empty))
    in_unit(empty, audit.record_staff, StaffEvent.AUDIT_READ, actor_id=None)
    with reading(empty.stores) as work:
        last = work.main.execute(text("SELECT max(seq) FROM audit_events")).scalar_one()
    hexed = member.staff_id.hex()
    value = f"'\\x{hexed}'::bytea" if empty.stores.main.dialect.name == "postgresql" else f"X'{hexed}'"
    without_triggers(empty.stores, f"UPDATE audit_events SET {column} = {value} WHERE seq = {last}")  # noqa: S608 - our own words
    assert start == 0
    assert seen(empty, "audit_events") == [Finding("audit_events", last, "altered")]


@pytest.mark.parametrize("chain", CHAINS)
@pytest.mark.parametrize(("one", "other"), [*combinations(range(1, LINKS + 1), 2)])
def test_any_two_rows_that_were_swapped_are_named(chains: Built, chain: str, one: int, other: int) -> None:
    moves = ((one, 99), (other, one), (99, other))
    without_triggers(
        chains.stores,
        *(f"UPDATE {chain} SET seq = {there} WHERE seq = {here}" for here, there in moves),  # noqa: S608 - our own words
    )
    places = {finding.seq for finding in seen(chains, chain)}
    assert {one, other} <= places


@pytest.mark.parametrize("chain", CHAINS)
@pytest.mark.parametrize("place", range(1, LINKS + 1))
def test_any_row_that_was_deleted_is_named(chains: Built, chain: str, place: int) -> None:
    without_triggers(chains.stores, f"DELETE FROM {chain} WHERE seq = {place}")  # noqa: S608 - our own words
    what = "the end is missing" if place == LINKS else "missing"
    assert seen(chains, chain) == [Finding(chain, place, what)]


@pytest.mark.parametrize("chain", CHAINS)
@pytest.mark.parametrize("place", range(1, LINKS + 1))
def test_a_row_that_was_copied_to_the_end_is_named(chains: Built, chain: str, place: int) -> None:
    columns = ", ".join(COLUMNS[chain])
    copy = f"INSERT INTO {chain} (seq, {columns}) SELECT {LINKS + 1}, {columns} FROM {chain} WHERE seq = {place}"  # noqa: S608 - our own words
    without_triggers(chains.stores, copy)
    found = seen(chains, chain)
    assert Finding(chain, LINKS + 1, "altered") in found
    assert Finding(chain, LINKS + 1, "beyond the end") in found


@pytest.mark.parametrize("chain", CHAINS)
def test_a_head_that_was_dropped_is_named_even_with_every_row(empty: Built, chain: str) -> None:
    add_staff(empty, add_office(empty), Role.ADMINISTRATOR, "Ana Ciobanu")
    write_days(empty)
    without_triggers(empty.stores, f"DELETE FROM audit_heads WHERE chain = '{chain}'")  # noqa: S608 - our own words
    assert seen(empty, chain) == [Finding(chain, None, "the head is missing")]
    if chain == "audit_events":
        without_triggers(empty.stores, f"DELETE FROM {chain}")  # noqa: S608 - our own words
        assert seen(empty, chain) == [Finding(chain, None, "the head is missing")]


@pytest.mark.parametrize("column", ["length", "hash", "tag"])
@pytest.mark.parametrize("chain", CHAINS)
def test_each_column_of_a_head_is_bound(chains: Built, chain: str, column: str) -> None:
    value = "3" if column == "length" else value_of(chains, column)
    without_triggers(chains.stores, f"UPDATE audit_heads SET {column} = {value} WHERE chain = '{chain}'")  # noqa: S608 - our own words
    assert seen(chains, chain)[-1 if column == "tag" else 0].what in ("the head was altered", "beyond the end")


def test_an_older_head_that_was_put_back_over_newer_rows_is_named(empty: Built) -> None:
    write_events(empty, 3)
    with reading(empty.stores) as work:
        old = work.main.execute(text("SELECT length, hash, tag FROM audit_heads WHERE chain = 'audit_events'")).one()
    write_events(empty, 2)
    with empty.stores.main.begin() as connection:
        put_back = text(
            "UPDATE audit_heads SET length = :length, hash = :hash, tag = :tag WHERE chain = 'audit_events'"
        )
        connection.execute(put_back, {"length": old.length, "hash": old.hash, "tag": old.tag})
    assert seen(empty, "audit_events") == [Finding("audit_events", 4, "beyond the end")]


@pytest.mark.parametrize("column", COLUMNS["audit_pending"])
def test_each_column_of_a_waiting_event_is_bound_and_it_is_never_linked(empty: Built, column: str) -> None:
    in_unit(empty, audit.record_reporter, ReporterEvent.REPORT_SENT, CASE)
    without_triggers(empty.stores, f"UPDATE audit_pending SET {column} = {value_of(empty, column)}")  # noqa: S608 - our own words
    assert verify(empty) == [Finding("audit_pending", None, "altered")]
    empty.clock.forward(days=1)
    assert in_unit(empty, audit.link_days) == 0
    assert verify(empty) == [Finding("audit_pending", None, "altered")], "and it is not healed at night"


def test_a_forged_waiting_event_is_not_made_authentic_at_night(empty: Built) -> None:
    in_unit(empty, audit.record_reporter, ReporterEvent.REPORT_SENT, CASE)
    with empty.stores.main.begin() as connection:
        forged = text("INSERT INTO audit_pending (id, day, action, ref, tag) VALUES (:id, :day, :action, :ref, :tag)")
        today = empty.house.today()
        day = today.isoformat() if empty.stores.main.dialect.name == "sqlite" else today
        row = {"id": b"f" * 16, "day": day, "action": "case_erased", "ref": CASE, "tag": b"t" * 32}
        connection.execute(forged, row)
    empty.clock.forward(days=1)
    assert in_unit(empty, audit.link_days) == 1
    assert verify(empty) == [Finding("audit_pending", None, "altered")]


def test_an_event_that_was_linked_and_put_there_again_is_named_and_not_linked_twice(empty: Built) -> None:
    in_unit(empty, audit.record_reporter, ReporterEvent.REPORT_SENT, CASE)
    with reading(empty.stores) as work:
        row = work.main.query(AuditPending).one()
        kept = {name: getattr(row, name) for name in COLUMNS["audit_pending"]}
    for _ in range(2):
        empty.clock.forward(days=1)
        in_unit(empty, audit.record_reporter, ReporterEvent.MESSAGE_WRITTEN, CASE)
    empty.clock.forward(days=1)
    assert in_unit(empty, audit.link_days) == 3
    in_unit(empty, lambda work, _house: work.main.add(AuditPending(**kept)))
    assert verify(empty) == [Finding("audit_pending", None, "put there again")]
    empty.clock.forward(days=1)
    assert in_unit(empty, audit.link_days) == 0
    with reading(empty.stores) as work:
        assert work.main.query(AuditDay).count() == 3


@on_sqlite
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_events SET at = 'yesterday' WHERE seq = 3",
        "UPDATE audit_events SET at = 7 WHERE seq = 3",
        "UPDATE audit_events SET ref = 'text' WHERE seq = 3",
        "UPDATE audit_events SET ref = 4000000000 WHERE seq = 3",
        "UPDATE audit_events SET hash = 'text' WHERE seq = 3",
        "UPDATE audit_events SET previous = 1.5 WHERE seq = 3",
        "UPDATE audit_events SET action = X'00' WHERE seq = 3",
        "UPDATE audit_events SET detail = 9 WHERE seq = 3",
    ],
)
def test_what_is_no_time_and_no_hash_is_named_and_does_not_end_the_check(chains: Built, statement: str) -> None:
    without_triggers(chains.stores, statement)
    assert 3 in {finding.seq for finding in seen(chains, "audit_events")}


@on_sqlite
@pytest.mark.parametrize("value", ["'text'", "7", "X'00'"])
@pytest.mark.parametrize("column", ["length", "hash", "tag"])
def test_a_head_of_another_kind_is_named_and_does_not_end_the_check(chains: Built, column: str, value: str) -> None:
    without_triggers(chains.stores, f"UPDATE audit_heads SET {column} = {value} WHERE chain = 'audit_events'")  # noqa: S608 - our own words
    assert Finding("audit_events", None, "the head was altered") in seen(chains, "audit_events")


@on_sqlite
@pytest.mark.parametrize("column", COLUMNS["audit_pending"])
def test_a_waiting_event_of_another_kind_is_named_and_holds_nothing_up(empty: Built, column: str) -> None:
    for case_id in (CASE, b"another case...."):
        in_unit(empty, audit.record_reporter, ReporterEvent.REPORT_SENT, case_id)
    without_triggers(
        empty.stores,
        f"UPDATE audit_pending SET {column} = 'words' WHERE id = (SELECT min(id) FROM audit_pending)",  # noqa: S608 - our own words
    )
    empty.clock.forward(days=1)
    assert in_unit(empty, audit.link_days) == 1
    assert verify(empty) == [Finding("audit_pending", None, "altered")]


def test_the_list_of_columns_is_that_of_the_tables(empty: Built) -> None:
    with reading(empty.stores) as work:
        for name in COLUMNS:
            keys = work.main.execute(text(f"SELECT * FROM {name} LIMIT 0")).keys()  # noqa: S608 - our own words
            assert {*COLUMNS[name], *(["seq"] if name in CHAINS else [])} == set(keys)
