"""Assistance, in whatever state the case is: the safety plan, offered services, and when somebody asks again."""

from dataclasses import replace
from datetime import date

from reporting.domain.assistance import SERVICE_TRANSITIONS, FollowUp, Need, SafetyPlan, Service, ServiceAct
from reporting.domain.case import Side
from reporting.domain.entry import UNSIGNED
from reporting.domain.words import clean_text
from reporting.services.actors import Reporter, StaffMember
from reporting.services.errors import NotAllowed
from reporting.services.house import House
from reporting.services.protection.agreement import open_hers, open_plan, tell_team
from reporting.services.protection.reviews import note_plan
from reporting.services.sealed.entries import Filed, add, change, file_of
from reporting.services.sealed.sealing import OpenCase
from reporting.store.database import Work


def write_plan(work: Work, house: House, actor: StaffMember, case_id: bytes, words: str, *, review_on: date) -> None:
    """Write the safety plan as it is after looking at it today; the same words say that it was looked at.

    :raises NotFound: no grant.
    :raises NotAllowed: nothing said, or the next day to look at it is not after today.
    """
    opened, today = open_plan(work, house, actor, case_id), house.today()
    words = clean_text(words).strip()
    if not words or review_on <= today:
        raise NotAllowed
    add(work, house, opened, actor, SafetyPlan(*UNSIGNED, words, review_on.isoformat()))
    note_plan(work, house, opened, actor)


def offer(work: Work, house: House, actor: StaffMember, case_id: bytes, need: Need, provider: str, told: str) -> bytes:
    """Offer her a service, and return its id. Nothing is passed on before she says yes. Twice is once.

    :raises NotFound: no grant.
    :raises NotAllowed: no provider, or not said what the provider would learn.
    """
    opened, day = open_plan(work, house, actor, case_id), house.today().isoformat()
    provider, told = clean_text(provider).strip(), clean_text(told).strip()
    if not provider or not told:
        raise NotAllowed
    for one in file_of(work, opened).all(Service):
        if (one.entry.day, one.entry.need, one.entry.provider, one.entry.told) == (day, need, provider, told):
            return one.id
    filed = add(work, house, opened, actor, Service(*UNSIGNED, need, provider, told, since=day))
    note_plan(work, house, opened, actor)
    return filed.id


def record(work: Work, house: House, actor: StaffMember, case_id: bytes, service_id: bytes, act: ServiceAct) -> None:
    """Write down what the provider did, or take the offer back.

    :raises NotFound: no grant, or the case has no such offer.
    :raises NotAllowed: the table has no such step from here for staff: whether she takes it is hers.
    """
    opened = open_plan(work, house, actor, case_id)
    _move(work, house, opened, service_id, act, Side.HANDLER)
    note_plan(work, house, opened, actor)


def answer(work: Work, house: House, reporter: Reporter, case_id: bytes, service_id: bytes, *, act: ServiceAct) -> None:
    """Take a service, decline it, or take her yes back.

    :raises NotFound: her token does not open this case, or it has no such offer.
    :raises NotAllowed: the offer does not stand so any more, or nobody holds the case any more.
    """
    opened = open_hers(work, house, reporter, case_id)
    _move(work, house, opened, service_id, act, Side.SURVIVOR)
    tell_team(work, house, opened)


def follow_up(work: Work, house: House, actor: StaffMember, case_id: bytes, words: str, *, due_on: date) -> None:
    """Say that somebody asks again on a day, and what about.

    :raises NotFound: no grant.
    :raises NotAllowed: nothing said, or a day that is over.
    """
    opened, today = open_plan(work, house, actor, case_id), house.today()
    words = clean_text(words).strip()
    if not words or due_on < today:
        raise NotAllowed
    add(work, house, opened, actor, FollowUp(*UNSIGNED, words, due_on.isoformat()))
    note_plan(work, house, opened, actor)


def followed_up(work: Work, house: House, actor: StaffMember, case_id: bytes, item_id: bytes) -> None:
    """Note that it was done today.

    :raises NotFound: no grant, or the case has no such entry.
    :raises NotAllowed: it was done already.
    """
    opened = open_plan(work, house, actor, case_id)
    filed = file_of(work, opened).one(FollowUp, item_id)
    if filed.entry.done_on:
        raise NotAllowed
    change(work, opened, Filed(filed.id, replace(filed.entry, done_on=house.today().isoformat())))
    note_plan(work, house, opened, actor)


def _move(work: Work, house: House, opened: OpenCase, service_id: bytes, act: ServiceAct, side: Side) -> None:
    filed = file_of(work, opened).one(Service, service_id)
    after = SERVICE_TRANSITIONS.get((filed.entry.state, act, side))
    if after is None:
        raise NotAllowed
    change(work, opened, Filed(filed.id, replace(filed.entry, state=after, since=house.today().isoformat())))
