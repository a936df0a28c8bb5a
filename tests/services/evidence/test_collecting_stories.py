"""Whatever happened before, in whatever order: what can be opened stays, and nothing else does."""

import random
from dataclasses import dataclass, field

import pytest

from reporting.services.actors import Reporter
from reporting.services.evidence import pieces
from reporting.services.evidence.collecting import collect
from reporting.services.evidence.keeping import Kept, share_kept
from reporting.services.evidence.pieces import Piece
from reporting.services.survivor.drafts import Draft, DraftKey, keep_draft
from reporting.services.survivor.erasure import erase_now
from reporting.store.blobs import Blob
from reporting.store.database import writing
from reporting.store.holds import Hold
from tests.builders import Built, Team, in_unit, send_report
from tests.evidence import add_file, content_of
from tests.services.evidence.stored import OWNER, away, change, draft_with, kept, objects, rows_and_keys, unlike


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
                patch.setattr(self.built.stores.blobs, "remove", away)
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
