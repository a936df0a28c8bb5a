"""Every kind that can be ticked has a plain example, and none of them doubts anybody."""

import re
from collections import Counter
from typing import Final

import pytest

from reporting.domain.help.examples import ABOUT_YOU, EXAMPLES, FAMILIES
from reporting.domain.questions import question

KINDS: Final = {choice.id for choice in question("details.conduct").choices}
GROUNDS: Final = {choice.id for choice in question("details.grounds").choices}
SENTENCES: Final = [one for words in EXAMPLES.values() for one in words] + [one.words for one in ABOUT_YOU]
BLAMING: Final = re.compile(
    r"\b(cloth\w*|dress\w*|skirt|drunk|drink\w*|alcohol|resist\w*|fought|fight|provok\w*|alleged\w*|meant|really)\b",
    re.I,
)


@pytest.mark.req("S8")
@pytest.mark.principle("prevention")
def test_every_kind_that_can_be_ticked_has_a_plain_example_and_one_place_on_the_page() -> None:
    shown = Counter(kind for family in FAMILIES for kind in family.kinds)
    assert set(shown) == set(EXAMPLES) == KINDS
    assert max(shown.values()) == 1
    assert all(EXAMPLES.values())


@pytest.mark.req("S17")
def test_all_that_happens_online_stands_together() -> None:
    (online,) = (family for family in FAMILIES if family.id == "online")
    assert set(online.kinds) == {kind for kind in KINDS if kind.startswith("online_")}


@pytest.mark.req("S21")
@pytest.mark.principle("non_discrimination")
def test_every_ground_is_part_of_an_example_and_several_meet_in_one() -> None:
    assert set().union(*(one.grounds for one in ABOUT_YOU)) == GROUNDS - {"other"}
    assert any(len(one.grounds) > 2 for one in ABOUT_YOU)


@pytest.mark.principle("respect")
@pytest.mark.parametrize("sentence", SENTENCES)
def test_an_example_is_one_short_sentence_that_blames_nobody_it_happened_to(sentence: str) -> None:
    assert not BLAMING.search(sentence)
    assert len(sentence.split()) <= 20
    assert "%" not in sentence


def test_no_example_stands_twice() -> None:
    assert max(Counter(SENTENCES).values()) == 1
