"""Who gets a key and who loses it: the cryptographic effect of every yes and no.

Giving seals the keys once more. Taking away destroys shred keys and starts a new generation of the
compartment key for those who stay; whoever left opens nothing again, old or new.
"""

from collections.abc import Sequence
from dataclasses import replace

from reporting.crypto.grants import split
from reporting.crypto.secret import CompartmentKey
from reporting.domain.case import Compartment, ItemKind, Part
from reporting.domain.sealed.disclosure import Choices, Identity, People
from reporting.services.errors import NotFound
from reporting.services.house import House
from reporting.services.protection.referral_links import end_unopened
from reporting.services.reading.lines import linked_to
from reporting.services.reading.readers import Reader, closed_to
from reporting.services.reading.trust import guest_is_authentic, is_trusted
from reporting.services.sealed.granting import Recipient, add_sealed, grants_that_count, seal_key
from reporting.services.sealed.sealing import OpenCase, read_one, rewrite_item
from reporting.store.cases import raise_generation
from reporting.store.clocks import remove_told
from reporting.store.database import Work
from reporting.store.grants import (
    Grant,
    grants_held,
    grants_of_case,
    holder_of_reporter,
    holder_of_staff,
    remove_grants,
)
from reporting.store.guests import find_guest, guests_of, remove_guests
from reporting.store.holdings import add_holding, holders_of, remove_holding
from reporting.store.holds import take_holds_back
from reporting.store.reporters import find_reporter
from reporting.store.requests import Request, lapse_requests, requests_of
from reporting.store.staff import Staff, find_staff


def people_of(work: Work, opened: OpenCase) -> People:
    """Return who is named and closed out; the opener holds the story."""
    content = read_one(work, opened, ItemKind.PEOPLE)
    if content is None:
        raise NotFound
    return People.from_bytes(content)


def choices_of(work: Work, opened: OpenCase) -> Choices:
    """Return what she wants and allows; the opener holds the story."""
    content = read_one(work, opened, ItemKind.CHOICES)
    if content is None:
        raise NotFound
    return Choices.from_bytes(content)


def admit(work: Work, house: House, opened: OpenCase, readers: Sequence[Reader], *, with_identity: bool) -> None:
    """Seal to readers every key generation that the opener holds, and put the case in their inboxes.

    She never holds the `casework` key. Where she lets somebody in, that compartment therefore gets
    a new generation, sealed to all who handle the case. A grant of a key that the opener does not hold stays: it
    could not be made again.

    :param with_identity: she lets the team see what she wrote about herself.
    """
    wanted = [Compartment.STORY, Compartment.CASEWORK, *([Compartment.IDENTITY] if with_identity else [])]
    keys = [(compartment, g, key) for compartment in wanted for g, key in opened.generations_held(compartment)]
    for reader in readers:
        to, replaced = reader.recipient, {(compartment.value, g) for compartment, g, _ in keys}
        held = [grant for grant in grants_held(work.main, opened.id, to.holder) if grant.part == Part.WHOLE]
        again = [grant for grant in held if (grant.compartment, grant.generation) in replaced]
        remove_grants(work.main, work.shred, again)
        add_sealed(work, [seal_key(house, opened.id, compartment, g, key, to) for compartment, g, key in keys])
        add_holding(work.main, opened.row, reader.staff_id)
    if not opened.holds(Compartment.CASEWORK):
        next_generation(work, house, opened, Compartment.CASEWORK)


def take_back(work: Work, house: House, opened: OpenCase, staff_id: bytes) -> None:
    """Take every grant of a member of staff away and start new generations for those who stay."""
    holder = holder_of_staff(staff_id)
    lost = grants_held(work.main, opened.id, holder)
    compartments = {Compartment(grant.compartment) for grant in lost}
    remove_grants(work.main, work.shred, lost)
    take_holds_back(work.main, work.shred, holder, opened.id)
    end_unopened(work, house, opened.id)  # whoever made a link knows its passphrase
    remove_told(work.main, opened.id, staff_id)
    remove_holding(work.main, opened.id, staff_id)
    lapse_requests(work.main, staff_id, opened.id)
    for compartment in sorted(compartments):
        next_generation(work, house, opened, compartment)


def take_all_back(work: Work, house: House, opened: OpenCase) -> None:
    """Take every grant of staff and of guests away: only her tokens open the case from now on."""
    grants_of_others = [grant for grant in grants_of_case(work.main, opened.id) if not grant.holder.startswith(b"r")]
    remove_grants(work.main, work.shred, grants_of_others)
    remove_guests(work.main, opened.id)
    for staff_id in holders_of(work.main, opened.id):
        remove_holding(work.main, opened.id, staff_id)
    for compartment in sorted({Compartment(grant.compartment) for grant in grants_of_others}):
        next_generation(work, house, opened, compartment)


def next_generation(work: Work, house: House, opened: OpenCase, compartment: Compartment) -> None:
    """Start a new key generation of a compartment, sealed to everyone who has a grant of it.

    New content is sealed under it. The opener's view of the case is brought up to date.
    """
    key = CompartmentKey.random()
    generation = raise_generation(work.main, opened.id, compartment.value)
    opened.current[compartment] = generation
    parts = {Part.WHOLE: key}
    parts[Part.HANDLERS_HALF], parts[Part.DESK_HALF] = split(key)
    people = people_of(work, opened)
    for holder, part in _holders(work, house, opened.id, compartment):
        recipient = _recipient(work, house, holder, people)
        if recipient is None:
            continue  # an account that lost its trust or its key, or is closed out by now, gets nothing new
        add_sealed(work, [seal_key(house, opened.id, compartment, generation, parts[part], recipient, part)])
        if holder == opened.holder and part is Part.WHOLE:
            opened.keys[compartment, generation] = key


def share_generations(work: Work, house: House, opened: OpenCase) -> None:
    """Give colleagues who handle the case the `casework` generations that they lack.

    She lets people in without holding that key, so whoever holds the older generations passes them on.
    """
    held = opened.generations_held(Compartment.CASEWORK)
    there = grants_of_case(work.main, opened.id)
    have = {(grant.holder, grant.generation) for grant in there if grant.compartment == Compartment.CASEWORK}
    grants = [g for g in grants_that_count(work, house, opened.id) if g.compartment == Compartment.CASEWORK]
    people = people_of(work, opened)
    for holder in sorted({grant.holder for grant in grants}):
        missing = [(g, key) for g, key in held if (holder, g) not in have]
        recipient = _recipient(work, house, holder, people) if missing else None
        if recipient is not None:
            add_sealed(
                work, [seal_key(house, opened.id, Compartment.CASEWORK, g, key, recipient) for g, key in missing]
            )


def renew_after_guests(work: Work, house: House, opened: OpenCase) -> None:
    """Begin a new key of the story where a guest has left since the last one; the opener holds the story."""
    if any(row.ended for row in guests_of(work.main, opened.id)) and opened.holds(Compartment.STORY):
        next_generation(work, house, opened, Compartment.STORY)
        remove_guests(work.main, opened.id, ended_only=True)


def show_identity(work: Work, house: House, opened: OpenCase, staff_id: bytes) -> None:
    """Seal every generation of the identity key to a handler; the opener holds it.

    :raises NotFound: the opener holds no identity key, or the handler is not trusted any more.
    """
    held = opened.generations_held(Compartment.IDENTITY)
    recipient = _recipient(work, house, holder_of_staff(staff_id), people_of(work, opened))
    if not held or recipient is None:
        raise NotFound
    grants = grants_held(work.main, opened.id, recipient.holder)
    have = {(g.compartment, g.generation) for g in grants if g.part == Part.WHOLE}
    add_sealed(
        work,
        [
            seal_key(house, opened.id, Compartment.IDENTITY, g, key, recipient)
            for g, key in held
            if (Compartment.IDENTITY.value, g) not in have
        ],
    )


def hide_identity(work: Work, house: House, opened: OpenCase) -> None:
    """Take the whole identity key away from all staff; halves held by duty stay."""
    lost = [
        grant
        for grant in grants_of_case(work.main, opened.id)
        if grant.compartment == Compartment.IDENTITY and grant.part == Part.WHOLE and grant.holder.startswith(b"s")
    ]
    remove_grants(work.main, work.shred, lost)
    next_generation(work, house, opened, Compartment.IDENTITY)


def set_identity_visible(work: Work, opened: OpenCase, visible: bool) -> None:
    """Keep, with what she wrote about herself, whether the team may see it."""
    content = read_one(work, opened, ItemKind.IDENTITY)
    if content is None:
        raise NotFound
    identity = replace(Identity.from_bytes(content), visible_to_team=visible)
    rewrite_item(work, opened, ItemKind.IDENTITY, identity.to_bytes())


def is_identity_visible(work: Work, opened: OpenCase) -> bool:
    """Return whether she lets the team see what she wrote about herself."""
    content = read_one(work, opened, ItemKind.IDENTITY)
    return content is not None and Identity.from_bytes(content).visible_to_team


def who_can_open(work: Work, house: House, case_id: bytes) -> list[Staff]:
    """Return the handlers of a case who can open it: whoever lost the key or the account since cannot."""
    ids = _reading(grants_that_count(work, house, case_id)).intersection(holders_of(work.main, case_id))
    found = [find_staff(work.main, staff_id) for staff_id in sorted(ids)]
    return [staff for staff in found if staff is not None and is_trusted(work, house, staff)]


def _holders(work: Work, house: House, case_id: bytes, compartment: Compartment) -> list[tuple[bytes, Part]]:
    grants = grants_that_count(work, house, case_id)
    pairs = {(g.holder, Part(g.part)) for g in grants if g.compartment == compartment}
    if compartment is Compartment.CASEWORK:
        reading = _reading(grants)  # not a seat whose key was renewed
        pairs |= {(holder_of_staff(one), Part.WHOLE) for one in reading.intersection(holders_of(work.main, case_id))}
    return sorted(pairs)


def _reading(grants: Sequence[Grant]) -> set[bytes]:
    """Return the ids of the staff to whom one of these grants gives the whole key of the story."""
    whole = [one for one in grants if one.compartment == Compartment.STORY and one.part == Part.WHOLE]
    return {grant.holder[1:] for grant in whole if grant.holder.startswith(b"s")}


def close_out_line(work: Work, house: House, opened: OpenCase, people: People) -> list[bytes]:
    """Take every key from those whom a link closes by now, whether or not it did when it was made; return whom.

    What waited for such a person, who may hold no key at all, ends with it. Whoever opened the case is left: their own
    way is `take_back`, after everything else.
    """
    if not people.links:
        return []
    asked = {one for row in requests_of(work.main, opened.id, "waiting", "agreed") for one in _parties(row)}
    grants = {grant.holder[1:] for grant in grants_of_case(work.main, opened.id) if grant.holder.startswith(b"s")}
    staff = [find_staff(work.main, one) for one in sorted(grants.union(asked, holders_of(work.main, opened.id)))]
    closed = [one.id for one in staff if one is not None and linked_to(work, one, people)]
    for staff_id in closed:
        if holder_of_staff(staff_id) != opened.holder:
            take_back(work, house, opened, staff_id)
    return closed


def _recipient(work: Work, house: House, holder: bytes, people: People) -> Recipient | None:
    """Return a present holder with an authenticated key, to whom the case is not closed, or nothing."""
    if holder.startswith(b"g"):
        guest = find_guest(work.main, holder[1:])
        if guest is None or guest.ended or guest.until_on < house.today() or not guest_is_authentic(house, guest):
            return None
        return Recipient(holder, guest.public_key)
    if holder.startswith(b"r"):
        row = find_reporter(work.main, holder[1:])
        if row is None or not house.keyring.check("public-key", row.tag, b"reporter", row.lookup_id, row.public_key):
            return None
        return Recipient(holder_of_reporter(row.lookup_id), row.public_key)
    staff = find_staff(work.main, holder[1:])
    if staff is None or staff.public_key is None or not is_trusted(work, house, staff):
        return None
    if closed_to(work, staff, people):
        return None
    return Recipient(holder, staff.public_key)


def _parties(row: Request) -> tuple[bytes, bytes]:
    return row.asked_by, row.about_staff
