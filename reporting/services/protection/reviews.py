"""When somebody has to look again at what is planned for her: measures, safety plan, follow-ups, silent services."""

from datetime import date

from reporting.domain.protection.assistance import FollowUp, SafetyPlan
from reporting.domain.protection.measures import Measure, MeasureState
from reporting.domain.protection.referral import Referral
from reporting.services.actors import StaffMember
from reporting.services.casework.clocks import look_again_on
from reporting.services.casework.filing import note
from reporting.services.house import House
from reporting.services.sealed.entries import CaseFile, file_of
from reporting.services.sealed.sealing import OpenCase
from reporting.store.database import Work


def next_look(file: CaseFile) -> date | None:
    """Return the nearest day, or nothing where nothing is planned that has to be looked at again."""
    running = [one.entry.review_on for one in file.all(Measure) if one.entry.state is MeasureState.RUNNING]
    asking = [one.entry.due_on for one in file.all(FollowUp) if not one.entry.done_on]
    silent = [one.entry.answer_by for one in file.all(Referral) if one.entry.is_silent_from]
    safety = file.last(SafetyPlan)
    days = [*running, *asking, *silent, *([safety.entry.review_on] if safety else [])]
    return min(map(date.fromisoformat, days), default=None)


def set_next_look(work: Work, house: House, opened: OpenCase) -> None:
    """Let the clock run to that day, so that a chore can see it pass without a key."""
    work.main.flush()
    look_again_on(work, house, opened.row, next_look(file_of(work, opened)))


def note_plan(work: Work, house: House, opened: OpenCase, actor: StaffMember) -> None:
    """Record that a handler changed what is planned, and set the clock by what stands there now."""
    note(work, house, opened, actor, shared=True)
    set_next_look(work, house, opened)
