"""Evidence at a browser: shown only in the copy that was made anew, kept as a file otherwise, and never a link."""

import re
import secrets
from dataclasses import replace
from datetime import timedelta
from typing import Any

import fpdf
import pytest

from reporting.domain.evidence.evidence import Cleaning, Scan
from reporting.services.evidence import pieces
from reporting.services.evidence.cleaning import Report, WorkingCopy
from reporting.services.evidence.pieces import Piece, new_piece
from reporting.services.evidence.receiving import add_received, receive
from reporting.services.reading import assignment
from reporting.services.survivor.erasure import erase_now
from reporting.store.database import writing
from reporting.web.turns import COPYING, DRAWING, TURNS
from tests.builders import Built, Team, in_unit
from tests.evidence import MIB, add_file, add_media, alter, content_of, photo
from tests.services.acts import take_up
from tests.web.colleague import Colleague, at_case, at_work, words_of
from tests.web.looking import KEPT_TO_ITSELF, POLICY, at, headers_of, sent

DECEIVING = 'a"b\r\nSet-Cookie: x=1\u202egnp.exe'
HTML = b"<!doctype html><html><script>alert(1)</script></html>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'


def add_told(built: Built, reporter: Any, case_id: bytes, **facts: Any) -> Piece:
    """Let her add something that is no file."""
    with writing(built.stores) as work:
        return pieces.add(work, built.house, reporter, case_id, new_piece(built.house, **facts), MIB)


def open_original(member: Colleague, case_id: bytes, piece: Piece, reason: str) -> str:
    """Open an original on purpose, and return where this session can fetch it."""
    page = member.do(at(case_id, piece, "/original"), {"reason": reason})
    (there,) = re.findall(r'href="([^"]+/evidence/original/[0-9a-f]{32})"', page)
    return str(there)


def test_a_picture_is_shown_in_its_copy_and_kept_to_itself(built: Built, team: Team) -> None:
    reporter, case_id = sent(built, team)
    piece = add_file(built, reporter, case_id, photo(), name=DECEIVING)
    amina = at_work(built, team.amina)
    page = amina.read(at(case_id))
    assert "<img" not in page, "nothing is shown before somebody chooses to look"
    shown = amina.read(at(case_id, piece))
    (source,) = re.findall(r'<img src="([^"]+)" alt="Evidence 1, without a description">', shown)
    answer = amina.get(source)
    assert answer.status_code == 200
    assert answer.data == content_of(built, team.amina, case_id, piece.id, clean=True)
    assert headers_of(answer, *KEPT_TO_ITSELF) == KEPT_TO_ITSELF
    assert answer.headers["Content-Type"] == "image/jpeg"
    assert answer.headers["Content-Disposition"] == 'inline; filename="evidence-1.jpg"'
    assert answer.headers["Content-Length"] == str(len(answer.data))
    assert "Set-Cookie" not in answer.headers
    assert amina.read(at(case_id, piece) + "?large=yes").count('class="scroll seen large"') == 1


@pytest.mark.req("P7")
def test_an_original_is_a_file_of_no_kind_under_a_name_of_ours(built: Built, team: Team) -> None:
    reporter, case_id = sent(built, team)
    piece = add_file(built, reporter, case_id, photo(), name=DECEIVING)
    amina = at_work(built, team.amina)
    there = open_original(amina, case_id, piece, "The edge is missing.")
    answer = amina.get(there)
    assert answer.data == photo()
    assert headers_of(answer, *KEPT_TO_ITSELF) == KEPT_TO_ITSELF
    assert answer.headers["Content-Type"] == "application/octet-stream"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="evidence-1-original.jpg"'
    assert at_work(built, team.amina).get(there).status_code == 404, "another session of hers"
    page = words_of(amina.read(at(case_id, piece)))
    assert "Opened the original of a piece of evidence" in page
    assert "The edge is missing." in page


def test_the_page_says_where_an_opened_original_is_to_this_session_for_ten_minutes(built: Built, team: Team) -> None:
    reporter, case_id = sent(built, team)
    piece, other = (add_file(built, reporter, case_id, photo(colour)) for colour in ("red", "blue"))
    amina = at_work(built, team.amina)
    assert "Save the original" not in amina.read(at(case_id, piece))
    assert "Nothing was opened" in amina.do(at(case_id, piece, "/original"), {"reason": ""})
    there = open_original(amina, case_id, piece, "The edge is missing.")
    page = amina.read(at(case_id, piece))
    assert there in page
    assert "Nothing was opened" not in page
    assert "Save the original" not in amina.read(at(case_id, other)), "another piece"
    assert "Save the original" not in at_work(built, team.amina).read(at(case_id, piece)), "another session of hers"
    built.clock.moment += timedelta(minutes=10, seconds=1)
    assert "Save the original" not in amina.read(at(case_id, piece))
    assert amina.get(there).status_code == 404


def test_one_piece_leads_to_the_next_and_the_last_to_none(built: Built, team: Team) -> None:
    reporter, case_id = sent(built, team)
    one, between, last = (add_file(built, reporter, case_id, photo(colour)) for colour in ("red", "blue", "green"))
    in_unit(built, pieces.take_away, reporter, case_id, between.id)
    amina = at_work(built, team.amina)
    page = amina.read(at(case_id, one))
    assert f'href="{at(case_id, last)}"' in page
    assert "Next: evidence 3" in page
    assert "Next: evidence" not in amina.read(at(case_id, last))


def test_without_a_reason_the_page_says_that_nothing_was_opened(built: Built, team: Team) -> None:
    reporter, case_id = sent(built, team)
    piece = add_file(built, reporter, case_id, photo())
    page = at_work(built, team.amina).do(at(case_id, piece, "/original"), {"reason": " "})
    assert "Nothing was opened. Say in a few words why" in page
    assert "Opened the original" not in page


def test_a_copy_that_could_not_be_made_is_made_at_the_push_of_a_button(
    built: Built, team: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    reporter, case_id = sent(built, team)
    without = WorkingCopy(Report(Cleaning.NO_PROGRAM))
    with monkeypatch.context() as missing:
        missing.setattr("reporting.services.evidence.receiving.clean", lambda *_: without)
        piece = add_file(built, reporter, case_id, photo())
    amina, copy = at_work(built, team.amina), at(case_id, piece, "/copy")
    assert "this server has no program for it" in words_of(amina.read(at(case_id, piece)))
    with built.app.extensions[TURNS][COPYING]:
        assert amina.post(copy, {}).status_code == 503, "another one is just being made"
    with monkeypatch.context() as missing:
        missing.setattr("reporting.services.evidence.again.clean", lambda *_: without)
        assert "There is still no copy" in words_of(amina.do(copy))
    page = amina.do(copy)
    assert "The copy without hidden data is made" in words_of(page)
    assert "Make the copy" not in page
    assert amina.get(copy).data.startswith(b"\xff\xd8\xff")
    assert amina.post(copy, {}).status_code == 404, "there is one already"
    assert at_work(built, team.ines).post(copy, {}).status_code == 404


@pytest.mark.parametrize("content", [HTML, SVG, b"%PDF-1.4 broken", b"MZ\x00\x01", b""])
def test_what_a_browser_could_run_is_never_shown(built: Built, team: Team, content: bytes) -> None:
    reporter, case_id = sent(built, team)
    piece = add_file(built, reporter, case_id, content, name="harmless.jpg")
    amina = at_work(built, team.amina)
    assert amina.get(at(case_id, piece, "/copy")).status_code == 404
    page = amina.get(at(case_id, piece)).text
    assert "<img" not in page
    assert "alert(1)" not in page
    there = open_original(amina, case_id, piece, "To read it.")
    answer = amina.get(there)
    assert answer.data == content
    assert answer.headers["Content-Type"] == "application/octet-stream"
    assert answer.headers["Content-Disposition"].startswith('attachment; filename="evidence-1-original.')
    assert answer.headers["Content-Security-Policy"] == POLICY


def test_what_was_typed_is_text_and_never_a_link(built: Built, team: Team) -> None:
    reporter, case_id = sent(built, team)
    link = "https://chat.example/a?b=<script>&c=javascript:alert(1)"
    piece = add_told(
        built,
        reporter,
        case_id,
        says="<b>He</b> wrote this",
        name=DECEIVING,
        link=link,
        platform="Chat & Co",
        handle="@some\u202eone",
        captured_on="2026-02-27",
        captured_by="A friend",
    )
    amina = at_work(built, team.amina)
    for path in (at(case_id), at(case_id, piece)):
        page = amina.get(path).text
        assert "chat.example" in page
        assert not re.search(r'(?:href|src|action)="[^"]*chat\.example', page)
        assert "<b>He" not in page
        assert "<script>&" not in page
        assert "\u202e" not in page
        assert "Chat &amp; Co" in page
        assert "February 27, 2026" in page
    assert amina.get(at(case_id, piece, "/copy")).status_code == 404
    assert amina.post(at(case_id, piece, "/original"), {"reason": "x"}).status_code == 404


def test_no_key_of_a_file_stands_on_any_page(built: Built, team: Team) -> None:
    reporter, case_id = sent(built, team)
    piece = add_file(built, reporter, case_id, photo())
    amina = at_work(built, team.amina)
    pages = [amina.get(path).text for path in (at(case_id), at(case_id, piece), at_case(case_id))]
    for file in piece.evidence.files:
        assert not [page for page in pages if file.key in page or file.blob in page]
    assert not [page for page in pages if piece.evidence.salt in page]
    assert piece.evidence.original is not None
    assert piece.evidence.original.sha256 in pages[0]


def test_what_was_not_cleaned_is_said_to_be_so_with_what_it_means(built: Built, team: Team) -> None:
    reporter, case_id = sent(built, team)
    add_file(built, reporter, case_id, secrets.token_bytes(100), name="x.bin")
    page = words_of(at_work(built, team.amina).read(at(case_id)))
    assert "Not cleaned: this kind of file is not known here" in page
    assert "The original may say where, when and on what it was made, and it may be harmful." in page
    assert "Nobody has looked for harmful programs in it." in page


def test_a_plain_text_is_not_said_to_lack_a_cleaning_that_it_does_not_need(built: Built, team: Team) -> None:
    reporter, case_id = sent(built, team)
    add_file(built, reporter, case_id, b"Monday: he stood in the door.\n", name="notes.txt")
    page = words_of(at_work(built, team.amina).read(at(case_id)))
    assert "Nothing to clean" in page
    assert "Not cleaned" not in page


def test_pieces_of_one_talk_stand_together_in_their_order(built: Built, team: Team) -> None:
    reporter, case_id = sent(built, team)
    for says, thread in (("first", "a"), ("other", ""), ("second", "a")):
        add_told(built, reporter, case_id, says=says, thread=thread)
    page = words_of(at_work(built, team.amina).read(at(case_id)))
    places = [page.index(words) for words in ("Part 1 of 2 of one talk", "Part 2 of 2 of one talk", "other")]
    assert places == sorted(places)


def test_whoever_looks_goes_through_a_talk_in_its_order_and_reads_first_what_the_next_piece_shows(
    built: Built, team: Team
) -> None:
    reporter, case_id = sent(built, team)
    talk = (("first", "a"), ("other", ""), ("second", "a"))
    first, other, second = (add_told(built, reporter, case_id, says=says, thread=thread) for says, thread in talk)
    amina = at_work(built, team.amina)
    page = amina.read(at(case_id, first))
    assert "Part 1 of 2 of one talk" in page
    assert f'href="{at(case_id, second)}"' in page
    assert "second" in words_of(page).partition("Next: evidence 3")[2]
    page = amina.read(at(case_id, second))
    assert "Part 2 of 2 of one talk" in page
    assert f'href="{at(case_id, other)}"' in page
    page = amina.read(at(case_id, other))
    assert "of one talk" not in page
    assert "Next: evidence" not in page


def test_the_list_folds_what_is_known_and_never_what_warns(built: Built, team: Team) -> None:
    reporter, case_id = sent(built, team)
    add_file(built, reporter, case_id, photo(), name="door.jpg")
    add_file(built, reporter, case_id, secrets.token_bytes(100), name="x.bin")
    received = receive(built.stores.blobs, built.house, new_piece(built.house), iter([photo("blue")]), MIB)
    with writing(built.stores) as work:
        pieces.add(work, built.house, reporter, case_id, replace(received.piece, scan=Scan.FOUND), MIB)
        add_received(work, built.house, received, case_id)
    page = at_work(built, team.amina).read(at(case_id))
    scanned = words_of(re.sub(r"<details\b.*?</details>", "", page, flags=re.DOTALL))
    assert "by the reporter · door.jpg · 1 KB · Cleaned" in scanned
    assert "Not cleaned: this kind of file is not known here. There is no copy without hidden data." in scanned
    assert "Harmful program found" in scanned
    assert "Do not open it on a computer that you need." in scanned
    assert "SHA-256" not in scanned
    assert words_of(page).count("SHA-256 of the original") == 3


@pytest.mark.parametrize("kind", ["text/html", "image/svg+xml", "image/tiff", "video/x-matroska", "text/plain", "a/b"])
def test_a_copy_of_any_other_kind_is_kept_as_a_file(built: Built, team: Team, kind: str) -> None:
    reporter, case_id = sent(built, team)
    piece = add_media(built, reporter, case_id, kind, HTML)
    answer = at_work(built, team.amina).get(at(case_id, piece, "/copy"))
    assert answer.headers["Content-Disposition"].startswith('attachment; filename="evidence-1.')
    assert headers_of(answer, *KEPT_TO_ITSELF) == KEPT_TO_ITSELF


def test_a_document_is_seen_page_by_page_as_pictures(built: Built, team: Team) -> None:
    reporter, case_id = sent(built, team)
    made = fpdf.FPDF()
    for _ in range(2):
        made.add_page()
    piece = add_file(built, reporter, case_id, bytes(made.output()), name="letter.pdf")
    picture = add_file(built, reporter, case_id, photo())
    amina = at_work(built, team.amina)
    shown = amina.read(at(case_id, piece) + "?page=2")
    assert words_of(shown).count("Page 2 of 2") == 1
    (source,) = re.findall(r'<img src="([^"]+)" alt="Page 2 of 2: Evidence 1, without a description">', shown)
    answer = amina.get(source)
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "image/jpeg")
    assert answer.data.startswith(b"\xff\xd8\xff")
    assert headers_of(answer, *KEPT_TO_ITSELF) == KEPT_TO_ITSELF
    assert answer.headers["Content-Disposition"] == 'inline; filename="evidence-1-2.jpg"'
    kept = amina.get(at(case_id, piece, "/copy"))
    assert kept.headers["Content-Disposition"] == 'attachment; filename="evidence-1.pdf"'
    for step in ("0", "3", "-1", "1.5", "x", "9999999", "1" * 60):
        assert amina.get(at(case_id, piece, "/pages/" + step)).status_code == 404, step
        assert amina.get(at(case_id, piece) + "?page=" + step).status_code == 404, step
    assert amina.get(at(case_id, picture, "/pages/1")).status_code == 404
    assert at_work(built, team.ines).get(source).status_code == 404


def test_pages_that_take_long_leave_room_for_every_other_answer(built: Built, team: Team) -> None:
    reporter, case_id = sent(built, team)
    made = fpdf.FPDF()
    made.add_page()
    piece = add_file(built, reporter, case_id, bytes(made.output()), name="letter.pdf")
    amina, turns = at_work(built, team.amina), built.app.extensions[TURNS]
    taken = 0
    while turns[DRAWING].acquire(blocking=False):
        taken += 1
    assert taken == max(1, built.settings.threads // 2 - 1)
    answer = amina.get(at(case_id, piece, "/pages/1"))
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "120")
    assert amina.get(at(case_id, piece)).status_code == 200
    turns[DRAWING].release()
    for _ in range(2):
        assert amina.get(at(case_id, piece, "/pages/1")).status_code == 200, "each gives its turn back"
    assert amina.get(at(case_id, piece, "/pages/2")).status_code == 404
    assert amina.get(at(case_id, piece, "/pages/1")).status_code == 200, "also where there was nothing to draw"


@pytest.mark.req("P6", "U7")
@pytest.mark.principle("confidentiality")
def test_forged_ids_and_people_without_a_grant_get_404(built: Built, team: Team) -> None:
    reporter, case_id = sent(built, team)
    piece = add_file(built, reporter, case_id, photo())
    other_reporter, other = sent(built, team)
    foreign = add_file(built, other_reporter, other, photo("blue"))
    amina = at_work(built, team.amina)
    there = open_original(amina, case_id, piece, "A word.")
    entry = there.rpartition("/")[2]
    wrong = [
        at(case_id, foreign),
        at(case_id, foreign, "/copy"),
        at(other, piece, "/copy"),
        at(case_id, None, "/original/" + piece.id.hex()),
        at(other, None, "/original/" + entry),
        at(case_id, None, "/nonsense"),
        at(secrets.token_bytes(16)),
    ]
    for path in wrong:
        assert amina.get(path).status_code == 404, path
    assert amina.post(at(case_id, foreign, "/original"), {"reason": "A word."}).status_code == 404
    for member in (team.ines, team.desk_reader):
        stranger = at_work(built, member)
        for path in (at(case_id), at(case_id, piece), at(case_id, piece, "/copy"), there):
            assert stranger.get(path).status_code == 404, path
        for data in ({}, {"reason": "A word."}):
            assert stranger.post(at(case_id, piece, "/original"), data).status_code == 404


@pytest.mark.req("P7")
def test_nothing_opens_after_leaving_taking_away_and_erasing(built: Built, team: Team) -> None:
    reporter, case_id = sent(built, team)
    take_up(built, team.ben, case_id)
    one, other = (add_file(built, reporter, case_id, photo(colour)) for colour in ("red", "blue"))
    ben, amina = at_work(built, team.ben), at_work(built, team.amina)
    assert ben.get(at(case_id, one, "/copy")).status_code == 200
    in_unit(built, assignment.recuse, team.ben, case_id)
    assert ben.get(at(case_id, one, "/copy")).status_code == 404
    in_unit(built, pieces.take_away, reporter, case_id, one.id)
    assert amina.get(at(case_id, one)).status_code == amina.get(at(case_id, one, "/copy")).status_code == 404
    assert "Evidence 2" in amina.read(at(case_id))
    in_unit(built, erase_now, reporter, case_id)
    assert amina.get(at(case_id)).status_code == amina.get(at(case_id, other, "/copy")).status_code == 404


@pytest.mark.parametrize("at_byte", [-40, 0])
def test_a_damaged_file_is_told_in_a_sentence_and_breaks_nothing(built: Built, team: Team, at_byte: int) -> None:
    reporter, case_id = sent(built, team)
    piece = add_file(built, reporter, case_id, photo())
    film = add_media(built, reporter, case_id, "video/mp4", b"x" * 100)
    amina = at_work(built, team.amina)
    there = open_original(amina, case_id, piece, "A word.")
    for file in (*piece.evidence.files, *film.evidence.files):
        alter(built, file.blob, at_byte)
    for path in (at(case_id, piece, "/copy"), there, at(case_id, film, "/copy")):
        answer = amina.get(path)
        assert answer.status_code == 422, path
        assert "This file is not what was sealed here" in answer.text, path
    assert amina.get(at(case_id)).status_code == amina.get(at(case_id, piece)).status_code == 200


def test_the_list_of_a_case_without_evidence_says_so(built: Built, team: Team) -> None:
    _, case_id = sent(built, team)
    assert "There is no evidence." in at_work(built, team.amina).read(at(case_id))
    assert Colleague(built).get(at(case_id)).status_code == 303
