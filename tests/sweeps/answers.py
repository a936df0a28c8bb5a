"""Everything that the instance answers: each page as several roles, each error, each kind of redirect."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final
from unittest.mock import patch

from sqlalchemy.exc import OperationalError
from werkzeug.test import TestResponse

from reporting.domain.people import Role
from reporting.policy import Permission
from reporting.web.access import allow
from tests.sweeps.world import World

SOME_ROLES: Final = (Role.ANYONE, Role.SURVIVOR, Role.CASE_MANAGER, Role.OUTSIDE_DESK, Role.ADMINISTRATOR, Role.AUDITOR)
LANGUAGES: Final = ("en", "ar")
FULL: Final = OperationalError("", None, OSError("database or disk is full"))


@dataclass(frozen=True)
class Answer:
    """One answer and where it came from."""

    who: str
    path: str
    response: TestResponse

    @property
    def is_page(self) -> bool:
        """Return whether this is a page for people."""
        return self.response.mimetype == "text/html" and self.response.status_code != 303

    @property
    def is_hers(self) -> bool:
        """Return whether this belongs to the survivors' side."""
        return "/staff" not in self.path

    def __str__(self) -> str:
        return f"{self.who} {self.path} {self.response.status_code}"


def every_page(world: World) -> Iterator[Answer]:
    """Yield each page as each of some roles, in each language for those that anyone may open."""
    for role in SOME_ROLES:
        visitor = world.visitor(role.value)
        for rule in world.with_method("GET"):
            if rule.endpoint == "leave.leave" and role is not Role.ANYONE:
                continue  # it would end the session for every answer after it
            path = world.url(rule, world.own_of(role.value))
            yield Answer(role.value, path, visitor.get(path))
            if role in (Role.ANYONE, Role.SURVIVOR) and path.startswith("/en/"):
                arabic = "/ar/" + path.removeprefix("/en/")
                yield Answer(role.value, arabic, visitor.get(arabic))


def every_refusal(world: World) -> Iterator[Answer]:
    """Yield an error page of every kind that can be caused from outside, and of the two that cannot."""
    for who in (Role.ANYONE.value, Role.SURVIVOR.value, Role.CASE_MANAGER.value):
        for path, options in _CAUSES:
            yield Answer(who, path, _ask(world, who, path, **options))
        for error in (FULL, RuntimeError("words of hers")):
            yield Answer(who, "/en/help", _broken(world, who, error))


def _ask(world: World, who: str, path: str, method: str = "GET", **options: Any) -> TestResponse:
    return world.visitor(who).flask.open(path, method=method, **options)


def _broken(world: World, who: str, error: Exception) -> TestResponse:
    """Return what is answered when a view fails."""

    def fail(**_: Any) -> None:
        raise error

    views = world.built.app.view_functions
    allow(Permission.READ_PUBLIC)(fail)
    with patch.dict(views, {"help.get_help": fail}):
        return world.visitor(who).get("/en/help")


_FROM_HERE: Final = {"Sec-Fetch-Site": "same-origin"}
_CAUSES: Final[tuple[tuple[str, dict[str, Any]], ...]] = (
    ("/nowhere", {}),
    ("/en/nowhere", {}),
    ("/xx/help", {}),
    ("/en/staff/nowhere", {}),
    ("/en/write/99", {}),
    ("/en/write/1", {"method": "POST", "headers": _FROM_HERE, "data": {"account.story": "Hers"}}),
    ("/static/nowhere.css", {}),
    ("/static/../app.py", {}),
    ("/en/help", {"method": "POST", "headers": _FROM_HERE}),
    ("/en/help", {"method": "DELETE", "headers": _FROM_HERE}),
    ("/en/help", {"method": "TRACE"}),
    ("/en/help", {"method": "OPTIONS"}),
    ("/en/help", {"method": "HEAD"}),
    ("/en/write/talk", {"method": "POST", "headers": {"Sec-Fetch-Site": "cross-site"}}),
    ("/en/staff/sign-in", {"method": "POST", "headers": {"Origin": "https://elsewhere.example"}}),
    ("/en/write/talk/all", {"method": "POST", "headers": _FROM_HERE, "data": {"account.story": "x" * 9_000_000}}),
    ("/en/page/words", {"method": "POST", "headers": _FROM_HERE}),
    ("/en/help%00", {}),
    ("/en/%ff%fe", {}),
    ("//en//help", {}),
    ("/en/help/", {}),
)
