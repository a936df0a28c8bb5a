"""A legal hold: asked for by one handler, agreed to by another person, ended by itself on a day that she was told.

What is kept are copies under a key of their own, sealed to the handlers when the hold begins. Nothing in the case
changes, so she erases at once and whole; the copies alone stay, and no chore needs a key to destroy them on their day.
"""

import secrets
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from reporting.crypto.envelope import ItemContext, open_item, seal_item
from reporting.crypto.errors import CannotOpen
from reporting.crypto.grants import GrantContext, open_grant, seal_grant
from reporting.crypto.secret import CompartmentKey, ShredKey
from reporting.domain.case import WITH_ORGANISATION, ItemKind, Part
from reporting.domain.evidence.evidence import Evidence
from reporting.domain.file.hold import LONGEST_DAYS, DeclaredLaw, HoldAsked, HoldNotice
from reporting.domain.oversight.audit import StaffEvent
from reporting.domain.reading.approvals import Matter
from reporting.policy import Permission
from reporting.services.actors import Actor, StaffMember
from reporting.services.casework.case import open_to_work
from reporting.services.errors import NotAllowed, NotFound
from reporting.services.evidence.keeping import share_kept
from reporting.services.evidence.pieces import Piece, piece_of
from reporting.services.file.listing import Listed, chosen, in_order, listed_from, listed_in
from reporting.services.house import House
from reporting.services.oversight.audit import record_staff
from reporting.services.reading import approvals
from reporting.services.reading.consent import who_can_open
from reporting.services.sealed import entries
from reporting.services.sealed.entries import Filed, file_of
from reporting.services.sealed.sealing import FLOOR, SMALLEST, OpenCase
from reporting.store.database import Work
from reporting.store.grants import holder_of_staff
from reporting.store.holds import (
    HeldItem,
    Hold,
    HoldGrant,
    all_holds,
    find_hold,
    held_items_of,
    hold_grants_of,
    holds_of_case,
    remove_hold,
)
from reporting.store.shred import ShredKeyRow, shred_keys_of
from reporting.store.staff import Staff

PLACE = "hold"
"""What stands for the compartment in the seals of a hold, so that no key or item of a case fits there."""


def declared_law(work: Work, opened: OpenCase) -> str:
    """Return the law that she was shown before she wrote to this office; empty where there was none."""
    filed = file_of(work, opened).last(DeclaredLaw)
    return filed.entry.law if filed else ""


def ask(
    work: Work, house: House, actor: StaffMember, case_id: bytes, item_ids: Sequence[bytes], reason: str, until: date
) -> bytes:
    """Ask a second person to agree that listed items are kept; return the id of the entry.

    :raises NotAllowed: no law was declared to her, the case is not with the organisation, no reason is given, or the
        day is not one of the next 366.
    :raises NotFound: an item is none of this case that can be listed.
    """
    opened = open_to_work(work, house, actor, case_id, Permission.PROPOSE)
    law = declared_law(work, opened)
    if not law or opened.row.status not in WITH_ORGANISATION or not reason.strip():
        raise NotAllowed
    if not house.today() < until <= house.today() + timedelta(days=LONGEST_DAYS):
        raise NotAllowed
    named = tuple(one.named for one in chosen(listed_in(work, opened), item_ids))
    entry = HoldAsked(0, "", "", house.today().isoformat(), law, reason.strip(), named, until.isoformat())
    filed = entries.add(work, house, opened, actor, entry)
    approvals.propose(work, house, actor, opened, Matter.HOLD, filed.id)
    return filed.id


def begin(work: Work, house: House, actor: StaffMember, case_id: bytes, entry_id: bytes) -> bytes:
    """Let an agreed hold begin: copy what is listed, seal the copies to the handlers, tell her; return its id.

    :raises NotAllowed: nobody else agreed, or it began already, or its day has passed.
    :raises NotFound: no such entry, or an item is gone.
    """
    opened = open_to_work(work, house, actor, case_id, Permission.PROPOSE)
    filed = file_of(work, opened).one(HoldAsked, entry_id)
    until = date.fromisoformat(filed.entry.until)
    if filed.entry.hold or until <= house.today() or opened.row.status not in WITH_ORGANISATION:
        raise NotAllowed
    approvals.carry_out(work, house, opened, Matter.HOLD, entry_id)
    kept = chosen(listed_in(work, opened), [bytes.fromhex(one.item) for one in filed.entry.items])
    hold = _keep(work, house, opened, until, kept)
    asked = filed.entry
    entries.change(work, opened, Filed(filed.id, replace(asked, hold=hold.hex())))
    notice = HoldNotice(0, "", "", asked.day, hold.hex(), asked.law, asked.reason, asked.items, asked.until)
    entries.add(work, house, opened, actor, notice)
    record_staff(work, house, StaffEvent.HOLD_BEGUN, actor_id=actor.staff_id, case_id=case_id)
    return hold


def end(work: Work, house: House, actor: StaffMember, case_id: bytes, hold_id: bytes) -> None:
    """End a hold before its day; one person may, because it gives nothing to anybody.

    :raises NotFound: this case has no such hold.
    """
    open_to_work(work, house, actor, case_id, Permission.PROPOSE)
    hold = find_hold(work.main, hold_id)
    if hold is None or hold.case_id != case_id:
        raise NotFound
    remove_hold(work.main, work.shred, hold_id)
    record_staff(work, house, StaffEvent.HOLD_ENDED, actor_id=actor.staff_id, case_id=case_id)


def asked_in(work: Work, opened: OpenCase) -> list[Filed[HoldAsked]]:
    """Return what was ever asked to be kept in a case."""
    return file_of(work, opened).all(HoldAsked)


def lasting_in(work: Work, house: House, opened: OpenCase) -> set[str]:
    """Return the hex ids of the holds of a case that last."""
    return {hold.id.hex() for hold in holds_of_case(work.main, opened.id) if lasts(house, hold)}


def notices_for_her(work: Work, house: House, opened: OpenCase) -> list[HoldNotice]:
    """Return what she must know of the holds that last: what stays, by which law, and until when."""
    lasting = lasting_in(work, house, opened)
    if not lasting:
        return []
    return [filed.entry for filed in file_of(work, opened).all(HoldNotice) if filed.entry.hold in lasting]


def lasts(house: House, hold: Hold) -> bool:
    """Return whether a hold counts: made by this program as it stands, and its last day has not passed."""
    return house.keyring.check("hold", hold.tag, *_parts(hold)) and house.today() <= hold.until


def end_due(work: Work, house: House) -> int:
    """Destroy what is kept no longer; return how many holds ended. Needs no key."""
    over = [hold for hold in all_holds(work.main) if not lasts(house, hold)]
    for hold in over:
        record_staff(work, house, StaffEvent.HOLD_ENDED, actor_id=None, case_id=hold.case_id)
        remove_hold(work.main, work.shred, hold.id)
    return len(over)


def due_to_end(work: Work, house: House) -> int:
    """Return how many holds `end_due` would end."""
    return sum(not lasts(house, hold) for hold in all_holds(work.main))


def share(work: Work, house: House, opened: OpenCase, actor: StaffMember) -> None:
    """Give colleagues who handle the case the keys of its holds that they lack."""
    for hold in holds_of_case(work.main, opened.id):
        have = {grant.holder for grant in hold_grants_of(work.main, hold.id)}
        missing = [one for one in who_can_open(work, house, opened.id) if holder_of_staff(one.id) not in have]
        key = key_of(work, house, actor, hold) if missing else None
        if key is not None:
            for staff in missing:
                _grant(work, house, hold, key, staff)


def key_of(work: Work, house: House, actor: Actor, hold: Hold) -> CompartmentKey | None:
    """Return the key of a hold, or nothing where this person has no grant that opens."""
    grant = next((one for one in hold_grants_of(work.main, hold.id) if one.holder == actor.holder), None)
    if grant is None or not house.keyring.check("hold-grant", grant.tag, *_grant_parts(grant)):
        return None
    shred_key = shred_keys_of(work.shred, [grant.id]).get(grant.id)
    if shred_key is None:
        return None
    try:
        return open_grant(grant.sealed, ShredKey(shred_key), actor.pair, _grant_context(grant.hold_id, grant.holder))
    except CannotOpen:
        return None


def pieces_held(work: Work, hold: Hold, key: CompartmentKey) -> list[Piece]:
    """Return the pieces of evidence that a hold keeps, with the keys of their files."""
    rows = [row for row in held_items_of(work.main, hold.id) if row.kind == ItemKind.EVIDENCE]
    opened = [(row.id, open_item(key, _item_context(hold.id, row.id, row.kind), row.sealed)) for row in rows]
    return [Piece(item_id, Evidence.from_bytes(content)) for item_id, content in opened]


def contents(work: Work, hold: Hold, key: CompartmentKey) -> list[Listed]:
    """Return what a hold keeps, opened, in the order of the record."""
    rows = held_items_of(work.main, hold.id)
    found = [
        listed_from(row.id, ItemKind(row.kind), open_item(key, _item_context(hold.id, row.id, row.kind), row.sealed))
        for row in rows
    ]
    return in_order(found)


def _keep(work: Work, house: House, opened: OpenCase, until: date, kept: Sequence[Listed]) -> bytes:
    hold = Hold(id=secrets.token_bytes(16), case_id=opened.id, until=until)
    hold.tag = house.keyring.tag("hold", *_parts(hold))
    key = CompartmentKey.random()
    work.main.add(hold)
    work.main.flush()
    for one in kept:
        item_id = secrets.token_bytes(16)
        context, floor = _item_context(hold.id, item_id, one.kind), FLOOR.get(one.kind, SMALLEST)
        sealed = seal_item(key, context, _content(work, house, opened, one, hold.id), floor=floor)
        work.main.add(HeldItem(id=item_id, hold_id=hold.id, kind=one.kind.value, sealed=sealed))
    for staff in who_can_open(work, house, opened.id):
        _grant(work, house, hold, key, staff)
    work.main.flush()
    return hold.id


def _content(work: Work, house: House, opened: OpenCase, one: Listed, hold_id: bytes) -> bytes:
    """Return what is copied of a thing. Files of a piece get a key of the hold's own, which lives and dies with it."""
    if one.kind is not ItemKind.EVIDENCE:
        return one.content
    piece = piece_of(work, opened, one.id).evidence
    for file in piece.files:
        share_kept(work, house, file, opened.id, hold_id)
    return piece.to_bytes()


def _grant(work: Work, house: House, hold: Hold, key: CompartmentKey, staff: Staff) -> None:
    if staff.public_key is None:
        raise NotFound
    holder = holder_of_staff(staff.id)
    sealed, shred_key = seal_grant(key, staff.public_key, _grant_context(hold.id, holder))
    grant = HoldGrant(id=secrets.token_bytes(16), hold_id=hold.id, holder=holder, sealed=sealed)
    grant.tag = house.keyring.tag("hold-grant", *_grant_parts(grant))
    work.shred.add(ShredKeyRow(grant_id=grant.id, key=shred_key.raw, made_on=house.today()))
    work.main.add(grant)


def _grant_context(hold_id: bytes, holder: bytes) -> GrantContext:
    return GrantContext(hold_id, PLACE, 1, Part.WHOLE, holder)


def _item_context(hold_id: bytes, item_id: bytes, kind: str) -> ItemContext:
    return ItemContext(hold_id, PLACE, 1, item_id, kind)


def _parts(hold: Hold) -> tuple[bytes, ...]:
    return hold.id, hold.case_id, hold.until.isoformat().encode()


def _grant_parts(grant: HoldGrant) -> tuple[bytes, ...]:
    return grant.id, grant.hold_id, grant.holder, grant.sealed
