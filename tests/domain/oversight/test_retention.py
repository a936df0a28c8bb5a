"""What is hers never expires by itself; what is done does."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reporting.domain.case import Status
from reporting.domain.casework.clocks import erased_on
from reporting.domain.oversight.retention import CLOSED_DAYS, RETENTION, keep_until

DAY = date(2024, 2, 25)


@pytest.mark.req("L4")
def test_every_status_has_its_class() -> None:
    assert set(RETENTION) == set(Status)
    assert all(kept.purpose for kept in RETENTION.values())


@pytest.mark.principle("respect")
@pytest.mark.parametrize("status", [Status.PRIVATE, Status.WITHDRAWN])
def test_what_only_she_can_open_is_never_taken_from_her(status: Status) -> None:
    assert keep_until(status, DAY) is None


@pytest.mark.parametrize("status", [Status.RECEIVED, Status.ASSESSING, Status.ADDRESSING, Status.CONCLUDED])
def test_nothing_expires_while_work_goes_on(status: Status) -> None:
    assert keep_until(status, DAY) is None


def test_an_erasure_ends_on_the_day_she_was_told() -> None:
    assert keep_until(Status.ERASING, DAY) == erased_on(DAY)


@given(st.dates(date(2000, 1, 1), date(2090, 1, 1)))
def test_a_closed_case_ends_with_a_month_so_that_its_last_day_tells_nothing(closed: date) -> None:
    end = keep_until(Status.CLOSED, closed)
    assert end is not None
    assert CLOSED_DAYS <= (end - closed).days <= CLOSED_DAYS + 30
    assert (end + timedelta(days=1)).day == 1


def test_the_end_of_a_month_is_right_in_leap_years() -> None:
    assert keep_until(Status.CLOSED, date(2023, 2, 15)) == date(2028, 2, 29)
