"""The outcome: told or waived before anything closes, two people to close, a new round when it is opened again."""

import threading
from dataclasses import replace
from typing import Any

import pytest

from reporting.domain.case import Act, NotPossible, Status
from reporting.domain.casework.clear_check import Check
from reporting.domain.casework.outcome import Consequence, Finding, Outcome
from reporting.domain.casework.ways import Way
from reporting.domain.oversight.audit import StaffEvent
from reporting.domain.questions import Door
from reporting.domain.sealed.statistics import Outcome as Counted
from reporting.services.actors import Actor
from reporting.services.casework import case as casework
from reporting.services.casework import clear_check, closing, outcome
from reporting.services.casework.course import course
from reporting.services.casework.outcome import Decided
from reporting.services.errors import (
    CaseClosed,
    NeedsWhy,
    NotAllowed,
    NotFound,
    NotHerWay,
    NotSupported,
    OutcomeFirst,
)
from reporting.services.reading import approvals, assignment
from reporting.services.sealed.entries import CaseFile, file_of
from reporting.services.sealed.sealing import open_case
from reporting.services.survivor import choosing, record
from reporting.store.database import reading
from tests.builders import Built, Team, in_unit, send_report
from tests.services.acts import agree, cannot_be_asked, close_by_two, her_page, take_up
from tests.services.sealed.test_facts import fact
from tests.services.together import meanwhile
from tests.web.her import status_of

WARNED = frozenset({Consequence.WARNING, Consequence.WORK_CHANGED})
SUPPORTED = Decided(Finding.SUPPORTED, "Two mails say so.", WARNED)
NOTHING = frozenset[Consequence]()


def begun(built: Built, team: Team, **more: Any) -> tuple[Any, bytes]:
    _, reporter, case_id = send_report(built, team.office, **({"door": Door.FORMAL} | more))
    take_up(built, team.amina, case_id)
    take_up(built, team.ben, case_id)
    in_unit(built, casework.take_step, team.amina, case_id, Act.ACKNOWLEDGE)
    cannot_be_asked(built, team.amina, case_id)
    return reporter, case_id


def file(built: Built, actor: Actor, case_id: bytes) -> CaseFile:
    with reading(built.stores) as work:
        return file_of(work, open_case(work, actor, built.house, case_id))


def told(built: Built, actor: Actor, case_id: bytes) -> Any:
    with reading(built.stores) as work:
        note = course(work, open_case(work, actor, built.house, case_id)).note
    return note.entry if note else None


@pytest.mark.req("U10")
@pytest.mark.principle("respect")
def test_nothing_closes_before_she_was_told_the_outcome(built: Built, team: Team) -> None:
    reporter, case_id = begun(built, team, statistics=True)
    with pytest.raises(OutcomeFirst):
        in_unit(built, outcome.tell_outcome, team.amina, case_id, "It is over.", NOTHING)
    in_unit(built, outcome.record_outcome, team.amina, case_id, SUPPORTED)
    in_unit(built, casework.take_step, team.amina, case_id, Act.CONCLUDE)
    for member in (team.amina, team.ben):
        with pytest.raises(OutcomeFirst):
            in_unit(built, closing.close, member, case_id)
    for wrong, may_know in ((" ", WARNED), ("You were right.", frozenset({Consequence.CONTRACT_ENDED}))):
        with pytest.raises(NotAllowed):
            in_unit(built, outcome.tell_outcome, team.amina, case_id, wrong, may_know)
    for _ in range(2):
        in_unit(built, outcome.tell_outcome, team.amina, case_id, "Two mails say so.", {Consequence.WORK_CHANGED})
    note = told(built, reporter, case_id)
    assert (note.finding, note.consequences, note.text) == (
        Finding.SUPPORTED,
        (Consequence.WORK_CHANGED,),
        "Two mails say so.",
    )
    lines = [line.action for line in her_page(built, reporter, case_id).ledger]
    assert lines.count(StaffEvent.OUTCOME_TOLD) == 1
    assert fact(built, reporter, case_id).outcome is Counted.FOUND
    close_by_two(built, team.amina, team.ben, case_id)
    assert status_of(built, case_id) is Status.CLOSED
    assert file(built, reporter, case_id).all(Outcome) == [], "the reasons stay with the handlers"


@pytest.mark.req("U10")
@pytest.mark.principle("respect")
def test_her_waiver_closes_it_too_and_only_hers(built: Built, team: Team) -> None:
    reporter, case_id = begun(built, team)
    in_unit(built, casework.take_step, team.amina, case_id, Act.CONCLUDE)
    with pytest.raises(NotFound):
        in_unit(built, outcome.waive, begun(built, team)[0], case_id, waived=True)
    in_unit(built, outcome.waive, reporter, case_id, waived=True)
    in_unit(built, outcome.waive, reporter, case_id, waived=False)
    with pytest.raises(OutcomeFirst):
        in_unit(built, closing.close, team.amina, case_id)
    in_unit(built, outcome.waive, reporter, case_id, waived=True)
    close_by_two(built, team.amina, team.ben, case_id)


@pytest.mark.req("U10")
@pytest.mark.principle("respect")
def test_she_may_want_to_hear_it_after_all_when_the_case_is_closed(built: Built, team: Team) -> None:
    reporter, case_id = begun(built, team)
    in_unit(built, outcome.record_outcome, team.amina, case_id, Decided(Finding.NONE, "Advice was enough.", NOTHING))
    in_unit(built, outcome.waive, reporter, case_id, waived=True)
    in_unit(built, casework.take_step, team.amina, case_id, Act.CONCLUDE)
    close_by_two(built, team.amina, team.ben, case_id)
    in_unit(built, outcome.waive, reporter, case_id, waived=False)
    assert her_page(built, reporter, case_id).opened.row.waiting, "the team sees it"
    in_unit(built, outcome.tell_outcome, team.amina, case_id, "We advised you.", NOTHING)
    assert told(built, reporter, case_id).text == "We advised you."
    assert status_of(built, case_id) is Status.CLOSED


@pytest.mark.req("U10", "ASVS-2.3.5")
@pytest.mark.principle("safety")
def test_closing_takes_two_people_and_nobody_agrees_to_their_own(built: Built, team: Team) -> None:
    reporter, case_id = begun(built, team)
    with pytest.raises(NotPossible):
        in_unit(built, closing.close, team.amina, case_id)
    in_unit(built, casework.take_step, team.amina, case_id, Act.CONCLUDE)
    in_unit(built, outcome.waive, reporter, case_id, waived=True)
    for _ in range(2):
        assert not in_unit(built, closing.close, team.amina, case_id)
    with reading(built.stores) as work:
        assert approvals.waiting_for(work, built.house, team.amina) == []
    assert status_of(built, case_id) is Status.CONCLUDED
    with pytest.raises(NotAllowed):
        in_unit(built, casework.take_step, team.amina, case_id, Act.CLOSE)
    agree(built, team.ben)
    assert in_unit(built, closing.close, team.ben, case_id), "whoever handles it may carry it out"


@pytest.mark.req("U10")
def test_a_yes_to_closing_is_a_yes_on_what_she_was_told_then(built: Built, team: Team) -> None:
    _, case_id = begun(built, team)
    in_unit(built, outcome.record_outcome, team.amina, case_id, SUPPORTED)
    in_unit(built, outcome.tell_outcome, team.amina, case_id, "Two mails say so.", NOTHING)
    in_unit(built, casework.take_step, team.amina, case_id, Act.CONCLUDE)
    in_unit(built, closing.close, team.amina, case_id)
    agree(built, team.ben)
    in_unit(built, outcome.tell_outcome, team.amina, case_id, "Nothing was found after all.", NOTHING)
    assert not in_unit(built, closing.close, team.amina, case_id), "somebody has to agree to the new words"


@pytest.mark.req("U10")
@pytest.mark.principle("respect")
def test_nothing_closes_on_what_she_was_told_before_another_outcome_was_found(built: Built, team: Team) -> None:
    _, case_id = begun(built, team)
    in_unit(built, outcome.record_outcome, team.amina, case_id, SUPPORTED)
    in_unit(built, outcome.tell_outcome, team.amina, case_id, "Two mails say so.", WARNED)
    in_unit(built, casework.take_step, team.amina, case_id, Act.CONCLUDE)
    in_unit(built, closing.close, team.amina, case_id)
    agree(built, team.ben)
    for other in (Decided(Finding.NOT_ENOUGH, "They were forged.", WARNED), replace(SUPPORTED, consequences=NOTHING)):
        in_unit(built, outcome.record_outcome, team.amina, case_id, other)
        with pytest.raises(OutcomeFirst):
            in_unit(built, closing.close, team.amina, case_id)
    in_unit(built, outcome.record_outcome, team.amina, case_id, replace(SUPPORTED, reasons="Three mails say so."))
    assert in_unit(built, closing.close, team.amina, case_id), "what she was told is what holds"


@pytest.mark.req("U10")
def test_two_who_close_it_at_once_close_it_once(built: Built, team: Team) -> None:
    reporter, case_id = begun(built, team)
    in_unit(built, casework.take_step, team.amina, case_id, Act.CONCLUDE)
    in_unit(built, outcome.waive, reporter, case_id, waived=True)
    in_unit(built, closing.close, team.amina, case_id)
    agree(built, team.ben)
    got, barrier = [], threading.Barrier(2)

    def go(member: Any) -> None:
        barrier.wait()
        try:
            got.append(in_unit(built, closing.close, member, case_id))
        except NotPossible:
            got.append("closed already")

    threads = [threading.Thread(target=go, args=(member,)) for member in (team.amina, team.ben)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(map(str, got)) == ["True", "closed already"]
    steps = [line for line in her_page(built, reporter, case_id).ledger if line.detail == "close"]
    assert len(steps) == 1


@pytest.mark.req("U4", "U10")
def test_a_case_that_is_opened_again_owes_her_a_new_outcome(built: Built, team: Team) -> None:
    reporter, case_id = begun(built, team)
    in_unit(built, outcome.record_outcome, team.amina, case_id, SUPPORTED)
    in_unit(built, outcome.tell_outcome, team.amina, case_id, "Two mails say so.", NOTHING)
    in_unit(built, outcome.waive, reporter, case_id, waived=True)
    in_unit(built, casework.take_step, team.amina, case_id, Act.CONCLUDE)
    close_by_two(built, team.amina, team.ben, case_id)
    with pytest.raises(CaseClosed):
        in_unit(built, outcome.record_outcome, team.amina, case_id, SUPPORTED)
    for again in (lambda: in_unit(built, record.reopen, reporter, case_id), reopened_by_staff(built, team, case_id)):
        again()
        assert told(built, reporter, case_id) is None
        in_unit(built, casework.take_step, team.amina, case_id, Act.CONCLUDE)
        with pytest.raises(OutcomeFirst):
            in_unit(built, closing.close, team.amina, case_id)
        in_unit(built, outcome.waive, reporter, case_id, waived=True)
        close_by_two(built, team.amina, team.ben, case_id)


def reopened_by_staff(built: Built, team: Team, case_id: bytes) -> Any:
    return lambda: in_unit(built, casework.take_step, team.amina, case_id, Act.REOPEN)


@pytest.mark.req("U4")
@pytest.mark.principle("informed_consent")
def test_nothing_is_found_about_anybody_where_nothing_was_to_be_investigated(built: Built, team: Team) -> None:
    reporter, case_id = begun(built, team)
    for way in (Way.INFORMAL, Way.SUPPORT):
        in_unit(built, choosing.change_way, reporter, case_id, way)
        with pytest.raises(NotHerWay):
            in_unit(built, outcome.record_outcome, team.amina, case_id, SUPPORTED)
        settled = Decided(Finding.NONE, f"Settled: {way}.", NOTHING)
        in_unit(built, outcome.record_outcome, team.amina, case_id, settled)
    with pytest.raises(NeedsWhy):
        in_unit(built, outcome.record_outcome, team.amina, case_id, Decided(Finding.NONE, " ", NOTHING))


@pytest.mark.req("P6")
def test_whoever_holds_no_key_finds_no_outcome_and_closes_nothing(built: Built, team: Team) -> None:
    _, case_id = begun(built, team)
    asks: tuple[tuple[Any, ...], ...] = (
        (outcome.record_outcome, SUPPORTED),
        (outcome.tell_outcome, "x", NOTHING),
        (closing.close,),
        (clear_check.ask_clear_check, frozenset(Check)),
        (clear_check.enter, bytes(16)),
    )
    for service, *arguments in asks:
        with pytest.raises(NotFound):
            in_unit(built, service, team.ines, case_id, *arguments)


@pytest.mark.req("U15", "ASVS-2.3.5")
def test_clear_check_takes_every_check_and_two_people(built: Built, team: Team) -> None:
    _, case_id = begun(built, team)
    every = frozenset(Check)
    with pytest.raises(NotSupported):
        in_unit(built, clear_check.ask_clear_check, team.amina, case_id, every)
    in_unit(built, outcome.record_outcome, team.amina, case_id, SUPPORTED)
    with pytest.raises(NotSupported):
        in_unit(built, clear_check.ask_clear_check, team.amina, case_id, every - {Check.APPEAL})
    asked = in_unit(built, clear_check.ask_clear_check, team.amina, case_id, every)
    for member in (team.amina, team.ben):
        with pytest.raises(NotAllowed):
            in_unit(built, clear_check.enter, member, case_id, asked.id)
    with reading(built.stores) as work:
        (waiting,) = approvals.waiting_for(work, built.house, team.ben)
    with pytest.raises(NotFound):
        in_unit(built, approvals.decide, team.amina, waiting.request_id, yes=True)
    agree(built, team.ben)
    in_unit(built, clear_check.enter, team.amina, case_id, asked.id)
    with pytest.raises(NotAllowed):
        in_unit(built, clear_check.enter, team.amina, case_id, asked.id)


@pytest.mark.req("U15")
def test_clear_check_is_for_a_finding_that_still_supports_what_she_told(built: Built, team: Team) -> None:
    _, case_id = begun(built, team)
    _, other_id = begun(built, team)
    in_unit(built, outcome.record_outcome, team.amina, case_id, SUPPORTED)
    asked = in_unit(built, clear_check.ask_clear_check, team.amina, case_id, frozenset(Check))
    agree(built, team.ben)
    with pytest.raises(NotFound):
        in_unit(built, clear_check.enter, team.amina, other_id, asked.id)
    for finding in (Finding.NOT_SUPPORTED, Finding.NOT_ENOUGH, Finding.PARTLY):
        in_unit(built, outcome.record_outcome, team.amina, case_id, Decided(finding, "A witness came.", NOTHING))
        with pytest.raises(NotSupported):
            in_unit(built, clear_check.enter, team.amina, case_id, asked.id)


@pytest.mark.req("U15", "U7")
def test_where_nobody_else_handles_it_the_outside_desk_agrees(built: Built, team: Team) -> None:
    _, case_id = begun(built, team)
    in_unit(built, assignment.recuse, team.ben, case_id)
    in_unit(built, outcome.record_outcome, team.amina, case_id, SUPPORTED)
    asked = in_unit(built, clear_check.ask_clear_check, team.amina, case_id, frozenset(Check))
    agree(built, team.desk_reader)
    in_unit(built, clear_check.enter, team.amina, case_id, asked.id)


@pytest.mark.req("U10")
def test_a_waiver_that_she_takes_back_at_the_same_moment_keeps_the_case_open(built: Built, team: Team) -> None:
    reporter, case_id = begun(built, team)
    in_unit(built, casework.take_step, team.amina, case_id, Act.CONCLUDE)
    in_unit(built, outcome.waive, reporter, case_id, waived=True)
    in_unit(built, closing.close, team.amina, case_id)
    agree(built, team.ben)
    late = meanwhile(
        built,
        lambda work: outcome.waive(work, built.house, reporter, case_id, waived=False),
        lambda work: closing.close(work, built.house, team.amina, case_id),
    )
    assert isinstance(late, OutcomeFirst)
    assert status_of(built, case_id) is Status.CONCLUDED
