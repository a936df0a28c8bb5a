"""The decision table: what it recommends, what never lowers it, and that SEA stands apart."""

import itertools

import pytest

from reporting.domain.casework.classification import (
    NEVER_AT_ONE_TABLE,
    ONLINE,
    SEXUAL,
    Cell,
    ConductKind,
    Factor,
    Facts,
    Fork,
    Party,
    Path,
    Target,
    Urgency,
    cell_of,
    may_mediate,
)
from reporting.domain.casework.decision_table import RULES, recommend


def facts(*kinds: ConductKind, factors: tuple[Factor, ...] = (), target: Target = Target.WORKFORCE) -> Facts:
    return Facts(frozenset(kinds), frozenset(factors), target)


@pytest.mark.req("U1")
@pytest.mark.parametrize("kind", ConductKind)
def test_one_incident_of_any_kind_is_enough_to_look_into(kind: ConductKind) -> None:
    assert recommend(facts(kind)).path is not Path.SUPPORT


@pytest.mark.req("U1")
def test_without_any_conduct_nothing_is_recommended_but_support() -> None:
    said = recommend(facts(factors=tuple(Factor)))
    assert (said.path, said.urgency, said.involve, said.because) == (Path.SUPPORT, Urgency.PLANNED, (), ())


@pytest.mark.req("U1", "S18")
def test_every_factor_raises_what_is_recommended_and_seniority_goes_outside_the_line() -> None:
    base = recommend(facts(ConductKind.HARASSMENT))
    for factor in Factor:
        heavier = recommend(facts(ConductKind.HARASSMENT, factors=(factor,)))
        assert heavier.path is Path.INVESTIGATE
        assert list(Urgency).index(heavier.urgency) > list(Urgency).index(base.urgency)
    assert Party.OUTSIDE_DESK in recommend(facts(ConductKind.HARASSMENT, factors=(Factor.SENIORITY,))).involve


def test_one_more_fact_never_lowers_what_is_recommended() -> None:
    for kinds in itertools.combinations(ConductKind, 2):
        for factor in Factor:
            before, after = recommend(facts(*kinds)), recommend(facts(*kinds, factors=(factor,)))
            assert list(Path).index(after.path) >= list(Path).index(before.path)
            assert list(Urgency).index(after.urgency) >= list(Urgency).index(before.urgency)
            assert set(after.involve) >= set(before.involve)


@pytest.mark.req("U16", "S23")
@pytest.mark.parametrize("target", [Target.BENEFICIARY, Target.COMMUNITY])
def test_towards_a_beneficiary_or_the_community_it_is_sea_and_counted_apart(target: Target) -> None:
    for kind in SEXUAL:
        told = facts(kind, target=target)
        assert (told.fork, recommend(told).path, cell_of(told)) == (
            Fork.EXPLOITATION,
            Path.SEA_PROCEDURE,
            Cell.EXPLOITATION,
        )
        assert Party.SEA_FOCAL_POINT in recommend(told).involve
        at_work = facts(kind)
        assert (at_work.fork, cell_of(at_work) is Cell.EXPLOITATION) == (Fork.HARASSMENT, False)


@pytest.mark.req("U1", "S17")
def test_what_is_done_over_a_network_is_a_kind_of_its_own_and_counted_as_such() -> None:
    assert len(ONLINE) == 4
    assert cell_of(facts(ConductKind.ONLINE_IMAGES)) is Cell.HARASSMENT_ONLINE
    assert recommend(facts(ConductKind.ONLINE_IMAGES)).urgency is Urgency.TODAY
    assert all(Party.DIGITAL_SAFETY in recommend(facts(kind)).involve for kind in ONLINE)


@pytest.mark.req("U4")
@pytest.mark.principle("safety")
def test_mediation_is_never_offered_after_assault_a_threat_with_a_child_or_in_sea() -> None:
    assert may_mediate(facts(ConductKind.HARASSMENT, factors=(Factor.POWER,)))
    for factor in (Factor.PHYSICAL, Factor.THREAT, Factor.MINOR):
        assert factor in NEVER_AT_ONE_TABLE
        assert not may_mediate(facts(ConductKind.HARASSMENT, factors=(factor,)))
    assert not may_mediate(facts(ConductKind.SEXUAL_HARASSMENT, target=Target.COMMUNITY))


def test_every_row_of_the_table_can_apply_and_says_why() -> None:
    for rule in RULES:
        every = Facts(rule.kinds or frozenset(ConductKind), rule.factors, Target.WORKFORCE)
        told = every if rule.fork is not Fork.EXPLOITATION else Facts(every.kinds, every.factors, Target.COMMUNITY)
        assert rule.applies(told), rule.because
        assert rule.because in recommend(told).because
