"""Looking for words in everything that a running instance and a browser leave behind."""

import gzip
import re
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final
from urllib.parse import quote, quote_plus

_GZIP: Final = re.compile(rb"\x1f\x8b\x08")
_ENOUGH: Final = 64 * 1024 * 1024


def forms_of(word: str) -> set[bytes]:
    """Return how a word may stand in a file: as typed, in UTF-16, in an address, in JSON."""
    lower, utf8 = word.lower(), word.encode()
    spoken = {word, lower, word.upper(), quote(word), quote_plus(word), word.encode("unicode_escape").decode()}
    return {utf8, utf8.hex().encode(), *(one.encode() for one in spoken), *(one.encode("utf-16-le") for one in spoken)}


def found_in(raw: bytes, words: Iterable[str]) -> set[str]:
    """Return which of these words stand in some bytes, also where parts of them are gzipped."""
    layers = [raw, *_unpacked(raw)]
    return {word for word in words for form in forms_of(word) if any(form in layer for layer in layers)}


def found_in_files(folders: Iterable[Path], words: Iterable[str]) -> dict[str, set[str]]:
    """Return which words stand in which files under some folders, in names too."""
    wanted = list(words)
    return {
        str(path): found for path in _files(folders) if (found := found_in(_read(path) + str(path).encode(), wanted))
    }


def of_process(pid: int) -> bytes:
    """Return the command line and the environment of a process."""
    folder = Path("/proc") / str(pid)
    return b"".join(_read(folder / name) for name in ("cmdline", "environ"))


def processes_below(pid: int) -> list[int]:
    """Return a process and everything it has started."""
    children = (Path("/proc") / str(pid) / "task" / str(pid) / "children").read_text().split()
    return [pid, *(one for child in children for one in processes_below(int(child)))]


def _files(folders: Iterable[Path]) -> Iterator[Path]:
    for folder in folders:
        yield from (path for path in folder.rglob("*") if path.is_file() and not path.is_symlink())


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:  # a socket, or gone meanwhile
        return b""


def _unpacked(raw: bytes) -> Iterator[bytes]:
    for match in _GZIP.finditer(raw):
        try:
            yield zlib.decompressobj(zlib.MAX_WBITS | 16).decompress(raw[match.start() :], _ENOUGH)
        except zlib.error:
            continue


def packed(text: str) -> bytes:
    """Return a text as a compressed answer would carry it, to try the search itself."""
    return b"before" + gzip.compress(text.encode()) + b"after"
