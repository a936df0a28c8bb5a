"""Sealing items of a case, and opening the case with the grants that an actor holds."""

import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from reporting.crypto.envelope import ItemContext, open_item, seal_item
from reporting.crypto.secret import CompartmentKey
from reporting.domain.case import COMPARTMENT_OF, Compartment, ItemKind
from reporting.domain.sealed.disclosure import People
from reporting.services.actors import Actor, StaffMember
from reporting.services.errors import NotFound
from reporting.services.house import House
from reporting.services.organisation.conduct import require_accepted
from reporting.services.reading.lines import linked_to
from reporting.services.sealed.granting import Keys, open_grants
from reporting.store.cases import (
    Case,
    Item,
    find_case,
    find_cases,
    generations,
    generations_of,
    items_of,
    items_of_kind,
    lock_case,
)
from reporting.store.database import Work
from reporting.store.grants import Grant, grants_held, grants_held_in
from reporting.store.shred import shred_keys_of
from reporting.store.staff import find_staff

# The smallest size class of each kind: most disclosures are then the same size as an empty one.
FLOOR = {ItemKind.DISCLOSURE: 16 * 1024}
SMALLEST = 4 * 1024


@dataclass(frozen=True)
class OpenCase:
    """A case together with the keys that one holder's grants gave."""

    row: Case
    holder: bytes
    keys: Keys
    current: dict[str, int]

    @property
    def id(self) -> bytes:
        """Return the case id."""
        return self.row.id

    def holds(self, compartment: Compartment) -> bool:
        """Return whether the present key of a compartment is among the keys."""
        return (compartment, self.current[compartment]) in self.keys

    def present_key(self, kind: ItemKind) -> tuple[int, CompartmentKey]:
        """Return the key generation under which new items of a kind are sealed, and its key.

        :raises NotFound: the holder does not have it.
        """
        compartment = COMPARTMENT_OF[kind]
        generation = self.current[compartment]
        key = self.keys.get((compartment, generation))
        if key is None:
            raise NotFound
        return generation, key

    def generations_held(self, compartment: Compartment) -> list[tuple[int, CompartmentKey]]:
        """Return every generation of a compartment's key that the holder has."""
        return sorted(((g, key) for (c, g), key in self.keys.items() if c == compartment), key=lambda pair: pair[0])


def seal_content(
    case_id: bytes, kind: ItemKind, content: bytes, generation: int, key: CompartmentKey, item_id: bytes | None = None
) -> Item:
    """Return a sealed item row."""
    item = Item(
        id=item_id or secrets.token_bytes(16),
        case_id=case_id,
        compartment=COMPARTMENT_OF[kind].value,
        generation=generation,
        kind=kind.value,
    )
    item.sealed = seal_item(key, _item_context(item), content, floor=FLOOR.get(kind, SMALLEST))
    return item


def open_case(work: Work, actor: Actor, house: House, case_id: bytes, *, to_change: bool = False) -> OpenCase:
    """Open a case with the grants that the actor holds.

    :param to_change: lock the case row until the unit ends.
    :raises NotFound: the actor holds no grant that opens, or a link closes the case to them by now; absent and erased
        look the same.
    :raises ConductFirst: the actor is of the staff and has not accepted the code of conduct.
    """
    row = lock_case(work.main, case_id) if to_change else find_case(work.main, case_id)
    if row is None:
        raise NotFound
    grants = grants_held(work.main, case_id, actor.holder)
    keys = open_grants(actor, house, grants, shred_keys_of(work.shred, [grant.id for grant in grants]))
    opened = OpenCase(row, actor.holder, keys, generations(work.main, case_id))
    if not keys or shut_by_links(work, actor, [opened]):
        raise NotFound
    require_accepted(work, house, actor)
    return opened


def open_cases(work: Work, actor: Actor, house: House, case_ids: Sequence[bytes]) -> list[OpenCase]:
    """Open several cases at once, as for a list of them; those that do not open are left out, and there is no order."""
    grants = _by_case(grants_held_in(work.main, case_ids, actor.holder))
    shred_keys = shred_keys_of(work.shred, [grant.id for held in grants.values() for grant in held])
    current = generations_of(work.main, case_ids)
    cases = [
        OpenCase(row, actor.holder, open_grants(actor, house, grants.get(row.id, []), shred_keys), current[row.id])
        for row in find_cases(work.main, case_ids)
    ]
    found = [opened for opened in cases if opened.keys]
    shut = shut_by_links(work, actor, found)
    found = [opened for opened in found if opened.id not in shut]
    if found:
        require_accepted(work, house, actor)
    return found


def shut_by_links(work: Work, actor: Actor, opened: Sequence[OpenCase]) -> set[bytes]:
    """Return which of these cases a link closes to somebody of the staff who came into a named person's line since.

    Such a person still has a key until another handler opens the case, and until then as well nothing may show it.
    """
    if not isinstance(actor, StaffMember):
        return set()
    people = {case_id: People.from_bytes(said) for case_id, said in read_each(work, opened, ItemKind.PEOPLE).items()}
    staff = find_staff(work.main, actor.staff_id)
    return {case_id for case_id, one in people.items() if one.links and (staff is None or linked_to(work, staff, one))}


def read(opened: OpenCase, item: Item) -> bytes | None:
    """Return the content of an item, or nothing where the holder has no key for it."""
    key = opened.keys.get((Compartment(item.compartment), item.generation))
    return open_item(key, _item_context(item), item.sealed) if key else None


def read_one(work: Work, opened: OpenCase, kind: ItemKind) -> bytes | None:
    """Return the content of the single item of a kind, or nothing where no key opens it."""
    rows = items_of(work.main, opened.id, kind.value)
    return read(opened, rows[0]) if rows else None


def read_several(work: Work, opened: OpenCase, *kinds: ItemKind) -> dict[ItemKind, bytes]:
    """Return the contents of the single items of these kinds, as far as keys open them."""
    rows = items_of(work.main, opened.id, *(kind.value for kind in kinds))
    contents = {ItemKind(row.kind): read(opened, row) for row in rows}
    return {kind: content for kind, content in contents.items() if content is not None}


def read_each(work: Work, opened: Sequence[OpenCase], kind: ItemKind) -> dict[bytes, bytes]:
    """Return the content of the single item of a kind of several cases, by case, where a key opens it."""
    cases = {case.id: case for case in opened}
    rows = items_of_kind(work.main, list(cases), kind.value)
    contents = {row.case_id: read(cases[row.case_id], row) for row in rows}
    return {case_id: content for case_id, content in contents.items() if content is not None}


def write_item(work: Work, opened: OpenCase, kind: ItemKind, content: bytes) -> Item:
    """Seal new content under the present key generation and add it.

    :raises NotFound: the holder does not have the present key of that compartment.
    """
    item = seal_content(opened.id, kind, content, *opened.present_key(kind))
    work.main.add(item)
    return item


def rewrite_item(work: Work, opened: OpenCase, kind: ItemKind, content: bytes) -> None:
    """Seal the single item of a kind anew, in place."""
    generation, key = opened.present_key(kind)
    (row,) = items_of(work.main, opened.id, kind.value)
    reseal(row, kind, content, generation, key)


def reseal(row: Item, kind: ItemKind, content: bytes, generation: int, key: CompartmentKey) -> None:
    """Seal content anew in the place of an item."""
    fresh = seal_content(row.case_id, kind, content, generation, key, row.id)
    row.generation, row.sealed = fresh.generation, fresh.sealed


def _by_case(grants: Iterable[Grant]) -> dict[bytes, list[Grant]]:
    found: dict[bytes, list[Grant]] = {}
    for grant in grants:
        found.setdefault(grant.case_id, []).append(grant)
    return found


def _item_context(item: Item) -> ItemContext:
    return ItemContext(item.case_id, item.compartment, item.generation, item.id, item.kind)
