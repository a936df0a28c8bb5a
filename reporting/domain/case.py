"""What a case is made of and the one table of how it moves.

A status is something that the organisation or she did, never a judgement about her. The table
is the truth: the service asks `next_status`, the page reads `SENTENCES`, and the diagram in
docs/STATUS.md is drawn from it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from reporting.domain.casework.clocks import Clock
from reporting.domain.people import READERS, Role
from reporting.domain.questions import Door
from reporting.domain.words import N_


class CaseKind(StrEnum):
    """A report, or a complaint about how she is treated, which is a case of its own."""

    REPORT = "report"
    COMPLAINT = "complaint"


class Compartment(StrEnum):
    """The four sealed parts of every case, each with its own keys and readers; `own` is sealed to her tokens alone."""

    STORY = "story"
    IDENTITY = "identity"
    CASEWORK = "casework"
    OWN = "own"


class Part(StrEnum):
    """What a grant holds: a whole compartment key, or one of two halves that open nothing alone."""

    WHOLE = "whole"
    HANDLERS_HALF = "handlers_half"
    DESK_HALF = "desk_half"


class ItemKind(StrEnum):
    """What one sealed item is."""

    DISCLOSURE = "disclosure"
    PEOPLE = "people"
    CHOICES = "choices"
    MESSAGE = "message"
    IDENTITY = "identity"
    WORKING_TITLE = "working_title"
    NOTE = "note"
    ENTRY = "entry"
    SHARED = "shared"
    EVIDENCE = "evidence"
    OWN = "own"


COMPARTMENT_OF: Mapping[ItemKind, Compartment] = {
    **dict.fromkeys(ItemKind, Compartment.STORY),
    **dict.fromkeys((ItemKind.WORKING_TITLE, ItemKind.NOTE, ItemKind.ENTRY), Compartment.CASEWORK),
    ItemKind.IDENTITY: Compartment.IDENTITY,
    ItemKind.OWN: Compartment.OWN,
}
FIRST_ITEMS = (
    ItemKind.DISCLOSURE,
    ItemKind.PEOPLE,
    ItemKind.CHOICES,
    ItemKind.IDENTITY,
    ItemKind.WORKING_TITLE,
    ItemKind.OWN,
)
"""Every case has exactly one of each from its first moment, so that no row tells what she filled."""


class Status(StrEnum):
    """Where a case stands."""

    PRIVATE = "private"
    RECEIVED = "received"
    ASSESSING = "assessing"
    ADDRESSING = "addressing"
    CONCLUDED = "concluded"
    CLOSED = "closed"
    SET_ASIDE = "set_aside"
    WITHDRAWN = "withdrawn"
    ERASING = "erasing"


WITH_ORGANISATION = (
    Status.RECEIVED,
    Status.ASSESSING,
    Status.ADDRESSING,
    Status.CONCLUDED,
    Status.CLOSED,
    Status.SET_ASIDE,
)
"""The statuses in which somebody besides her holds a key."""


class MacroState(StrEnum):
    """The four stages that ISO 37002 names."""

    RECEIVE = "receive"
    ASSESS = "assess"
    ADDRESS = "address"
    CONCLUDE = "conclude"


MACRO_STATES: Mapping[Status, MacroState] = {
    Status.RECEIVED: MacroState.RECEIVE,
    Status.SET_ASIDE: MacroState.RECEIVE,
    Status.ASSESSING: MacroState.ASSESS,
    Status.ADDRESSING: MacroState.ADDRESS,
    Status.CONCLUDED: MacroState.CONCLUDE,
    Status.CLOSED: MacroState.CONCLUDE,
}
"""A status that is hers alone (private, withdrawn, erasing) has none."""


class Act(StrEnum):
    """What moves a case. Erasing at once is not among them: afterwards there is no case."""

    OPEN = "open"
    ACKNOWLEDGE = "acknowledge"
    BEGIN = "begin"
    CONCLUDE = "conclude"
    CLOSE = "close"
    REOPEN = "reopen"
    SET_ASIDE = "set_aside"
    BRING_BACK = "bring_back"
    WITHDRAW = "withdraw"
    ERASE_LATER = "erase_later"
    UNDO_ERASE = "undo_erase"


class Side(StrEnum):
    """Who may do it: she, or somebody who holds a grant."""

    SURVIVOR = "survivor"
    HANDLER = "handler"


@dataclass(frozen=True, slots=True)
class Transition:
    """One row: in `status`, `side` may do `act`, and then the case is `next`."""

    status: Status
    act: Act
    next: Status
    side: Side


_HERS, _THEIRS = Side.SURVIVOR, Side.HANDLER

TRANSITIONS: tuple[Transition, ...] = (
    Transition(Status.PRIVATE, Act.OPEN, Status.RECEIVED, _HERS),
    Transition(Status.RECEIVED, Act.ACKNOWLEDGE, Status.ASSESSING, _THEIRS),
    Transition(Status.ASSESSING, Act.BEGIN, Status.ADDRESSING, _THEIRS),
    Transition(Status.ASSESSING, Act.CONCLUDE, Status.CONCLUDED, _THEIRS),
    Transition(Status.ADDRESSING, Act.CONCLUDE, Status.CONCLUDED, _THEIRS),
    Transition(Status.CONCLUDED, Act.CLOSE, Status.CLOSED, _THEIRS),
    Transition(Status.CONCLUDED, Act.REOPEN, Status.ASSESSING, _THEIRS),
    Transition(Status.CLOSED, Act.REOPEN, Status.ASSESSING, _THEIRS),
    Transition(Status.CLOSED, Act.REOPEN, Status.ASSESSING, _HERS),
    Transition(Status.RECEIVED, Act.SET_ASIDE, Status.SET_ASIDE, _THEIRS),
    Transition(Status.ASSESSING, Act.SET_ASIDE, Status.SET_ASIDE, _THEIRS),
    Transition(Status.SET_ASIDE, Act.BRING_BACK, Status.RECEIVED, _THEIRS),
    Transition(Status.SET_ASIDE, Act.BRING_BACK, Status.RECEIVED, _HERS),
    *(Transition(status, Act.WITHDRAW, Status.WITHDRAWN, _HERS) for status in WITH_ORGANISATION),
    Transition(Status.WITHDRAWN, Act.REOPEN, Status.RECEIVED, _HERS),
    *(Transition(s, Act.ERASE_LATER, Status.ERASING, _HERS) for s in Status if s is not Status.ERASING),
    Transition(Status.ERASING, Act.UNDO_ERASE, Status.PRIVATE, _HERS),
    Transition(Status.ERASING, Act.UNDO_ERASE, Status.WITHDRAWN, _HERS),
)


class NotPossible(Exception):  # noqa: N818 - a refusal read aloud, not a fault of the program
    """The table has no row for this; the message names status, act and side, nothing else."""


def first_status(door: Door) -> Status:
    """Return the status in which a case of this door begins."""
    return Status.PRIVATE if door is Door.PRIVATE else Status.RECEIVED


def after_undo(had: Status) -> Status:
    """Return where an erasure that is undone leads, given the status before it was asked for.

    Erasing closes at once: every other grant is gone. So a case that was with the organisation
    comes back withdrawn, and she chooses again who reads; only a private record is as before.
    """
    return Status.PRIVATE if had is Status.PRIVATE else Status.WITHDRAWN


def next_status(status: Status, act: Act, role: Role, had: Status | None = None) -> Status:
    """Return the status after an act; raise NotPossible when the table has no such row.

    `role` is SURVIVOR or a reader; any other role can do nothing. `had` is the status before
    ERASING and is needed for UNDO_ERASE alone.
    """
    rows = [row.next for row in TRANSITIONS if (row.status, row.act, row.side) == (status, act, _side(role))]
    if act is Act.UNDO_ERASE:
        rows = [found for found in rows if had is not None and found is after_undo(had)]
    if not rows:
        raise NotPossible(f"{role} cannot {act} a case that is {status}")
    return rows[0]


def acts(status: Status, role: Role) -> tuple[Act, ...]:
    """Return what this role may do now, in the order of the table, each once."""
    found = (row.act for row in TRANSITIONS if (row.status, row.side) == (status, _side(role)))
    return tuple(dict.fromkeys(found))


def _side(role: Role) -> Side | None:
    if role is Role.SURVIVOR:
        return Side.SURVIVOR
    return Side.HANDLER if role in READERS else None


@dataclass(frozen=True, slots=True)
class Stage:
    """What she reads: where her case stands, and what comes next.

    When `clock` is set, `next` holds the placeholder `%(date)s` for the day on which it runs out.
    """

    now: str
    next: str
    clock: Clock | None = None


SENTENCES: Mapping[Status, Stage] = {
    Status.PRIVATE: Stage(
        N_("Only you can open this. Nobody else can read it, and nobody acts on it."),
        N_("You can open it to people you choose, whenever you want, or never."),
    ),
    Status.RECEIVED: Stage(
        N_("What you wrote has arrived. The people you chose can open it."),
        N_("Somebody writes to you here by %(date)s."),
        Clock.ACKNOWLEDGE,
    ),
    Status.ASSESSING: Stage(
        N_("The team has told you that it read this. It is looking at what you wrote and at what you wish for."),
        N_("You hear here what the team will do, or has done, by %(date)s."),
        Clock.FEEDBACK,
    ),
    Status.ADDRESSING: Stage(
        N_("The team is working on your case."),
        N_("You hear here how far it is by %(date)s."),
        Clock.FEEDBACK,
    ),
    Status.CONCLUDED: Stage(
        N_("The team has finished its work on your case."),
        N_("Before it closes the case, it tells you the outcome here, unless you do not want that. You can answer."),
    ),
    Status.CLOSED: Stage(
        N_("The team has closed your case."),
        N_("You can still read everything and write here. If you want, you can open the case again."),
    ),
    Status.SET_ASIDE: Stage(
        N_("We could not follow this. Please tell us more."),
        N_("Nothing of it is gone. Whatever you write here brings it back to the team at once."),
    ),
    Status.WITHDRAWN: Stage(
        N_("You have closed your case. Only you can open it now."),
        N_("You can open it again to people you choose, or erase it."),
    ),
    Status.ERASING: Stage(
        N_("You asked us to erase this. Only you can open it now."),
        N_("It is erased for good on %(date)s. Until then you can undo this here."),
        Clock.ERASURE,
    ),
}


def diagram() -> str:
    """Return the status diagram as Mermaid text, drawn from the table; docs/STATUS.md holds it."""
    drawn = [f"    {row.status} --> {row.next}: {row.act} ({row.side})" for row in TRANSITIONS]
    starts = [f"    [*] --> {status}" for status in dict.fromkeys(first_status(door) for door in Door)]
    return "\n".join(["stateDiagram-v2", *starts, *drawn, f"    {Status.ERASING} --> [*]: after 7 days", ""])
