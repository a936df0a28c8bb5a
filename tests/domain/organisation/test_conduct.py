"""A year is a year, whatever the calendar."""

from datetime import date

import pytest

from reporting.domain.organisation.conduct import asked_again_on, counts


@pytest.mark.req("S2")
@pytest.mark.parametrize(
    ("accepted", "again"),
    [
        (date(2026, 3, 2), date(2027, 3, 2)),
        (date(2028, 2, 29), date(2029, 2, 28)),
        (date(2027, 2, 28), date(2028, 2, 28)),
        (date(2027, 12, 31), date(2028, 12, 31)),
    ],
)
def test_an_acceptance_counts_until_the_day_before_the_same_day_a_year_later(accepted: date, again: date) -> None:
    assert asked_again_on(accepted) == again
    assert counts(accepted, accepted)
    assert counts(accepted, date.fromordinal(again.toordinal() - 1))
    assert not counts(accepted, again)
    assert not counts(accepted, date.fromordinal(accepted.toordinal() - 1))
