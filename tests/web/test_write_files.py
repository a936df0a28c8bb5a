"""Adding files, links and words while writing: nothing is needed, lost silently, or left behind."""

import re
from html import unescape
from pathlib import Path

import pytest

from reporting.domain.evidence.evidence import Cleaning
from reporting.services.evidence.pieces import MOST_PIECES
from reporting.services.survivor.drafts import Draft, DraftKey, keep_draft
from reporting.store.database import writing
from reporting.web.survivor.visitors import OpenDraft
from tests.builders import Built, Team
from tests.engines import on_sqlite
from tests.evidence import MIB, photo
from tests.instance import make_instance
from tests.visitor import Visitor
from tests.web.adding import NAME, WRITING, add_files, add_photo, after, begin, kept_bytes, kept_keys, refs_on
from tests.web.her import Her, draft_of, her_at, plain


def send(her: Her) -> Her:
    """Send what she writes, and come back with the token that was drawn for it."""
    token = draft_of(her.built, her).drawn_token()
    assert her.post("/en/write/check", {"go": "send"}).headers["Location"] == "/en/write/kept"
    return her_at(her.built, token)


@on_sqlite
@pytest.mark.req("S8")
@pytest.mark.principle("respect")
def test_a_photo_is_received_cleaned_and_listed_with_its_receipt_and_goes_along_when_she_sends(built: Built) -> None:
    her = begin(built)
    page = plain(add_photo(her, WRITING, says="At the desk"))
    assert "It is added, sealed as it is." in page
    assert "You do not have to prove anything" in page
    (one,) = draft_of(built, her).evidence
    assert (one.name, one.says, one.cleaning) == (NAME, "At the desk", Cleaning.CLEANED)
    own = plain(her.get(f"{WRITING}/{refs_on(her.get(WRITING).text)[0]}").text)
    assert one.original is not None
    assert " ".join(re.findall("....", one.original.sha256)) in own
    assert "A copy without hidden data" in own
    assert "You added 1 thing." in plain(her.get("/en/write/check").text)
    hers = send(her)
    assert "You added 1 thing." in plain(hers.read())
    assert NAME in hers.read("/files")


@on_sqlite
def test_many_files_come_in_one_form_and_the_same_one_only_once(built: Built) -> None:
    her = begin(built)
    files = [("a.jpg", photo("red")), ("b.txt", b"some words"), ("c.jpg", photo("blue"))]
    after(her, add_files(her, WRITING, *files))
    assert [one.name for one in draft_of(built, her).evidence] == ["a.jpg", "b.txt", "c.jpg"]
    page = after(her, add_files(her, WRITING, *files[:1]))
    assert "was not added a second time" in plain(page)
    assert len(draft_of(built, her).evidence) == 3
    assert (kept_keys(built), kept_bytes(built)) == (5, 5), "two photos with a copy each, and a text"


@pytest.mark.principle("confidentiality")
def test_what_is_empty_too_large_or_too_much_is_refused_in_plain_words_and_leaves_nothing(tmp_path: Path) -> None:
    built = make_instance(tmp_path, REPORTING_FILE_MEGABYTES="1", REPORTING_FILES_MEGABYTES="2")
    her = begin(built)
    assert "Please choose one first" in plain(after(her, add_files(her, WRITING)))
    assert "A file was empty" in plain(after(her, add_files(her, WRITING, ("empty.jpg", b""))))
    large = b"x" * (MIB + 1)
    page = after(her, add_files(her, WRITING, ("small.txt", b"small"), ("large.bin", large), ("last.txt", b"last")))
    assert "A file is larger than we can keep" in plain(page)
    assert [one.name for one in draft_of(built, her).evidence] == ["small.txt", "last.txt"]
    after(her, add_files(her, WRITING, ("one.txt", b"a" * MIB)))
    assert "there is no more room" in plain(after(her, add_files(her, WRITING, ("two.txt", b"b" * MIB))))
    assert (kept_keys(built), kept_bytes(built)) == (3, 3)


@on_sqlite
@pytest.mark.req("P8")
@pytest.mark.parametrize("form", [WRITING, f"{WRITING}/online", f"{WRITING}/talk"])
def test_what_she_typed_beside_a_file_that_cannot_be_kept_is_kept_and_not_to_be_typed_again(
    built: Built, form: str
) -> None:
    her = begin(built)
    page = plain(after(her, add_files(her, form, ("empty.jpg", b""), says="He sent it at night.")))
    assert "A file was empty" in page
    assert "He sent it at night." in page
    kept = draft_of(built, her).evidence
    assert [(one.says, one.original, one.thread) for one in kept] == [("He sent it at night.", None, "")]
    after(her, add_files(her, form, ("empty.jpg", b""), ("words.txt", b"words"), says="Both."))
    assert [one.says for one in draft_of(built, her).evidence] == ["He sent it at night.", "Both."]


@on_sqlite
@pytest.mark.req("U8")
def test_the_first_things_on_the_page_are_that_nothing_is_needed_and_what_not_to_add(built: Built) -> None:
    her = begin(built)
    page = add_photo(her, WRITING)
    unfolded = plain(re.sub(r"<details.*?</details>", "", page, flags=re.DOTALL))
    told = ["Nothing is needed here.", "Please add no intimate pictures", "What you added", "Photos, screenshots"]
    assert sorted(told, key=unfolded.index) == told
    assert "What does it show?" not in unfolded


@on_sqlite
@pytest.mark.req("U8")
def test_what_came_last_stands_on_top_and_a_talk_keeps_its_order(built: Built) -> None:
    her = begin(built)
    thread = "0123456789abcdef"
    for name in ("one.txt", "two.txt"):
        after(her, add_files(her, f"{WRITING}/talk", (name, name.encode()), thread=thread))
    page = after(her, add_files(her, WRITING, ("three.txt", b"three")))
    assert re.findall(r"<bdi>(\w+\.txt)</bdi>", page) == ["three.txt", "one.txt", "two.txt"]
    page = after(her, add_files(her, f"{WRITING}/talk", ("four.txt", b"four"), thread=thread))
    assert re.findall(r"<bdi>(\w+\.txt)</bdi>", page) == ["one.txt", "two.txt", "four.txt", "three.txt"]


@on_sqlite
@pytest.mark.req("U8")
@pytest.mark.parametrize("path", ["/en/write/1", WRITING, f"{WRITING}/online", f"{WRITING}/talk"])
def test_a_browser_that_shows_what_is_hidden_reads_nothing_that_only_a_script_makes_true(
    built: Built, path: str
) -> None:
    page = plain(begin(built).get(path).text)
    for words in ("There is no connection", "Or drop files here", " Stop "):
        assert words not in page


@on_sqlite
def test_there_is_an_end_to_how_many_things_a_report_may_have(built: Built) -> None:
    her = begin(built)
    after(her, add_files(her, WRITING, *[(f"{at}.txt", b"%d" % at) for at in range(MOST_PIECES + 2)]))
    assert len(draft_of(built, her).evidence) == MOST_PIECES
    assert kept_bytes(built) == MOST_PIECES


@on_sqlite
@pytest.mark.req("P8")
def test_a_step_that_was_loaded_before_a_file_came_does_not_take_it_away(built: Built) -> None:
    her = begin(built)
    stale = OpenDraft(*_key_and_draft(built, her))
    add_photo(her, WRITING)
    with writing(built.stores) as work:
        keep_draft(work, built.house, stale.key, stale.draft)
    assert len(draft_of(built, her).evidence) == 1


@on_sqlite
@pytest.mark.req("P8")
def test_what_was_sent_meanwhile_is_said_plainly_and_the_file_is_not_kept(built: Built) -> None:
    her = begin(built)
    add_photo(her, WRITING)
    key, _ = _key_and_draft(built, her)
    send(her)
    answer = add_files(her, WRITING, ("late.jpg", photo("green")), draft=key.text())
    assert answer.status_code == 303
    page = her.get(answer.headers["Location"])
    assert "was sent while the file was still coming" in plain(page.text)
    assert "You can add files on your page" in plain(page.text)
    assert (kept_keys(built), kept_bytes(built)) == (2, 2)


@on_sqlite
def test_words_and_a_link_are_pieces_without_a_file_and_a_link_is_nowhere_to_be_pressed(built: Built) -> None:
    her = begin(built)
    page = after(her, her.post(f"{WRITING}/words", {"says": "A photo of me, deleted in May."}))
    assert "deleted in May" in page
    assert "There is nothing to save yet" in plain(after(her, her.post(f"{WRITING}/words", {"says": " "})))
    link = "https://social.example/@him/1"
    fields = {"platform": "instagram", "handle": "@him", "link": link, "captured_on": "3.5.2026"}
    page = after(her, add_files(her, f"{WRITING}/online", **fields, captured_by_own="My sister"))
    assert link not in re.findall(r'(?:href|src|action)="([^"]*)"', unescape(page))
    words, online = draft_of(built, her).evidence
    assert (words.says, words.original) == ("A photo of me, deleted in May.", None)
    assert (online.platform, online.handle, online.link) == ("Instagram", "@him", link)
    assert (online.captured_on, online.captured_by) == ("2026-05-03", "My sister")
    shown = her.get(f"{WRITING}/{refs_on(page)[0]}").text
    assert link in shown
    assert f'"{link}' not in shown
    assert "nobody on the other side learns" in plain(shown)


@on_sqlite
def test_a_day_that_nobody_can_read_as_one_is_kept_in_her_words(built: Built) -> None:
    her = begin(built)
    after(her, add_files(her, f"{WRITING}/online", handle="@him", says="A threat.", captured_on="the day after Eid"))
    (one,) = draft_of(built, her).evidence
    assert (one.captured_on, one.says) == ("", "A threat.\n\nthe day after Eid")


@on_sqlite
def test_the_screenshots_of_a_talk_stand_together_and_she_puts_them_in_order(built: Built) -> None:
    her = begin(built)
    files = [(f"{name}.png", photo(name)) for name in ("red", "green", "blue")]
    page = after(her, add_files(her, f"{WRITING}/talk", *files, platform="signal", handle="+41 79"))
    assert "One talk, in this order" in plain(page)
    pieces = draft_of(built, her).evidence
    assert len({one.thread for one in pieces}) == 1
    assert {(one.platform, one.handle) for one in pieces} == {("Signal", "+41 79")}
    refs = refs_on(page)
    after(her, her.post(f"{WRITING}/{refs[2]}/move", {"go": "up"}))
    after(her, her.post(f"{WRITING}/{refs[0]}/move", {"go": "up"}))
    assert [one.name for one in draft_of(built, her).evidence] == ["red.png", "blue.png", "green.png"]


@on_sqlite
@pytest.mark.principle("respect")
def test_she_takes_a_piece_out_after_ticking_and_its_keys_are_destroyed(built: Built) -> None:
    her = begin(built)
    (ref,) = refs_on(add_photo(her, WRITING))
    assert "Please tick the box first" in plain(after(her, her.post(f"{WRITING}/{ref}/remove", {})))
    assert kept_keys(built) == 2
    after(her, her.post(f"{WRITING}/{ref}", {"says": "Other words"}))
    assert draft_of(built, her).evidence[0].says == "Other words"
    assert "its keys are destroyed" in plain(after(her, her.post(f"{WRITING}/{ref}/remove", {"sure": "y"})))
    assert kept_keys(built) == 0
    assert her.post(f"{WRITING}/{ref}/remove", {"sure": "y"}).status_code == 404


@on_sqlite
@pytest.mark.principle("safety")
def test_leaving_the_page_or_throwing_the_draft_away_destroys_the_keys_at_once(built: Built) -> None:
    her = begin(built)
    add_photo(her, WRITING)
    her.get("/exit")
    assert kept_keys(built) == 0


@on_sqlite
@pytest.mark.req("S5")
@pytest.mark.principle("confidentiality")
def test_nobody_reaches_what_waits_in_another_browser(built: Built) -> None:
    her, other = begin(built), begin(built)
    (ref,) = refs_on(add_photo(her, WRITING))
    for step in ("", "/move", "/remove"):
        assert other.post(f"{WRITING}/{ref}{step}", {"sure": "y", "says": "x"}).status_code == 404
    assert other.get(f"{WRITING}/{ref}").status_code == 404
    assert NAME not in other.get(WRITING).text
    assert Visitor(built).get(f"{WRITING}/{ref}").status_code == 410
    forged = {"draft": "A" * 43}
    assert add_files(Visitor(built), WRITING, (NAME, photo("green")), **forged).status_code == 410
    assert kept_bytes(built) == 2


@on_sqlite
@pytest.mark.req("U8")
def test_the_one_page_form_keeps_what_is_typed_and_comes_back_without_any_cookie(built: Built) -> None:
    her = Visitor(built)
    page = her.get("/en/write/notes/all").text
    her.flask.delete_cookie("d")
    draft = re.findall(r'name="draft" value="([^"]+)"', page)[0]
    answer = her.post("/en/write/notes/all", {"draft": draft, "go": "files", "account.story": "My words"})
    her.flask.delete_cookie("d")
    assert answer.status_code == 200
    assert "Pictures, files and links" in answer.text
    assert f"{WRITING}?back=all" in answer.text
    added = add_files(her, f"{WRITING}?back=all", (NAME, photo()), draft=draft)
    assert added.status_code == 200
    assert NAME in added.text
    ref = re.findall(r'name="piece" value="([0-9a-f]{16})"', added.text)[0]
    one = her.post(f"{WRITING}/show?back=all", {"draft": draft, "to": "one", "piece": ref})
    assert "Your receipt" in one.text
    back = her.post(f"{WRITING}/show?back=all", {"draft": draft, "to": "out"})
    assert "My words" in back.text
    assert "You added 1 thing." in plain(back.text)
    sent = her.post("/en/write/notes/all", {"draft": draft, "read": "y", "account.story": "My words"})
    assert sent.status_code == 200
    assert "token" in sent.text


@on_sqlite
def test_with_a_cookie_the_one_page_form_leads_there_and_back_by_addresses(built: Built, team: Team) -> None:
    her = Her(built)
    path = f"/en/write/talk/all?at={team.office.code}"
    draft = re.findall(r'name="draft" value="([^"]+)"', her.get(path).text)[0]
    fields = {"draft": draft, "at": team.office.code, "go": "files", "account.story": "My words"}
    answer = her.post(path, fields)
    assert answer.headers["Location"] == f"{WRITING}?back=all"
    add_photo(her, answer.headers["Location"])
    back = her.post(f"{WRITING}/show?back=all", {"draft": draft, "to": "out"})
    assert back.headers["Location"] == path
    assert "My words" in her.get(path).text
    assert len(draft_of(built, her).evidence) == 1


@on_sqlite
def test_a_step_leads_there_with_what_was_typed_and_back_to_itself(built: Built, team: Team) -> None:
    her = begin(built, "talk", office=team.office.id.hex())
    answer = her.post("/en/write/2", {"more.before": "Once before", "go": "files"})
    assert answer.headers["Location"] == f"{WRITING}?back=2"
    assert her.post(f"{WRITING}/show?back=2", {"to": "out"}).headers["Location"] == "/en/write/2"
    assert her.post(f"{WRITING}/show?back=99", {"to": "out"}).headers["Location"] == "/en/write/check"


def _key_and_draft(built: Built, her: Her) -> tuple[DraftKey, Draft]:
    cookie = her.flask.get_cookie("d")
    assert cookie is not None
    key = DraftKey.parse(cookie.value)
    assert key is not None
    return key, draft_of(built, her)
