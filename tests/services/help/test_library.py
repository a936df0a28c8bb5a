"""The library: kept by editors alone, given on exactly as it came, flagged when due and never hidden."""

import hashlib
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from reporting.domain.help.library import Audience, DocumentFacts, Kind, is_due
from reporting.domain.oversight.audit import StaffEvent
from reporting.domain.people import STAFF, Role
from reporting.services.actors import StaffMember
from reporting.services.errors import NotAName, NotFound
from reporting.services.help import library
from reporting.services.help.file_types import examine
from reporting.services.help.library import LibraryFull, Wanted, source_key
from reporting.store import library as rows
from reporting.store.audit import AuditEvent
from reporting.store.database import reading
from tests.builders import Built, Team, add_staff, in_unit
from tests.services.help.files import pdf
from tests.services.together import at_once

GUIDE = DocumentFacts(
    "Your first days", "Example Women’s Centre", Kind.GUIDE, Audience.SURVIVORS, "en", date(2027, 3, 1)
)


@pytest.fixture
def editor(built: Built, team: Team) -> StaffMember:
    """Whoever keeps the library."""
    return add_staff(built, team.office, Role.DIRECTORY_EDITOR, "Dora Ionescu")


def add(built: Built, editor: StaffMember, content: bytes = b"Some words.", **facts: Any) -> bytes:
    """Put a document into the library."""
    added: bytes = in_unit(built, library.add_document, editor, replace(GUIDE, **facts), examine(content))
    return added


def kept(built: Built, document_id: bytes) -> library.Kept:
    """Return a document as it stands there."""
    with reading(built.stores) as work:
        return library.document_of(work, built.house, document_id)


def file_of(built: Built, document_id: bytes) -> bytes:
    """Return the file of a document, put together."""
    one = kept(built, document_id)
    with reading(built.stores) as work:
        return b"".join(library.part_of(work, one, place) for place in library.parts_of(one))


def count(built: Built, table: type) -> int:
    """Return how many rows a table has."""
    with reading(built.stores) as work:
        return work.main.scalar(select(func.count()).select_from(table)) or 0


def events(built: Built) -> list[tuple[str, str]]:
    """Return what stands in the record about the library, with the words beside it."""
    with reading(built.stores) as work:
        found = work.main.execute(select(AuditEvent.action, AuditEvent.detail).order_by(AuditEvent.seq)).all()
    return [(action, detail) for action, detail in found if action.startswith("document")]


@pytest.mark.req("S4")
@pytest.mark.parametrize("size", [1, rows.PART - 1, rows.PART, rows.PART + 1, 3 * rows.PART])
def test_a_file_is_given_on_exactly_as_it_came(built: Built, editor: StaffMember, size: int) -> None:
    content = bytes(33 + place % 90 for place in range(size))
    document_id = add(built, editor, content)
    one = kept(built, document_id)
    assert (one.facts, one.size, one.version) == (GUIDE, size, 1)
    assert one.sha256 == hashlib.sha256(content).hexdigest()
    assert file_of(built, document_id) == content
    assert count(built, rows.DocumentPart) == -(-size // rows.PART)


@pytest.mark.req("S4")
def test_another_file_takes_the_place_and_the_fingerprint_of_the_first_stays(built: Built, editor: StaffMember) -> None:
    document_id = add(built, editor, b"x" * (2 * rows.PART))
    first = kept(built, document_id)
    in_unit(built, library.replace_file, editor, document_id, examine(pdf()))
    second = kept(built, document_id)
    assert (second.version, second.type, file_of(built, document_id)) == (2, "application/pdf", pdf())
    assert count(built, rows.DocumentPart) == 1
    with reading(built.stores) as work:
        assert [one.sha256 for one in library.earlier_files(work, document_id)] == [first.sha256]
        with pytest.raises(NotFound):  # somebody who was fetching it gets no mixture of both
            library.part_of(work, first, 1)


@pytest.mark.req("S4")
def test_what_is_taken_out_is_gone_to_the_last_byte(built: Built, editor: StaffMember) -> None:
    document_id, other = add(built, editor), add(built, editor, b"Other words.")
    in_unit(built, library.replace_file, editor, document_id, examine(b"New words."))
    in_unit(built, library.take_out, editor, document_id)
    assert [count(built, table) for table in (rows.Document, rows.DocumentVersion, rows.DocumentPart)] == [1, 1, 1]
    assert file_of(built, other) == b"Other words."
    for use, more in (
        (library.take_out, ()),
        (library.replace_file, (examine(b"x"),)),
        (library.change_document, (GUIDE,)),
    ):
        with pytest.raises(NotFound):
            in_unit(built, use, editor, document_id, *more)
    with pytest.raises(NotFound):
        kept(built, document_id)


@pytest.mark.req("S4")
@pytest.mark.principle("confidentiality")
def test_every_change_stands_in_the_record_without_a_word_of_it(built: Built, editor: StaffMember) -> None:
    document_id = add(built, editor)
    in_unit(built, library.change_document, editor, document_id, replace(GUIDE, title="Another title"))
    in_unit(built, library.replace_file, editor, document_id, examine(b"New words."))
    in_unit(built, library.take_out, editor, document_id)
    assert events(built) == [
        (StaffEvent.DOCUMENT_ADDED, ""),
        (StaffEvent.DOCUMENT_CHANGED, ""),
        (StaffEvent.DOCUMENT_REPLACED, ""),
        (StaffEvent.DOCUMENT_REMOVED, ""),
    ]


@pytest.mark.parametrize("role", sorted(STAFF - {Role.DIRECTORY_EDITOR}))
def test_nobody_but_an_editor_keeps_it(built: Built, editor: StaffMember, role: Role) -> None:
    document_id, other = add(built, editor), replace(editor, role=role)
    for use, more in (
        (library.add_document, (GUIDE, examine(b"x"))),
        (library.change_document, (document_id, GUIDE)),
        (library.replace_file, (document_id, examine(b"x"))),
        (library.take_out, (document_id,)),
    ):
        with pytest.raises(NotFound):
            in_unit(built, use, other, *more)
    assert file_of(built, document_id) == b"Some words."


@pytest.mark.parametrize(
    "facts",
    [
        {"title": " "},
        {"source": ""},
        {"title": "x" * 201},
        {"summary": "x" * 601},
        {"language": "EN"},
        {"language": ""},
    ],
)
def test_facts_that_do_not_fit_are_refused(built: Built, editor: StaffMember, facts: dict[str, Any]) -> None:
    document_id = add(built, editor)
    with pytest.raises(NotAName):
        in_unit(built, library.change_document, editor, document_id, replace(GUIDE, **facts))
    with pytest.raises(NotAName):
        add(built, editor, **facts)


@pytest.mark.req("S4")
def test_a_document_is_due_from_the_day_after_and_stays_in_view(built: Built, editor: StaffMember) -> None:
    today = built.house.today()
    assert [is_due(today + timedelta(days=days), today) for days in (-1, 0, 1)] == [True, False, False]
    later, now, over = (add(built, editor, review_on=today + timedelta(days=days)) for days in (1, 0, -1))
    with reading(built.stores) as work:
        shown = library.shelf(work, built.house)
    assert [one.id for one in shown] == [over, now, later]
    assert [one.due for one in shown] == [True, False, False]


def test_a_full_library_takes_no_more(built: Built, editor: StaffMember, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(library, "MOST_DOCUMENTS", 1)
    add(built, editor)
    with pytest.raises(LibraryFull):
        add(built, editor)


@pytest.mark.req("S4")
def test_words_are_found_in_what_is_said_of_a_document_in_any_case(built: Built, editor: StaffMember) -> None:
    add(built, editor, summary="What a nurse can do in the first 72 hours")
    add(built, editor, title="Право на допомогу", language="uk")
    with reading(built.stores) as work:
        shown = library.shelf(work, built.house)
    found = {words: [one.facts.language for one in library.found_in(shown, Wanted(words))] for words in (
        "NURSE 72", "nurse lawyer", "право", "example centre", "%", "_", "\x00", "women’s",
    )}  # fmt: skip
    assert found == {
        "NURSE 72": ["en"],
        "nurse lawyer": [],
        "право": ["uk"],
        "example centre": ["en", "uk"],
        "%": [],
        "_": [],
        "\x00": [],
        "women’s": ["en", "uk"],
    }


@pytest.mark.req("S4")
def test_words_are_found_without_their_accents_and_in_either_shape_of_a_letter(
    built: Built, editor: StaffMember
) -> None:
    add(built, editor, title="Sănătate după agresiune", language="ro")
    add(built, editor, title="المساعدة الطبيّة", language="ar")
    with reading(built.stores) as work:
        shown = library.shelf(work, built.house)
    found = [
        [one.facts.language for one in library.found_in(shown, Wanted(words))]
        for words in ("sanatate dupa", "SĂNĂTATE", "المساعده الطبية", "nurse")
    ]
    assert found == [["ro"], ["ro"], ["ar"], []]


@pytest.mark.req("S4")
def test_each_filter_narrows_and_all_of_them_together(built: Built, editor: StaffMember) -> None:
    today = built.house.today()
    add(built, editor)
    add(built, editor, title="Old law", kind=Kind.LAW, review_on=today - timedelta(days=1))
    add(built, editor, title="For managers", audience=Audience.MANAGERS, language="fr", source="Another")
    with reading(built.stores) as work:
        shown = library.shelf(work, built.house)

    def titles(**wanted: Any) -> set[str]:
        return {one.facts.title for one in library.found_in(shown, Wanted(**wanted))}

    assert len(titles()) == 3
    assert titles(kind="law") == {"Old law"}
    assert (
        titles(audience="managers") == titles(language="fr") == titles(source=source_key("Another")) == {"For managers"}
    )
    assert titles(current=True) == {"Your first days", "For managers"}
    assert titles(kind="law", current=True) == titles(kind="novel") == titles(words="law", language="fr") == set()


def test_two_who_replace_a_file_at_once_leave_one_whole_file(built: Built, editor: StaffMember) -> None:
    document_id = add(built, editor)
    files = [bytes([97 + place]) * (2 * rows.PART + 5) for place in range(3)]
    at_once(lambda place: in_unit(built, library.replace_file, editor, document_id, examine(files[place])), 3)
    assert file_of(built, document_id) in files
    assert kept(built, document_id).version == 4
