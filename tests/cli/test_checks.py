"""`audit verify`, `chores run` and `retention run` on an instance that has seen some use."""

import os
import re
import secrets
import signal
import sqlite3
import subprocess
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from tests.console import COMMAND, eventually, refusal, run, said

UNLINKED = "SELECT id FROM cases WHERE id NOT IN (SELECT case_id FROM referral_links) LIMIT 1"


@contextmanager
def past_the_program(data: Path, table: str) -> Iterator[sqlite3.Connection]:
    """Open the database as a thief or a repairer would, without the triggers that guard a table."""
    with closing(sqlite3.connect(data / "reporting.db")) as connection, connection:
        found = connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = ?", (table,))
        for (name,) in found.fetchall():
            connection.execute(f"DROP TRIGGER {name}")
        yield connection


def findings(data: Path) -> list[str]:
    """Verify what was altered and return the lines that name it."""
    result = run("audit", "verify", data=data)
    assert result.exit_code == 1
    assert "past the program" in result.stderr
    return result.stdout.splitlines()


def test_a_used_instance_verifies(demonstration: Path) -> None:
    said("chores", "run", data=demonstration)
    assert said("audit", "verify", data=demonstration) == "Both chains are whole.\n"
    with closing(sqlite3.connect(demonstration / "reporting.db")) as connection:
        (staff,) = connection.execute("SELECT count(*) FROM audit_events").fetchone()
        (days,) = connection.execute("SELECT count(*) FROM audit_days").fetchone()
    assert staff > 50
    assert days > 5


@pytest.mark.parametrize("table", ["audit_events", "audit_days"])
def test_an_altered_row_is_named(demonstration: Path, table: str) -> None:
    said("chores", "run", data=demonstration)
    with past_the_program(demonstration, table) as connection:
        connection.execute(f"UPDATE {table} SET action = 'signed_in' WHERE seq = 3")  # noqa: S608 - our own names
    assert findings(demonstration) == [f"{table} 3: altered"]


@pytest.mark.parametrize("table", ["audit_events", "audit_days"])
def test_a_removed_row_is_named(demonstration: Path, table: str) -> None:
    said("chores", "run", data=demonstration)
    with past_the_program(demonstration, table) as connection:
        connection.execute(f"DELETE FROM {table} WHERE seq = 3")  # noqa: S608 - our own names
    assert findings(demonstration)[0] == f"{table} 3: missing"


@pytest.mark.parametrize("table", ["audit_events", "audit_days"])
def test_a_cut_tail_is_named(demonstration: Path, table: str) -> None:
    said("chores", "run", data=demonstration)
    with past_the_program(demonstration, table) as connection:
        (last,) = connection.execute(f"SELECT max(seq) FROM {table}").fetchone()  # noqa: S608 - our own names
        connection.execute(f"DELETE FROM {table} WHERE seq > ?", (last - 2,))  # noqa: S608 - the same
    assert findings(demonstration) == [f"{table} {last - 1}: the end is missing"]


def test_a_head_that_was_cut_to_fit_is_named(demonstration: Path) -> None:
    with past_the_program(demonstration, "audit_events") as connection:
        (last,) = connection.execute("SELECT max(seq) FROM audit_events").fetchone()
        connection.execute("DELETE FROM audit_events WHERE seq = ?", (last,))
        connection.execute(
            "UPDATE audit_heads SET length = ?, hash = (SELECT hash FROM audit_events WHERE seq = ?) "
            "WHERE chain = 'audit_events'",
            (last - 1, last - 1),
        )
    assert findings(demonstration) == ["audit_events: the head was altered"]


def test_a_waiting_event_of_a_reporter_that_was_altered_is_named(demonstration: Path) -> None:
    with past_the_program(demonstration, "audit_pending") as connection:
        connection.execute("UPDATE audit_pending SET day = '2020-01-01'")
    assert set(findings(demonstration)) == {"audit_pending: altered"}


@pytest.mark.req("S13")
@pytest.mark.parametrize(
    "change",
    [
        "UPDATE fund_entries SET amount = amount + 1 WHERE transaction_id = ? AND amount > 0",
        "DELETE FROM fund_entries WHERE transaction_id = ? AND amount > 0",
        "DELETE FROM fund_entries WHERE transaction_id = ?",
    ],
)
def test_a_transaction_of_a_fund_that_was_altered_is_named(demonstration: Path, change: str) -> None:
    with past_the_program(demonstration, "fund_entries") as connection:
        (altered,) = connection.execute("SELECT min(id) FROM fund_transactions").fetchone()
        connection.execute(change, (altered,))
    assert findings(demonstration) == [f"fund_transactions {altered.hex()}: its entries do not sum to zero"]


@pytest.mark.parametrize("statement", ["UPDATE {} SET action = 'x'", "DELETE FROM {}"])
@pytest.mark.parametrize("table", ["audit_events", "audit_days"])
def test_the_database_itself_refuses_to_alter_the_record(demonstration: Path, table: str, statement: str) -> None:
    said("chores", "run", data=demonstration)
    with closing(sqlite3.connect(demonstration / "reporting.db")) as connection, pytest.raises(sqlite3.DatabaseError):
        connection.execute(statement.format(table))


def test_chores_that_are_due_run_once_and_say_how_they_ended(demonstration: Path) -> None:
    first = said("chores", "run", data=demonstration)
    assert re.search(r"^link-days: linked [1-9]", first, re.MULTILINE)
    assert "verify-audit: whole" in first
    assert said("chores", "run", data=demonstration) == ""


def test_a_retention_run_says_what_ended_and_a_dry_one_changes_nothing(demonstration: Path) -> None:
    with closing(sqlite3.connect(demonstration / "reporting.db")) as connection, connection:
        connection.execute("UPDATE cases SET keep_until = '2020-01-01' WHERE status = 'closed'")
    assert "after closure: 1\n" in said("retention", "run", "--dry-run", data=demonstration)
    assert said("retention", "run", data=demonstration).startswith("cases: 1,")
    assert said("retention", "run", "--dry-run", data=demonstration).startswith(
        "cases that their reporters asked to erase: 0\nholds"
    )


@pytest.mark.slow
@pytest.mark.parametrize("wanted", [signal.SIGTERM, signal.SIGINT])
def test_chores_that_go_on_end_quietly_when_asked(fresh: Path, wanted: signal.Signals) -> None:
    process = start_chores(fresh)
    assert eventually(lambda: has_run(fresh), 30)
    process.send_signal(wanted)
    _, errors = process.communicate(timeout=5)
    assert (process.returncode, errors) == (0, "")


@pytest.mark.slow
def test_chores_that_belong_to_a_parent_end_without_it(fresh: Path) -> None:
    begun = time.monotonic()
    process = start_chores(fresh, "--while-parent", str(os.getpid() + 1))
    assert process.wait(30) == 0
    assert time.monotonic() - begun < 20
    process.communicate()


@pytest.mark.slow
def test_a_chore_that_fails_is_tried_again(fresh: Path) -> None:
    with closing(sqlite3.connect(fresh / "reporting.db")) as connection, connection:
        connection.execute("ALTER TABLE chores RENAME TO lost")
    process = start_chores(fresh)
    assert process.stderr is not None
    assert process.stderr.readline() == "A chore failed with OperationalError and is tried again.\n"
    with closing(sqlite3.connect(fresh / "reporting.db")) as connection, connection:
        connection.execute("ALTER TABLE lost RENAME TO chores")
    assert eventually(lambda: has_run(fresh), 30)
    process.terminate()
    process.communicate(timeout=5)


def start_chores(data: Path, *options: str) -> "subprocess.Popen[str]":
    """Start chores that go on."""
    command = [*COMMAND, "chores", "run", "--every", "1", "--data", str(data), *options]
    return subprocess.Popen(command, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True)


def has_run(data: Path) -> bool:
    """Return whether every chore has ended at least once."""
    with closing(sqlite3.connect(data / "reporting.db")) as connection:
        (waiting,) = connection.execute("SELECT count(*) FROM chores WHERE outcome = ''").fetchone()
    return bool(waiting == 0)


def test_an_unfit_interval_is_an_error_of_use(fresh: Path) -> None:
    assert run("chores", "run", "--every", "0", data=fresh).exit_code == 2


def test_a_lost_head_is_named(demonstration: Path) -> None:
    with past_the_program(demonstration, "audit_heads") as connection:
        connection.execute("DELETE FROM audit_heads WHERE chain = 'audit_events'")
    assert findings(demonstration) == ["audit_events: the head is missing"]


def test_a_refusal_to_verify_is_not_taken_for_a_whole_chain(tmp_path: Path) -> None:
    assert "whole" not in refusal("audit", "verify", data=tmp_path)


def test_a_checkpoint_proves_that_the_chains_extend_it(demonstration: Path, tmp_path: Path) -> None:
    kept = tmp_path / "checkpoint.txt"
    kept.write_text(said("audit", "checkpoint", data=demonstration), encoding="ascii")
    said("chores", "run", data=demonstration)
    told = said("audit", "verify", "--against", str(kept), data=demonstration)
    assert re.fullmatch(r"Both chains are whole\.\nThey extend the checkpoint of \d{4}-\d\d-\d\d\.\n", told)


def test_a_checkpoint_names_what_an_older_state_of_the_record_lacks(demonstration: Path, tmp_path: Path) -> None:
    with closing(sqlite3.connect(demonstration / "reporting.db")) as connection:
        (length, old_hash, tag) = connection.execute(
            "SELECT length, hash, tag FROM audit_heads WHERE chain = 'audit_events'"
        ).fetchone()
    kept = tmp_path / "checkpoint.txt"
    kept.write_text(said("audit", "checkpoint", data=demonstration), encoding="ascii")
    with past_the_program(demonstration, "audit_events") as connection:
        connection.execute("DELETE FROM audit_events WHERE seq > ?", (length,))
        connection.execute(
            "UPDATE audit_heads SET length = ?, hash = ?, tag = ? WHERE chain = 'audit_events'", (length, old_hash, tag)
        )
    assert "whole" in said("audit", "verify", data=demonstration)
    result = run("audit", "verify", "--against", str(kept), data=demonstration)
    assert result.exit_code == 1
    assert "was there when the checkpoint was made and is gone" in result.stdout


@pytest.mark.parametrize("content", ["", "words", "\xff", "harbour audit checkpoint 1\n", "x" * 200_000])
def test_a_file_that_is_no_checkpoint_is_refused(demonstration: Path, tmp_path: Path, content: str) -> None:
    kept = tmp_path / "checkpoint.txt"
    kept.write_text(content, encoding="latin-1")
    assert "is no whole checkpoint" in refusal("audit", "verify", "--against", str(kept), data=demonstration)


def test_a_changed_copy_is_refused(demonstration: Path, tmp_path: Path) -> None:
    kept = tmp_path / "checkpoint.txt"
    text = said("audit", "checkpoint", data=demonstration)
    kept.write_text(text.replace("day 20", "day 21"), encoding="ascii")
    assert "changed since it was signed" in refusal("audit", "verify", "--against", str(kept), data=demonstration)


def test_a_dry_run_says_what_would_end_by_class_and_names_no_case(demonstration: Path) -> None:
    text = said("retention", "run", "--dry-run", data=demonstration)
    assert text.endswith("Nothing was changed.\n")
    assert "holds whose day has passed: 0" in text
    assert not re.search(r"[0-9a-f]{16}", text)


def test_the_proof_of_erasure_finds_no_key_and_would_find_one(demonstration: Path, tmp_path: Path) -> None:
    copy, link = tmp_path / "old.db", secrets.token_bytes(16)
    with closing(sqlite3.connect(demonstration / "reporting.db")) as live, live:
        (case_id,) = live.execute(UNLINKED).fetchone()
        row = (link, case_id, bytes(16), b"", b"", b"", "2099-01-01", b"", False, "", b"")
        live.execute("INSERT INTO referral_links VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", row)
    with closing(sqlite3.connect(demonstration / "reporting.db")) as live, closing(sqlite3.connect(copy)) as old:
        live.backup(old)
    with closing(sqlite3.connect(demonstration / "reporting.db")) as live, live:
        grants = [row[0] for row in live.execute("SELECT id FROM grants WHERE case_id = ?", (case_id,))]
        live.execute("DELETE FROM cases WHERE id = ?", (case_id,))  # the row alone: its keys are still there
    assert "still has a key" in run("retention", "prove", str(copy), data=demonstration).stderr
    with closing(sqlite3.connect(demonstration / "shred.sqlite3")) as shred, shred:
        shred.executemany("DELETE FROM shred_keys WHERE grant_id = ?", [(one,) for one in grants])
        shred.execute("INSERT INTO shred_keys VALUES (?, ?, '2026-03-02')", (link, bytes(32)))
    assert "still has a key" in run("retention", "prove", str(copy), data=demonstration).stderr
    with closing(sqlite3.connect(demonstration / "shred.sqlite3")) as shred, shred:
        shred.execute("DELETE FROM shred_keys WHERE grant_id = ?", (link,))
    before = copy.read_bytes()
    text = said("retention", "prove", str(copy), data=demonstration)
    assert "of them erased since: 1" in text
    assert f"grants of those: {len(grants) + 1}, of them with a key left: 0" in text
    assert copy.read_bytes() == before
