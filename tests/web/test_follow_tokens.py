"""A spare token and a new one: handed over like the first, and the old one dies only when she has the new."""

import re

import pytest

from reporting.crypto.token import Token, parse
from reporting.services.errors import NotFound
from reporting.services.survivor.tokens import come_back, reporter_from
from reporting.store.database import reading
from tests.builders import Built, Team, send_report
from tests.engines import on_sqlite
from tests.web.her import TEXT, Her, her_at

pytestmark = on_sqlite


def handed_over(her: Her) -> Token:
    """Return the token that the page shows now."""
    page = her.get("/en/write/kept").text
    shown = re.search(r'<ol class="token".*?</ol>', page, re.DOTALL)
    assert shown is not None
    return parse(" ".join(re.findall(r"<li>(\w+)</li>", shown[0])))


def make(her: Her, which: str) -> Token:
    """Ask for a token and return it."""
    answer = her.post("/en/page/words", {"make": which})
    assert (answer.status_code, answer.headers["Location"]) == (303, "/en/write/kept")
    return handed_over(her)


def cases_opened(built: Built, token: Token) -> int:
    """Return how many cases a token opens."""
    with reading(built.stores) as work:
        try:
            return len(come_back(work, reporter_from(built.house, token)))
        except NotFound:
            return 0


@pytest.mark.principle("safety")
def test_a_spare_opens_the_same_and_takes_nothing_away(built: Built, team: Team) -> None:
    token, _, _ = send_report(built, team.office, TEXT)
    her = her_at(built, token)
    spare = make(her, "spare")
    assert her.post("/en/write/kept").headers["Location"] == "/en/page/words?done=spare"
    assert (cases_opened(built, token), cases_opened(built, spare)) == (1, 1)
    assert TEXT in her_at(built, spare).read("/text")


@pytest.mark.principle("safety")
def test_a_replaced_token_lives_until_she_has_the_new_one_and_not_longer(built: Built, team: Team) -> None:
    token, _, _ = send_report(built, team.office, TEXT)
    her, elsewhere = her_at(built, token), her_at(built, token)
    fresh = make(her, "replace")
    assert cases_opened(built, token) == 1, "she has not said that she has it"
    assert her.post("/en/write/kept").headers["Location"] == "/en/page/words?done=replace"
    assert (cases_opened(built, token), cases_opened(built, fresh)) == (0, 1)
    assert TEXT in her.read("/text"), "her page goes on under the new one"
    assert elsewhere.get("/en/page").headers["Location"] == "/en/return?why=unknown", "another browser does not"
    assert Her(built).come_back(token).headers["Location"] == "/en/return?why=unknown"
    assert her.get("/en/write/kept").headers["Location"] == "/en/write/done", "it is shown no more"


def test_a_double_tap_shows_the_same_token_again(built: Built, team: Team) -> None:
    token, _, _ = send_report(built, team.office)
    her = her_at(built, token)
    assert make(her, "replace") == make(her, "replace")


def test_a_case_that_came_in_between_goes_along(built: Built, team: Team) -> None:
    token, _, _ = send_report(built, team.office)
    her = her_at(built, token)
    fresh = make(her, "replace")
    send_report(built, team.office, token=token)
    her.post("/en/write/kept")
    assert (cases_opened(built, token), cases_opened(built, fresh)) == (0, 2)


def test_while_something_opens_with_the_old_token_alone_it_lives(built: Built, team: Team) -> None:
    token, _, _ = send_report(built, team.office)
    her = her_at(built, token)
    fresh = make(her, "replace")
    send_report(built, team.office, token=token)
    her.flask.delete_cookie("p")
    assert her.post("/en/write/kept").headers["Location"] == "/en/page/words?why=old"
    assert (cases_opened(built, token), cases_opened(built, fresh)) == (2, 1)


def test_a_replacement_is_finished_after_the_session_ended(built: Built, team: Team) -> None:
    token, _, _ = send_report(built, team.office)
    her = her_at(built, token)
    fresh = make(her, "replace")
    her.flask.delete_cookie("p")
    typed = {"typed": " ".join(fresh.words("en"))}
    assert her.post("/en/write/kept", typed).headers["Location"] == "/en/page"
    assert (cases_opened(built, token), cases_opened(built, fresh)) == (0, 1)
    assert "Where it is now" in her.read()


@pytest.mark.principle("confidentiality")
def test_a_token_that_waits_for_somebody_else_is_neither_shown_nor_displaced(built: Built, team: Team) -> None:
    theirs, _, _ = send_report(built, team.office)
    mine, _, _ = send_report(built, team.office)
    browser = her_at(built, theirs)
    waiting = make(browser, "spare")
    browser.come_back(mine)
    assert browser.post("/en/page/words", {"make": "spare"}).headers["Location"] == "/en/page/begun"
    assert "First note your token" in browser.get("/en/page/begun").text
    assert handed_over(browser) == waiting


def test_a_form_that_is_not_ours_makes_no_token(built: Built, team: Team) -> None:
    token, _, _ = send_report(built, team.office)
    assert her_at(built, token).post("/en/page/words", {"make": "another"}).status_code == 400
