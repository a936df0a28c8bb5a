"""Whatever is sent: never a 500, never a lost text, and her words come back exactly as she typed them."""

import html
import re
import time
from collections.abc import Callable
from typing import Final
from urllib.parse import quote_from_bytes

import pytest
from werkzeug.test import TestResponse

from reporting.crypto.token import Token, parse
from reporting.domain.people import Role
from tests.sweeps.test_grid import permitted_forms
from tests.sweeps.world import World, come_back
from tests.visitor import Visitor

HERE: Final = {"Sec-Fetch-Site": "same-origin"}
FORM: Final = "application/x-www-form-urlencoded"
SCRIPT: Final = (
    "</textarea><script>alert(1)</script><img src=x onerror=alert(2)>\"'--><svg/onload=alert(3)>{{7*7}}%(name)s"
)
MARKS: Final = (
    "\u202eABC\u202c \u200f\u200e \u2066x\u2069 \U0001f9d1\u200d\U0001f91d\u200d\U0001f9d1 e\u0301 \ufffd \x7f\x85 ﷽"
)
BAD_VALUES: Final = {
    "nul": b"a%00b",
    "lone surrogate": b"%ED%A0%80",
    "invalid utf-8": b"%FF%FE%80",
    "overlong": b"%C0%AF%C0%AE",
    "line breaks": b"a%0D%0ASet-Cookie:%20x=y%0D%0A%0D%0A<script>",
    "script": quote_from_bytes(SCRIPT.encode()).encode(),
    "marks": quote_from_bytes(MARKS.encode()).encode(),
    "paths": b"..%2F..%2F..%2Fetc%2Fpasswd",
    "number": b"99999999999999999999999999999999",
    "long": b"x" * 70_000,
    "half an escape": b"%E",
}
ASKED: Final = frozenset({"text", "token", "typed", "ref", "person", "request", "at", "draft", "act", "words", "shown"})
KINDS: Final = ("application/json", "text/plain", "multipart/form-data", "multipart/form-data; boundary=x", "")
ROLES: Final = [Role.ANYONE, Role.SURVIVOR, Role.CASE_MANAGER, Role.OUTSIDE_DESK, Role.ADMINISTRATOR]
FIELD: Final = re.compile(r'\sname="([^"]+)"')
BOX: Final = re.compile(r"<textarea[^>]*>\n?(.*?)</textarea>", re.DOTALL)


def names_on_pages(world: World, who: str) -> list[str]:
    """Return the name of every field that pages of this role have, and some that none has."""
    found: set[str] = set()
    visitor = world.visitor(who)
    for rule in world.with_method("GET"):
        if rule.endpoint != "leave.leave":
            found |= set(FIELD.findall(visitor.get(world.url(rule, world.own_of(who))).text))
    asked = {
        "text",
        "token",
        "typed",
        "ref",
        "person",
        "request",
        "at",
        "draft",
        "act",
        "words",
        "shown",
        "close",
        "how",
    }
    return sorted((found | asked) - {"viewport", "robots", "color-scheme", "check", "sure"})


def send_raw(visitor: Visitor, path: str, body: bytes) -> TestResponse:
    """Send exactly these bytes as a form, with the signed value in front."""
    check = f"check={visitor.signed(path)}&".encode()
    return visitor.flask.post(path, data=check + body, content_type=FORM, headers=HERE)


@pytest.mark.slow
@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("kind", BAD_VALUES)
def test_no_value_in_any_field_of_any_form_breaks_it(fresh: Callable[[], World], role: Role, kind: str) -> None:
    world = fresh()
    names = names_on_pages(world, role)
    body = b"&".join(quote_from_bytes(name.encode()).encode() + b"=" + BAD_VALUES[kind] for name in names[:150])
    body = body[:900_000]
    for rule in permitted_forms(world, role):
        if rule.endpoint in ("staff.sign_out", "follow.leave", "account.end_session", "follow.now"):
            continue  # they end what the rest of the sweep needs
        visitor = world.visitor(role)
        answer = send_raw(visitor, world.url(rule, world.own_of(role)), body)
        assert answer.status_code < 500, (role, rule.rule, kind)
        assert "<script>alert" not in answer.text, (role, rule.rule)
        assert "onerror=alert(2)>" not in answer.text.replace("&#34;", '"').split("<textarea")[0], rule.rule
        assert "\n" not in answer.headers.get("Location", ""), rule.rule
        assert "x=y" not in str(answer.headers.getlist("Set-Cookie")), rule.rule


@pytest.mark.slow
@pytest.mark.parametrize("role", ROLES)
def test_missing_doubled_and_unknown_fields_break_nothing(fresh: Callable[[], World], role: Role) -> None:
    world = fresh()
    names = [name.encode() for name in names_on_pages(world, role)]
    doubled = b"&".join(name + b"=one&" + name + b"=two" for name in names)
    bodies = [b"", b"&&&&", b"=", b"=x", b"no-such-field=1&__class__=2&%00=3", doubled, b"check=second", b"&" * 3000]
    for rule in permitted_forms(world, role):
        if rule.endpoint in ("staff.sign_out", "follow.leave", "follow.now"):
            continue
        for body in bodies:
            answer = send_raw(world.visitor(role), world.url(rule, world.own_of(role)), body)
            assert answer.status_code < 500, (role, rule.rule, body[:40])


@pytest.mark.parametrize(
    "kind", ["application/json", "text/plain", "multipart/form-data", "multipart/form-data; boundary=x", ""]
)
def test_a_body_of_another_kind_is_refused_or_empty(fresh: Callable[[], World], kind: str) -> None:
    world = fresh()
    for rule in permitted_forms(world, Role.ANYONE):
        path = world.url(rule, world.own)
        answer = world.visitor("anyone").flask.post(path, data=b'{"a": "\x00--x\r\n"', content_type=kind, headers=HERE)
        assert answer.status_code < 500, (rule.rule, kind)


def test_a_form_of_very_many_fields_is_refused_before_it_is_read(world: World) -> None:
    begun = time.process_time()
    answer = send_raw(world.visitor("anyone"), "/en/write/notes/all", b"a=1&" * 1_500_000)
    assert answer.status_code == 413
    assert time.process_time() - begun < 2


@pytest.mark.principle("respect")
@pytest.mark.parametrize("path", ["/en/write/1", "/en/write/notes/all"])
@pytest.mark.parametrize("letter", ["x", "ы", "😀"])
def test_more_than_a_megabyte_is_refused_with_the_limit_and_the_text(
    fresh: Callable[[], World], path: str, letter: str
) -> None:
    text = letter * (1_100_000 // len(letter.encode()))
    visitor = begun(fresh().visitor("anyone"))
    answer = visitor.post(path, {"account.story": text, "read": "y"})
    assert answer.status_code == 422
    assert "1 MB" in answer.text
    assert text in boxes(answer)


@pytest.mark.principle("respect")
def test_a_message_of_more_than_a_megabyte_is_refused_with_the_limit_and_the_text(fresh: Callable[[], World]) -> None:
    world, text = fresh(), "x" * 1_100_000
    hers = world.visitor(Role.SURVIVOR).post(f"/en/page/{world.own.ref}/write", {"text": text})
    theirs = f"/en/staff/cases/{world.own.case_id.hex()}"
    for answer in (
        hers,
        world.visitor(Role.CASE_MANAGER).post(f"{theirs}/messages", {"message": text}),
        world.visitor(Role.CASE_MANAGER).post(f"{theirs}/notes", {"note": text}),
    ):
        assert answer.status_code == 422
        assert "1 MB" in answer.text
        assert text in boxes(answer)


def test_more_than_eight_mebibytes_are_not_read(world: World) -> None:
    for path in ("/en/write/1", "/en/write/notes/all", "/en/return", "/en/staff/sign-in"):
        answer = world.visitor("anyone").post(path, {"account.story": "x" * 9_000_000})
        assert answer.status_code == 413, path


@pytest.mark.principle("respect")
@pytest.mark.parametrize(
    "text",
    [
        pytest.param(MARKS, id="marks"),
        pytest.param(SCRIPT, id="script"),
        pytest.param("\n\n  first\n\n\tlast  \n\n", id="space"),
        pytest.param("سطر " * 12_500 + "\u202e" + "я😀" * 25_000, id="100,000 characters"),
        pytest.param(".\u2028\u2029\u0085\u00a0\u3000\ufeff.", id="separators"),
    ],
)
def test_her_words_stay_exact_from_the_form_to_every_reader(fresh: Callable[[], World], text: str) -> None:
    world = fresh()
    token = reported(world.visitor("anyone"), text)
    hers = come_back(Visitor(world.built), token)
    page = hers.get("/en/page", follow_redirects=True)
    ref = page.request.path.rsplit("/", 1)[1]
    for path in (f"/en/page/{ref}/text", f"/en/page/{ref}/copy"):
        assert shows(hers.get(path), text), path
    assert hers.post(f"/en/page/{ref}/write", {"text": text}).status_code == 303
    assert shows(hers.get(f"/en/page/{ref}"), text)
    assert shows(staff_page(world), text)


def test_nul_becomes_the_mark_for_what_no_text_can_hold(fresh: Callable[[], World]) -> None:
    world = fresh()
    reported(world.visitor("anyone"), "before\x00after")
    assert "before\ufffdafter" in staff_page(world).text


def reported(visitor: Visitor, text: str) -> Token:
    """Send a report to the office and return its token."""
    page = visitor.get("/en/write/talk/all?at=geneva").text
    hidden = dict(re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)">', page))
    shown = re.findall(r'name="shown" value="([^"]*)"', page)
    answer = visitor.post("/en/write/talk/all", {**hidden, "shown": shown, "read": "y", "account.story": text})
    assert answer.status_code == 303, answer.text
    words = re.search(r'<ol class="token"[^>]*>(.*?)</ol>', visitor.get("/en/write/kept").text, re.DOTALL)
    assert words is not None
    return parse(" ".join(re.findall(r"<li>([^<]+)</li>", words[1])))


def staff_page(world: World) -> TestResponse:
    """Return the newest case as a case manager reads it."""
    visitor = world.visitor(Role.CASE_MANAGER)
    cases = re.findall(r"/en/staff/cases/([0-9a-f]{32})", visitor.get("/en/staff/inbox").text)
    (case,) = set(cases) - {world.own.case_id.hex()}
    assert visitor.post(f"/en/staff/cases/{case}/names").status_code == 303
    return visitor.get(f"/en/staff/cases/{case}")


def begun(visitor: Visitor) -> Visitor:
    """Begin a draft and go through the page before the first step."""
    for path in ("/en/write/notes", "/en/write/before"):
        assert visitor.post(path).status_code == 303
    return visitor


def boxes(answer: TestResponse) -> list[str]:
    """Return what stands in the text boxes of a page."""
    return [html.unescape(box) for box in BOX.findall(answer.text)]


def shows(answer: TestResponse, text: str) -> bool:
    """Return whether a page shows this text exactly; line breaks travel in forms as CR LF."""
    return text.replace("\r\n", "\n") in html.unescape(answer.text.replace("\r\n", "\n"))
