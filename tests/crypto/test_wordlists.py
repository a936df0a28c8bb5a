"""The word lists never change, and a word is found in them however it was typed."""

import hashlib

import pytest

from reporting.crypto.wordlists import LISTS, find, finder, pieces, word_list
from tests.crypto.builders import only_beginnings

pytestmark = [pytest.mark.req("U2"), pytest.mark.principle("respect")]


def test_nearly_all_words_may_be_cut_after_four_letters() -> None:
    assert [len(only_beginnings(name)) for name in LISTS] == [2048, 2048, 2048, 2046, 2048]


@pytest.mark.parametrize(("cut", "whole"), [("aband", "abandon"), ("abil", "ability"), ("ACCI", "accident")])
def test_a_word_cut_anywhere_after_four_letters_is_found(cut: str, whole: str) -> None:
    assert find(cut.lower(), "english") == word_list("english").index(whole)


@pytest.mark.parametrize("word", ["aba", "abanx", "abandonn", "abandonment", "zzzz", ""])
def test_too_short_or_misspelt_words_are_not_guessed(word: str) -> None:
    assert find(word, "english") is None


# The lists as they were when the first token was handed out. One word changed is a token that nobody can read again.
DIGESTS = {
    "english": "187db04a869dd9bc7be80d21a86497d692c0db6abd3aa8cb6be5d618ff757fae",
    "french": "a987d13c85916835e44001998f43aa71e1be667bd16fa868823ed7adbaf630ef",
    "spanish": "9853830bbcfccfaa4f9185af63bbdfdff9c8f57aa61e14b60e19abd93cdb9166",
    "russian": "2439333f64847a2c60c7d0cdcdcad20ca3cb546ac108f0fe8b0b8bcaa0947443",
    "chinese_simplified": "106cc8387ac3fc7d44ca1072e30a0b27ed017b1d377501bb909c2833ef60c186",
}


@pytest.mark.parametrize("name", LISTS)
def test_no_word_of_a_list_ever_changes(name: str) -> None:
    assert hashlib.sha256("\n".join(word_list(name)).encode()).hexdigest() == DIGESTS[name]


@pytest.mark.parametrize("name", LISTS)
def test_folding_keeps_every_word_of_a_list_apart(name: str) -> None:
    folded = finder(name)
    assert len(set(folded.values())) == len(word_list(name)) == 2048
    for place, word in enumerate(word_list(name)):
        (piece,) = pieces(word)
        assert folded[piece] == place
