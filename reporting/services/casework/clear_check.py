"""ClearCheck: every check looked at by a person, agreed to by another, and entered by hand."""

from dataclasses import replace

from reporting.domain.casework.clear_check import Check, ClearCheck
from reporting.domain.casework.outcome import SUPPORTED, Outcome
from reporting.domain.reading.approvals import Matter
from reporting.domain.sealed.entry import UNSIGNED
from reporting.policy import Permission
from reporting.services.actors import StaffMember
from reporting.services.casework.case import open_to_work
from reporting.services.casework.filing import note, put_on_file
from reporting.services.casework.rounds import last_of_round
from reporting.services.errors import NotSupported
from reporting.services.house import House
from reporting.services.reading.approvals import carry_out, propose
from reporting.services.sealed.entries import CaseFile, Filed, change, file_of
from reporting.store.database import Work


def ask_clear_check(
    work: Work, house: House, actor: StaffMember, case_id: bytes, checked: frozenset[Check]
) -> Filed[ClearCheck]:
    """Keep a checklist and ask a second person; their yes is to this very list.

    :raises NotSupported: the outcome does not support what she told, or a check is missing.
    :raises NoSecondPerson: nobody else may be asked.
    """
    opened = open_to_work(work, house, actor, case_id, Permission.PROPOSE)
    outcome = supported_outcome(file_of(work, opened))
    if checked != frozenset(Check):
        raise NotSupported
    entry = ClearCheck(*UNSIGNED, outcome.id.hex(), tuple(Check))
    filed = put_on_file(work, house, opened, actor, entry)
    propose(work, house, actor, opened, Matter.CLEAR_CHECK, filed.id)
    return filed


def enter(work: Work, house: House, actor: StaffMember, case_id: bytes, check_id: bytes) -> None:
    """Keep that a person has entered it there. Two people agreed before, and nothing is sent from here.

    :raises NotFound: this case has no such checklist.
    :raises NotSupported: the outcome is another one by now.
    :raises NotAllowed: nobody else has agreed to this list, or it was entered already.
    """
    opened = open_to_work(work, house, actor, case_id, Permission.PROPOSE)
    file = file_of(work, opened)
    filed = file.one(ClearCheck, check_id)
    if filed.entry.outcome != supported_outcome(file).id.hex():
        raise NotSupported
    carry_out(work, house, opened, Matter.CLEAR_CHECK, check_id)
    entered = replace(filed.entry, entered_on=house.today().isoformat(), entered_by=actor.display_name)
    change(work, opened, Filed(check_id, entered))
    note(work, house, opened, actor)


def supported_outcome(file: CaseFile) -> Filed[Outcome]:
    """Return the outcome of this round.

    :raises NotSupported: there is none, or it does not support what she told.
    """
    outcome = last_of_round(file, Outcome)
    if outcome is None or outcome.entry.finding not in SUPPORTED:
        raise NotSupported
    return outcome
