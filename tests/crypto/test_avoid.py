"""The words that no token shows are few enough, real words of their list, and in its order."""

import pytest

from reporting.crypto.avoid import AVOID
from reporting.crypto.wordlists import LISTS, word_list

pytestmark = pytest.mark.principle("respect")


def test_every_list_that_tokens_use_was_read_for_words_to_avoid() -> None:
    assert set(AVOID) == set(LISTS)
    assert all(len(words) > 200 for words in AVOID.values())


@pytest.mark.parametrize("name", LISTS)
def test_a_word_to_avoid_is_a_word_of_its_list(name: str) -> None:
    # One that is not would avoid nothing, for instance because it was typed without its accent.
    assert AVOID[name] <= set(word_list(name))


@pytest.mark.parametrize("name", LISTS)
def test_avoiding_costs_no_more_than_four_bits(name: str) -> None:
    assert (1 - len(AVOID[name]) / 2048) ** 8 > 1 / 2**4


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("english", "abuse weapon hunt trap kiss skirt guilt boss uncle police alone witness token"),
        ("french", "arme violon patron dénuder honteux proie mensonge policier"),
        ("spanish", "acoso violín jefe desnudo culpa miedo secreto tocar"),
        ("russian", "жертва угроза голый стыдно хозяин нельзя мишень"),
        ("chinese_simplified", "死 杀 罪 乳 孤 警 骗"),
    ],
)
def test_the_plainest_of_them_are_there(name: str, words: str) -> None:
    assert set(words.split()) & set(word_list(name)) <= AVOID[name]
