"""`reporting blobs`: one line for each thing that is wrong, with id and place and nothing else; 0 or 1 at the end."""

import os
import time
from datetime import timedelta
from pathlib import Path

import pytest

from reporting.cli.blobs import line_of
from reporting.cli.refusals import sentence_for
from reporting.config import Settings
from reporting.services.evidence.verifying import Finding, Wrong
from reporting.services.opening import open_house
from reporting.store.database import reading
from reporting.store.grants import has_stray_shred_keys, shred_store_fits
from reporting.store.objects import NO_ANSWER, BlobsUnreachable
from tests.builders import Built, Team, send_report
from tests.console import refusal, run, said
from tests.engines import on_sqlite
from tests.evidence import add_file, photo
from tests.s3 import KEY_SECRET

ONE, OTHER = b"\x01" * 16, b"\x02" * 16


@pytest.mark.parametrize(
    ("finding", "line"),
    [
        (Finding(ONE, Wrong.MISSING), "its bytes are missing"),
        (Finding(ONE, Wrong.CUT), "cut off"),
        (Finding(ONE, Wrong.CHUNK, 4, 4), "chunk 4 was altered"),
        (Finding(ONE, Wrong.CHUNK, 0, 9), "chunks 0 to 9 were altered"),
        (Finding(ONE, Wrong.MOVED, 3, 3, 0), "chunk 3 holds chunk 0"),
        (Finding(ONE, Wrong.FOREIGN, 3, 3, 8, OTHER), f"chunk 3 holds chunk 8 of {OTHER.hex()}"),
        (Finding(ONE, Wrong.SWAPPED, other=OTHER), f"{OTHER.hex()} lies in its place"),
    ],
)
def test_a_line_says_which_file_and_where(finding: Finding, line: str) -> None:
    assert line_of(finding) == f"{ONE.hex()}: {line}"


def lying(built: Built) -> list[Path]:
    """Return where the sealed files lie."""
    assert built.stores.blobs.folder is not None
    return sorted(built.stores.blobs.folder.glob("??/*"))


@on_sqlite
def test_verify_ends_with_zero_where_all_is_whole_and_with_one_where_it_is_not(built: Built, team: Team) -> None:
    _, reporter, case_id = send_report(built, team.office)
    add_file(built, reporter, case_id, photo())
    data = built.settings.data
    assert said("blobs", "verify", data=data) == "Every sealed file is whole.\n"
    first, second = lying(built)
    first.write_bytes(first.read_bytes()[:-1])
    second.unlink()
    result = run("blobs", "verify", data=data)
    assert result.exit_code == 1
    assert sorted(result.stdout.splitlines()) == sorted(
        [f"{first.name}: cut off", f"{second.name}: its bytes are missing"]
    )
    assert "compare with your backups" in result.stderr


@on_sqlite
def test_collect_says_how_much_went(built: Built, team: Team) -> None:
    _, reporter, case_id = send_report(built, team.office)
    add_file(built, reporter, case_id, photo())
    left = lying(built)[0].with_name("ab" * 16)
    left.write_bytes(b"x")
    os.utime(left, (time.time() - 180_000,) * 2)
    # The test's report is of a spring long ago by the clock of this machine, and is a living case all the same.
    assert said("blobs", "collect", data=built.settings.data) == "keys: 0, files: 0, unfinished: 0\n"
    right = left.parent.parent / "ab" / left.name
    right.parent.mkdir(exist_ok=True)
    left.rename(right)
    assert said("blobs", "collect", data=built.settings.data) == "keys: 0, files: 1, unfinished: 0\n"
    assert len(lying(built)) == 2


@on_sqlite
def test_a_store_that_is_away_is_one_sentence_without_its_address(
    built: Built, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "x")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", KEY_SECRET)
    url = "s3://bucket/x?endpoint=http://127.0.0.1:9&region=r"
    for command in ("verify", "collect"):
        sentence = refusal("blobs", command, data=built.settings.data, blobs_url=url)
        assert sentence == sentence_for(BlobsUnreachable(NO_ANSWER))


def test_a_used_instance_is_whole_and_nothing_of_it_waits_or_goes(demonstration: Path) -> None:
    """Were a single shred key of an ordinary instance without its grant, drafts that ended would never be collected."""
    assert said("blobs", "verify", data=demonstration) == "Every sealed file is whole.\n"
    assert said("blobs", "collect", data=demonstration) == "keys: 0, files: 0, unfinished: 0\n"
    stores, house = open_house(Settings.from_environment({"REPORTING_DATA": str(demonstration)}))
    with reading(stores) as work:
        assert shred_store_fits(work.main, work.shred)
        assert not has_stray_shred_keys(work.main, work.shred, house.today() + timedelta(days=1))
    stores.dispose()
