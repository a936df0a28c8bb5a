"""Informal resolution and interviews: nothing before her yes, mediation only at her wish, and never after assault."""

from dataclasses import replace
from datetime import date

import pytest

from reporting.domain.casework.classification import ConductKind, Factor, Target
from reporting.domain.casework.interviews import Interview, Record, Whom
from reporting.domain.casework.resolution import HerAnswer, Measure
from reporting.domain.casework.ways import Way
from reporting.domain.protection.agreement import Said
from reporting.domain.questions import Door
from reporting.domain.sealed.disclosure import REPORTER
from reporting.services.casework import classification, interviews, resolution
from reporting.services.casework.course import Course, course
from reporting.services.casework.filing import open_file
from reporting.services.casework.interviews import Held
from reporting.services.errors import NeedsWhy, NoMediation, NotAllowed, NotFound, NotHerWay, NotTold
from reporting.services.sealed import entries
from reporting.services.sealed.entries import file_of
from reporting.services.sealed.sealing import open_case
from reporting.services.survivor import choosing
from reporting.store.database import reading, writing
from tests.builders import Built, Team, in_unit, send_report
from tests.services.acts import her_page, take_up
from tests.services.casework.test_classification import found
from tests.services.planning import NAMED, keep_safe, plan, says, tell
from tests.services.together import meanwhile

TALK = Held(Whom.WITNESS, date(2026, 3, 2), "A note-taker", True, "Saw both in the lift.")
WORD = (Measure.WORD, "I would speak with him, without your name.")


def now(built: Built, team: Team, case_id: bytes) -> Course:
    with reading(built.stores) as work:
        return course(work, open_case(work, team.amina, built.house, case_id))


@pytest.mark.req("U4", "L2")
@pytest.mark.principle("informed_consent")
def test_nobody_is_spoken_to_informally_before_her_yes_and_never_on_support_only(built: Built, team: Team) -> None:
    _, reporter, case_id = send_report(built, team.office)
    take_up(built, team.amina, case_id)
    offer = in_unit(built, resolution.offer, team.amina, case_id, *WORD)
    with pytest.raises(NotHerWay):
        in_unit(built, interviews.keep_interview, team.amina, case_id, TALK)
    in_unit(built, resolution.answer_offer, reporter, case_id, offer.id, yes=False)
    with pytest.raises(NotHerWay):
        in_unit(built, interviews.keep_interview, team.amina, case_id, TALK)
    in_unit(built, resolution.answer_offer, reporter, case_id, offer.id, yes=True)
    in_unit(built, interviews.keep_interview, team.amina, case_id, TALK)
    in_unit(built, choosing.change_way, reporter, case_id, Way.SUPPORT)
    with pytest.raises(NotHerWay):
        in_unit(built, interviews.keep_interview, team.amina, case_id, TALK)
    in_unit(built, choosing.change_way, reporter, case_id, Way.FORMAL)
    in_unit(built, interviews.keep_interview, team.amina, case_id, TALK)


@pytest.mark.req("U4")
def test_her_last_answer_counts_and_both_sides_read_it(built: Built, team: Team) -> None:
    _, reporter, case_id = send_report(built, team.office)
    take_up(built, team.amina, case_id)
    offer = in_unit(built, resolution.offer, team.amina, case_id, *WORD)
    assert [one.yes for one in now(built, team, case_id).offers] == [None]
    for yes in (True, False):
        in_unit(built, resolution.answer_offer, reporter, case_id, offer.id, yes=yes)
        assert [one.yes for one in now(built, team, case_id).offers] == [yes]
    page = her_page(built, reporter, case_id)
    assert page.opened.row.waiting, "the team sees that she answered"


@pytest.mark.req("U4")
def test_a_yes_in_another_hand_than_hers_is_no_yes(built: Built, team: Team) -> None:
    _, _, case_id = send_report(built, team.office)
    take_up(built, team.amina, case_id)
    offer = in_unit(built, resolution.offer, team.amina, case_id, *WORD)
    with writing(built.stores) as work:
        opened = open_file(work, built.house, team.amina, case_id)
        forged = HerAnswer(0, REPORTER, "", "2026-03-02", offer.id.hex(), True)
        entries.add(work, built.house, opened, team.amina, forged)
    assert [one.yes for one in now(built, team, case_id).offers] == [None]
    assert not now(built, team, case_id).may_ask_others


def test_an_offer_of_another_case_cannot_be_answered(built: Built, team: Team) -> None:
    _, reporter, case_id = send_report(built, team.office)
    _, other, other_id = send_report(built, team.office)
    for one in (case_id, other_id):
        take_up(built, team.amina, one)
    offer = in_unit(built, resolution.offer, team.amina, other_id, *WORD)
    for actor, named, thing in ((reporter, case_id, offer.id), (reporter, other_id, offer.id), (other, other_id, b"")):
        with pytest.raises(NotFound):
            in_unit(built, resolution.answer_offer, actor, named, thing, yes=True)


def test_an_informal_offer_is_made_on_the_informal_way_alone(built: Built, team: Team) -> None:
    _, reporter, case_id = send_report(built, team.office, door=Door.FORMAL)
    take_up(built, team.amina, case_id)
    for way in (Way.FORMAL, Way.SUPPORT):
        in_unit(built, choosing.change_way, reporter, case_id, way)
        with pytest.raises(NotHerWay):
            in_unit(built, resolution.offer, team.amina, case_id, *WORD)


@pytest.mark.req("U4")
@pytest.mark.principle("safety")
def test_mediation_only_where_she_asks_for_it_and_never_after_assault(built: Built, team: Team) -> None:
    _, reporter, case_id = send_report(built, team.office)
    take_up(built, team.amina, case_id)

    def mediate() -> None:
        in_unit(built, resolution.offer, team.amina, case_id, Measure.MEDIATION, "With somebody from outside.")

    in_unit(built, classification.classify, team.amina, case_id, found(ConductKind.HARASSMENT))
    with pytest.raises(NoMediation):
        mediate()
    in_unit(built, resolution.wish_mediation, reporter, case_id, wanted=True)
    mediate()
    for factors, target in ((frozenset({Factor.PHYSICAL}), Target.WORKFORCE), (frozenset(), Target.COMMUNITY)):
        worse = found(ConductKind.SEXUAL_HARASSMENT, factors=factors, target=target)
        in_unit(built, classification.classify, team.amina, case_id, worse)
        with pytest.raises(NoMediation):
            mediate()
    in_unit(built, classification.classify, team.amina, case_id, found(ConductKind.HARASSMENT))
    in_unit(built, resolution.wish_mediation, reporter, case_id, wanted=False)
    with pytest.raises(NoMediation):
        mediate()


@pytest.mark.req("L2")
def test_an_interview_is_kept_with_who_was_there_and_whether_its_record_was_agreed(built: Built, team: Team) -> None:
    _, _, case_id = send_report(built, team.office, door=Door.FORMAL)
    _, _, other_id = send_report(built, team.office, door=Door.FORMAL)
    for one in (case_id, other_id):
        take_up(built, team.amina, one)
    kept = in_unit(built, interviews.keep_interview, team.amina, case_id, TALK)
    with pytest.raises(NeedsWhy):
        in_unit(built, interviews.agree_record, team.amina, case_id, kept.id, Record.WITH_CHANGES)
    with pytest.raises(NotFound):
        in_unit(built, interviews.agree_record, team.amina, other_id, kept.id, Record.AGREED)
    in_unit(built, interviews.agree_record, team.amina, case_id, kept.id, Record.WITH_CHANGES, "It was the stairs.")
    with reading(built.stores) as work:
        (found_now,) = file_of(work, open_case(work, team.ben, built.house, case_id)).all(Interview)
    assert (found_now.entry.record, found_now.entry.changes) == (Record.WITH_CHANGES, "It was the stairs.")
    assert (found_now.entry.notes, found_now.entry.support_offered) == ("Saw both in the lift.", True)
    tomorrow = Held(Whom.NAMED, date(2026, 3, 3), "", True, "He will say")
    with pytest.raises(NotAllowed):
        in_unit(built, interviews.keep_interview, team.amina, case_id, tomorrow)


@pytest.mark.req("U7", "L2")
@pytest.mark.principle("safety")
def test_nobody_who_is_named_is_interviewed_before_they_were_told_as_she_read(built: Built, team: Team) -> None:
    _, reporter, case_id = send_report(built, team.office, door=Door.FORMAL, named=(NAMED,))
    take_up(built, team.amina, case_id)
    plan_id = plan(built, team.amina, case_id)
    keep_safe(built, team.amina, case_id)
    says(built, reporter, case_id, plan_id, Said.YES)
    with pytest.raises(NotTold):
        in_unit(built, interviews.keep_interview, team.amina, case_id, replace(TALK, whom=Whom.NAMED))
    built.clock.forward(days=10)
    tell(built, team.amina, case_id, plan_id)
    with pytest.raises(NotTold):  # a day before that day is as wrong when it is written down later
        in_unit(built, interviews.keep_interview, team.amina, case_id, replace(TALK, whom=Whom.NAMED))
    held = replace(TALK, whom=Whom.NAMED, held_on=built.house.today())
    in_unit(built, interviews.keep_interview, team.amina, case_id, held)


@pytest.mark.req("U4")
def test_a_way_that_she_changes_at_the_same_moment_counts_for_the_interview(built: Built, team: Team) -> None:
    _, reporter, case_id = send_report(built, team.office, door=Door.FORMAL)
    take_up(built, team.amina, case_id)
    late = meanwhile(
        built,
        lambda work: choosing.change_way(work, built.house, reporter, case_id, Way.SUPPORT),
        lambda work: interviews.keep_interview(work, built.house, team.amina, case_id, TALK),
    )
    assert isinstance(late, NotHerWay)
