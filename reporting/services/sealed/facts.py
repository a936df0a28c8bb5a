"""The statistical fact of a case, sealed to the statistics key and sealed anew at each change.

Staff cannot open an old fact; whoever changes a case holds its story and builds the fact afresh.
"""

from reporting.crypto.facts import seal_fact
from reporting.domain.case import ItemKind, Status
from reporting.domain.casework.classification import Counted
from reporting.domain.protection.referral import TAKEN_UP, Referral
from reporting.domain.questions import Door
from reporting.domain.sealed.disclosure import Choices, Disclosure
from reporting.domain.sealed.statistics import (
    CELLS,
    NOT_COUNTED,
    Conduct,
    Fact,
    conduct_of,
    outcome_of,
    relationship_of,
)
from reporting.services.casework.course import course_of
from reporting.services.house import House
from reporting.services.sealed.entries import CaseFile, file_of
from reporting.services.sealed.sealing import OpenCase, read_one
from reporting.store.database import Work

NOTHING_FILED = CaseFile(())
NOT_COUNTED_IN = (Status.PRIVATE, Status.SET_ASIDE, Status.WITHDRAWN, Status.ERASING)
NOT_ACKNOWLEDGED = (Status.PRIVATE, Status.RECEIVED)


def fact_of(disclosure: Disclosure, choices: Choices, status: Status, file: CaseFile = NOTHING_FILED) -> Fact:
    """Return what may be counted; nothing without her consent while only she can open it, or set aside.

    Of the file it looks only at what is shared with her, so that whoever seals the fact says the same.
    """
    if not choices.statistics or status in NOT_COUNTED_IN:
        return NOT_COUNTED
    now = course_of(file, choices)
    return Fact(
        conduct=_conduct(disclosure, choices, file),
        relationship=relationship_of(_ticked(disclosure, "people.relationship")),
        referral=any(one.entry.state in TAKEN_UP for one in file.all(Referral)),
        acknowledged=status not in NOT_ACKNOWLEDGED,
        outcome=outcome_of(status, now.note.entry.finding if now.note else None, informally=now.she_agreed),
    )


def seal(house: House, case_id: bytes, fact: Fact) -> bytes:
    """Return the sealed fact of a case, always equally long."""
    return seal_fact(house.keyring.statistics_public, case_id, fact.to_bytes())


def reseal_fact(work: Work, house: House, opened: OpenCase) -> None:
    """Seal the fact anew after a change."""
    disclosure, choices = read_one(work, opened, ItemKind.DISCLOSURE), read_one(work, opened, ItemKind.CHOICES)
    if disclosure is None or choices is None:
        return
    file = file_of(work, opened)
    fact = fact_of(Disclosure.from_bytes(disclosure), Choices.from_bytes(choices), Status(opened.row.status), file)
    opened.row.fact = seal(house, opened.id, fact)


def _conduct(disclosure: Disclosure, choices: Choices, file: CaseFile) -> Conduct:
    counted = file.last(Counted)
    if counted is not None and choices.door is not Door.RETALIATION:
        return CELLS[counted.entry.cell]
    link = next(iter(_ticked(disclosure, "details.link")), "")
    return conduct_of(choices.door, _ticked(disclosure, "details.conduct"), link)


def _ticked(disclosure: Disclosure, question_id: str) -> tuple[str, ...]:
    answer = disclosure.answer(question_id)
    return answer.choices if answer else ()
