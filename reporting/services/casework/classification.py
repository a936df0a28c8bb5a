"""Classifying a case: the table recommends, a handler decides and says why where it differs."""

from dataclasses import dataclass, replace

from reporting.domain.casework.classification import (
    Classification,
    ConductKind,
    Counted,
    Factor,
    Facts,
    Path,
    Setting,
    Target,
    Urgency,
    cell_of,
)
from reporting.domain.casework.decision_table import recommend
from reporting.domain.sealed.entry import UNSIGNED
from reporting.services.actors import StaffMember
from reporting.services.casework.filing import open_file, put_on_file
from reporting.services.errors import NeedsWhy, NotAllowed
from reporting.services.house import House
from reporting.services.sealed.entries import Filed, add, file_of
from reporting.services.sealed.facts import reseal_fact
from reporting.services.sealed.sealing import OpenCase
from reporting.store.database import Work


@dataclass(frozen=True)
class Found:
    """What a handler found; an empty `path` or `urgency` takes what the table recommends."""

    kinds: frozenset[ConductKind]
    settings: frozenset[Setting]
    factors: frozenset[Factor]
    target: Target
    path: Path | None = None
    urgency: Urgency | None = None
    why: str = ""

    @property
    def facts(self) -> Facts:
        """Return what the table looks at."""
        return Facts(self.kinds, self.factors, self.target)


def classify(work: Work, house: House, actor: StaffMember, case_id: bytes, found: Found) -> Filed[Classification]:
    """Keep what a handler found and decided; the newest classification holds.

    :raises NotAllowed: no kind of conduct is given.
    :raises NeedsWhy: the decision differs from the table without a reason.
    """
    opened = open_file(work, house, actor, case_id)
    if not found.kinds:
        raise NotAllowed
    entry = _entry(found)
    if entry.differs and not entry.why:
        raise NeedsWhy
    filed = put_on_file(work, house, opened, actor, entry)
    _count(work, house, opened, actor, found.facts)
    return filed


def decide_otherwise(
    work: Work, house: House, actor: StaffMember, case_id: bytes, path: Path, urgency: Urgency, why: str
) -> Filed[Classification]:
    """Keep another decision than the table's, on the facts of the newest classification.

    :raises NotAllowed: nobody has classified the case yet.
    :raises NeedsWhy: no reason.
    """
    opened = open_file(work, house, actor, case_id)
    last = file_of(work, opened).last(Classification)
    if last is None:
        raise NotAllowed
    if not why.strip():
        raise NeedsWhy
    entry = replace(last.entry, path=path, urgency=urgency, why=why.strip())
    return put_on_file(work, house, opened, actor, entry)


def _entry(found: Found) -> Classification:
    said = recommend(found.facts)
    return Classification(
        *UNSIGNED,
        tuple(kind for kind in ConductKind if kind in found.kinds),
        tuple(setting for setting in Setting if setting in found.settings),
        tuple(factor for factor in Factor if factor in found.factors),
        found.target,
        said.path,
        said.urgency,
        found.path or said.path,
        found.urgency or said.urgency,
        said.involve,
        found.why.strip(),
    )


def _count(work: Work, house: House, opened: OpenCase, actor: StaffMember, facts: Facts) -> None:
    """Keep in `story` in which cell it is counted, because she re-seals the fact, too, and reads no casework."""
    known = file_of(work, opened).last(Counted)
    if known is None or known.entry.cell is not cell_of(facts):
        add(work, house, opened, actor, Counted(*UNSIGNED, cell_of(facts)))
    reseal_fact(work, house, opened)
