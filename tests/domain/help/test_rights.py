"""The ten rights of the statement, each with something to do; `tests/web/test_guides.py` follows what they lead to."""

import re

import pytest

from reporting.domain.help.rights import RIGHTS


@pytest.mark.req("U13")
def test_the_ten_rights_of_the_statement_are_all_there_each_with_something_to_do() -> None:
    assert [right.id for right in RIGHTS] == [
        *("respect", "support", "justice", "decide", "information"),
        *("heard", "privacy", "protection", "remedy", "complaint"),
    ]
    assert all(right.actions for right in RIGHTS), "also for somebody who has no page yet"
    assert all(right.places for right in RIGHTS), "and for somebody who has one"


@pytest.mark.principle("respect")
def test_a_right_is_said_in_plain_words_without_clauses_and_without_blame() -> None:
    for right in RIGHTS:
        assert right.title.startswith("To ")
        assert not re.search(r"[\d%§]|\b(article|clause|alleged|wore|drank|fight)\b", right.words, re.IGNORECASE)
        assert all(len(sentence.split()) <= 24 for sentence in right.words.split(". "))
