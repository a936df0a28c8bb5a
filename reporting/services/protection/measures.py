"""Interim measures: proposed by a handler, answered by her, begun, looked at again and ended.

A measure that moves her does not begin without her yes and does not outlive it. What a measure proposes stays as she
read it: a change is a new proposal, and the measure that it replaces goes on until the new one begins.
"""

from dataclasses import dataclass, replace
from datetime import date

from reporting.domain.protection.agreement import Said
from reporting.domain.protection.measures import (
    CHOSEN_REASONS,
    REVIEW_WITHIN_DAYS,
    EndReason,
    Measure,
    MeasureKind,
    MeasureState,
    Moves,
)
from reporting.domain.sealed.entry import UNSIGNED
from reporting.domain.words import clean_text
from reporting.services.actors import Reporter, StaffMember
from reporting.services.errors import NotAllowed
from reporting.services.house import House
from reporting.services.protection.agreement import open_hers, open_plan, said, write_answer
from reporting.services.protection.reviews import note_plan, set_next_look
from reporting.services.sealed.entries import CaseFile, Filed, add, change, file_of
from reporting.services.sealed.sealing import OpenCase
from reporting.store.database import Work


@dataclass(frozen=True)
class Proposed:
    """What a handler proposes: days as dates, and the id of the measure that it would replace, or nothing."""

    kind: MeasureKind
    moves: Moves
    words: str
    starts_on: date
    review_on: date
    replaces: bytes | None = None


@dataclass(frozen=True)
class Known:
    """A measure with what she said to it last."""

    id: bytes
    measure: Measure
    said: Said | None

    @property
    def may_begin(self) -> bool:
        """Return whether nothing but its day stands between it and its beginning."""
        return self.measure.state is MeasureState.PROPOSED and self.measure.may_run(self.said)


def measures_of(file: CaseFile) -> list[Known]:
    """Return the measures of a case in their order, each with her answer."""
    return [Known(one.id, one.entry, said(file, one.id)) for one in file.all(Measure)]


def propose(work: Work, house: House, actor: StaffMember, case_id: bytes, proposed: Proposed) -> bytes:
    """Propose a measure, and return its id; it stands on her page at once. Sent twice, it stands there once.

    :raises NotFound: no grant, or no such measure to replace.
    :raises NotAllowed: nothing said, days that cannot be, leave for anybody but the named person, or a measure that
        ended already is to be replaced.
    """
    opened = open_plan(work, house, actor, case_id)
    file = file_of(work, opened)
    _demand_days(house, proposed)
    replaced = file.one(Measure, proposed.replaces) if proposed.replaces else None
    measure = _measure(proposed)
    twin = _same(file, measure, house.today().isoformat())
    if twin is not None:
        return twin
    if replaced is not None and replaced.entry.state is MeasureState.ENDED:
        raise NotAllowed
    if replaced is not None and replaced.entry.state is MeasureState.PROPOSED:
        _end(work, house, opened, replaced, EndReason.REPLACED)
    filed = add(work, house, opened, actor, measure)
    note_plan(work, house, opened, actor)
    return filed.id


def begin(work: Work, house: House, actor: StaffMember, case_id: bytes, measure_id: bytes) -> None:
    """Let a measure run from today on; what it replaces ends today.

    :raises NotFound: no grant, or the case has no such measure.
    :raises NotAllowed: its day has not come, it is not only proposed any more, or it would move her without her yes.
    """
    opened = open_plan(work, house, actor, case_id)
    file = file_of(work, opened)
    filed = file.one(Measure, measure_id)
    measure, today = filed.entry, house.today()
    if measure.state is not MeasureState.PROPOSED or today < date.fromisoformat(measure.starts_on):
        raise NotAllowed
    if not measure.may_run(said(file, measure_id)):
        raise NotAllowed
    for other in file.all(Measure):
        if other.id.hex() == measure.replaces and other.entry.state is not MeasureState.ENDED:
            _end(work, house, opened, other, EndReason.REPLACED)
    running = replace(measure, state=MeasureState.RUNNING, began_on=today.isoformat())
    change(work, opened, Filed(filed.id, running))
    note_plan(work, house, opened, actor)


def review(work: Work, house: House, actor: StaffMember, case_id: bytes, measure_id: bytes, *, again_on: date) -> None:
    """Note that a running measure was looked at today and goes on, and when it is looked at again.

    :raises NotFound: no grant, or the case has no such measure.
    :raises NotAllowed: it does not run, or the next day is not within three months.
    """
    opened = open_plan(work, house, actor, case_id)
    filed = file_of(work, opened).one(Measure, measure_id)
    today = house.today()
    if filed.entry.state is not MeasureState.RUNNING or not _is_review_day(today, again_on):
        raise NotAllowed
    looked_at = replace(filed.entry, reviewed_on=today.isoformat(), review_on=again_on.isoformat())
    change(work, opened, Filed(filed.id, looked_at))
    note_plan(work, house, opened, actor)


def end(work: Work, house: House, actor: StaffMember, case_id: bytes, measure_id: bytes, *, because: EndReason) -> None:
    """End a measure, or take a proposal back.

    :raises NotFound: no grant, or the case has no such measure.
    :raises NotAllowed: it ended already, or this is not a reason that a handler gives.
    """
    opened = open_plan(work, house, actor, case_id)
    filed = file_of(work, opened).one(Measure, measure_id)
    if filed.entry.state is MeasureState.ENDED or because not in CHOSEN_REASONS:
        raise NotAllowed
    _end(work, house, opened, filed, because)
    note_plan(work, house, opened, actor)


def answer(work: Work, house: House, reporter: Reporter, case_id: bytes, measure_id: bytes, *, says: Said) -> None:
    """Write her answer. A measure that runs and may not run after it ends at once.

    :raises NotFound: her token does not open this case, or it has no such measure.
    :raises NotAllowed: the measure has ended, or nobody holds the case any more.
    """
    opened = open_hers(work, house, reporter, case_id)
    file = file_of(work, opened)
    filed = file.one(Measure, measure_id)
    if filed.entry.state is MeasureState.ENDED:
        raise NotAllowed
    write_answer(work, house, opened, reporter, file, measure_id, says)
    if filed.entry.state is MeasureState.RUNNING and not filed.entry.may_run(says):
        _end(work, house, opened, filed, EndReason.NO_YES)
        set_next_look(work, house, opened)


def _measure(proposed: Proposed) -> Measure:
    replaces = proposed.replaces.hex() if proposed.replaces else ""
    days = proposed.starts_on.isoformat(), proposed.review_on.isoformat()
    words = clean_text(proposed.words).strip()
    try:
        return Measure(*UNSIGNED, proposed.kind, proposed.moves, words, *days, replaces=replaces)
    except ValueError:
        raise NotAllowed from None


def _same(file: CaseFile, measure: Measure, day: str) -> bytes | None:
    """Return the id of a proposal of today that says just the same."""
    for one in file.all(Measure):
        author, name = one.entry.author, one.entry.author_name
        if replace(measure, position=one.entry.position, author=author, author_name=name, day=day) == one.entry:
            return one.id
    return None


def _demand_days(house: House, proposed: Proposed) -> None:
    today = house.today()
    if not proposed.words.strip() or proposed.starts_on < today:
        raise NotAllowed
    if not _is_review_day(proposed.starts_on, proposed.review_on):
        raise NotAllowed


def _is_review_day(after: date, day: date) -> bool:
    return 0 < (day - after).days <= REVIEW_WITHIN_DAYS


def _end(work: Work, house: House, opened: OpenCase, filed: Filed[Measure], because: EndReason) -> None:
    ended = replace(filed.entry, state=MeasureState.ENDED, ended_on=house.today().isoformat(), ended_because=because)
    change(work, opened, Filed(filed.id, ended))
