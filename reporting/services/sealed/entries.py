"""The case file: sealed entries of the handlers, and those that are shared with her.

A file is opened once for a page and then asked for each kind of entry. What a newcomer has no key for yet is left out.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Generic, TypeVar

from reporting.domain.case import ItemKind
from reporting.domain.sealed.disclosure import GUEST, REPORTER
from reporting.domain.sealed.entry import Entry
from reporting.services.actors import Actor, GuestReader, StaffMember
from reporting.services.errors import NotFound
from reporting.services.house import House
from reporting.services.sealed.sealing import OpenCase, read, reseal, write_item
from reporting.store.cases import Item, items_of
from reporting.store.database import Work

E = TypeVar("E", bound=Entry)


@dataclass(frozen=True)
class Filed(Generic[E]):
    """An entry and the id of the item in which it is sealed (16 bytes)."""

    id: bytes
    entry: E


@dataclass(frozen=True)
class CaseFile:
    """The opened entries of a case: item id, what it is, and the canonical bytes."""

    contents: Sequence[tuple[bytes, str, bytes]]

    def all(self, kind: type[E]) -> list[Filed[E]]:
        """Return every entry of a kind, in order."""
        found = [Filed(item_id, kind.from_bytes(data)) for item_id, what, data in self.contents if what == kind.WHAT]
        return sorted(found, key=lambda filed: (filed.entry.position, filed.id))

    def last(self, kind: type[E]) -> Filed[E] | None:
        """Return the newest entry of a kind, which holds for those of which only one counts."""
        return next(iter(self.all(kind)[-1:]), None)

    def one(self, kind: type[E], item_id: bytes) -> Filed[E]:
        """Return one entry of this case.

        :raises NotFound: this case has no such entry, or the holder has no key for it.
        """
        for filed in self.all(kind):
            if filed.id == item_id:
                return filed
        raise NotFound


def file_of(work: Work, opened: OpenCase) -> CaseFile:
    """Open every entry of a case for which the holder has a key."""
    rows = items_of(work.main, opened.id, ItemKind.ENTRY, ItemKind.SHARED)
    contents = [(row.id, read(opened, row)) for row in rows]
    return CaseFile([(item_id, Entry.what_is(data), data) for item_id, data in contents if data is not None])


def add(work: Work, house: House, opened: OpenCase, actor: Actor, entry: E) -> Filed[E]:
    """Seal an entry into the file under the present key; who wrote it and when is set here.

    :raises NotFound: the actor does not have the present key of that compartment.
    :raises TooLong: the entry does not fit the largest size class.
    """
    author, name = _author(actor, entry)
    position = len(items_of(work.main, opened.id, ItemKind.ENTRY, ItemKind.SHARED))
    entry = replace(entry, position=position, author=author, author_name=name, day=house.today().isoformat())
    item = write_item(work, opened, entry.SEALED_AS, entry.to_bytes())
    work.main.flush()
    return Filed(item.id, entry)


def change(work: Work, opened: OpenCase, filed: Filed[E]) -> None:
    """Seal an entry anew in its place; the case is locked and the entry was read from this very file.

    :raises NotFound: the actor does not have the present key of that compartment.
    """
    row = work.main.get(Item, filed.id)
    if row is None or row.case_id != opened.id:
        raise NotFound
    kind = filed.entry.SEALED_AS
    reseal(row, kind, filed.entry.to_bytes(), *opened.present_key(kind))


def _author(actor: Actor, entry: Entry) -> tuple[str, str]:
    """Return who writes, and under which name; a guest's name is known from the case alone and set by the caller."""
    if isinstance(actor, StaffMember):
        return actor.staff_id.hex(), actor.display_name
    return (GUEST, entry.author_name) if isinstance(actor, GuestReader) else (REPORTER, "")
