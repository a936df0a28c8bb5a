"""The objects that a page draws with, made anew in another PDF: only keys that drawing takes come along.

The keys are an allowlist (`KEYS`), so what a program wrote beside the standard stays behind as well as what the
standard knows to be about people, devices and history.
"""

import zlib
from collections.abc import Callable
from decimal import Decimal
from typing import Any, Final

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, Stream, String

from reporting.cleaning.answer import NotReadable, TooMuch
from reporting.cleaning.confinement.limits import MOST_INSIDE
from reporting.cleaning.documents.pdf_contents import visible
from reporting.cleaning.documents.pdf_layers import Layers
from reporting.cleaning.pictures.codestreams import jpeg, jpeg2000

_DEEPEST: Final = 100
_CHUNK: Final = 1024 * 1024
_UNPACKED: Final = pikepdf.StreamDecodeLevel.specialized
_PICTURES: Final[dict[str, Callable[[bytes], bytes]]] = {
    "/DCTDecode": jpeg,
    "/JPXDecode": jpeg2000,
    "/CCITTFaxDecode": bytes,
    "/JBIG2Decode": bytes,
}
_DEVICES: Final = {"1": "/DeviceGray", "3": "/DeviceRGB", "4": "/DeviceCMYK"}
_DRAWING: Final = """
groups, forms, images, graphics state, masks (ISO 32000-2, 8.10, 8.9.5, 8.4.5, 11.6.5):
Type Subtype S CS I K G BC TR FormType BBox Matrix Resources Group Width Height ColorSpace BitsPerComponent Intent
ImageMask Mask Decode Interpolate SMask SMaskInData Matte LW LC LJ ML D RI OP op OPM Font BG BG2 UCR UCR2 TR2 FL
SM SA BM CA ca AIS TK
patterns, shadings, functions, colour spaces (8.7, 7.10, 8.6):
PatternType PaintType TilingType XStep YStep Shading ExtGState ShadingType Background AntiAlias Function Domain
Coords Extend BitsPerCoordinate BitsPerFlag VerticesPerRow FunctionType Range Size BitsPerSample Order Encode C0 C1
N Functions Bounds WhitePoint BlackPoint Gamma Alternate
fonts (9.5 to 9.10):
BaseFont FirstChar LastChar Widths FontDescriptor Encoding ToUnicode FontBBox FontMatrix CharProcs DescendantFonts
CIDSystemInfo DW W DW2 W2 CIDToGIDMap BaseEncoding Differences CMapName WMode UseCMap Registry Ordering Supplement
FontName FontFamily FontStretch FontWeight Flags ItalicAngle Ascent Descent Leading CapHeight XHeight StemV StemH
AvgWidth MaxWidth MissingWidth FontFile FontFile2 FontFile3 CharSet Style FD CIDSet Panose Length1 Length2 Length3
filters (7.4):
Predictor Colors Columns EarlyChange EndOfLine EncodedByteAlign Rows EndOfBlock BlackIs1 DamagedRowsBeforeError
JBIG2Globals ColorTransform
"""
KEYS: Final = frozenset(word for line in _DRAWING.splitlines() if not line.endswith(":") for word in line.split())
_RESOURCES: Final = frozenset({"/ExtGState", "/ColorSpace", "/Pattern", "/Shading", "/XObject", "/Font", "/ProcSet"})


class Copier:
    """Makes the objects of one PDF anew in another, each once."""

    def __init__(self, target: Pdf, layers: Layers) -> None:
        self._target = target
        self._layers = layers
        self._made: dict[tuple[tuple[int, int], str], Any] = {}
        self._left = MOST_INSIDE
        self._depth = 0

    def copy(self, thing: Any, place: str = "") -> Any:
        """Return an object made anew.

        :param place: the key under which it stands, where that tells what it holds.
        :raises NotReadable: it is nested deeper than is followed.
        """
        if thing is None or isinstance(thing, bool | int | float | Decimal):
            return thing
        if isinstance(thing, Name):
            return Name(str(thing))
        if isinstance(thing, String):
            return String(bytes(thing))
        seen = (thing.objgen, place)
        if thing.is_indirect and seen in self._made:
            return self._made[seen]
        self._depth += 1
        if self._depth > _DEEPEST:
            raise NotReadable
        made = self._composite(thing, seen)
        self._depth -= 1
        return made

    def contents(self, source: Any, resources: Any) -> bytes:
        """Return what a page or a form draws, without what it does not show."""
        drawn = visible(pikepdf.parse_content_stream(source), lambda name: self._is_off(resources, name))
        self._count(len(drawn))
        return drawn

    def hides(self, thing: Any) -> bool:
        """Return whether a picture, form or comment belongs to a layer that is off."""
        return self._layers.hide(thing.get("/OC"))

    def _composite(self, thing: Any, seen: tuple[tuple[int, int], str]) -> Any:
        place = seen[1]
        if isinstance(thing, Stream):
            return self._stream(thing, seen)
        if isinstance(thing, Array):
            return self._array(thing, seen)
        if not isinstance(thing, Dictionary):
            return None
        made: Any = Dictionary()
        if thing.is_indirect:
            made = self._made[seen] = self._target.make_indirect(made)
        self._fill(made, thing, place)
        return made

    def _array(self, thing: Any, seen: tuple[tuple[int, int], str]) -> Any:
        if len(thing) == 2 and thing[0] == "/ICCBased":
            return self._without_profile(thing[1])
        items = list(thing)[:4] if len(thing) and thing[0] == "/DeviceN" else list(thing)
        made: Any = Array()
        if thing.is_indirect:
            made = self._made[seen] = self._target.make_indirect(made)
        made.extend(self.copy(item) for item in items)
        return made

    def _without_profile(self, profile: Any) -> Any:
        """Name the plain colour space in the place of a profile, which names the device that made a picture."""
        if not isinstance(profile, Stream):
            raise NotReadable
        alternate = profile.get("/Alternate")
        if isinstance(alternate, Array) and len(alternate) and alternate[0] in ("/Lab", "/CalRGB", "/CalGray"):
            return self.copy(alternate)
        return Name(_DEVICES.get(str(profile.get("/N")), "/DeviceRGB"))

    def _fill(self, made: Any, thing: Any, place: str) -> None:
        for key in thing.keys():  # noqa: SIM118 - it is no dict of Python
            inner = self._inner(key, place)
            if inner is None:
                continue
            value = self.copy(thing[key], inner)
            if value is not None:
                made[key] = value

    @staticmethod
    def _inner(key: str, place: str) -> str | None:
        """Return what stands under a key, or nothing where the key does not come along."""
        if place == "/Resources":
            return "names" if key in _RESOURCES else None
        if place in ("names", "/CharProcs"):
            return None if key in ("/DefaultGray", "/DefaultRGB", "/DefaultCMYK") else "glyph" * (place != "names")
        if key[1:] not in KEYS:
            return None
        return key if key in ("/Resources", "/CharProcs") else ""

    def _stream(self, source: Any, seen: tuple[tuple[int, int], str]) -> Stream:
        made = self._made[seen] = Stream(self._target, b"")
        kind = source.get("/Subtype")
        if self.hides(source) or kind == "/PS":
            return _nothing(made)
        try:
            self._write(made, source, seen[1])
        except (pikepdf.PdfError, NotReadable):
            if kind != "/Image":
                raise
            return _nothing(made)
        self._fill(made, source, "")
        return made

    def _write(self, made: Stream, source: Any, place: str) -> None:
        is_form = source.get("/Subtype", Name.Form) == "/Form" and "/BBox" in source  # many leave out what it is
        if is_form or source.get("/Subtype") == "/Form" or source.get("/PatternType") == 1 or place == "glyph":
            made.write(self.contents(source, source.get("/Resources")))
            return
        filters, parameters = _filters(source)
        last = filters[-1] if filters else ""
        if last in _PICTURES:
            data = self._peeled(source, filters[:-1], parameters[:-1])
            kept = self.copy(parameters[-1])
            made.write(_PICTURES[last](data), filter=Name(last), decode_parms=kept)
        elif filters == ["/FlateDecode"] and source.get("/Subtype") == "/Image":
            kept = self.copy(parameters[0])
            made.write(self._trimmed(source.read_raw_bytes()), filter=Name(last), decode_parms=kept)
        else:
            data = source.read_bytes(_UNPACKED)
            self._count(len(data))
            made.write(data)

    def _peeled(self, source: Any, filters: list[str], parameters: list[Any]) -> bytes:
        """Return the bytes of a picture as its own filter takes them, out of those that are wrapped around it."""
        raw: bytes = source.read_raw_bytes()
        if filters:
            inner = Stream(self._target, raw)
            inner["/Filter"] = Array([Name(name) for name in filters])
            if any(one is not None for one in parameters):
                inner["/DecodeParms"] = Array([self.copy(one) for one in parameters])
            raw = inner.read_bytes(_UNPACKED)
        self._count(len(raw))
        return raw

    def _trimmed(self, raw: bytes) -> bytes:
        """Return compressed pixels without what somebody put after their end."""
        unpacking = zlib.decompressobj()
        rest = raw
        try:
            while rest and not unpacking.eof:
                self._count(len(unpacking.decompress(rest, _CHUNK)))
                rest = unpacking.unconsumed_tail
        except zlib.error:
            raise NotReadable from None
        return raw[: len(raw) - len(unpacking.unused_data)]

    def _is_off(self, resources: Any, name: str) -> bool:
        properties = resources.get("/Properties") if isinstance(resources, Dictionary) else None
        return isinstance(properties, Dictionary) and self._layers.hide(properties.get(name))

    def _count(self, size: int) -> None:
        self._left -= size
        if self._left < 0:
            raise TooMuch


def _filters(source: Any) -> tuple[list[str], list[Any]]:
    names, parameters = source.get("/Filter"), source.get("/DecodeParms")
    filters = [str(one) for one in names] if isinstance(names, Array) else [str(names)] * (names is not None)
    given = list(parameters) if isinstance(parameters, Array) else [parameters]
    return filters, [*given, *[None] * len(filters)][: len(filters)]


def _nothing(made: Stream) -> Stream:
    """Make an object that draws nothing, in the place of one that is hidden or broken."""
    for key, value in (("/Type", Name.XObject), ("/Subtype", Name.Form), ("/BBox", Array([0, 0, 0, 0]))):
        made[key] = value
    made.write(b"")
    return made
