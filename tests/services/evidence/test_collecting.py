"""Nobody's keys, rows and bytes go; nothing that anybody can open ever does, whatever happened before."""

import os
import random
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select, update

from reporting.domain.questions import Door
from reporting.services.actors import Reporter
from reporting.services.evidence import arriving, collecting, pieces
from reporting.services.evidence.collecting import Collected, NotOurs, collect
from reporting.services.evidence.keeping import Kept, add_kept, keep, share_kept
from reporting.services.evidence.pieces import Piece, new_piece
from reporting.services.survivor.drafts import Draft, DraftKey, change_evidence, keep_draft, new_draft
from reporting.services.survivor.erasure import erase_now
from reporting.store.blobs import Blob, BlobKey, known_among
from reporting.store.database import Work, reading, writing
from reporting.store.holds import Hold
from reporting.store.objects import BlobsUnreachable, open_blobs
from reporting.store.shred import ShredKeyRow
from tests.builders import Built, Team, in_unit, send_report
from tests.engines import on_sqlite
from tests.evidence import MIB, add_file, all_blobs, content_of, keyed_blobs
from tests.s3 import Bucket
from tests.services.together import at_once

OWNER = b"u" * 16
NOTHING = Collected()


def kept(built: Built, owner: bytes | None = OWNER) -> Kept:
    """Keep a small file for an owner, or for none: then no row names it."""
    file = keep(built.stores.blobs, built.house, iter([b"of no kind"]), MIB)
    if owner is not None:
        with writing(built.stores) as work:
            add_kept(work, built.house, file, owner)
    return replace(file, row=Blob(id=file.file.blob_id))


def unlike() -> bytes:
    """Return a file that is like no other."""
    return b"of no kind " + secrets.token_hex(8).encode()


def age(built: Built, blob_id: bytes, hours: float = 50) -> None:
    """Let a file in a folder have been finished that long ago."""
    assert built.stores.blobs.folder is not None
    path = built.stores.blobs.folder / blob_id.hex()[:2] / blob_id.hex()
    os.utime(path, (time.time() - hours * 3600,) * 2)


def objects(built: Built) -> set[bytes]:
    """Return the ids of what lies in the blob store."""
    return {one.id for one in built.stores.blobs.all()}


def rows_and_keys(built: Built) -> tuple[set[bytes], set[bytes]]:
    """Return which files have a row, and of which somebody has a key."""
    with reading(built.stores) as work:
        return {row.id for row in all_blobs(work.main)}, keyed_blobs(work.shred)


def change(built: Built, step: Callable[[Work], Any]) -> None:
    """Change something in one unit, past the services."""
    with writing(built.stores) as work:
        step(work)


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


def draft_with(built: Built, blob_owner: bytes | None = None) -> tuple[DraftKey, Draft, Kept]:
    """Keep a draft that has a file."""
    draft = new_draft("en", Door.INFORMAL)
    file = kept(built, blob_owner or bytes.fromhex(draft.case_id))
    draft = replace(draft, evidence=(new_piece(built.house, original=file.file),))
    key = DraftKey.new()
    in_unit(built, keep_draft, key, draft)
    in_unit(built, change_evidence, key, lambda _: draft.evidence)
    return key, draft, file


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
        patch.setattr(built.stores.blobs, "remove", _away)
        in_unit(built, erase_now, reporter, case_id)
    assert len(objects(built)) == 2
    assert collect(built.stores, built.house) == Collected(files=1)
    assert len(objects(built)) == len(rows_and_keys(built)[0]) == 1


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


@dataclass
class Story:
    """What happens to an instance, step by step, and what must still open."""

    built: Built
    team: Team
    dice: random.Random
    pieces: list[tuple[Reporter, bytes, Piece]] = field(default_factory=list)
    holds: dict[bytes, bytes] = field(default_factory=dict)
    drafts: list[tuple[DraftKey, Draft, Kept]] = field(default_factory=list)

    def report(self) -> None:
        """Somebody sends a report and adds a file."""
        _, reporter, case_id = send_report(self.built, self.team.office)
        self.pieces.append((reporter, case_id, add_file(self.built, reporter, case_id, unlike(), name="x")))

    def add(self) -> None:
        """She adds another file."""
        if self.pieces:
            reporter, case_id, _ = self.dice.choice(self.pieces)
            self.pieces.append((reporter, case_id, add_file(self.built, reporter, case_id, unlike(), name="x")))

    def take_away(self) -> None:
        """She takes a file away."""
        if self.pieces:
            reporter, case_id, piece = self.pieces.pop(self.dice.randrange(len(self.pieces)))
            in_unit(self.built, pieces.take_away, reporter, case_id, piece.id)

    def erase(self) -> None:
        """She erases her case; sometimes the store does not answer."""
        if not self.pieces:
            return
        reporter, gone, _ = self.dice.choice(self.pieces)
        self.pieces = [one for one in self.pieces if one[1] != gone]
        with pytest.MonkeyPatch.context() as patch:
            if self.dice.random() < 0.5:
                patch.setattr(self.built.stores.blobs, "remove", _away)
            in_unit(self.built, erase_now, reporter, gone)

    def hold(self) -> None:
        """A law keeps a copy."""
        if self.pieces:
            _, case_id, piece = self.dice.choice(self.pieces)
            hold_id, file = self.dice.randbytes(16), piece.evidence.files[0]
            in_unit(self.built, share_kept, file, case_id, hold_id)
            row = Hold(id=hold_id, case_id=case_id, until=self.built.house.today(), tag=bytes(32))
            change(self.built, lambda work: work.main.add(row))
            self.holds[hold_id] = file.blob_id

    def draft(self) -> None:
        """Somebody begins to write, with a file."""
        self.drafts.append(draft_with(self.built))

    def write_on(self) -> None:
        """They go on with what has not ended."""
        for key, draft, _ in self.drafts:
            in_unit(self.built, keep_draft, key, draft)

    def crash(self) -> None:
        """A process dies: before any row, or between the two commits."""
        file = kept(self.built, self.dice.choice([None, OWNER]))
        with writing(self.built.stores) as work:
            row = work.main.get(Blob, file.row.id)
            if row is not None:
                work.main.delete(row)

    def wait(self) -> None:
        """Some hours pass; whoever does not write on within a day has no draft any more."""
        hours = self.dice.choice([3, 20, 23])
        self.built.clock.forward(hours=hours)

    def collect(self) -> None:
        """The night comes."""
        collect(self.built.stores, self.built.house)

    def check(self) -> None:
        """Whatever can be opened opens."""
        there = objects(self.built)
        for reporter, case_id, piece in self.pieces:
            assert content_of(self.built, reporter, case_id, piece.id).startswith(b"of no kind")
        assert set(self.holds.values()) <= there
        assert {file.row.id for _, _, file in self.drafts} <= there

    def living(self) -> set[bytes]:
        """Return the ids of what can be opened."""
        mine = {piece.evidence.files[0].blob_id for _, _, piece in self.pieces}
        return mine | set(self.holds.values()) | {file.row.id for _, _, file in self.drafts}


def _away(*_ids: bytes) -> None:
    raise BlobsUnreachable("no answer")


@pytest.mark.parametrize("seed", range(4))
def test_whatever_happens_only_what_nobody_can_open_is_collected(
    built: Built, team: Team, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    story = Story(built, team, random.Random(seed))  # noqa: S311 - dice of a story
    began, now = built.house.now(), built.stores.blobs.now
    monkeypatch.setattr(built.stores.blobs, "now", lambda: now() + (built.house.now() - began))
    acts = ("report", "add", "add", "take_away", "erase", "hold", "draft", "crash", "wait", "wait", "collect")
    for _ in range(60):
        story.write_on()
        getattr(story, story.dice.choice(acts))()
        story.check()
    for _ in range(5):
        story.write_on()
        built.clock.forward(hours=23)
    collect(built.stores, built.house, looked=True)
    story.check()
    assert objects(built) == story.living()
    assert rows_and_keys(built) == (story.living(), story.living())
