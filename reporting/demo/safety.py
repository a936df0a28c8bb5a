"""What is planned in the demonstration so that nobody comes to harm: measures, a safety plan, help, a day to tell."""

from datetime import timedelta

from reporting.demo.referral import taken_up, waits_for_her_yes
from reporting.demo.stage import Stage, Told
from reporting.domain.protection.agreement import Said
from reporting.domain.protection.measures import MeasureKind, Moves
from reporting.services.actors import StaffMember
from reporting.services.protection import assistance, measures, telling
from reporting.services.protection.measures import Proposed
from reporting.services.protection.telling import Plan


def offered_desk(stage: Stage, told: Told, elena: StaffMember) -> None:
    """A desk elsewhere, which waits for her yes, and somebody to talk to, which she may take."""
    today = stage.house.today()
    desk = Proposed(
        MeasureKind.SEPARATION,
        Moves.HER,
        "You work at a desk on the third floor. Your team is told that it is for a project.",
        today,
        today + timedelta(days=30),
    )
    stage.do(measures.propose, elena, told.case_id, desk)
    waits_for_her_yes(stage, told, elena)


def planned_day(stage: Stage, told: Told, amina: StaffMember, *, before: int) -> None:
    """A day on which the trainer learns of it; she has answered, and her safety plan was looked at.

    :param before: how many days from now the calendar stands; the day is a week ahead of the present one.
    """
    today = stage.house.today()
    away = Proposed(
        MeasureKind.NO_CONTACT,
        Moves.NAMED,
        "He gives no trainings for us until it is settled, and does not write to anybody who took part.",
        today,
        today + timedelta(days=60),
    )
    stage.do(measures.begin, amina, told.case_id, stage.do(measures.propose, amina, told.case_id, away))
    day = Plan(
        "Oleg Sandu",
        today + timedelta(days=before + 7),
        "That a participant of the training in April says he touched and pressed them, and that he can answer.",
        "The month and the hotel. Two people saw it, and they know who it was about.",
        "The head of conduct, together with his company",
    )
    telling_id = stage.do(telling.plan, amina, told.case_id, day)
    words = "He does not know your number or room. Your supervisor is told nothing. A colleague is with you that day."
    stage.do(assistance.write_plan, amina, told.case_id, words, review_on=day.tell_on)
    stage.do(assistance.follow_up, amina, told.case_id, "How was the day?", due_on=day.tell_on + timedelta(days=1))
    stage.do(telling.answer, told.reporter, told.case_id, telling_id, says=Said.YES)
    taken_up(stage, told, amina)
