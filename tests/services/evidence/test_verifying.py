"""Whatever is done to the blob store or its rows past the program is named, by id and place, without opening a file."""

import os
import secrets
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import update

from reporting.crypto.checks import check_of, places_of
from reporting.crypto.stream import HEADER_SIZE, SEALED_CHUNK, checks_size, is_whole_size, padded_length, sealed_size
from reporting.domain.evidence.evidence import KeptFile
from reporting.services.evidence import pieces
from reporting.services.evidence.verifying import Finding, Wrong, check, verify, verify_some
from reporting.services.survivor.erasure import erase_now
from reporting.store.blobs import Blob, find_blob, remove_blobs
from reporting.store.database import reading, writing
from reporting.store.objects import open_blobs
from tests.builders import Built, Team, in_unit, send_report
from tests.engines import on_sqlite
from tests.evidence import MIB, add_file, all_blobs
from tests.s3 import Bucket

CHUNKS = 20


@pytest.fixture
def two(built: Built, team: Team) -> tuple[KeptFile, KeptFile]:
    """Two files of twenty chunks, of a kind of which no working copy is made."""
    _, reporter, case_id = send_report(built, team.office)
    files = []
    for _ in range(2):
        sent = b"of no kind " + secrets.token_bytes(CHUNKS * 65536 - 100)
        piece = add_file(built, reporter, case_id, sent, name="x", most=5 * MIB)
        assert piece.evidence.original is not None
        files.append(piece.evidence.original)
    return files[0], files[1]


def found(built: Built) -> list[Finding]:
    """Return everything that is wrong."""
    return list(verify(built.stores, built.house))


def path_of(built: Built, file: KeptFile) -> Path:
    """Return where a sealed file lies."""
    assert built.stores.blobs.folder is not None
    return built.stores.blobs.folder / file.blob[:2] / file.blob


def change(built: Built, file: KeptFile, how: Callable[[bytearray], bytes | bytearray]) -> None:
    """Change the bytes of a sealed file past the program."""
    path = path_of(built, file)
    path.write_bytes(how(bytearray(path.read_bytes())))


def chunk_at(number: int) -> slice:
    """Return where the sealed bytes of a chunk lie."""
    return slice(HEADER_SIZE + number * SEALED_CHUNK, HEADER_SIZE + (number + 1) * SEALED_CHUNK)


def set_row(built: Built, file: KeptFile, **values: object) -> None:
    """Change a row past the program."""
    with writing(built.stores) as work:
        work.main.execute(update(Blob).where(Blob.id == file.blob_id).values(**values))


def flipped(content: bytearray, *places: int) -> bytearray:
    """Turn one bit at each of these places."""
    for place in places:
        content[place] ^= 1
    return content


@pytest.mark.usefixtures("two")
def test_what_nobody_touched_is_whole(built: Built) -> None:
    assert found(built) == []


def test_a_store_without_any_file_is_whole(built: Built) -> None:
    assert found(built) == []


def test_bytes_that_are_missing_are_named(built: Built, two: tuple[KeptFile, KeptFile]) -> None:
    path_of(built, two[0]).unlink()
    assert found(built) == [Finding(two[0].blob_id, Wrong.MISSING)]


@pytest.mark.parametrize("left", [0, 1, HEADER_SIZE, HEADER_SIZE + 70_000, -1])
def test_a_file_that_is_cut_off_is_named(built: Built, two: tuple[KeptFile, KeptFile], left: int) -> None:
    change(built, two[0], lambda content: content[:left])
    assert found(built) == [Finding(two[0].blob_id, Wrong.CUT)]


def test_a_file_cut_to_the_size_of_a_smaller_one_is_cut_off_and_not_its_row(
    built: Built, two: tuple[KeptFile, KeptFile]
) -> None:
    change(built, two[0], lambda content: content[: sealed_size(65536)])
    assert found(built) == [Finding(two[0].blob_id, Wrong.CUT)]


def test_a_file_that_has_grown_is_named_and_still_checked(built: Built, two: tuple[KeptFile, KeptFile]) -> None:
    change(built, two[0], lambda content: content + b"x" * 1000)
    change(built, two[1], lambda content: flipped(content, chunk_at(3).start) + b"x")
    assert sorted(found(built), key=lambda one: (one.blob_id != two[0].blob_id, one.what)) == [
        Finding(two[0].blob_id, Wrong.LONGER),
        Finding(two[1].blob_id, Wrong.CHUNK, 3, 3),
        Finding(two[1].blob_id, Wrong.LONGER),
    ]


def test_two_files_that_changed_places_are_named_both(built: Built, two: tuple[KeptFile, KeptFile]) -> None:
    one, other = (path_of(built, file) for file in two)
    first, second = one.read_bytes(), other.read_bytes()
    one.write_bytes(second)
    other.write_bytes(first)
    assert set(found(built)) == {
        Finding(two[0].blob_id, Wrong.SWAPPED, other=two[1].blob_id),
        Finding(two[1].blob_id, Wrong.SWAPPED, other=two[0].blob_id),
    }


@pytest.mark.parametrize("number", [0, 7, CHUNKS - 1])
def test_an_altered_chunk_is_named_by_its_place(built: Built, two: tuple[KeptFile, KeptFile], number: int) -> None:
    change(built, two[0], lambda content: flipped(content, chunk_at(number).start + 5))
    assert found(built) == [Finding(two[0].blob_id, Wrong.CHUNK, number, number)]


def test_altered_chunks_side_by_side_are_one_finding(built: Built, two: tuple[KeptFile, KeptFile]) -> None:
    places = [chunk_at(number).start for number in (2, 3, 4, 15, 16, 18)]
    change(built, two[0], lambda content: flipped(content, *places))
    assert found(built) == [Finding(two[0].blob_id, Wrong.CHUNK, *at) for at in ((2, 4), (15, 16), (18, 18))]


def test_chunks_that_were_moved_or_brought_back_twice_are_named_with_where_they_come_from(
    built: Built, two: tuple[KeptFile, KeptFile]
) -> None:
    def move(content: bytearray) -> bytearray:
        content[chunk_at(3)], content[chunk_at(9)] = content[chunk_at(9)], content[chunk_at(3)]
        content[chunk_at(12)] = content[chunk_at(11)]
        return content

    change(built, two[0], move)
    moved = ((3, 9), (9, 3), (12, 11))
    assert found(built) == [Finding(two[0].blob_id, Wrong.MOVED, at, at, place) for at, place in moved]


def test_a_chunk_of_another_file_is_named_with_that_file(built: Built, two: tuple[KeptFile, KeptFile]) -> None:
    taken = path_of(built, two[1]).read_bytes()[chunk_at(6)]

    def bring(content: bytearray) -> bytearray:
        content[chunk_at(2)] = taken
        return content

    change(built, two[0], bring)
    assert found(built) == [Finding(two[0].blob_id, Wrong.FOREIGN, 2, 2, 6, two[1].blob_id)]


def test_altered_checks_are_told_from_altered_chunks(built: Built, two: tuple[KeptFile, KeptFile]) -> None:
    change(built, two[0], lambda content: flipped(content, len(content) - 20))
    assert found(built) == [Finding(two[0].blob_id, Wrong.CHECKS)]


@pytest.mark.parametrize("place", [0, 20, HEADER_SIZE - 1])
def test_an_altered_header_is_named(built: Built, two: tuple[KeptFile, KeptFile], place: int) -> None:
    change(built, two[0], lambda content: flipped(content, place))
    assert found(built) == [Finding(two[0].blob_id, Wrong.HEADER)]


def test_a_row_with_another_tag_is_named(built: Built, two: tuple[KeptFile, KeptFile]) -> None:
    set_row(built, two[0], tag=bytes(32))
    assert found(built) == [Finding(two[0].blob_id, Wrong.HEADER)]


@pytest.mark.parametrize("size", [-1, 0, 1, sealed_size(65536), sealed_size(100 * 65536), 2**40])
def test_a_row_with_another_size_is_named_as_the_row(built: Built, two: tuple[KeptFile, KeptFile], size: int) -> None:
    set_row(built, two[0], size=size)
    assert found(built) == [Finding(two[0].blob_id, Wrong.ROW)]


@on_sqlite
def test_a_row_that_no_program_wrote_is_named(built: Built, two: tuple[KeptFile, KeptFile]) -> None:
    with built.stores.main.begin() as connection:
        connection.exec_driver_sql("UPDATE blobs SET size = 'large' WHERE id = ?", (two[0].blob_id,))
    assert found(built) == [Finding(two[0].blob_id, Wrong.ROW)]


def test_whoever_knows_the_format_but_not_the_instance_key_cannot_forge_a_file(
    built: Built, two: tuple[KeptFile, KeptFile]
) -> None:
    """An intruder replaces a chunk and makes its check under a key of their own."""

    def forge(content: bytearray) -> bytearray:
        content[chunk_at(4)] = bytes(SEALED_CHUNK)
        at = len(content) - 16 * CHUNKS + 16 * 4
        content[at : at + 16] = check_of(bytes(32))(4, bytes(SEALED_CHUNK))
        return content

    change(built, two[0], forge)
    assert [one.what for one in found(built)] == [Wrong.CHUNK, Wrong.HEADER]


def test_a_row_that_is_gone_leaves_a_key_alone(built: Built, two: tuple[KeptFile, KeptFile]) -> None:
    with writing(built.stores) as work:
        remove_blobs(work.main, [two[0].blob_id])
    assert found(built) == []  # a key of today may be one whose row comes at this moment
    built.clock.forward(days=1)
    assert found(built) == [Finding(two[0].blob_id, Wrong.KEY_ALONE)]


def test_an_object_that_nobody_knows_is_named_when_no_upload_can_be_under_way(built: Built) -> None:
    blob_id = secrets.token_bytes(16)
    with built.stores.blobs.writing(blob_id) as writer:
        writer.write(b"x")
    assert found(built) == []
    assert built.stores.blobs.folder is not None
    os.utime(built.stores.blobs.folder / blob_id.hex()[:2] / blob_id.hex(), (time.time() - 180_000,) * 2)
    assert found(built) == [Finding(blob_id, Wrong.NO_ROW)]


@pytest.mark.usefixtures("two")
def test_what_was_erased_or_taken_away_is_no_finding(built: Built, team: Team) -> None:
    _, reporter, case_id = send_report(built, team.office)
    one, _ = (add_file(built, reporter, case_id, b"x" * size, name="x") for size in (1000, 2000))
    in_unit(built, pieces.take_away, reporter, case_id, one.id)
    in_unit(built, erase_now, reporter, case_id)
    assert found(built) == []


def test_a_file_that_is_erased_while_it_is_looked_at_is_no_finding(
    built: Built, team: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, reporter, case_id = send_report(built, team.office)
    add_file(built, reporter, case_id, b"x" * 1000, name="x")
    size = built.stores.blobs.size

    def erased_meanwhile(blob_id: bytes) -> int | None:
        in_unit(built, erase_now, reporter, case_id)
        return size(blob_id)

    monkeypatch.setattr(built.stores.blobs, "size", erased_meanwhile)
    assert found(built) == []


def test_no_key_of_a_case_is_read(built: Built, two: tuple[KeptFile, KeptFile]) -> None:
    """A file whose keys are all wrong verifies like any other."""
    with reading(built.stores) as work:
        row = find_blob(work.main, two[0].blob_id)
        assert row is not None
        nowhere = replace(built.stores, shred=None)  # type: ignore[arg-type]
        assert list(check(nowhere, built.house, row)) == []


@on_sqlite
def test_slices_come_to_every_file_and_begin_anew(built: Built, two: tuple[KeptFile, KeptFile]) -> None:
    change(built, two[0], lambda content: flipped(content, chunk_at(1).start))
    seen, after, wrong = 0, b"", []
    for _ in range(2):
        findings, count, after = verify_some(built.stores, built.house, after, 1)
        seen += count
        wrong += findings
    assert (seen, len(wrong)) == (2, 1)
    assert verify_some(built.stores, built.house, after, 1) == ([], 0, b"")
    assert verify_some(built.stores, built.house, b"", 10**9)[1:] == (2, b"")


@on_sqlite
def test_the_same_is_found_in_s3(built: Built, team: Team, bucket: Bucket) -> None:
    in_s3 = replace(built, stores=replace(built.stores, blobs=open_blobs(bucket.url)))
    _, reporter, case_id = send_report(in_s3, team.office)
    ids = [
        piece.evidence.files[0].blob_id
        for piece in (
            add_file(in_s3, reporter, case_id, bytes(6 * MIB + number), name="x", most=30 * MIB) for number in range(4)
        )
    ]
    assert found(in_s3) == []
    name = {one: f"sealed/files/{one.hex()[:2]}/{one.hex()}" for one in ids}
    bucket.client.delete_object(Bucket=bucket.name, Key=name[ids[0]])
    content = bytearray(bucket.client.get_object(Bucket=bucket.name, Key=name[ids[1]])["Body"].read())
    bucket.client.put_object(Bucket=bucket.name, Key=name[ids[1]], Body=bytes(flipped(content, chunk_at(80).start)))
    bucket.client.put_object(Bucket=bucket.name, Key=name[ids[2]], Body=bytes(content[:1000]))
    assert set(found(in_s3)) == {
        Finding(ids[0], Wrong.MISSING),
        Finding(ids[1], Wrong.CHUNK, 80, 80),
        Finding(ids[2], Wrong.CUT),
    }


def test_only_sizes_that_a_sealed_file_can_have_are_whole() -> None:
    for length in (0, 1, 65536, 65537, 10**6, 200 * MIB):
        size = sealed_size(length)
        assert is_whole_size(size)
        assert checks_size(size) == 16 * -(-padded_length(length) // 65536)
        assert not any(is_whole_size(size + off) for off in (-33, -32, -1, 1, 32, 33))
    assert not any(is_whole_size(size) for size in (-5, 0, 1, HEADER_SIZE, HEADER_SIZE + 32))


def test_the_place_of_a_chunk_is_found_by_its_bytes() -> None:
    key, chunks = secrets.token_bytes(32), [secrets.token_bytes(100) for _ in range(30)]
    check = check_of(key)
    place = places_of(key, b"".join(check(number, chunk) for number, chunk in enumerate(chunks)))
    assert [place(chunk) for chunk in chunks] == list(range(30))
    assert place(secrets.token_bytes(100)) is None


def test_every_row_is_looked_at(built: Built, two: tuple[KeptFile, KeptFile]) -> None:
    with reading(built.stores) as work:
        assert {row.id for row in all_blobs(work.main)} == {file.blob_id for file in two}
    for file in two:
        path_of(built, file).unlink()
    assert {one.blob_id for one in found(built)} == {file.blob_id for file in two}
