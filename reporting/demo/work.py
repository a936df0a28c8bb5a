"""The work on two cases: an investigation with its plan, and something settled informally because she said yes."""

from datetime import timedelta

from reporting.demo.stage import Stage, Told
from reporting.domain.casework.assessment import Detriment, Risk
from reporting.domain.casework.classification import ConductKind, Factor, Setting, Target
from reporting.domain.casework.interviews import Whom
from reporting.domain.casework.outcome import Consequence, Finding
from reporting.domain.casework.resolution import Measure
from reporting.domain.casework.tasks import TaskKind, TaskState
from reporting.services.actors import StaffMember
from reporting.services.casework.assessment import Looked, assess
from reporting.services.casework.classification import Found, classify
from reporting.services.casework.interviews import Held, keep_interview
from reporting.services.casework.outcome import Decided, record_outcome, tell_outcome
from reporting.services.casework.plan import write_plan
from reporting.services.casework.resolution import answer_offer, offer
from reporting.services.casework.tasks import NewTask, add_task, end_task


def plan_the_training_case(stage: Stage, told: Told, amina: StaffMember) -> None:
    """What kind it is, what could happen to her, the plan and its first task."""
    kinds = frozenset({ConductKind.SEXUAL_HARASSMENT, ConductKind.ONLINE_MESSAGES})
    factors = frozenset({Factor.POWER, Factor.REPETITION})
    where = frozenset({Setting.OUTSIDE_PREMISES, Setting.ONLINE})
    stage.do(classify, amina, told.case_id, Found(kinds, where, factors, Target.WORKFORCE))
    today = stage.house.today()
    could = frozenset({Detriment.CONTRACT, Detriment.REPUTATION})
    looked = Looked(
        Risk.SOME,
        could,
        "The partner decides about the next training.",
        "The list of participants is kept by us until this is settled.",
        today + timedelta(days=30),
    )
    stage.do(assess, amina, told.case_id, looked)
    stage.do(write_plan, amina, told.case_id, "Hear those who saw it, keep the messages, give him the time to answer.")
    keep = NewTask(TaskKind.EVIDENCE, "Keep the messages that were shown", amina.staff_id, today + timedelta(days=3))
    kept = stage.do(add_task, amina, told.case_id, keep)
    stage.do(end_task, amina, told.case_id, kept.id, TaskState.DONE)
    write = NewTask(TaskKind.CONTACT, "Write how far it is", amina.staff_id, today + timedelta(days=30))
    stage.do(add_task, amina, told.case_id, write)


def hear_the_witness(stage: Stage, told: Told, amina: StaffMember) -> None:
    """One interview, with support offered."""
    held = Held(
        Whom.WITNESS,
        stage.house.today(),
        "A colleague of trust",
        support_offered=True,
        notes="Saw both at the table on the second evening, and her leaving it. Was shown one message on the way home.",
    )
    stage.do(keep_interview, amina, told.case_id, held)


def settle_the_jokes(stage: Stage, told: Told, samir: StaffMember) -> None:
    """An offer that she agreed to."""
    made = stage.do(
        offer,
        samir,
        told.case_id,
        Measure.WORD,
        "I would speak with the driver about jokes on trips, without saying who wrote. He would learn nothing else.",
    )
    stage.do(answer_offer, told.reporter, told.case_id, made.id, yes=True)


def end_the_jokes(stage: Stage, told: Told, samir: StaffMember) -> None:
    """The outcome of something informal, told before the case closes."""
    done = frozenset({Consequence.WORK_CHANGED, Consequence.TRAINING})
    stage.do(record_outcome, samir, told.case_id, Decided(Finding.NONE, "Settled with a word, as agreed.", done))
    text = "I have spoken with the driver, as you agreed. He drives another team, and all take part in a training."
    stage.do(tell_outcome, samir, told.case_id, text, done)
