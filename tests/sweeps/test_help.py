"""Help depends on nothing: no cookie, no form, no database."""

import re
from collections.abc import Callable

import pytest

from reporting.policy import Permission
from reporting.web.cookies import DRAFT, PAGE
from tests.sweeps.test_grid import permission
from tests.sweeps.world import World

NEEDS_NOTHING = ("/", "/exit")


@pytest.fixture
def broken(fresh: Callable[[], World]) -> World:
    """A world in which neither database answers."""
    world = fresh()
    world.built.stores.dispose()
    for path in world.built.settings.data.glob("*"):
        if path.is_file():
            path.unlink()
            path.mkdir()
    return world


def public(world: World) -> list[str]:
    """Return the addresses that anyone may read."""
    rules = [rule for rule in world.with_method("GET") if permission(world, rule) is Permission.READ_PUBLIC]
    return [world.url(rule, world.own) for rule in rules]


@pytest.mark.principle("support")
@pytest.mark.req("U14")
def test_help_is_there_when_no_database_answers(broken: World) -> None:
    assert len(public(broken)) >= 8
    for path in public(broken):
        answer = broken.visitor("anyone").get(path)
        assert answer.status_code == 200, path
        assert "Set-Cookie" not in answer.headers, path


@pytest.mark.principle("support")
@pytest.mark.req("S17", "S22")
def test_services_of_their_own_are_named_when_no_database_answers(broken: World) -> None:
    named = {"/en/help/also-you": "1in6", "/en/help/online": "StopNCII"}
    for path, name in named.items():
        assert f"<bdi>{name}</bdi>" in broken.visitor("anyone").get(path).text


@pytest.mark.principle("support")
def test_help_is_there_for_a_browser_that_was_here_before(broken: World) -> None:
    """A cookie in the browser must not make a page of help ask the database."""
    for who in ("survivor", "case_manager"):
        for path in public(broken):
            assert broken.visitor(who).get(path).status_code == 200, (who, path)


LOOKING = ("/help", "/help/found", "/help/card", "/library")
"""The pages of help on which one may look for something."""


@pytest.mark.principle("support")
@pytest.mark.req("P9")
def test_no_page_of_help_needs_a_form(world: World, broken: World) -> None:
    """A form is there only to look for something; windows and services stand on the page without it."""
    for path in public(world):
        page = world.visitor("anyone").get(path).text
        if not path.endswith(LOOKING):
            assert not re.search(r"<form\b|<input\b|<textarea\b", page), path
    page = re.sub(r"<form\b.*?</form>", "", broken.visitor("anyone").get("/en/help").text, flags=re.DOTALL)
    for words in ("Within 72 hours", "Within 120 hours", "In danger now?", "Find A Helpline", "StopNCII"):
        assert words in page, words


@pytest.mark.principle("support")
@pytest.mark.req("P9", "U14")
def test_the_form_that_finds_help_works_when_no_database_answers(broken: World) -> None:
    for who in ("anyone", "survivor"):
        answer = broken.visitor(who).post("/en/help", {"happened": ["touched", "pictures"], "country": "MD"})
        assert answer.status_code == 200
        for words in ("None found near you: do this now", "StopNCII", "Medicine that can prevent HIV", "Lila.help"):
            assert words in answer.text, words


@pytest.mark.principle("safety")
def test_leaving_works_when_no_database_answers(broken: World) -> None:
    visitor = broken.visitor("survivor")
    visitor.flask.set_cookie(DRAFT, "A" * 43)
    answer = visitor.get("/exit")
    assert answer.status_code == 303
    assert "Clear-Site-Data" in answer.headers
    assert visitor.flask.get_cookie(PAGE) is None
    assert visitor.flask.get_cookie(DRAFT) is None


@pytest.mark.principle("respect")
def test_what_she_sends_while_no_database_answers_is_in_front_of_her(broken: World) -> None:
    visitor = broken.visitor("anyone")
    visitor.flask.set_cookie(DRAFT, "A" * 43)
    for path in ("/en/write/1", "/en/write/notes/all", "/en/write/talk/all"):
        answer = visitor.post(path, {"account.story": "Every word of hers", "read": "y"})
        assert answer.status_code == 503, path
        assert "Every word of hers" in answer.text, path
