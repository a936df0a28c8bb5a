"""A blob store in a folder: for nobody else, on the disk before it is named, and never the last room of the disk."""

import errno
import itertools
import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest

from reporting.store.objects import NO_ROOM, BlobsUnreachable, open_blobs
from tests.store.putting import ID, NAME, files_in, put


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where the files of a store in a folder lie."""
    return tmp_path / "blobs"


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


@pytest.mark.principle("confidentiality")
def test_no_folder_tells_the_second_in_which_a_file_came_or_broke_off(folder: Path) -> None:
    blobs = open_blobs(f"file://{folder}")

    def told() -> list[float]:
        return [place.stat().st_mtime % 86_400 for place in (folder, *folder.glob("??"))]

    with suppress(ZeroDivisionError), blobs.writing(bytes([1] * 16)):
        raise ZeroDivisionError
    assert told() == [0, 0]
    put(blobs, b"x")
    assert told() == [0, 0, 0]
    left = folder / f"{NAME}#0badcafe"
    left.write_bytes(b"x")
    os.utime(left, (0, 0))
    assert blobs.remove_unfinished(timedelta(hours=1)) == 1
    assert told() == [0, 0, 0]


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
