"""Assistance, in whatever state the case is: the safety plan, and when somebody asks again."""

from dataclasses import replace
from datetime import date

from reporting.domain.protection.assistance import FollowUp, SafetyPlan
from reporting.domain.sealed.entry import UNSIGNED
from reporting.domain.words import clean_text
from reporting.services.actors import StaffMember
from reporting.services.errors import NotAllowed
from reporting.services.house import House
from reporting.services.protection.agreement import open_plan
from reporting.services.protection.reviews import note_plan
from reporting.services.sealed.entries import Filed, add, change, file_of
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
