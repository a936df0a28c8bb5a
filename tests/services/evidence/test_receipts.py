"""Whoever has a piece and its salt can show that it was here on a day, and nobody can show it for another piece."""

import hashlib
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from reporting.domain.evidence.evidence import Evidence
from reporting.domain.oversight.checkpoint import Checkpoint
from reporting.services.evidence.receipts import NotWhole, Receipt, find_receipt
from reporting.services.oversight.audit import link_days
from reporting.services.oversight.checkpoints import make_checkpoint, read_checkpoint
from reporting.store.database import reading
from tests.builders import Built, Team, in_unit, send_report
from tests.console import refusal, run, said
from tests.engines import on_sqlite
from tests.evidence import add_file, photo
from tests.services.oversight.test_audit import without_triggers

MONDAY = date(2026, 3, 2)


@pytest.fixture
def piece(built: Built, team: Team) -> Evidence:
    """A photo that she added on Monday, linked in the night after."""
    _, reporter, case_id = send_report(built, team.office)
    added = add_file(built, reporter, case_id, photo()).evidence
    add_file(built, reporter, case_id, photo("blue"))
    return added


def night(built: Built) -> None:
    """Let a night pass, in which the events of the day are linked."""
    built.clock.forward(days=1)
    in_unit(built, link_days)


def checkpoint(built: Built) -> Checkpoint:
    """Take a checkpoint."""
    return read_checkpoint(in_unit(built, make_checkpoint, None))


def receipt(built: Built, piece: Evidence, *checkpoints: Checkpoint) -> Receipt | None:
    """Ask for the receipt of a piece."""
    with reading(built.stores) as work:
        return find_receipt(work, built.house, piece.digest, piece.salt, checkpoints)


def test_a_piece_has_its_day_at_once_and_its_place_after_the_night(built: Built, piece: Evidence) -> None:
    assert receipt(built, piece) == Receipt(MONDAY, None, ())
    night(built)
    found = receipt(built, piece)
    assert found is not None
    assert (found.day, found.covered_on) == (MONDAY, ())
    assert found.place is not None
    assert found.place >= 1


def test_the_digest_is_that_of_the_file_that_she_has(piece: Evidence) -> None:
    assert piece.digest == hashlib.sha256(photo()).hexdigest()


def test_it_says_which_checkpoints_cover_it(built: Built, piece: Evidence) -> None:
    before = checkpoint(built)
    night(built)
    first = checkpoint(built)
    night(built)
    second = checkpoint(built)
    found = receipt(built, piece, second, before, first)
    assert found is not None
    assert found.covered_on == (date(2026, 3, 3), date(2026, 3, 4))


@pytest.mark.parametrize("what", ["digest", "salt"])
def test_another_digest_or_salt_is_not_found(built: Built, piece: Evidence, what: str) -> None:
    night(built)
    right = {"digest": piece.digest, "salt": piece.salt}
    wrong = right | {what: ("0" if right[what][0] != "0" else "1") + right[what][1:]}
    with reading(built.stores) as work:
        assert find_receipt(work, built.house, right["digest"], right["salt"]) is not None
        assert find_receipt(work, built.house, wrong["digest"], wrong["salt"]) is None


@pytest.mark.parametrize(("digest", "salt"), [("", ""), ("x" * 64, "0" * 32), ("0" * 64, "0" * 30), ("0" * 32,) * 2])
def test_what_is_neither_digest_nor_salt_is_refused(built: Built, digest: str, salt: str) -> None:
    with reading(built.stores) as work, pytest.raises(ValueError, match=r"16 bytes|hexadecimal"):
        find_receipt(work, built.house, digest, salt)


FORGED: list[tuple[str, Callable[[Evidence], str]]] = [
    ("another day", lambda _: "UPDATE audit_days SET day = '2026-02-02'"),
    ("taken out", lambda _: "DELETE FROM audit_days WHERE seq = 2"),
    (
        "put in",
        lambda _: "INSERT INTO audit_days SELECT seq + 100, day, action, ref, previous, hash FROM audit_days LIMIT 1",
    ),
]


@on_sqlite
@pytest.mark.parametrize("sql", [sql for _, sql in FORGED], ids=[name for name, _ in FORGED])
def test_a_forged_record_proves_nothing(built: Built, piece: Evidence, sql: Callable[[Evidence], str]) -> None:
    night(built)
    without_triggers(built.stores, sql(piece))
    with pytest.raises(NotWhole):
        receipt(built, piece)


@on_sqlite
def test_a_record_that_a_checkpoint_contradicts_proves_nothing(
    built: Built, piece: Evidence, back_up: Callable[[Built], Built]
) -> None:
    """Whoever has the instance key can write a record that is whole in itself, but not one that fits what was kept."""
    older = back_up(built)
    night(built)
    kept = checkpoint(built)
    built.clock.forward(days=-1)
    night(older)
    assert receipt(older, piece) is not None
    with pytest.raises(NotWhole):
        receipt(older, piece, kept)


@on_sqlite
def test_the_command_says_the_day_the_place_and_the_checkpoints(built: Built, piece: Evidence, tmp_path: Path) -> None:
    night(built)
    file = tmp_path / "checkpoint.txt"
    file.write_text(in_unit(built, make_checkpoint, None))
    asked = ("audit", "receipt", piece.digest, piece.salt, "--checkpoint", str(file))
    lines = said(*asked, data=built.settings.data).splitlines()
    assert lines[0].startswith("Received on 2026-03-02; place ")
    assert lines[1:] == ["Covered by the checkpoint of 2026-03-03."]
    wrong = refusal("audit", "receipt", piece.digest, "0" * 32, data=built.settings.data)
    assert wrong == "The record names no piece with this SHA256 and this SALT."
    assert "0 to 9 or a to f" in refusal("audit", "receipt", "x", "y", data=built.settings.data)
    without_triggers(built.stores, "UPDATE audit_days SET day = '2026-02-02' WHERE seq = 1")
    result = run(*asked, data=built.settings.data)
    assert (result.exit_code, result.stdout) == (1, "audit_days 1: altered\n")
    assert "proves nothing" in result.stderr
