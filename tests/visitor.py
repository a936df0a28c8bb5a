"""A browser without scripts, in memory: it keeps cookies, and tells as a real one does where its forms come from."""

from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from reporting.services.actors import StaffMember
from reporting.web.cookies import EVERY
from reporting.web.origin import FIELD, csrf_value
from tests.authenticator import next_code
from tests.builders import PASSPHRASE, Built, cheap_passphrases


class _Answer(TestResponse):
    """An answer whose words can be looked for also where it is a file."""

    @property
    def text(self) -> str:
        """Return what it says; bytes that are no text stand as replacement characters."""
        return bytes(self.data).decode(errors="replace")


class Visitor:
    """One person at one browser that has been nowhere yet."""

    def __init__(self, built: Built) -> None:
        self.built = built
        self.flask: FlaskClient = built.app.test_client()
        self.flask.response_wrapper = type("Answer", (_Answer, self.flask.response_wrapper), {})
        self.member: StaffMember | None = None

    def get(self, path: str, **options: Any) -> TestResponse:
        """Open an address."""
        return self.flask.get(path, **options)

    def post(self, path: str, data: dict[str, Any] | None = None, **options: Any) -> TestResponse:
        """Send a form of ours, with the signed value that it carries; a value of `data` may be a list."""
        headers = {"Sec-Fetch-Site": "same-origin", **options.pop("headers", {})}
        return self.flask.post(path, data={FIELD: self.signed(path), **(data or {})}, headers=headers, **options)

    def sign_in(self, member: StaffMember, passphrase: str = PASSPHRASE) -> "Visitor":
        """Sign in as somebody, with the second factor where there is one."""
        with cheap_passphrases():
            answer = self.post("/en/staff/sign-in", {"username": member.username, "passphrase": passphrase})
        assert answer.status_code == 303, answer.status_code
        self.member, code = member, next_code(self.built, member)
        if code:
            answer = self.post("/en/staff/second-step", {"code": code})
            assert answer.status_code == 303, answer.status_code
        return self

    def prove(self, purpose: str, subject: bytes = b"", passphrase: str = PASSPHRASE) -> TestResponse:
        """Show passphrase and second factor once more, for something that is most protected."""
        assert self.member is not None
        at, code = f"&at={subject.hex()}" if subject else "", next_code(self.built, self.member)
        with cheap_passphrases():
            return self.post(f"/en/staff/prove?for={purpose}{at}", {"passphrase": passphrase, "code": code})

    def signed(self, path: str) -> str:
        """Return the value that a form on this page would carry."""
        with self.built.app.test_request_context(path, headers=self._cookies()):
            return csrf_value()

    def _cookies(self) -> dict[str, str]:
        kept = [(name, self.flask.get_cookie(name)) for name in EVERY]
        found = [f"{name}={cookie.value}" for name, cookie in kept if cookie is not None]
        return {"Cookie": "; ".join(found)} if found else {}
