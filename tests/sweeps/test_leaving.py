"""Leaving fast: one link ends everything that this browser knew, and goes where nothing tells."""

from collections.abc import Callable

import pytest

from reporting.domain.people import Role
from reporting.web.cookies import DRAFT, PAGE
from tests.builders import Built
from tests.sweeps.world import World
from tests.visitor import Visitor

STORED = ("drafts", "survivor_sessions")


def stored(built: Built) -> dict[str, int]:
    """Return how many drafts and open pages the shred store has."""
    with built.stores.shred.connect() as connection:
        return {
            name: connection.exec_driver_sql(f"SELECT count(*) FROM {name}").scalar_one()  # noqa: S608 - our own tables
            for name in STORED
        }


def writing(world: World) -> Visitor:
    """Return her browser with her page open and a draft begun."""
    visitor = world.visitor(Role.SURVIVOR.value)
    assert visitor.post("/en/write/notes").status_code == 303
    assert visitor.post("/en/write/before").status_code == 303
    assert visitor.post("/en/write/1", {"account.story": "half a sentence"}).status_code == 303
    return visitor


@pytest.mark.principle("safety")
@pytest.mark.req("L5")
def test_leaving_destroys_session_and_draft_and_goes_to_a_neutral_site(fresh: Callable[[], World]) -> None:
    world = fresh()
    before = stored(world.built)
    visitor = writing(world)
    assert stored(world.built)["drafts"] == before["drafts"] + 1
    answer = visitor.get("/exit")
    assert answer.status_code == 303
    assert answer.headers["Location"] == world.built.settings.exit_url
    assert answer.headers["Clear-Site-Data"] == '"cache", "cookies", "storage"'
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert stored(world.built) == {"drafts": before["drafts"], "survivor_sessions": before["survivor_sessions"] - 1}
    assert visitor.flask.get_cookie(PAGE) is None
    assert visitor.flask.get_cookie(DRAFT) is None
    assert not answer.text


@pytest.mark.principle("safety")
def test_a_cookie_kept_from_before_opens_nothing_after_leaving(fresh: Callable[[], World]) -> None:
    world = fresh()
    visitor = writing(world)
    kept = [visitor.flask.get_cookie(name) for name in (PAGE, DRAFT)]
    visitor.get("/exit")
    for cookie in kept:
        assert cookie is not None
        visitor.flask.set_cookie(cookie.key, cookie.value)
    assert visitor.get(f"/en/page/{world.own.ref}").status_code == 303
    assert "half a sentence" not in visitor.get("/en/write/1", follow_redirects=True).text


@pytest.mark.principle("safety")
@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_another_site_cannot_make_her_browser_forget_what_she_is_writing(fresh: Callable[[], World], site: str) -> None:
    """A picture on another page that points here must not throw her draft away."""
    world = fresh()
    visitor = writing(world)
    answer = visitor.get("/exit", headers={"Sec-Fetch-Site": site})
    assert answer.status_code == 303
    assert "Clear-Site-Data" not in answer.headers
    assert "Set-Cookie" not in answer.headers
    assert "half a sentence" in visitor.get("/en/write/1").text


def test_leaving_works_for_whoever_comes_with_nothing_or_nonsense(world: World) -> None:
    for cookie in ("", "x", "é", "A" * 86, "=" * 4000):
        visitor = world.visitor("anyone")
        for name in (PAGE, DRAFT, "w"):
            visitor.flask.set_cookie(name, cookie)
        assert visitor.get("/exit").status_code == 303


@pytest.mark.principle("safety", "informed_consent")
def test_what_leaving_cannot_do_is_said_before_the_first_word(fresh: Callable[[], World]) -> None:
    world = fresh()
    visitor = writing(world)
    found = visitor.post("/en/help", {"happened": "touched"}).headers["Location"]
    assert "half a sentence" in visitor.get("/en/write/1").text, "a tab that was only closed"
    assert "Closing the tab is not leaving." in visitor.get("/en/before-you-start/notes").text
    visitor.get("/exit")
    assert "What there is for you" in visitor.get(found).text
    safety, privacy = visitor.get("/en/safety").text, visitor.get("/en/privacy").text
    assert "opens again, with the Back button or from the history, for half an hour, also after leaving." in safety
    assert "Without a connection it only hides the page." in safety
    assert "or close the browser" not in privacy
    assert "Closing the tab is not enough" in privacy
