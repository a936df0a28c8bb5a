"""What has happened before the curtain rises: one function for each case, the oldest first."""

from contextlib import suppress

from reporting.demo import stories
from reporting.demo.asides import lines, tried_out
from reporting.demo.directory import checked_lately
from reporting.demo.evidence import added_evidence
from reporting.demo.fund import fund_at_work
from reporting.demo.kept import keep_and_answer
from reporting.demo.library import filled_library, planned_event
from reporting.demo.rules import new_rules, on_duty
from reporting.demo.safety import offered_desk, planned_day
from reporting.demo.stage import Stage, Told
from reporting.demo.work import end_the_jokes, hear_the_witness, plan_the_training_case, settle_the_jokes
from reporting.domain.case import Act
from reporting.domain.casework.outcome import Finding
from reporting.services.actors import StaffMember
from reporting.services.casework import escalation
from reporting.services.casework.case import take_step, write_note
from reporting.services.casework.closing import close
from reporting.services.casework.messages import write_as_reporter, write_as_staff
from reporting.services.casework.outcome import Decided, record_outcome, tell_outcome
from reporting.services.errors import Waiting
from reporting.services.house import House
from reporting.services.oversight import inaction
from reporting.services.reading.approvals import decide, waiting_for
from reporting.services.reading.assignment import assign
from reporting.store.database import Work


def play(stage: Stage) -> dict[str, Told]:
    """Let everything happen and return whose token opens what."""
    lines(stage)
    answered_question(stage)
    under_investigation(stage)
    new_rules(stage, 18)
    her_report = answered_report(stage)
    concluded(stage)
    witnessed(stage)
    overdue(stage)
    told = {
        "report": her_report,
        "private record": stage.tell(stories.DIARY, 6),
        "complaint": stage.tell(stories.UNANSWERED, 3),
    }
    filled_library(stage)
    checked_lately(stage)
    planned_event(stage)
    tried_out(stage)
    asks = stage.tell(stories.CHAT, 0)
    fund_at_work(stage, her_report, told["private record"], told["complaint"], asks)
    on_duty(stage)
    last_night(stage)
    return told


def answered_report(stage: Stage) -> Told:
    """The report whose token is handed out: an answer waits, and so does a question that only she decides."""
    told = stage.tell(stories.UNIT_HEAD, 17)
    elena = stage.take_up("elena.rusu", told, 16, "Remarks and pressure in a unit")
    stage.do(take_step, elena, told.case_id, Act.ACKNOWLEDGE)
    stage.do(
        write_as_staff,
        elena,
        told.case_id,
        "Thank you for telling us. I have read what you wrote; besides me only Victor Munteanu can open it. Nothing is "
        "done before you have said what you want. Are there days on which you would rather not meet him at all?",
    )
    stage.calendar.go_to(12)
    stage.do(
        write_as_reporter,
        told.reporter,
        told.case_id,
        "Mondays, after the meeting of the unit. I would like to work from another floor until this is settled.",
    )
    added_evidence(stage, told)
    victor = stage.take_up("victor.munteanu", told, 11)
    stage.do(write_note, victor, told.case_id, "A desk on the third floor is free. It needs no reason given.")
    stage.calendar.go_to(1, working=True)
    stage.do(
        write_as_staff,
        elena,
        told.case_id,
        "A desk on the third floor could be yours from today, if you say yes to it on your page. Amina Diallo "
        "could look into the rest. You decide on this page if she may read what you wrote. There is no hurry.",
    )
    offered_desk(stage, told, elena)
    stage.do(ask_her_first, elena, told.case_id, stage.members["amina.diallo"].staff_id)
    return told


def ask_her_first(work: Work, house: House, actor: StaffMember, case_id: bytes, staff_id: bytes) -> None:
    """Assign a case of someone who wants to be asked; the question then stands on her page."""
    with suppress(Waiting):
        assign(work, house, actor, case_id, staff_id)


def under_investigation(stage: Stage) -> None:
    """A case that an investigator works on; she let the team see her name and wished only to be told."""
    told = stage.tell(stories.TRAINING, 24)
    victor = stage.take_up("victor.munteanu", told, 23, "A trainer at a partner's training")
    stage.do(take_step, victor, told.case_id, Act.ACKNOWLEDGE)
    stage.do(assign, victor, told.case_id, stage.members["amina.diallo"].staff_id)
    amina = stage.take_up("amina.diallo", told, 21)
    stage.do(take_step, amina, told.case_id, Act.BEGIN)
    stage.do(
        write_as_staff,
        amina,
        told.case_id,
        "I am Amina Diallo and I look into this. He gives no trainings for us until it is settled. May I ask the two "
        "people who saw it, if they agree?",
    )
    stage.calendar.go_to(19)
    stage.do(write_as_reporter, told.reporter, told.case_id, "Yes. I have asked both, and one of them agrees.")
    stage.calendar.go_to(18, working=True)
    stage.do(write_note, amina, told.case_id, "First talk agreed for next week, at a place that the witness chose.")
    plan_the_training_case(stage, told, amina)
    stage.calendar.go_to(11, working=True)
    hear_the_witness(stage, told, amina)
    stage.calendar.go_to(4, working=True)
    planned_day(stage, told, amina, before=4)
    stage.calendar.go_to(3, working=True)
    keep_and_answer(stage, told, victor, amina)


def answered_question(stage: Stage) -> None:
    """A question that was answered and closed."""
    told = stage.tell(stories.ASKING, 30)
    elena = stage.take_up("elena.rusu", told, 29, "May something old be reported")
    stage.do(take_step, elena, told.case_id, Act.ACKNOWLEDGE)
    stage.do(
        write_as_staff,
        elena,
        told.case_id,
        "Yes. There is no time limit here, and it does not matter that you have left. Some outside help has limits; "
        "the help pages name them.",
    )
    nothing = Decided(Finding.NONE, "A question about time limits, answered.", frozenset())
    stage.do(record_outcome, elena, told.case_id, nothing)
    stage.do(tell_outcome, elena, told.case_id, "Your question is answered. You can report at any time.", frozenset())
    stage.do(take_step, elena, told.case_id, Act.CONCLUDE)
    stage.do(close, elena, told.case_id)
    victor = stage.take_up("victor.munteanu", told, 28)
    stage.do(agree_to_all, victor)
    stage.do(close, elena, told.case_id)


def agree_to_all(work: Work, house: House, actor: StaffMember) -> None:
    """Say yes, as the second person, to whatever waits."""
    for proposal in waiting_for(work, house, actor):
        decide(work, house, actor, proposal.request_id, yes=True)


def concluded(stage: Stage) -> None:
    """A case of the field office that is about to be closed; one case manager was excluded by her."""
    told = stage.tell(stories.FIELD_TRIP, 16)
    samir = stage.take_up("samir.haddad", told, 15, "Jokes on field trips")
    stage.do(take_step, samir, told.case_id, Act.ACKNOWLEDGE)
    stage.do(take_step, samir, told.case_id, Act.BEGIN)
    stage.do(assign, samir, told.case_id, stage.members["grace.okoro"].staff_id)
    stage.do(
        write_as_staff,
        samir,
        told.case_id,
        "Thank you for speaking for all of you. Would it help if I speak with the driver? I would not say who wrote.",
    )
    stage.calendar.go_to(13)
    stage.do(write_as_reporter, told.reporter, told.case_id, "Yes, please. It could have been any of us.")
    settle_the_jokes(stage, told, samir)
    stage.calendar.go_to(5, working=True)
    stage.do(
        write_as_staff,
        samir,
        told.case_id,
        "I have spoken with the driver, as you agreed. He does not drive your team any more, and all drivers take "
        "part in a training. Is this what you had in mind? You can answer before I close the case.",
    )
    end_the_jokes(stage, told, samir)
    stage.do(take_step, samir, told.case_id, Act.CONCLUDE)


def witnessed(stage: Stage) -> None:
    """What a witness wrote in Arabic, and was answered in Arabic."""
    told = stage.tell(stories.WITNESSED, 13)
    samir = stage.take_up("samir.haddad", told, 12, "A request at a distribution point")
    stage.do(take_step, samir, told.case_id, Act.ACKNOWLEDGE)
    stage.do(
        write_as_staff,
        samir,
        told.case_id,
        "شكراً لأنك لم تتجاهل ما رأيت. سنغيّر طريقة التوزيع هذا الأسبوع بحيث لا يعمل أحد وحده، ولن نبحث عن المرأة. "
        "إذا أرادت هي المساعدة، يمكنك أن تخبرها بهذه الصفحة.",
    )


def overdue(stage: Stage) -> None:
    """A report that nobody has answered in time: the day passed, and one handler after the other was told of it."""
    stage.tell(stories.AFTERWARDS, 9)
    for days_ago in (4, 1):
        stage.calendar.go_to(days_ago)
        escalation.watch(stage.stores, stage.house)


def last_night(stage: Stage) -> None:
    """What the chores of last night found to lie still."""
    stage.calendar.go_to(0)
    inaction.watch(stage.stores, stage.house)
