"""A clamd is asked about every file and decides about none: it may be slow, dead or lying, and no file waits for it."""

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import Final

import pytest

from reporting.domain.evidence.evidence import Cleaning, Scan
from reporting.services.evidence.pieces import new_piece
from reporting.services.evidence.receiving import drop_received, receive
from reporting.services.evidence.scanning import PIECE, scan
from reporting.services.opening import open_house
from tests.builders import Built, make_instance
from tests.evidence import MIB, photo

HARMFUL: Final = b"not harmful, but it says so"
Answer = Callable[[socket.socket], None]


def clamd(line: socket.socket) -> None:
    """Speak INSTREAM as clamd does, with a limit of four MiB."""
    file = line.makefile("rb")
    assert file.read(10) == b"zINSTREAM\0"
    seen = b""
    while size := int.from_bytes(file.read(4)):
        seen += file.read(size)
        if len(seen) > 4 * MIB:
            line.sendall(b"INSTREAM size limit exceeded. ERROR\0")
            return
    found = b"stream: Canary.Test FOUND\0" if HARMFUL in seen else b"stream: OK\0"
    line.sendall(found)


def hangs(line: socket.socket) -> None:
    """Take everything and say nothing."""
    with suppress(OSError):
        while line.recv(MIB):
            pass
    time.sleep(2)


def stops_reading(_line: socket.socket) -> None:
    time.sleep(2)


def drips(line: socket.socket) -> None:
    """Take everything, and answer a byte at a time for ever."""
    with suppress(OSError):
        for _ in range(200):
            line.sendall(b"s")
            time.sleep(0.05)


def says(answer: bytes) -> Answer:
    """Return one that answers so at once, whatever it is sent."""

    def say(line: socket.socket) -> None:
        file = line.makefile("rb")
        file.read(10)
        while size := int.from_bytes(file.read(4)):
            file.read(size)
        line.sendall(answer)

    return say


@contextmanager
def listening(behave: Answer, path: Path | None = None) -> Iterator[str]:
    """Let a server behave so to everybody who comes; yield its address."""
    server = socket.create_server(("127.0.0.1", 0)) if path is None else socket.socket(socket.AF_UNIX)
    if path is not None:
        server.bind(str(path))
        server.listen()

    def serve() -> None:
        with suppress(OSError):
            while True:
                line, _ = server.accept()
                with line, suppress(OSError):
                    behave(line)

    threading.Thread(target=serve, daemon=True).start()
    with server:
        yield f"unix:{path}" if path else f"127.0.0.1:{server.getsockname()[1]}"


def test_clamd_is_asked_over_tcp_and_over_a_local_socket(tmp_path: Path) -> None:
    for path in (None, tmp_path / "clamd.socket"):
        with listening(clamd, path) as address:
            assert scan(address, [b"a photo" * 1000, bytes(3 * PIECE + 1)]) is Scan.NOTHING_FOUND
            assert scan(address, [HARMFUL[:5], HARMFUL[5:]]) is Scan.FOUND
            assert scan(address, []) is Scan.NOTHING_FOUND


def test_where_there_is_no_clamd_nobody_is_asked() -> None:
    file = iter([b"a photo"])
    assert scan("", file) is Scan.NOT_ASKED
    assert next(file) == b"a photo"


def test_a_file_that_is_too_large_for_clamd_has_no_answer() -> None:
    with listening(clamd) as address:
        assert scan(address, (bytes(MIB) for _ in range(8))) is Scan.NO_ANSWER


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"\0",
        b"OK\0",
        b"stream: OK",  # it does not end
        b"stream: OK \0",
        b"stream: FOUND\0",
        b"other: Canary FOUND\0",
        b"stream: Canary.Test FOUND ERROR\0",
        b"INSTREAM size limit exceeded. ERROR\0",
        b"UNKNOWN COMMAND\0",
        b"x" * 100_000,
    ],
)
def test_only_an_answer_in_the_words_of_clamd_is_one(answer: bytes) -> None:
    with listening(says(answer)) as address:
        assert scan(address, [b"a photo"]) is Scan.NO_ANSWER


@pytest.mark.parametrize("behave", [hangs, stops_reading, drips])
def test_a_clamd_that_is_slow_is_not_waited_for(behave: Answer) -> None:
    began = time.monotonic()
    with listening(behave) as address:
        assert scan(address, (bytes(MIB) for _ in range(64)), seconds=0.5) is Scan.NO_ANSWER
    assert time.monotonic() - began < 1.5


def test_a_clamd_that_is_not_there_gives_no_answer_at_once(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    began = time.monotonic()
    for address in (f"127.0.0.1:{port}", f"unix:{tmp_path}/nothing", "127.0.0.1:999999", "." * 80 + ":3310"):
        assert scan(address, [b"a photo"]) is Scan.NO_ANSWER
    assert time.monotonic() - began < 1.5


def test_what_clamd_says_stands_with_the_piece_and_the_file_is_received_either_way(built: Built) -> None:
    for behave, content, expected in (
        (clamd, photo(), Scan.NOTHING_FOUND),
        (clamd, photo() + HARMFUL, Scan.FOUND),
        (says(b"nonsense\0"), photo(), Scan.NO_ANSWER),
    ):
        with listening(behave) as address:
            house = replace(built.house, clamd=address)
            received = receive(built.stores.blobs, house, new_piece(house), [content], MIB)
        assert received.piece.scan is expected
        assert received.piece.cleaning is Cleaning.CLEANED
        assert len(received.files) == 2
        drop_received(built.stores.blobs, received)
    received = receive(built.stores.blobs, built.house, new_piece(built.house), [photo()], MIB)
    assert received.piece.scan is Scan.NOT_ASKED


def test_the_house_asks_the_clamd_of_its_settings(tmp_path: Path) -> None:
    built = make_instance(tmp_path, REPORTING_CLAMD="127.0.0.1:3310")
    stores, house = open_house(built.settings)
    stores.dispose()
    built.stores.dispose()
    assert house.clamd == "127.0.0.1:3310"
