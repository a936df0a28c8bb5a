"""Every answer, pages and refusals alike, carries the headers that keep a page to itself."""

import re
from typing import Final

import pytest

from reporting.domain.people import Role
from tests.sweeps.answers import Answer
from tests.sweeps.world import World

HTTPS: Final = "https://localhost"
SOURCES: Final = {
    "default-src": "'none'",
    "img-src": "'self' data:",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
}
FILE: Final = {
    "default-src": "'none'",
    "sandbox": "",
    "form-action": "'none'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
}
EXACTLY: Final = {
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}


def policy(answer: Answer) -> dict[str, str]:
    """Return the content security policy by directive."""
    parts = answer.response.headers["Content-Security-Policy"].split("; ")
    return {name: value for name, _, value in (part.partition(" ") for part in parts)}


@pytest.mark.principle("safety")
def test_every_answer_carries_the_security_headers(answers: list[Answer]) -> None:
    for answer in answers:
        headers = answer.response.headers
        assert {name: headers.get(name) for name in EXACTLY} == EXACTLY, answer
        assert headers["Referrer-Policy"] in ("same-origin", "no-referrer"), answer
        assert headers["Permissions-Policy"].count("=()") >= 5, answer
        assert "Server" not in headers, answer
        assert "X-Powered-By" not in headers, answer
        assert "Strict-Transport-Security" not in headers, answer


@pytest.mark.principle("safety")
def test_every_answer_allows_only_what_its_page_needs(answers: list[Answer]) -> None:
    for answer in answers:
        found = policy(answer)
        if "sandbox" in found:  # a file, which is no page; what is shown was taken apart here and made anew
            assert found == FILE, answer
            shown = "inline" if answer.path.endswith("/copy") and "/evidence/" in answer.path else "attachment"
            assert answer.response.headers["Content-Disposition"].startswith(f"{shown}; "), answer
            continue
        assert {name: found.get(name) for name in SOURCES} == SOURCES, answer
        in_parts = "data-begin=" in answer.response.text
        connects = {"connect-src"} if in_parts else set[str]()
        assert set(found) == {*SOURCES, "style-src", "script-src", *connects}, answer
        assert found.get("connect-src", "'self'") == "'self'", answer
        assert re.fullmatch(r"'self' 'sha256-[\w+/]{43}='", found["style-src"]), answer
        scripts = r"'sha256-[\w+/]{43}='" + (r" 'sha256-[\w+/]{43}='" if in_parts else "")
        assert re.fullmatch(scripts, found["script-src"]), answer
        assert "unsafe" not in str(found), answer
        assert "http" not in str(found), answer


@pytest.mark.principle("confidentiality")
def test_nothing_but_a_file_that_never_changes_may_be_kept(answers: list[Answer]) -> None:
    for answer in answers:
        assert answer.response.headers["Cache-Control"] == "no-store", answer


def test_a_file_that_never_changes_may_be_kept_and_says_what_it_is(world: World) -> None:
    for name, kind in (("survivor.css", "text/css"), ("staff.css", "text/css"), ("leave.js", "text/javascript")):
        answer = world.visitor("anyone").get(f"/static/{name}?v=1")
        assert answer.status_code == 200
        assert answer.mimetype == kind
        assert "no-store" not in answer.headers["Cache-Control"]
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert "Set-Cookie" not in answer.headers
        answer.close()


@pytest.mark.principle("safety")
def test_on_https_every_answer_insists_on_it(world: World) -> None:
    visitor = world.visitor("anyone")
    for path in ("/", "/en/", "/en/nowhere", "/exit", "/en/staff/sign-in", "/static/survivor.css"):
        answer = visitor.get(path, base_url=HTTPS)
        age = re.match(r"max-age=(\d+)", answer.headers["Strict-Transport-Security"])
        assert age is not None, path
        assert int(age[1]) >= 31_536_000, path
        answer.close()


@pytest.mark.principle("confidentiality")
def test_a_page_that_anyone_may_read_sets_no_cookie(answers: list[Answer]) -> None:
    """Writing needs one; reading help, rights and the first page does not."""
    for answer in answers:
        writes = "/write/" in answer.path or answer.path == "/exit"
        if answer.who == Role.ANYONE and not writes:
            assert "Set-Cookie" not in answer.response.headers, answer


@pytest.mark.principle("safety")
@pytest.mark.parametrize(("base", "prefix"), [("http://localhost", ""), (HTTPS, "__Host-")])
def test_a_cookie_is_neutral_and_tied_to_this_host(world: World, base: str, prefix: str) -> None:
    answer = world.visitor("anyone").get("/en/write/notes/all", base_url=base)
    cookies = answer.headers.getlist("Set-Cookie")
    assert cookies
    for cookie in cookies:
        name, _, rest = cookie.partition("=")
        attributes = {part.strip().lower() for part in rest.split(";")[1:]}
        assert re.fullmatch(re.escape(prefix) + "[a-z]", name), cookie
        assert {"httponly", "samesite=strict", "path=/"} <= attributes, cookie
        assert ("secure" in attributes) == (base == HTTPS), cookie
        assert not [one for one in attributes if one.startswith(("domain", "max-age", "expires"))], cookie
