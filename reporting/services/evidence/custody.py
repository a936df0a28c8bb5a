"""The record of one piece of evidence in the chains of the house: received, cleaned, looked at, opened, taken out.

What stands there is a commitment (`Evidence.custody_ref`). The checkpoints of the record are signed and kept elsewhere,
so whoever has the piece and its salt can show that it was here, as it is, on a day that a checkpoint covers.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from reporting.domain.evidence.evidence import Cleaning, Evidence
from reporting.domain.oversight.audit import ReporterEvent, StaffEvent
from reporting.services.actors import StaffMember
from reporting.services.house import House
from reporting.services.oversight.audit import record_about, record_reporter, record_staff, staff_ledger
from reporting.store.audit import days_about
from reporting.store.database import Work
from reporting.store.staff import find_staff

_ORDER: Final = list(ReporterEvent)


@dataclass(frozen=True)
class CustodyLine:
    """One thing that happened to a piece: on which day, what, and which colleague ('' for her or the program)."""

    day: date
    action: ReporterEvent | StaffEvent
    who: str = ""


@dataclass(frozen=True)
class Arrival:
    """What the record says of a piece when it comes: its name there, and whether a working copy was made."""

    ref: bytes
    is_cleaned: bool


def arrival_of(piece: Evidence) -> Arrival:
    """Return what the record will say of a piece; it tells nothing of what the piece is."""
    return Arrival(piece.custody_ref, piece.cleaning is Cleaning.CLEANED)


def record_received(work: Work, house: House, arrival: Arrival, case_id: bytes) -> None:
    """Note that she added a piece: in her case, and, under a name that does not tell the case, what it is."""
    record_reporter(work, house, ReporterEvent.EVIDENCE_ADDED, case_id)
    record_about(work, house, ReporterEvent.EVIDENCE_RECEIVED, arrival.ref)
    if arrival.is_cleaned:
        record_about(work, house, ReporterEvent.EVIDENCE_CLEANED, arrival.ref)


def record_touched(
    work: Work, house: House, action: StaffEvent, actor: StaffMember, case_id: bytes, piece: Evidence
) -> None:
    """Note what a colleague did with a piece; she reads it in her ledger."""
    detail = piece.custody_ref.hex()
    record_staff(work, house, action, actor_id=actor.staff_id, case_id=case_id, detail=detail)


def record_seen(work: Work, house: House, actor: StaffMember, case_id: bytes, piece: Evidence) -> None:
    """Note that a colleague looks at the working copy of a piece, where the record does not say so of today."""
    name, today = piece.custody_ref.hex(), house.now().date()
    for event in staff_ledger(work, house, case_id):
        same = (event.action, event.actor_id, event.detail) == (StaffEvent.EVIDENCE_SEEN, actor.staff_id, name)
        if same and event.at.date() == today:
            return
    record_touched(work, house, StaffEvent.EVIDENCE_SEEN, actor, case_id, piece)


def custody_of(work: Work, house: House, piece: Evidence, case_id: bytes) -> Sequence[CustodyLine]:
    """Return everything that the record says of a piece, by day; what the program did comes first on its day."""
    return custody_in(work, house, [piece], case_id)[0]


def custody_in(work: Work, house: House, pieces: Sequence[Evidence], case_id: bytes) -> list[list[CustodyLine]]:
    """Return the same for several pieces of a case, whose ledger is read once."""
    theirs: dict[str, list[CustodyLine]] = {piece.custody_ref.hex(): [] for piece in pieces}
    for row in staff_ledger(work, house, case_id):
        if row.detail in theirs:
            line = CustodyLine(row.at.date(), StaffEvent(row.action), _name(work, row.actor_id))
            theirs[row.detail].append(line)
    return [
        sorted([*_hers(work, piece), *theirs[piece.custody_ref.hex()]], key=lambda line: line.day) for piece in pieces
    ]


def _hers(work: Work, piece: Evidence) -> list[CustodyLine]:
    """Return the days of a piece; which came first on one is kept nowhere, and follows from what they are."""
    days = [(row.day, ReporterEvent(row.action)) for row in days_about(work.main, piece.custody_ref)]
    return [CustodyLine(*one) for one in sorted(days, key=lambda one: (one[0], _ORDER.index(one[1])))]


def _name(work: Work, staff_id: bytes | None) -> str:
    staff = find_staff(work.main, staff_id) if staff_id else None
    return staff.display_name if staff else ""
