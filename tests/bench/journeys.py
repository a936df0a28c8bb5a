"""Reports and follow-ups as a browser makes them: what goes over the wire, and what each request costs a worker."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from itertools import count
from typing import Final

from reporting.domain.people import Role
from reporting.services.organisation import accounts
from reporting.store.database import writing
from tests.bench.floor import raw
from tests.bench.meter import cost_of, least_of
from tests.bench.table import Section
from tests.builders import PASSPHRASE, Built, Team
from tests.load.sender import FORM, Answer, Browser, open_form, report
from tests.load.server import Server

TIMES: Final = 40
TEXT: Final = "He keeps writing to me at night, and since I asked him to stop he leaves me out of meetings. " * 20
START: Final = "/en/write/form"
KEPT: Final = "/en/write/kept"
RETURN: Final = "/en/return"
SIGN_IN: Final = "/en/staff/sign-in"
_NUMBERED: Final = re.compile(r"/en/write/(\d+)$")
_WRITE: Final = re.compile(r'action="(/en/page/[^"]+/write)"')


@dataclass
class Stepped:
    """A report step by step; `steps` are the addresses of the steps that were passed."""

    browser: Browser
    steps: list[str] = field(default_factory=list)

    def begin(self) -> Answer:
        """Go through the first pages and return the first step."""
        start = self.browser.get(START)
        before = self.browser.post(START, [*start.hidden, ("before.age", "no")])
        return self.browser.post(before.address, list(before.hidden))

    def to_the_check_page(self, page: Answer) -> Answer:
        """Go through every step and return the page that comes after the last."""
        while _NUMBERED.search(page.address):
            self.steps.append(page.address)
            page = self.browser.post(page.address, self.filled(page))
        return page

    def filled(self, page: Answer) -> list[tuple[str, str]]:
        """Return a step as it is sent."""
        return [*page.hidden, ("account.story", TEXT), ("go", "next")]

    def walk(self) -> Answer:
        """Go the whole way and return the page with the token."""
        page = self.to_the_check_page(self.begin())
        return self.browser.post(page.address, [*page.hidden, ("go", "send")])


def measure_bytes(_built: Built, _team: Team, server: Server) -> Section:
    """Count requests and bytes of the first page and of a whole report both ways."""
    first, stepped, paged = (Browser(server.port, f"127.0.2.{n}", compressed=True) for n in (1, 2, 3))
    first.get("/en/")
    assert Stepped(stepped).walk().token
    assert paged.post(FORM, open_form(paged).filled(TEXT)).token
    lines = {"first page": first, "whole report, step by step": stepped, "whole report, one page": paged}
    return Section("bytes", "On the wire", {name: _traffic(browser) for name, browser in lines.items()})


def measure_requests(built: Built, team: Team, server: Server) -> Section:
    """Measure what a worker spends on each request, and how much of it is more than bare cryptography."""
    floor = raw()
    figures: dict[str, dict[str, float]] = {"first page": _beyond(cost_of(server.master, _first(server), TIMES), 0)}
    shown, sent, handed = _one_page(server)
    figures["one page: the form"] = _beyond(shown, 0)
    figures["one page: sending it"] = _beyond(sent, floor.report)
    figures["one page: the token"] = _beyond(handed, floor.box)
    figures["one-page report, whole"] = _beyond(shown + sent + handed, floor.report)
    for name, spent in _steps(server).items():
        figures[name] = _beyond(spent, floor.step)
    for name, spent in _follow_up(server).items():
        figures[name] = _beyond(spent, floor.message if "message" in name else 0)
    figures["staff: signing in"] = _beyond(_sign_in(built, team, server), floor.passphrase + floor.pair)
    return Section("requests", "A worker's time", figures)


def _first(server: Server) -> Callable[[], object]:
    return lambda: Browser(server.port).get("/en/")


def _one_page(server: Server) -> tuple[float, float, float]:
    """Return what opening the form, sending it, and the page with the token cost."""
    browsers = [Browser(server.port, "127.0.2.4") for _ in range(TIMES)]
    report(Browser(server.port), TEXT)
    shown = least_of(server.master, [partial(browser.get, FORM) for browser in browsers])
    forms = [open_form(browser) for browser in browsers]
    filled = zip(browsers, [form.filled(TEXT) for form in forms], strict=True)
    sent = least_of(server.master, [partial(browser.post_only, FORM, fields) for browser, fields in filled])
    handed = least_of(server.master, [partial(browser.get, KEPT) for browser in browsers])
    assert len({browser.get(KEPT).token for browser in browsers}) == TIMES
    return shown, sent, handed


def _steps(server: Server) -> dict[str, float]:
    """Return what one step costs on average, and each of the pages around the steps."""
    journey = Stepped(Browser(server.port, "127.0.2.5"))
    page = journey.begin()
    check = journey.to_the_check_page(page)
    browser, steps = journey.browser, journey.steps
    shown = [cost_of(server.master, partial(browser.get, step), TIMES // 4) for step in steps]
    kept = [
        cost_of(server.master, partial(browser.post_only, step, journey.filled(browser.get(step))), TIMES // 4)
        for step in steps
    ]
    return {
        "step: showing it": sum(shown) / len(steps),
        "step: the dearest": max(shown),
        "step: keeping it": sum(kept) / len(steps),
        "step: the dearest to keep": max(kept),
        "the check page": cost_of(server.master, partial(browser.get, check.address), TIMES // 4),
    }


def _follow_up(server: Server) -> dict[str, float]:
    """Return what coming back, her page and a message cost."""
    token = report(Browser(server.port, "127.0.2.6"), TEXT)
    browser = Browser(server.port, "127.0.2.6")
    enter = browser.get(RETURN)
    page = browser.post(RETURN, [*enter.hidden, ("token", token)])
    found = _WRITE.search(page.page)
    assert found, page.page
    address, numbers = found[1], count()

    def write() -> Answer:
        return browser.post_only(address, [*page.hidden, ("text", f"{next(numbers)}: {TEXT}")])

    return {
        "her page: opening it": cost_of(server.master, partial(browser.get, page.address), TIMES // 4),
        "her page: a message": cost_of(server.master, write, TIMES // 4),
    }


def _sign_in(built: Built, team: Team, server: Server) -> float:
    """Return what signing in costs with a passphrase that is sealed as dearly as in real life."""
    username = "vera.sanchez"
    with writing(built.stores) as work:
        code = accounts.create_account(
            work,
            built.house,
            username=username,
            display_name="Vera Sanchez",
            role=Role.AUDITOR,
            office_id=team.office.id,
        )
    seed, sealed = accounts.prepare_key(username, "Vera Sanchez", PASSPHRASE)
    with writing(built.stores) as work:
        accounts.enrol(work, built.house, username, code, seed, sealed)

    def sign_in() -> None:
        browser = Browser(server.port)
        fields = [*browser.get(SIGN_IN).hidden, ("username", username), ("passphrase", PASSPHRASE)]
        assert browser.post_only(SIGN_IN, fields).status == 303

    return cost_of(server.master, sign_in, TIMES // 4)


def _traffic(browser: Browser) -> dict[str, float]:
    return {"requests": browser.requests, "bytes in": browser.received, "bytes out": browser.sent}


def _beyond(spent: float, floor: float) -> dict[str, float]:
    return {"CPU ms": spent, "floor ms": floor, "beyond ms": spent - floor}
