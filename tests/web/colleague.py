"""Somebody of the staff at a browser without scripts."""

import re
from html import unescape
from typing import Any

from reporting.services.actors import StaffMember
from tests.authenticator import code_of
from tests.builders import Built
from tests.visitor import Visitor


class Colleague(Visitor):
    """A visitor who signs in."""

    def read(self, path: str) -> str:
        """Return what a page says, marks and all."""
        answer = self.get(path)
        assert answer.status_code == 200, (path, answer.status_code, answer.headers.get("Location"))
        return unescape(answer.text)

    def do(self, path: str, data: dict[str, Any] | None = None) -> str:
        """Send a form and return what the page after it says; every form that is accepted answers with 303."""
        answer = self.post(path, data)
        assert answer.status_code == 303, (path, answer.status_code, words_of(answer.text))
        return self.read(answer.headers["Location"].partition("#")[0])

    def refused(self, path: str, data: dict[str, Any] | None = None, status: int = 422) -> str:
        """Send a form that is refused and return what its page says."""
        answer = self.post(path, data)
        assert answer.status_code == status, (path, answer.status_code)
        return unescape(answer.text)


def at_work(built: Built, member: StaffMember) -> Colleague:
    """Return somebody who is signed in."""
    colleague = Colleague(built)
    colleague.sign_in(member)
    return colleague


def set_up(colleague: Colleague, page: str) -> list[str]:
    """Set up an authenticator app as the page says, and return the recovery codes."""
    secret = re.sub(r"\s", "", re.findall(r'<p class="token digits"[^>]*>([A-Z2-7 ]+)</p>', page)[0])
    shown = colleague.do("/en/staff/second-step/new", {"code": code_of(colleague.built, secret)})
    codes = re.findall(r"<li>([a-z0-9]{4}-[a-z0-9]{4}-[a-z0-9]{4})</li>", shown)
    assert len(codes) == 10
    assert colleague.post("/en/staff/account/factors/codes/kept").status_code == 303
    return codes


def at_case(case_id: bytes, step: str = "") -> str:
    """Return the address of a case, or of something in it."""
    return f"/en/staff/cases/{case_id.hex()}{step}"


def words_of(page: str) -> str:
    """Return what a page says, without its marks."""
    bare = re.sub(r"</?(?:bdi|strong|time|a)\b[^>]*>", "", page)
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", bare)))
