"""Closing a case: after she was told the outcome or did not want to hear it, and with a second person's yes."""

from reporting.domain.case import Act, Status, next_status
from reporting.domain.casework.outcome import Outcome
from reporting.domain.reading.approvals import Matter
from reporting.policy import Permission
from reporting.services.actors import StaffMember
from reporting.services.casework.case import move, open_to_work
from reporting.services.casework.course import Course, course
from reporting.services.casework.rounds import last_of_round
from reporting.services.errors import OutcomeFirst
from reporting.services.house import House
from reporting.services.reading.approvals import carry_out, is_agreed, propose
from reporting.services.sealed.entries import CaseFile, file_of
from reporting.store.database import Work


def close(work: Work, house: House, actor: StaffMember, case_id: bytes) -> bool:
    """Close the case where somebody else has agreed, or ask somebody to; return whether it is closed now.

    The yes is to closing on what she was told, or on her waiver: a new note or a new round needs a new one.

    :raises NotPossible: the table has no such step from here.
    :raises OutcomeFirst: she was not told the outcome that holds now, and did not say that she does not want to.
    :raises NoSecondPerson: nobody else may be asked.
    """
    opened = open_to_work(work, house, actor, case_id, Permission.PROPOSE)
    next_status(Status(opened.row.status), Act.CLOSE, actor.role)
    ground = closes_on(file_of(work, opened), course(work, opened))
    if ground is None:
        raise OutcomeFirst
    if is_agreed(work, house, opened, Matter.CLOSING, ground) is None:
        propose(work, house, actor, opened, Matter.CLOSING, ground)
        return False
    carry_out(work, house, opened, Matter.CLOSING, ground)
    move(work, house, actor, opened, Act.CLOSE)
    return True


def closes_on(file: CaseFile, now: Course) -> bytes | None:
    """Return the item on which closing rests: what she was told of the outcome, or that she does not want to hear it.

    What she was told before another outcome was found is no ground.
    """
    outcome = last_of_round(file, Outcome)
    told = now.note if now.note is not None and (outcome is None or now.note.entry.tells(outcome.entry)) else None
    ground = told or now.waiver
    return ground.id if ground else None
