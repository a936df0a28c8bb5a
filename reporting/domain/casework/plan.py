"""The plan of a case: what the work is to reach. The tasks by which it gets there are entries of their own."""

from dataclasses import dataclass

from reporting.domain.sealed.entry import Entry


@dataclass(frozen=True)
class Plan(Entry):
    """What the work is to reach; the newest one holds."""

    WHAT = "plan"

    goals: str
