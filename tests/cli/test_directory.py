"""`reporting directory`: load, check, import and export."""

import csv
import io
import json
from pathlib import Path

import pytest

from reporting.domain.directory.taxonomies import stable_id
from tests.console import refusal, run, said


@pytest.fixture
def loaded(fresh: Path) -> Path:
    """An instance with the example of Moldova."""
    assert said("directory", "load", "moldova", data=fresh) == (
        "11 services added. None is checked yet: call each number before anybody relies on it.\n"
    )
    return fresh


def exported(data: Path, kind: str, path: Path) -> Path:
    told = said("directory", "export", "--format", kind, str(path), data=data)
    assert told == f"11 services written to {path}. It names whoever checked them: it is for colleagues.\n"
    return path


@pytest.mark.req("S4")
def test_what_ships_is_loaded_once_exported_in_both_forms_and_nothing_of_it_is_new(
    loaded: Path, tmp_path: Path
) -> None:
    assert said("directory", "load", "moldova", data=loaded).startswith("0 services added.")
    tables, nested = exported(loaded, "csv", tmp_path / "tables"), exported(loaded, "json", tmp_path / "a.json")
    for path in (tables, nested):
        assert "nothing is wrong" in said("directory", "check", str(path), data=loaded)
        told = said("directory", "import", str(path), "--remove-missing", data=loaded)
        assert told.startswith("0 added, 0 changed, ")
        assert told.endswith("Nothing was written.\n")
        assert "is there already" in refusal("directory", "export", "--format", "csv", str(path), data=loaded)


def test_a_dry_run_shows_what_an_import_then_does_and_only_that(loaded: Path, tmp_path: Path) -> None:
    tables = exported(loaded, "csv", tmp_path / "tables")
    phones = tables / "phones.csv"
    phones.write_text(phones.read_text(encoding="utf-8").replace("078 517 327", "078 517 328"), encoding="utf-8")
    shown = said("directory", "import", str(tables), "--dry-run", data=loaded)
    assert "0 added, 1 changed" in shown
    assert "    number: 078 517 327 -> 078 517 328\n" in shown
    code = shown.rsplit("--as-shown ", 1)[1].split()[0]
    assert said("directory", "import", str(tables), "--dry-run", data=loaded) == shown, "nothing was written"
    other = refusal("directory", "import", str(tables), "--as-shown", "0" * 12, data=loaded)
    assert other.startswith("The directory has changed since this was compared, and nothing was written.")
    assert said("directory", "import", str(tables), "--as-shown", code, data=loaded).endswith("as shown.\n")
    assert "Nothing was written." in said("directory", "import", str(tables), data=loaded)
    assert said("audit", "verify", data=loaded) == "Both chains are whole.\n"


@pytest.mark.req("P9")
@pytest.mark.principle("safety")
def test_a_file_that_brings_checks_of_its_own_is_told_for_each_of_them(loaded: Path, tmp_path: Path) -> None:
    """Whoever wants a false number to be shown has to bring a check with it: the operator sees that first."""
    tables = exported(loaded, "csv", tmp_path / "tables")
    phones, services, notes = (tables / f"{name}.csv" for name in ("phones", "services", "metadata"))
    rows = list(csv.DictReader(io.StringIO(services.read_text(encoding="utf-8"), newline="")))
    one = rows[0] | {"assured_date": "2026-01-05"}
    with services.open("w", encoding="utf-8", newline="") as opened:
        writer = csv.DictWriter(opened, list(one))
        writer.writeheader()
        writer.writerows([one, *rows[1:]])
    check = f"{stable_id('a')},{one['id']},service,2026-01-05,check,assured_date,none,2026-01-05 called,Mallory\n"
    notes.write_text(notes.read_text(encoding="utf-8") + check, encoding="utf-8")
    text = phones.read_text(encoding="utf-8")
    phones.write_text(text.replace("078 517 327", "+1 900 555 0100"), encoding="utf-8")
    for flags in (["--dry-run"], []):
        told = said("directory", "import", str(tables), *flags, data=loaded)
        assert f"! {one['name']}: people will read that it was checked by us on 2026-01-05" in told
        assert "by Mallory" in told
        assert told.count("checked by us") == 1
    assert "checked by us" not in said("directory", "import", str(tables), data=loaded)


def test_every_fault_is_told_with_file_line_and_field_and_the_command_ends_with_1(loaded: Path, tmp_path: Path) -> None:
    tables = exported(loaded, "csv", tmp_path / "tables")
    phones = tables / "phones.csv"
    lines = phones.read_text(encoding="utf-8").replace("078 517 327", "call us").replace("112,", ",")
    phones.write_text(lines, encoding="utf-8")
    before = said("directory", "import", str(exported(loaded, "json", tmp_path / "a.json")), data=loaded)
    for command in (("check",), ("import", "--dry-run"), ("import",)):
        told = run("directory", *command, str(tables), data=loaded)
        assert told.exit_code == 1
        assert "number: “call us” is no number that one can dial." in told.stderr
        assert "number: this is required and empty." in told.stderr
        assert all(line.startswith("phones.csv, line ") for line in told.stderr.splitlines())
    assert said("directory", "import", str(tmp_path / "a.json"), data=loaded) == before


def test_what_is_not_in_the_file_goes_only_with_the_flag_for_it(loaded: Path, tmp_path: Path) -> None:
    tables = exported(loaded, "csv", tmp_path / "tables")
    phones = tables / "phones.csv"
    kept = phones.read_text(encoding="utf-8").splitlines(keepends=True)
    phones.write_text("".join(kept[:-1]), encoding="utf-8")
    assert "1 are not in the file and stay.\nNothing was written." in said(
        "directory", "import", str(tables), data=loaded
    )
    told = said("directory", "import", str(tables), "--remove-missing", data=loaded)
    assert "1 are not in the file and go.\n- phone " in told
    assert told.endswith("The directory is as shown.\n")


def test_a_file_that_cannot_be_used_is_refused_in_one_sentence(loaded: Path, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    assert "there is no table of HSDS here" in refusal("directory", "check", str(tmp_path / "empty"), data=loaded)
    (tmp_path / "a.json").write_text(json.dumps([7]), encoding="utf-8")
    assert "must be an object" in refusal("directory", "import", str(tmp_path / "a.json"), data=loaded)
