"""Pages that show services, with a thousand of them: what is kept between requests makes the number not matter."""

from functools import partial
from typing import Final

from reporting.domain.directory.checks import How, checked_rows
from reporting.domain.directory.listing import WORLDWIDE
from reporting.domain.directory.seed import Entry, records_of
from reporting.domain.directory.taxonomies import Pathway
from reporting.store.database import writing
from reporting.store.directory import put_records
from tests.bench.meter import cost_of
from tests.bench.table import Figures, Section
from tests.builders import Built, Team
from tests.load.sender import Browser
from tests.load.server import Server

SERVICES: Final = 1_000
TIMES: Final = 10
PAGES: Final = ("/en/", "/en/help", "/hsds/services", "/hsds/organizations")
_COUNTRIES: Final = (WORLDWIDE, "MD", "KE", "FR", "CO", "LB")


def measure(built: Built, _team: Team, server: Server) -> Section:
    """Measure pages before and after; the first page after a change, which makes everything anew, stands apart."""
    browser = Browser(server.port)
    before = {page: cost_of(server.master, partial(browser.get, page), TIMES) for page in PAGES}
    fill(built)
    figures: Figures = {page: {"floor ms": least} for page, least in before.items()}
    for page in PAGES:
        spent = cost_of(server.master, partial(browser.get, page), TIMES)
        figures[page] |= {"1,000 ms": spent, "beyond ms": spent - before[page]}
    return Section("directory", "Directory", figures)


def fill(built: Built) -> None:
    """Add many services, all checked today, in several places and on every way."""
    ways = tuple(Pathway)
    entries = [
        Entry(f"Service {n}", "Helps.", (ways[n % len(ways)],), area=_COUNTRIES[n % len(_COUNTRIES)], languages=("en",))
        for n in range(SERVICES)
    ]
    records = records_of(entries)
    checks = [checked_rows(row, built.house.today(), "Somebody", How.CALLED) for row in records["service"]]
    services = [row for check in checks for row in check["service"]]
    with writing(built.stores) as work:
        rows = [row for check in checks for row in check["metadata"]]
        put_records(work.main, {**records, "service": services, "metadata": rows})
