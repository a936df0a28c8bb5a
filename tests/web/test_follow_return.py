"""Coming back: what is said about a token, how slowly, and that nothing she typed is lost or repeated."""

import pytest
from sqlalchemy.exc import OperationalError

from reporting.crypto.token import ReporterKeys, Token, derive, draw
from reporting.services.actors import Reporter
from reporting.services.casework.messages import thread
from reporting.services.sealed.sealing import open_case
from reporting.services.signing_in import throttle
from reporting.services.survivor import erasure, tokens
from reporting.services.survivor.tokens import reporter_from
from reporting.store.database import reading
from reporting.store.objects import NO_ANSWER, BlobsUnreachable
from tests.builders import Built, Team, in_unit, send_report
from tests.engines import on_sqlite
from tests.web.her import TEXT, Her, her_at

pytestmark = on_sqlite
WORDS = "I remembered one more thing about that evening."
PROBLEM = '<div class="notice care" role="alert"'


def messages_in(built: Built, reporter: Reporter, case_id: bytes) -> list[str]:
    """Return what was written in a case."""
    with reading(built.stores) as work:
        opened = open_case(work, reporter, built.house, case_id)
        return [message.text for message in thread(work, opened)]


@pytest.mark.principle("respect")
def test_a_token_opens_her_page_by_words_and_by_digits(built: Built, team: Team) -> None:
    token, _, _ = send_report(built, team.office, TEXT)
    for typed in (" ".join(token.words("en")), token.digits(), "\n".join(token.words("en")).upper()):
        her = Her(built)
        answer = her.post("/en/return", {"token": typed})
        assert (answer.status_code, answer.headers["Location"]) == (303, "/en/page")
        assert "Where it is now" in her.read()


@pytest.mark.req("L5")
@pytest.mark.principle("confidentiality")
def test_every_try_is_answered_with_303_and_never_with_what_was_typed(built: Built, team: Team) -> None:
    token, _, _ = send_report(built, team.office)
    words = list(token.words("en"))
    swapped = [words[1], words[0], *words[2:]]
    tries = {
        "": "length",
        "abandon ability": "length",
        " ".join([*words[:2], "qqqqqq", *words[3:]]): "word-3",
        " ".join(draw("en").words("en")): "unknown",
    }
    for typed, why in tries.items():
        answer = Her(built).post("/en/return", {"token": typed})
        assert answer.status_code == 303
        assert answer.headers["Location"] == f"/en/return?why={why}"
        assert not answer.data
    location = Her(built).post("/en/return", {"token": " ".join(swapped)}).headers["Location"]
    assert location in ("/en/return?why=check", "/en/return?why=unknown"), "one check in 256 fits by chance"


@pytest.mark.parametrize("why", ["word-1", "word-8", "length", "check", "unknown", "wait", "closed"])
def test_every_code_is_a_sentence(built: Built, why: str) -> None:
    assert PROBLEM in Her(built).get(f"/en/return?why={why}").text


@pytest.mark.parametrize("why", ["word-9", "<b>", "other"])
def test_a_code_that_is_not_ours_says_nothing(built: Built, why: str) -> None:
    page = Her(built).get("/en/return", query_string={"why": why}).text
    assert PROBLEM not in page
    assert "<b>" not in page


@pytest.mark.req("L5")
def test_a_wrong_a_replaced_and_an_erased_token_cost_the_same_and_say_the_same(
    built: Built, team: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    replaced, old, _ = send_report(built, team.office)
    in_unit(built, tokens.add_token, old, reporter_from(built.house, draw("en")))
    in_unit(built, tokens.drop_token, old)
    erased, gone, case_id = send_report(built, team.office)
    in_unit(built, erasure.erase_now, gone, case_id)
    stretched: list[Token] = []

    def counted(token: Token, salt: bytes) -> ReporterKeys:
        stretched.append(token)
        return derive(token, salt)

    monkeypatch.setattr(tokens, "derive", counted)
    for token in (draw("en"), replaced, erased):
        assert Her(built).come_back(token).headers["Location"] == "/en/return?why=unknown"
    assert len(stretched) == 3, "each try runs Argon2 once"


@pytest.mark.req("L5")
def test_guesses_are_throttled_and_mistyped_words_are_not(built: Built, team: Team) -> None:
    def from_one_address(typed: str) -> str:
        somebody = {"REMOTE_ADDR": "203.0.113.7"}
        return Her(built).post("/en/return", {"token": typed}, environ_overrides=somebody).headers["Location"]

    token, _, _ = send_report(built, team.office)
    assert {from_one_address("not a token at all") for _ in range(30)} == {"/en/return?why=length"}
    for _ in range(throttle.GUESSING.amount):
        assert from_one_address(draw("en").digits()) == "/en/return?why=unknown"
    assert from_one_address(token.digits()) == "/en/return?why=wait"
    built.clock.forward(minutes=6)
    assert from_one_address(token.digits()) == "/en/page", "she is never locked out for long"


@pytest.mark.principle("safety")
def test_words_typed_after_the_session_ended_come_back_with_the_page_that_asks_for_the_token(
    built: Built, team: Team
) -> None:
    token, reporter, case_id = send_report(built, team.office)
    her = her_at(built, token)
    page = her.page()
    built.clock.forward(hours=4)
    answer = her.post(f"{page}/write", {"text": WORDS})
    assert answer.status_code == 403
    assert 'name="pending"' in answer.text
    assert WORDS in answer.text
    assert messages_in(built, reporter, case_id) == []
    done = her.come_back(token, pending=WORDS)
    assert done.headers["Location"] == "/en/page?done=sent"
    assert messages_in(built, reporter, case_id) == [WORDS]


def test_they_survive_a_mistyped_token_without_travelling_in_the_address(built: Built, team: Team) -> None:
    token, reporter, case_id = send_report(built, team.office)
    her = Her(built)
    answer = her.post("/en/return", {"token": "one two three", "pending": WORDS})
    assert answer.headers["Location"] == "/en/return?why=length"
    assert WORDS in her.get("/en/return?why=length").text
    assert WORDS not in Her(built).get("/en/return").text, "another browser sees nothing of it"
    her.come_back(token, pending=WORDS)
    assert messages_in(built, reporter, case_id) == [WORDS]
    assert WORDS not in her.get("/en/return").text


def test_they_are_sealed_while_they_wait_and_gone_after_leaving_fast(built: Built) -> None:
    her = Her(built)
    her.post("/en/return", {"token": "x", "pending": WORDS})
    stored = b"".join(path.read_bytes() for path in built.settings.data.glob("shred.sqlite3*"))
    assert b"remembered" not in stored
    assert her.get("/exit").status_code == 303
    assert WORDS not in her.get("/en/return").text


@pytest.mark.principle("safety")
def test_on_a_full_disk_her_words_stay_in_front_of_her_and_her_token_does_not(
    built: Built, team: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_arguments: object) -> None:
        raise OperationalError("INSERT", {}, OSError("database or disk is full"))

    token, _, _ = send_report(built, team.office)
    monkeypatch.setattr("reporting.web.routes.follow.write_as_reporter", full)
    answer = Her(built).come_back(token, pending=WORDS)
    assert answer.status_code == 503
    assert WORDS in answer.text
    assert " ".join(token.words("en")) not in answer.text


@pytest.mark.principle("safety")
def test_where_files_cannot_be_kept_the_page_says_so_and_her_words_stay(
    built: Built, team: Team, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def away(*_arguments: object) -> None:
        raise BlobsUnreachable(NO_ANSWER)

    token, _, _ = send_report(built, team.office)
    monkeypatch.setattr("reporting.web.routes.follow.write_as_reporter", away)
    answer = Her(built).come_back(token, pending=WORDS)
    assert answer.status_code == 503
    assert "Files cannot be stored or shown right now." in answer.text
    assert WORDS in answer.text
    assert "blob store: no answer" in caplog.text


def test_with_several_cases_she_says_where_they_belong(built: Built, team: Team) -> None:
    token, reporter, first = send_report(built, team.office)
    _, _, second = send_report(built, team.office, token=token)
    her = Her(built)
    assert her.come_back(token, pending=WORDS).headers["Location"] == "/en/page?why=waiting"
    page = her.get("/en/page?why=waiting").text
    assert WORDS in page
    refs = [part.partition('"')[0] for part in page.split('name="ref" value="')[1:]]
    assert len(refs) == 2
    her.post("/en/page/write", {"text": WORDS, "ref": refs[0]})
    said = messages_in(built, reporter, first) + messages_in(built, reporter, second)
    assert said == [WORDS]
    assert WORDS not in her.get("/en/page").text


def test_what_another_site_posts_never_stands_there_as_if_it_were_hers(built: Built) -> None:
    answer = Her(built).post(
        "/en/page/0123456789abcdef/write", {"text": WORDS}, headers={"Sec-Fetch-Site": "cross-site"}
    )
    assert answer.status_code == 403
    assert 'name="pending"' not in answer.text


def test_an_address_of_hers_without_a_session_asks_for_the_token(built: Built) -> None:
    for path in ("/en/page", "/en/page/0123456789abcdef", "/en/page/0123456789abcdef/copy", "/en/page/words"):
        answer = Her(built).get(path)
        assert (answer.status_code, answer.headers["Location"]) == (303, "/en/return?why=closed")


@pytest.mark.principle("confidentiality")
def test_closing_her_page_ends_the_session_at_once(built: Built, team: Team) -> None:
    token, _, _ = send_report(built, team.office)
    her = her_at(built, token)
    page, cookie = her.page(), her.flask.get_cookie("p")
    assert cookie is not None
    assert her.post("/en/page/leave").headers["Clear-Site-Data"] == '"cache", "storage"'
    her.flask.set_cookie("p", cookie.value)
    assert her.get(page).status_code == 303, "the cookie alone is worth nothing"


def test_the_token_stands_in_no_page_cookie_or_address(built: Built, team: Team) -> None:
    token, _, _ = send_report(built, team.office)
    her = her_at(built, token)
    seen = [her.get(her.page() + step) for step in ("", "/text", "/people", "/copy", "/keep")]
    kept = "".join(answer.text + str(answer.headers) for answer in seen)
    assert " ".join(token.words("en")) not in kept
    assert token.digits() not in kept
