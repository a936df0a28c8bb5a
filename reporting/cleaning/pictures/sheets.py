"""A PDF whose pages are JPEG images, one filling each page, and in which nothing else stands (ISO 32000-1, 7.5)."""

from collections.abc import Sequence
from typing import Final

LONG_SIDE: Final = 842
"""How long the longer side of a page is (points: A4)."""
_COLOURS: Final = {"L": b"DeviceGray", "RGB": b"DeviceRGB"}


def sheets(pages: Sequence[tuple[bytes, tuple[int, int], str]]) -> bytes:
    """Return a PDF of images: each a JPEG, its width and height in pixels, and its mode (L or RGB)."""
    kids = b" ".join(b"%d 0 R" % (3 + 3 * number) for number in range(len(pages)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, len(pages)),
    ]
    for content, size, mode in pages:
        objects += _page(len(objects) + 1, content, size, mode)
    return _file(objects)


def _page(number: int, content: bytes, size: tuple[int, int], mode: str) -> list[bytes]:
    scale = LONG_SIDE / max(size)
    width, height = (b"%.2f" % max(side * scale, 1) for side in size)
    draw = b"%s 0 0 %s 0 0 cm /I Do" % (width, height)
    return [
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 %s %s] /Contents %d 0 R "
        b"/Resources << /XObject << /I %d 0 R >> >> >>" % (width, height, number + 1, number + 2),
        _stream(b"", draw),
        _stream(
            b"/Type /XObject /Subtype /Image /Width %d /Height %d /ColorSpace /%s /BitsPerComponent 8 "
            b"/Filter /DCTDecode " % (*size, _COLOURS[mode]),
            content,
        ),
    ]


def _stream(says: bytes, content: bytes) -> bytes:
    return b"<< %s/Length %d >>\nstream\n%s\nendstream" % (says, len(content), content)


def _file(objects: Sequence[bytes]) -> bytes:
    out, places = bytearray(b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n"), []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n"
    return bytes(out + end % (len(objects) + 1, table, len(objects) + 1, len(out)))
