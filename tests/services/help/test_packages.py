"""Files that somebody brings: every kind is read, and none can reach further than its own names or grow without end."""

import os
import zipfile
from pathlib import Path

import pytest

from reporting.domain.directory.checking import Faulty
from reporting.domain.directory.nested import as_json, document
from reporting.domain.directory.tabular import write_tables
from reporting.services.help import packages
from reporting.services.help.directory import shipped_records
from reporting.services.help.packages import read_source

FILES = write_tables(shipped_records("moldova"))
ROWS = sum(len(rows) for rows in shipped_records("moldova").values())


def archive(path: Path, files: dict[str, bytes], prefix: str = "") -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in files.items():
            packed.writestr(prefix + name, content)
    return path


def folder(path: Path) -> Path:
    path.mkdir()
    for name, content in FILES.items():
        (path / name).write_bytes(content)
    return path


def refused(path: Path) -> str:
    with pytest.raises(Faulty) as told:
        read_source(path)
    return str(told.value)


def test_a_folder_an_archive_nested_json_and_a_description_are_read(tmp_path: Path) -> None:
    there = folder(tmp_path / "package")
    nested = tmp_path / "a.json"
    nested.write_text(as_json(document(shipped_records("moldova"))), encoding="utf-8")
    for path in (
        there,
        there / "datapackage.json",
        nested,
        archive(tmp_path / "flat.zip", dict(FILES)),
        archive(tmp_path / "in-a-folder.zip", dict(FILES), "hsds/data/"),
    ):
        source = read_source(path)
        assert (len(source.found), source.faults) == (ROWS, ()), path
    alone = read_source(there / "phones.csv")
    assert alone.covers == frozenset({"phone"})


def test_a_name_that_leads_out_of_an_archive_writes_nothing_and_is_read_as_its_last_part(tmp_path: Path) -> None:
    path = archive(tmp_path / "a.zip", {"../../../services.csv": b"id\n", "../../../evil.sh": b"x"})
    before = sorted(os.listdir(tmp_path))
    assert read_source(path).covers == frozenset({"service"})
    assert sorted(os.listdir(tmp_path)) == before


def test_an_archive_that_unpacks_to_more_than_fits_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packages, "LARGEST", 1024 * 1024)
    bomb = archive(tmp_path / "bomb.zip", {"services.csv": b"\0" * 2 * 1024 * 1024})
    assert bomb.stat().st_size < 10_000
    assert refused(bomb) == "services.csv: this is too large: 1 MB fit, all files together."
    both = archive(tmp_path / "both.zip", dict.fromkeys(["services.csv", "phones.csv"], b"x" * 600 * 1024))
    assert "too large" in refused(both)
    many = archive(tmp_path / "many.zip", {f"{number}.csv": b"" for number in range(501)})
    assert refused(many) == "many.zip: there are more than 500 files in this archive."


def test_an_archive_that_says_something_false_of_its_size_is_not_believed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(packages, "LARGEST", 1024 * 1024)
    content = archive(tmp_path / "a.zip", {"services.csv": b"\0" * 2 * 1024 * 1024}).read_bytes()
    lying = content.replace((2 * 1024 * 1024).to_bytes(4, "little"), (10).to_bytes(4, "little"))
    assert lying != content
    (tmp_path / "lying.zip").write_bytes(lying)
    assert refused(tmp_path / "lying.zip")


def test_what_is_broken_closed_or_double_is_refused_in_a_sentence(tmp_path: Path) -> None:
    whole = archive(tmp_path / "a.zip", dict(FILES)).read_bytes()
    damaged = bytearray(whole)
    damaged[200:4000] = bytes(3800)
    (tmp_path / "damaged.zip").write_bytes(damaged)
    assert refused(tmp_path / "damaged.zip").startswith("damaged.zip: this archive cannot be read")
    double = archive(tmp_path / "b.zip", {"services.csv": b"id\n", "servicez.csv": b"id\n"}).read_bytes()
    (tmp_path / "double.zip").write_bytes(double.replace(b"servicez", b"services"))
    assert refused(tmp_path / "double.zip") == "double.zip: a file stands twice in this archive."
    two = archive(tmp_path / "two.zip", {"a/services.csv": b"id\n", "b/services.csv": b"id\n"})
    assert refused(two) == "two.zip: there is more than one package in this archive; please bring one."
    (tmp_path / "a.txt").write_text("x", encoding="utf-8")
    assert refused(tmp_path / "a.txt").startswith("a.txt: this is no folder, no zip archive")
