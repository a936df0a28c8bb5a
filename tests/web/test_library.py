"""The library as anyone meets it: no cookie, nothing hidden, and files that can do nothing in a browser."""

import re
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from reporting.domain.help.library import Audience, DocumentFacts, Kind
from reporting.domain.people import Role
from reporting.services.actors import StaffMember
from reporting.services.errors import NotFound
from reporting.services.help import library
from reporting.services.help.file_types import examine
from reporting.store.library import PART
from tests.builders import Built, Team, add_staff, in_unit
from tests.engines import on_sqlite
from tests.services.help.files import PNG, docx, epub, odt, pdf
from tests.visitor import Visitor
from tests.web.her import plain

pytestmark = on_sqlite
GUIDE = DocumentFacts("Your first days", "Example Centre", Kind.GUIDE, Audience.SURVIVORS, "en", date(2030, 3, 1))


@pytest.fixture
def editor(built: Built, team: Team) -> StaffMember:
    """Whoever keeps the library."""
    return add_staff(built, team.office, Role.DIRECTORY_EDITOR, "Dora Ionescu")


def add(built: Built, editor: StaffMember, content: bytes = b"Some words.", **facts: Any) -> bytes:
    """Put a document into the library."""
    added: bytes = in_unit(built, library.add_document, editor, replace(GUIDE, **facts), examine(content))
    return added


def addresses(built: Built, language: str = "en") -> list[str]:
    """Return where the files are, in the order of the page."""
    page = Visitor(built).get(f"/{language}/library").text
    return re.findall(r'href="(/\w\w/library/[0-9a-f]{32}/[^"]+)"', page)


@pytest.mark.req("S4")
@pytest.mark.principle("support")
def test_the_shelf_stands_in_groups_with_the_language_of_the_page_first(built: Built, editor: StaffMember) -> None:
    assert "There is nothing here yet." in plain(Visitor(built).get("/en/library").text)
    add(built, editor, title="Zebra")
    add(built, editor, title="أول الأيام", language="ar")
    add(built, editor, title="A law", kind=Kind.LAW, summary="What it says", published_on=date(2020, 5, 1))
    visitor = Visitor(built)
    answer = visitor.get("/en/library")
    page = plain(answer.text)
    order = [page.index(words, page.index("Its name says")) for words in ("Guides", "Zebra", "أول", "Laws", "A law")]
    assert order == sorted(order)
    for words in ("For people to whom something happened", "Arabic", "Example Centre", "What it says", "May 1, 2020"):
        assert words in page
    arabic = plain(visitor.get("/ar/library").text)
    assert arabic.index("أول") < arabic.index("Zebra")
    assert "Set-Cookie" not in answer.headers


@pytest.mark.req("S4")
def test_what_is_due_is_flagged_with_its_day_and_not_hidden(built: Built, editor: StaffMember) -> None:
    today = built.house.today()
    add(built, editor, title="Old", review_on=today - timedelta(days=1))
    add(built, editor, title="Fresh", review_on=today)
    page = plain(Visitor(built).get("/en/library").text)
    assert page.count("Due for review") == 1, "said once"
    old = page.index("Old")
    assert old < page.index("Due for review since") < old + 60


@pytest.mark.req("S4")
@pytest.mark.principle("safety")
@pytest.mark.parametrize(
    ("content", "kind", "ending"),
    [
        (pdf(), "application/pdf", "pdf"),
        (b"Some words.", "text/plain; charset=utf-8", "txt"),
        (odt(), "application/vnd.oasis.opendocument.text", "odt"),
        (docx(), "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "docx"),
        (epub(), "application/epub+zip", "epub"),
        (PNG, "image/png", "png"),
        (b"x" * (2 * PART + 1), "text/plain; charset=utf-8", "txt"),
    ],
)
def test_a_file_comes_whole_and_can_do_nothing(
    built: Built, editor: StaffMember, content: bytes, kind: str, ending: str
) -> None:
    document_id = add(built, editor, content, title="Rape <script>")
    (address,) = addresses(built)
    neutral = f"document-{document_id.hex()[:4]}.{ending}"
    assert address == f"/en/library/{document_id.hex()}/{neutral}"
    answer = Visitor(built).get(address)
    assert answer.data == content
    headers = answer.headers
    assert headers["Content-Type"] == kind
    assert headers["Content-Length"] == str(len(content))
    assert headers["Content-Disposition"] == f"attachment; filename=\"{neutral}\"; filename*=UTF-8''{neutral}"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in headers["Content-Security-Policy"]
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert headers["Cache-Control"] == "no-store"
    assert "Set-Cookie" not in headers
    head = Visitor(built).flask.head(address)
    assert (head.status_code, head.data, head.headers["Content-Length"]) == (200, b"", str(len(content)))


@pytest.mark.principle("safety")
def test_an_address_that_is_not_exactly_that_of_a_file_leads_nowhere(built: Built, editor: StaffMember) -> None:
    document_id = add(built, editor).hex()
    short = document_id[:4]
    for wrong in (
        f"{document_id}/document-{short}.pdf",
        f"{document_id}/document-0000.html",
        f"{document_id}/..%2f..%2fetc%2fpasswd",
        f"{document_id[:-1]}/document-{short}.txt",
        f"{document_id.upper()}/document-{short}.txt",
        f"{'0' * 32}/document-0000.txt",
    ):
        assert Visitor(built).get(f"/en/library/{wrong}").status_code == 404, wrong


def test_a_file_that_was_replaced_meanwhile_comes_in_no_mixture(built: Built, editor: StaffMember) -> None:
    document_id = add(built, editor, b"a" * (2 * PART))
    (address,) = addresses(built)
    fetching = Visitor(built).flask.get(address, buffered=False)
    parts = fetching.iter_encoded()
    assert next(parts) == b"a" * PART
    in_unit(built, library.replace_file, editor, document_id, examine(b"b" * (2 * PART)))
    with pytest.raises(NotFound):  # the connection ends before the length that was announced
        next(parts)
    assert Visitor(built).get(address).data == b"b" * (2 * PART)


def look(visitor: Visitor, **wanted: str) -> str:
    """Look for something and return what the page says of what was found."""
    answer = visitor.post("/en/library/search", wanted)
    assert answer.status_code == 303
    page = visitor.get(answer.headers["Location"])
    assert page.status_code == 200
    return plain(page.text).partition("Found")[2]


@pytest.mark.req("S4")
@pytest.mark.principle("confidentiality")
def test_what_she_looks_for_is_found_and_stands_in_no_address_and_no_cookie(built: Built, editor: StaffMember) -> None:
    add(built, editor, title="After assault", summary="For the first hours")
    add(built, editor, title="Leave rules", kind=Kind.POLICY)
    visitor = Visitor(built)
    answer = visitor.post("/en/library/search", {"words": "assault hours", "kind": "guide"})
    address = answer.headers["Location"]
    assert not re.search("assault|hours|guide", address)
    assert "Set-Cookie" not in answer.headers
    page = visitor.get(address)
    assert "After assault" in page.text
    assert "Leave rules" not in page.text
    assert page.text.index("stays on your device") < page.text.index("After assault"), "before she opens a file"
    assert re.findall(r"<h(\d)", page.text.split("<main")[1]) == ["1", "2", "3", "4"]
    assert 'value="assault hours"' in page.text
    assert len(visitor.post("/en/library/search", {}).headers["Location"]) == len(address), "no length tells either"


@pytest.mark.req("S4")
def test_every_filter_can_be_chosen_and_a_forged_one_counts_for_nothing(built: Built, editor: StaffMember) -> None:
    add(built, editor, title="Zebra", source="Stripes")
    add(built, editor, title="Yak", kind=Kind.LAW, language="fr", review_on=built.house.today() - timedelta(days=1))
    visitor = Visitor(built)
    source = re.findall(r'value="([0-9a-f]{12})">Stripes', visitor.get("/en/library/search").text)[0]
    for wanted in ({"kind": "guide"}, {"tongue": "en"}, {"source": source}, {"current": "y"}, {"words": "ZEB"}):
        found = look(visitor, **wanted)
        assert "Zebra" in found, wanted
        assert "Yak" not in found, wanted
    for forged in (
        {"kind": "' OR 1=1"},
        {"tongue": "../en"},
        {"source": "é" * 12},
        {"audience": "\x00"},
        {"words": " \n"},
    ):
        found = look(visitor, **forged)
        assert "Zebra" in found, forged
        assert "Yak" in found, forged
    assert "No document fits all of this." in look(visitor, words="😀" * 5000)


@pytest.mark.principle("confidentiality")
def test_an_address_of_a_search_ends_after_half_an_hour_and_forged_ones_open_nothing(
    built: Built, editor: StaffMember
) -> None:
    add(built, editor, title="Zebra")
    visitor = Visitor(built)
    address = visitor.post("/en/library/search", {"words": "zebra"}).headers["Location"]
    forged = address[:-8] + "AAAAAAA="
    built.clock.forward(minutes=29, seconds=59)
    assert "Zebra" in visitor.get(address).text
    built.clock.forward(seconds=1)
    for over in (address, forged, "/en/library/search?a=x", "/en/library/search?a=" + "A" * 764):
        page = visitor.get(over)
        assert page.status_code == 200
        assert "no longer in this address" in page.text
        assert "Zebra" not in page.text
