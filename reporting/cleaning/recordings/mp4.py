"""What stays in the head of an MP4 that ffmpeg wrote: free text beside the description of a picture.

The description of an H.265 picture (`hvcC`, ISO/IEC 14496-15) may repeat messages of camera or encoder (SEI), and
ffmpeg passes it on. The messages are overwritten where they stand, with as many bytes that say "filler", so that no
size changes. A colour profile (`colr`, ISO/IEC 14496-12), which names a device, becomes as much free space.
"""

from collections.abc import Iterator
from typing import IO, Final

from reporting.cleaning.answer import NotReadable, TooMuch

PIECE: Final = 64 * 1024
_LARGEST_HEAD: Final = 4 * 1024 * 1024
_WITHIN: Final = {b"moov": 8, b"trak": 8, b"mdia": 8, b"minf": 8, b"stbl": 8, b"stsd": 16} | dict.fromkeys(
    (b"avc1", b"avc3", b"hvc1", b"hev1", b"vp09"), 86
)
"""The boxes that lead there, and where in each the boxes inside begin (bytes)."""
_PROFILES: Final = (b"prof", b"rICC")
_ARRAYS: Final = 22
_PARAMETERS: Final = (32, 33, 34)
_FILLER: Final = 3


def without_free_text(source: IO[bytes]) -> Iterator[bytes]:
    """Yield a file as it comes; what is no MP4 passes as it is.

    :raises NotReadable: its head is no MP4's after all.
    :raises TooMuch: the head of the MP4 is larger than any that is written here.
    """
    begins = source.read(8)
    if begins[4:] == b"ftyp":
        yield begins + source.read(_size(begins) - 8)
        begins = source.read(8)
        if begins[4:] != b"moov":
            raise NotReadable
        if _size(begins) > _LARGEST_HEAD:
            raise TooMuch
        moov = bytearray(begins + source.read(_size(begins) - 8))
        _visit(moov, 0, len(moov))
        begins = bytes(moov)
    yield begins
    while piece := source.read(PIECE):
        yield piece


def _visit(head: bytearray, start: int, end: int) -> None:
    """Go through the boxes between two places, and into those that lead to a description."""
    while start + 8 <= end:
        size, kind = _size(head[start : start + 8]), bytes(head[start + 4 : start + 8])
        if start + size > end:
            raise NotReadable
        if kind == b"hvcC":
            _overwrite(head, start + 8 + _ARRAYS, start + size)
        elif kind == b"colr" and bytes(head[start + 8 : start + 12]) in _PROFILES:
            head[start + 4 : start + size] = b"free".ljust(size - 4, b"\0")
        elif kind in _WITHIN:
            _visit(head, start + _WITHIN[kind], start + size)
        start += size


def _overwrite(head: bytearray, at: int, end: int) -> None:
    """Overwrite every unit that is no parameter set."""
    arrays, at = head[at], at + 1
    for _ in range(arrays):
        kind, units, at = head[at] & 0x3F, int.from_bytes(head[at + 1 : at + 3]), at + 3
        for _ in range(units):
            size, at = int.from_bytes(head[at : at + 2]), at + 2
            if at + size > end:
                raise NotReadable
            if kind not in _PARAMETERS:
                head[at + 2 : at + size] = _filler(size - 2)
            at += size


def _filler(size: int) -> bytes:
    """Return the body of a message that says nothing, in so many bytes (ITU-T H.265, D.2.4)."""
    if size < 3:
        return bytes(max(size, 0))
    said = max(said for said in range(size) if 2 + said // 255 + 1 + said <= size)
    message = bytes([_FILLER]) + b"\xff" * (said // 255) + bytes([said % 255]) + b"\xff" * said + b"\x80"
    return message.ljust(size, b"\x00")


def _size(box: bytes | bytearray) -> int:
    size = int.from_bytes(box[:4])
    if size < 8:
        raise NotReadable
    return size
