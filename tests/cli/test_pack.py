"""`reporting pack`: check, load, show and compare."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.console import refusal, run, said
from tests.domain.organisation.test_pack import STANDARD, changed


@pytest.fixture
def faster(tmp_path: Path) -> Path:
    """A pack with a shorter clock."""
    file = tmp_path / "faster.toml"
    file.write_bytes(changed("feedback_months = 3", "feedback_months = 2"))
    return file


@pytest.fixture
def office(fresh: Path) -> Path:
    """An instance with one organisation and an office below it."""
    said("office", "add", "main", "Main office", "--head-count", "90", data=fresh)
    said("office", "add", "sub", "Sub office", "--head-count", "9", "--parent", "main", data=fresh)
    return fresh


@pytest.mark.req("S1")
def test_a_pack_is_checked_without_an_instance(faster: Path, tmp_path: Path) -> None:
    assert "nothing is wrong" in said("pack", "check", str(faster), data=tmp_path / "none")
    faster.write_bytes(changed("feedback_months = 3", "feedback_months = 4"))
    assert refusal("pack", "check", str(faster), data=tmp_path / "none").startswith("feedback_months in [clocks] must")


@pytest.mark.req("S1")
def test_a_pack_is_loaded_listed_and_written_out_as_it_was(office: Path, faster: Path) -> None:
    assert said("pack", "load", str(faster), "--office", "main", data=office) == (
        "Version 2 is in force for Main office.\n"
    )
    shipped, loaded = said("pack", "show", data=office).splitlines()
    assert shipped.startswith("   1  -")
    assert shipped.endswith("ships with the program")
    assert loaded.endswith("Main office")
    assert said("pack", "show", "2", data=office).encode() == faster.read_bytes()
    assert "already" in refusal("pack", "load", str(faster), "--office", "main", data=office)
    assert "no organisation" in refusal("pack", "load", str(faster), "--office", "sub", data=office)
    assert "No office" in refusal("pack", "load", str(faster), "--office", "nowhere", data=office)
    assert "no version 9" in refusal("pack", "show", "9", data=office)
    with closing(sqlite3.connect(office / "reporting.db")) as connection, connection:
        connection.execute("DROP TRIGGER packs_no_update")
        connection.execute("UPDATE packs SET content = ? WHERE number = 2", (STANDARD + b"#",))
    assert "ALTERED past the program" in said("pack", "show", data=office).splitlines()[1]
    assert said("audit", "verify", data=office) == "Both chains are whole.\n"


@pytest.mark.req("S1")
def test_files_and_versions_are_compared_in_readable_lines(office: Path, faster: Path, tmp_path: Path) -> None:
    standard = tmp_path / "standard.toml"
    standard.write_bytes(STANDARD)
    line = "clocks.feedback_months: 3 -> 2\n"
    assert said("pack", "compare", str(standard), str(faster), data=office) == line
    said("pack", "load", str(faster), "--office", "main", data=office)
    assert said("pack", "compare", "1", "2", data=office) == line
    assert said("pack", "compare", str(faster), "2", data=office) == "Nothing differs.\n"
    assert "neither a file" in refusal("pack", "compare", "1", "nothing.toml", data=office)
    assert "no version 7" in refusal("pack", "compare", "1", "7", data=office)


def test_a_file_that_is_too_large_is_not_read_to_its_end(office: Path, tmp_path: Path) -> None:
    huge = tmp_path / "huge.toml"
    huge.write_bytes(b"#" * 5_000_000)
    assert "too large" in refusal("pack", "load", str(huge), "--office", "main", data=office)
    assert run("pack", "check", str(tmp_path / "absent.toml"), data=office).exit_code == 2
