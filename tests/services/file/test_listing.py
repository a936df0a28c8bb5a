"""The things of a case file: each with its text, none with an id, and never who she is."""

import json
from dataclasses import replace
from typing import Any

import pytest

from reporting.domain.case import ItemKind
from reporting.domain.evidence.evidence import Cleaning, Evidence, KeptFile
from reporting.domain.sealed.disclosure import Note, People, Person
from reporting.services.file.listing import Listed, Passage, listed_from, passages_of
from reporting.services.protection.referral_scope import digest_of
from tests.evidence import secrets_of


def entry(**fields: object) -> bytes:
    body = {"format": 1, "what": "task", "position": 3, "author": "0" * 32, "author_name": "Ben", "day": "2026-03-02"}
    return json.dumps(body | fields).encode()


def test_an_entry_is_told_field_by_field_without_ids_and_blanks() -> None:
    content = entry(due_on="2026-04-01", owner="ab" * 16, done=False, text="Ask the driver.", steps=[["a", "b"], None])
    assert passages_of(ItemKind.ENTRY, content) == [
        Passage("due on", "2026-04-01"),
        Passage("steps", "a\nb\n"),
        Passage("text", "Ask the driver."),
    ]
    listed = listed_from(bytes(16), ItemKind.ENTRY, content)
    assert (listed.code, listed.day, listed.author) == ("task", "2026-03-02", "Ben")


@pytest.mark.principle("confidentiality")
def test_what_she_wrote_has_no_author_and_a_note_has_one() -> None:
    note = Note(0, "ab" * 16, "Ben", "2026-03-02", "For us.")
    assert listed_from(bytes(16), ItemKind.NOTE, note.to_bytes()).author == "Ben"
    assert passages_of(ItemKind.NOTE, note.to_bytes()) == [Passage("", "For us.")]
    message = json.dumps({"what": "message", "author": "reporter", "author_name": "", "day": "2026-03-02", "text": "x"})
    assert listed_from(bytes(16), ItemKind.MESSAGE, message.encode()).author == ""


def test_people_are_told_by_what_is_known_of_them() -> None:
    people = People(named=(Person("Oleg", "", "Unit", ""),), excluded_words=("His brother",))
    assert passages_of(ItemKind.PEOPLE, people.to_bytes()) == [
        Passage("named", "Oleg, Unit"),
        Passage("closed to", "His brother"),
    ]


def piece(**more: Any) -> Evidence:
    """Return a piece with a file."""
    kept = KeptFile("ab" * 16, "cd" * 32, 2048, "ef" * 32, "image/jpeg")
    facts: dict[str, Any] = {"name": "IMG_1.jpg", "says": "His message", "original": kept, "clean": None}
    return Evidence(0, "reporter", "", "2026-03-02", "12" * 16, **(facts | more))


def listed(one: Evidence) -> Listed:
    """Return a piece as it stands in a list."""
    return listed_from(bytes(16), ItemKind.EVIDENCE, one.to_bytes())


@pytest.mark.principle("confidentiality")
def test_a_piece_of_evidence_is_told_without_its_keys() -> None:
    one = listed(piece(link="https://example.org/post", handle="@oleg", cleaning=Cleaning.CLEANED))
    assert (one.code, one.day, one.author) == ("evidence", "2026-03-02", "")
    assert Passage("SHA-256", "ef" * 32) in one.passages
    assert Passage("copy without hidden data", "yes") in one.passages
    assert Passage("link", "https://example.org/post") in one.passages
    assert not [secret for secret in secrets_of(piece()) if secret in str(one)]


@pytest.mark.parametrize(
    ("cleaning", "said"),
    [(Cleaning.NO_FILE, "not needed"), (Cleaning.NO_PROGRAM, "no: no program"), (Cleaning.TOO_LARGE, "no: too large")],
)
def test_what_became_of_the_copy_of_a_file_is_told_in_words(cleaning: Cleaning, said: str) -> None:
    assert Passage("copy without hidden data", said) in listed(piece(cleaning=cleaning)).passages
    without = listed(piece(cleaning=cleaning, original=None))
    assert "copy without hidden data" not in [passage.label for passage in without.passages]


def test_her_yes_to_a_piece_is_bound_to_what_she_is_shown_and_not_to_its_working_copy() -> None:
    before = digest_of(listed(piece(cleaning=Cleaning.NO_PROGRAM)))
    copy = KeptFile("11" * 16, "22" * 32, 1000, "33" * 32, "image/jpeg")
    assert digest_of(listed(piece(clean=copy, cleaning=Cleaning.CLEANED, pages=1))) == before
    other = replace(copy, type="")
    shown = {"says": "y", "name": "y", "original": other, "link": "y", "platform": "y", "handle": "y"}
    for field, value in {**shown, "captured_on": "2026-01-01", "captured_by": "y"}.items():
        assert digest_of(listed(piece(**{field: value}))) != before, field
