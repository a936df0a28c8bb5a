"""Files that come in parts, as the script on the pages about files sends them."""

from typing import Any
from urllib.parse import urlencode

import pytest
from werkzeug.test import TestResponse

from reporting.services.errors import AlreadySent
from reporting.services.survivor import draft_pieces
from reporting.web.origin import FIELD
from reporting.web.uploads import FIELDS_HEADER
from tests.builders import Built, Team, send_report
from tests.engines import on_sqlite
from tests.evidence import MIB, photo
from tests.web.adding import BOUNDARY, WRITING, add_files, begin, kept_bytes, kept_keys
from tests.web.her import Her, draft_of, her_at

pytestmark = on_sqlite
PHOTO = photo(size=400)
PARTS = [PHOTO[:1000], PHOTO[1000:1001], PHOTO[1001:]]


def told(answer: TestResponse) -> dict[str, Any]:
    """Return what the script is told."""
    assert answer.status_code == 200, answer.status_code
    found: dict[str, Any] = answer.get_json()
    return found


def begun(her: Her, size: int = len(PHOTO), name: str = "C:\\fakepath\\a/b.jpg") -> str:
    """Begin a file and return its key."""
    return str(told(her.post("/en/files/begin", {"name": name, "size": str(size)}))["key"])


def part(her: Her, key: str, at: int, content: bytes, **headers: str) -> dict[str, Any]:
    """Send one part."""
    fields = urlencode({FIELD: her.signed("/en/files/part"), "key": key, "at": str(at)})
    sent = {"Sec-Fetch-Site": "same-origin", FIELDS_HEADER: fields, "Content-Type": "application/octet-stream"}
    return told(her.flask.post("/en/files/part", data=content, headers=sent | headers))


def all_parts(her: Her, key: str) -> None:
    """Send every part of the photo."""
    at = 0
    for content in PARTS:
        at += len(content)
        assert part(her, key, at - len(content), content) == {"here": at}


def end(her: Her, place: str, key: str, kind: str = "all", **fields: str) -> dict[str, Any]:
    """Say that the file is whole."""
    return told(her.post(f"{place}/whole/{kind}", {"key": key, **fields}))


def test_a_file_in_parts_becomes_a_piece_of_what_she_writes_and_its_parts_are_gone(built: Built) -> None:
    her = begin(built)
    key = begun(her)
    all_parts(her, key)
    assert end(her, WRITING, key, says="The door") == {"go": f"{WRITING}?done=file-added", "over": False}
    (one,) = draft_of(built, her).evidence
    assert (one.name, one.says) == ("b.jpg", "The door")
    assert one.original is not None
    assert one.original.size == len(PHOTO)
    assert kept_keys(built) == 2, "the original and its copy, and no part"


def test_a_file_in_parts_becomes_a_piece_of_her_case(built: Built, team: Team) -> None:
    token, _, _ = send_report(built, team.office)
    her = her_at(built, token)
    key = begun(her)
    all_parts(her, key)
    place = her.page() + "/files"
    thread = {"thread": "0123456789abcdef", "platform": "signal", "captured_on": "2026-03-01"}
    assert end(her, place, key, "talk", **thread)["go"].startswith(place)
    assert "b.jpg" in her.read("/files")


def test_after_a_broken_line_it_is_told_how_far_the_file_has_come(built: Built) -> None:
    her = begin(built)
    key = begun(her)
    part(her, key, 0, PARTS[0])
    for at in (0, 5, 2000):
        assert part(her, key, at, b"again") == {"here": 1000}
    assert end(her, WRITING, key) == {"here": 1000}
    assert not draft_of(built, her).evidence


def test_a_whole_file_that_is_sent_twice_is_there_once(built: Built) -> None:
    her = begin(built)
    key = begun(her)
    all_parts(her, key)
    end(her, WRITING, key)
    assert "say" in end(her, WRITING, key), "its key is used up"
    again = begun(her)
    all_parts(her, again)
    assert end(her, WRITING, again)["go"].endswith("why=file-there")
    assert len(draft_of(built, her).evidence) == 1
    assert kept_keys(built) == 2


def test_what_is_too_large_or_empty_or_unknown_is_answered_with_a_sentence(built: Built) -> None:
    her = begin(built)
    assert "larger than we can keep" in told(her.post("/en/files/begin", {"name": "x", "size": str(9999 * MIB)}))["say"]
    for size in ("0", "", "-1", "9" * 40, "١٢"):
        assert "was empty" in told(her.post("/en/files/begin", {"name": "x", "size": size}))["say"]
    for key in ("", "x", "A" * 43):
        assert "did not arrive whole" in part(her, key, 0, b"1")["say"]
        assert "did not arrive whole" in end(her, WRITING, key)["say"]
    assert "did not arrive whole" in part(her, begun(her, size=5), 0, b"123456")["say"]
    assert kept_bytes(built) == 0


def test_a_draft_that_is_gone_meanwhile_is_said_and_nothing_is_added(built: Built) -> None:
    her = begin(built)
    key = begun(her)
    all_parts(her, key)
    her.flask.delete_cookie("d")
    assert end(her, WRITING, key)["over"] is True


@pytest.mark.principle("safety")
def test_what_cannot_be_added_leaves_no_part_behind(built: Built, monkeypatch: pytest.MonkeyPatch) -> None:
    """ "Nothing of it is kept" is said of it."""
    her = begin(built)
    key = begun(her)
    all_parts(her, key)

    def sent(*_: object) -> None:
        raise AlreadySent

    monkeypatch.setattr(draft_pieces, "add_to_draft", sent)
    assert end(her, WRITING, key)["over"] is True
    assert (kept_keys(built), kept_bytes(built)) == (0, 0)


@pytest.mark.principle("safety")
def test_a_disk_that_is_full_but_for_what_words_need_is_said_and_words_are_kept(
    built: Built, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(built.stores.blobs, "_spare", 2**60)
    her = begin(built)
    assert "Files cannot be stored" in told(her.post("/en/files/begin", {"name": "x", "size": "5"}))["say"]
    refused = add_files(her, WRITING, ("a.jpg", PHOTO))
    assert refused.status_code == 503
    assert "Files cannot be stored" in refused.text
    assert her.post(f"{WRITING}/words", {"says": "A photo of the door"}).status_code == 303
    assert [one.says for one in draft_of(built, her).evidence] == ["A photo of the door"]


def test_a_disk_that_fills_up_while_parts_come_is_said(built: Built, monkeypatch: pytest.MonkeyPatch) -> None:
    her = begin(built)
    key = begun(her)
    part(her, key, 0, PARTS[0])
    monkeypatch.setattr(built.stores.blobs, "_spare", 2**60)
    assert "Files cannot be stored" in part(her, key, 1000, PARTS[1])["say"]
    monkeypatch.undo()
    assert part(her, key, 1000, PARTS[1]) == {"here": 1001}


@pytest.mark.principle("safety")
def test_another_site_sends_no_part(built: Built) -> None:
    her = begin(built)
    key = begun(her)
    answer = her.flask.post(
        "/en/files/part",
        data=b"1",
        headers={"Sec-Fetch-Site": "cross-site", FIELDS_HEADER: urlencode({"key": key, "at": "0"})},
        content_type="application/octet-stream",
    )
    assert answer.status_code == 403
    assert part(her, key, 0, PARTS[0]) == {"here": 1000}


def test_only_the_pages_about_files_may_be_reached_by_a_script(built: Built) -> None:
    her = begin(built)
    for page, allowed in ((WRITING, True), (f"{WRITING}/talk", True), ("/en/write/1", False), ("/en", False)):
        policy = her.get(page).headers["Content-Security-Policy"]
        assert ("connect-src 'self'" in policy) is allowed, page


@pytest.mark.principle("safety")
def test_who_stops_or_leaves_leaves_nothing_of_a_file_that_was_not_whole(built: Built) -> None:
    her = begin(built)
    key, other = begun(her), begun(her)
    for one in (key, other):
        part(her, one, 0, PARTS[0])
    assert kept_bytes(built) == 2
    for said in (key, key, "", "x", "A" * 43):
        assert told(her.post("/en/files/stop", {"key": said})) == {}
    assert (kept_keys(built), kept_bytes(built)) == (1, 1), "and nothing happens to another"
    assert "did not arrive whole" in part(her, key, 1000, PARTS[1])["say"]
    assert part(her, other, 1000, PARTS[1]) == {"here": 1001}


def test_where_a_form_breaks_off_only_what_was_typed_is_shown_again(built: Built) -> None:
    her = begin(built)
    body = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{{}}"\r\n\r\n{{}}\r\n'
    fields = {FIELD: her.signed(WRITING), "thread": "0123456789abcdef", "key": "A" * 43, "says": "The whole talk"}
    answer = her.flask.post(
        f"{WRITING}/talk",
        data="".join(body.format(*one) for one in fields.items())
        + f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\n'
        + "no end" * 5000,
        content_type=f"multipart/form-data; boundary={BOUNDARY}",
        headers={"Sec-Fetch-Site": "same-origin"},
    )
    assert answer.status_code == 400
    assert "The whole talk" in answer.text
    assert "0123456789abcdef" not in answer.text
    assert "A" * 43 not in answer.text
