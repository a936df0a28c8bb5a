"""No other site can post here, and a browser that says nothing of where it comes from still can."""

import re
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlencode

import pytest
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from reporting.domain.people import Role
from reporting.web.origin import ASKS_ONLY, FIELD
from reporting.web.uploads import FIELDS_HEADER
from tests.sweeps.test_grid import permitted_forms
from tests.sweeps.test_other_cases import contents
from tests.sweeps.world import World
from tests.visitor import Visitor

ANY_SITE = {"hsds.search"}
"""Changes nothing and reads no cookie, so other sites may send it: its own test follows the sweep."""
PEOPLE = [Role.ANYONE.value, Role.SURVIVOR.value, Role.CASE_MANAGER.value, Role.ADMINISTRATOR.value]
ELSEWHERE: list[dict[str, str]] = [
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"},
    {"Sec-Fetch-Site": "none"},
    {"Sec-Fetch-Site": "nonsense", "Origin": "http://localhost"},
    {"Origin": "https://elsewhere.example"},
    {"Origin": "http://localhost.elsewhere.example"},
    {"Origin": "http://localhost:81"},
    {"Origin": "https://localhost"},
    {"Origin": "null"},
    {"Origin": ""},
    {"Sec-Fetch-Site": "cross-site", "Origin": "http://localhost"},
]


def sent(visitor: Visitor, path: str, fields: dict[str, Any], headers: dict[str, str]) -> TestResponse:
    """Send a form with exactly these headers."""
    return visitor.flask.post(path, data=fields, headers=headers)


def guarded(world: World, who: str) -> Iterator[Rule]:
    """Yield the forms that only pages of ours may send."""
    yield from (rule for rule in permitted_forms(world, who) if rule.endpoint not in ANY_SITE)


@pytest.mark.principle("safety")
@pytest.mark.parametrize("who", PEOPLE)
def test_what_any_site_may_send_changes_nothing_and_is_answered_to_everybody_alike(
    fresh: Callable[[], World], who: str
) -> None:
    assert ASKS_ONLY == ANY_SITE
    world = fresh()
    before = contents(world)
    for rule in permitted_forms(world, who):
        if rule.endpoint in ANY_SITE:
            path = world.url(rule, world.own)
            alike = {
                sent(world.visitor(one), path, {}, headers).text for one in ("anyone", who) for headers in ELSEWHERE
            }
            assert len(alike) == 1, rule.rule
    assert contents(world) == before


@pytest.mark.principle("safety")
@pytest.mark.parametrize("who", PEOPLE)
def test_a_form_from_elsewhere_is_refused_even_with_the_signed_value(fresh: Callable[[], World], who: str) -> None:
    world = fresh()
    before = contents(world)
    for rule in guarded(world, who):
        visitor, path = world.visitor(who), world.url(rule, world.own_of(who))
        for headers in ELSEWHERE:
            answer = sent(visitor, path, {FIELD: visitor.signed(path)}, headers)
            assert answer.status_code == 403, (who, rule.rule, headers)
    assert contents(world) == before


@pytest.mark.principle("safety")
@pytest.mark.parametrize("who", PEOPLE)
@pytest.mark.parametrize("value", [None, "0" * 64, "\ud800".encode("utf-8", "surrogatepass")])
def test_a_form_that_says_nothing_needs_the_signed_value(
    fresh: Callable[[], World], who: str, value: str | bytes | None
) -> None:
    world = fresh()
    before = contents(world)
    for rule in guarded(world, who):
        visitor, path = world.visitor(who), world.url(rule, world.own_of(who))
        answer = sent(visitor, path, {} if value is None else {FIELD: value}, {})
        assert answer.status_code == 403, (who, rule.rule)
    assert contents(world) == before


@pytest.mark.principle("safety")
def test_the_signed_value_of_one_session_is_worth_nothing_in_another(world: World) -> None:
    path = "/en/page/leave"
    stranger = world.visitor("anyone")
    for signed in (stranger.signed(path), world.visitor(Role.CASE_MANAGER.value).signed(path)):
        for headers in ({}, {"Origin": "http://localhost"}, {"Sec-Fetch-Site": "same-origin"}):
            answer = sent(world.visitor(Role.SURVIVOR.value), path, {FIELD: signed}, headers)
            assert answer.status_code == 403


@pytest.mark.slow
@pytest.mark.principle("non_discrimination")
@pytest.mark.parametrize("who", PEOPLE)
def test_a_browser_that_says_nothing_works_with_what_the_page_carries(fresh: Callable[[], World], who: str) -> None:
    """As w3m, lynx and old phones do: the form's own value, no header of a newer browser."""
    for rule in permitted_forms(fresh(), who):
        world = fresh()
        visitor, path = world.visitor(who), world.url(rule, world.own_of(who))
        signed = {FIELD: visitor.signed(path)}
        headers = {FIELDS_HEADER: urlencode(signed)}  # where the body is a file in parts, and no form
        assert sent(visitor, path, signed, headers).status_code != 403, (who, rule.rule)
        world.built.stores.dispose()


@pytest.mark.principle("non_discrimination")
def test_a_whole_report_works_without_headers_and_without_cookies(fresh: Callable[[], World]) -> None:
    visitor = fresh().visitor("anyone")
    page = visitor.get("/en/write/notes/all").text
    hidden = dict(re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)">', page))
    visitor.flask.delete_cookie("d")
    answer = sent(visitor, "/en/write/notes/all", {**hidden, "read": "y", "account.story": "Mine"}, {})
    assert answer.status_code == 200
    assert '<ol class="token"' in answer.text


@pytest.mark.principle("safety")
def test_what_another_site_sends_is_not_shown_as_if_it_were_hers(world: World) -> None:
    for path in ("/en/write/notes/all", "/en/return", f"/en/page/{world.own.ref}/write"):
        answer = sent(
            world.visitor("anyone"),
            path,
            {"account.story": "Call 555", "text": "Call 555"},
            {"Sec-Fetch-Site": "cross-site"},
        )
        assert answer.status_code == 403
        assert "Call 555" not in answer.text


@pytest.mark.principle("respect")
def test_a_report_is_not_refused_because_a_page_was_opened_or_closed_meanwhile(fresh: Callable[[], World]) -> None:
    """Her form may be older than the session in her browser; only what needs that session is tied to it."""
    world = fresh()
    for before, after in (("anyone", Role.SURVIVOR.value), (Role.SURVIVOR.value, "anyone"), ("anyone", "case_manager")):
        page = world.visitor(before).get("/en/write/notes/all").text
        hidden = dict(re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)">', page))
        fields = {**hidden, "read": "y", "account.story": "Mine"}
        answer = sent(world.visitor(after), "/en/write/notes/all", fields, {"Sec-Fetch-Site": "same-origin"})
        assert answer.status_code in (200, 303), (before, after)
