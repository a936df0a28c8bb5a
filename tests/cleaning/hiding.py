"""Images with something hidden in every place that a camera, a program or an attacker has for it."""

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator
from typing import Final

import pillow_heif
from PIL import Image, TiffImagePlugin
from PIL.PngImagePlugin import PngInfo

CANARY: Final = "Kanarienvogel-7319"
HIDDEN: Final = CANARY.encode()
XMP: Final = f"<x:xmpmeta xmlns:x='adobe:ns:meta/'>{CANARY}</x:xmpmeta>".encode()
pillow_heif.register_heif_opener()


def picture(mode: str = "RGB", size: tuple[int, int] = (64, 48)) -> Image.Image:
    """Return a picture whose upper left corner is red and whose other parts are blue."""
    image = Image.new("RGB", size, (51, 51, 204))
    image.paste((204, 51, 51), (0, 0, size[0] // 2, size[1] // 2))
    return image.convert(mode)


def encoded(image: Image.Image, kind: str, **how: object) -> bytes:
    """Return an image as a file."""
    out = io.BytesIO()
    image.save(out, kind, **how)
    return out.getvalue()


def exif(orientation: int = 1) -> Image.Exif:
    """Return what a telephone writes: maker, author, place, time, maker notes, and which side is up."""
    told = Image.Exif()
    told[0x0112] = orientation
    for tag in (0x010E, 0x010F, 0x0110, 0x0131, 0x013B, 0x8298):
        told[tag] = CANARY
    inner = told.get_ifd(0x8769)
    inner[0x9003], inner[0x927C], inner[0x9286] = CANARY, HIDDEN, HIDDEN
    place = told.get_ifd(0x8825)
    place[1], place[2], place[29] = "N", (52.0, 30.0, 11.0), CANARY
    return told


def jpeg(orientation: int = 1, image: Image.Image | None = None) -> bytes:
    """Return a JPEG with all that its segments can hold, another picture and a film behind it, and a script."""
    plain = encoded(image or picture(), "JPEG", exif=exif(orientation), comment=HIDDEN, quality=95)
    thumbnail = encoded(picture(size=(16, 16)), "JPEG", comment=HIDDEN)
    segments = (
        (0xE0, b"JFXX\0\x10" + thumbnail),
        (0xE1, b"http://ns.adobe.com/xap/1.0/\0" + XMP),
        (0xE2, b"MPF\0MM\0*" + HIDDEN),
        (0xE2, b"FPXR\0" + HIDDEN),
        (0xED, b"Photoshop 3.0\x008BIM\x04\x04\0\0" + struct.pack(">I", len(HIDDEN)) + HIDDEN),
        (0xEB, b"JP\0\x01" + HIDDEN),
        (0xEF, HIDDEN),
        (0xFE, HIDDEN),
    )
    inside = b"".join(b"\xff" + bytes([kind]) + struct.pack(">H", len(body) + 2) + body for kind, body in segments)
    first = 4 + int.from_bytes(plain[4:6], "big")
    film = struct.pack(">I", 16) + b"ftypmp42" + bytes(4) + struct.pack(">I", 8 + len(HIDDEN)) + b"mdat" + HIDDEN
    return plain[:first] + inside + plain[first:] + thumbnail + film + b"<script>" + HIDDEN + b"</script>" + archive()


def archive() -> bytes:
    """Return a zip file, which is read from its end and so may stand behind anything."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        made.writestr("a.txt", HIDDEN)
    return out.getvalue()


def png_chunk(kind: bytes, body: bytes) -> bytes:
    """Return a chunk of a PNG."""
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def png(image: Image.Image | None = None) -> bytes:
    """Return a PNG with texts, packed texts, EXIF, a colour profile with a text, an unknown chunk, and a zip behind."""
    told = PngInfo()
    told.add_text("Author", CANARY)
    told.add_text("Comment", CANARY, zip=True)
    told.add_itxt("XML:com.adobe.xmp", XMP.decode(), zip=True)
    profile = bytes(128) + HIDDEN
    plain = encoded(image or picture(), "PNG", pnginfo=told, exif=exif(), icc_profile=profile)
    inside = png_chunk(b"prVt", HIDDEN) + png_chunk(b"tIME", bytes([7, 234, 1, 1, 1, 1, 1]))
    return plain[:33] + inside + plain[33:] + HIDDEN + archive()


def gif() -> bytes:
    """Return a GIF with a comment, an application's block, and a script behind it."""
    plain = encoded(picture("P"), "GIF", comment=HIDDEN)
    block = b"\x21\xff\x0bXMP DataXMP" + bytes([len(HIDDEN)]) + HIDDEN + b"\0"
    end = len(plain) - 1
    return plain[:end] + block + plain[end:] + b"/*" + HIDDEN + b"*/"


def webp(*, lossless: bool) -> bytes:
    """Return a WebP with EXIF, XMP, an unknown chunk, and something behind it."""
    plain = encoded(picture(), "WEBP", exif=exif(), xmp=XMP, lossless=lossless)
    chunk = b"ABCD" + struct.pack("<I", len(HIDDEN)) + HIDDEN
    body = plain[8:] + chunk
    return b"RIFF" + struct.pack("<I", len(body)) + body + HIDDEN


def tiff() -> bytes:
    """Return a TIFF with description, artist, XMP, IPTC and a tag that nobody knows."""
    told = TiffImagePlugin.ImageFileDirectory_v2()
    for tag in (270, 271, 305, 315, 316):
        told[tag] = CANARY
    for tag in (700, 33723, 65000):
        told[tag], told.tagtype[tag] = HIDDEN, 1
    return encoded(picture(), "TIFF", tiffinfo=told) + HIDDEN


def heic(kind: str = "HEIF") -> bytes:
    """Return a HEIC or AVIF with EXIF and XMP, and a film behind it."""
    return encoded(picture(), kind, exif=exif().tobytes(), xmp=XMP) + b"\0\0\0\x20mpvd" + HIDDEN


def chunks_of(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Yield name and body of each chunk of a PNG, to the last byte."""
    place = 8
    while place < len(content):
        length = int.from_bytes(content[place : place + 4], "big")
        yield content[place + 4 : place + 8], content[place + 8 : place + 8 + length]
        place += 12 + length


def segments_of(content: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield marker and body of each segment of a JPEG before its pixels begin."""
    place = 2
    while content[place + 1] != 0xDA:
        length = int.from_bytes(content[place + 2 : place + 4], "big")
        yield content[place + 1], content[place + 4 : place + 2 + length]
        place += 2 + length
