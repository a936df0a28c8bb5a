"""Files that come with a form: the fields first, the files piece by piece, and nothing of them on the way."""

import errno
import hashlib
import io
import os
import time
from typing import Any

import pytest
from flask import Response, request
from limits import RateLimitItemPerMinute
from werkzeug.test import TestResponse

from reporting.domain.people import Role
from reporting.policy import Permission, may_enter
from reporting.services.evidence.keeping import keep
from reporting.services.signing_in import throttle
from reporting.web.access import allow
from reporting.web.instance import here
from reporting.web.origin import FIELD
from reporting.web.uploads import (
    FIELDS_HEADER,
    LONGEST_NAME,
    PLACES,
    clean_name,
    files,
    pieces,
    takes_files,
    takes_pieces,
)
from tests.builders import Built
from tests.visitor import Visitor
from tests.web.test_upload_places import Line

MIB = 1024 * 1024
ANYBODY = next(one for one in Permission if may_enter(Role.ANYONE, one))
PATH, RAW = "/en/test/files", "/en/test/pieces"


@allow(ANYBODY)
@takes_files
def _take() -> Response:
    said = [f"draft={request.form.get('draft', '')}", f"files={len(request.files)}"]
    for upload in files():
        content = b"".join(upload.pieces)
        said.append(f"{upload.name} {len(content)} {hashlib.sha256(content).hexdigest()}")
    return Response("\n".join(said))


@allow(ANYBODY)
@takes_pieces(most=MIB)
def _take_pieces() -> Response:
    return Response(f"{request.form.get('draft', '')} {sum(map(len, pieces()))}")


@allow(ANYBODY)
@takes_files
def _keep() -> Response:
    for upload in files():
        keep(here().stores.blobs, here().house, upload.pieces, MIB)
    return Response("kept")


@pytest.fixture
def visitor(built: Built) -> Visitor:
    """Somebody at an instance with two views of this test."""
    built.app.add_url_rule("/<language>/test/files", "test_files", _take, methods=["POST"])
    built.app.add_url_rule("/<language>/test/kept", "test_kept", _keep, methods=["POST"])
    built.app.add_url_rule("/<language>/test/pieces", "test_pieces", _take_pieces, methods=["POST"])
    return Visitor(built)


def file(content: bytes, name: str) -> tuple[io.BytesIO, str]:
    """Return a file as the test client sends it."""
    return io.BytesIO(content), name


def said(content: bytes, name: str) -> str:
    """Return what the view of this test says of a file."""
    return f"{name} {len(content)} {hashlib.sha256(content).hexdigest()}"


def send(visitor: Visitor, *chosen: tuple[bytes, str], **more: Any) -> TestResponse:
    """Send a form with a field and some files."""
    data = {"draft": "d1", "file": [file(*one) for one in chosen]}
    return visitor.post(PATH, data, content_type="multipart/form-data", **more)


def raw(visitor: Visitor, body: bytes, **more: Any) -> TestResponse:
    """Send a body that no client of ours would."""
    kind = more.pop("content_type", "multipart/form-data; boundary=b")
    return visitor.flask.post(PATH, data=body, content_type=kind, headers={"Sec-Fetch-Site": "same-origin"}, **more)


@pytest.mark.req("U10")
def test_files_come_in_their_order_and_the_fields_before_them(visitor: Visitor) -> None:
    first, second = b"\xff\xd8 a photo" * 40_000, b"%PDF"
    answer = send(visitor, (first, "IMG 1.jpg"), (second, "letter.pdf"))
    assert answer.text.split("\n") == ["draft=d1", "files=0", said(first, "IMG 1.jpg"), said(second, "letter.pdf")]


def test_an_input_in_which_nothing_was_chosen_is_no_file(visitor: Visitor) -> None:
    nothing = b'--b\r\nContent-Disposition: form-data; name="f"; filename=""\r\nContent-Type: a/b\r\n\r\n\r\n--b--\r\n'
    assert raw(visitor, nothing).text == "draft=\nfiles=0"
    assert send(visitor, (b"", "empty.txt")).text.split("\n")[2:] == [said(b"", "empty.txt")]
    unnamed = b'--b\r\nContent-Disposition: form-data; name="f"; filename=""\r\n\r\nx\r\n--b--\r\n'
    assert raw(visitor, unnamed).text.split("\n")[2:] == [said(b"x", "")]


def test_a_form_without_files_is_read_as_everywhere(visitor: Visitor) -> None:
    assert visitor.post(PATH, {"draft": "d2"}).text == "draft=d2\nfiles=0"


def test_a_form_from_elsewhere_is_refused_before_its_files_are_read(visitor: Visitor) -> None:
    answer = send(visitor, (b"x", "x"), headers={"Sec-Fetch-Site": "cross-site"})
    assert answer.status_code == 403
    unsigned = b'--b\r\nContent-Disposition: form-data; name="file"; filename="x"\r\n\r\nx\r\n--b--\r\n'
    assert visitor.flask.post(PATH, data=unsigned, content_type="multipart/form-data; boundary=b").status_code == 403


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"x" * 100_000, 400),
        (b'--b\r\nContent-Disposition: form-data; name="draft"\r\n\r\n' + b"y" * 70_000 + b"\r\n--b--\r\n", 413),
        (b'--b\r\nContent-Disposition: form-data; name="a"\r\nX: ' + b"y" * 9000 + b"\r\n\r\n\r\n--b--\r\n", 413),
        (b'--b\r\nContent-Disposition: form-data; name="a"\r\n\r\n\r\n' * 2000 + b"--b--\r\n", 413),
        (b'--b\r\nContent-Disposition: form-data; name="f"; filename="f"\r\n\r\nno end', 400),
    ],
)
def test_a_hostile_form_is_refused_with_a_page(visitor: Visitor, body: bytes, status: int) -> None:
    answer = raw(visitor, body)
    assert answer.status_code == status
    assert "<h1>" in answer.text
    assert send(visitor, (b"x", "x")).status_code == 200, "its place is free again"


def test_a_form_with_parts_that_names_no_boundary_is_refused(visitor: Visitor) -> None:
    assert raw(visitor, b"--b--", content_type="multipart/form-data").status_code == 400


def test_a_body_larger_than_all_files_may_be_is_refused_unread(visitor: Visitor) -> None:
    most = visitor.built.settings.files_megabytes * MIB
    answer = raw(visitor, b"", environ_overrides={"CONTENT_LENGTH": str(most + 2 * MIB)})
    assert answer.status_code == 413


def test_a_body_that_ends_before_its_length_is_refused(visitor: Visitor) -> None:
    body = b'--b\r\nContent-Disposition: form-data; name="f"; filename="f"\r\n\r\nx\r\n--b--\r\n'
    assert raw(visitor, body, environ_overrides={"CONTENT_LENGTH": str(len(body) - 3)}).status_code == 400


def test_one_upload_too_many_is_told_when_to_try_again(visitor: Visitor) -> None:
    places, taken = visitor.built.app.extensions[PLACES], []
    while place := places.take("192.0.2.1", Line()):
        taken.append(place)
    assert len(taken) == visitor.built.settings.threads // 2
    typed = {"draft": "d1", "about": "what she wrote beside it", "file": [file(b"x" * 1000, "x")]}
    answer = visitor.post(PATH, typed, content_type="multipart/form-data")
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "120")
    assert "try again in a few minutes" in answer.text
    assert "what she wrote beside it" in answer.text, "nothing that was typed is lost"
    places.give_back(taken[0])
    assert send(visitor, (b"x", "x")).status_code == 200
    assert send(visitor, (b"x", "x")).status_code == 200, "each gives its place back"


def test_a_form_from_elsewhere_takes_nobody_s_place(visitor: Visitor) -> None:
    places = visitor.built.app.extensions[PLACES]
    while places.take("192.0.2.1", Line()):
        continue
    assert send(visitor, (b"x", "x"), headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403


def test_a_full_disk_is_told_in_a_sentence_and_keeps_nothing(visitor: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_handle: int) -> None:
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(os, "fsync", full)
    data = {"file": [file(b"x" * 1000, "x")]}
    answer = visitor.post("/en/test/kept", data, content_type="multipart/form-data")
    assert answer.status_code == 503
    assert "Files cannot be stored" in answer.text
    assert list(visitor.built.stores.blobs.all()) == []
    monkeypatch.undo()
    data = {"file": [file(b"x" * 1000, "x")]}
    assert visitor.post("/en/test/kept", data, content_type="multipart/form-data").text == "kept"


@pytest.mark.principle("safety")
def test_a_name_of_marks_without_end_is_cleaned_in_a_moment() -> None:
    begun = time.monotonic()
    assert len(clean_name("\u0300\u0323" * 50_000 + ".jpg")) == LONGEST_NAME
    assert time.monotonic() - begun < 2


@pytest.mark.parametrize(
    ("name", "cleaned"),
    [
        ("photo.jpg", "photo.jpg"),
        ("C:\\Users\\mira\\photo.jpg", "photo.jpg"),
        ("../../etc/passwd", "passwd"),
        ("..", ""),
        ("", ""),
        ("a\x00b\r\nc.txt", "abc.txt"),
        ("invoice\u202egpj.exe", "invoicegpj.exe"),
        ("\u2066x\u2069\u200f\ufeff.png", "x.png"),
        ("صورة.jpg", "صورة.jpg"),
        ("نمی\u200cدانم.txt", "نمی\u200cدانم.txt"),
        ("x" * 300 + ".docx", "x" * 115 + ".docx"),
        ("x" * 300 + "." + "y" * 300, "x" * 120),
    ],
)
def test_a_name_is_cleaned_before_anybody_sees_it(name: str, cleaned: str) -> None:
    assert clean_name(name) == cleaned


def test_a_body_of_bytes_comes_in_pieces_and_its_fields_in_a_header(visitor: Visitor) -> None:
    def send_bytes(body: bytes, fields: str) -> TestResponse:
        return visitor.flask.post(
            RAW, data=body, content_type="application/octet-stream", headers={FIELDS_HEADER: fields}
        )

    fields = f"{FIELD}={visitor.signed(RAW)}&draft=d3"
    assert send_bytes(b"x" * MIB, fields).text == f"d3 {MIB}"
    assert send_bytes(b"x" * (MIB + 1), fields).status_code == 413
    assert send_bytes(b"x", "draft=d3").status_code == 403


def test_whoever_gives_way_is_told_that_others_came_and_nothing_is_kept(visitor: Visitor) -> None:
    """A script then sends the same part again by itself."""
    places = visitor.built.app.extensions[PLACES]

    class Cut(io.BytesIO):
        """A body that ends when its place was taken back."""

        def read(self, size: int | None = -1) -> bytes:
            piece = super().read(size)
            if not piece:
                places._held[-1].gives_way = True
            return piece

    begun = b'--b\r\nContent-Disposition: form-data; name="file"; filename="x"\r\n\r\n' + b"x" * 9000
    answer = visitor.flask.post(
        "/en/test/kept",
        input_stream=Cut(begun),
        content_type="multipart/form-data; boundary=b",
        headers={"Sec-Fetch-Site": "same-origin"},
        environ_overrides={"CONTENT_LENGTH": "50000"},
    )
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "120")
    assert list(visitor.built.stores.blobs.all()) == []


def test_very_many_forms_with_files_from_one_address_have_to_wait(
    visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(throttle, "OPENING", RateLimitItemPerMinute(2, 10, namespace="opening"))
    monkeypatch.setattr(throttle, "SHARED", {})
    codes = [send(visitor, (b"x", "x")).status_code for _ in range(3)]
    assert codes == [200, 200, 429]
    assert visitor.post(PATH, {"draft": "d2"}).status_code == 200, "words are never counted"
