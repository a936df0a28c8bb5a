"""A file of a case that leaves the house: asked for, agreed to by a second person, and in the record first."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from reporting.domain.case import ItemKind
from reporting.domain.file.export import Export
from reporting.domain.oversight.audit import StaffEvent
from reporting.domain.reading.approvals import Matter
from reporting.domain.sealed.disclosure import Identity
from reporting.policy import Permission
from reporting.services.actors import StaffMember
from reporting.services.casework.case import open_to_work
from reporting.services.errors import NotAllowed, NotFound
from reporting.services.file.export_files import Files, TakenPiece, take_pieces
from reporting.services.file.listing import Listed, chosen, listed_in
from reporting.services.house import House
from reporting.services.oversight.audit import record_staff
from reporting.services.reading import approvals
from reporting.services.reading.identity import see_identity
from reporting.services.sealed import entries
from reporting.services.sealed.entries import Filed, file_of
from reporting.services.sealed.sealing import OpenCase
from reporting.store.database import Work
from reporting.store.objects import BlobStore


@dataclass(frozen=True)
class Taken:
    """What leaves, in clear; lives in memory only. `pieces` tells of the evidence among the items, by their ids."""

    export: Export
    items: list[Listed]
    identity: Identity | None
    pieces: Mapping[bytes, TakenPiece]


@dataclass(frozen=True)
class Also:
    """What leaves beside the listed things: who she is, and, with the reason why, the originals of listed files."""

    identity: bool = False
    originals: str | None = None


NOTHING_MORE = Also()


def ask(
    work: Work,
    house: House,
    actor: StaffMember,
    case_id: bytes,
    for_whom: str,
    reason: str,
    item_ids: Sequence[bytes],
    also: Also = NOTHING_MORE,
) -> bytes:
    """Ask a second person to agree to an export; return the id of the entry.

    :raises NotAllowed: for whom or why is missing, or why the originals are to leave.
    :raises NotFound: a listed thing is none of this case, or who she is does not open to this person.
    """
    opened = open_to_work(work, house, actor, case_id, Permission.EXPORT_CASE)
    why = (also.originals or "").strip()
    if not for_whom.strip() or not reason.strip() or (also.originals is not None and not why):
        raise NotAllowed
    named = tuple(one.named for one in chosen(listed_in(work, opened), item_ids))
    if also.identity:
        see_identity(work, house, actor, case_id)
    asked = (for_whom.strip(), reason.strip(), named, also.identity)
    entry = Export(0, "", "", house.today().isoformat(), *asked, originals=why)
    filed = entries.add(work, house, opened, actor, entry)
    approvals.propose(work, house, actor, opened, Matter.EXPORT, filed.id)
    return filed.id


def begin(work: Work, house: House, actor: StaffMember, case_id: bytes, entry_id: bytes) -> None:
    """Let the export be taken by this person today; it is in the record and in her ledger before a byte leaves.

    :raises NotAllowed: nobody else agreed, or it was taken already.
    :raises NotFound: no such export of this case, or a listed thing is gone, or who she is does not open.
    """
    opened, filed = _open(work, house, actor, case_id, entry_id)
    if filed.entry.taken_on:
        raise NotAllowed
    _items_of(work, opened, filed.entry)
    if filed.entry.identity:
        see_identity(work, house, actor, case_id)
    approvals.carry_out(work, house, opened, Matter.EXPORT, entry_id)
    taken = replace(filed.entry, taken_on=house.today().isoformat(), taken_by=actor.staff_id.hex())
    entries.change(work, opened, Filed(filed.id, taken))
    record_staff(work, house, StaffEvent.FILE_TAKEN_OUT, actor_id=actor.staff_id, case_id=case_id)


def take(
    work: Work, house: House, actor: StaffMember, case_id: bytes, entry_id: bytes, blobs: BlobStore | None = None
) -> Taken:
    """Return what leaves, for whoever took it, on that day alone; each time is in the record before.

    :param blobs: where files are, if they leave as well; each piece whose files leave is in the record by itself.

    :raises NotFound: it was not taken, or by somebody else, or on another day.
    """
    opened, filed = _mine_today(work, house, actor, case_id, entry_id)
    items = _items_of(work, opened, filed.entry)
    identity = see_identity(work, house, actor, case_id) if filed.entry.identity else None
    record_staff(work, house, StaffEvent.FILE_TAKEN_OUT, actor_id=actor.staff_id, case_id=case_id)
    evidence = [one.id for one in items if one.kind is ItemKind.EVIDENCE]
    files = Files(actor, blobs, with_originals=bool(filed.entry.originals)) if blobs is not None else None
    return Taken(filed.entry, items, identity, take_pieces(work, house, opened, evidence, files))


def show_once(work: Work, house: House, actor: StaffMember, case_id: bytes, entry_id: bytes) -> tuple[Export, bool]:
    """Return an export that this person takes today, and whether its passphrase may be shown now: once and never again.

    :raises NotFound: it was not taken, or by somebody else, or on another day.
    """
    opened, filed = _mine_today(work, house, actor, case_id, entry_id)
    if filed.entry.shown:
        return filed.entry, False
    entries.change(work, opened, Filed(filed.id, replace(filed.entry, shown=True)))
    return filed.entry, True


def asked_in(work: Work, opened: OpenCase) -> list[Filed[Export]]:
    """Return the exports of a case, in their order."""
    return file_of(work, opened).all(Export)


def _open(
    work: Work, house: House, actor: StaffMember, case_id: bytes, entry_id: bytes
) -> tuple[OpenCase, Filed[Export]]:
    opened = open_to_work(work, house, actor, case_id, Permission.EXPORT_CASE)
    return opened, file_of(work, opened).one(Export, entry_id)


def _mine_today(
    work: Work, house: House, actor: StaffMember, case_id: bytes, entry_id: bytes
) -> tuple[OpenCase, Filed[Export]]:
    opened, filed = _open(work, house, actor, case_id, entry_id)
    if (filed.entry.taken_by, filed.entry.taken_on) != (actor.staff_id.hex(), house.today().isoformat()):
        raise NotFound
    return opened, filed


def _items_of(work: Work, opened: OpenCase, export: Export) -> list[Listed]:
    return chosen(listed_in(work, opened), [bytes.fromhex(one.item) for one in export.items])
