"""The lease of a chore: one runner at a time, and another one when it has run out."""

from datetime import datetime, timedelta

from reporting.store.chores import Chore, take_lease
from reporting.store.database import Stores, writing

NOW = datetime(2026, 3, 2, 9, 30)  # noqa: DTZ001 - the store keeps UTC without a mark
MINUTES = timedelta(minutes=10)


def leased(stores: Stores, now: datetime) -> bool:
    """Try to lease the chore for ten minutes."""
    with writing(stores) as work:
        return take_lease(work.main, "sweep", now, now + MINUTES)


def put(stores: Stores, due_at: datetime) -> None:
    """Put the chore into the table."""
    with writing(stores) as work:
        work.main.add(Chore(name="sweep", due_at=due_at, leased_until=None, outcome=""))


def test_a_chore_that_is_due_is_leased_once(stores: Stores) -> None:
    put(stores, NOW)
    assert leased(stores, NOW)
    assert not leased(stores, NOW)


def test_a_chore_that_is_not_due_is_not_leased(stores: Stores) -> None:
    put(stores, NOW + timedelta(seconds=1))
    assert not leased(stores, NOW)
    assert leased(stores, NOW + timedelta(seconds=1))


def test_a_lease_whose_runner_died_goes_to_the_next(stores: Stores) -> None:
    put(stores, NOW)
    assert leased(stores, NOW)
    assert leased(stores, NOW + MINUTES)


def test_a_chore_that_is_not_in_the_table_is_nobodys(stores: Stores) -> None:
    assert not leased(stores, NOW)
