"""The blob store, in a folder and in a store that speaks S3: whole and durable, or not there at all."""

import errno
import itertools
import os
import secrets
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest

from reporting.store.objects import NO_ANSWER, NO_ROOM, PART_SIZE, BlobStore, BlobsUnreachable, open_blobs
from tests.s3 import KEY_ID, KEY_SECRET, Bucket
from tests.services.together import at_once

ID = bytes(range(16))
NAME = "00/000102030405060708090a0b0c0d0e0f"


@pytest.fixture(params=["folder", "s3"])
def blobs(request: pytest.FixtureRequest, tmp_path: Path) -> BlobStore:
    """A blob store of each kind."""
    if request.param == "s3":
        return open_blobs(request.getfixturevalue("bucket").url)
    return open_blobs(f"file://{tmp_path / 'blobs'}")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where the files of a store in a folder lie."""
    return tmp_path / "blobs"


def put(blobs: BlobStore, *pieces: bytes, blob_id: bytes = ID) -> None:
    """Write an object."""
    with blobs.writing(blob_id) as writer:
        for piece in pieces:
            writer.write(piece)


def break_off(blobs: BlobStore, *pieces: bytes, meanwhile: Callable[[], None] = lambda: None) -> None:
    """Begin an object whose bytes end too early."""
    with blobs.writing(ID) as writer:
        for piece in pieces:
            writer.write(piece)
        meanwhile()
        raise ConnectionError("her line broke")


def files_in(folder: Path) -> list[str]:
    """Return the name of every file below a folder."""
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


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


def test_an_upload_to_s3_that_breaks_off_leaves_no_parts(bucket: Bucket) -> None:
    seen: list[list[str]] = []
    with pytest.raises(ConnectionError):
        break_off(open_blobs(bucket.url), *[bytes(PART_SIZE)] * 3, meanwhile=lambda: seen.append(bucket.unfinished()))
    assert seen == [[f"sealed/files/{NAME}"]]
    assert bucket.unfinished() == bucket.keys() == []


def test_a_process_that_is_killed_leaves_parts_in_s3_for_the_lifecycle_rule_and_no_object(bucket: Bucket) -> None:
    program = (
        "import sys, time; from reporting.store.objects import open_blobs\n"
        "with open_blobs(sys.argv[1]).writing(bytes(range(16))) as w:\n"
        "    for _ in range(15): w.write(bytes(1024 * 1024))\n"
        "    print('there', flush=True); time.sleep(60)\n"
    )
    writer = subprocess.Popen([sys.executable, "-c", program, bucket.url], stdout=subprocess.PIPE)
    assert writer.stdout is not None
    assert writer.stdout.readline() == b"there\n"
    writer.kill()
    writer.wait()
    writer.stdout.close()
    assert bucket.keys() == []
    assert bucket.unfinished() == [f"sealed/files/{NAME}"]


def test_an_object_in_s3_has_no_name_before_it_is_whole(bucket: Bucket) -> None:
    with open_blobs(bucket.url).writing(ID) as writer:
        writer.write(bytes(2 * PART_SIZE))
        assert bucket.keys() == []
    assert bucket.keys() == [f"sealed/files/{NAME}"]


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


# What happens to a folder.


def test_files_and_folders_are_for_nobody_else(folder: Path) -> None:
    before = os.umask(0)
    try:
        put(open_blobs(f"file://{folder}"), b"x")
    finally:
        os.umask(before)
    assert [oct(path.stat().st_mode & 0o777) for path in (folder, folder / "00", folder / NAME)] == [
        "0o700",
        "0o700",
        "0o600",
    ]


def test_a_file_tells_the_day_and_no_time_of_day(folder: Path) -> None:
    blobs = open_blobs(f"file://{folder}")
    put(blobs, b"x")
    times = [(folder / NAME).stat().st_mtime, (folder / "00").stat().st_mtime]
    assert [at % 86_400 for at in times] == [0, 0]
    assert time.time() - times[0] < 86_400 + 60
    blobs.remove(ID)
    assert (folder / "00").stat().st_mtime % 86_400 == 0


def test_bytes_are_on_the_disk_before_the_name_and_the_name_before_the_end(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[str] = []
    synced, renamed = os.fsync, Path.rename

    def fsync(handle: int) -> None:
        done.append(Path(os.readlink(f"/proc/self/fd/{handle}")).name.partition("#")[0])
        synced(handle)

    def rename(path: Path, target: Path) -> Path:
        done.append("named")
        return renamed(path, target)

    monkeypatch.setattr(os, "fsync", fsync)
    monkeypatch.setattr(Path, "rename", rename)
    put(open_blobs(f"file://{folder}"), b"x")
    assert done == [NAME[3:], "named", "00", "blobs"]


@pytest.mark.parametrize("kilobytes", [0, 100, 9_000])
def test_a_process_that_is_killed_while_it_writes_leaves_no_object(folder: Path, kilobytes: int) -> None:
    program = (
        "import sys, time; from reporting.store.objects import open_blobs\n"
        "with open_blobs('file://' + sys.argv[1]).writing(bytes(range(16))) as w:\n"
        "    for _ in range(int(sys.argv[2])): w.write(bytes(1024))\n"
        "    print('there', flush=True); time.sleep(60)\n"
    )
    writer = subprocess.Popen([sys.executable, "-c", program, str(folder), str(kilobytes)], stdout=subprocess.PIPE)
    assert writer.stdout is not None
    assert writer.stdout.readline() == b"there\n"
    writer.send_signal(signal.SIGKILL)
    writer.wait()
    writer.stdout.close()
    blobs = open_blobs(f"file://{folder}")
    assert list(blobs.all()) == []
    assert len(files_in(folder)) == 1
    assert blobs.remove_unfinished(timedelta(days=1)) == 0
    left = folder / files_in(folder)[0]
    os.utime(left, (time.time() - 90_000,) * 2)
    assert blobs.remove_unfinished(timedelta(days=1)) == 1
    assert files_in(folder) == []


def test_a_full_disk_is_said_and_leaves_nothing(folder: Path) -> None:
    """The limit of a process on the size of a file is refused in the same place as a full disk is."""
    program = (
        "import resource, signal, sys; from reporting.store.objects import open_blobs\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN); resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))\n"
        "try:\n"
        "    with open_blobs('file://' + sys.argv[1]).writing(bytes(range(16))) as w:\n"
        "        for _ in range(400): w.write(bytes(1024))\n"
        "except Exception as error: print(type(error).__name__, error)\n"
    )
    said = subprocess.run([sys.executable, "-c", program, str(folder)], capture_output=True, check=True, timeout=60)
    assert said.stdout.decode() == "BlobsUnreachable no room\n"
    assert files_in(folder) == []


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EDQUOT])
def test_a_disk_that_fills_up_at_the_very_end_leaves_nothing(
    folder: Path, monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    def full(_handle: int) -> None:
        raise OSError(code, "full")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(BlobsUnreachable, match=NO_ROOM):
        put(open_blobs(f"file://{folder}"), b"x")
    assert files_in(folder) == []


@pytest.fixture
def shrinking(monkeypatch: pytest.MonkeyPatch) -> None:
    """A disk that has 100,000 bytes left at first, and 10,000 less each time somebody asks."""
    asked = itertools.count()

    def left(_place: object) -> SimpleNamespace:
        return SimpleNamespace(f_bavail=10 - next(asked), f_frsize=10_000)

    monkeypatch.setattr(os, "statvfs", left)


@pytest.mark.principle("safety")
@pytest.mark.usefixtures("shrinking")
@pytest.mark.parametrize(("spare", "kept"), [(0, True), (40_000, True), (60_000, False), (100_001, False)])
def test_some_room_stays_free_whoever_fills_the_disk(folder: Path, spare: int, kept: bool) -> None:
    blobs = open_blobs(f"file://{folder}", spare)
    if kept:
        put(blobs, *[bytes(1000)] * 5)
        assert blobs.size(ID) == 5000
    else:
        with pytest.raises(BlobsUnreachable, match=NO_ROOM):
            put(blobs, *[bytes(1000)] * 5)
        assert files_in(folder) == []


def test_whether_there_is_room_can_be_asked_before(folder: Path) -> None:
    blobs = open_blobs(f"file://{folder}", 1)
    blobs.check_room(1000)
    with pytest.raises(BlobsUnreachable, match=NO_ROOM):
        blobs.check_room(2**60)


def test_a_folder_that_has_vanished_is_not_made_anew(folder: Path) -> None:
    blobs = open_blobs(f"file://{folder}")
    folder.rmdir()
    for ask in (lambda: put(blobs, b"x"), blobs.now, lambda: blobs.mark(b"ours")):
        with pytest.raises(BlobsUnreachable):
            ask()
    assert not folder.exists()


def test_the_first_mark_stays(blobs: BlobStore) -> None:
    assert [blobs.mark(ours) for ours in (b"one", b"another", b"one")] == [b"one"] * 3
    assert list(blobs.all()) == []


# What happens to a store that speaks S3.


@pytest.fixture
def deaf() -> Iterator[str]:
    """The address of a server that takes connections and never answers."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield f"http://127.0.0.1:{server.getsockname()[1]}"


def test_a_store_that_does_not_answer_is_said_so_in_seconds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", KEY_ID)
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", KEY_SECRET)
    blobs = open_blobs("s3://bucket/x?endpoint=http://127.0.0.1:9&region=r")
    before = time.monotonic()
    asked = (
        lambda: blobs.read(ID, 0, 9),
        lambda: blobs.size(ID),
        lambda: blobs.remove(ID),
        lambda: list(blobs.all()),
        lambda: put(blobs, bytes(2 * PART_SIZE)),
        lambda: put(blobs, b"x"),
        blobs.now,
    )
    for ask in asked:
        with pytest.raises(BlobsUnreachable, match=NO_ANSWER) as caught:
            ask()
        assert KEY_SECRET not in repr(caught.value)
        assert "127.0.0.1" not in str(caught.value)
    assert time.monotonic() - before < 20


@pytest.mark.slow
def test_a_store_that_takes_the_question_and_keeps_silent_holds_nobody_for_long(
    deaf: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", KEY_ID)
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", KEY_SECRET)
    before = time.monotonic()
    with pytest.raises(BlobsUnreachable):
        open_blobs(f"s3://bucket/x?endpoint={deaf}&region=r").read(ID, 0, 9)
    assert time.monotonic() - before < 45


def test_a_bucket_that_is_not_there_takes_nothing(bucket: Bucket) -> None:
    blobs = open_blobs(bucket.url.replace(bucket.name, "no-such-bucket"))
    with pytest.raises(BlobsUnreachable):
        put(blobs, b"x")


def test_the_credentials_stand_in_no_text_of_ours(bucket: Bucket) -> None:
    blobs = open_blobs(bucket.url)
    assert KEY_SECRET not in repr(blobs) + repr(vars(blobs))
