"""A worker's patience, its error pages and its log, without a server around them."""

import logging
import socket
import threading
import time
from types import SimpleNamespace

import pytest
from gunicorn.config import Config
from gunicorn.http import errors

from reporting.serving import side
from reporting.serving.log import QuietLog, described
from reporting.serving.patience import ANSWER_SECONDS, FULL_SECONDS, LONG_ANSWER_SECONDS, Patience
from reporting.serving.worker import QuietWorker

CANARY = "marmalade-lighthouse"


class Ear:
    """A log that remembers."""

    def __init__(self) -> None:
        self.heard: list[str] = []

    def warning(self, message: str, *values: object) -> None:
        """Remember a line."""
        self.heard.append(message % values)


def idle_worker() -> QuietWorker:
    """Return a worker that was never started."""
    worker: QuietWorker = object.__new__(QuietWorker)
    worker.tmp = SimpleNamespace(notify=lambda: None)
    worker.log = Ear()
    worker.patience = {}
    worker.cfg = SimpleNamespace(threads=2)
    worker.had_room = time.monotonic()
    return worker


def test_a_client_that_sends_nothing_more_gives_its_thread_back() -> None:
    ours, theirs = socket.socketpair()
    heard: list[bytes] = []
    reader = threading.Thread(target=lambda: heard.append(ours.recv(100)))
    reader.start()
    worker = idle_worker()
    worker.patience[SimpleHash(sock=ours)] = Patience(-1)
    worker.notify()
    reader.join(5)
    assert heard == [b""]
    ours.sendall(b"answered")
    assert theirs.recv(100) == b"answered", "what was decided can still be said"
    ours.close()
    theirs.close()


def test_a_client_that_takes_no_answer_is_cut_off_in_the_end() -> None:
    ours, theirs = socket.socketpair()
    worker = idle_worker()
    worker.patience[SimpleHash(sock=ours)] = Patience(-ANSWER_SECONDS - 1)
    worker.notify()
    with pytest.raises(BrokenPipeError):
        ours.sendall(b"too late")
    ours.close()
    theirs.close()


def test_whoever_is_in_time_is_left_alone() -> None:
    ours, theirs = socket.socketpair()
    worker = idle_worker()
    worker.patience[SimpleHash(sock=ours)] = Patience(60)
    worker.notify()
    theirs.sendall(b"on time")
    assert ours.recv(100) == b"on time"
    ours.close()
    theirs.close()


@pytest.mark.principle("safety")
@pytest.mark.parametrize(
    ("full_for", "answered_for", "ends"),
    [
        (FULL_SECONDS + 1, LONG_ANSWER_SECONDS + 1, True),
        (FULL_SECONDS - 1, LONG_ANSWER_SECONDS + 1, False),
        (FULL_SECONDS + 1, LONG_ANSWER_SECONDS - 1, False),
    ],
)
def test_of_long_answers_that_hold_all_threads_the_slowest_ends(
    full_for: float, answered_for: float, ends: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    worker, pairs = idle_worker(), [socket.socketpair() for _ in range(2)]
    now = time.monotonic()
    for (ours, _), carried in zip(pairs, (1000, 2000), strict=True):
        patience = Patience()
        with monkeypatch.context() as patch:
            patch.setattr(time, "monotonic", lambda: now - answered_for)
            patience.answer()
        patience.moved(carried)
        worker.patience[SimpleHash(sock=ours)] = patience
    worker.had_room = now - full_for
    worker.notify()
    slower, faster = pairs
    faster[0].sendall(b"goes on")
    if ends:
        with pytest.raises(BrokenPipeError):
            slower[0].sendall(b"too late")
    else:
        slower[0].sendall(b"goes on")
    for one in (*slower, *faster):
        one.close()


def test_where_a_thread_is_free_a_long_answer_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    worker, (ours, theirs) = idle_worker(), socket.socketpair()
    now = time.monotonic()
    patience = Patience()
    with monkeypatch.context() as patch:
        patch.setattr(time, "monotonic", lambda: now - LONG_ANSWER_SECONDS - 1)
        patience.answer()
    patience.moved(1)
    worker.patience[SimpleHash(sock=ours)] = patience
    worker.had_room = now - FULL_SECONDS - 1
    worker.notify()
    ours.sendall(b"goes on")
    ours.close()
    theirs.close()


class SimpleHash(SimpleNamespace):
    """Something with a socket that can be a key."""

    __hash__ = object.__hash__  # type: ignore[assignment]  # a namespace alone cannot be one


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (errors.InvalidRequestLine(CANARY), b"400"),
        (errors.InvalidHeader(CANARY), b"400"),
        (errors.LimitRequestLine(9, 5), b"414"),
        (errors.LimitRequestHeaders(CANARY), b"431"),
        (errors.ExpectationFailed(CANARY), b"417"),
        (errors.UnsupportedTransferCoding(CANARY), b"501"),
        (RuntimeError(CANARY), b"500"),
    ],
)
def test_an_error_past_the_application_repeats_nothing(error: Exception, status: bytes) -> None:
    ours, theirs = socket.socketpair()
    worker = idle_worker()
    worker.handle_error(None, ours, ("203.0.113.7", 1), error)
    ours.close()
    said = b"".join(iter(lambda: theirs.recv(1000), b""))
    theirs.close()
    assert said.split()[1] == status
    assert CANARY.encode() not in said
    assert worker.log.heard == [f"failed: {type(error).__name__}"]


def test_an_error_is_described_by_its_kind_and_place() -> None:
    try:
        raise ValueError(CANARY)
    except ValueError as error:
        line = described(error)
    assert line.startswith("failed: ValueError at ")
    assert "test_worker.py" in line
    assert CANARY not in line
    assert described(None) == "failed: NoneType"


def test_the_log_drops_messages_of_exceptions_and_takes_the_application_in(capfd: pytest.CaptureFixture[str]) -> None:
    application = logging.getLogger("reporting")
    before = application.handlers, application.propagate
    configuration = Config()
    configuration.set("errorlog", "-")
    log = QuietLog(configuration)
    try:
        raise ValueError(CANARY)
    except ValueError:
        log.exception("Error handling request /%s", CANARY)
    application.error("failed: KeyError in the application")
    application.handlers, application.propagate = before
    written = capfd.readouterr().err
    assert "failed: ValueError" in written
    assert "failed: KeyError in the application" in written
    assert CANARY not in written


def test_a_side_process_that_is_gone_is_no_trouble_at_the_end() -> None:
    side.stop(None)
