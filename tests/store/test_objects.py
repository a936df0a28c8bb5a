"""The blob store, in a folder and in a store that speaks S3: whole and durable, or not there at all."""

import secrets
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from reporting.store.objects import PART_SIZE, BlobStore, open_blobs
from tests.services.together import at_once
from tests.store.putting import ID, break_off, files_in, put


@pytest.fixture(params=["folder", "s3"])
def blobs(request: pytest.FixtureRequest, tmp_path: Path) -> BlobStore:
    """A blob store of each kind."""
    if request.param == "s3":
        return open_blobs(request.getfixturevalue("bucket").url)
    return open_blobs(f"file://{tmp_path / 'blobs'}")


def test_any_part_of_an_object_can_be_read(blobs: BlobStore) -> None:
    put(blobs, b"abc", b"", b"defgh")
    assert blobs.read(ID, 0, 8) == b"abcdefgh"
    assert blobs.read(ID, 2, 5) == b"cde"
    assert blobs.size(ID) == 8


def test_reading_asks_once(blobs: BlobStore, monkeypatch: pytest.MonkeyPatch) -> None:
    """How large a file is stands in its record, so no answer is waited for twice."""

    def head(*_: object) -> None:
        raise AssertionError("asked for the size")

    put(blobs, b"abc")
    monkeypatch.setattr("obstore.head", head)
    assert blobs.read(ID, 0, 100) == b"abc"


def test_of_an_object_that_ends_before_only_what_is_there_is_read(blobs: BlobStore) -> None:
    put(blobs, b"abc")
    assert blobs.read(ID, 1, 100) == b"bc"
    assert blobs.read(ID, 3, 9) == b""
    assert blobs.read(ID, 50, 90) == b""


def test_what_is_not_there_is_not_found_and_no_failure(blobs: BlobStore) -> None:
    with pytest.raises(FileNotFoundError):
        blobs.read(ID, 0, 8)
    assert blobs.size(ID) is None
    blobs.remove(ID)


def test_objects_of_many_parts_come_back_as_they_were_written(blobs: BlobStore) -> None:
    sent = [secrets.token_bytes(1_000_003) for _ in range(13)]
    put(blobs, *sent)
    whole = b"".join(sent)
    assert len(whole) > 2 * PART_SIZE
    assert blobs.read(ID, 0, len(whole)) == whole
    assert blobs.read(ID, PART_SIZE - 7, PART_SIZE + 7) == whole[PART_SIZE - 7 : PART_SIZE + 7]


def test_every_object_is_listed_with_size_and_age_and_nothing_else_is(blobs: BlobStore) -> None:
    for number in range(60):
        put(blobs, bytes(number), blob_id=bytes([number]) * 16)
    if blobs.folder is not None:
        (blobs.folder / "notes.txt").write_bytes(b"x")
        (blobs.folder / "00" / ("00" * 16 + "#1f")).write_bytes(b"x")
    assert {one.id: one.size for one in blobs.all()} == {bytes([number]) * 16: number for number in range(60)}
    ages = [abs(blobs.now() - one.finished_at) for one in blobs.all()]
    assert max(ages) < timedelta(days=1, minutes=5)


def test_the_time_of_the_store_is_its_own_and_leaves_nothing(blobs: BlobStore) -> None:
    assert abs(blobs.now() - datetime.now(UTC)) < timedelta(minutes=1)
    assert list(blobs.all()) == []


def test_several_objects_are_deleted_at_once(blobs: BlobStore) -> None:
    ids = [secrets.token_bytes(16) for _ in range(5)]
    for one in ids:
        put(blobs, b"x", blob_id=one)
    blobs.remove(*ids[:4], secrets.token_bytes(16))
    assert [one.id for one in blobs.all()] == ids[4:]
    blobs.remove()


@pytest.mark.parametrize("size", [0, 10, 2 * PART_SIZE])
def test_a_writer_that_breaks_off_leaves_nothing_and_its_own_error(blobs: BlobStore, size: int) -> None:
    with pytest.raises(ConnectionError, match="her line broke"):
        break_off(blobs, bytes(size))
    assert list(blobs.all()) == []
    if blobs.folder is not None:
        assert files_in(blobs.folder) == []


def test_several_workers_write_at_once(blobs: BlobStore) -> None:
    ids = [bytes([9, number]) * 8 for number in range(6)]

    def write(number: int) -> None:
        put(blobs, *[bytes([number]) * 100_000] * 8, blob_id=ids[number])

    at_once(write, 6)
    for number, one in enumerate(ids):
        assert blobs.read(one, 0, 900_000) == bytes([number]) * 800_000


@pytest.mark.parametrize("kind", ["folder", "s3"])
def test_what_a_writer_holds_in_memory_does_not_grow(kind: str, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    url = f"file://{tmp_path}" if kind == "folder" else request.getfixturevalue("bucket").url
    blobs, piece = open_blobs(url), bytes(256 * 1024)
    program = (
        "import resource, sys; from reporting.store.objects import open_blobs\n"
        "blobs, piece = open_blobs(sys.argv[1]), bytes(256 * 1024)\n"
        "def write(i, n):\n"
        "    with blobs.writing(bytes([i]) * 16) as w:\n"
        "        for _ in range(n): w.write(piece)\n"
        "write(1, 100); before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss\n"
        "write(2, 400); print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)\n"
    )
    said = subprocess.run([sys.executable, "-c", program, url], capture_output=True, check=True, timeout=60)
    assert int(said.stdout) <= 12 * 1024  # KiB, for 100 MiB
    assert blobs.size(b"\x02" * 16) == 400 * len(piece)


def test_the_first_mark_stays(blobs: BlobStore) -> None:
    assert [blobs.mark(ours) for ours in (b"one", b"another", b"one")] == [b"one"] * 3
    assert list(blobs.all()) == []
