"""A form with files (RFC 7578), taken apart while it comes: at no time is more of it held than one read.

Other parsers lay files down in memory or in temporary files. This one lends each file in pieces to whoever asked for
it. It is strict where browsers are (CRLF, nothing before the first part) and refuses whatever is odd.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from werkzeug.http import parse_options_header

READ: Final = 512 * 1024
"""How much is read at once (bytes)."""
FIRST_READ: Final = 4 * 1024
"""And at the beginning; from there it doubles. A server waits for all that is asked for, and fields are short."""
LONGEST_HEAD: Final = 8 * 1024
"""All header lines of one part (bytes)."""
MOST_PARTS: Final = 1000
LONGEST_BOUNDARY: Final = 200
"""RFC 2046, 5.1.1, allows 70 bytes; some clients draw a few more."""


class Broken(Exception):  # noqa: N818 - it names what happened
    """A body ended too early, or it is none that a browser sends."""


class TooMuch(Exception):  # noqa: N818 - it names the fault
    """A body has more parts, longer header lines or more text than any form of ours."""


@dataclass(frozen=True)
class Part:
    """One part of a form: the name of its field, and the name of the file if it is one."""

    field: str
    file_name: str | None


def boundary_of(content_type: str) -> bytes:
    """Return what stands between the parts of a form, by its content type.

    :raises Broken: this is no form with parts.
    """
    kind, options = parse_options_header(content_type)
    boundary = options.get("boundary", "").encode("latin-1", "replace")
    if kind != "multipart/form-data" or not 0 < len(boundary) <= LONGEST_BOUNDARY:
        raise Broken
    return boundary


class Multipart:
    """The parts of a form in order. `next_part`, then `data` for its content, then the next one."""

    def __init__(self, read: Callable[[int], bytes], boundary: bytes) -> None:
        """Take a form apart; `read(size)` returns at most so many bytes of it, and nothing at the end."""
        self._read = read
        self._delimiter = b"\r\n--" + boundary
        # What is behind us ended with a line break, also at the very beginning.
        self._held = b"\r\n"
        self._begun = self._inside = False
        self._parts, self._size = 0, FIRST_READ

    def next_part(self) -> Part | None:
        """Return the next part, or nothing after the last; what was not taken of the one before is passed over.

        :raises Broken: the body is not whole, or not a form.
        :raises TooMuch: it has too many parts or too long a head.
        """
        for _ in self.data():
            continue
        if not self._begun:
            self._begin()
        while len(self._held) < 2:
            self._more()
        if self._held.startswith(b"--"):
            return None
        self._parts += 1
        if self._parts > MOST_PARTS:
            raise TooMuch
        self._inside = True
        return _part(self._head())

    def data(self) -> Iterator[bytes]:
        """Yield the content of the present part as it comes.

        :raises Broken: the body ends before the part does.
        """
        while self._inside:
            end = self._held.find(self._delimiter)
            ready = end if end >= 0 else self._safe()
            piece, self._held = self._held[:ready], self._held[ready:]
            if end >= 0:
                self._held = self._held[len(self._delimiter) :]
                self._inside = False
            if piece:
                yield piece
            if end < 0:
                self._more()

    def _safe(self) -> int:
        """Return how much of what is held can be no part of a delimiter that has only begun to arrive."""
        at = self._held.find(b"\r", max(0, len(self._held) - len(self._delimiter) + 1))
        while at >= 0 and not self._delimiter.startswith(self._held[at:]):
            at = self._held.find(b"\r", at + 1)
        return at if at >= 0 else len(self._held)

    def _begin(self) -> None:
        while len(self._held) < len(self._delimiter) + 2:
            self._more()
        if self._held.startswith(b"\r\n\r\n"):  # a preamble without a word in it
            self._held = self._held[2:]
        if not self._held.startswith(self._delimiter):
            raise Broken
        self._held = self._held[len(self._delimiter) :]
        self._begun = True

    def _head(self) -> bytes:
        """Take the header lines of a part, from the line break after its delimiter on."""
        while (end := self._held.find(b"\r\n\r\n", 0, LONGEST_HEAD)) < 0:
            if len(self._held) >= LONGEST_HEAD:
                raise TooMuch
            self._more()
        head, self._held = self._held[:end], self._held[end + 2 :]
        if not head.startswith(b"\r\n"):
            raise Broken
        while len(self._held) < len(self._delimiter):
            self._more()
        # Where there is no content, the line break before the delimiter may be the one that ends the head.
        if not self._held.startswith(self._delimiter):
            self._held = self._held[2:]
        return head

    def _more(self) -> None:
        new = self._read(self._size)
        self._size = min(READ, self._size * 2)
        if not new:
            raise Broken
        self._held = self._held + new if self._held else new


def _part(head: bytes) -> Part:
    """Read which field a part is, and which file."""
    for line in head.decode("utf-8", "replace").split("\r\n"):
        name, _, value = line.partition(":")
        if name.strip().lower() == "content-disposition":
            kind, options = parse_options_header(value)
            if kind == "form-data":
                return Part(options.get("name", ""), options.get("filename"))
    raise Broken
