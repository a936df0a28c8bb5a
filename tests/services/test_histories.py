"""Whatever happens to a case, in whichever order: holdings mirror the keys, she opens everything, who is out is out."""

import secrets
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from sqlalchemy import select

from reporting.domain.case import WITH_ORGANISATION, Compartment, ItemKind, Part, Status
from reporting.services.casework import clocks
from reporting.services.oversight import audit
from reporting.services.reading.consent import people_of
from reporting.services.reading.identity import HALVES
from reporting.services.sealed.granting import open_key
from reporting.services.sealed.sealing import open_case, read
from reporting.store.cases import Case, generations, items_of
from reporting.store.database import Work, reading
from reporting.store.grants import Grant, grants_of_case
from reporting.store.holdings import FAR_FUTURE, Holding, holders_of
from reporting.store.requests import Request
from reporting.store.shred import ShredKeyRow
from tests.builders import Built, Team
from tests.services.acts import opens
from tests.services.walk import Walk, begin

STEPS = 30
HERS = (Compartment.STORY, Compartment.IDENTITY, Compartment.OWN)


@dataclass
class Memory:
    """What somebody could have kept: copies of every grant, by holder; and how it was before the last act."""

    copies: dict[bytes, list[Grant]] = field(default_factory=dict)
    handlers: set[bytes] = field(default_factory=set)
    generation: int = 0


def grants_by_holder(grants: list[Grant], compartment: Compartment, part: Part) -> dict[bytes, set[int]]:
    """Return the generations that each holder has of one part of a compartment."""
    held: dict[bytes, set[int]] = {}
    for grant in grants:
        if (grant.compartment, grant.part) == (compartment, part):
            held.setdefault(grant.holder, set()).add(grant.generation)
    return held


def wrongs(walk: Walk, work: Work) -> Iterator[str]:
    """Say everything that is wrong with the case as it is now."""
    grants = list(grants_of_case(work.main, walk.case_id))
    handlers = {b"s" + staff_id for staff_id in holders_of(work.main, walk.case_id)}
    opened = open_case(work, walk.reporter, walk.built.house, walk.case_id)
    unread = [item.kind for item in items_of(work.main, walk.case_id) if _is_hers(item.kind) and not read(opened, item)]
    if unread:
        yield f"she cannot read {unread}"
    story = grants_by_holder(grants, Compartment.STORY, Part.WHOLE)
    everything = set(range(1, generations(work.main, walk.case_id)["story"] + 1))
    if {holder for holder in story if holder.startswith(b"s")} != handlers:
        yield "holdings do not mirror the keys of the story"
    if any(held != everything for held in story.values()):
        yield "somebody who opens the story lacks one of its generations"
    yield from _wrongs_of_casework(work, walk, grants, handlers)
    yield from _wrongs_of_strangers(work, walk, grants, handlers)
    if (opened.row.status in WITH_ORGANISATION) != bool(handlers):
        yield f"{len(handlers)} handlers in status {opened.row.status}"
    if opened.row.status in (Status.WITHDRAWN, Status.ERASING) and any(g.holder[:1] == b"s" for g in grants):
        yield "staff hold something of what is hers alone"
    yield from _wrongs_of_clocks(work, walk, opened.row)


def _wrongs_of_clocks(work: Work, walk: Walk, case: Case) -> Iterator[str]:
    """The rows, the case and every inbox must say what the record alone says."""
    promised, running = clocks.promised(work, walk.built.house, case), clocks.running_clocks(work, walk.case_id)
    if promised != running:
        yield f"the record promises {promised}, but {running} runs"
    if case.due_on != min(running.values(), default=None):
        yield "the case does not show the nearest day"
    days = work.main.scalars(select(Holding.due_on).where(Holding.case_id == walk.case_id)).all()
    if set(days) - {case.due_on or FAR_FUTURE}:
        yield "an inbox shows another day than the case"


def _is_hers(kind: str) -> bool:
    return kind not in (ItemKind.NOTE, ItemKind.WORKING_TITLE)


def _wrongs_of_casework(work: Work, walk: Walk, grants: list[Grant], handlers: set[bytes]) -> Iterator[str]:
    held = grants_by_holder(grants, Compartment.CASEWORK, Part.WHOLE)
    present = generations(work.main, walk.case_id)["casework"]
    if set(held) != handlers or any(present not in found for found in held.values()):
        yield "a handler lacks the present key of the casework, or a stranger has one"


def _wrongs_of_strangers(work: Work, walk: Walk, grants: list[Grant], handlers: set[bytes]) -> Iterator[str]:
    opened = open_case(work, walk.reporter, walk.built.house, walk.case_id)
    closed = people_of(work, opened).excluded_staff
    if {grant.holder[1:].hex() for grant in grants} & set(closed):
        yield "somebody whom she closed out holds something"
    whole = {grant.holder for grant in grants if grant.part == Part.WHOLE} - {walk.reporter.holder}
    if not whole <= handlers:
        yield "somebody holds a key and is no handler"
    both = {g.holder for g in grants if g.part == HALVES[0]} & {g.holder for g in grants if g.part == HALVES[1]}
    askers = {b"s" + row for row in work.main.scalars(select(Request.asked_by).where(Request.ground != ""))}
    if not both <= askers:
        yield "somebody holds both halves and never asked"
    ids = {grant.id for grant in work.main.scalars(select(Grant))}
    if ids != set(work.shred.scalars(select(ShredKeyRow.grant_id))):
        yield "grants and shred keys are not the same"


def remember(walk: Walk, memory: Memory) -> None:
    """Let everybody keep a copy of every grant that they have, and note who handles the case."""
    with reading(walk.built.stores) as work:
        rows = grants_of_case(work.main, walk.case_id)
        memory.handlers = set(holders_of(work.main, walk.case_id))
        memory.generation = generations(work.main, walk.case_id)["story"]
        work.main.expunge_all()
    for grant in rows:
        memory.copies.setdefault(grant.holder, []).append(grant)


def wrongs_since(walk: Walk, work: Work, memory: Memory) -> Iterator[str]:
    """Say who opens something although no handler, with what there is now or with an old copy."""
    handlers = set(holders_of(work.main, walk.case_id))
    if memory.handlers - handlers and generations(work.main, walk.case_id)["story"] == memory.generation:
        yield "somebody left and the key of the story stayed the same"
    for member in walk.staff:
        if member.staff_id in handlers:
            continue
        old = [grant for grant in memory.copies.get(member.holder, []) if grant.part == Part.WHOLE]
        if opens(walk.built, member, walk.case_id):
            yield f"{member.username} is no handler and opens the case"
        if any(open_key(work, member, walk.built.house, grant) is not None for grant in old):
            yield f"{member.username} opens an old copy"


def check(walk: Walk, memory: Memory) -> None:
    """Fail with the whole history where anything is wrong."""
    with reading(walk.built.stores) as work:
        found = [*wrongs(walk, work), *wrongs_since(walk, work, memory)]
    assert found == [], walk.history


def live(built: Built, team: Team, seed: int) -> None:
    """Let a case have a history, and look at it after every act."""
    walk, memory = begin(built, team, seed), Memory()
    walk.history.append(f"seed {seed}")
    for _ in range(STEPS):
        remember(walk, memory)
        walk.step()
        check(walk, memory)
    with reading(built.stores) as work:
        assert audit.verify(work, built.house) == [], walk.history


@pytest.mark.req("P1", "P5", "P7", "U7")
@pytest.mark.principle("informed_consent")
@pytest.mark.parametrize("seed", range(4))
def test_keys_follow_every_history_of_a_case(built: Built, team: Team, seed: int) -> None:
    live(built, team, seed)


@pytest.mark.req("P1", "P7")
def test_keys_follow_a_history_that_nobody_has_seen_before(built: Built, team: Team) -> None:
    live(built, team, secrets.randbelow(10**9))
