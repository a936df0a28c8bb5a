"""The things in a case file that can be named singly: to be kept, given to somebody outside, or taken out."""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from reporting.domain.case import ItemKind
from reporting.domain.casework.message_draft import MessageDraft
from reporting.domain.evidence.evidence import Cleaning, Evidence
from reporting.domain.evidence.told import Told
from reporting.domain.file.listing import LISTABLE, Named
from reporting.domain.file.listing import Passage as Passage
from reporting.domain.oversight.audit import StaffEvent
from reporting.domain.sealed.disclosure import REPORTER, Answer, Choices, Disclosure, People, Person
from reporting.services.actors import StaffMember
from reporting.services.errors import NotFound
from reporting.services.house import House
from reporting.services.oversight.audit import record_staff
from reporting.services.sealed.sealing import OpenCase, read
from reporting.store.cases import Item, items_of
from reporting.store.database import Work

OF_THE_LIST = frozenset({"declared_law", "hold_asked", "hold_notice", "outside_request", "outside_notice", "export"})
"""Entries about listing itself: what was asked for, and what she was told of it."""
UNSENT = frozenset({MessageDraft.WHAT})
"""What a colleague has only begun to write: it belongs to nobody else, and leaves with nothing."""
_ID = re.compile("[0-9a-f]{32}")
_FRAME = frozenset({"format", "what", "position", "author", "author_name", "day"})


@dataclass(frozen=True)
class Listed:
    """One thing: the id of its item (16 bytes), its code, its day and author or '', and the canonical bytes.

    Of a piece of evidence the bytes are what may be said of it (`Told`): whatever is listed has no key of a file.
    """

    id: bytes
    kind: ItemKind
    code: str
    day: str
    author: str
    content: bytes

    @property
    def named(self) -> Named:
        """Return how an entry names it."""
        return Named(self.id.hex(), self.code, self.day)

    @property
    def number(self) -> int:
        """Return the number of a piece of evidence among all of its case, from 1; 0 for anything else."""
        return 1 + _position(self.content) if self.kind is ItemKind.EVIDENCE else 0

    @property
    def passages(self) -> list[Passage]:
        """Return its text, piece by piece."""
        return passages_of(self.kind, self.content)


def listed_in(work: Work, opened: OpenCase) -> list[Listed]:
    """Return everything in a case that can be listed and that the holder has a key for, in the order of the record."""
    rows = [(row, read(opened, row)) for row in items_of(work.main, opened.id, *LISTABLE)]
    found = [_listed(row, content) for row, content in rows if content is not None]
    return in_order([one for one in found if one.code not in OF_THE_LIST | UNSENT])


def show_listed(work: Work, house: House, actor: StaffMember, opened: OpenCase) -> list[Listed]:
    """Return the same for a page: each thing stands there with its beginning, so the record says that it was read."""
    record_staff(work, house, StaffEvent.CASE_OPENED, actor_id=actor.staff_id, case_id=opened.id)
    return listed_in(work, opened)


def in_order(listed: Sequence[Listed]) -> list[Listed]:
    """Return things in the order of the record: what was written first, then each kind by its days."""
    return sorted(listed, key=lambda one: (LISTABLE.index(one.kind), one.day, _position(one.content), one.id))


def chosen(known: Sequence[Listed], ids: Sequence[bytes]) -> list[Listed]:
    """Return the things with these ids, in the order of the record.

    :raises NotFound: one of them is no such thing of this case, or none is named.
    """
    wanted = set(ids)
    found = [one for one in known if one.id in wanted]
    if not found or len(found) != len(wanted):
        raise NotFound
    return found


def listed_from(item_id: bytes, kind: ItemKind, content: bytes) -> Listed:
    """Return a thing from its opened content; of a piece of evidence only what may be said of it goes on from here."""
    if kind is ItemKind.EVIDENCE:
        content = Told.of(Evidence.from_bytes(content)).to_bytes()
    body = json.loads(content)
    code = str(body["what"]) if kind in (ItemKind.ENTRY, ItemKind.SHARED) else kind.value
    day = str(body.get("day") or body.get("written_on") or "")
    author = "" if body.get("author") == REPORTER else str(body.get("author_name", ""))
    return Listed(item_id, kind, code, day, author, content)


def passages_of(kind: ItemKind, content: bytes) -> list[Passage]:
    """Return the text of an item, piece by piece; what says nothing is left out."""
    if kind is ItemKind.DISCLOSURE:
        return [_answer(one) for one in Disclosure.from_bytes(content).answers if one.says_something]
    if kind is ItemKind.PEOPLE:
        return _people(People.from_bytes(content))
    if kind is ItemKind.CHOICES:
        choices = Choices.from_bytes(content)
        return _said(("door", choices.door), ("wishes", ", ".join(choices.wishes)), ("", choices.wishes_text))
    if kind is ItemKind.EVIDENCE:
        return _piece(Told.from_bytes(content))
    body = json.loads(content)
    fields = [(name.replace("_", " "), _plain(value)) for name, value in sorted(body.items()) if name not in _FRAME]
    only = len(fields) == 1 and fields[0][0] == "text"
    return _said(*[("" if only else label, text) for label, text in fields])


def _listed(row: Item, content: bytes) -> Listed:
    return listed_from(row.id, ItemKind(row.kind), content)


def _position(content: bytes) -> int:
    position = json.loads(content).get("position", 0)
    return position if isinstance(position, int) else 0


def _answer(answer: Answer) -> Passage:
    said = [*answer.choice_labels, *([answer.text] if answer.text.strip() else [])]
    return Passage(answer.wording, "\n".join(said))


def _people(people: People) -> list[Passage]:
    named = [", ".join(part for part in _facts(person) if part) for person in people.named]
    return _said(("named", "\n".join(named)), ("closed to", "\n".join(people.excluded_words)))


def _piece(told: Told) -> list[Passage]:
    cleaned = {Cleaning.CLEANED: "yes", Cleaning.NO_FILE: "not needed"}.get(told.cleaning)
    return _said(
        ("name", told.name),
        ("what it shows", told.says),
        ("link", told.link),
        ("platform", told.platform),
        ("handle", told.handle),
        ("captured on", told.captured_on),
        ("captured by", told.captured_by),
        ("kind", told.type),
        ("size in bytes", str(told.size) if told.sha256 else ""),
        ("SHA-256", told.sha256),
        ("copy without hidden data", (cleaned or f"no: {told.cleaning.replace('_', ' ')}") if told.sha256 else ""),
    )


def _facts(person: Person) -> tuple[str, ...]:
    return (person.name, person.role, person.office, person.contact)


def _said(*pairs: tuple[str, str]) -> list[Passage]:
    return [Passage(label, text) for label, text in pairs if text.strip()]


def _plain(value: Any) -> str:
    """Return a value as text; an id means nothing to whoever reads, and beside it stands the name."""
    if isinstance(value, list):
        return "\n".join(_plain(one) for one in value)
    if isinstance(value, dict):
        return ", ".join(text for one in value.values() if (text := _plain(one)))
    said = "" if value is None or value is False else str(value)
    return "" if _ID.fullmatch(said) else said
