"""Files, links and words on her page: later, privately, with a receipt, what happened to each, and a way to end it."""

import re
from dataclasses import replace

import pytest

from reporting.domain.evidence.evidence import Cleaning, Evidence, Scan
from reporting.domain.oversight.audit import StaffEvent
from reporting.services.actors import Reporter
from reporting.services.evidence.adding import add_for_team
from reporting.services.evidence.custody import record_touched
from reporting.services.evidence.pieces import Piece, new_piece, pieces_in
from reporting.services.evidence.receiving import receive
from reporting.services.sealed.sealing import open_case
from reporting.services.survivor import erasure
from reporting.store.database import reading
from reporting.web.survivor.pieces import CLEANED, SCANNED, piece_shown
from reporting.web.survivor.refs import ref_of
from tests.builders import Built, Team, in_unit, send_report
from tests.engines import on_sqlite
from tests.evidence import MIB, add_file, alter, photo
from tests.visitor import Visitor
from tests.web.adding import NAME, WRITING, add_files, add_photo, after, begin, kept_bytes, kept_keys, refs_on
from tests.web.her import her_at, opened_by, plain

pytestmark = on_sqlite


def held(built: Built, reporter: Reporter, case_id: bytes) -> list[Evidence]:
    """Return the pieces of a case, opened with her keys."""
    with reading(built.stores) as work:
        opened = open_case(work, reporter, built.house, case_id)
        return [piece.evidence for piece in pieces_in(work, opened)]


@pytest.mark.req("S8")
@pytest.mark.principle("informed_consent")
def test_she_adds_a_photo_later_and_reads_who_looked_at_it_on_which_day(built: Built, team: Team) -> None:
    token, reporter, case_id = send_report(built, team.office)
    her = her_at(built, token)
    page = add_photo(her, her.page() + "/files", says="The corridor")
    assert team.amina.display_name in plain(page), "who can see it is said before she adds"
    with reading(built.stores) as work:
        (piece,) = pieces_in(work, open_case(work, reporter, built.house, case_id))
    in_unit(built, record_touched, StaffEvent.EVIDENCE_SEEN, team.amina, case_id, piece.evidence)
    assert "Number 1 · " in plain(page), "the team asks about it by this number"
    own = plain(her.read(f"/files/{refs_on(page)[0]}"))
    assert "Number 1" in own
    assert f"{team.amina.display_name} looked at something that was added to your case" in own
    assert "It was received and sealed as it is." in own
    assert "A copy without hidden data was made." in own
    assert "You added 1 thing. Look at it, or add more." in plain(her.read())
    assert "You added 1 thing." in plain(her.read("/text"))


@pytest.mark.req("S8")
def test_she_gets_her_original_back_byte_for_byte_under_a_name_that_says_nothing(built: Built) -> None:
    token, _, _ = send_report(built, None)
    her = her_at(built, token)
    content = photo()
    page = after(her, add_files(her, her.page() + "/files", ("<script>ہراساں.jpg", content)))
    answer = her.get(f"{her.page()}/files/{refs_on(page)[0]}/original")
    assert answer.data == content
    assert re.fullmatch(r'attachment; filename="file-[0-9a-f]{4}\.jpg"', answer.headers["Content-Disposition"])
    assert answer.headers["Content-Type"] == "application/octet-stream"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert answer.headers["Content-Length"] == str(len(content))


@pytest.mark.req("S8")
@pytest.mark.parametrize("at_byte", [0, -40, 1])
def test_of_her_original_nothing_leaves_that_is_not_what_she_gave_and_she_is_told(built: Built, at_byte: int) -> None:
    token, reporter, case_id = send_report(built, None)
    piece = add_file(built, reporter, case_id, photo())
    her = her_at(built, token)
    (ref,) = refs_on(her.read("/files"))
    assert piece.evidence.original is not None
    alter(built, piece.evidence.original.blob, at_byte)
    answer = her.get(f"{her.page()}/files/{ref}/original")
    assert answer.status_code == 422
    assert "This file is not what was sealed here" in plain(answer.text)
    assert her.get(f"{her.page()}/files/{ref}").status_code == 200


@pytest.mark.principle("respect")
def test_she_takes_a_piece_away_and_nothing_opens_it_any_more(built: Built) -> None:
    token, reporter, case_id = send_report(built, None)
    her = her_at(built, token)
    (ref,) = refs_on(add_photo(her, her.page() + "/files"))
    assert "Please tick the box first" in plain(her.do(f"/files/{ref}/remove"))
    assert "its keys are destroyed" in plain(her.do(f"/files/{ref}/remove", {"sure": "y"}))
    assert (kept_keys(built), held(built, reporter, case_id)) == (0, [])
    for step in ("", "/original"):
        assert her.get(f"{her.page()}/files/{ref}{step}").status_code == 404
    assert her.post(f"{her.page()}/files/{ref}/remove", {"sure": "y"}).status_code == 404


@pytest.mark.req("S5")
@pytest.mark.principle("confidentiality")
def test_a_piece_of_somebody_else_is_nothing_here_whatever_it_is_called(built: Built) -> None:
    token, _, _ = send_report(built, None)
    _, other, foreign = send_report(built, None)
    piece = add_file(built, other, foreign, photo("green"))
    her = her_at(built, token)
    with built.app.test_request_context(headers=her._cookies()):
        forged = [ref_of(piece.id), piece.id.hex()[:16], "0" * 16]
        theirs = ref_of(foreign)
    for ref in forged:
        assert her.get(f"{her.page()}/files/{ref}").status_code == 404
        assert her.get(f"{her.page()}/files/{ref}/original").status_code == 404
        for step in ("", "/move", "/remove"):
            assert her.post(f"{her.page()}/files/{ref}{step}", {"sure": "y"}).status_code == 404
    assert her.get(f"/en/page/{theirs}/files").status_code == 404
    assert add_files(her, f"/en/page/{theirs}/files", (NAME, photo())).status_code == 404
    assert kept_bytes(built) == 2


def test_without_her_session_nothing_is_read_and_nothing_is_kept(built: Built) -> None:
    token, _, _ = send_report(built, None)
    path = her_at(built, token).page()
    stranger = Visitor(built)
    answer = add_files(stranger, f"{path}/files", (NAME, photo()), says="My words")
    assert answer.status_code == 403
    assert "My words" in answer.text, "what was typed is still there"
    assert kept_bytes(built) == 0


@pytest.mark.principle("respect")
def test_a_case_that_is_erased_while_a_file_comes_keeps_nothing_of_it_and_she_is_told(
    built: Built, monkeypatch: pytest.MonkeyPatch
) -> None:
    token, reporter, case_id = send_report(built, None)
    her = her_at(built, token)
    path = her.page() + "/files"

    def erased_meanwhile(*given: object) -> object:
        received = receive(*given)  # type: ignore[arg-type]
        in_unit(built, erasure.erase_now, reporter, case_id)
        return received

    monkeypatch.setattr("reporting.web.survivor.adding.receive", erased_meanwhile)
    answer = add_files(her, path, (NAME, photo()))
    page = her.get(answer.headers["Location"])
    assert "what it belongs to is not here any more" in plain(page.text)
    assert (kept_keys(built), kept_bytes(built)) == (0, 0)


def test_while_a_case_waits_to_be_erased_its_files_are_not_shown(built: Built) -> None:
    token, reporter, case_id = send_report(built, None)
    add_file(built, reporter, case_id, photo())
    in_unit(built, erasure.erase_later, reporter, case_id)
    her = her_at(built, token)
    assert her.get(her.page() + "/files").status_code == 404
    assert add_files(her, her.page() + "/files", (NAME, photo("green"))).status_code == 404


def test_what_a_file_shows_can_be_said_anew_and_words_without_a_file_stay_as_they_were_sent(
    built: Built, team: Team
) -> None:
    token, reporter, case_id = send_report(built, team.office)
    her = her_at(built, token)
    add_photo(her, her.page() + "/files")
    her.do("/files/words", {"says": "A call at night."})
    second, first = refs_on(her.read("/files"))
    assert "Your words are saved." in plain(her.do(f"/files/{first}", {"says": "The corridor"}))
    assert "This has changed meanwhile" in plain(her.do(f"/files/{second}", {"says": "Forged"}))
    assert [one.says for one in held(built, reporter, case_id)] == ["The corridor", "A call at night."]


def test_the_order_of_a_talk_is_changed_on_her_page_too(built: Built) -> None:
    token, reporter, case_id = send_report(built, None)
    her = her_at(built, token)
    files = [(f"{name}.png", photo(name)) for name in ("red", "green")]
    page = after(her, add_files(her, her.page() + "/files/talk", *files, platform_own="<b>Chat</b>"))
    assert "<b>Chat" not in page
    her.do(f"/files/{refs_on(page)[1]}/move", {"go": "up"})
    assert [one.name for one in held(built, reporter, case_id)] == ["green.png", "red.png"]
    assert {one.platform for one in held(built, reporter, case_id)} == {"<b>Chat</b>"}


@pytest.mark.principle("informed_consent")
def test_what_a_handler_added_she_sees_with_the_name_and_may_take_away(built: Built, team: Team) -> None:
    token, reporter, case_id = send_report(built, team.office)
    opened_by(built, team.amina, case_id)
    theirs = replace(new_piece(built.house), says="Handed over by a witness")
    in_unit(built, add_for_team, team.amina, case_id, theirs, MIB)
    her = her_at(built, token)
    page = her.read("/files")
    assert f"Added by {team.amina.display_name}" in plain(page)
    (ref,) = refs_on(page)
    assert "This has changed meanwhile" in plain(her.do(f"/files/{ref}", {"says": "Forged"}))
    assert [one.says for one in held(built, reporter, case_id)] == ["Handed over by a witness"]
    assert her.get(f"{her.page()}/files/{ref}/original").status_code == 404
    assert "Add something, if you want to" in plain(her.read()), "she has added nothing herself"
    assert "It is taken away" in plain(her.do(f"/files/{ref}/remove", {"sure": "y"}))
    assert held(built, reporter, case_id) == []


def test_a_screenshot_joins_a_talk_of_hers_only(built: Built) -> None:
    token, reporter, case_id = send_report(built, None)
    her = her_at(built, token)
    after(her, add_files(her, her.page() + "/files/talk", ("a.png", photo()), thread="../their/talk"))
    (one,) = held(built, reporter, case_id)
    assert re.fullmatch("[0-9a-f]{16}", one.thread), "a name of ours, whatever the form says"
    after(her, add_files(her, her.page() + "/files/talk", ("b.png", photo("blue")), thread=one.thread))
    assert len({piece.thread for piece in held(built, reporter, case_id)}) == 1


@pytest.mark.parametrize("state", [one for one in Cleaning if one is not Cleaning.NO_FILE])
def test_a_file_without_a_clean_copy_says_honestly_why(built: Built, state: Cleaning) -> None:
    assert len({*CLEANED.values()}) == len(Cleaning)
    assert len({*SCANNED.values()}) == len(Scan)
    _, reporter, case_id = send_report(built, None)
    piece = add_file(built, reporter, case_id, photo())
    with built.app.test_request_context("/en/"):
        shown = piece_shown(Piece(piece.id, replace(piece.evidence, cleaning=state)), "0" * 16)
        said = " ".join(shown.cleaned)
    assert ("exactly as you gave it" in said) == (state is not Cleaning.CLEANED)
    assert "hidden data" in said or state is Cleaning.NO_FILE


@pytest.mark.req("U8")
def test_while_she_writes_each_page_is_light_on_the_wire(built: Built) -> None:
    her = begin(built)
    page = add_photo(her, WRITING)
    for step in ("", "/online", "/talk", f"/{refs_on(page)[0]}"):
        answer = her.get(f"{WRITING}{step}", headers={"Accept-Encoding": "gzip"})
        assert answer.headers["Content-Encoding"] == "gzip"
        assert len(answer.data) <= 20_000, step


def test_more_of_a_talk_that_comes_later_stands_with_the_rest_of_it(built: Built, team: Team) -> None:
    token, _, _ = send_report(built, team.office)
    her = her_at(built, token)
    talk = her.page() + "/files/talk"
    page = after(her, add_files(her, talk, ("a.png", photo("red")), ("b.png", photo("blue"))))
    link = re.search(r'href="([^"]*/files/talk\?thread=[0-9a-f]{16})"', page)
    assert link is not None
    form = her.get(link[1]).text
    thread = re.search(r'name="thread" value="([0-9a-f]{16})"', form)
    assert thread is not None
    page = after(her, add_files(her, talk, ("c.png", photo("green")), thread=thread[1]))
    assert page.count("One talk, in this order") == 1
    assert page.index("b.png") < page.index("c.png") < page.index("Add more of this talk")
    assert thread[1] not in her.get(f"{talk}?thread=../x").text
