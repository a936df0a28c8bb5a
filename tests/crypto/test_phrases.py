"""Passphrases that the machine draws pass the rule for those that people choose."""

import pytest

from reporting.crypto.avoid import AVOID
from reporting.crypto.passphrases import weakness
from reporting.crypto.phrases import STRONG, draw_passphrase
from reporting.crypto.wordlists import FINGERPRINT_LIST, word_list


@pytest.mark.req("L5")
def test_a_drawn_passphrase_is_as_strong_as_a_chosen_one_must_be() -> None:
    drawn = draw_passphrase()
    assert len(drawn.split("-")) == STRONG
    assert weakness(drawn, []) is None


def test_no_two_are_alike_and_none_holds_a_word_that_hurts() -> None:
    drawn = [draw_passphrase(5) for _ in range(2000)]
    words = {word for passphrase in drawn for word in passphrase.split("-")}
    assert len(set(drawn)) == len(drawn)
    assert words <= set(word_list(FINGERPRINT_LIST)) - AVOID[FINGERPRINT_LIST]
    assert len(words) > 1500, "every part of the list is drawn from"
