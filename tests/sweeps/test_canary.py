"""A word of its own through every field of every door: afterwards none of them stands anywhere outside a seal."""

import html
import logging
import re
from collections.abc import Callable
from typing import Final

import pytest

from reporting.crypto.token import Token
from reporting.domain.people import Role
from reporting.domain.questions import Door
from reporting.web.cookies import EVERY
from reporting.web.survivor.doors import SLUGS
from tests.sweeps.answers import every_page, every_refusal
from tests.sweeps.haystack import found_in, found_in_files
from tests.sweeps.test_back import HIDDEN, token_on
from tests.sweeps.test_profile import token_forms
from tests.sweeps.world import World, come_back
from tests.visitor import Visitor

BOX: Final = re.compile(r'<(?:textarea|input(?: type="text")?)\b[^>]*\sname="([^"]+)"')
CHOICE: Final = re.compile(r'<input type="(?:radio|checkbox)"[^>]*\sname="([^"]+)" value="([^"]+)"')
DOORS: Final = [door for door in Door if door is not Door.COMPLAINT]


class Canary:
    """Words that nobody else would write, and where each was put."""

    def __init__(self) -> None:
        self.put: dict[str, str] = {}

    def word(self, place: str) -> str:
        """Return a fresh word for a place."""
        word = f"Kanarie{len(self.put):03d}vogel"
        self.put[word] = place
        return word

    def fill(self, page: str, where: str) -> dict[str, object]:
        """Return a form filled to the last box, with every choice ticked."""
        hidden = dict(HIDDEN.findall(page))
        boxes = [html.unescape(name) for name in BOX.findall(page)]
        ticked: dict[str, list[str]] = {}
        for name, value in CHOICE.findall(page):
            if not name.endswith("-state") and name not in ("close", "open"):
                ticked.setdefault(html.unescape(name), []).append(html.unescape(value))
        texts = {name: self.word(f"{where} {name}") for name in boxes if name not in hidden and name not in ticked}
        return {**ticked, **texts, **hidden, "shown": re.findall(r'name="shown" value="([^"]*)"', page), "read": "y"}


def report(world: World, canary: Canary, door: Door) -> tuple[str, Visitor]:
    """Send a report through a door with a word in every box; return the token and her browser."""
    visitor, path = Visitor(world.built), f"/en/write/{SLUGS[door]}/all"
    fields = canary.fill(visitor.get(path, query_string={"at": "geneva"}).text, door)
    answer = visitor.post(path, {**fields, "go": "send"})
    assert answer.status_code == 303, (door, answer.status_code)
    return token_on(visitor.get("/en/write/kept").text), visitor


def speak(world: World, canary: Canary, token: str) -> Visitor:
    """Write every kind of message from her page."""
    hers = Visitor(world.built)
    assert hers.post("/en/return", {"token": token}).status_code == 303
    ref = hers.get("/en/page", follow_redirects=True).request.path.rsplit("/", 1)[1]
    assert hers.post(f"/en/page/{ref}/write", {"text": canary.word("message")}).status_code == 303
    hers.post(f"/en/page/{ref}/talk", {"talk": "y", "when": canary.word("when"), "else": canary.word("else")})
    hers.get(f"/en/page/{ref}/copy")
    return hers


def answer(world: World, canary: Canary) -> Visitor:
    """Read, answer, note and name every case as a case manager."""
    staff = world.visitor(Role.CASE_MANAGER)
    for case in set(re.findall(r"/en/staff/cases/([0-9a-f]{32})", staff.get("/en/staff/inbox").text)):
        here = f"/en/staff/cases/{case}"
        staff.post(f"{here}/names")
        assert staff.get(here).status_code == 200
        for path, field in (("messages", "message"), ("notes", "note"), ("title", "title")):
            sent = staff.post(f"{here}/{path}", {field: canary.word(f"staff {path}")})
            assert sent.status_code == 303
            assert "why=empty" not in sent.headers["Location"], path
    return staff


@pytest.mark.slow
@pytest.mark.principle("confidentiality")
@pytest.mark.req("U3")
def test_no_word_and_no_token_stands_anywhere_in_clear(
    fresh: Callable[[], World], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    world, canary, tokens, browsers = fresh(), Canary(), [], []
    for door in DOORS:
        token, visitor = report(world, canary, door)
        tokens.append(token)
        browsers += [visitor, speak(world, canary, token)] if door is not Door.PRIVATE else [visitor]
    browsers.append(answer(world, canary))
    assert len(canary.put) > 100
    words = [*canary.put, *(form for token in tokens for form in token_forms(token))]
    where = {word: canary.put.get(word, "a token") for word in words}
    assert not {name: [where[w] for w in found] for name, found in files(world, words).items()}
    assert not found_in(caplog.text.encode(), words)
    assert not found_in("".join(cookies(one) for one in browsers).encode(), words)
    for role in (
        Role.ANYONE,
        Role.ADMINISTRATOR,
        Role.AUDITOR,
        Role.FOCAL_POINT,
        Role.DIRECTORY_EDITOR,
        Role.LEGAL_AID_OFFICER,
    ):
        assert not found_in(everything(world, role.value), words), role


@pytest.mark.principle("confidentiality")
def test_the_token_stands_on_the_page_that_hands_it_over_and_on_no_other(fresh: Callable[[], World]) -> None:
    world = fresh()
    token, visitor = report(world, Canary(), Door.INFORMAL)
    assert token in " ".join(re.findall(r"<li>([^<]+)</li>", visitor.get("/en/write/kept").text))
    assert visitor.post("/en/write/kept").status_code == 303
    hers = come_back(visitor, world.lone.token)
    for browser, parts in ((visitor, token_forms(token)), (hers, token_forms(words_of(world.lone.token)))):
        for rule in world.with_method("GET"):
            if rule.endpoint != "leave.leave":
                page = browser.get(world.url(rule, world.own), follow_redirects=True)
                raw = (page.text + str(page.headers) + page.request.path).encode()
                assert not found_in(raw, parts), rule.rule


def words_of(token: Token) -> str:
    """Return a token as it is shown."""
    return " ".join(token.words("en"))


def files(world: World, words: list[str]) -> dict[str, set[str]]:
    """Return what stands in which file of the instance."""
    return found_in_files([world.built.settings.data], words)


def cookies(visitor: Visitor) -> str:
    """Return the cookies of a browser."""
    found = [visitor.flask.get_cookie(name) for name in EVERY]
    return "".join(cookie.value for cookie in found if cookie is not None)


def everything(world: World, who: str) -> bytes:
    """Return everything that a role is shown, errors too."""
    shown = [*every_page(world), *every_refusal(world)]
    return "".join(one.response.text for one in shown if one.who == who).encode()
