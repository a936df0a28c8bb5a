"""The outcome: found with reasons, told to her in words for her, or not wanted by her."""

from dataclasses import dataclass

from reporting.domain.case import WITH_ORGANISATION
from reporting.domain.casework.outcome import ABOUT_THE_PERSON, Consequence, Finding, Outcome, OutcomeNote, Waiver
from reporting.domain.casework.ways import may_find
from reporting.domain.oversight.audit import ReporterEvent, StaffEvent
from reporting.domain.sealed.entry import UNSIGNED
from reporting.policy import Permission
from reporting.services.actors import Reporter, StaffMember
from reporting.services.casework.case import open_to_work
from reporting.services.casework.clocks import set_clocks
from reporting.services.casework.course import course
from reporting.services.casework.filing import open_file, put_on_file
from reporting.services.casework.rounds import last_of_round
from reporting.services.errors import CaseClosed, NeedsWhy, NotAllowed, NotHeard, NotHerWay, OutcomeFirst
from reporting.services.house import House
from reporting.services.oversight.audit import record_reporter, record_staff
from reporting.services.protection.named_person import hindrance
from reporting.services.reading.consent import people_of
from reporting.services.sealed.entries import Filed, add, file_of
from reporting.services.sealed.facts import reseal_fact
from reporting.services.sealed.sealing import open_case
from reporting.store.database import Work
from reporting.store.holdings import refresh_holdings


@dataclass(frozen=True)
class Decided:
    """What was found, why, and what is done."""

    finding: Finding
    reasons: str
    consequences: frozenset[Consequence]


def record_outcome(work: Work, house: House, actor: StaffMember, case_id: bytes, decided: Decided) -> Filed[Outcome]:
    """Keep the outcome for the handlers; the newest one of this round holds.

    :raises NotHerWay: a finding about a person where nothing was to be investigated.
    :raises NeedsWhy: no reasons.
    :raises NotHeard: a finding about somebody who was not told yet or could not answer yet.
    """
    opened = open_file(work, house, actor, case_id)
    if decided.finding is not Finding.NONE and not may_find(course(work, opened).way):
        raise NotHerWay
    if not decided.reasons.strip():
        raise NeedsWhy
    if decided.finding in ABOUT_THE_PERSON and hindrance(file_of(work, opened), people_of(work, opened), house.today()):
        raise NotHeard
    done = tuple(one for one in Consequence if one in decided.consequences)
    return put_on_file(work, house, opened, actor, Outcome(*UNSIGNED, decided.finding, decided.reasons.strip(), done))


def tell_outcome(
    work: Work, house: House, actor: StaffMember, case_id: bytes, text: str, consequences: frozenset[Consequence]
) -> Filed[OutcomeNote]:
    """Tell her the outcome, with those of the consequences that she may know.

    Where she said that she does not want to hear it, her page keeps it folded away until she does. A closed case is no
    hindrance: she may want to hear it after all.

    :raises OutcomeFirst: no outcome was recorded in this round.
    :raises NotAllowed: nothing to say, or a consequence that was not decided.
    """
    opened = open_to_work(work, house, actor, case_id, Permission.TAKE_STEP)
    outcome = last_of_round(file_of(work, opened), Outcome)
    if outcome is None:
        raise OutcomeFirst
    if not text.strip() or not consequences <= set(outcome.entry.consequences):
        raise NotAllowed
    told = tuple(one for one in Consequence if one in consequences)
    before = last_of_round(file_of(work, opened), OutcomeNote)
    note = OutcomeNote(*UNSIGNED, outcome.entry.finding, told, text.strip())
    if before is not None and _says_the_same(before.entry, note):
        return before
    filed = add(work, house, opened, actor, note)
    reseal_fact(work, house, opened)
    record_staff(work, house, StaffEvent.OUTCOME_TOLD, actor_id=actor.staff_id, case_id=case_id)
    set_clocks(work, house, opened.row)
    return filed


def waive(work: Work, house: House, reporter: Reporter, case_id: bytes, *, waived: bool) -> None:
    """Keep that she does not want to hear the outcome, or wants to after all; then the team sees that she waits.

    :raises CaseClosed: the case is not with an organisation.
    """
    opened = open_case(work, reporter, house, case_id, to_change=True)
    if opened.row.status not in WITH_ORGANISATION:
        raise CaseClosed
    put_on_file(work, house, opened, reporter, Waiver(*UNSIGNED, waived))
    if not waived and course(work, opened).note is None:
        opened.row.waiting = True
        refresh_holdings(work.main, opened.row)
    event = ReporterEvent.OUTCOME_WAIVED if waived else ReporterEvent.CHOICES_CHANGED
    record_reporter(work, house, event, case_id)


def _says_the_same(one: OutcomeNote, other: OutcomeNote) -> bool:
    return (one.finding, one.consequences, one.text) == (other.finding, other.consequences, other.text)
