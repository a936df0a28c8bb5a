"""Somebody who has come back with her token, at a browser without scripts."""

import re
from html import unescape
from typing import Any, Final

from werkzeug.test import TestResponse

from reporting.crypto.token import Token
from reporting.domain.case import Status
from reporting.services.actors import StaffMember
from reporting.services.casework import case as casework
from reporting.services.survivor.drafts import Draft, DraftKey, find_draft
from reporting.store.cases import find_case
from reporting.store.database import reading
from tests.builders import Built, in_unit
from tests.visitor import Visitor

TEXT: Final = "He keeps sending me messages at night."


class Her(Visitor):
    """A visitor with a token."""

    def come_back(self, token: Token, **more: str) -> TestResponse:
        """Type the words of a token."""
        return self.post("/en/return", {"token": " ".join(token.words("en")), **more})

    def page(self) -> str:
        """Return the address of her only case in this session."""
        answer = self.get("/en/page")
        assert answer.status_code == 303, answer.status_code
        return answer.headers["Location"].partition("?")[0]

    def read(self, step: str = "") -> str:
        """Return what a page of her only case says."""
        answer = self.get(self.page() + step)
        assert answer.status_code == 200, answer.status_code
        return unescape(answer.text)

    def do(self, step: str, data: dict[str, Any] | None = None) -> str:
        """Post a form of her case and return what the page after it says; every form answers with 303."""
        answer = self.post(self.page() + step, data)
        assert answer.status_code == 303, answer.status_code
        after = self.get(answer.headers["Location"])
        return unescape((after if after.status_code == 200 else self.get(after.headers["Location"])).text)


def her_at(built: Built, token: Token) -> Her:
    """Return somebody whose page is open."""
    her = Her(built)
    assert her.come_back(token).headers["Location"].endswith("/page")
    return her


def opened_by(built: Built, reader: StaffMember, case_id: bytes) -> None:
    """Let a handler declare no conflict and open a case."""
    in_unit(built, casework.declare_no_conflict, reader, case_id)
    in_unit(built, casework.view_case, reader, case_id)


def plain(page: str) -> str:
    """Return what a page says, without its marks."""
    bare = re.sub(r"<(style|script)>.*?</\1>|</?(?:bdi|strong|time|a)\b[^>]*>", "", page, flags=re.DOTALL)
    words = unescape(re.sub(r"<[^>]+>", " ", bare)).replace("\u2068", "").replace("\u2069", "")
    return re.sub(r"\s+", " ", words)


def ref_beside(page: str, name: str) -> str:
    """Return what a person is called in the button that carries the name."""
    found = re.search(rf'name="person" value="([0-9a-f]+)">[^<]+<span class="unseen">: {name}<', page)
    assert found is not None, name
    return found[1]


def draft_of(built: Built, her: Her) -> Draft:
    """Return the draft in her browser."""
    cookie = her.flask.get_cookie("d")
    assert cookie is not None
    key = DraftKey.parse(cookie.value)
    assert key is not None
    with reading(built.stores) as work:
        draft = find_draft(work, built.house, key)
    assert draft is not None
    return draft


def status_of(built: Built, case_id: bytes) -> Status:
    """Return where a case stands."""
    with reading(built.stores) as work:
        case = find_case(work.main, case_id)
        assert case is not None
        return Status(case.status)
