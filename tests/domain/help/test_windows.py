"""Help that does not depend on reporting, and is never too late."""

from datetime import timedelta

import pytest

from reporting.domain.directory.taxonomies import PATHWAYS
from reporting.domain.help.windows import ANY_TIME, UNDER_18, WINDOWS, open_windows


@pytest.mark.req("G5")
@pytest.mark.principle("support")
@pytest.mark.parametrize(
    ("hours", "minutes", "still_open"),
    [
        (0, 0, {"hiv", "evidence", "pregnancy"}),
        (71, 59, {"hiv", "evidence", "pregnancy"}),
        (72, 0, {"pregnancy"}),
        (119, 59, {"pregnancy"}),
        (120, 0, set()),
        (24 * 365, 0, set()),
    ],
)
def test_urgent_windows_close_at_their_exact_minute(hours: int, minutes: int, still_open: set[str]) -> None:
    assert {window.id for window in open_windows(timedelta(hours=hours, minutes=minutes))} == still_open


def test_who_does_not_say_when_sees_every_window() -> None:
    assert open_windows(None) == WINDOWS


@pytest.mark.principle("support")
def test_it_is_never_called_too_late() -> None:
    said = [ANY_TIME, *(words for window in WINDOWS for words in (window.inside, window.after))]
    assert not [words for words in said if "too late" in words.lower()]
    assert all("worth having later too" in window.after for window in WINDOWS)


def test_every_window_leads_to_a_pathway() -> None:
    assert {window.pathway for window in WINDOWS} <= set(PATHWAYS)


@pytest.mark.req("G6")
@pytest.mark.principle("safety")
def test_under_eighteen_child_services_come_first_and_she_may_still_write() -> None:
    assert "child helpline" in UNDER_18[1]
    assert any("can still write" in words for words in UNDER_18)
