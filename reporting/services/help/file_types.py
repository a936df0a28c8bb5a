"""What a file is, judged by its bytes and never by its name, and what in it is not taken.

Looked for is what acts by itself when a document is opened: scripts, programs that are started, files inside files,
macros. What hides behind a way that is not looked through here (an encrypted file, an unusual filter) is refused.
A file that passes is a well-formed container without these; it is no proof that a faulty reader cannot be hurt by it.
"""

import io
import re
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from reporting.domain.help.library import LARGEST_FILE, FileType
from reporting.services.errors import Refused

MOST_INSIDE: Final = 64 * 1024 * 1024
"""Bytes that all members of a container, or all object streams of a PDF, may have when they are unpacked."""
MOST_MEMBERS: Final = 2000
BLOCK: Final = 64 * 1024

_PDF_BEGINS: Final = re.compile(rb"%PDF-[12]\.\d")
_NAME: Final = re.compile(rb"/([A-Za-z0-9#]{2,60})")
_ESCAPE: Final = re.compile(rb"#([0-9A-Fa-f]{2})")
_STREAM: Final = re.compile(rb"(?<!end)stream[ \t]*(?:\r\n|\n|\r)")
_HEAD: Final = 4000
_FILTER: Final = re.compile(rb"/Filter\s*\[?\s*/FlateDecode\b")
_PDF_ACTS: Final = frozenset(
    {
        *(b"JavaScript", b"Launch", b"EmbeddedFile", b"EmbeddedFiles", b"RichMedia", b"Rendition", b"Movie"),
        *(b"SubmitForm", b"ImportData", b"GoToR", b"GoToE", b"XFA"),
    }
)
_ZIP_BEGINS: Final = b"PK\x03\x04"
_ZIP_ENDS: Final = b"PK\x05\x06"
_ZIP_END_LENGTH: Final = 22
_NOT_TEXT: Final = re.compile("[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f\x7f]")
_MARKUP: Final = re.compile(r"\s*(?:<[!?a-z]|#!|\{\\rtf|%!PS)", re.IGNORECASE)
_MEMBER_ACTS: Final = re.compile(
    r"(?:^|/)(?:basic|scripts|activex|embeddings)/|vbaproject|\.(?:js|mjs|exe|dll|vbs|jar|bin|ole)$", re.IGNORECASE
)
_SCRIPT: Final = re.compile(rb"<\s*(?:\w+:)?script\b|javascript:|[\s\"']on(?:load|click|error)\s*=", re.IGNORECASE)
_OUTSIDE: Final = re.compile(rb"attachedTemplate|oleObject|subDocument|macroEnabled", re.IGNORECASE)
_LOOKED_THROUGH: Final = re.compile(r"\.(?:x?html?|svg|xml|rels|opf|ncx)$", re.IGNORECASE)
_OVERLAP: Final = 64


class Why(StrEnum):
    """Why a file is not taken."""

    EMPTY = "empty"
    TOO_LARGE = "too-large"
    UNKNOWN = "unknown"
    BROKEN = "broken"
    LOCKED = "locked"
    ACTS = "acts"
    TOO_MUCH_INSIDE = "too-much-inside"


class NotTaken(Refused):
    """This file is not taken; `why` says the reason."""

    def __init__(self, why: Why) -> None:
        super().__init__()
        self.why = why


@dataclass(frozen=True)
class File:
    """A file that was looked through, and what it is. `examine` makes them, before any unit of work begins."""

    type: FileType
    content: bytes


def examine(content: bytes) -> File:
    """Return a file as what it is.

    :raises NotTaken: it is none of those that are taken, is broken, or holds something that acts by itself.
    """
    if not content:
        raise NotTaken(Why.EMPTY)
    if len(content) > LARGEST_FILE:
        raise NotTaken(Why.TOO_LARGE)
    return File(_type_of(content), content)


def _type_of(content: bytes) -> FileType:
    if content.startswith(_ZIP_BEGINS):
        return _container(content)
    if _ZIP_ENDS in content[-(BLOCK + _ZIP_END_LENGTH) :]:
        raise NotTaken(Why.BROKEN)  # a container behind something else: two files in one
    for begins, check in _SINGLE.items():
        if content.startswith(begins):
            return check(content)
    return _text(content)


def _pdf(content: bytes) -> FileType:
    end = content.rstrip(b"\x00\r\n\t ")
    if not _PDF_BEGINS.match(content) or not end.endswith(b"%%EOF") or b"startxref" not in end[-2048:]:
        raise NotTaken(Why.BROKEN)
    _check_names(content)
    left, before = MOST_INSIDE, 0
    for match in _STREAM.finditer(content):
        head, before = content[before : match.start()], match.end()
        if _may_hold_objects(head):
            left -= _check_objects(head, content, before, left)
    if _may_hold_objects(content[before:]):
        raise NotTaken(Why.BROKEN)  # its stream begins in a way that a reader may know and nobody looks through here
    return FileType.PDF


def _may_hold_objects(head: bytes) -> bool:
    """Return whether a stream of objects is announced here; some readers ask for its first object, not its type."""
    return b"ObjStm" in _names_in(head) or b"First" in _names_in(head.rpartition(b"endobj")[2])


def _names_in(part: bytes) -> set[bytes]:
    return {_ESCAPE.sub(lambda found: bytes([int(found[1], 16)]), name) for name in set(_NAME.findall(part))}


def _check_names(part: bytes) -> None:
    names = _names_in(part)
    if b"Encrypt" in names:
        raise NotTaken(Why.LOCKED)
    if names & _PDF_ACTS:
        raise NotTaken(Why.ACTS)


def _check_objects(head: bytes, content: bytes, start: int, most: int) -> int:
    """Look into a stream of objects, in which names can hide; return how large it was, unpacked."""
    names = _names_in(head)
    if b"Filter" not in names:
        return 0  # not packed, and so looked through with the rest
    if {name for name in names if name.endswith(b"Decode")} != {b"FlateDecode"} or not _FILTER.search(head):
        raise NotTaken(Why.LOCKED)
    if b"DecodeParms" in names:
        raise NotTaken(Why.LOCKED)
    unpacked = _inflate(content, start, most)
    _check_names(unpacked)
    return len(unpacked)


def _inflate(content: bytes, start: int, most: int) -> bytes:
    """Unpack what begins here, block by block: a file of many small streams is not copied once for each."""
    unpacker, unpacked = zlib.decompressobj(), bytearray()
    while start < len(content) and not unpacker.eof:
        block, start = unpacker.unconsumed_tail + content[start : start + BLOCK], start + BLOCK
        try:
            unpacked += unpacker.decompress(block, most + 1 - len(unpacked))
        except zlib.error:
            raise NotTaken(Why.BROKEN) from None
        if len(unpacked) > most:
            raise NotTaken(Why.TOO_MUCH_INSIDE)
    return bytes(unpacked)


def _png(content: bytes) -> FileType:
    place, kind = 8, b""
    while place + 12 <= len(content):
        length, kind = int.from_bytes(content[place : place + 4]), content[place + 4 : place + 8]
        place += 12 + length
        if kind == b"IEND":
            break
    if place != len(content) or kind != b"IEND":
        raise NotTaken(Why.BROKEN)
    return FileType.PNG


def _jpeg(content: bytes) -> FileType:
    if not content.endswith(b"\xff\xd9"):
        raise NotTaken(Why.BROKEN)
    return FileType.JPEG


def _text(content: bytes) -> FileType:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise NotTaken(Why.UNKNOWN) from None
    if _NOT_TEXT.search(text) or _MARKUP.match(text) or "%PDF-" in text[:_HEAD] or not text.strip():
        raise NotTaken(Why.UNKNOWN)
    return FileType.TEXT


def _container(content: bytes) -> FileType:
    """Look through a document that is a ZIP container; never more than a block of it is unpacked at once."""
    if content.rfind(_ZIP_ENDS) != len(content) - _ZIP_END_LENGTH:
        raise NotTaken(Why.BROKEN)  # something stands behind it
    try:
        with ZipFile(io.BytesIO(content)) as container:
            members = container.infolist()
            _check_members(members)
            found = _kind_of(container, {member.filename for member in members}, members[0] if members else None)
            for member in members:
                _look_through(container, member)
    except (BadZipFile, zlib.error, EOFError, NotImplementedError, UnicodeDecodeError, ValueError, RuntimeError):
        raise NotTaken(Why.BROKEN) from None
    return found


def _check_members(members: list[ZipInfo]) -> None:
    names = [member.filename for member in members]
    if len(names) > MOST_MEMBERS or sum(member.file_size for member in members) > MOST_INSIDE:
        raise NotTaken(Why.TOO_MUCH_INSIDE)
    if any(member.flag_bits & 0x1 for member in members):
        raise NotTaken(Why.LOCKED)
    if any(_MEMBER_ACTS.search(name) for name in names):
        raise NotTaken(Why.ACTS)
    packed_oddly = any(member.compress_type not in (ZIP_STORED, ZIP_DEFLATED) for member in members)
    astray = any(name.startswith("/") or "\\" in name or ".." in name.split("/") for name in names)
    if packed_oddly or astray or len(set(names)) != len(names):
        raise NotTaken(Why.BROKEN)


def _kind_of(container: ZipFile, names: set[str], first: ZipInfo | None) -> FileType:
    if first is not None and first.filename == "mimetype" and first.compress_type == ZIP_STORED:
        with container.open(first) as opened:
            told = opened.read(100).decode("ascii").strip()
        if told == FileType.ODT and "content.xml" in names:
            return FileType.ODT
        if told == FileType.EPUB and "META-INF/container.xml" in names:
            return FileType.EPUB
    if {"[Content_Types].xml", "word/document.xml"} <= names:
        return FileType.DOCX
    raise NotTaken(Why.UNKNOWN)


def _look_through(container: ZipFile, member: ZipInfo) -> None:
    """Read a member to its end, which proves its size and checksum, and look for scripts and links to programs."""
    looked_through, tail = bool(_LOOKED_THROUGH.search(member.filename)), b""
    with container.open(member) as opened:
        while block := opened.read(BLOCK):
            seen = tail + block
            if looked_through and b"\x00" in block:
                raise NotTaken(Why.LOCKED)  # UTF-16: a word in it looks like none
            if looked_through and (_SCRIPT.search(seen) or _OUTSIDE.search(seen)):
                raise NotTaken(Why.ACTS)
            tail = seen[-_OVERLAP:]


_SINGLE: Final[Mapping[bytes, Callable[[bytes], FileType]]] = {
    b"%PDF": _pdf,
    b"\x89PNG\r\n\x1a\n": _png,
    b"\xff\xd8\xff": _jpeg,
}
