"""The day on which the named person learns of it: she knows it before, is safe, and agrees, or a second person does."""

from typing import Any

import pytest

from reporting.domain.casework.ways import Way
from reporting.domain.protection.agreement import Said
from reporting.domain.protection.named_person import Gap, TellingState, WithoutYes
from reporting.domain.questions import Door
from reporting.policy import Permission
from reporting.services.actors import Reporter
from reporting.services.casework.case import open_to_work
from reporting.services.errors import NotAllowed, NotFound, NotHerWay
from reporting.services.protection import telling
from reporting.services.sealed.entries import file_of
from reporting.services.survivor import choosing
from reporting.store.database import Work, writing
from tests.builders import Built, Team, in_unit, send_report
from tests.services.acts import take_up
from tests.services.planning import (
    NAMED,
    agree_as_second,
    file_for,
    in_days,
    keep_safe,
    plan,
    planned,
    says,
    tell,
)
from tests.services.together import meanwhile


def formal(built: Built, team: Team, door: Door = Door.FORMAL) -> tuple[Reporter, bytes]:
    _, reporter, case_id = send_report(built, team.office, named=(NAMED,), door=door)
    take_up(built, team.amina, case_id)
    take_up(built, team.ben, case_id)
    return reporter, case_id


def gaps(built: Built, team: Team, case_id: bytes, telling_id: bytes) -> list[Gap]:
    with writing(built.stores) as work:
        opened = open_to_work(work, built.house, team.amina, case_id, Permission.PROTECT)
        return telling.gaps(work, built.house, opened, file_of(work, opened), telling_id)


def ask_second(built: Built, team: Team, case_id: bytes, telling_id: bytes, why: str = "Two others were hurt.") -> None:
    in_unit(built, telling.ask_second, team.amina, case_id, telling_id, why=why)


def refused(built: Built, team: Team, case_id: bytes, telling_id: bytes) -> None:
    with pytest.raises(NotAllowed):
        tell(built, team.amina, case_id, telling_id)
    assert planned(built, team.amina, case_id, telling_id).telling.state is not TellingState.TOLD


@pytest.mark.principle("safety")
@pytest.mark.principle("informed_consent")
def test_nobody_is_told_before_the_day_without_her_yes_or_without_looking_at_her_safety_plan(
    built: Built, team: Team
) -> None:
    reporter, case_id = formal(built, team)
    keep_safe(built, team.amina, case_id)  # before it was planned: counts for nothing
    telling_id = plan(built, team.amina, case_id)
    assert gaps(built, team, case_id, telling_id) == [Gap.DAY, Gap.PLAN, Gap.HER_ANSWER]
    says(built, reporter, case_id, telling_id, Said.YES)
    keep_safe(built, team.ben, case_id)
    assert gaps(built, team, case_id, telling_id) == [Gap.DAY]
    refused(built, team, case_id, telling_id)
    built.clock.forward(days=9)
    refused(built, team, case_id, telling_id)
    built.clock.forward(days=1)
    tell(built, team.amina, case_id, telling_id)
    seen = planned(built, reporter, case_id, telling_id).telling
    assert (seen.state, seen.told_on, seen.without_yes) == (TellingState.TOLD, seen.tell_on, False)
    with pytest.raises(NotAllowed):
        tell(built, team.amina, case_id, telling_id)


@pytest.mark.principle("safety")
def test_without_a_look_at_her_safety_plan_nobody_is_told(built: Built, team: Team) -> None:
    reporter, case_id = formal(built, team)
    telling_id = plan(built, team.amina, case_id)
    says(built, reporter, case_id, telling_id, Said.YES)
    built.clock.forward(days=10)
    assert gaps(built, team, case_id, telling_id) == [Gap.PLAN]
    refused(built, team, case_id, telling_id)
    keep_safe(built, team.amina, case_id)
    tell(built, team.amina, case_id, telling_id)


@pytest.mark.principle("safety")
def test_she_reads_the_day_what_is_said_and_what_could_show_who_she_is(built: Built, team: Team) -> None:
    reporter, case_id = formal(built, team)
    for field in ("content", "shows", "by"):
        with pytest.raises(NotAllowed):
            plan(built, team.amina, case_id, **{field: " \n"})
    with pytest.raises(NotAllowed):
        plan(built, team.amina, case_id, tell_on=in_days(built, 0))
    seen = planned(built, reporter, case_id, plan(built, team.amina, case_id))
    assert seen.telling.shows == "Only you sat in that meeting."
    assert seen.telling.tell_on == in_days(built, 10).isoformat()
    assert seen.answer_by == in_days(built, 7)


def test_only_somebody_whom_she_named_is_planned_for(built: Built, team: Team) -> None:
    _, case_id = formal(built, team)
    with pytest.raises(NotAllowed):
        plan(built, team.amina, case_id, person="Somebody else")
    assert planned(built, team.amina, case_id, plan(built, team.amina, case_id, person="")).telling.person == ""


@pytest.mark.principle("safety")
def test_another_day_tells_her_again_and_asks_her_again(built: Built, team: Team) -> None:
    reporter, case_id = formal(built, team)
    first = plan(built, team.amina, case_id)
    says(built, reporter, case_id, first, Said.YES)
    second = plan(built, team.amina, case_id, tell_on=in_days(built, 3))
    keep_safe(built, team.amina, case_id)
    built.clock.forward(days=3)
    refused(built, team, case_id, first)
    refused(built, team, case_id, second)
    assert planned(built, reporter, case_id, first).telling.state is TellingState.CALLED_OFF
    with pytest.raises(NotAllowed):
        says(built, reporter, case_id, first, Said.YES)
    says(built, reporter, case_id, second, Said.YES)
    tell(built, team.amina, case_id, second)


def test_a_day_that_is_long_over_needs_a_new_one(built: Built, team: Team) -> None:
    reporter, case_id = formal(built, team)
    telling_id = plan(built, team.amina, case_id)
    says(built, reporter, case_id, telling_id, Said.YES)
    keep_safe(built, team.amina, case_id)
    built.clock.forward(days=18)
    assert gaps(built, team, case_id, telling_id) == [Gap.PAST]
    refused(built, team, case_id, telling_id)


@pytest.mark.req("U7")
@pytest.mark.principle("informed_consent")
@pytest.mark.parametrize("said", [None, Said.NO, Said.NOT_NOW])
def test_on_the_informal_way_nobody_is_told_without_her_yes_whoever_agrees(
    built: Built, team: Team, said: Said | None
) -> None:
    reporter, case_id = formal(built, team, Door.INFORMAL)
    telling_id = plan(built, team.amina, case_id)
    keep_safe(built, team.amina, case_id)
    if said is not None:
        says(built, reporter, case_id, telling_id, said)
    built.clock.forward(days=10)
    assert gaps(built, team, case_id, telling_id) == [Gap.HER_NO]
    with pytest.raises(NotAllowed):
        ask_second(built, team, case_id, telling_id)
    refused(built, team, case_id, telling_id)


@pytest.mark.principle("informed_consent")
def test_her_silence_is_no_yes_until_her_time_is_over_and_a_second_person_agrees(built: Built, team: Team) -> None:
    reporter, case_id = formal(built, team)
    telling_id = plan(built, team.amina, case_id)
    keep_safe(built, team.amina, case_id)
    built.clock.forward(days=6)
    with pytest.raises(NotAllowed):
        ask_second(built, team, case_id, telling_id)
    built.clock.forward(days=4)
    assert gaps(built, team, case_id, telling_id) == [Gap.SECOND]
    refused(built, team, case_id, telling_id)
    ask_second(built, team, case_id, telling_id)
    refused(built, team, case_id, telling_id)
    agree_as_second(built, team.ben)
    tell(built, team.amina, case_id, telling_id)
    seen = planned(built, reporter, case_id, telling_id)
    assert seen.telling.without_yes
    assert seen.without_yes is not None
    assert seen.without_yes.why == "Two others were hurt."


@pytest.mark.principle("informed_consent")
def test_her_no_stops_it_until_a_second_person_agrees_and_she_can_read_why(built: Built, team: Team) -> None:
    reporter, case_id = formal(built, team)
    telling_id = plan(built, team.amina, case_id)
    keep_safe(built, team.amina, case_id)
    says(built, reporter, case_id, telling_id, Said.NO)
    built.clock.forward(days=10)
    refused(built, team, case_id, telling_id)
    with pytest.raises(NotAllowed):
        ask_second(built, team, case_id, telling_id, why=" ")
    ask_second(built, team, case_id, telling_id)
    seen = planned(built, reporter, case_id, telling_id).without_yes
    assert seen is not None
    assert seen.why == "Two others were hurt."
    agree_as_second(built, team.ben)
    tell(built, team.amina, case_id, telling_id)


@pytest.mark.principle("informed_consent")
def test_what_was_agreed_while_she_was_silent_does_not_count_against_her_no(built: Built, team: Team) -> None:
    reporter, case_id = formal(built, team)
    telling_id = plan(built, team.amina, case_id)
    keep_safe(built, team.amina, case_id)
    built.clock.forward(days=10)
    ask_second(built, team, case_id, telling_id)
    agree_as_second(built, team.ben)
    says(built, reporter, case_id, telling_id, Said.NO)
    assert gaps(built, team, case_id, telling_id) == [Gap.SECOND]
    refused(built, team, case_id, telling_id)
    ask_second(built, team, case_id, telling_id)  # the same words, and yet given anew
    assert len(file_for(built, reporter, case_id).all(WithoutYes)) == 2
    refused(built, team, case_id, telling_id)
    agree_as_second(built, team.ben)
    tell(built, team.amina, case_id, telling_id)


def test_not_now_gives_her_the_days_anew(built: Built, team: Team) -> None:
    reporter, case_id = formal(built, team)
    telling_id = plan(built, team.amina, case_id)
    keep_safe(built, team.amina, case_id)
    built.clock.forward(days=6)
    says(built, reporter, case_id, telling_id, Said.NOT_NOW)
    built.clock.forward(days=6)
    assert gaps(built, team, case_id, telling_id) == [Gap.HER_ANSWER]
    built.clock.forward(days=1)
    assert gaps(built, team, case_id, telling_id) == [Gap.SECOND]


@pytest.mark.principle("informed_consent")
def test_where_she_wants_support_only_nobody_is_told_even_with_a_yes(built: Built, team: Team) -> None:
    reporter, case_id = formal(built, team)
    telling_id = plan(built, team.amina, case_id)
    keep_safe(built, team.amina, case_id)
    says(built, reporter, case_id, telling_id, Said.YES)
    built.clock.forward(days=10)
    in_unit(built, choosing.change_way, reporter, case_id, Way.SUPPORT)
    assert gaps(built, team, case_id, telling_id) == [Gap.WAY]
    refused(built, team, case_id, telling_id)
    with pytest.raises(NotHerWay):
        plan(built, team.amina, case_id)


def test_her_way_counts_as_it_is_on_the_day(built: Built, team: Team) -> None:
    reporter, case_id = formal(built, team)
    telling_id = plan(built, team.amina, case_id)
    keep_safe(built, team.amina, case_id)
    built.clock.forward(days=10)
    ask_second(built, team, case_id, telling_id)
    agree_as_second(built, team.ben)
    in_unit(built, choosing.change_way, reporter, case_id, Way.INFORMAL)
    refused(built, team, case_id, telling_id)


def test_whoever_asks_cannot_agree(built: Built, team: Team) -> None:
    _, case_id = formal(built, team)
    telling_id = plan(built, team.amina, case_id)
    keep_safe(built, team.amina, case_id)
    built.clock.forward(days=10)
    ask_second(built, team, case_id, telling_id)
    with pytest.raises(ValueError, match="unpack"):
        agree_as_second(built, team.amina)
    refused(built, team, case_id, telling_id)


@pytest.mark.parametrize("act", [telling.record_told, telling.call_off])
def test_a_plan_is_of_this_very_case_and_for_those_who_hold_it(built: Built, team: Team, act: Any) -> None:
    reporter, case_id = formal(built, team)
    _, elsewhere = formal(built, team)
    foreign, own = plan(built, team.amina, elsewhere), plan(built, team.amina, case_id)
    for telling_id in (foreign, b"\0" * 16):
        with pytest.raises(NotFound):
            in_unit(built, act, team.amina, case_id, telling_id)
        with pytest.raises(NotFound):
            says(built, reporter, case_id, telling_id, Said.YES)
    with pytest.raises(NotFound):
        in_unit(built, act, team.desk_reader, case_id, own)
    with pytest.raises(NotFound):
        in_unit(built, telling.answer, team.amina, case_id, own, says=Said.YES)


@pytest.mark.principle("safety")
def test_a_no_at_the_moment_of_telling_counts_if_it_comes_first(built: Built, team: Team) -> None:
    reporter, case_id = formal(built, team)
    telling_id = plan(built, team.amina, case_id)
    keep_safe(built, team.amina, case_id)
    says(built, reporter, case_id, telling_id, Said.YES)
    built.clock.forward(days=10)

    def no(work: Work) -> None:
        telling.answer(work, built.house, reporter, case_id, telling_id, says=Said.NO)

    def told(work: Work) -> None:
        telling.record_told(work, built.house, team.amina, case_id, telling_id)

    assert isinstance(meanwhile(built, no, told), NotAllowed)
    assert planned(built, reporter, case_id, telling_id).telling.state is TellingState.PLANNED
    says(built, reporter, case_id, telling_id, Said.YES)
    assert isinstance(meanwhile(built, told, no), NotAllowed)
    assert planned(built, reporter, case_id, telling_id).telling.state is TellingState.TOLD
