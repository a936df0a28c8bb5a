"""Compressed pictures inside documents, without the segments that are no picture: JPEG and JPEG 2000.

They are not decoded: a page is to look as it did. What is kept are the segments that a decoder needs, by their
markers (ITU-T T.81, table B.1; T.800, annexes A and I); Exif, XMP, comments, small previews and whatever follows the
end of the picture are left out.
"""

from collections.abc import Iterator
from typing import Final

from reporting.cleaning.answer import NotReadable

_JFIF: Final = b"JFIF\x00"
_ADOBE: Final = b"Adobe"
_SCAN, _END, _COMMENT = 0xDA, 0xD9, 0xFE
_TABLES: Final = frozenset({*range(0xC0, 0xD0), 0xDB, 0xDC, 0xDD, 0xDE, 0xDF}) - {0xC8}
_BOXES: Final = frozenset({b"jP  ", b"ftyp", b"jp2h", b"jp2c"})
_HEADER: Final = frozenset({b"ihdr", b"bpcc", b"pclr", b"cmap", b"cdef"})
_COLOURS: Final = {1: 17, 2: 17, 4: 12}
"""Channels -> the colours that they mean where nothing else says so: grey, and those of print; all others are sRGB."""
_ENUMERATED: Final = 1
_J2K_TILE, _J2K_COMMENT, _J2K_END = 0x90, 0x64, 0xD9


def jpeg(data: bytes) -> bytes:
    """Return a JPEG with nothing but what decoding it takes.

    :raises NotReadable: it is no JPEG.
    """
    at = data.find(b"\xff\xd8\xff")
    if at < 0 or at > 16:
        raise NotReadable
    kept, at = [b"\xff\xd8"], at + 2
    while at + 4 <= len(data):
        if data[at] != 0xFF:
            at += 1
            continue
        marker = data[at + 1]
        if marker == _END:
            break
        if marker in (0xFF, 0x00, 0x01) or 0xD0 <= marker <= 0xD8:
            at += 1 if marker == 0xFF else 2
            continue
        end = at + 2 + int.from_bytes(data[at + 2 : at + 4], "big")
        kept.append(_segment(marker, data[at:end]))
        at = end
        if marker == _SCAN:
            end = _scan_end(data, at)
            kept.append(data[at:end])
            at = end
    return b"".join((*kept, b"\xff\xd9"))


def _segment(marker: int, segment: bytes) -> bytes:
    """Return a segment if it belongs to the picture: the resolution without its preview, Adobe's transform."""
    body = segment[4:]
    if marker == 0xE0 and body.startswith(_JFIF) and len(body) >= 14:
        return b"\xff\xe0\x00\x10" + body[:12] + b"\x00\x00"
    if marker == 0xEE and body.startswith(_ADOBE) and len(body) >= 12:
        return b"\xff\xee\x00\x0e" + body[:12]
    return segment if marker in _TABLES or marker == _SCAN else b""


def _scan_end(data: bytes, at: int) -> int:
    """Return where the coded pixels end: at the first marker that is neither a stuffed byte nor a restart."""
    while True:
        at = data.find(b"\xff", at)
        if at < 0 or at + 1 >= len(data):
            return len(data)
        if data[at + 1] != 0x00 and not 0xD0 <= data[at + 1] <= 0xD7 and data[at + 1] != 0xFF:
            return at
        at += 1 if data[at + 1] == 0xFF else 2


def jpeg2000(data: bytes) -> bytes:
    """Return a JPEG 2000 file or codestream with nothing but its header boxes and its codestream.

    :raises NotReadable: it is neither.
    """
    if data.startswith(b"\xff\x4f"):
        return _codestream(data)
    if data[4:8] != b"jP  ":
        raise NotReadable
    kept = []
    for kind, body in _boxes(data):
        if kind in _BOXES:
            body = _codestream(body) if kind == b"jp2c" else _header(body) if kind == b"jp2h" else body
            kept.append(_box(kind, body))
    return b"".join(kept)


def _boxes(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Yield the boxes of a file or of a box: the kind of each and what is in it."""
    at = 0
    while at + 8 <= len(data):
        size, kind = int.from_bytes(data[at : at + 4], "big"), data[at + 4 : at + 8]
        head = 16 if size == 1 else 8
        if size == 1:
            size = int.from_bytes(data[at + 8 : at + 16], "big")
        end = min(at + size, len(data)) if size else len(data)
        if end < at + head:
            raise NotReadable
        yield kind, data[at + head : end]
        at = end


def _box(kind: bytes, body: bytes) -> bytes:
    return (len(body) + 8).to_bytes(4, "big") + kind + body


def _header(data: bytes) -> bytes:
    """Keep of the header box what decoding takes; in the place of a profile, which names a device, plain colours."""
    boxes = list(_boxes(data))
    colours = next((body for kind, body in boxes if kind == b"colr" and body[:1] == bytes([_ENUMERATED])), None)
    if colours is None:
        channels = next((int.from_bytes(body[8:10], "big") for kind, body in boxes if kind == b"ihdr"), 3)
        plain = 16 if any(kind == b"pclr" for kind, _ in boxes) else _COLOURS.get(channels, 16)
        colours = bytes([_ENUMERATED, 0, 0]) + plain.to_bytes(4, "big")
    kept = [(kind, body) for kind, body in boxes if kind in _HEADER]
    return b"".join(_box(*one) for one in [*kept[:1], (b"colr", colours[:7]), *kept[1:]])


def _codestream(data: bytes) -> bytes:
    """Leave the comments out of the main header, and what follows the end of the codestream."""
    kept, at = [data[:2]], 2
    while at + 4 <= len(data) and data[at] == 0xFF and data[at + 1] != _J2K_TILE:
        end = at + 2 + int.from_bytes(data[at + 2 : at + 4], "big")
        if data[at + 1] != _J2K_COMMENT:
            kept.append(data[at:end])
        at = end
    end = data.rfind(bytes((0xFF, _J2K_END)))
    return b"".join((*kept, data[at : end + 2 if end > at else len(data)]))
