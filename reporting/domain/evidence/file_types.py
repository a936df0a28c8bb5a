"""What a file is, judged by its first bytes and never by its name, and what can be done with each kind."""

import codecs
import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

HEAD: Final = 64 * 1024
"""How many of the first bytes tell what a file is."""
OTHER: Final = "application/octet-stream"


class Family(StrEnum):
    """Which decoder cleans a file."""

    IMAGE = "image"
    PDF = "pdf"
    OFFICE = "office"
    MEDIA = "media"


@dataclass(frozen=True)
class FileType:
    """One kind of file: its media type, the decoder that cleans it, and the ending that its name safely has."""

    media: str
    family: Family | None
    ending: str


def _type(media: str, family: Family | None, ending: str) -> tuple[str, FileType]:
    return media, FileType(media, family, ending)


TYPES: Final = dict(
    [
        _type("image/jpeg", Family.IMAGE, "jpg"),
        _type("image/png", Family.IMAGE, "png"),
        _type("image/gif", Family.IMAGE, "gif"),
        _type("image/webp", Family.IMAGE, "webp"),
        _type("image/heic", Family.IMAGE, "heic"),
        _type("image/tiff", Family.IMAGE, "tiff"),
        _type("application/pdf", Family.PDF, "pdf"),
        _type("application/vnd.openxmlformats-officedocument.wordprocessingml.document", Family.OFFICE, "docx"),
        _type("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", Family.OFFICE, "xlsx"),
        _type("application/vnd.openxmlformats-officedocument.presentationml.presentation", Family.OFFICE, "pptx"),
        _type("application/vnd.oasis.opendocument.text", Family.OFFICE, "odt"),
        _type("application/vnd.oasis.opendocument.spreadsheet", Family.OFFICE, "ods"),
        _type("application/vnd.oasis.opendocument.presentation", Family.OFFICE, "odp"),
        _type("video/mp4", Family.MEDIA, "mp4"),
        _type("video/quicktime", Family.MEDIA, "mov"),
        _type("video/webm", Family.MEDIA, "webm"),
        _type("video/x-matroska", Family.MEDIA, "mkv"),
        _type("audio/mp4", Family.MEDIA, "m4a"),
        _type("audio/mpeg", Family.MEDIA, "mp3"),
        _type("audio/ogg", Family.MEDIA, "ogg"),
        _type("audio/wav", Family.MEDIA, "wav"),
        _type("audio/aac", Family.MEDIA, "aac"),
        _type("audio/amr", Family.MEDIA, "amr"),
        _type("audio/flac", Family.MEDIA, "flac"),
        _type("text/plain", None, "txt"),
        _type(OTHER, None, "bin"),
    ]
)
"""Every kind that is told apart. What a text contains can be seen by reading it, so nothing in it is hidden."""

_BRANDS: Final = {
    b"heic": "image/heic",
    b"heix": "image/heic",
    b"heim": "image/heic",
    b"heis": "image/heic",
    b"hevc": "image/heic",
    b"hevx": "image/heic",
    b"mif1": "image/heic",
    b"msf1": "image/heic",
    b"avif": "image/heic",
    b"avis": "image/heic",
    b"qt  ": "video/quicktime",
    b"M4A ": "audio/mp4",
    b"M4B ": "audio/mp4",
}
_BEGINS: Final = (
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
    (b"%PDF-", "application/pdf"),
    (b"OggS", "audio/ogg"),
    (b"fLaC", "audio/flac"),
    (b"#!AMR", "audio/amr"),
    (b"ID3", "audio/mpeg"),
)
_ODF: Final = re.compile(
    rb"mimetype(application/vnd\.oasis\.opendocument\.(?:text|spreadsheet|presentation))(?![a-z.-])"
)
_OOXML: Final = ((b"word/", "docx"), (b"xl/", "xlsx"), (b"ppt/", "pptx"))
_BY_ENDING: Final = {one.ending: media for media, one in TYPES.items()}
_NOT_TEXT: Final = re.compile(r"[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f\x7f]")
_MARKS: Final = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
_LONGEST_BRANDS: Final = 256


def type_of(head: bytes) -> FileType:
    """Return what a file is by its first bytes (`HEAD` of them, or all); `OTHER` for what is told by nothing."""
    for find in (_by_beginning, _by_container, _by_box, _by_text, _by_frames):
        media = find(head)
        if media:
            return TYPES[media]
    return TYPES[OTHER]


def _by_beginning(head: bytes) -> str:
    return next((media for begins, media in _BEGINS if head.startswith(begins)), "")


def _by_container(head: bytes) -> str:
    """Zip: an OpenDocument says first what it is, an Office file by the names of its members."""
    if not head.startswith(b"PK\x03\x04"):
        return ""
    named = _ODF.search(head[30:200])
    if named:
        return named[1].decode()
    return next((_BY_ENDING[ending] for folder, ending in _OOXML if folder in head), OTHER)


def _by_box(head: bytes) -> str:
    """RIFF, ISO base media and Matroska name their kind a few bytes in."""
    if head[:4] == b"RIFF":
        return {b"WEBP": "image/webp", b"WAVE": "audio/wav"}.get(head[8:12], "")
    if head[4:8] == b"ftyp":
        return _by_brands(head)
    if head[:4] == b"\x1aE\xdf\xa3":
        return "video/webm" if b"webm" in head[:64] else "video/x-matroska"
    return ""


def _by_brands(head: bytes) -> str:
    """Return what the first brand says that says anything: the major one, or a compatible one."""
    end = min(int.from_bytes(head[:4], "big"), _LONGEST_BRANDS)
    brands = [head[8:12], *(head[place : place + 4] for place in range(16, end, 4))]
    return next((_BRANDS[brand] for brand in brands if brand in _BRANDS), "video/mp4")


def _by_frames(head: bytes) -> str:
    """MPEG audio without a header in front begins with a frame."""
    if len(head) < 2 or head[0] != 0xFF:
        return ""
    if head[1] & 0xF6 == 0xF0:
        return "audio/aac"
    return "audio/mpeg" if head[1] & 0xE0 == 0xE0 and head[1] & 0x06 else ""


def _by_text(head: bytes) -> str:
    """Text is UTF-8, or UTF-16 with a mark in front; a page or a drawing in XML is text as well.

    Its last character may be cut off, because this is only how a file begins.
    """
    try:
        text = codecs.getincrementaldecoder(_MARKS.get(head[:2], "utf-8"))().decode(head)
    except UnicodeDecodeError:
        return ""
    return "text/plain" if text and not _NOT_TEXT.search(text) else ""


SEEN_IN_BROWSER: Final[Callable[[str], bool]] = {"image/jpeg", "image/png", "application/pdf"}.__contains__
"""Whether a working copy of this media type is shown in the browser: images as they are, pages of a PDF as images."""

PLAYED_IN_BROWSER: Final[Callable[[str], bool]] = {
    "audio/mpeg",
    "audio/mp4",
    "audio/ogg",
    "audio/wav",
    "audio/flac",
    "audio/aac",
    "video/mp4",
    "video/webm",
}.__contains__
"""Whether a working copy of this media type is played in the browser."""
