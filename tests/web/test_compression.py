"""What travels compressed, and what does not."""

import gzip

import pytest

from tests.builders import Built, Team, send_report
from tests.engines import on_sqlite
from tests.visitor import Visitor
from tests.web.her import her_at

pytestmark = on_sqlite
READS_GZIP = {"Accept-Encoding": "gzip, br"}
FIRST_PAGE = 14 * 1024


@pytest.mark.parametrize("path", ["/", "/en/", "/ar/", "/en/help", "/en/write/talk"])
def test_a_public_page_fits_into_the_first_packets(built: Built, path: str) -> None:
    answer = Visitor(built).get(path, headers=READS_GZIP)
    assert answer.headers["Content-Encoding"] == "gzip"
    assert len(answer.data) <= FIRST_PAGE
    assert "Accept-Encoding" in answer.headers["Vary"]
    assert b"</html>" in gzip.decompress(answer.data)


def test_a_browser_that_reads_no_gzip_gets_the_plain_page(built: Built) -> None:
    answer = Visitor(built).get("/en/")
    assert "Content-Encoding" not in answer.headers
    assert b"</html>" in answer.data


@pytest.mark.req("P2")
@pytest.mark.principle("confidentiality")
def test_a_page_with_other_peoples_words_or_a_token_is_never_compressed(built: Built, team: Team) -> None:
    token, _, _ = send_report(built, team.office)
    her, amina, writer = her_at(built, token), Visitor(built).sign_in(team.amina), Visitor(built)
    writer.get("/en/write/notes/all")
    writer.post("/en/write/notes", {})
    writer.post("/en/write/before")
    writer.post("/en/write/1", {"account.story": "one word", "go": "save"})
    pages = [
        her.get(her.page(), headers=READS_GZIP),
        amina.get("/en/staff/inbox", headers=READS_GZIP),
        writer.get("/en/write/kept", headers=READS_GZIP),
    ]
    assert [page.status_code for page in pages] == [200, 200, 200]
    assert not any("Content-Encoding" in page.headers for page in pages)
