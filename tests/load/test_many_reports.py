"""A thousand whole reports from sixteen people at once: each becomes one case, and nobody is sent away."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Final

import pytest

from tests.builders import Built
from tests.load.proof import cases_are_whole, sent_is_what_opens
from tests.load.sender import Browser, report
from tests.load.server import serving

PEOPLE: Final = 16
REPORTS: Final = 1000


@pytest.mark.load
@pytest.mark.slow
@pytest.mark.req("P8", "U2")
@pytest.mark.principle("safety")
def test_a_thousand_reports_at_once_are_a_thousand_cases(built: Built, tmp_path: Path) -> None:
    sent: dict[str, str] = {}
    with serving(built.settings, tmp_path / "log") as server, ThreadPoolExecutor(PEOPLE) as people:
        for part in people.map(lambda number: reports_of(server.port, number), range(PEOPLE)):
            assert sent.keys().isdisjoint(part)
            sent.update(part)
        assert server.troubles() == []
    assert len(sent) == REPORTS
    assert cases_are_whole(built, readers=2) == REPORTS
    sent_is_what_opens(built, sent)


def reports_of(port: int, number: int) -> dict[str, str]:
    """Send one person's part of the reports and return each account by its token."""
    address, texts = f"127.0.1.{number + 1}", [f"Account {index}" for index in range(number, REPORTS, PEOPLE)]
    return {report(Browser(port, address), text): text for text in texts}
