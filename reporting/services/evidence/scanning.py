"""Asking a clamd, where one runs, whether a file is known to be harmful. It is told nothing but the bytes.

The answer is a hint beside the file and nothing more: what the program says, how long it takes and whether it is there
at all never decide whether a file is received. It gets so many seconds, and from then on there is no answer.

Protocol: INSTREAM, https://docs.clamav.net/manual/Usage/ClamdProtocol.html (each piece after its length, an empty one
at the end; the answer ends with a zero byte because the command began with `z`).
"""

import socket
import time
from collections.abc import Iterable
from contextlib import closing
from typing import Final

from reporting.domain.evidence.evidence import Scan

CONNECT_SECONDS: Final = 2.0
SECONDS: Final = 30.0
"""How long clamd may take for a file, from the first byte to its answer."""
PIECE: Final = 256 * 1024
_LONGEST_ANSWER: Final = 4096
_OK: Final = b"stream: OK"
_FOUND: Final = b" FOUND"


def scan(address: str, pieces: Iterable[bytes], *, seconds: float = SECONDS) -> Scan:
    """Return what clamd says of a file.

    :param address: `unix:/path` or `host:port`, or nothing where no clamd is to be asked.
    :param pieces: the file; it is read only as far as clamd takes it.
    """
    if not address:
        return Scan.NOT_ASKED
    deadline = time.monotonic() + seconds
    try:
        with closing(_connected(address, seconds)) as line:
            _send(line, pieces, deadline)
            return _judged(_answer(line, deadline))
    except (OSError, OverflowError, UnicodeError):  # gone, too slow, or no address that there can be
        return Scan.NO_ANSWER


def _connected(address: str, seconds: float) -> socket.socket:
    patience = min(CONNECT_SECONDS, seconds)
    if address.startswith("unix:"):
        line = socket.socket(socket.AF_UNIX)
        line.settimeout(patience)
        try:
            line.connect(address.removeprefix("unix:"))
        except OSError:
            line.close()
            raise
        return line
    host, _, port = address.rpartition(":")
    return socket.create_connection((host.strip("[]"), int(port)), patience)


def _send(line: socket.socket, pieces: Iterable[bytes], deadline: float) -> None:
    """Send the file; where clamd stops listening, because it is too large for it, its answer may still come."""
    try:
        _send_all(line, b"zINSTREAM\0", deadline)
        for piece in pieces:
            for at in range(0, len(piece), PIECE):
                part = piece[at : at + PIECE]
                _send_all(line, len(part).to_bytes(4), deadline)
                _send_all(line, part, deadline)
        _send_all(line, bytes(4), deadline)
    except (BrokenPipeError, ConnectionResetError):
        return


def _send_all(line: socket.socket, part: bytes, deadline: float) -> None:
    line.settimeout(_left(deadline))
    line.sendall(part)  # its time limit holds for all of it together


def _answer(line: socket.socket, deadline: float) -> bytes:
    """Return the answer without the zero byte at its end; nothing where it does not end."""
    said = b""
    while len(said) < _LONGEST_ANSWER:
        line.settimeout(_left(deadline))
        piece = line.recv(_LONGEST_ANSWER - len(said))
        said += piece
        if b"\0" in piece:
            return said.partition(b"\0")[0]
        if not piece:
            return b""
    return b""


def _left(deadline: float) -> float:
    """Return how many seconds are left.

    :raises TimeoutError: none.
    """
    left = deadline - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left


def _judged(answer: bytes) -> Scan:
    """Read the answer; only one in exactly the words of clamd is one, and none of it is kept."""
    if answer == _OK:
        return Scan.NOTHING_FOUND
    if answer.startswith(b"stream: ") and answer.endswith(_FOUND) and answer != b"stream:" + _FOUND:
        return Scan.FOUND
    return Scan.NO_ANSWER
