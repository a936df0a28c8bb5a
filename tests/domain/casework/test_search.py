"""Words are found as people mean them."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reporting.domain.casework.search import AROUND, LONGEST_QUERY, fold, line_around, terms_of, texts_in


@pytest.mark.parametrize(
    ("written", "looked_for"),
    [
        ("Düsseldorf", "dusseldorf"),
        ("ȘTEFĂNESCU", "stefanescu"),
        ("Straße", "strasse"),
        ("مُحَمَّد", "محمد"),
        ("أحمد", "احمد"),
        ("فاطمة", "فاطمه"),
        ("Київ", "київ"),
        ("Łódź", "lodz"),
    ],
)
def test_case_accents_and_shapes_of_a_letter_are_alike(written: str, looked_for: str) -> None:
    assert fold(written) == fold(looked_for)


@given(st.text())
def test_folding_twice_changes_nothing_more(text: str) -> None:
    assert terms_of(fold(text)) == terms_of(" ".join(terms_of(fold(text)))) or len(text) > LONGEST_QUERY


def test_a_query_gives_each_word_once_and_none_of_one_letter() -> None:
    assert terms_of("  Night, NIGHT a messages!! ") == ("night", "messages")
    assert terms_of("  .,? a ") == ()
    assert len(" ".join(terms_of("word " * 1000))) <= LONGEST_QUERY


def test_names_of_fields_and_codes_are_no_text() -> None:
    record = {"text": "said", "more": ["one", {"deep": "two", "n": 3, "none": None, "state": "answered"}]}
    assert list(texts_in(record)) == ["said", "one", "two"]


def test_the_line_shows_the_word_as_it_was_written_and_a_little_around_it() -> None:
    said = ["Nothing here", "He wrote at NIGHT, twice.\nThen " + "again " * 50]
    found = line_around(said, "night")
    assert found is not None
    before, word, after = found
    assert (before, word) == ("He wrote at", "NIGHT,")
    assert after.startswith("twice. Then again")
    assert len(after) <= AROUND + 1
    assert line_around(said, "day") is None


@given(st.text(min_size=1), st.text())
def test_any_text_can_be_looked_through(text: str, query: str) -> None:
    for term in terms_of(query):
        found = line_around([text], term)
        assert found is None or term in fold(found[1])


@pytest.mark.principle("safety")
def test_marks_without_end_are_folded_in_a_moment() -> None:
    """To put them in order takes the square of their number, and no other request is answered meanwhile."""
    begun = time.monotonic()
    assert fold("a" + "\u0300\u0323" * 50_000) == "a"
    assert time.monotonic() - begun < 3
