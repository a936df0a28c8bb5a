"""Her text is kept exactly; only what no store can hold is replaced."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reporting.domain.words import N_, clean_text, is_language, latin_digits, parts_of


def test_marking_a_sentence_does_not_change_it() -> None:
    assert N_("You can stop at any time.") == "You can stop at any time."


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a\r\nb\n\n c\t",
        "مرحبا\u200f \u202eabc\u202c",
        "👩🏽‍⚖️🇲🇩",
        "e\u0301 é",
        "\ufeff\u200b\u00ad",
        "\ufffe\uffff\U0010ffff",
    ],
)
def test_text_of_every_script_stays_exactly_as_it_was_typed(text: str) -> None:
    assert clean_text(text) == text


def test_a_hundred_thousand_characters_stay() -> None:
    text = "زهرة🌸\n" * 16_000
    assert clean_text(text) == text


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("a\x00b", "a\ufffdb"), ("\ud83d", "\ufffd"), ("x\udc00y", "x\ufffdy"), ("\x00\x00", "\ufffd\ufffd")],
)
def test_nul_and_lone_surrogates_become_the_replacement_character(typed: str, kept: str) -> None:
    assert clean_text(typed) == kept


@given(st.text(st.characters(codec=None, exclude_categories=())))
def test_whatever_is_typed_can_be_stored_and_has_as_many_characters_as_before(text: str) -> None:
    cleaned = clean_text(text)
    assert cleaned.encode("utf-8").decode("utf-8") == cleaned
    assert "\x00" not in cleaned
    assert len(cleaned) == len(text)


@pytest.mark.parametrize("typed", ["ro, ru,uk", "ro ru uk", "ro،ru، uk", "ro，ru ，uk", " ro,,ru ،, uk,"])
def test_a_list_of_codes_is_read_with_the_comma_of_every_keyboard(typed: str) -> None:
    assert parts_of(typed) == ["ro", "ru", "uk"]


def test_digits_of_every_script_are_read_as_a_telephone_wants_them() -> None:
    assert latin_digits("+٣٧٣ ۲۲ 24-06, من الخارج") == "+373 22 24-06, من الخارج"


def test_a_language_is_two_or_three_small_letters() -> None:
    assert all(map(is_language, ("ar", "fil")))
    assert not any(map(is_language, ("", "a", "EN", "en-GB", "abcd", "ar\n", "аr")))
