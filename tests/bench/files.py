"""What files cost: sealing and opening beside the bare cryptography, and the way through the server.

Two floors stand beside each other, because two different things cannot be saved: AES-256-GCM alone bounds opening, and
AES-256-GCM with the SHA-256 of the receipt, which is several times slower, bounds whatever receives a file.
"""

import hashlib
import os
import statistics
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from http.client import HTTPConnection
from typing import Final

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from reporting.crypto.parameters import CHUNK_SIZE, NONCE_SIZE
from reporting.crypto.secret import FileKey, ShredKey
from reporting.crypto.stream import StreamKeys, StreamSealer
from reporting.services.evidence.keeping import Kept, keep, open_file
from tests.bench.memory import most_of
from tests.bench.meter import memory_of, spending, workers_of
from tests.bench.table import Figures, Section
from tests.builders import Built, Team
from tests.evidence import MIB
from tests.load.sender import Browser
from tests.load.server import Server, serving

PIECE: Final = os.urandom(256 * 1024)
"""What comes at once from the line, as web/multipart.py reads it."""
IN_PROCESS: Final = 256 * MIB
SIZES: Final = (16 * MIB, 256 * MIB, 1024 * MIB)
TOGETHER: Final = 8
EACH: Final = 32 * MIB
PAGES: Final = 100
TIMES: Final = 3
FORM: Final = "/en/write/files"
PAGE: Final = "/en/help"
BOUNDARY: Final = "----a7Rw0xk2"


def measure(built: Built, _team: Team, server: Server) -> Section:
    """Measure everything on one instance."""
    figures: Figures = {}
    floor = _floor(figures)
    _in_process(built, figures, floor)
    _through_the_server(server, figures, floor)
    with serving(built.settings, built.settings.data / "log", workers=2, threads=TOGETHER) as wide:
        _at_once(wide, figures)
    return Section("files", "Files", figures)


def _floor(figures: Figures) -> float:
    """Measure what cannot be saved and return the MB/s of the bare cipher."""
    key, chunk, chunks = AESGCM(bytes(32)), os.urandom(CHUNK_SIZE), range(IN_PROCESS // CHUNK_SIZE)

    def cipher(*, with_hash: bool) -> None:
        digest = hashlib.sha256()
        for number in chunks:
            key.encrypt(number.to_bytes(NONCE_SIZE), chunk, None)
            if with_hash:
                digest.update(chunk)

    floor = _speed(IN_PROCESS, lambda: cipher(with_hash=False))
    _note(figures, "AES-256-GCM alone", floor, floor)
    _note(figures, "AES-256-GCM and SHA-256", _speed(IN_PROCESS, lambda: cipher(with_hash=True)), floor)
    _note(figures, "sealed (StreamSealer)", _speed(IN_PROCESS, _seal), floor)
    return floor


def _seal() -> None:
    keys = StreamKeys(FileKey.random(), ShredKey.random())
    sealer = StreamSealer(keys, bytes(16), bytes(32), lambda _: None)
    for piece in _content(IN_PROCESS):
        sealer.write(piece)
    sealer.finish()


def _in_process(built: Built, figures: Figures, floor: float) -> None:
    """Measure keeping and opening a file, folder and disk included."""
    blobs, kept = built.stores.blobs, list[Kept]()
    _note(figures, "kept (receipt, disk)", _speed(IN_PROCESS, lambda: kept.append(_keep(built))), floor)
    one = kept[-1]
    opener = open_file(blobs, one.file, one.shred_key)
    _note(figures, "opened (disk)", _speed(IN_PROCESS, lambda: _all_of(opener.chunks())), floor)
    begin = IN_PROCESS - MIB - 1234
    part = _seconds(lambda: _all_of(open_file(blobs, one.file, one.shred_key).chunks(begin, begin + MIB)))
    figures["1 MiB near the end of 256"] = {"ms": part * 1000}
    for each in kept:
        blobs.remove(each.row.id)


def _keep(built: Built) -> Kept:
    return keep(built.stores.blobs, built.house, _content(IN_PROCESS), IN_PROCESS)


def _through_the_server(server: Server, figures: Figures, floor: float) -> None:
    """Send files of several sizes to one worker, as a browser does."""
    (worker,) = workers_of(server.master)
    writer = Writer(server.port)
    writer.send(MIB)
    for size in SIZES:
        before = memory_of(worker)["RSS MiB"]
        sending = partial(_seconds, partial(writer.send, size), 1)
        with spending(server.master) as spent:
            took, most = _watched(worker, sending)
        name = f"received through the server, {size // MIB} MiB"
        _note(figures, name, size / 1e6 / took, floor)
        figures[name] |= {"CPU MB/s": size / 1e3 / spent.ms, "RSS + MiB": most - before}


def _watched(worker: int, sending: Callable[[], float]) -> tuple[float, float]:
    """Return how long it took (seconds) and the most that the worker occupied meanwhile (MiB)."""
    took = list[float]()
    most = most_of(worker, lambda: took.append(sending()))
    return took[0], most["RSS MiB"]


def _at_once(server: Server, figures: Figures) -> None:
    """Send eight files at once and look at a page meanwhile."""
    figures["a page, alone"] = _pages(server, lambda seen: seen < PAGES)
    writers = [Writer(server.port, f"127.0.4.{number + 1}") for number in range(TOGETHER)]
    sending = threading.Event()
    sending.set()

    def send_all() -> None:
        with ThreadPoolExecutor(TOGETHER) as people:
            list(people.map(lambda writer: writer.send(EACH), writers))
        sending.clear()

    sender = threading.Thread(target=send_all)
    begun = time.monotonic()
    sender.start()
    figures[f"a page, {TOGETHER} uploads meanwhile"] = _pages(server, lambda _: sending.is_set())
    sender.join()
    figures[f"{TOGETHER} uploads at once"] = {"MB/s": TOGETHER * EACH / 1e6 / (time.monotonic() - begun)}


def _pages(server: Server, go_on: Callable[[int], bool]) -> dict[str, float]:
    browser, took = Browser(server.port, "127.0.4.99"), list[float]()
    while go_on(len(took)) or len(took) < 2:
        took.append(_seconds(lambda: browser.get(PAGE), 1) * 1000)
    return {"ms": statistics.median(took), "ms, worst of 20": statistics.quantiles(took, n=20)[-1]}


class Writer:
    """Somebody who has begun to write, and sends files without a script."""

    def __init__(self, port: int, address: str = "127.0.4.98") -> None:
        self._browser = Browser(port, address)
        for path in ("/en/write/notes", "/en/write/before"):
            shown = self._browser.get(path)
            assert self._browser.post_only(path, list(shown.hidden)).status == 303, path

    def send(self, size: int) -> None:
        """Send one file; where others are just arriving, try again."""
        hidden = self._browser.get(FORM).hidden
        while (status := self._send(hidden, size)) == 503:
            time.sleep(0.2)
        assert status == 303, status

    def _send(self, hidden: Iterable[tuple[str, str]], size: int) -> int:
        fields = [
            f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
            for name, value in hidden
        ]
        head = "".join(fields) + f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\n'
        end = f"\r\n--{BOUNDARY}--\r\n"
        headers = {
            "Content-Type": f"multipart/form-data; boundary={BOUNDARY}",
            "Content-Length": str(len(head) + size + len(end)),
            "Sec-Fetch-Site": "same-origin",
            "Cookie": "; ".join(f"{name}={value}" for name, value in self._browser.cookies.items()),
            "Connection": "close",
        }
        line = HTTPConnection("127.0.0.1", self._browser.port, 120, source_address=(self._browser.address, 0))
        try:
            line.request("POST", FORM, _body(head, size, end), headers)
            return line.getresponse().status
        except OSError:  # it answered before it had read everything
            return 503
        finally:
            line.close()


def _body(head: str, size: int, end: str) -> Iterator[bytes]:
    yield head.encode()
    yield from _content(size)
    yield end.encode()


def _content(size: int) -> Iterator[bytes]:
    """Yield a file of no known kind, which nobody takes apart; no two are the same."""
    yield b"\x00" + os.urandom(len(PIECE) - 1)
    for _ in range(size // len(PIECE) - 1):
        yield PIECE


def _all_of(pieces: Iterable[bytes]) -> None:
    for _ in pieces:
        pass


def _speed(size: int, act: Callable[[], object]) -> float:
    return size / 1e6 / _seconds(act)


def _seconds(act: Callable[[], object], times: int = TIMES) -> float:
    """Return how long an act takes: the least of so many."""
    took = []
    for _ in range(times):
        begun = time.perf_counter()
        act()
        took.append(time.perf_counter() - begun)
    return min(took)


def _note(figures: Figures, name: str, speed: float, floor: float) -> None:
    figures[name] = {"MB/s": speed, "% of AES": 100 * speed / floor}
