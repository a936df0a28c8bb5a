"""The two chains: whole as long as nobody touched them, and every kind of touching is found."""

from datetime import timedelta

import pytest
from sqlalchemy import DateTime, text

from reporting.domain.oversight.audit import ReporterEvent, StaffEvent
from reporting.services.oversight import audit
from reporting.services.oversight.audit import Finding
from reporting.store.audit import AuditDay, AuditEvent, AuditPending
from reporting.store.database import Stores, reading, writing
from tests.builders import Built, in_unit
from tests.services.together import at_once

CASE, OTHER = b"a case of hers..", b"another case...."


def verify(built: Built) -> list[Finding]:
    """Check both chains."""
    with reading(built.stores) as work:
        return audit.verify(work, built.house)


def write_events(built: Built, count: int = 5) -> None:
    """Append staff events."""
    for place in range(count):
        built.clock.forward(seconds=1)
        in_unit(built, audit.record_staff, StaffEvent.AUDIT_READ, actor_id=None, detail=f"{place}")


def write_days(built: Built, count: int = 5) -> None:
    """Note what reporters did, and let the night pass."""
    for place in range(count):
        in_unit(built, audit.record_reporter, ReporterEvent.MESSAGE_WRITTEN, bytes([place]) * 16)
    built.clock.forward(days=1)
    assert in_unit(built, audit.link_days) == count


def without_triggers(stores: Stores, *statements: str) -> None:
    """Change the chains as somebody could who owns the database and drops its triggers."""
    with stores.main.begin() as connection:
        if stores.main.dialect.name == "postgresql":
            connection.execute(text("SET session_replication_role = replica"))
        else:
            for chain in ("audit_events", "audit_days"):
                for act in ("update", "delete"):
                    connection.execute(text(f"DROP TRIGGER IF EXISTS {chain}_no_{act}"))
        for statement in statements:
            connection.execute(text(statement))
        if stores.main.dialect.name == "postgresql":
            connection.execute(text("SET session_replication_role = origin"))


@pytest.mark.req("ASVS-16.4.2")
def test_chains_that_nobody_touched_are_whole(empty: Built) -> None:
    assert verify(empty) == []
    write_events(empty)
    write_days(empty)
    in_unit(empty, audit.record_reporter, ReporterEvent.REPORT_SENT, CASE)
    assert verify(empty) == []
    with reading(empty.stores) as work:
        assert [row.seq for row in work.main.query(AuditEvent).order_by(AuditEvent.seq)] == [1, 2, 3, 4, 5]
        assert [row.seq for row in work.main.query(AuditDay).order_by(AuditDay.seq)] == [1, 2, 3, 4, 5]


E = "audit_events"
SWAP = (
    "UPDATE audit_events SET seq = 99 WHERE seq = 2",
    "UPDATE audit_events SET seq = 2 WHERE seq = 3",
    "UPDATE audit_events SET seq = 3 WHERE seq = 99",
)
SWAPPED = [
    Finding(E, 2, "out of order"),
    Finding(E, 2, "altered"),
    Finding(E, 3, "out of order"),
    Finding(E, 3, "altered"),
    Finding(E, 4, "out of order"),
]
SHORTER_HEAD = (
    "UPDATE audit_heads SET length = 3, hash = (SELECT hash FROM audit_events WHERE seq = 3) "
    "WHERE chain = 'audit_events'"
)
OTHER_HEAD = (
    "UPDATE audit_heads SET tag = (SELECT h.tag FROM audit_heads h WHERE h.chain = 'audit_days') "
    "WHERE chain = 'audit_events'"
)
TAMPERING = {
    "altered": (["UPDATE audit_events SET action = 'signed_in' WHERE seq = 3"], [Finding(E, 3, "altered")]),
    "detail": (["UPDATE audit_events SET detail = 'x' WHERE seq = 3"], [Finding(E, 3, "altered")]),
    "time": (["UPDATE audit_events SET at = '2020-01-01 00:00:00' WHERE seq = 3"], [Finding(E, 3, "altered")]),
    "deleted": (["DELETE FROM audit_events WHERE seq = 3"], [Finding(E, 3, "missing")]),
    "tail cut": (["DELETE FROM audit_events WHERE seq > 3"], [Finding(E, 4, "the end is missing")]),
    "all gone": (["DELETE FROM audit_events"], [Finding(E, 1, "the end is missing")]),
    "reordered": ([*SWAP], SWAPPED),
    "head replaced": (
        [SHORTER_HEAD, "DELETE FROM audit_events WHERE seq > 3"],
        [Finding(E, None, "the head was altered")],
    ),
    "head gone": (["DELETE FROM audit_heads WHERE chain = 'audit_events'"], [Finding(E, None, "the head is missing")]),
    "head of the other": ([OTHER_HEAD], [Finding(E, None, "the head was altered")]),
}


@pytest.mark.req("ASVS-16.4.2")
@pytest.mark.principle("prevention")
@pytest.mark.parametrize(("statements", "found"), TAMPERING.values(), ids=TAMPERING)
def test_every_kind_of_tampering_is_found_where_it_happened(
    empty: Built, statements: list[str], found: list[Finding]
) -> None:
    write_events(empty)
    write_days(empty)
    without_triggers(empty.stores, *statements)
    assert verify(empty) == found


@pytest.mark.req("ASVS-16.4.2")
@pytest.mark.parametrize(
    ("statement", "what"),
    [
        ("UPDATE audit_days SET day = '2020-01-01' WHERE seq = 2", "altered"),
        ("UPDATE audit_days SET ref = NULL WHERE seq = 2", "altered"),
        ("DELETE FROM audit_days WHERE seq = 2", "missing"),
    ],
)
def test_tampering_with_what_reporters_did_is_found(empty: Built, statement: str, what: str) -> None:
    write_days(empty)
    without_triggers(empty.stores, statement)
    assert verify(empty) == [Finding("audit_days", 2, what)]


@pytest.mark.req("ASVS-16.4.2")
@pytest.mark.parametrize("change", ["day = '2020-01-01'", "action = 'case_erased'", "ref = NULL"])
def test_a_waiting_event_that_was_altered_is_found_before_it_is_linked(empty: Built, change: str) -> None:
    in_unit(empty, audit.record_reporter, ReporterEvent.REPORT_SENT, CASE)
    without_triggers(empty.stores, f"UPDATE audit_pending SET {change}")  # noqa: S608 - our own words
    assert verify(empty) == [Finding("audit_pending", None, "altered")]


@pytest.mark.req("P3")
@pytest.mark.principle("safety")
def test_what_reporters_did_is_linked_at_night_by_day_and_in_no_order_within_it(empty: Built) -> None:
    refs = [bytes([place]) * 16 for place in range(12)]
    for _ in range(2):
        for case_id in refs:
            in_unit(empty, audit.record_reporter, ReporterEvent.MESSAGE_WRITTEN, case_id)
        empty.clock.forward(days=1)
    assert in_unit(empty, audit.link_days) == 24
    in_unit(empty, audit.record_reporter, ReporterEvent.MESSAGE_WRITTEN, CASE)
    assert in_unit(empty, audit.link_days) == 0
    with reading(empty.stores) as work:
        rows = work.main.query(AuditDay).order_by(AuditDay.seq).all()
        assert work.main.query(AuditPending).count() == 1
    written = [audit.case_ref(empty.house, case_id) for case_id in refs]
    linked = [[row.ref or b"" for row in rows if row.day.day == day] for day in (2, 3)]
    assert [row.day for row in rows] == sorted(row.day for row in rows)
    assert all(sorted(day) == sorted(written) for day in linked)
    assert linked != [written, written]
    assert verify(empty) == []


@pytest.mark.req("P3")
@pytest.mark.principle("safety")
def test_no_row_about_a_reporter_has_a_time_or_her_case(empty: Built) -> None:
    write_days(empty)
    in_unit(empty, audit.record_reporter, ReporterEvent.REPORT_SENT, CASE)
    with reading(empty.stores) as work:
        for row in (*work.main.query(AuditDay), *work.main.query(AuditPending)):
            columns = row.__table__.columns
            assert not [column for column in columns if isinstance(column.type, DateTime)]
            assert CASE not in [getattr(row, column.key) for column in columns]


@pytest.mark.req("P3", "P6")
def test_the_name_of_a_case_in_the_chains_is_keyed(empty: Built, built: Built) -> None:
    assert audit.case_ref(empty.house, CASE) != audit.case_ref(built.house, CASE)
    assert len({audit.case_ref(empty.house, case_id) for case_id in (CASE, OTHER)}) == 2
    assert len(audit.case_ref(empty.house, CASE)) == 16


@pytest.mark.req("P7")
def test_her_ledger_holds_what_was_done_in_her_case_and_nothing_else(empty: Built) -> None:
    in_unit(empty, audit.record_staff, StaffEvent.CASE_OPENED, actor_id=None, case_id=CASE)
    in_unit(empty, audit.record_staff, StaffEvent.CASE_NAMED, actor_id=None, case_id=OTHER)
    in_unit(empty, audit.record_reporter, ReporterEvent.REPORT_SENT, CASE)
    empty.clock.forward(days=1)
    in_unit(empty, audit.link_days)
    in_unit(empty, audit.record_reporter, ReporterEvent.MESSAGE_WRITTEN, CASE)
    with reading(empty.stores) as work:
        assert [row.action for row in audit.staff_ledger(work, empty.house, CASE)] == ["case_opened"]
        hers = audit.reporter_ledger(work, empty.house, CASE)
        assert [(row.day.day, row.action) for row in hers] == [(2, "report_sent"), (3, "message_written")]


@pytest.mark.req("ASVS-16.4.2")
def test_a_word_outside_the_vocabulary_is_not_recorded(empty: Built) -> None:
    for record, more in ((audit.record_staff, {"actor_id": None}), (audit.record_reporter, {"case_id": CASE})):
        with pytest.raises(ValueError, match="is not a valid"):
            in_unit(empty, record, "she_came_at_night", **more)


@pytest.mark.req("ASVS-16.4.2", "P8")
def test_appending_at_once_makes_one_unbroken_chain(empty: Built) -> None:
    def append(_: int) -> None:
        for _ in range(5):
            in_unit(empty, audit.record_staff, StaffEvent.AUDIT_READ, actor_id=None)

    at_once(append, 6)
    assert verify(empty) == []
    with writing(empty.stores) as work:
        assert work.main.query(AuditEvent).count() == 30
        assert empty.house.now() - timedelta(days=1) < work.main.query(AuditEvent.at).limit(1).scalar()
