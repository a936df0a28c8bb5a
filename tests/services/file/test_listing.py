"""The things of a case file: each with its text, none with an id, and never who she is."""

import json

import pytest

from reporting.domain.case import ItemKind
from reporting.domain.sealed.disclosure import Note, People, Person
from reporting.services.file.listing import Passage, listed_from, passages_of


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
