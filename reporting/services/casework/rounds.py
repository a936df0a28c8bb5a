"""The rounds of a case: what was found, offered and told since it was last opened."""

from collections.abc import Sequence
from typing import TypeVar

from reporting.domain.casework.rounds import Reopened
from reporting.domain.sealed.entry import UNSIGNED, Entry
from reporting.services.actors import Actor
from reporting.services.house import House
from reporting.services.sealed.entries import CaseFile, Filed, add
from reporting.services.sealed.sealing import OpenCase
from reporting.store.database import Work

E = TypeVar("E", bound=Entry)


def begin_round(work: Work, house: House, opened: OpenCase, actor: Actor) -> None:
    """Begin a new round; whoever opened the case again holds the story, so both sides can."""
    add(work, house, opened, actor, Reopened(*UNSIGNED))


def this_round(file: CaseFile, kind: type[E]) -> Sequence[Filed[E]]:
    """Return the entries of a kind since the case was last opened, in order."""
    reopened = file.last(Reopened)
    since = reopened.entry.position if reopened else -1
    return [filed for filed in file.all(kind) if filed.entry.position > since]


def last_of_round(file: CaseFile, kind: type[E]) -> Filed[E] | None:
    """Return the newest entry of a kind in this round."""
    return next(iter(this_round(file, kind)[-1:]), None)
