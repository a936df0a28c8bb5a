"""The tasks of a case: steps of a kind, each with a day and one owner among the handlers."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from reporting.domain.sealed.entry import Entry


class TaskKind(StrEnum):
    """What kind of step a task is."""

    CONTACT = "contact"
    SUPPORT = "support"
    SAFETY = "safety"
    EVIDENCE = "evidence"
    INTERVIEW = "interview"
    MEASURE = "measure"
    DECISION = "decision"
    OTHER = "other"


class TaskState(StrEnum):
    """Where a task stands; a dropped one says why."""

    OPEN = "open"
    DONE = "done"
    DROPPED = "dropped"


@dataclass(frozen=True)
class Task(Entry):
    """One step of the work. `owner` is the staff id in hex of somebody who handles the case; days are YYYY-MM-DD."""

    WHAT = "task"

    kind: TaskKind
    text: str
    owner: str
    owner_name: str
    due_on: str
    state: TaskState = TaskState.OPEN
    ended_on: str = ""
    ended_by: str = ""
    why: str = ""

    @property
    def due_day(self) -> date:
        """Return the day by which it is to be done."""
        return date.fromisoformat(self.due_on)

    def is_late(self, today: date) -> bool:
        """Return whether its day has passed and nobody has ended it."""
        return self.state is TaskState.OPEN and self.due_day < today
