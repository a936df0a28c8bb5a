"""What people do in these tests, in one line each; everything goes through the services."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress

import pytest
from sqlalchemy import Connection, event, select, text
from sqlalchemy.orm import Session

from reporting.domain.case import Act, Compartment, ItemKind, Part
from reporting.domain.protection.named_person import AccountKind
from reporting.domain.sealed.disclosure import Answer, AnswerState, Identity
from reporting.services.actors import Actor, Reporter, StaffMember
from reporting.services.casework import case as casework
from reporting.services.casework import closing, outcome
from reporting.services.casework.case import CaseView
from reporting.services.errors import NotFound, Waiting
from reporting.services.protection import named_person
from reporting.services.reading import approvals
from reporting.services.reading.assignment import assign
from reporting.services.reading.requests import AskedOfHer, RequestState
from reporting.services.sealed.sealing import OpenCase, open_case, read
from reporting.services.survivor import follow
from reporting.services.survivor.follow import CasePage
from reporting.store.cases import Item, items_of
from reporting.store.database import reading, writing
from reporting.store.grants import Grant, grants_of_case, staff_who_open
from reporting.store.holdings import holders_of
from reporting.store.offices import Office
from tests.builders import Built, in_unit, sign_law


def take_up(built: Built, member: StaffMember, *case_ids: bytes) -> None:
    """Answer the conflict question, as everybody does before the story opens."""
    for case_id in case_ids:
        in_unit(built, casework.declare_no_conflict, member, case_id)


def cannot_be_asked(built: Built, member: StaffMember, case_id: bytes, person: str = "") -> None:
    """Write down why a person cannot be told and asked, so that a finding is possible."""
    words = "Nobody knows who it was."
    in_unit(built, named_person.write_side, member, case_id, person, AccountKind.NOT_POSSIBLE, words)


def read_case(built: Built, member: StaffMember, case_id: bytes) -> CaseView:
    """Declare no conflict and open the story."""
    take_up(built, member, case_id)
    view = in_unit(built, casework.view_case, member, case_id)
    assert isinstance(view, CaseView)
    return view


def her_page(built: Built, reporter: Reporter, case_id: bytes) -> CasePage:
    """Return her page of a case."""
    with reading(built.stores) as work:
        return follow.view(work, built.house, reporter, case_id)


def opens(built: Built, actor: Actor, case_id: bytes) -> bool:
    """Return whether any grant that this actor holds opens."""
    with reading(built.stores) as work:
        try:
            open_case(work, actor, built.house, case_id)
        except NotFound:
            return False
        return True


def readable(built: Built, actor: Actor, case_id: bytes) -> set[str]:
    """Return the kinds of items that this actor can read; nothing where no grant opens."""
    with reading(built.stores) as work:
        try:
            opened = open_case(work, actor, built.house, case_id)
        except NotFound:
            return set()
        return {item.kind for item in items_of(work.main, case_id) if read(opened, item) is not None}


@contextmanager
def opened_by(built: Built, actor: Actor, case_id: bytes) -> Iterator[tuple[Session, OpenCase]]:
    """Open a case for looking at it."""
    with reading(built.stores) as work:
        yield work.main, open_case(work, actor, built.house, case_id)


def story_holders(built: Built, case_id: bytes) -> set[bytes]:
    """Return the ids of the staff with a grant of the story."""
    with reading(built.stores) as work:
        return staff_who_open(work.main, case_id, Compartment.STORY, Part.WHOLE)


def holders(built: Built, case_id: bytes) -> set[bytes]:
    """Return the ids of the staff in whose inbox the case stands."""
    with reading(built.stores) as work:
        return set(holders_of(work.main, case_id))


def grants(built: Built, case_id: bytes) -> Sequence[Grant]:
    """Return every grant of a case, apart from the database."""
    with reading(built.stores) as work:
        found = grants_of_case(work.main, case_id)
        work.main.expunge_all()
        return found


def items(built: Built, case_id: bytes, *kinds: ItemKind) -> Sequence[Item]:
    """Return the sealed items of a case, apart from the database."""
    with reading(built.stores) as work:
        found = items_of(work.main, case_id, *kinds)
        work.main.expunge_all()
        return found


def count(built: Built, table: type) -> int:
    """Return how many rows a table of the main database has."""
    with reading(built.stores) as work:
        return len(work.main.execute(select(table)).all())


def tamper(built: Built, statement: str, **values: object) -> None:
    """Change the main database past all services, as somebody could who sits at its console."""
    with writing(built.stores) as work:
        work.main.execute(text(statement), values)


def declare_duty(built: Built, office: Office) -> Office:
    """Let the law of an office declare a duty that may open a name, and return the office."""
    return sign_law(built, office, identity_duty="Child protection act")


def called(name: str, *, visible: bool = False) -> Identity:
    """Return what she writes about herself."""
    answer = Answer("about.name", "Your name", AnswerState.ANSWERED, name)
    return Identity((answer,), visible_to_team=visible)


def ask_first(built: Built, member: StaffMember, case_id: bytes, staff_id: bytes) -> None:
    """Try to assign where she wants to be asked first: the question is kept, as the page keeps it."""
    with writing(built.stores) as work, suppress(Waiting):
        assign(work, built.house, member, case_id, staff_id)


def waiting_requests(built: Built, reporter: Reporter, case_id: bytes) -> list[AskedOfHer]:
    """Return what her page asks her."""
    return [asked for asked in her_page(built, reporter, case_id).requests if asked.state is RequestState.WAITING]


class Crashed(Exception):  # noqa: N818 - what a test calls a power cut
    """The process ended between the two commits of a unit."""


@contextmanager
def power_cut(built: Built) -> Iterator[None]:
    """Let every unit meanwhile end when the shred store has committed and the main database has not."""

    def cut(_: Connection) -> None:
        raise Crashed

    event.listen(built.stores.main, "commit", cut)
    try:
        with pytest.raises(Crashed):
            yield
    finally:
        event.remove(built.stores.main, "commit", cut)
        built.stores.main.dispose()


def conclude(built: Built, member: StaffMember, reporter: Reporter, case_id: bytes) -> None:
    """Take a case to its conclusion, where she does not want to hear the outcome."""
    for act in (Act.ACKNOWLEDGE, Act.CONCLUDE):
        in_unit(built, casework.take_step, member, case_id, act)
    in_unit(built, outcome.waive, reporter, case_id, waived=True)


def agree(built: Built, member: StaffMember) -> None:
    """Say yes to everything that waits for this person's yes; one sees nothing of it before the conflict question."""
    with reading(built.stores) as work:
        waiting = [proposal.request_id for proposal in approvals.waiting_for(work, built.house, member)]
    assert waiting, "nothing waits for this person"
    for request_id in waiting:
        in_unit(built, approvals.decide, member, request_id, yes=True)


def close_by_two(built: Built, member: StaffMember, second: StaffMember, case_id: bytes) -> None:
    """Close a concluded case: one asks, a second person agrees, the first closes it."""
    assert not in_unit(built, closing.close, member, case_id)
    take_up(built, second, case_id)
    agree(built, second)
    assert in_unit(built, closing.close, member, case_id)
