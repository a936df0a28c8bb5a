"""Going back, opening a second form, choosing another door: nothing that she wrote or was given is lost by it."""

import re
from collections.abc import Callable
from typing import Final

import pytest

from tests.sweeps.test_hostile import begun, reported
from tests.sweeps.world import World
from tests.visitor import Visitor

HIDDEN: Final = re.compile(r'<input type="hidden" name="([^"]*)" value="([^"]*)">')
OTHER_FORMS = ("/en/write/talk/all?at=geneva", "/en/write/notes/all", "/en/write/form", "/en/write/young")


@pytest.mark.principle("respect")
@pytest.mark.parametrize("path", OTHER_FORMS)
def test_a_token_that_is_not_noted_yet_survives_opening_a_form_again(fresh: Callable[[], World], path: str) -> None:
    visitor = fresh().visitor("anyone")
    token = reported(visitor, "A whole story")
    visitor.get(path)
    assert token.words("en")[0] in visitor.get("/en/write/kept").text


@pytest.mark.principle("respect")
def test_a_token_that_is_not_noted_yet_survives_beginning_another_report(fresh: Callable[[], World]) -> None:
    visitor = fresh().visitor("anyone")
    token = reported(visitor, "A whole story")
    answer = visitor.post("/en/write/notes")
    assert answer.headers["Location"] == "/en/write/kept"
    assert token.words("en")[0] in visitor.get("/en/write/kept").text


@pytest.mark.principle("respect")
@pytest.mark.parametrize("path", OTHER_FORMS)
def test_what_she_wrote_step_by_step_survives_opening_another_form(fresh: Callable[[], World], path: str) -> None:
    visitor = begun(fresh().visitor("anyone"))
    assert visitor.post("/en/write/1", {"account.story": "Half of my story"}).status_code == 303
    visitor.get(path)
    assert "Half of my story" in visitor.get("/en/write/1").text


@pytest.mark.principle("respect")
def test_the_one_page_form_begins_with_what_she_wrote_step_by_step(fresh: Callable[[], World]) -> None:
    visitor = begun(fresh().visitor("anyone"))
    assert visitor.post("/en/write/1", {"account.story": "Half of my story"}).status_code == 303
    assert "Half of my story" in visitor.get("/en/write/notes/all").text


@pytest.mark.principle("respect")
def test_a_place_that_takes_no_reports_any_more_loses_no_word(fresh: Callable[[], World]) -> None:
    visitor = fresh().visitor("anyone")
    hidden = dict(HIDDEN.findall(visitor.get("/en/write/talk/all?at=geneva").text))
    fields = {**hidden, "at": "closed-meanwhile", "read": "y", "account.story": "Every word of hers"}
    answer = visitor.post("/en/write/talk/all", fields)
    assert answer.status_code == 422
    assert "Every word of hers" in answer.text
    assert "Every word of hers" in visitor.get("/en/write/talk/all?at=nairobi").text


@pytest.mark.principle("respect")
def test_two_forms_in_two_tabs_are_two_reports_with_a_token_each(fresh: Callable[[], World]) -> None:
    visitor = fresh().visitor("anyone")
    fields = [one_page(visitor), one_page(visitor)]
    first, second = (visitor.post("/en/write/notes/all", {**one, "read": "y", "account.story": "x"}) for one in fields)
    assert first.status_code == 303
    assert second.status_code == 200, "the first token is not noted yet, and the cookie leads to it"
    kept = dict(HIDDEN.findall(second.text))
    assert kept["draft"] == fields[1]["draft"]
    shown = token_on(visitor.get("/en/write/kept").text)
    assert token_on(second.text) != shown
    assert visitor.post("/en/write/kept", {"draft": kept["draft"]}).headers["Location"] == "/en/write/done"
    assert token_on(visitor.get("/en/write/kept").text) == shown


@pytest.mark.principle("non_discrimination")
def test_a_browser_without_cookies_may_mistype_its_token_and_still_see_it(fresh: Callable[[], World]) -> None:
    visitor = fresh().visitor("anyone")
    fields = {**one_page(visitor), "read": "y", "account.story": "x"}
    visitor.flask.delete_cookie("d")
    page = visitor.post("/en/write/notes/all", fields).text
    carried, shown = dict(HIDDEN.findall(page)), token_on(page)
    again = visitor.post("/en/write/kept", {"draft": carried["draft"], "typed": "not these words"})
    assert token_on(again.text) == shown
    proven = visitor.post("/en/write/kept", {"draft": carried["draft"], "typed": shown})
    assert proven.headers["Location"] == "/en/page"


def one_page(visitor: Visitor) -> dict[str, str]:
    """Open the one-page form and return what it carries unseen."""
    return dict(HIDDEN.findall(visitor.get("/en/write/notes/all").text))


def token_on(page: str) -> str:
    """Return the words of the token that a page shows."""
    found = re.search(r'<ol class="token"[^>]*>(.*?)</ol>', page, re.DOTALL)
    assert found is not None
    return " ".join(re.findall(r"<li>([^<]+)</li>", found[1]))
