"""What may be counted of a case: nothing without her consent, and never more than one coarse fact."""

import pytest

from reporting.crypto.facts import open_fact
from reporting.crypto.keyring import open_statistics_key
from reporting.domain.case import Act, Status
from reporting.domain.protection.referral import Need, ReferralAct
from reporting.domain.questions import CATALOGUE_VERSION, Door, question
from reporting.domain.reading.consent import Purpose
from reporting.domain.sealed.disclosure import Choices, Disclosure, answer_to
from reporting.domain.sealed.statistics import NOT_COUNTED, Conduct, Fact, Outcome, Relationship
from reporting.services.actors import Reporter
from reporting.services.casework import case as casework
from reporting.services.casework import outcome as outcome_service
from reporting.services.protection import referral
from reporting.services.protection.referral import Offered
from reporting.services.sealed.facts import fact_of, reseal_fact
from reporting.services.sealed.sealing import open_case
from reporting.services.survivor import choosing, erasure, record
from reporting.store.database import reading
from tests.builders import PASSPHRASE, Built, Team, in_unit, send_report
from tests.services.acts import close_by_two, opened_by, take_up


def fact(built: Built, reporter: Reporter, case_id: bytes) -> Fact:
    """Open the sealed fact of a case with the operator's key."""
    pair = open_statistics_key(built.settings.keys, PASSPHRASE)
    with opened_by(built, reporter, case_id) as (_, opened):
        return Fact.from_bytes(open_fact(pair, case_id, opened.row.fact))


@pytest.mark.req("G1", "P10")
@pytest.mark.principle("informed_consent")
def test_without_her_consent_the_fact_says_not_counted_and_with_it_it_is_counted(built: Built, team: Team) -> None:
    _, reporter, case_id = send_report(built, team.office)
    assert fact(built, reporter, case_id) == NOT_COUNTED
    for given in (True, False):
        in_unit(built, choosing.set_consent, reporter, case_id, Purpose.STATISTICS, given=given)
        assert fact(built, reporter, case_id).counted is given


@pytest.mark.req("P10")
def test_the_fact_follows_the_case_and_ends_when_it_is_hers_alone_again(built: Built, team: Team) -> None:
    _, reporter, case_id = send_report(built, team.office, statistics=True)
    assert not fact(built, reporter, case_id).acknowledged
    take_up(built, team.amina, case_id)
    for act, outcome in (
        (Act.ACKNOWLEDGE, Outcome.OPEN),
        (Act.CONCLUDE, Outcome.ENDED_OTHERWISE),
    ):
        in_unit(built, casework.take_step, team.amina, case_id, act)
        assert (fact(built, reporter, case_id).acknowledged, fact(built, reporter, case_id).outcome) == (True, outcome)
    in_unit(built, outcome_service.waive, reporter, case_id, waived=True)
    close_by_two(built, team.amina, team.ben, case_id)
    assert fact(built, reporter, case_id).outcome is Outcome.ENDED_OTHERWISE
    in_unit(built, record.reopen, reporter, case_id)
    assert fact(built, reporter, case_id).outcome is Outcome.OPEN
    in_unit(built, erasure.close, reporter, case_id)
    assert fact(built, reporter, case_id) == NOT_COUNTED


@pytest.mark.req("P10")
def test_a_private_record_is_in_no_figure_whatever_she_ticked(built: Built) -> None:
    _, reporter, case_id = send_report(built, None, statistics=True)
    assert fact(built, reporter, case_id) == NOT_COUNTED


@pytest.mark.req("P10", "U14")
@pytest.mark.parametrize("counted", [True, False])
def test_a_referral_counts_once_a_service_helps_and_only_with_her_consent(
    built: Built, team: Team, counted: bool
) -> None:
    _, reporter, case_id = send_report(built, team.office, statistics=counted)
    take_up(built, team.amina, case_id)
    offered = Offered(Need.LEGAL, "A first name", provider="Law centre")
    referral_id = in_unit(built, referral.offer, team.amina, case_id, offered)
    in_unit(built, referral.agree, reporter, case_id, referral_id)
    assert not fact(built, reporter, case_id).referral
    in_unit(built, referral.record, team.amina, case_id, referral_id, ReferralAct.ACCEPT)
    assert fact(built, reporter, case_id).referral is counted
    assert fact(built, reporter, case_id).counted is counted
    in_unit(built, referral.refuse, reporter, case_id, referral_id, ReferralAct.WITHDRAW)
    assert not fact(built, reporter, case_id).referral


@pytest.mark.req("P4")
def test_every_fact_is_equally_long(built: Built, team: Team) -> None:
    sizes = set()
    for office, counted in ((None, False), (team.office, False), (team.office, True)):
        _, reporter, case_id = send_report(built, office, statistics=counted)
        with opened_by(built, reporter, case_id) as (_, opened):
            sizes.add(len(opened.row.fact))
    assert len(sizes) == 1


@pytest.mark.req("S17", "U9")
def test_the_one_cell_of_a_case_comes_from_her_ticks_and_her_door() -> None:
    online = answer_to(question("details.conduct"), choices=("online_messages",))
    senior = question("people.relationship").choices[0].id
    answers = (online, answer_to(question("people.relationship"), choices=(senior,)))
    account = Disclosure(CATALOGUE_VERSION, "en", Door.FORMAL, answers, "2026-03-02")
    choices = Choices(Door.FORMAL, "en", statistics=True)
    counted = fact_of(account, choices, Status.RECEIVED)
    assert (counted.conduct, counted.counted) == (Conduct.HARASSMENT_ONLINE, True)
    assert counted.relationship is not Relationship.NOT_SAID
    door = Choices(Door.RETALIATION, "en", statistics=True)
    assert fact_of(account, door, Status.RECEIVED).conduct is Conduct.RETALIATION


def test_whoever_does_not_hold_the_story_leaves_the_fact_as_it_is(built: Built, team: Team) -> None:
    _, _, case_id = send_report(built, team.office)
    with reading(built.stores) as work:
        opened = open_case(work, team.amina, built.house, case_id)
        before = opened.row.fact
        opened.keys.clear()
        reseal_fact(work, built.house, opened)
        assert opened.row.fact == before
