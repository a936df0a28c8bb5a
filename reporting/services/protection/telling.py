"""When the named person is told, and what must be there first.

Nobody is told before the day that she reads, before her safety plan was looked at, or without her yes. On a formal way
a second person may agree instead: when she said no, or has let the days go by, and after she could read why.
"""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from reporting.domain.casework.ways import Way, way_of
from reporting.domain.protection.agreement import Said
from reporting.domain.protection.assistance import SafetyPlan
from reporting.domain.protection.named_person import (
    ANSWER_DAYS,
    TELL_WITHIN_DAYS,
    Gap,
    Telling,
    TellingState,
    WithoutYes,
)
from reporting.domain.reading.approvals import Matter
from reporting.domain.sealed.entry import UNSIGNED
from reporting.domain.words import clean_text
from reporting.services.actors import Reporter, StaffMember
from reporting.services.casework.filing import note
from reporting.services.errors import NotAllowed, NotHerWay
from reporting.services.house import House
from reporting.services.protection.agreement import answer_of, open_hers, open_plan, said, write_answer
from reporting.services.protection.named_person import names_in
from reporting.services.reading.approvals import carry_out, is_agreed, propose
from reporting.services.reading.consent import choices_of, people_of
from reporting.services.sealed.entries import CaseFile, Filed, add, change, file_of
from reporting.services.sealed.sealing import OpenCase
from reporting.store.database import Work


@dataclass(frozen=True)
class Plan:
    """What a handler plans: who is told, on which day, what, by whom, and what could show who she is."""

    person: str
    tell_on: date
    content: str
    shows: str
    by: str


@dataclass(frozen=True)
class Planned:
    """A plan with her answer, and with the words she reads where it should happen without her yes."""

    id: bytes
    telling: Telling
    said: Said | None
    said_on: date | None
    without_yes: WithoutYes | None

    @property
    def answer_by(self) -> date:
        """Return from which day on a second person may be asked: her "not now" gives her the days anew."""
        return (self.said_on or self.telling.written_on) + timedelta(days=ANSWER_DAYS)


def plans_of(file: CaseFile) -> list[Planned]:
    """Return every plan to tell somebody, in order, each with her answer."""
    return [_planned(file, one) for one in file.all(Telling)]


def plan(work: Work, house: House, actor: StaffMember, case_id: bytes, planned: Plan) -> bytes:
    """Plan that a person is told, and return its id. She reads it at once; an older plan for the person is called off.

    :raises NotFound: no grant.
    :raises NotAllowed: nobody whom she named, a day before tomorrow, or something left empty: above all what could
        show who she is.
    :raises NotHerWay: she wants support only.
    """
    opened = open_plan(work, house, actor, case_id)
    words = [clean_text(one).strip() for one in (planned.content, planned.shows, planned.by)]
    if planned.person not in names_in(people_of(work, opened)) or not all(words):
        raise NotAllowed
    if planned.tell_on <= house.today():
        raise NotAllowed
    if way_of(choices_of(work, opened)) is Way.SUPPORT:
        raise NotHerWay
    file = file_of(work, opened)
    content, shows, by = words
    day = planned.tell_on.isoformat()
    telling = Telling(*UNSIGNED, planned.person, day, content, shows, by)
    for one in file.all(Telling):
        if one.entry.state is TellingState.PLANNED and one.entry.person == planned.person:
            if one.entry.written_on == house.today() and _proposes(one.entry) == _proposes(telling):
                return one.id
            change(work, opened, Filed(one.id, replace(one.entry, state=TellingState.CALLED_OFF)))
    filed = add(work, house, opened, actor, telling)
    note(work, house, opened, actor, shared=True)
    return filed.id


def call_off(work: Work, house: House, actor: StaffMember, case_id: bytes, telling_id: bytes) -> None:
    """Call a plan off; she reads so.

    :raises NotFound: no grant, or the case has no such plan.
    :raises NotAllowed: the person was told already, or the plan is off.
    """
    opened = open_plan(work, house, actor, case_id)
    filed = _still_planned(file_of(work, opened), telling_id)
    change(work, opened, Filed(filed.id, replace(filed.entry, state=TellingState.CALLED_OFF)))
    note(work, house, opened, actor, shared=True)


def answer(work: Work, house: House, reporter: Reporter, case_id: bytes, telling_id: bytes, *, says: Said) -> None:
    """Write her answer to a plan.

    :raises NotFound: her token does not open this case, or it has no such plan.
    :raises NotAllowed: the person was told already, or the plan is off, or nobody holds the case any more.
    """
    opened = open_hers(work, house, reporter, case_id)
    file = file_of(work, opened)
    _still_planned(file, telling_id)
    if says is Said.MOVES_ME:
        raise NotAllowed
    write_answer(work, house, opened, reporter, file, telling_id, says)


def ask_second(work: Work, house: House, actor: StaffMember, case_id: bytes, telling_id: bytes, *, why: str) -> None:
    """Say why the person has to be told without her yes, which she reads, and ask a second person.

    :raises NotFound: no grant, or the case has no such plan.
    :raises NotAllowed: no reason given, her way is one on which nobody is told without her yes, she said yes, or
        she still has time to answer.
    :raises NoSecondPerson: nobody else may decide.
    """
    opened = open_plan(work, house, actor, case_id)
    file, why = file_of(work, opened), clean_text(why).strip()
    filed = _still_planned(file, telling_id)
    if not why or said(file, telling_id) is Said.YES or _waits_for_her(house, opened, work, file, filed) is not None:
        raise NotAllowed
    known = _reason_filed(file, telling_id)
    if known is None or known.entry.why != why or not _is_newer(file, known, telling_id):
        entry = WithoutYes(*UNSIGNED, telling_id.hex(), why)
        known = add(work, house, opened, actor, entry)
        note(work, house, opened, actor, shared=True)
    propose(work, house, actor, opened, Matter.TELLING_NAMED, known.id)


def gaps(work: Work, house: House, opened: OpenCase, file: CaseFile, telling_id: bytes) -> list[Gap]:
    """Return what is missing before the person may be told; nothing where it may be recorded as done."""
    filed = _still_planned(file, telling_id)
    missing = [Gap.WAY] if way_of(choices_of(work, opened)) is Way.SUPPORT else []
    missing += _day_gaps(house.today(), date.fromisoformat(filed.entry.tell_on))
    reviewed = file.last(SafetyPlan)
    if reviewed is None or reviewed.entry.position < filed.entry.position:
        missing.append(Gap.PLAN)
    if said(file, telling_id) is Said.YES:
        return missing
    waits = _waits_for_her(house, opened, work, file, filed)
    if waits is not None:
        return [*missing, waits]
    reason = _reason_filed(file, telling_id)
    counts = reason is not None and _is_newer(file, reason, telling_id)
    agreed = reason is not None and counts and is_agreed(work, house, opened, Matter.TELLING_NAMED, reason.id)
    return missing if agreed else [*missing, Gap.SECOND]


def record_told(work: Work, house: House, actor: StaffMember, case_id: bytes, telling_id: bytes) -> None:
    """Record that the person was told today; she reads so.

    :raises NotFound: no grant, or the case has no such plan.
    :raises NotAllowed: something is missing (`gaps`), the person was told already, or the plan is off.
    """
    opened = open_plan(work, house, actor, case_id)
    file = file_of(work, opened)
    filed = _still_planned(file, telling_id)
    if gaps(work, house, opened, file, telling_id):
        raise NotAllowed
    without_yes = said(file, telling_id) is not Said.YES
    reason = _reason_filed(file, telling_id)
    if without_yes and reason is not None:
        carry_out(work, house, opened, Matter.TELLING_NAMED, reason.id)
    told = replace(filed.entry, state=TellingState.TOLD, told_on=house.today().isoformat(), without_yes=without_yes)
    change(work, opened, Filed(filed.id, told))
    note(work, house, opened, actor, shared=True)


def _planned(file: CaseFile, filed: Filed[Telling]) -> Planned:
    hers, reason = answer_of(file, filed.id), _reason_filed(file, filed.id)
    answer, day = (hers.entry.said, hers.entry.written_on) if hers else (None, None)
    return Planned(filed.id, filed.entry, answer, day, reason.entry if reason else None)


def _day_gaps(today: date, tell_on: date) -> list[Gap]:
    if today < tell_on:
        return [Gap.DAY]
    return [Gap.PAST] if today > tell_on + timedelta(days=TELL_WITHIN_DAYS) else []


def _still_planned(file: CaseFile, telling_id: bytes) -> Filed[Telling]:
    filed = file.one(Telling, telling_id)
    if filed.entry.state is not TellingState.PLANNED:
        raise NotAllowed
    return filed


def _proposes(telling: Telling) -> tuple[str, ...]:
    return telling.tell_on, telling.content, telling.shows, telling.by


def _waits_for_her(house: House, opened: OpenCase, work: Work, file: CaseFile, filed: Filed[Telling]) -> Gap | None:
    """Return why no second person may decide in her place yet: her way forbids it, or she still has time."""
    if way_of(choices_of(work, opened)) is not Way.FORMAL:
        return Gap.HER_NO
    hers = answer_of(file, filed.id)
    if hers is not None and hers.entry.said is Said.NO:
        return None
    since = hers.entry.written_on if hers is not None else filed.entry.written_on
    return Gap.HER_ANSWER if house.today() < since + timedelta(days=ANSWER_DAYS) else None


def _reason_filed(file: CaseFile, telling_id: bytes) -> Filed[WithoutYes] | None:
    about = telling_id.hex()
    return next(iter([one for one in file.all(WithoutYes) if one.entry.about == about][-1:]), None)


def _is_newer(file: CaseFile, reason: Filed[WithoutYes], telling_id: bytes) -> bool:
    """Return whether the reason was given after her last answer: what she says later asks anew."""
    hers = answer_of(file, telling_id)
    return hers is None or reason.entry.position > hers.entry.position
