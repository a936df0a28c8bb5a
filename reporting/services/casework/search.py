"""Looking for words in what I hold: opened in memory, case by case, and forgotten again.

What she wrote about herself is never looked through. A case whose names I have not looked at yet stays closed to a
search as it does to me. Each case of which a line is shown has that in its ledger before I see it.
"""

import json
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from reporting.domain.case import ItemKind
from reporting.domain.casework.classification import Classification, ConductKind
from reporting.domain.casework.message_draft import MessageDraft
from reporting.domain.casework.search import fold, line_around, terms_of, texts_in
from reporting.domain.oversight.audit import StaffEvent
from reporting.domain.sealed.entry import Entry
from reporting.services.actors import StaffMember
from reporting.services.casework.inbox import InboxRow, cases_that_i_read, rows_of
from reporting.services.errors import NotFound
from reporting.services.house import House
from reporting.services.oversight.audit import record_staff
from reporting.services.sealed.sealing import OpenCase, open_case, open_cases, read
from reporting.store.cases import items_of_kinds
from reporting.store.database import Work

AT_ONCE = 250
SHOWN = 20


class Where(StrEnum):
    """In which part of a case the words stand."""

    STORY = "story"
    NAMES = "names"
    MESSAGES = "messages"
    NOTES = "notes"
    TITLE = "title"
    FILE = "file"
    EVIDENCE = "evidence"


WHERE = {
    ItemKind.DISCLOSURE: Where.STORY,
    ItemKind.PEOPLE: Where.NAMES,
    ItemKind.MESSAGE: Where.MESSAGES,
    ItemKind.NOTE: Where.NOTES,
    ItemKind.WORKING_TITLE: Where.TITLE,
    ItemKind.ENTRY: Where.FILE,
    ItemKind.SHARED: Where.FILE,
    ItemKind.EVIDENCE: Where.EVIDENCE,
}
"""What is looked through. Her choices hold no words of hers worth finding, and who she is stays out."""


@dataclass(frozen=True)
class Hit:
    """A case in which every word stands: where, and the line around one of them (before, word, after)."""

    case_id: bytes
    where: tuple[Where, ...]
    line: tuple[str, str, str]


@dataclass(frozen=True)
class Found:
    """What a search found, how many cases it looked through, and how long that took in seconds."""

    hits: Sequence[Hit]
    looked_through: int
    seconds: float
    more: bool


def search(work: Work, house: House, actor: StaffMember, query: str, conduct: ConductKind | None = None) -> Found:
    """Look for cases that I hold in which every word of a query stands somewhere. Reads only.

    Words are compared as `domain.casework.search.fold` says; parts of words count. At most `SHOWN` cases are returned.

    :param conduct: only cases that were classified as this kind of conduct; then a query may be empty.
    """
    begun, terms = time.perf_counter(), terms_of(query)
    if not terms and conduct is None:
        return Found((), 0, 0.0, more=False)
    held = cases_that_i_read(work, house, actor)
    hits, looked_through = list[Hit](), 0
    for start in range(0, len(held), AT_ONCE):
        opened = open_cases(work, actor, house, held[start : start + AT_ONCE])
        looked_through += len(opened)
        hits += _hits(work, opened, terms, conduct)
    return Found(hits[:SHOWN], looked_through, time.perf_counter() - begun, more=len(hits) > SHOWN)


def note_search(work: Work, house: House, actor: StaffMember, hits: Sequence[Hit]) -> list[tuple[Hit, InboxRow]]:
    """Write a search into the record, and each case of which a line is about to be shown into its ledger.

    Returns the hits with what the inbox shows of them, without those that do not open to me any more.
    """
    record_staff(work, house, StaffEvent.SEARCHED, actor_id=actor.staff_id)
    still = [hit for hit in hits if _opens(work, house, actor, hit.case_id)]
    for hit in still:
        record_staff(work, house, StaffEvent.FOUND_IN_SEARCH, actor_id=actor.staff_id, case_id=hit.case_id)
    rows = {row.case_id: row for row in rows_of(work, house, actor, [hit.case_id for hit in still])}
    return [(hit, rows[hit.case_id]) for hit in still if hit.case_id in rows]


def _hits(work: Work, opened: Sequence[OpenCase], terms: Sequence[str], conduct: ConductKind | None) -> Iterator[Hit]:
    contents = _contents(work, opened)
    for case in opened:
        parts = contents.get(case.id, [])
        if conduct is not None and conduct not in _kinds(parts):
            continue
        folded = [fold(data) for _, data in parts]
        if all(any(term in text for text in folded) for term in terms):  # quick, and may err on field names
            yield from _hit(case.id, parts, terms)


def _hit(case_id: bytes, parts: Sequence[tuple[Where, str]], terms: Sequence[str]) -> Iterator[Hit]:
    texts = [(where, list(texts_in(json.loads(data)))) for where, data in parts]
    places = {term: [where for where, said in texts if any(term in fold(one) for one in said)] for term in terms}
    if not all(places.values()):
        return
    lines = [line_around(said, terms[0]) for _, said in texts] if terms else []
    line = next((one for one in lines if one is not None), ("", "", ""))
    yield Hit(case_id, tuple(dict.fromkeys(where for found in places.values() for where in found)), line)


def _kinds(parts: Sequence[tuple[Where, str]]) -> frozenset[ConductKind]:
    """Return the kinds of conduct of the newest classification on file."""
    entries = [data.encode() for where, data in parts if where is Where.FILE]
    found = [Classification.from_bytes(one) for one in entries if Entry.what_is(one) == Classification.WHAT]
    newest = max(found, key=lambda one: one.position, default=None)
    return frozenset(newest.kinds) if newest else frozenset()


def _contents(work: Work, opened: Sequence[OpenCase]) -> dict[bytes, list[tuple[Where, str]]]:
    cases = {case.id: case for case in opened}
    contents: dict[bytes, list[tuple[Where, str]]] = {}
    for row in items_of_kinds(work.main, list(cases), list(WHERE)):
        content = read(cases[row.case_id], row)
        if content is not None and not _is_unsent(row.kind, content):
            contents.setdefault(row.case_id, []).append((WHERE[ItemKind(row.kind)], content.decode()))
    return contents


def _is_unsent(kind: str, content: bytes) -> bool:
    """Return whether this is a message that somebody has only begun: it is shown to nobody else."""
    return kind == ItemKind.ENTRY and Entry.what_is(content) == MessageDraft.WHAT


def _opens(work: Work, house: House, actor: StaffMember, case_id: bytes) -> bool:
    try:
        open_case(work, actor, house, case_id, to_change=True)
    except NotFound:
        return False
    return True
