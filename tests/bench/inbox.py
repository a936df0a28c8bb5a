"""The inbox of somebody who holds a hundred, a thousand and ten thousand cases: it should not matter."""

import random
import secrets
import time
from datetime import timedelta
from functools import partial
from typing import Final

from pyotp import TOTP

from reporting.crypto.keys import KeyPair
from reporting.crypto.secret import Seed
from reporting.domain.questions import CATALOGUE_VERSION, Door
from reporting.domain.sealed.disclosure import Choices, Disclosure, Identity, People
from reporting.services.actors import Reporter
from reporting.services.casework import case as casework
from reporting.services.reading.readers import Audience, audience_of
from reporting.services.survivor.report import SealedCase, Submission, seal_report, submit_report
from reporting.store.database import reading, writing
from reporting.store.holdings import held_case_ids
from tests.bench.floor import raw
from tests.bench.meter import cost_of
from tests.bench.table import Section
from tests.builders import PASSPHRASE, SECRET, Built, Team
from tests.load.sender import Browser
from tests.load.server import Server

HELD: Final = (100, 1_000, 10_000)
ROWS: Final = 25
AT_ONCE: Final = 250
TIMES: Final = 10
SEARCHED_AT_MOST: Final = 1_000
SEARCH: Final = "/en/staff/search"
SIGN_IN: Final = "/en/staff/sign-in"
SECOND_STEP: Final = "/en/staff/second-step"
INBOX: Final = "/en/staff/inbox"


def measure(built: Built, team: Team, server: Server) -> Section:
    """Measure the first page and one in the middle, as the number of cases grows."""
    browser, floor, held, figures = signed_in(server, team), ROWS * raw().inbox_row, 0, {}
    audience = audience_for(built, team)
    for wanted in HELD:
        begun = time.monotonic()
        add_cases(built, audience, wanted - held)
        held, took = wanted, time.monotonic() - begun
        spent = cost_of(server.master, partial(browser.get, INBOX), TIMES)
        middle = cost_of(server.master, partial(browser.get, f"{INBOX}?after={_middle(built)}.{'8' * 32}"), TIMES)
        figures[f"{wanted:,} cases"] = {
            "CPU ms": spent,
            "floor ms": floor,
            "beyond ms": spent - floor,
            "middle page": middle,
            "built in s": took,
        }
        if held <= SEARCHED_AT_MOST:
            spent, least = _search(browser, server, built, team), wanted * raw().inbox_row
            figures[f"search in {wanted:,}"] = {"CPU ms": spent, "floor ms": least, "beyond ms": spent - least}
    return Section("inbox", "Inbox", figures)


def _search(browser: Browser, server: Server, built: Built, team: Team) -> float:
    """Measure a search that finds nothing, so that every case is opened and looked through to the end."""
    with writing(built.stores) as work:
        for case_id in held_case_ids(work.main, team.amina.staff_id):
            casework.declare_no_conflict(work, built.house, team.amina, case_id)
    browser.post_only(SEARCH, [*browser.get(SEARCH).hidden, ("words", "zebra giraffe")])
    return cost_of(server.master, partial(browser.get, SEARCH), TIMES)


def signed_in(server: Server, team: Team) -> Browser:
    """Sign a case manager in."""
    browser = Browser(server.port)
    fields = [*browser.get(SIGN_IN).hidden, ("username", team.amina.username), ("passphrase", PASSPHRASE)]
    assert browser.post_only(SIGN_IN, fields).status == 303
    fields = [*browser.get(SECOND_STEP).hidden, ("code", TOTP(SECRET).now())]
    assert browser.post_only(SECOND_STEP, fields).status == 303
    return browser


def audience_for(built: Built, team: Team) -> Audience:
    """Return who reads, found once: only the sealing is done for each case."""
    with reading(built.stores) as work:
        return audience_of(work, built.house, team.office, People())


def add_cases(built: Built, audience: Audience, number: int) -> None:
    """Add cases through the real sealing, many in one transaction, received on days that differ."""
    while number > 0:
        reports = [sealed(built, audience) for _ in range(min(number, AT_ONCE))]
        with writing(built.stores) as work:
            for person, report in reports:
                submit_report(work, built.house, person, report)
        number -= len(reports)


def sealed(built: Built, audience: Audience) -> tuple[Reporter, SealedCase]:
    """Seal a report of somebody whose token nobody drew: the inbox does not know the difference."""
    today = built.house.today() - timedelta(days=random.randrange(400))  # noqa: S311 - a day, not a secret
    person = Reporter(secrets.token_bytes(16), KeyPair.from_seed(Seed.random()))
    disclosure = Disclosure(CATALOGUE_VERSION, "en", Door.FORMAL, (), today.isoformat())
    submission = Submission(disclosure, People(), Choices(Door.FORMAL, "en"), Identity())
    return person, seal_report(built.house, person, submission, audience, today=today)


def _middle(built: Built) -> str:
    return (built.house.today() - timedelta(days=200)).isoformat()
