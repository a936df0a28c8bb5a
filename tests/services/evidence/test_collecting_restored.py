"""After a restore, or in a store that is another's: what looks like rubbish waits for a human."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from sqlalchemy import select, update

from reporting.services.evidence import collecting
from reporting.services.evidence.collecting import Collected, NotOurs, collect
from reporting.services.survivor.erasure import erase_now
from reporting.store.blobs import Blob, BlobKey
from reporting.store.database import Work, reading
from reporting.store.shred import ShredKeyRow
from tests.builders import Built, Team, in_unit, send_report
from tests.evidence import add_file, content_of
from tests.services.evidence.stored import NOTHING, OWNER, age, change, kept, objects, rows_and_keys, unlike


def test_after_a_restore_rows_come_back_whose_keys_are_gone_and_are_collected(
    built: Built, team: Team, back_up: Callable[[Built], Built]
) -> None:
    _, reporter, case_id = send_report(built, team.office)
    for _ in range(3):
        add_file(built, reporter, case_id, unlike(), name="x")
    restored = back_up(built)
    in_unit(built, erase_now, reporter, case_id)
    assert len(rows_and_keys(restored)[0]) == 3
    assert collect(restored.stores, restored.house).waiting == 0
    assert rows_and_keys(restored) == (set(), set())


def test_after_a_restore_nothing_that_came_later_goes_before_somebody_looked(
    built: Built, team: Team, back_up: Callable[[Built], Built]
) -> None:
    """An older main database knows nothing of a newer case, nor that a draft became one; a newer copy may turn up."""
    draft = kept(built)
    restored = back_up(built)
    _, reporter, case_id = send_report(built, team.office)
    piece = add_file(built, reporter, case_id, unlike(), name="x")
    change(built, lambda work: work.shred.execute(update(BlobKey).where(BlobKey.owner == OWNER).values(owner=case_id)))
    for one in objects(built):
        age(built, one, hours=500)
    built.clock.forward(days=20)
    assert collect(restored.stores, restored.house) == Collected(waiting=2)
    assert content_of(built, reporter, case_id, piece.id).startswith(b"of no kind")
    assert draft.row.id in objects(built)
    assert collect(restored.stores, restored.house, looked=True) == Collected(keys=2)
    assert objects(built) == set()


def test_a_key_that_no_row_goes_with_is_collected_after_ninety_days(built: Built) -> None:
    file = kept(built)
    change(built, lambda work: work.main.delete(work.main.get_one(Blob, file.row.id)))
    built.clock.forward(days=90)
    assert collect(built.stores, built.house) == Collected(waiting=1)
    built.clock.forward(days=1)
    assert collect(built.stores, built.house) == Collected(keys=1)
    assert objects(built) == set()


def test_with_another_shred_store_nothing_goes_before_somebody_looked(built: Built, team: Team) -> None:
    _, reporter, case_id = send_report(built, team.office)
    for _ in range(collecting.FEW + 1):
        add_file(built, reporter, case_id, unlike(), name="x")
    before = objects(built)
    with reading(built.stores) as work:
        keys = [(row.blob_id, row.owner, row.key, row.made_on) for row in work.shred.scalars(select(BlobKey))]
    change(built, lambda work: work.shred.query(BlobKey).delete())
    assert collect(built.stores, built.house) == Collected(waiting=collecting.FEW + 1)
    assert (objects(built), rows_and_keys(built)[0]) == (before, before)
    change(
        built,
        lambda work: work.shred.add_all(
            BlobKey(blob_id=one, owner=owner, key=key, made_on=day) for one, owner, key, day in keys
        ),
    )
    assert collect(built.stores, built.house) == NOTHING


def test_with_another_shred_store_not_even_one_file_goes(built: Built, team: Team) -> None:
    _, reporter, case_id = send_report(built, team.office)
    add_file(built, reporter, case_id, unlike(), name="x")
    before = objects(built)

    def empty_shred_store(work: Work) -> None:
        for table in (BlobKey, ShredKeyRow):
            work.shred.query(table).delete()

    change(built, empty_shred_store)
    assert collect(built.stores, built.house) == Collected(waiting=1)
    assert (objects(built), rows_and_keys(built)[0]) == (before, before)


def test_a_store_that_another_instance_has_marked_is_left_alone(built: Built, empty: Built) -> None:
    collect(built.stores, built.house)
    stranger = replace(empty, stores=replace(empty.stores, blobs=built.stores.blobs))
    file = kept(built, None)
    age(built, file.row.id)
    with pytest.raises(NotOurs):
        collect(stranger.stores, stranger.house, looked=True)
    assert objects(built) == {file.row.id}
