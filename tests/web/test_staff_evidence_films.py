"""Films and sound at a browser: fetched in parts that hold no worker, on a page that allows them alone."""

import secrets

import pytest

from reporting.web.evidence_files import LONGEST_PART
from tests.builders import Built, Team
from tests.evidence import add_file, add_media, photo
from tests.web.colleague import at_work
from tests.web.looking import KEPT_TO_ITSELF, at, headers_of, sent

RANGES = [
    ("bytes=0-", 206, 0, 100),
    ("bytes=10-19", 206, 10, 20),
    ("bytes=99-500", 206, 99, 100),
    ("bytes=-5", 206, 95, 100),
    ("bytes=100-", 416, 0, 0),
    ("bytes=500-600", 416, 0, 0),
    ("bytes=20-10", 200, 0, 100),
    ("bytes=0-1,5-6", 200, 0, 100),
    ("lines=0-1", 200, 0, 100),
    ("bytes=abc", 200, 0, 100),
    ("nonsense", 200, 0, 100),
    ("bytes=" + "9" * 400 + "-", 416, 0, 0),
]


def test_a_film_is_fetched_in_parts(built: Built, team: Team) -> None:
    reporter, case_id = sent(built, team)
    content = secrets.token_bytes(100)
    piece = add_media(built, reporter, case_id, "video/mp4", content)
    amina = at_work(built, team.amina)
    for asked, status, start, end in RANGES:
        answer = amina.get(at(case_id, piece, "/copy"), headers={"Range": asked})
        assert (answer.status_code, answer.data) == (status, content[start:end]), asked
        assert headers_of(answer, *KEPT_TO_ITSELF) == KEPT_TO_ITSELF, asked
        assert answer.headers["Content-Type"] == "video/mp4"
        assert answer.headers["Content-Length"] == str(end - start)
        expected = {200: None, 206: f"bytes {start}-{end - 1}/100", 416: "bytes */100"}
        assert answer.headers.get("Content-Range") == expected[status], asked


def test_a_range_with_a_condition_gets_the_whole_and_other_files_have_no_parts(built: Built, team: Team) -> None:
    reporter, case_id = sent(built, team)
    film = add_media(built, reporter, case_id, "audio/mpeg", b"x" * 100)
    picture = add_file(built, reporter, case_id, photo())
    amina = at_work(built, team.amina)
    answer = amina.get(at(case_id, film, "/copy"), headers={"Range": "bytes=0-1", "If-Range": '"x"'})
    assert (answer.status_code, len(answer.data)) == (200, 100)
    answer = amina.get(at(case_id, picture, "/copy"), headers={"Range": "bytes=0-1"})
    assert (answer.status_code, "Accept-Ranges" in answer.headers) == (200, False)


def test_a_film_goes_out_in_parts_of_a_size_that_holds_no_worker(built: Built, team: Team) -> None:
    reporter, case_id = sent(built, team)
    content = secrets.token_bytes(LONGEST_PART + 1000)
    piece = add_media(built, reporter, case_id, "video/webm", content)
    amina = at_work(built, team.amina)
    first = amina.get(at(case_id, piece, "/copy"), headers={"Range": "bytes=0-"})
    assert first.headers["Content-Range"] == f"bytes 0-{LONGEST_PART - 1}/{len(content)}"
    rest = amina.get(at(case_id, piece, "/copy"), headers={"Range": f"bytes={LONGEST_PART}-"})
    assert first.data + rest.data == content


@pytest.mark.parametrize(("kind", "tag"), [("video/mp4", "video"), ("audio/ogg", "audio")])
def test_sound_and_film_play_on_a_page_that_allows_them_alone(built: Built, team: Team, kind: str, tag: str) -> None:
    reporter, case_id = sent(built, team)
    piece = add_media(built, reporter, case_id, kind, b"x" * 100)
    amina = at_work(built, team.amina)
    answer = amina.get(at(case_id, piece))
    assert f'<{tag} controls preload="none"' in answer.text
    assert "media-src 'self'" in answer.headers["Content-Security-Policy"]
    assert "media-src" not in amina.get(at(case_id)).headers["Content-Security-Policy"]
