"""The page of a service: one answer for everything that does not open, and nothing of it in an address."""

import re
from html import unescape

import pytest
from werkzeug.test import TestResponse

from reporting.crypto.token import Token
from reporting.domain.case import ItemKind
from reporting.domain.protection.referral import Referral, ReferralAct, ReferralState
from reporting.services.actors import Reporter
from reporting.services.protection import referral
from reporting.services.sealed.entries import file_of
from reporting.services.sealed.sealing import open_case
from reporting.store.database import reading
from tests.builders import Built, Team, cheap_passphrases, in_unit, send_report
from tests.engines import on_sqlite
from tests.evidence import MAKER, add_file, add_media, photo, secrets_of
from tests.services.acts import called, take_up
from tests.services.protection.referring import agree, issue, known, of_kind, offer, prepared, ticks
from tests.visitor import Visitor
from tests.web.her import her_at, plain

pytestmark = on_sqlite
STORY, NAME = "Quillfeather", "Wintergreen"
Shared = tuple[Reporter, bytes, bytes]


@pytest.fixture
def shared(built: Built, team: Team) -> Shared:
    """A case in which she agreed that a service reads her account."""
    _, reporter, case_id = send_report(built, team.office, STORY, identity=called(NAME))
    take_up(built, team.amina, case_id)
    referral_id = offer(built, team.amina, case_id, of_kind(built, team.amina, case_id, ItemKind.DISCLOSURE))
    agree(built, reporter, case_id, referral_id, ticks(built, reporter, case_id, referral_id))
    return reporter, case_id, referral_id


def come(visitor: Visitor, link_id: bytes, passphrase: str) -> TestResponse:
    with cheap_passphrases():
        return visitor.post(f"/en/r/{link_id.hex()}", {"passphrase": passphrase})


@pytest.mark.req("G1", "U14")
@pytest.mark.principle("confidentiality")
def test_a_service_opens_the_page_once_reads_and_answers(built: Built, team: Team, shared: Shared) -> None:
    reporter, case_id, referral_id = shared
    link_id, phrase = issue(built, team.amina, case_id, referral_id)
    service = Visitor(built)
    assert "The words" in service.get(f"/en/r/{link_id.hex()}").text
    answer = come(service, link_id, phrase)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/en/r")
    page = service.get("/en/r")
    assert page.status_code == 200
    words = plain(unescape(page.text))
    for shown in (STORY, "Women's law centre", "You cannot reach the person directly."):
        assert shown in words
    assert NAME not in page.text
    assert 'content="noindex"' in page.text
    assert "no-store" in page.headers["Cache-Control"]
    assert service.post("/en/r/answer", {"answer": "helps"}).status_code == 303
    assert "We help" in service.get("/en/r").text
    for forged in ("", "agreed", "revoked", "x" * 5000):
        assert service.post("/en/r/answer", {"answer": forged}).status_code == 303
    assert known(built, reporter, case_id, referral_id).state is ReferralState.ACCEPTED
    # The same words in another browser open nothing any more.
    assert come(Visitor(built), link_id, phrase).headers["Location"].endswith("why=no")


@pytest.mark.req("G1")
@pytest.mark.principle("confidentiality")
def test_whatever_does_not_open_is_answered_alike(built: Built, team: Team, shared: Shared) -> None:
    reporter, case_id, referral_id = shared
    used, its = issue(built, team.amina, case_id, referral_id)
    come(Visitor(built), used, its)
    fresh, phrase = issue(built, team.amina, case_id, referral_id)
    tries = [(used, its), (fresh, prepared().passphrase), (bytes(16), phrase)]
    pages = set()
    for link_id, words in tries:
        visitor = Visitor(built)
        answer = come(visitor, link_id, words)
        assert (answer.status_code, answer.headers["Location"]) == (303, f"/en/r/{link_id.hex()}?why=no")
        assert answer.headers.get("Set-Cookie") is None
        page = visitor.get(answer.headers["Location"]).text
        pages.add(page.replace(link_id.hex(), "").replace(visitor.signed(f"/en/r/{link_id.hex()}"), ""))
    in_unit(built, referral.refuse, reporter, case_id, referral_id, ReferralAct.WITHDRAW)
    assert come(Visitor(built), fresh, phrase).headers["Location"].endswith("why=no")


@pytest.mark.req("G1")
def test_many_wrong_words_have_to_wait(built: Built, team: Team, shared: Shared) -> None:
    link_id, phrase = issue(built, team.amina, shared[1], shared[2])
    wrong = prepared().passphrase
    visitor = Visitor(built)
    elsewhere = {"REMOTE_ADDR": "192.0.2.7"}
    with cheap_passphrases():
        for _ in range(10):
            visitor.post(f"/en/r/{link_id.hex()}", {"passphrase": wrong}, environ_overrides=elsewhere)
        answer = visitor.post(f"/en/r/{link_id.hex()}", {"passphrase": phrase}, environ_overrides=elsewhere)
    assert answer.headers["Location"].endswith("why=wait")
    assert come(Visitor(built), link_id, phrase).headers["Location"] == "/en/r"


@pytest.mark.req("U14")
def test_a_page_that_was_stopped_left_or_never_opened_says_what_to_do(built: Built, team: Team, shared: Shared) -> None:
    reporter, case_id, referral_id = shared
    assert Visitor(built).get("/en/r").headers["Location"] == "/en/r/over"
    leaving = Visitor(built)
    come(leaving, *issue(built, team.amina, case_id, referral_id))
    assert leaving.post("/en/r/leave").headers["Location"] == "/en/r/over"
    assert leaving.get("/en/r").headers["Location"] == "/en/r/over"
    reading = Visitor(built)
    come(reading, *issue(built, team.amina, case_id, referral_id))
    assert STORY in reading.get("/en/r").text
    in_unit(built, referral.refuse, reporter, case_id, referral_id, ReferralAct.WITHDRAW)
    assert reading.get("/en/r").headers["Location"] == "/en/r/over"
    assert reading.post("/en/r/answer", {"answer": "helps"}).headers["Location"] == "/en/r/over"
    assert "ask the person who sent you the link" in reading.get("/en/r/over").text


def test_the_page_of_a_service_opens_no_page_of_hers_and_hers_none_of_its(
    built: Built, team: Team, shared: Shared
) -> None:
    token, _, _ = send_report(built, team.office)
    service = Visitor(built)
    come(service, *issue(built, team.amina, shared[1], shared[2]))
    for page in ("/en/page", "/en/beside"):
        assert service.get(page).headers["Location"].startswith("/en/return")
    assert her_at(built, token).get("/en/r").headers["Location"] == "/en/r/over"


@pytest.mark.req("G1", "U14")
@pytest.mark.principle("informed_consent")
def test_she_ticks_the_file_by_itself_and_the_service_opens_its_copy(built: Built, team: Team) -> None:
    token, reporter, case_id = send_report(built, team.office, STORY)
    take_up(built, team.amina, case_id)
    add_file(built, reporter, case_id, photo(), name="screen.jpg")
    service = passed_on(built, team, token, case_id)
    (number,) = re.findall(r"/en/r/files/([0-9]+)", service.get("/en/r").text)
    answer = service.get(f"/en/r/files/{number}")
    assert answer.data.startswith(b"\xff\xd8\xff")
    assert MAKER.encode() not in answer.data
    assert answer.headers["Content-Disposition"] == f'inline; filename="evidence-{number}.jpg"'
    for wrong in ("0", "1", "99"):
        assert service.get(f"/en/r/files/{wrong}").status_code == 404
    assert Visitor(built).get(f"/en/r/files/{number}").status_code in (303, 404)
    service.post("/en/r/leave")
    assert service.get(f"/en/r/files/{number}").status_code in (303, 404)


@pytest.mark.req("G1")
def test_a_service_plays_a_film_in_its_page(built: Built, team: Team) -> None:
    token, reporter, case_id = send_report(built, team.office, STORY)
    take_up(built, team.amina, case_id)
    piece = add_media(built, reporter, case_id, "video/mp4", b"x" * 100)
    service = passed_on(built, team, token, case_id)
    page = service.get("/en/r")
    (source,) = re.findall(r'<video controls preload="none" src="([^"]+)"', page.text)
    assert "media-src 'self'" in page.headers["Content-Security-Policy"]
    assert service.get(source, headers={"Range": "bytes=0-9"}).data == b"x" * 10
    assert not [secret for secret in secrets_of(piece.evidence) if secret in page.text]


def passed_on(built: Built, team: Team, token: Token, case_id: bytes) -> Visitor:
    """Let her say yes to her account and to a file, and let a service open its link."""
    offer(built, team.amina, case_id, of_kind(built, team.amina, case_id, ItemKind.DISCLOSURE, ItemKind.EVIDENCE))
    her = her_at(built, token)
    page = her.read("/plan/help")
    (box,) = re.findall(r'name="file" value="([^"]+)"', page)
    (item,) = re.findall(r'name="item" value="([^"]+)"', page)
    shares = re.findall(r'name="share" value="([^"]+)"', page)
    assert len(shares) == 2
    her.do("/plan/help", {"item": item, "answer": "agree", "share": shares, "file": box})
    assert "And the file itself, in the copy without hidden data." in plain(her.read("/plan/help"))
    with reading(built.stores) as work:
        opened = open_case(work, team.amina, built.house, case_id)
        (referral_id,) = [one.id for one in file_of(work, opened).all(Referral)]
    service = Visitor(built)
    come(service, *issue(built, team.amina, case_id, referral_id))
    return service
