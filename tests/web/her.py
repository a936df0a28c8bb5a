"""Somebody who has come back with her token, at a browser without scripts."""

from html import unescape
from typing import Any, Final

from werkzeug.test import TestResponse

from reporting.crypto.token import Token
from tests.builders import Built
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
