"""A token is read however it was written down, and a wrong one is refused without being repeated."""

import unicodedata
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reporting.crypto import token as module
from reporting.crypto.errors import NotAToken, UnknownWord, WrongCheck, WrongLength
from reporting.crypto.token import Token, parse
from reporting.crypto.wordlists import WORD_LANGUAGES, word_list
from tests.crypto.builders import TOKEN, only_beginnings, without_accents

pytestmark = [pytest.mark.req("U2", "U3"), pytest.mark.principle("respect")]

SPACES = [" ", "\n", "\t", "  ", ", ", " - ", ". ", "; ", " / ", "\u00a0", "\u3000", "\u2009", "、", " | ", "…", "_"]
LATIN = ["en", "fr", "es"]
CASES = [str.lower, str.upper, str.title, str.swapcase, str.capitalize]
FORMS: list[Literal["NFC", "NFD", "NFKC", "NFKD"]] = ["NFC", "NFD", "NFKC", "NFKD"]
NUMBERINGS = ["{n}. {word}", "{n}) {word}", "{n}{word}", "({n}) {word}", "{word} ({n})", "№{n} {word}", "{n}： {word}"]
INVISIBLE = ["\u200b", "\u200e", "\u200f", "\u00ad", "\u2060", "\ufeff", "\u202b"]
ZEROS = [chr(code) for code in range(0x110000) if unicodedata.decimal(chr(code), -1) == 0]

tokens = st.binary(min_size=10, max_size=10).map(Token)
languages = st.sampled_from(sorted(WORD_LANGUAGES))


def full_width(text: str) -> str:
    return "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in text)


def read(text: str) -> Token | None:
    """The token in a text, or None; a refusal that repeats the text fails the test."""
    try:
        return parse(text)
    except NotAToken as refusal:
        told = str(refusal)
    assert len(text.strip()) < 8 or text.strip() not in told
    return None


def in_digits_of(zero: str, digits: str) -> str:
    return "".join(chr(ord(zero) + int(c)) if c.isdecimal() else c for c in digits)


@given(tokens, languages)
def test_words_are_read_back(token: Token, language: str) -> None:
    words = token.words(language)
    assert len(words) == 8
    assert parse(" ".join(words)) == token


@given(tokens)
def test_digits_are_read_back(token: Token) -> None:
    groups = token.digits().split(" ")
    assert [len(group) for group in groups] == [3] * 9
    assert parse(token.digits()) == token


@given(tokens, languages, st.sampled_from(CASES), st.lists(st.sampled_from(SPACES), min_size=9, max_size=9))
def test_case_spaces_and_punctuation_are_forgiven(
    token: Token, language: str, case: type[str], gaps: list[str]
) -> None:
    words = [case(word) for word in token.words(language)]
    written = gaps[0] + "".join(word + gap for word, gap in zip(words, gaps[1:], strict=True))
    assert parse(written) == token


@given(tokens, languages, st.sampled_from(FORMS), st.booleans())
def test_accents_and_their_composition_are_forgiven(
    token: Token, language: str, form: Literal["NFC", "NFD", "NFKC", "NFKD"], plain: bool
) -> None:
    words = [without_accents(word) if plain else word for word in token.words(language)]
    assert parse(unicodedata.normalize(form, " ".join(words))) == token


@given(tokens, languages, st.sampled_from(NUMBERINGS), st.sampled_from(ZEROS))
def test_numbered_words_are_forgiven(token: Token, language: str, numbering: str, zero: str) -> None:
    numbers = [in_digits_of(zero, str(n)) for n in range(1, 9)]
    written = [numbering.format(n=n, word=word) for n, word in zip(numbers, token.words(language), strict=True)]
    assert parse("\n".join(written)) == token


@given(tokens, languages, st.sampled_from(INVISIBLE), st.data())
def test_marks_that_nobody_sees_are_forgiven(token: Token, language: str, mark: str, data: st.DataObject) -> None:
    written = " ".join(token.words(language))
    place = data.draw(st.integers(0, len(written)))
    assert parse(written[:place] + mark + written[place:]) == token


@given(tokens, st.sampled_from(LATIN))
def test_full_width_letters_are_forgiven(token: Token, language: str) -> None:
    assert parse(full_width(" ".join(token.words(language)))) == token


@given(tokens)
def test_chinese_words_need_no_spaces(token: Token) -> None:
    written = "".join(token.words("zh"))
    assert parse(written) == token
    assert parse(written[:4] + "\n" + written[4:]) == token


@given(tokens, st.sampled_from(ZEROS), st.integers(1, 9), st.sampled_from([*SPACES, ""]))
def test_digits_of_any_script_and_in_any_groups_are_read(token: Token, zero: str, group: int, gap: str) -> None:
    digits = token.digits().replace(" ", "")
    written = gap.join(digits[i : i + group] for i in range(0, 27, group))
    assert parse(in_digits_of(zero, written)) == token


@pytest.mark.parametrize("zero", ["٠", "۰", "०", "০", "๐", "０", "𝟎"])
def test_the_scripts_that_our_readers_use_are_among_those(zero: str) -> None:
    assert zero in ZEROS
    assert parse(in_digits_of(zero, TOKEN.digits())) == TOKEN


def test_a_heading_before_the_digits_does_not_hide_them() -> None:
    assert parse(f"Number: {TOKEN.digits()}.") == TOKEN


@given(tokens, st.sampled_from(["en", "fr", "es", "ru"]), st.lists(st.booleans(), min_size=8, max_size=8))
def test_words_cut_after_four_letters_are_read_where_only_one_begins_so(
    token: Token, language: str, cut: list[bool]
) -> None:
    only = only_beginnings(WORD_LANGUAGES[language])
    words = [without_accents(word) for word in token.words(language)]
    written = [word[:4] if short and word[:4] in only else word for word, short in zip(words, cut, strict=True)]
    assert parse(" ".join(written)) == token


@given(tokens, languages, st.integers(0, 7), st.data())
def test_an_unknown_word_is_named_by_its_position_and_never_repeated(
    token: Token, language: str, place: int, data: st.DataObject
) -> None:
    words = list(token.words(language))
    words[place] = data.draw(st.sampled_from(["qqqqq", "ыыыыы", "龘", "привеет"]))
    with pytest.raises(UnknownWord) as refusal:
        parse(" ".join(words))
    assert refusal.value.position == place + 1
    assert words[place] not in str(refusal.value)
    assert refusal.value.__cause__ is None
    assert refusal.value.__suppress_context__


def test_the_first_of_several_unknown_words_is_named() -> None:
    words = list(TOKEN.words("en"))
    words[2] = words[5] = "qqqq"
    with pytest.raises(UnknownWord) as refusal:
        parse(" ".join(words))
    assert (refusal.value.position, refusal.value.known) == (3, 6)


@given(st.integers(0, 30).filter(lambda count: count != 8))
def test_a_wrong_number_of_words_is_counted(count: int) -> None:
    with pytest.raises(WrongLength) as refusal:
        parse(" ".join(["zoo"] * count))
    assert (refusal.value.found, refusal.value.expected) == (count, 8)


@given(st.integers(1, 40).filter(lambda count: count != 27))
def test_a_wrong_number_of_digits_is_counted(count: int) -> None:
    with pytest.raises(WrongLength) as refusal:
        parse("7" * count)
    assert (refusal.value.found, refusal.value.expected) == (count, 27)


def test_what_nobody_would_type_is_refused_before_it_is_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "pieces", lambda text: pytest.fail(f"looked at {len(text)} characters"))
    with pytest.raises(WrongLength):
        parse("zoo " * 251)


@given(tokens, st.integers(0, 26), st.integers(1, 9))
def test_one_wrong_digit_is_nearly_always_noticed(token: Token, place: int, change: int) -> None:
    digits = token.digits().replace(" ", "")
    wrong = digits[:place] + str((int(digits[place]) + change) % 10) + digits[place + 1 :]
    assert read(wrong) != token


def test_of_wrong_tokens_all_but_one_in_256_are_noticed() -> None:
    words = list(TOKEN.words("en"))
    noticed = [word for word in word_list("english") if read(" ".join([*words[:7], word])) is None]
    # The last word carries 3 random bits and the 8 check bits, so exactly 8 of the 2048 fit.
    assert len(noticed) == 2040


def test_a_number_that_is_no_token_at_all_is_refused() -> None:
    with pytest.raises(WrongCheck):
        parse("9" * 27)


def test_words_in_another_order_are_another_token_or_none() -> None:
    with pytest.raises(WrongCheck):
        parse(" ".join(reversed(TOKEN.words("en"))))


@given(st.text(max_size=300))
def test_arbitrary_text_is_refused_and_never_crashes(text: str) -> None:
    assert read(text) is None


@pytest.mark.parametrize("text", ["", "\0" * 8, "\ud800 " * 8, "\u202e" * 50, "﷽" * 900, "½" * 27, "²³" * 14])
def test_odd_text_is_refused_and_never_crashes(text: str) -> None:
    with pytest.raises(NotAToken):
        parse(text)
