"""A blob store that speaks S3: whole or without a name, and silent about where it stands."""

import socket
import subprocess
import sys
import time
from collections.abc import Iterator

import pytest

from reporting.store.objects import NO_ANSWER, PART_SIZE, BlobsUnreachable, open_blobs
from tests.s3 import KEY_ID, KEY_SECRET, Bucket
from tests.store.putting import ID, NAME, break_off, put


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
