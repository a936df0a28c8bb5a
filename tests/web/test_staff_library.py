"""Keeping the library: an editor adds, looks again, replaces and takes out; a refused file says why."""

import re
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

import pytest
from werkzeug.test import TestResponse

from reporting.domain.help.library import LARGEST_FILE
from reporting.domain.people import Role
from reporting.web.limits import LARGEST_UPLOAD
from reporting.web.origin import FIELD
from tests.builders import Built, Team, add_staff
from tests.engines import on_sqlite
from tests.services.help.files import PNG, pdf
from tests.visitor import Visitor
from tests.web.colleague import Colleague, at_work, words_of

pytestmark = on_sqlite
LIBRARY = "/en/staff/library"
FACTS = {
    "title": "Your first days",
    "summary": "What to do first",
    "source": "Example Centre",
    "kind": "guide",
    "audience": "survivors",
    "tongue": "en",
    "published_on": "2024-05-01",
    "review_on": "2030-01-01",
}


@pytest.fixture
def dora(built: Built, team: Team) -> Colleague:
    """A directory editor at work."""
    return at_work(built, add_staff(built, team.office, Role.DIRECTORY_EDITOR, "Dora Ionescu"))


def send(visitor: Visitor, path: str, content: bytes | None, name: str = "a.pdf", **facts: Any) -> TestResponse:
    """Send the form with a file, as a browser puts it together."""
    fields = {FIELD: visitor.signed(path), **FACTS, **facts}
    parts = [f'--X\r\nContent-Disposition: form-data; name="{key}"\r\n\r\n{said}\r\n' for key, said in fields.items()]
    body = "".join(parts).encode()
    if content is not None:
        head = f'--X\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\nContent-Type: x/y\r\n\r\n'
        body += head.encode() + content + b"\r\n"
    kind, headers = "multipart/form-data; boundary=X", {"Sec-Fetch-Site": "same-origin"}
    return visitor.flask.post(path, data=body + b"--X--\r\n", content_type=kind, headers=headers)


def added(dora: Colleague, content: bytes = b"Some words.", **facts: Any) -> str:
    """Add a document and return the address of its page."""
    answer = send(dora, f"{LIBRARY}/new", content, **facts)
    assert answer.status_code == 303, words_of(answer.text)
    return answer.headers["Location"].partition("?")[0]


@pytest.mark.req("S4")
def test_an_editor_adds_changes_replaces_and_takes_out(built: Built, dora: Colleague) -> None:
    one = added(dora, pdf())
    page = dora.read(f"{one}?done=document")
    assert "Anyone can read it in the library now." in page
    assert "PDF, 1 KB" in words_of(page)
    first = re.findall(r"\b[0-9a-f]{64}(?=</code>)", page)
    assert len(first) == 1
    assert 'value="New title"' in dora.do(one, FACTS | {"title": "New title"})
    assert "New title" in Visitor(built).get("/en/library").text
    assert send(dora, f"{one}/file", PNG).status_code == 303
    page = dora.read(one)
    assert "PNG, 1 KB" in words_of(page)
    assert re.findall(r"\b[0-9a-f]{64}(?=</code>)", page)[1] == first[0]
    assert "The document is gone" in dora.do(f"{one}/remove")
    assert dora.get(one).status_code == 404
    assert "New title" not in Visitor(built).get("/en/library").text


@pytest.mark.req("S4")
def test_the_list_begins_with_what_is_due(built: Built, dora: Colleague) -> None:
    today = built.house.today()
    for title, days in (("Later", 9), ("Due", -9), ("Soon", 0)):
        added(dora, title=title, review_on=str(today + timedelta(days=days)))
    page = words_of(dora.read(LIBRARY))
    assert page.count("Due for review") == 1
    assert page.index("Due for review") < page.index("Soon") < page.index("Later")


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (None, "Please choose a file."),
        (b"", "Please choose a file."),
        (b"MZ\x90\x00", "none of the files that are taken"),
        (b"<!doctype html><script>alert(1)</script>", "none of the files that are taken"),
        (pdf(b"/S /JavaScript"), "acts by itself"),
        (b"x" * (LARGEST_FILE + 1), "at most 10 MB"),
    ],
)
def test_a_file_that_is_not_taken_says_why_and_what_was_typed_stays(
    built: Built, dora: Colleague, content: bytes | None, sentence: str
) -> None:
    answer = send(dora, f"{LIBRARY}/new", content, name="harmless.pdf", title="Kept title")
    assert answer.status_code == 422
    assert sentence in words_of(answer.text)
    assert 'value="Kept title"' in answer.text
    assert "nothing here yet" in Visitor(built).get("/en/library").text
    one = added(dora)
    assert send(dora, f"{one}/file", content).status_code == 422


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        ({"title": ""}, "Please fill this in."),
        ({"title": "x" * 201}, "This is too long"),
        ({"summary": "x" * 601}, "at most 600 characters"),
        ({"kind": "novel"}, "Please choose one."),
        ({"audience": "enemies"}, "Please choose one."),
        ({"tongue": "klingon"}, "Please choose one."),
        ({"review_on": ""}, "Please give a day."),
        ({"published_on": "yesterday"}, "Please give a day."),
    ],
)
def test_a_form_that_does_not_fit_is_shown_again(dora: Colleague, facts: dict[str, str], sentence: str) -> None:
    answer = send(dora, f"{LIBRARY}/new", b"Some words.", **facts)
    assert answer.status_code == 422
    assert sentence in words_of(answer.text)
    one = added(dora)
    assert sentence in words_of(dora.refused(one, FACTS | facts))


@pytest.mark.principle("confidentiality")
def test_only_a_signed_in_editor_may_send_more_than_others(built: Built, team: Team, dora: Colleague) -> None:
    large = b"x" * (9 * 1024 * 1024)
    assert send(Visitor(built), f"{LIBRARY}/new", large).status_code == 413
    assert send(at_work(built, team.amina), f"{LIBRARY}/new", large).status_code == 404
    assert send(dora, LIBRARY.replace("library", "account/passphrase"), large).status_code in (404, 413)
    assert send(dora, f"{LIBRARY}/new", large).status_code == 303
    assert send(dora, f"{LIBRARY}/new", b"x" * LARGEST_UPLOAD).status_code == 413
    form = urlencode({"title": "x" * 9_000_000})
    answer = dora.flask.post(f"{LIBRARY}/new", data=form, content_type="application/x-www-form-urlencoded")
    assert answer.status_code == 413


@pytest.mark.principle("confidentiality")
def test_for_everybody_else_its_pages_do_not_exist(built: Built, team: Team, dora: Colleague) -> None:
    one = added(dora)
    for role in (Role.ADMINISTRATOR, Role.FOCAL_POINT, Role.AUDITOR):
        other = at_work(built, add_staff(built, team.office, role, f"Person {role.value[:4]}"))
        for path in (LIBRARY, f"{LIBRARY}/new", one):
            assert other.get(path).status_code == 404
        for path in (f"{LIBRARY}/new", one, f"{one}/file", f"{one}/remove"):
            assert send(other, path, b"Some words.").status_code == 404
    assert dora.get(one).status_code == 200
    for path in ("", "/file", "/remove"):
        assert send(dora, f"{LIBRARY}/{'0' * 32}{path}", b"Some words.").status_code == 404
