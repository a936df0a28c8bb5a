"""Interim measures: nobody moves her without her yes, and every measure is looked at again."""

from datetime import date, timedelta
from typing import Any

import pytest

from reporting.domain.protection.agreement import Agreement, Said
from reporting.domain.protection.measures import EndReason, MeasureKind, MeasureState, Moves
from reporting.policy import Permission
from reporting.services.actors import Reporter
from reporting.services.casework.case import open_to_work
from reporting.services.errors import NotAllowed, NotFound
from reporting.services.protection import measures
from reporting.services.sealed import entries
from reporting.store.database import Work, writing
from tests.builders import Built, Team, in_unit, send_report
from tests.services.acts import take_up
from tests.services.planning import file_for, in_days, known, propose
from tests.services.together import at_once, meanwhile


@pytest.fixture
def case(built: Built, team: Team) -> tuple[Reporter, bytes]:
    """A report that Amina and Ben handle."""
    _, reporter, case_id = send_report(built, team.office)
    take_up(built, team.amina, case_id)
    take_up(built, team.ben, case_id)
    return reporter, case_id


def begin(built: Built, team: Team, case_id: bytes, measure_id: bytes) -> None:
    in_unit(built, measures.begin, team.amina, case_id, measure_id)


def answer(built: Built, reporter: Any, case_id: bytes, measure_id: bytes, said: Said) -> None:
    in_unit(built, measures.answer, reporter, case_id, measure_id, says=said)


@pytest.mark.req("U8")
@pytest.mark.principle("informed_consent")
def test_a_measure_that_moves_her_cannot_begin_without_her_yes(
    built: Built, team: Team, case: tuple[Reporter, bytes]
) -> None:
    reporter, case_id = case
    measure_id = propose(built, team.amina, case_id)
    for said in (None, Said.NOT_NOW, Said.NO, Said.MOVES_ME):
        if said is not None:
            answer(built, reporter, case_id, measure_id, said)
        with pytest.raises(NotAllowed):
            begin(built, team, case_id, measure_id)
    answer(built, reporter, case_id, measure_id, Said.YES)
    begin(built, team, case_id, measure_id)
    seen = known(built, reporter, case_id, measure_id)
    assert (seen.measure.state, seen.measure.began_on, seen.said) == (MeasureState.RUNNING, "2026-03-02", Said.YES)


@pytest.mark.req("U8")
@pytest.mark.parametrize("moves", [Moves.NAMED, Moves.NEITHER])
def test_another_measure_may_begin_without_her_yes_and_she_reads_it(
    built: Built, team: Team, case: tuple[Reporter, bytes], moves: Moves
) -> None:
    reporter, case_id = case
    measure_id = propose(built, team.amina, case_id, moves=moves, kind=MeasureKind.NO_CONTACT)
    answer(built, reporter, case_id, measure_id, Said.NO)
    begin(built, team, case_id, measure_id)
    assert known(built, reporter, case_id, measure_id).measure.state is MeasureState.RUNNING


@pytest.mark.req("U8")
@pytest.mark.principle("informed_consent")
def test_a_measure_moves_her_when_she_says_so_whatever_the_team_wrote(
    built: Built, team: Team, case: tuple[Reporter, bytes]
) -> None:
    reporter, case_id = case
    measure_id = propose(built, team.amina, case_id, moves=Moves.NEITHER)
    begin(built, team, case_id, measure_id)
    answer(built, reporter, case_id, measure_id, Said.MOVES_ME)
    ended = known(built, team.amina, case_id, measure_id).measure
    assert (ended.state, ended.ended_because) == (MeasureState.ENDED, EndReason.NO_YES)


@pytest.mark.req("U8")
def test_a_measure_that_moves_her_ends_when_she_takes_her_yes_back(
    built: Built, team: Team, case: tuple[Reporter, bytes]
) -> None:
    reporter, case_id = case
    measure_id = propose(built, team.amina, case_id)
    answer(built, reporter, case_id, measure_id, Said.YES)
    begin(built, team, case_id, measure_id)
    answer(built, reporter, case_id, measure_id, Said.NOT_NOW)
    ended = known(built, team.amina, case_id, measure_id).measure
    assert (ended.state, ended.ended_because) == (MeasureState.ENDED, EndReason.NO_YES)
    with pytest.raises(NotAllowed):
        answer(built, reporter, case_id, measure_id, Said.YES)


@pytest.mark.req("U8")
def test_a_change_asks_her_again_and_what_ran_goes_on_until_then(
    built: Built, team: Team, case: tuple[Reporter, bytes]
) -> None:
    reporter, case_id = case
    first = propose(built, team.amina, case_id)
    answer(built, reporter, case_id, first, Said.YES)
    begin(built, team, case_id, first)
    second = propose(built, team.amina, case_id, words="A desk in another building.", replaces=first)
    with pytest.raises(NotAllowed):
        begin(built, team, case_id, second)
    assert known(built, reporter, case_id, first).measure.state is MeasureState.RUNNING
    answer(built, reporter, case_id, second, Said.YES)
    begin(built, team, case_id, second)
    replaced = known(built, reporter, case_id, first).measure
    assert (replaced.state, replaced.ended_because) == (MeasureState.ENDED, EndReason.REPLACED)


def test_a_proposal_that_is_replaced_cannot_begin_any_more(
    built: Built, team: Team, case: tuple[Reporter, bytes]
) -> None:
    reporter, case_id = case
    first = propose(built, team.amina, case_id)
    answer(built, reporter, case_id, first, Said.YES)
    propose(built, team.amina, case_id, words="Another desk.", replaces=first)
    with pytest.raises(NotAllowed):
        begin(built, team, case_id, first)
    with pytest.raises(NotAllowed):
        propose(built, team.amina, case_id, words="And another.", replaces=first)


@pytest.mark.req("U8")
def test_staff_cannot_answer_for_her(built: Built, team: Team, case: tuple[Reporter, bytes]) -> None:
    reporter, case_id = case
    measure_id = propose(built, team.amina, case_id)
    with pytest.raises(NotFound):
        answer(built, team.amina, case_id, measure_id, Said.YES)
    with writing(built.stores) as work:  # even with an entry that says so
        opened = open_to_work(work, built.house, team.amina, case_id, Permission.PROTECT)
        forged = Agreement(0, "reporter", "", "2026-03-02", measure_id.hex(), Said.YES)
        entries.add(work, built.house, opened, team.amina, forged)
    assert known(built, reporter, case_id, measure_id).said is None
    with pytest.raises(NotAllowed):
        begin(built, team, case_id, measure_id)


def test_an_answer_names_a_measure_of_this_very_case(built: Built, team: Team, case: tuple[Reporter, bytes]) -> None:
    reporter, case_id = case
    _, other, elsewhere = send_report(built, team.office)
    take_up(built, team.amina, elsewhere)
    foreign = propose(built, team.amina, elsewhere)
    for measure_id in (foreign, b"\0" * 16):
        with pytest.raises(NotFound):
            answer(built, reporter, case_id, measure_id, Said.YES)
        with pytest.raises(NotFound):
            begin(built, team, case_id, measure_id)
    with pytest.raises(NotFound):
        answer(built, other, case_id, propose(built, team.amina, case_id), Said.YES)
    with pytest.raises(NotFound):
        propose(built, team.amina, case_id, words="Else", replaces=foreign)


def test_nobody_without_a_grant_plans_anything(built: Built, team: Team, case: tuple[Reporter, bytes]) -> None:
    _, case_id = case
    measure_id = propose(built, team.amina, case_id)
    with pytest.raises(NotFound):
        propose(built, team.desk_reader, case_id)
    with pytest.raises(NotFound):
        in_unit(built, measures.end, team.ines, case_id, measure_id, because=EndReason.SETTLED)


@pytest.mark.parametrize(
    "facts",
    [
        {"words": "  "},
        {"kind": MeasureKind.LEAVE, "moves": Moves.HER},
        {"kind": MeasureKind.LEAVE, "moves": Moves.NEITHER},
        {"starts": -1},
        {"review": 0},
        {"review": 91},
    ],
)
def test_what_cannot_be_a_measure_is_refused(
    built: Built, team: Team, case: tuple[Reporter, bytes], facts: dict[str, Any]
) -> None:
    _, case_id = case
    days = {"starts": "starts_on", "review": "review_on"}
    given = {days.get(name, name): in_days(built, one) if name in days else one for name, one in facts.items()}
    with pytest.raises(NotAllowed):
        propose(built, team.amina, case_id, **given)


def test_the_last_days_of_the_calendar_break_nothing(built: Built, team: Team, case: tuple[Reporter, bytes]) -> None:
    _, case_id = case
    last = date(9999, 12, 31)
    propose(built, team.amina, case_id, starts_on=last - timedelta(days=1), review_on=last)
    with pytest.raises(NotAllowed):
        propose(built, team.amina, case_id, starts_on=last, review_on=last)


def test_a_measure_does_not_begin_before_its_day(built: Built, team: Team, case: tuple[Reporter, bytes]) -> None:
    _, case_id = case
    measure_id = propose(built, team.amina, case_id, moves=Moves.NAMED, starts_on=in_days(built, 2))
    with pytest.raises(NotAllowed):
        begin(built, team, case_id, measure_id)
    built.clock.forward(days=2)
    begin(built, team, case_id, measure_id)
    with pytest.raises(NotAllowed):
        begin(built, team, case_id, measure_id)


@pytest.mark.req("U8")
def test_a_measure_is_due_for_review_until_somebody_looks_at_it(
    built: Built, team: Team, case: tuple[Reporter, bytes]
) -> None:
    _, case_id = case
    measure_id = propose(built, team.amina, case_id, moves=Moves.NAMED, review_on=in_days(built, 5))
    begin(built, team, case_id, measure_id)
    built.clock.forward(days=5)
    assert known(built, team.amina, case_id, measure_id).measure.review_is_due(built.house.today())
    for again in (0, 91):
        with pytest.raises(NotAllowed):
            in_unit(built, measures.review, team.ben, case_id, measure_id, again_on=in_days(built, again))
    in_unit(built, measures.review, team.ben, case_id, measure_id, again_on=in_days(built, 20))
    looked_at = known(built, team.amina, case_id, measure_id).measure
    assert not looked_at.review_is_due(built.house.today())
    assert looked_at.reviewed_on == in_days(built, 0).isoformat()


def test_a_measure_ends_once_with_a_reason_that_a_handler_may_give(
    built: Built, team: Team, case: tuple[Reporter, bytes]
) -> None:
    _, case_id = case
    measure_id = propose(built, team.amina, case_id)
    for because in (EndReason.NO_YES, EndReason.REPLACED):
        with pytest.raises(NotAllowed):
            in_unit(built, measures.end, team.amina, case_id, measure_id, because=because)
    in_unit(built, measures.end, team.amina, case_id, measure_id, because=EndReason.NOT_NEEDED)
    with pytest.raises(NotAllowed):
        in_unit(built, measures.end, team.amina, case_id, measure_id, because=EndReason.SETTLED)
    with pytest.raises(NotAllowed):
        in_unit(built, measures.review, team.amina, case_id, measure_id, again_on=in_days(built, 3))


def test_the_same_proposal_and_the_same_answer_count_once(
    built: Built, team: Team, case: tuple[Reporter, bytes]
) -> None:
    reporter, case_id = case
    measure_id = propose(built, team.amina, case_id)
    assert propose(built, team.amina, case_id) == measure_id
    outcomes = at_once(lambda _: answer(built, reporter, case_id, measure_id, Said.YES), 2)
    assert outcomes == [None, None]
    assert len(file_for(built, reporter, case_id).all(Agreement)) == 1


@pytest.mark.req("U8")
def test_a_no_that_comes_at_the_same_moment_counts(built: Built, team: Team, case: tuple[Reporter, bytes]) -> None:
    reporter, case_id = case
    measure_id = propose(built, team.amina, case_id)
    answer(built, reporter, case_id, measure_id, Said.YES)

    def no(work: Work) -> None:
        measures.answer(work, built.house, reporter, case_id, measure_id, says=Said.NO)

    def start(work: Work) -> None:
        measures.begin(work, built.house, team.amina, case_id, measure_id)

    assert isinstance(meanwhile(built, no, start), NotAllowed)
    assert known(built, reporter, case_id, measure_id).measure.state is MeasureState.PROPOSED
    answer(built, reporter, case_id, measure_id, Said.YES)
    assert meanwhile(built, start, no) is None
    assert known(built, reporter, case_id, measure_id).measure.state is MeasureState.ENDED
