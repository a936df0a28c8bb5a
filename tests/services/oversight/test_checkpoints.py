"""A copy outside proves later tampering, even by whoever holds the instance key and rewrote everything."""

from dataclasses import replace
from pathlib import Path

import pytest

from reporting.crypto.keyring import Keyring
from reporting.domain.oversight.audit import StaffEvent
from reporting.domain.oversight.checkpoint import Checkpoint, NotACheckpoint
from reporting.services.house import House
from reporting.services.oversight import audit, checkpoints
from reporting.services.oversight.audit import Finding
from reporting.services.oversight.chains import START, hash_of, tag_of_head
from reporting.store.audit import AuditDay, AuditEvent, AuditHead
from reporting.store.database import Work, reading
from tests.builders import PASSPHRASE, Built, cheap_passphrases, in_unit
from tests.services.oversight.test_audit import verify, without_triggers, write_days, write_events
from tests.services.people import last_events

pytestmark = [pytest.mark.req("ASVS-16.4.2"), pytest.mark.principle("prevention")]


def kept(built: Built) -> Checkpoint:
    """Make a checkpoint and read it back, as somebody outside would keep it."""
    return checkpoints.read_checkpoint(in_unit(built, checkpoints.make_checkpoint, None))


def compare(built: Built, checkpoint: Checkpoint) -> list[Finding]:
    """Compare today's chains with a checkpoint."""
    with reading(built.stores) as work:
        return checkpoints.compare(work, built.house, checkpoint)


def rewrite(built: Built, table: type[AuditEvent] | type[AuditDay], place: int, *, drop: bool = False) -> None:
    """Write the whole chain anew from a place on, as somebody can who holds the instance key."""
    name = table.__tablename__
    with reading(built.stores) as work:
        found: list[AuditEvent | AuditDay] = list(work.main.query(table))
        work.main.expunge_all()
    without_triggers(built.stores, f"DELETE FROM {name}")  # noqa: S608 - our own words
    rows = sorted((row for row in found if not (drop and row.seq == place)), key=lambda row: row.seq)

    def write(work: Work, house: House) -> None:
        last = START
        for seq, row in enumerate(rows, start=1):
            values = {column.key: getattr(row, column.key) for column in table.__table__.columns}
            if row.seq == place:
                values["action"] = "sign_in_refused"
            fresh = table(**(values | {"seq": seq, "previous": last}))
            fresh.hash = last = hash_of(house, name, fresh)
            work.main.add(fresh)
        head = work.main.get_one(AuditHead, name)
        head.length, head.hash = len(rows), last
        head.tag = tag_of_head(house, name, len(rows), last)

    in_unit(built, write)


def test_chains_that_went_on_extend_the_checkpoint(empty: Built) -> None:
    write_events(empty)
    write_days(empty)
    checkpoint = kept(empty)
    assert compare(empty, checkpoint) == []
    write_events(empty, 70)
    write_days(empty, 3)
    assert compare(empty, checkpoint) == []
    assert compare(empty, kept(empty)) == []


def test_one_of_a_new_instance_is_one_too(empty: Built) -> None:
    checkpoint = kept(empty)
    assert (checkpoint.length("audit_events"), checkpoint.length("audit_days")) == (1, 0)
    write_days(empty)
    assert compare(empty, checkpoint) == []


def test_that_it_was_made_is_recorded_and_stands_in_it(empty: Built) -> None:
    write_events(empty)
    checkpoint = kept(empty)
    assert last_events(empty, 1) == [("checkpoint_made", "")]
    assert checkpoint.length("audit_events") == 6
    assert checkpoint.day == empty.house.today()


@pytest.mark.parametrize("place", range(1, 6))
@pytest.mark.parametrize("table", [AuditEvent, AuditDay])
def test_a_record_that_was_rewritten_with_the_instance_key_is_named(
    empty: Built, table: type[AuditEvent] | type[AuditDay], place: int
) -> None:
    write_events(empty)
    write_days(empty)
    checkpoint = kept(empty)
    write_events(empty, 2)
    rewrite(empty, table, place)
    assert verify(empty) == [], "the check alone cannot see it"
    assert compare(empty, checkpoint) == [Finding(table.__tablename__, place, "rewritten since", place)]


def test_in_a_long_chain_the_stretch_is_named(empty: Built) -> None:
    write_events(empty, 200)
    checkpoint = kept(empty)
    rewrite(empty, AuditEvent, 150)
    (found,) = compare(empty, checkpoint)
    assert found.seq is not None
    assert found.until is not None
    assert found.seq <= 150 <= found.until
    assert found.until - found.seq < 4


def test_a_link_that_was_left_out_with_the_instance_key_is_named(empty: Built) -> None:
    write_events(empty)
    checkpoint = kept(empty)
    rewrite(empty, AuditEvent, 2, drop=True)
    assert verify(empty) == []
    assert compare(empty, checkpoint) == [Finding("audit_events", 2, "rewritten since", 2)]


def test_an_older_state_that_was_put_back_whole_is_named(empty: Built) -> None:
    write_events(empty, 3)
    with reading(empty.stores) as work:
        old = work.main.get_one(AuditHead, "audit_events")
        work.main.expunge_all()
    write_events(empty, 3)
    checkpoint = kept(empty)
    without_triggers(empty.stores, "DELETE FROM audit_events WHERE seq > 3")
    in_unit(empty, lambda work, _house: work.main.merge(old))
    assert verify(empty) == [], "the check alone cannot see it"
    assert compare(empty, checkpoint) == [Finding("audit_events", 4, "gone since", 7)]
    write_events(empty, 9)
    assert compare(empty, checkpoint) == [Finding("audit_events", 4, "rewritten since", 4)]


def test_everything_gone_is_named(empty: Built) -> None:
    write_events(empty)
    write_days(empty)
    checkpoint = kept(empty)
    without_triggers(empty.stores, "DELETE FROM audit_events", "DELETE FROM audit_days", "DELETE FROM audit_heads")
    assert compare(empty, checkpoint) == [
        Finding("audit_events", 1, "gone since", 6),
        Finding("audit_days", 1, "gone since", 5),
    ]


def test_a_record_under_another_instance_key_is_named(empty: Built, tmp_path: Path) -> None:
    write_events(empty)
    checkpoint = kept(empty)
    with cheap_passphrases():
        other = Keyring.create(tmp_path / "other", PASSPHRASE)
    moved = replace(empty, house=replace(empty.house, keyring=other))
    assert compare(moved, checkpoint) == [Finding("instance", None, "another key")]


@pytest.mark.parametrize("line", range(9))
def test_a_copy_that_was_changed_is_no_proof(empty: Built, line: int) -> None:
    write_events(empty, 4)
    lines = in_unit(empty, checkpoints.make_checkpoint, None).splitlines()
    assert lines[0] == "harbour audit checkpoint 1"
    lines[line] = lines[line][:-1] + ("1" if lines[line][-1] != "1" else "2")
    with pytest.raises(NotACheckpoint):
        checkpoints.read_checkpoint("\n".join(lines) + "\n")


@pytest.mark.req("P3")
def test_it_tells_no_event_no_case_and_no_time(empty: Built) -> None:
    in_unit(empty, audit.record_staff, StaffEvent.CASE_OPENED, actor_id=None, case_id=b"a case of hers..")
    text = in_unit(empty, checkpoints.make_checkpoint, None)
    assert "case_opened" not in text
    assert ":" not in text
    assert audit.case_ref(empty.house, b"a case of hers..").hex() not in text
