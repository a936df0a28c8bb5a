"""Throttles slow the opening of forms and the guessing of tokens, and never lock her out of her own case."""

import pytest
from sqlalchemy import update

from reporting.services.errors import TooMany
from reporting.services.signing_in import throttle
from reporting.services.signing_in.throttle import (
    GUESSING,
    GUESSING_ALL,
    LONGEST_WAIT,
    NOTING,
    OPENING,
    SHARED,
    SIGNING_IN,
    Throttle,
)
from reporting.store.database import reading, writing
from reporting.store.shred import PepperRow, ThrottleRow
from tests.builders import Built, in_unit
from tests.services.together import at_once

HERE, ELSEWHERE = "192.0.2.7", "198.51.100.9"


@pytest.fixture
def limits(empty: Built) -> Throttle:
    """The throttle of an instance."""
    return Throttle(empty.stores, empty.house)


def fail(limits: Throttle, client: str, times: int) -> None:
    """Let a client fail to guess."""
    for _ in range(times):
        limits.after_failure(GUESSING, client)


def rows(built: Built) -> list[ThrottleRow]:
    """Return the counters."""
    with reading(built.stores) as work:
        found = work.shred.query(ThrottleRow).all()
        work.shred.expunge_all()
        return found


def nearly(built: Built, spent: int) -> None:
    """Set every counter, so that a test need not count so far."""
    with writing(built.stores) as work:
        work.shred.execute(update(ThrottleRow).values(count=spent))


@pytest.mark.req("L5", "ASVS-6.3.8")
def test_a_client_that_keeps_failing_waits_until_its_window_is_over(empty: Built, limits: Throttle) -> None:
    fail(limits, HERE, GUESSING.amount)
    with pytest.raises(TooMany) as refusal:
        limits.before_guess(GUESSING, HERE)
    assert 0 < refusal.value.seconds <= LONGEST_WAIT
    empty.clock.forward(minutes=5)
    limits.before_guess(GUESSING, HERE)


@pytest.mark.principle("support")
def test_a_success_is_never_counted(limits: Throttle) -> None:
    for _ in range(3 * GUESSING.amount):
        limits.before_guess(GUESSING, HERE)


@pytest.mark.req("L5")
@pytest.mark.principle("support")
def test_a_flood_elsewhere_does_not_lock_her_out(empty: Built, limits: Throttle) -> None:
    fail(limits, ELSEWHERE, 1)
    nearly(empty, GUESSING_ALL.amount)
    limits.before_guess(GUESSING, HERE)
    with pytest.raises(TooMany):
        limits.before_guess(GUESSING, ELSEWHERE)


def test_a_client_that_failed_once_waits_while_a_flood_goes_on(empty: Built, limits: Throttle) -> None:
    fail(limits, ELSEWHERE, 1)
    nearly(empty, GUESSING_ALL.amount)
    fail(limits, HERE, 1)
    with pytest.raises(TooMany) as refusal:
        limits.before_guess(GUESSING, HERE)
    assert refusal.value.seconds <= 60


@pytest.mark.principle("non_discrimination")
@pytest.mark.parametrize("shared", ["127.0.0.1", "::1", ""])
def test_behind_one_address_for_everybody_one_stranger_does_not_shut_the_door(limits: Throttle, shared: str) -> None:
    fail(limits, shared, 2 * GUESSING.amount)
    limits.before_guess(GUESSING, shared)
    assert all(SHARED[kind].amount > kind.amount for kind in SHARED)


def test_forms_open_until_nobody_could_have_opened_so_many(empty: Built, limits: Throttle) -> None:
    limits.open_form(HERE)
    nearly(empty, OPENING.amount)
    with pytest.raises(TooMany):
        limits.open_form(HERE)
    limits.open_form(ELSEWHERE)


def test_signing_in_has_a_limit_of_its_own(limits: Throttle) -> None:
    for _ in range(SIGNING_IN.amount):
        limits.after_failure(SIGNING_IN, HERE)
    with pytest.raises(TooMany):
        limits.before_guess(SIGNING_IN, HERE)
    limits.before_guess(GUESSING, HERE)


@pytest.mark.req("ASVS-16.4.2")
def test_a_flood_of_refusals_fills_no_chain(empty: Built, limits: Throttle) -> None:
    assert [limits.may_note() for _ in range(NOTING.amount + 2)] == [True] * NOTING.amount + [False] * 2
    empty.clock.forward(minutes=1)
    assert limits.may_note()


@pytest.mark.req("P3")
@pytest.mark.principle("safety")
def test_a_counter_holds_no_address_and_no_minute(empty: Built, limits: Throttle) -> None:
    empty.clock.forward(minutes=11)
    limits.open_form(HERE)
    fail(limits, HERE, 1)
    for row in rows(empty):
        assert HERE not in row.key
        assert (row.expires_at.minute, row.expires_at.second) == (0, 0)


@pytest.mark.req("P3")
@pytest.mark.principle("confidentiality")
def test_the_pepper_is_forgotten_with_its_day_and_the_counters_with_it(empty: Built, limits: Throttle) -> None:
    fail(limits, HERE, 1)
    before = {row.key for row in rows(empty)}
    empty.clock.forward(days=1)
    fail(limits, HERE, 1)
    with reading(empty.stores) as work:
        assert [row.day for row in work.shred.query(PepperRow)] == [empty.house.today()]
    assert {row.key for row in rows(empty)} > before
    assert in_unit(empty, throttle.drop_old) == len(before)
    assert not {row.key for row in rows(empty)} & before
    empty.clock.forward(days=1)
    in_unit(empty, throttle.drop_old)
    with reading(empty.stores) as work:
        assert work.shred.query(PepperRow).count() == work.shred.query(ThrottleRow).count() == 0


def test_clients_that_come_first_at_the_same_moment_are_all_counted(empty: Built, limits: Throttle) -> None:
    at_once(lambda _: limits.after_failure(GUESSING, HERE), 6)
    assert {row.count for row in rows(empty)} == {6}
    with reading(empty.stores) as work:
        assert work.shred.query(PepperRow).count() == 1


def test_the_storage_counts_forgets_and_tells_when_a_window_ends(empty: Built, limits: Throttle) -> None:
    storage = limits.storage
    assert (storage.get("a"), storage.check(), storage.base_exceptions) == (0, True, OSError)
    for place, key in enumerate(("a", "a", "b"), start=1):
        assert storage.incr(key, 60) == (place if key == "a" else 1)
    assert storage.get_expiry("a") > storage.get_expiry("nothing of this name")
    storage.clear("a")
    assert (storage.get("a"), storage.get("b")) == (0, 1)
    assert storage.reset() == 1
    assert storage.incr("b", 60) == 1
    empty.clock.forward(hours=3)
    assert storage.get("b") == 0
    assert storage.incr("b", 60) == 1
