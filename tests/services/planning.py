"""What is planned for her in these tests, in one line each, through the services."""

from datetime import date, timedelta
from typing import Any

from reporting.domain.protection.agreement import Said
from reporting.domain.protection.measures import MeasureKind, Moves
from reporting.domain.reading.approvals import Matter
from reporting.services.actors import Actor, Reporter, StaffMember
from reporting.services.protection import assistance, measures, telling
from reporting.services.protection.measures import Known, Proposed, measures_of
from reporting.services.protection.telling import Plan, Planned, plans_of
from reporting.services.reading import approvals
from reporting.services.sealed.entries import CaseFile, file_of
from reporting.services.sealed.sealing import open_case
from reporting.store.database import reading
from tests.builders import Built, in_unit

NAMED = "Viktor Example"


def in_days(built: Built, count: int) -> date:
    """Return a day from today on."""
    return built.house.today() + timedelta(days=count)


def file_for(built: Built, actor: Actor, case_id: bytes) -> CaseFile:
    """Return the file as somebody opens it."""
    with reading(built.stores) as work:
        return file_of(work, open_case(work, actor, built.house, case_id))


def propose(built: Built, member: StaffMember, case_id: bytes, **facts: Any) -> bytes:
    """Propose a measure; a desk elsewhere for her, from today on, unless the test says otherwise."""
    usual: dict[str, Any] = {
        "kind": MeasureKind.SEPARATION,
        "moves": Moves.HER,
        "words": "A desk on the third floor.",
        "starts_on": in_days(built, 0),
        "review_on": in_days(built, 30),
    }
    found: bytes = in_unit(built, measures.propose, member, case_id, Proposed(**(usual | facts)))
    return found


def known(built: Built, actor: Actor, case_id: bytes, measure_id: bytes) -> Known:
    """Return a measure as somebody reads it."""
    return next(one for one in measures_of(file_for(built, actor, case_id)) if one.id == measure_id)


def plan(built: Built, member: StaffMember, case_id: bytes, **facts: Any) -> bytes:
    """Plan that the named person is told in ten days."""
    usual: dict[str, Any] = {
        "person": NAMED,
        "tell_on": in_days(built, 10),
        "content": "That somebody reported remarks at work.",
        "shows": "Only you sat in that meeting.",
        "by": "The head of conduct",
    }
    found: bytes = in_unit(built, telling.plan, member, case_id, Plan(**(usual | facts)))
    return found


def planned(built: Built, actor: Actor, case_id: bytes, telling_id: bytes) -> Planned:
    """Return a plan as somebody reads it."""
    return next(one for one in plans_of(file_for(built, actor, case_id)) if one.id == telling_id)


def keep_safe(built: Built, member: StaffMember, case_id: bytes) -> None:
    """Look at the safety plan today."""
    in_unit(built, assistance.write_plan, member, case_id, "A friend walks with you.", review_on=in_days(built, 30))


def says(built: Built, reporter: Reporter, case_id: bytes, telling_id: bytes, said: Said) -> None:
    """Let her answer a plan to tell the named person."""
    in_unit(built, telling.answer, reporter, case_id, telling_id, says=said)


def tell(built: Built, member: StaffMember, case_id: bytes, telling_id: bytes) -> None:
    """Record that the person was told."""
    in_unit(built, telling.record_told, member, case_id, telling_id)


def agree_as_second(built: Built, member: StaffMember) -> None:
    """Say yes to the one proposal that waits for this colleague."""
    with reading(built.stores) as work:
        (waits,) = approvals.waiting_for(work, built.house, member)
    assert waits.matter is Matter.TELLING_NAMED
    in_unit(built, approvals.decide, member, waits.request_id, yes=True)
