"""One fact of one length, which tells nothing where she did not say yes."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reporting.domain.case import Status
from reporting.domain.questions import Door, question
from reporting.domain.sealed.statistics import (
    FACT_SIZE,
    NOT_COUNTED,
    Channel,
    Conduct,
    Fact,
    Outcome,
    Relationship,
    conduct_of,
    outcome_of,
    relationship_of,
)


@given(st.from_type(Fact))
def test_every_fact_has_the_same_size_and_comes_back(fact: Fact) -> None:
    data = fact.to_bytes()
    assert len(data) == FACT_SIZE <= 64
    assert Fact.from_bytes(data) == (fact if fact.counted else NOT_COUNTED)


@pytest.mark.principle("informed_consent")
@given(st.from_type(Fact))
def test_what_is_not_counted_says_nothing_about_the_case(fact: Fact) -> None:
    silent = Fact(
        fact.conduct,
        fact.channel,
        fact.relationship,
        fact.referral,
        fact.legal_aid,
        fact.acknowledged,
        fact.outcome,
        counted=False,
    )
    assert silent.to_bytes() == NOT_COUNTED.to_bytes()


def test_bytes_that_no_fact_gives_are_refused() -> None:
    good = Fact().to_bytes()
    bad = [b"", good[:-1], good + b"\0", b"\2" + good[1:], NOT_COUNTED.to_bytes()[:-1] + b"\1"]
    bad += [good[:i] + b"\xff" + good[i + 1 :] for i in range(FACT_SIZE)]
    for data in bad:
        with pytest.raises(ValueError, match=r"known here|not a valid"):
            Fact.from_bytes(data)


def test_the_tables_have_the_cells_of_their_specification() -> None:
    assert (len(Conduct), len(Channel), len(Relationship), len(Outcome)) == (6, 5, 5, 5)


@pytest.mark.req("U16", "S17")
@pytest.mark.parametrize(
    ("door", "ticked", "link", "cell"),
    [
        (Door.RETALIATION, (), "", Conduct.RETALIATION),
        (Door.FORMAL, (), "staff", Conduct.NOT_SAID),
        (Door.FORMAL, ("touching",), "community", Conduct.EXPLOITATION),
        (Door.FORMAL, ("exchange", "touching"), "", Conduct.EXPLOITATION),
        (Door.INFORMAL, ("remarks", "online_images"), "staff", Conduct.HARASSMENT_ONLINE),
        (Door.WITNESS, ("remarks", "power"), "", Conduct.HARASSMENT),
        (Door.FORMAL, ("power", "discrimination"), "", Conduct.OTHER),
    ],
)
def test_each_case_stands_in_one_cell_of_conduct(door: Door, ticked: tuple[str, ...], link: str, cell: Conduct) -> None:
    assert conduct_of(door, ticked, link) is cell


def test_every_choice_of_the_catalogue_finds_a_cell() -> None:
    for door, choice in product(Door, question("details.conduct").choices):
        assert conduct_of(door, [choice.id]) is not Conduct.NOT_SAID
    found = {relationship_of([choice.id]) for choice in question("people.relationship").choices}
    assert found == set(Relationship)


def test_the_strongest_power_decides_the_cell_of_the_relationship() -> None:
    assert relationship_of(("colleague", "senior")) is Relationship.SENIOR
    assert relationship_of(("outside", "close")) is Relationship.CLOSE
    assert relationship_of(()) is Relationship.NOT_SAID


def test_a_case_is_open_until_its_work_is_finished() -> None:
    ended = {status for status in Status if outcome_of(status) is Outcome.ENDED_OTHERWISE}
    assert ended == {Status.CONCLUDED, Status.CLOSED}
    assert {outcome_of(status) for status in Status} == {Outcome.OPEN, Outcome.ENDED_OTHERWISE}
