"""How long the server waits: an honest slow line is served whole, and whoever stalls or drips is not."""

from collections.abc import Iterator

import pytest

from reporting.serving import patience as module
from reporting.serving.patience import (
    BODY_SECONDS,
    CREDIT_SECONDS,
    LONGEST_SECONDS,
    PIECE,
    SLOWEST,
    WORK_SECONDS,
    Answer,
    Line,
    Patience,
)
from tests.watch import Watch, watched


@pytest.fixture
def watch(monkeypatch: pytest.MonkeyPatch) -> Watch:
    """The clock of every patience in a test."""
    return watched(monkeypatch, module)


def lasting(watch: Watch, patience: Patience, *, each: float, size: int, most: float = 1e6) -> float:
    """Let a line carry `size` bytes every `each` seconds; return after how long patience ended."""
    begun = watch.now
    while watch.now - begun < most:
        patience.wait()
        watch.now += each
        if watch.now > patience.deadline:
            break
        patience.moved(size)
    return watch.now - begun


def test_a_form_has_a_minute_however_busy_its_line(watch: Watch) -> None:
    assert lasting(watch, Patience(), each=1, size=100_000) == BODY_SECONDS + 1


def test_a_slow_line_carries_a_file_for_hours(watch: Watch) -> None:
    patience = Patience()
    patience.lengthen()
    assert lasting(watch, patience, each=1, size=SLOWEST, most=3 * 3600) >= 3 * 3600


def test_nothing_takes_longer_than_the_longest(watch: Watch) -> None:
    patience = Patience()
    patience.lengthen()
    assert LONGEST_SECONDS < lasting(watch, patience, each=10, size=10**6) <= LONGEST_SECONDS + 10


def test_a_line_that_stalls_is_given_up_whatever_it_carried_before(watch: Watch) -> None:
    patience = Patience()
    patience.lengthen()
    patience.wait()
    patience.moved(10**9)
    assert lasting(watch, patience, each=CREDIT_SECONDS + 1, size=10**9) == CREDIT_SECONDS + 1


@pytest.mark.parametrize("each", [1, 20, 50])
def test_a_line_that_drips_is_given_up_within_minutes(watch: Watch, each: float) -> None:
    patience = Patience()
    patience.lengthen()
    assert lasting(watch, patience, each=each, size=int(SLOWEST * each / 2)) <= 2 * CREDIT_SECONDS + each
    patience = Patience()
    patience.lengthen()
    assert lasting(watch, patience, each=each, size=1) <= CREDIT_SECONDS + each


def test_our_own_work_costs_the_line_nothing_and_has_an_end_too(watch: Watch) -> None:
    patience = Patience()
    patience.lengthen()
    patience.wait()
    watch.now += CREDIT_SECONDS - 1
    patience.moved(0)
    watch.now += WORK_SECONDS - 1
    assert watch.now < patience.deadline
    patience.wait()
    assert patience.deadline == watch.now + 1, "what is left of the credit of this line"
    patience.work()
    assert patience.deadline == watch.now + WORK_SECONDS


def test_what_was_given_up_does_not_come_back(watch: Watch) -> None:
    patience = Patience()
    patience.lengthen()
    patience.over = True
    before = patience.deadline
    watch.now += 50
    patience.work()
    patience.wait()
    assert patience.deadline == before


def test_a_long_answer_goes_in_small_pieces_for_as_long_as_they_go(watch: Watch) -> None:
    patience, gone = Patience(), bytearray()
    for piece in Answer([b"a" * (3 * PIECE + 5), b"", b"b"] * 50, patience):
        assert len(piece) <= PIECE
        watch.now += len(piece) / SLOWEST
        assert watch.now <= patience.deadline
        gone += piece
    assert bytes(gone) == (b"a" * (3 * PIECE + 5) + b"b") * 50
    assert watch.now > 1000 + BODY_SECONDS * 10


def test_an_answer_that_is_given_up_ends_what_makes_it() -> None:
    ended = []

    def made() -> Iterator[bytes]:
        try:
            yield b"first"
        finally:
            ended.append(True)

    answer = Answer(made(), Patience())
    next(iter(answer))
    answer.close()
    assert ended == [True]


def test_the_line_of_a_request_tells_what_came(watch: Watch) -> None:
    class Sock:
        def recv(self, _size: int) -> bytes:
            watch.now += 30
            return b"x" * SLOWEST

        def gettimeout(self) -> float:
            return 7.0

    patience = Patience()
    patience.lengthen()
    line = Line(Sock(), patience)
    assert len(line.recv(10)) == SLOWEST
    patience.wait()
    assert patience.deadline == watch.now + CREDIT_SECONDS - 29
    assert line.gettimeout() == 7.0


def test_who_gives_way_ends_at_once_and_stays_ended(watch: Watch) -> None:
    patience = Patience()
    patience.lengthen()
    patience.wait()
    watch.now += 5
    patience.moved(SLOWEST * 1000)
    patience.wait()
    assert (patience.is_waiting(), patience.carried()) == (True, SLOWEST * 1000)
    patience.give_way()
    patience.wait()
    patience.moved(SLOWEST)
    assert patience.deadline == watch.now
    assert not patience.is_waiting()
