"""Proof of existence: that the record of the house names a piece, on which day, and which checkpoints cover it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from reporting.domain.evidence.evidence import custody_ref
from reporting.domain.oversight.audit import ReporterEvent
from reporting.domain.oversight.checkpoint import Checkpoint
from reporting.services.house import House
from reporting.services.oversight.audit import DAY_CHAIN, STAFF_CHAIN, Finding, verify
from reporting.services.oversight.checkpoints import INSTANCE, compare
from reporting.store.audit import AuditDay, days_about
from reporting.store.database import Work


class NotWhole(Exception):  # noqa: N818 - a refusal read aloud
    """The record was changed past the program, so that it proves nothing. `findings` say where."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        super().__init__()
        self.findings = findings


@dataclass(frozen=True)
class Receipt:
    """That a piece was received: on which day, at which place of the day chain (None before the night), and the days
    of those checkpoints that were signed after it and that the record still extends.
    """

    day: date
    place: int | None
    covered_on: tuple[date, ...]


def find_receipt(
    work: Work, house: House, digest: str, salt: str, checkpoints: Sequence[Checkpoint] = ()
) -> Receipt | None:
    """Return the receipt of a piece, or nothing where the record names no such piece.

    :param digest: SHA-256 of the original, or of what was said of something online (hex).
    :param salt: what her copy shows beside it (hex).
    :raises ValueError: one of the two is not what it says that it is.
    :raises NotWhole: the record of the reporters' days is not whole, or does not extend a checkpoint.
    """
    ref = custody_ref(salt, digest)
    wrong = [found for found in verify(work, house) if found.chain != STAFF_CHAIN]
    for checkpoint in checkpoints:
        wrong += [found for found in compare(work, house, checkpoint) if found.chain in {DAY_CHAIN, INSTANCE}]
    if wrong:
        raise NotWhole(wrong)
    rows = [row for row in days_about(work.main, ref) if row.action == ReporterEvent.EVIDENCE_RECEIVED]
    if not rows:
        return None
    row = min(rows, key=lambda one: one.day)
    place = row.seq if isinstance(row, AuditDay) else None
    covered = (one.day for one in checkpoints if place is not None and one.length(DAY_CHAIN) >= place)
    return Receipt(row.day, place, tuple(sorted(covered)))
