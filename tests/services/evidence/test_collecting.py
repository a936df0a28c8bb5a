"""Nobody's keys, rows and bytes go; nothing that anybody can open ever does."""

import os
import time
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from reporting.services.evidence import arriving
from reporting.services.evidence.collecting import Collected, collect
from reporting.services.evidence.keeping import add_kept, keep, share_kept
from reporting.services.survivor.drafts import DraftKey, keep_draft
from reporting.services.survivor.erasure import erase_now
from reporting.store.blobs import known_among
from reporting.store.database import reading
from reporting.store.holds import Hold
from reporting.store.objects import open_blobs
from tests.builders import Built, Team, in_unit, send_report
from tests.engines import on_sqlite
from tests.evidence import MIB, add_file, content_of
from tests.s3 import Bucket
from tests.services.evidence.stored import (
    NOTHING,
    OWNER,
    age,
    away,
    change,
    draft_with,
    kept,
    objects,
    rows_and_keys,
    unlike,
)
from tests.services.together import at_once


def test_where_there_is_nothing_nothing_is_collected(built: Built) -> None:
    assert collect(built.stores, built.house) == NOTHING


def test_a_file_of_a_case_stays_for_as_long_as_the_case(built: Built, team: Team) -> None:
    _, reporter, case_id = send_report(built, team.office)
    piece = add_file(built, reporter, case_id, unlike(), name="x")
    age(built, piece.evidence.files[0].blob_id, hours=10_000)
    built.clock.forward(days=400)
    for looked in (False, True):
        assert collect(built.stores, built.house, looked=looked) == NOTHING
    assert content_of(built, reporter, case_id, piece.id).startswith(b"of no kind")


def test_the_copy_that_a_hold_has_stays_when_the_case_is_erased(built: Built, team: Team) -> None:
    _, reporter, case_id = send_report(built, team.office)
    piece = add_file(built, reporter, case_id, unlike(), name="x")
    file, hold_id = piece.evidence.files[0], b"h" * 16
    in_unit(built, share_kept, file, case_id, hold_id)
    change(
        built,
        lambda work: work.main.add(Hold(id=hold_id, case_id=case_id, until=built.house.today(), tag=bytes(32))),
    )
    in_unit(built, erase_now, reporter, case_id)
    built.clock.forward(days=100)
    assert collect(built.stores, built.house, looked=True) == NOTHING
    assert objects(built) == {file.blob_id}
    change(built, lambda work: work.main.delete(work.main.get_one(Hold, hold_id)))
    assert collect(built.stores, built.house).keys == 1
    assert objects(built) == set()


def test_an_upload_that_nobody_finished_goes_after_two_days_with_row_and_bytes(built: Built) -> None:
    kept(built)
    built.clock.forward(days=2)
    assert collect(built.stores, built.house) == NOTHING
    built.clock.forward(days=1)
    assert collect(built.stores, built.house) == Collected(keys=1)
    assert (objects(built), rows_and_keys(built)) == (set(), (set(), set()))


def test_a_draft_that_is_still_written_keeps_its_files(built: Built) -> None:
    key, draft, file = draft_with(built)
    for _ in range(6):
        built.clock.forward(hours=23)
        in_unit(built, keep_draft, key, draft)
        assert collect(built.stores, built.house) == NOTHING
    assert objects(built) == {file.row.id}
    built.clock.forward(days=3)
    assert collect(built.stores, built.house) == Collected(keys=1)


def test_a_file_that_comes_in_parts_over_days_keeps_the_first_of_them(built: Built) -> None:
    key = DraftKey.new()
    in_unit(built, arriving.begin, key, "film.mp4", 600, MIB)
    for part in range(6):
        arriving.take_part(built.stores, built.house, key, part * 100, iter([bytes(100)]))
        assert collect(built.stores, built.house) == NOTHING
        built.clock.forward(hours=23)
    with reading(built.stores) as work:
        _, sent = arriving.whole(work, built.stores.blobs, built.house, key)
        assert b"".join(sent) == bytes(600)


def test_a_file_without_a_row_goes_when_no_upload_can_be_under_way(built: Built) -> None:
    young, old = kept(built, None), kept(built, None)
    age(built, old.row.id)
    assert collect(built.stores, built.house) == Collected(files=1)
    assert objects(built) == {young.row.id}


def test_the_age_of_a_file_is_told_by_the_clock_of_the_store(built: Built, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another machine may have another time."""
    file = kept(built, None)
    age(built, file.row.id, hours=240)
    now = built.stores.blobs.now()
    monkeypatch.setattr(built.stores.blobs, "now", lambda: now - timedelta(days=10))
    assert collect(built.stores, built.house) == NOTHING
    assert objects(built) == {file.row.id}


def test_what_a_killed_writer_left_goes_after_two_days(built: Built) -> None:
    assert built.stores.blobs.folder is not None
    left = built.stores.blobs.folder / "00" / ("00" * 16 + "#1234")
    left.parent.mkdir(exist_ok=True)
    left.write_bytes(b"x")
    assert collect(built.stores, built.house) == NOTHING
    os.utime(left, (time.time() - 180_000,) * 2)
    assert collect(built.stores, built.house) == Collected(unfinished=1)


def test_a_row_whose_upload_commits_at_this_moment_is_seen_with_its_key(
    built: Built, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between the look at the rows and the look at the keys, an old object gets both."""
    file = keep(built.stores.blobs, built.house, iter([b"of no kind"]), MIB)
    blob_id = file.file.blob_id
    age(built, blob_id)

    def commit_between(main: Any, ids: Any) -> set[bytes]:
        found = known_among(main, ids)
        if not rows_and_keys(built)[0]:
            in_unit(built, add_kept, file, OWNER)
        return found

    monkeypatch.setattr("reporting.services.evidence.collecting.known_among", commit_between)
    collect(built.stores, built.house)
    assert blob_id in objects(built)


@pytest.mark.req("P7")
def test_what_the_store_did_not_delete_at_once_is_deleted_at_night(
    built: Built, team: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, reporter, case_id = send_report(built, team.office)
    for one, case in ((reporter, case_id), send_report(built, team.office)[1:]):
        add_file(built, one, case, unlike(), name="x")

    with monkeypatch.context() as patch:
        patch.setattr(built.stores.blobs, "remove", away)
        in_unit(built, erase_now, reporter, case_id)
    assert len(objects(built)) == 2
    assert collect(built.stores, built.house) == Collected(files=1)
    assert len(objects(built)) == len(rows_and_keys(built)[0]) == 1


def test_two_collectors_at_once_do_no_harm(built: Built, team: Team) -> None:
    _, reporter, case_id = send_report(built, team.office)
    piece = add_file(built, reporter, case_id, unlike(), name="x")
    for _ in range(5):
        age(built, kept(built, None).row.id)
    at_once(lambda _: collect(built.stores, built.house), 3)
    assert objects(built) == {piece.evidence.files[0].blob_id}


@on_sqlite
def test_the_same_is_collected_in_s3(built: Built, bucket: Bucket, monkeypatch: pytest.MonkeyPatch) -> None:
    in_s3 = replace(built, stores=replace(built.stores, blobs=open_blobs(bucket.url)))
    orphan, living = kept(in_s3, None), kept(in_s3)
    assert collect(in_s3.stores, in_s3.house) == NOTHING
    later = in_s3.stores.blobs.now() + timedelta(days=3)
    monkeypatch.setattr(in_s3.stores.blobs, "now", lambda: later)
    assert collect(in_s3.stores, in_s3.house) == Collected(files=1)
    assert objects(in_s3) == {living.row.id}
    assert orphan.row.id not in objects(in_s3)
    assert bucket.keys().count("sealed/files/instance") == 1
